"""The office reads the log: narrowed, newest first, a part at a time; and one entry for itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from assess.core.actors import Actor, Right
from assess.core.audit.chain import Break, ChainFault, ChainPosition, LogEntry, break_at
from assess.core.calendar import BEIJING
from assess.core.errors import NotFound
from assess.core.text import Text
from assess.services.audit.telling import NOBODY, EntryInWords, describe_entries
from assess.store.queries import audit as queries
from assess.store.queries.audit import Found, LogFilter
from assess.store.session import Session

NO_ENTRY: Final = Text("操作日志中没有这一条。", "There is no such entry in the audit log.")
MAX_COUNTED: Final = 10_000
"""Of more entries the number is not told: nobody reads them, and counting a million takes its time."""
OPERATOR_ACCOUNT: Final = 0
SECOND: Final = 2
FIRST_YEAR, LAST_YEAR = 1900, 9000


@dataclass(frozen=True)
class AuditSearch:
    """What somebody looks for, as typed; what is left out narrows nothing.

    Attributes:
        who: a username, a part of a name, `worker`, `operator`, or a token as in `wang#3`.
        what: a kind of subject, or a kind with an act, as in `submission:returned`.
        name: what stands in the subject: a unit's name or code, a number; or a whole subject, as in `finding:2026/3`.
        year: a year that subjects belong to.
        begins: the first day.
        ends: the last day.
        words: what stands in the subject or in the values.
    """

    who: str = ""
    what: str = ""
    name: str = ""
    year: int | None = None
    begins: date | None = None
    ends: date | None = None
    words: str = ""


@dataclass(frozen=True)
class LogPage:
    """A part of the log: its lines, how many there are in all, and from which number older ones follow."""

    lines: list[EntryInWords]
    found: Found
    older: int | None


@dataclass(frozen=True)
class AuditEntryPage:
    """One entry: in words, with the entry before, the number of the newest, and what is wrong with its link."""

    line: EntryInWords
    before: LogEntry | None
    newest: int

    @property
    def broken(self) -> Break | None:
        """What is wrong with the entry or with how it follows on the one before, worked out now."""
        row, before = self.line.row, self.before
        if before is None and row.number > SECOND:
            return Break(row.number, row.number - 2, ChainFault.GAP)
        return break_at(ChainPosition() if before is None else ChainPosition(before.number, before.digest), row)


def log_of(session: Session, actor: Actor, *, wanted: AuditSearch, before: int | None, most: int) -> LogPage:
    """The newest entries of what is looked for, before a number if one is given (at most 6 queries).

    Raises:
        NotAllowed: the actor is not of the office.
    """
    actor.check_may(Right.ADMINISTER)
    sought = sought_by(session, wanted)
    found = queries.entries_found(session, sought, most=MAX_COUNTED)
    rows = queries.entries_before(session, sought, found, before=before, most=most + 1)
    older = rows[most - 1].number if len(rows) > most else None
    return LogPage(describe_entries(session, rows[:most]), found, older)


def entry_of(session: Session, actor: Actor, *, number: int) -> AuditEntryPage:
    """One entry with the one before it (5 queries).

    Raises:
        NotAllowed: the actor is not of the office.
        NotFound: there is no such entry.
    """
    actor.check_may(Right.ADMINISTER)
    row = queries.entry_numbered(session, number=number)
    if row is None:
        raise NotFound(NO_ENTRY)
    (line,) = describe_entries(session, [row])
    return AuditEntryPage(line, queries.entry_numbered(session, number=number - 1), queries.newest_number(session))


def sought_by(session: Session, wanted: AuditSearch) -> LogFilter:
    """What is to be looked for in the log (2 queries at most)."""
    kind, _, action = wanted.what.partition(":")
    accounts, actor = whom(session, wanted.who)
    is_subject = ":" in wanted.name
    parts = None if is_subject or not wanted.name else (wanted.name, *queries.codes_meant(session, name=wanted.name))
    return LogFilter(
        accounts=accounts,
        actor=actor,
        kind=kind,
        action=action,
        subject=wanted.name if is_subject else "",
        parts=parts,
        year=wanted.year,
        begins=None if wanted.begins is None else midnight(wanted.begins),
        ends=None if wanted.ends is None else midnight(wanted.ends, days=1),
        words=wanted.words,
    )


def whom(session: Session, who: str) -> tuple[tuple[int, ...] | None, str]:
    """Whose accounts are meant, and the acting name itself where it says more than the account (1 query at most)."""
    if not who:
        return None, ""
    if who in NOBODY:
        return (OPERATOR_ACCOUNT,), who
    username, _, token = who.partition("#")
    found = tuple(queries.accounts_meant(session, who=username))
    return (found, who) if token or not found else (found, "")


def midnight(day: date, days: int = 0) -> datetime:
    """When a day begins by the district's clock, or so many days later; a year out of all reason is brought near."""
    near = day.replace(year=min(max(day.year, FIRST_YEAR), LAST_YEAR), day=min(day.day, 28)) if is_far(day) else day
    return datetime.combine(near, time(), BEIJING) + timedelta(days=days)


def is_far(day: date) -> bool:
    """Whether a day lies where no log is."""
    return not FIRST_YEAR <= day.year <= LAST_YEAR
