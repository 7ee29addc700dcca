"""`assess audit verify`: whether the log is whole and unchanged, as far as the log alone can tell."""

from __future__ import annotations

import json
from typing import Final

import click

from assess.cli.instance import open_instance, settings_here
from assess.cli.messages import language_option, progress_shown
from assess.core.audit.chain import SHORTEST, read_digest
from assess.core.text import Language, Text
from assess.services.audit.checking import ChainCheck, check_chain

CHECKING: Final = Text("校验操作日志", "Checking the audit log")
WHOLE: Final = Text(
    "操作日志共{n}条，完整性校验通过。最后一条的摘要：{digest}",
    "The audit log is complete. Entries: {n}. Digest of the last entry: {digest}",
)
EMPTY: Final = Text(
    "操作日志为空。请核对 ASSESS_INSTANCE 和 ASSESS_DATABASE_URL；设置无误的，说明全部记录已被删除。",
    "The audit log is empty. Check ASSESS_INSTANCE and ASSESS_DATABASE_URL. If they are right, all "
    "entries were deleted.",
)
BROKEN: Final = Text("操作日志完整性校验未通过：{what}{held}", "The audit log failed its check. {what} {held}")
HELD: Final = Text("第1条至第{n}条完整。", "Entries 1 to {n} are intact.")
NONE_HELD: Final = Text("前面没有完整的记录。", "No entries before it are intact.")
FOUND: Final = Text(
    "所查摘要属于第{n}条：第1条至第{n}条与当时一致，其后另有{more}条。",
    "This is the digest of entry {n}. Entries 1 to {n} are unchanged. Later entries: {more}.",
)
NOT_FOUND: Final = Text(
    "日志中没有这个摘要：该摘要之前的记录被改写，或日志末尾被删除，或摘要来自另一系统。",
    "No entry has this digest. The log was rewritten before it, its end was removed, or the digest "
    "is from another system.",
)
NOT_FOUND_YET: Final = Text("断裂处之前没有这个摘要。", "No entry before the break has this digest.")
NO_DIGEST: Final = Text(
    "--head 应为摘要，或摘要开头的至少{n}个字符（0–9、a–f）。",
    "--head must be a digest or at least its first {n} characters (0-9, a-f).",
)


@click.group()
def audit() -> None:
    """校验操作日志 / Check the audit log."""


@audit.command()
@click.option("--head", "typed", metavar="DIGEST", help="查找此前记下的摘要 / find a digest recorded earlier")
@click.option("--json", "as_json", is_flag=True, help="以JSON输出 / print JSON")
@language_option
def verify(*, typed: str | None, as_json: bool, language: Language) -> None:
    """校验日志完整性：通过的退出码为0，否则为1 / Check that the log is complete; exit 0 if it is, 1 if not."""
    sought = "" if typed is None else wanted(typed, language)
    with open_instance(settings_here()) as database, progress_shown(CHECKING, language) as progress:
        checked = check_chain(database, progress, sought=sought)
    sound = checked.broken is None and checked.last.number > 0 and (not sought or checked.found is not None)
    if as_json:
        click.echo(json.dumps(as_tree(checked, sought, language), ensure_ascii=False, indent=1))
    else:
        for line in sentences(checked, sought):
            click.echo(line.localized(language), err=not sound)
    if not sound:
        raise SystemExit(1)


def wanted(typed: str, language: Language) -> str:
    """The digest to look for.

    Raises:
        ClickException: it is none.
    """
    digest = read_digest(typed)
    if not digest:
        raise click.ClickException(NO_DIGEST.localized(language, n=SHORTEST))
    return digest


def sentences(checked: ChainCheck, sought: str) -> list[Text]:
    """What was found, a sentence a line."""
    last, broken = checked.last, checked.broken
    if broken is not None:
        held = HELD.format(n=last.number) if last.number else NONE_HELD
        told = [BROKEN.format(what=broken.message, held=held)]
    elif not last.number:
        told = [EMPTY]
    else:
        told = [WHOLE.format(n=last.number, digest=last.digest)]
    if not sought:
        return told
    if checked.found is not None:
        return [*told, FOUND.format(n=checked.found, more=last.number - checked.found)]
    return [*told, NOT_FOUND if broken is None else NOT_FOUND_YET]


def as_tree(checked: ChainCheck, sought: str, language: Language) -> dict[str, object]:
    """What was found, for a program."""
    broken = checked.broken
    return {
        "entries": checked.last.number,
        "head": checked.last.digest,
        "unbroken": broken is None and checked.last.number > 0,
        "broken": broken
        and {
            "number": broken.number,
            "after": broken.last,
            "wrong": broken.wrong,
            "told": broken.message.localized(language),
        },
        "looked_for": {"digest": sought, "entry": checked.found} if sought else None,
    }
