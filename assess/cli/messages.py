"""What the command line tells people, in their language, one plain line each."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import click

from assess.cli.message_files import MessageFile
from assess.core.flaws import Flaw, ValidationError
from assess.core.text import Language, Text
from assess.core.warnings import CodedWarning

BUG = Text(
    "程序出错（{kind}），没有写出任何文件。请加 --trace 重新运行，并将显示的内容发给系统管理员。",
    "The program failed ({kind}). Nothing was written. Run it again as `assess --trace …` and report the details.",
)

Progress = Callable[[int, int], None]


def one_line(text: str) -> str:
    """A message on one line, whatever the document it quotes holds."""
    return " ".join(text.split("\n")).replace("\r", " ").replace("\x1b", "")


def tell_flaws(flaws: Iterable[Flaw], language: Language) -> None:
    """Every flaw on standard error, one a line."""
    for flaw in flaws:
        click.echo(one_line(flaw.localized(language)), err=True)


def tell_warnings(warnings: Iterable[CodedWarning], language: Language) -> None:
    """Every warning on standard error, one a line."""
    for warning in warnings:
        click.echo(one_line(warning.localized(language)), err=True)


def tell_bug(error: Exception) -> None:
    """A bug in both languages."""
    for language in ("zh", "en"):
        click.echo(BUG.localized("zh" if language == "zh" else "en", kind=type(error).__name__), err=True)


@contextmanager
def flaws_told(language: Language, messages: MessageFile | None = None) -> Iterator[None]:
    """Flaws that stop the work are told, and written where messages are asked for; the exit code is 1."""
    try:
        yield
    except ValidationError as flawed:
        tell_flaws(flawed.flaws, language)
        if messages is not None:
            keep_flaws(flawed.flaws, messages)
        raise SystemExit(1) from None


def keep_flaws(flaws: tuple[Flaw, ...], messages: MessageFile) -> None:
    """Write flaws into the file of messages; where that is what cannot be written, it has been told."""
    try:
        messages.write(flaws, ())
    except ValidationError as unwritable:
        if unwritable.flaws != flaws:
            tell_flaws(unwritable.flaws, messages.language)


language_option = click.option(
    "--lang",
    "language",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
    help="语言 / language of messages and files",
)


@contextmanager
def progress_shown(what: Text, language: Language) -> Iterator[Progress]:
    """A progress bar on standard error while long work goes on; silent where nobody watches."""
    if not sys.stderr.isatty():
        yield lambda done, of: None
        return
    # slow library
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what.localized(language), total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
