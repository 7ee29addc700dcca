"""Why suspicious values are right all the same, in the words of whoever supplies them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from assess.core.actors import Actor
from assess.core.errors import NotFound, Refused
from assess.core.reasons import checked_reason, wrong_with_reason
from assess.core.text import Text
from assess.core.workflow import Imported
from assess.services import audit
from assess.services.imports.windows import held_import, subject_of
from assess.store.importing import explain_rest
from assess.store.models import Import, Proposal
from assess.store.queries import imports as queries
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session, flush

NOT_WAITING: Final = Text(
    "只有待接收的文件才能填写说明。", "Explanations can only be entered before the file is accepted."
)
NO_VALUE: Final = Text("没有这个存疑数据。", "There is no such unusual value.")
NO_WORDS: Final = Text("请填写说明。", "Enter the explanation.")
TOO_LONG: Final = Text(
    "说明最多{most}字，现有{n}字，请精简。", "The explanation must be {most} characters or fewer. It has {n}."
)
NOT_SAVED: Final = Text("填写有误，尚未保存，请按下列提示改正。", "Nothing was saved. Correct the errors below.")

OVERTAKEN: Final = Text(
    "您打开本页后，其他人已填写“{words}”，您的说明尚未保存。如仍需使用您的说明，请再保存一次。",
    "Someone else entered “{words}” after you opened this page, so yours was not saved. To use your own, save again.",
)
TAKEN_BACK: Final = Text("（已清空）", "(cleared)")


def explain(
    session: Session, actor: Actor, *,
    cycle: CycleRow, row: int, words: Mapping[int, str], seen: Mapping[int, str], now: datetime,
) -> int:  # fmt: skip
    """Keep why some suspicious values are right, by the numbers of the proposals; how many reasons are others now.

    A blank takes a reason back. `seen` are the reasons that stood on the page: one that was left as it stood is not
    kept again, and one that somebody else changed meanwhile is not overwritten.

    Raises:
        NotFound: there is no such file or no such suspicious value, or it is another department's.
        Refused: the file is not waiting to be accepted, a reason is too long, or somebody else wrote another one
            since; names its field.
    """
    found = explained_import(session, actor, cycle, row)
    wrongs = {
        f"explain-{number}": wrong
        for number, each in words.items()
        if each.strip() and (wrong := wrong_with_reason(each))
    }
    if wrongs:
        raise Refused(NOT_SAVED, wrongs)
    proposals = queries.proposals_to_explain(session, row=row, numbers=list(words))
    if len(proposals) < len(words):
        raise NotFound(NO_VALUE)
    stood = {each.id: seen.get(each.id, each.explanation) for each in proposals}
    said = [(each, words[each.id].strip()) for each in proposals if not same(words[each.id], stood[each.id])]
    overtaken = {
        f"explain-{each.id}": OVERTAKEN.format(words=each.explanation or TAKEN_BACK)
        for each, own in said
        if not same(each.explanation, stood[each.id]) and not same(each.explanation, own)
    }
    if overtaken:
        raise Refused(NOT_SAVED, overtaken)
    return keep_words(session, actor, cycle, found, said=said, now=now)


def same(one: str, other: str) -> bool:
    """Whether two reasons are one, however a browser ends its lines."""
    return one.strip().splitlines() == other.strip().splitlines()


def explain_all(session: Session, actor: Actor, *, cycle: CycleRow, row: int, words: str, now: datetime) -> int:
    """Give one reason for all suspicious values that have none yet; how many.

    Raises:
        NotFound: there is no such file, or it is another department's.
        Refused: the file is not waiting to be accepted, or the reason is missing or too long.
    """
    found = explained_import(session, actor, cycle, row)
    why = checked_reason(words, field="words", missing=NO_WORDS)
    count = explain_rest(session, row=row, words=why)
    if count:
        told = {"reasons": why, "values": count}
        audit.record(session, actor, subject=subject_of(cycle, found), action="explained", new=told, now=now)
    return count


def explained_import(session: Session, actor: Actor, cycle: CycleRow, row: int) -> Import:
    """A file that waits to be accepted.

    Raises:
        NotFound, Refused: as `explain` says.
    """
    found = held_import(session, actor, cycle=cycle, row=row)
    if found.state != Imported.CHECKED:
        raise Refused(NOT_WAITING)
    return found


def keep_words(
    session: Session,
    actor: Actor,
    cycle: CycleRow,
    row: Import,
    *,
    said: Iterable[tuple[Proposal, str]],
    now: datetime,
) -> int:
    """Keep reasons beside the values; how many are others now."""
    old: dict[str, str] = {}
    new: dict[str, str] = {}
    for each, words in said:
        if each.explanation != words:
            name = f"{each.unit}/{each.figure}/{each.period}"
            old[name], new[name] = each.explanation, words
            each.explanation = words
    flush(session)
    if new:
        audit.record(session, actor, subject=subject_of(cycle, row), action="explained", old=old, new=new, now=now)
    return len(new)
