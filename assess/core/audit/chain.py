"""The chain of the audit log: each entry bears the digest of the one before, so none can be changed by itself."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from assess.core.text import Text
from assess.core.workflow import LabeledEnum

SHORTEST: Final = 16
"""So many characters of a digest are enough to find it again."""


Entry = Any
"""An entry, whatever holds it: with the names of the columns."""


@dataclass(frozen=True)
class LogEntry:
    """An entry as it is kept; `before` is the digest of the one before, `digest` its own."""

    number: int
    at: datetime
    account_id: int
    actor: str
    subject: str
    action: str
    old: dict[str, Any] | None
    new: dict[str, Any] | None
    before: str
    digest: str


class ChainFault(LabeledEnum):
    """What may be wrong with an entry, in one sentence; `{number}` is the entry, `{last}` the one before."""

    STRAY = (
        "stray",
        "第{number}条排在第1条之前：日志从第1条开始，这一条是另行插入的。",
        "Entry {number} comes before the first. The log begins with entry 1, so this one was inserted.",
    )
    GAP = (
        "gap",
        "第{last}条与第{number}条之间缺少记录：中间的记录已被删除。",
        "Entries between {last} and {number} are missing. They were deleted.",
    )
    BEGINNING = (
        "beginning",
        "日志从第{number}条开始：之前的记录已被删除。",
        "The log begins with entry {number}. The entries before it were deleted.",
    )
    UNREADABLE = (
        "unreadable",
        "第{number}条无法读取：其内容已被改动。",
        "Entry {number} cannot be read. Its content was changed.",
    )
    CONTENT = (
        "content",
        "第{number}条的摘要与内容不符：这一条在写入之后被改动。",
        "The digest of entry {number} does not match its content. The entry was changed after it was written.",
    )
    LINK = (
        "link",
        "第{number}条与第{last}条不衔接：其中一条被替换或另行插入。",
        "Entry {number} does not follow entry {last}. One of the two was replaced or inserted.",
    )


@dataclass(frozen=True)
class Break:
    """The first broken link: at which entry, after which one, and what is wrong."""

    number: int
    last: int
    wrong: ChainFault

    @property
    def message(self) -> Text:
        """The break in one sentence."""
        return self.wrong.label.format(number=self.number, last=self.last)


@dataclass(frozen=True)
class ChainPosition:
    """How far a chain was followed: the last entry and its digest; at first none."""

    number: int = 0
    digest: str = ""


def said_by(entry: Entry) -> dict[str, Any]:
    """All that an entry says, as its digest covers it."""
    moment: datetime = entry.at
    return {
        "number": entry.number,
        "at": moment.astimezone(UTC).isoformat(timespec="microseconds"),
        "account": entry.account_id,
        "actor": entry.actor,
        "subject": entry.subject,
        "action": entry.action,
        "old": entry.old,
        "new": entry.new,
        "before": entry.before,
    }


def canonical(told: dict[str, Any]) -> str:
    """The one way to write a tree: names in order, no blanks, every character as itself."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(entry: Entry) -> str:
    """SHA-256 of all an entry says, the digest of the entry before included, as canonical JSON."""
    return hashlib.sha256(canonical(said_by(entry)).encode()).hexdigest()


def break_at(last: ChainPosition, entry: Entry) -> Break | None:
    """What is wrong with an entry that should follow on another, if anything is."""
    wrong = wrong_place(last, entry.number) or wrong_content(entry)
    if wrong is None and entry.before != last.digest:
        wrong = ChainFault.LINK
    return None if wrong is None else Break(entry.number, last.number, wrong)


def wrong_place(last: ChainPosition, number: int) -> ChainFault | None:
    """What is wrong with the number of an entry that should come next."""
    if number == last.number + 1:
        return None
    if number <= last.number:
        return ChainFault.STRAY
    return ChainFault.GAP if last.number else ChainFault.BEGINNING


def wrong_content(entry: Entry) -> ChainFault | None:
    """Whether an entry still says what it said when its digest was made."""
    try:
        return None if digest_of(entry) == entry.digest else ChainFault.CONTENT
    except (TypeError, ValueError, AttributeError):
        return ChainFault.UNREADABLE


def read_digest(text: str) -> str:
    """A digest as people type it from paper: blanks and capitals do not matter; nothing where it cannot be one."""
    plain = "".join(text.split()).lower()
    fits = SHORTEST <= len(plain) <= hashlib.sha256().digest_size * 2
    return plain if fits and all(each in "0123456789abcdef" for each in plain) else ""
