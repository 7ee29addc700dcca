"""The command line: a door that reads words, calls the rooms, and answers people in plain lines."""

from __future__ import annotations

import gc
import importlib
import sys

import click

from assess import __version__
from assess.cli.messages import tell_bug

COMMANDS = {
    "score": "assess.cli.scoring:score",
    "rules": "assess.cli.rules:rules",
    "evidence": "assess.cli.evidence:evidence",
    "demo": "assess.cli.demo:demo",
    "serve": "assess.cli.serve:serve",
    "worker": "assess.cli.worker:worker",
    "user": "assess.cli.user:user",
    "backup": "assess.cli.backup:backup",
    "restore": "assess.cli.backup:restore",
    "audit": "assess.cli.audit:audit",
    "replay": "assess.cli.replay:replay",
    "verify": "assess.cli.verify:verify",
}


INTERRUPTED = 130
"""What a shell expects of a command that was stopped by the keyboard."""


class LazyGroup(click.Group):
    """Commands whose libraries are loaded when they are called."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what is declined, or a fault of the machine, is a plain line and exit code 1."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Exception as error:
            # command groups load their libraries when called
            from assess.cli.faults import told_of

            if ctx.params["trace"] or (told := told_of(error)) is None:
                raise
            raise click.ClickException(told) from error

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One command, loaded now."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--trace", is_flag=True, help="程序出错时显示全部细节 / show every detail of a programming error")
@click.version_option(version=__version__, prog_name="assess")
@click.pass_context
def assess(ctx: click.Context, trace: bool) -> None:
    """街乡生态环境保护考核：评分、排名、考核结果单 / Scores, ranks and scorecards of streets and townships."""
    ctx.obj = trace


def main() -> None:
    """Run one command; every way it may end is a plain line and an exit code.

    One command makes many lasting objects and no circles worth collecting, so the collector only costs time.
    """
    gc.disable()
    try:
        sys.exit(assess(standalone_mode=False))
    except click.Abort:
        sys.exit(INTERRUPTED)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(1)
    except Exception as error:
        if "--trace" in sys.argv:
            raise
        tell_bug(error)
        sys.exit(70)
