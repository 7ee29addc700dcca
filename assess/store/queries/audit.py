"""The audit log as it stands: entries in the order of the chain, and those that somebody looks for, newest first."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, String, and_, cast, false, func, or_, select
from sqlalchemy.exc import SQLAlchemyError

from assess.core.audit.chain import LogEntry
from assess.core.text import Text
from assess.store.models import Account, AuditEntry, Cycle, SheetVersion, Unit
from assess.store.records import select_records
from assess.store.session import Session

AT_ONCE: Final = 500
"""Entries that are read together."""
FEW: Final = 5000
"""So many entries are sorted; of more the newest are soon met on the way back from the end of the log."""


@dataclass(frozen=True)
class LogFilter:
    """What narrows the log; what is left out narrows nothing.

    Attributes:
        accounts: numbers of accounts, of which one acted.
        actor: the acting name itself, as in `worker` or `wang#3`.
        kind: the kind of subject.
        subject: one subject, as in `finding:2026/3`.
        parts: texts of which one stands in the subject, as in `2026/3` or the code of a unit.
        year: a year that the subject belongs to.
        begins: not before this moment.
        ends: before this moment.
        words: stand in the subject, or in the old or the new values.
    """

    accounts: tuple[int, ...] | None = None
    actor: str = ""
    kind: str = ""
    action: str = ""
    subject: str = ""
    parts: tuple[str, ...] | None = None
    year: int | None = None
    begins: datetime | None = None
    ends: datetime | None = None
    words: str = ""


EVERYTHING: Final = LogFilter()


@dataclass(frozen=True)
class Found:
    """How many entries there are of what is looked for, and between which numbers they lie.

    Where there are more than were counted, `count` is that many and `first` as low as can be.
    """

    count: int
    first: int
    last: int
    more: bool


class Unreadable(Exception):
    """An entry holds what no entry can hold; says which, and what could be read before it."""

    def __init__(self, number: int, rows: list[LogEntry]) -> None:
        super().__init__(number)
        self.number = number
        self.rows = rows


def entries() -> Select[LogEntry]:
    """What is kept of entries."""
    return select_records(LogEntry, AuditEntry)


def next_entries(session: Session, *, after: int | None, most: int = AT_ONCE) -> list[LogEntry]:
    """The entries that follow on a number, in the order of the chain; the first ones where none is given (1 query).

    Raises:
        Unreadable: one of them holds what the columns cannot hold.
    """
    query = entries().order_by(AuditEntry.number).limit(most)
    try:
        return rows_of(session, query if after is None else query.where(AuditEntry.number > after))
    except (SQLAlchemyError, ValueError, TypeError, AttributeError):
        session.rollback()
        return one_by_one(session, after, most)


def one_by_one(session: Session, after: int | None, most: int) -> list[LogEntry]:
    """The same entries, each read for itself, to learn which one cannot be read."""
    numbers = select(AuditEntry.number).order_by(AuditEntry.number).limit(most)
    rows: list[LogEntry] = []
    for number in list(session.scalars(numbers if after is None else numbers.where(AuditEntry.number > after))):
        try:
            rows += rows_of(session, entries().where(AuditEntry.number == number).order_by(AuditEntry.number))
        except (SQLAlchemyError, ValueError, TypeError, AttributeError):
            session.rollback()
            raise Unreadable(number, rows) from None
    return rows


def rows_of(session: Session, query: Select[LogEntry]) -> list[LogEntry]:
    """The entries that a query finds."""
    return list(session.scalars(query))


def newest_number(session: Session) -> int:
    """The number of the newest entry, 0 where there is none (1 query)."""
    return session.scalar(select(AuditEntry.number).order_by(AuditEntry.number.desc()).limit(1)) or 0


def entries_found(session: Session, sought: LogFilter, *, most: int) -> Found:
    """How many entries there are of what is looked for, counted so far (1 query).

    What lies in days is counted from the newest by the clock, which begins with the last entry of the chain but for
    a few that were written at once.
    """
    if sought == EVERYTHING:
        newest = newest_number(session)
        return Found(newest, 1, newest, more=False)
    some = select(AuditEntry.number.label("number")).where(*narrowed(sought)).limit(most + 1)
    dated = sought.begins is not None or sought.ends is not None
    counted = some.order_by(AuditEntry.at.desc() if dated else None).subquery()
    query = select(func.count(), func.min(counted.c.number), func.max(counted.c.number)).order_by(None)
    count, first, last = session.execute(query).one()
    if count <= most:
        return Found(count, first or 0, last or 0, more=False)
    return Found(most, 1, last if dated else newest_number(session), more=True)


def entries_before(
    session: Session, sought: LogFilter, found: Found, *, before: int | None = None, most: int
) -> list[LogEntry]:
    """The newest of what is looked for before a number, newest first (1 query, none where nothing was found)."""
    last = found.last if before is None else min(before - 1, found.last)
    if not found.count or last < found.first:
        return []
    few = found.count <= FEW
    place = AuditEntry.number + 0 if few else AuditEntry.number
    chosen = select(AuditEntry.number).where(*narrowed(sought, by_index=few))
    chosen = chosen.where(AuditEntry.number.between(found.first, last)).order_by(place.desc()).limit(most)
    return rows_of(session, entries().where(AuditEntry.number.in_(chosen)).order_by(AuditEntry.number.desc()))


def entries_after(session: Session, sought: LogFilter, *, after: int, to: int) -> list[LogEntry]:
    """The next entries of what is looked for in the order of the chain, up to a number (1 query)."""
    query = entries().where(AuditEntry.number > after, AuditEntry.number <= to, *narrowed(sought, by_index=False))
    return rows_of(session, query.order_by(AuditEntry.number).limit(AT_ONCE))


def entry_numbered(session: Session, *, number: int) -> LogEntry | None:
    """One entry (1 query)."""
    return next(iter(rows_of(session, entries().where(AuditEntry.number == number).order_by(AuditEntry.number))), None)


def newest_of(session: Session, *, subject: str, actions: tuple[str, ...]) -> LogEntry | None:
    """The newest entry of a subject with one of these actions (1 query)."""
    query = entries().where(AuditEntry.subject == subject, AuditEntry.action.in_(actions))
    return next(iter(rows_of(session, query.order_by(AuditEntry.number.desc()).limit(1))), None)


def narrowed(sought: LogFilter, *, by_index: bool = True) -> list[ColumnElement[bool]]:
    """The conditions of what is looked for; not by an index where the log is better walked back from its end."""
    account, subject, action, at = (
        column.expression if by_index else func.coalesce(column, column, type_=column.type)
        for column in (AuditEntry.account_id, AuditEntry.subject, AuditEntry.action, AuditEntry.at)
    )
    asked: list[tuple[Any, Callable[[], ColumnElement[bool]]]] = [
        (sought.accounts is not None, lambda: account.in_(sought.accounts or ())),
        (sought.actor, lambda: AuditEntry.actor == sought.actor),
        (sought.kind, lambda: of_kind(subject, sought.kind)),
        (sought.action, lambda: action == sought.action),
        (sought.subject, lambda: subject == sought.subject),
        (sought.parts is not None, lambda: or_(false(), *(holds(subject, part) for part in sought.parts or ()))),
        (sought.year, lambda: of_year(subject, sought.year)),
        (sought.begins, lambda: at >= sought.begins),
        (sought.ends, lambda: at < sought.ends),
        (sought.words, lambda: says(sought.words)),
    ]
    return [condition() for is_asked, condition in asked if is_asked]


def of_kind(subject: ColumnElement[Any], kind: str) -> ColumnElement[bool]:
    """Subjects of a kind."""
    return or_(subject == kind, begins(subject, f"{kind}:"))


def of_year(subject: ColumnElement[Any], year: int | None) -> ColumnElement[bool]:
    """Subjects that belong to a year."""
    return or_(subject.endswith(f":{year}"), subject.contains(f":{year}/"))


def begins(column: ColumnElement[Any], beginning: str) -> ColumnElement[bool]:
    """Texts that begin so; the lower bound lets an index skip what comes before in any order of letters."""
    return and_(column >= beginning, column.startswith(beginning, autoescape=True))


def holds(column: ColumnElement[Any], part: str) -> ColumnElement[bool]:
    """Texts in which a part stands, whatever its characters mean to a pattern; capitals do not matter."""
    return column.icontains(part, autoescape=True)


def says(words: str) -> ColumnElement[bool]:
    """Entries in which words stand; values are kept as JSON in which only ASCII stands for itself."""
    written = json.dumps(words)[1:-1]
    kept = (cast(AuditEntry.old, String), cast(AuditEntry.new, String))
    return or_(holds(AuditEntry.subject.expression, words), *(holds(column, written) for column in kept))


def accounts_meant(session: Session, *, who: str) -> list[int]:
    """Numbers of the accounts with this username or with this in the name (1 query)."""
    named = or_(Account.username == who.lower(), Account.name.icontains(who, autoescape=True))
    return list(session.scalars(select(Account.id).where(named).order_by(Account.id)))


def codes_meant(session: Session, *, name: str) -> list[str]:
    """Codes of units with this in a name, of any year (1 query)."""
    named = or_(Unit.name_zh.icontains(name, autoescape=True), Unit.name_en.icontains(name, autoescape=True))
    return list(session.scalars(select(Unit.code).where(named).distinct().order_by(Unit.code)))


def unit_names(session: Session, *, codes: set[str]) -> dict[str, Text]:
    """What units are called in the newest year that has them (1 query)."""
    query = select(Unit.code, Unit.name_zh, Unit.name_en).where(Unit.code.in_(codes)).order_by(Unit.cycle_id)
    return {code: Text(zh, en) for code, zh, en in session.execute(query)}


def sheet_of_year(session: Session, *, year: int) -> tuple[int, str] | None:
    """The row and the digest of the newest published rule sheet of a year (1 query)."""
    query = select(SheetVersion.id, SheetVersion.digest).join(Cycle, Cycle.id == SheetVersion.cycle_id)
    query = query.where(Cycle.year == year, SheetVersion.published_at.is_not(None))
    found = session.execute(query.order_by(SheetVersion.number.desc()).limit(1)).one_or_none()
    return None if found is None else (found.id, found.digest)


def people_named(session: Session, *, accounts: set[int], usernames: set[str]) -> list[tuple[int, str, str]]:
    """Number, username and name of these accounts (1 query)."""
    query = select(Account.id, Account.username, Account.name)
    query = query.where(or_(Account.id.in_(accounts), Account.username.in_(usernames))).order_by(Account.id)
    return [(number, username, name) for number, username, name in session.execute(query)]
