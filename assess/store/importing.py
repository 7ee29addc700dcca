"""Values of uploaded files, thousands at a time: proposed, compared with what counts, made to count, and taken back.

Each is a few statements over sets of rows, so that no transaction holds the database for long. The caller has locked
the imports of the department (`queries.imports.import_for_update`), so two of them never keep values at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Subquery,
    and_,
    case,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from assess.core.evidence.verdicts import CheckList, Verdict
from assess.core.workflow import Reported
from assess.store.base import Base, Json, Moment
from assess.store.models import Import, ImportFlaw, Occurrence, Proposal, Value
from assess.store.queries.imports import listed_as
from assess.store.session import Session

COPIED: Final = (
    "cycle_id", "year", "unit", "figure", "period", "millionths", "word", "state", "batch_id", "place", "remark",
    "explanation", "entered_by", "entered_at",
)  # fmt: skip
"""What a value that comes back keeps of itself."""


class Collision(Exception):
    """Somebody else changed values in the same instant; the transaction must be rolled back and tried again."""


def add_proposals(session: Session, rows: Sequence[Json]) -> None:
    """Keep what a file proposes."""
    add_rows(session, Proposal, rows)


def add_flaws(session: Session, rows: Sequence[Json]) -> None:
    """Keep what is wrong in a file."""
    add_rows(session, ImportFlaw, rows)


def add_occurrences(session: Session, rows: Sequence[Json]) -> None:
    """Keep the cases behind counts."""
    add_rows(session, Occurrence, rows)


def add_rows(session: Session, model: type[Base], rows: Sequence[Json]) -> None:
    """Insert plain rows of a table in one go."""
    if rows:
        session.connection().execute(insert(model.__table__), list(rows))  # type: ignore[arg-type]


def compare_proposals(session: Session, *, row: Import, year: int) -> None:
    """See which value counts now beside each proposal, and say what the proposal would do to it (1 statement)."""
    counts = (
        select(Value.id)
        .where(*counting_beside(row, year))
        .correlate(Proposal)
        .scalar_subquery()
    )  # fmt: skip
    other = or_(Value.millionths.is_distinct_from(Proposal.millionths), Value.word.is_distinct_from(Proposal.word))
    says = case(
        (and_(Value.millionths.is_(None), Value.word.is_(None)), Verdict.NEW),
        (other, Verdict.CHANGED),
        (is_noted(), Verdict.NOTED),
        else_=Verdict.UNCHANGED,
    )
    verdict = select(says).where(*counting_beside(row, year)).correlate(Proposal).scalar_subquery()
    session.execute(
        update(Proposal)
        .where(Proposal.import_id == row.id)
        .values(seen=counts, verdict=func.coalesce(verdict, Verdict.NEW))
        .execution_options(synchronize_session=False)
    )


def is_noted() -> ColumnElement[bool]:
    """Whether a proposal of the value that counts says more of it: another remark, or other cases behind a count.

    A file that says nothing beside a value takes nothing back.
    """
    brought, before = aliased(Import), aliased(Proposal)
    same = (before.unit == Proposal.unit, before.figure == Proposal.figure, before.period == Proposal.period)
    cases = (
        select(before.cases)
        .join(brought, brought.id == before.import_id)
        .where(brought.batch_id == Value.batch_id, *same)
        .correlate(Value, Proposal)
        .scalar_subquery()
    )
    other_cases = and_(Proposal.cases != "", Proposal.cases != func.coalesce(cases, ""))
    other_remark = and_(Proposal.remark != "", Proposal.remark != Value.remark)
    return or_(other_cases, and_(other_remark, Proposal.cases == func.coalesce(cases, "")))


def mark_overtaken(session: Session, *, row: Import, year: int) -> int:
    """Mark the proposals beside which another value counts than was seen at the check; how many (1 statement)."""
    counts = select(Value.id).where(*counting_beside(row, year)).correlate(Proposal).scalar_subquery()
    return changed_by(
        session,
        update(Proposal)
        .where(Proposal.import_id == row.id, Proposal.seen.is_distinct_from(counts))
        .values(overtaken=true()),
    )


def counting_beside(row: Import, year: int) -> tuple[Any, ...]:
    """Which value counts of what a proposal is about."""
    return (
        Value.cycle_id == row.cycle_id, Value.year == year, Value.unit == Proposal.unit,
        Value.figure == Proposal.figure, Value.period == Proposal.period, Value.superseded_at.is_(None),
    )  # fmt: skip


def explain_rest(session: Session, *, row: int, words: str) -> int:
    """Give a reason for all suspicious values of an import that have none; how many (1 statement)."""
    suspicious = and_(Proposal.import_id == row, Proposal.explanation == "", listed_as(CheckList.DOUBTFUL))
    return changed_by(session, update(Proposal).where(suspicious).values(explanation=words))


def keep_proposals(session: Session, *, row: Import, year: int, batch: int, account: int, now: datetime) -> int:
    """Let what an import proposes count, unchanged values apart; how many (3 statements).

    Raises:
        Collision: a value that was seen counts no longer, or another one counts already.
    """
    mine = and_(Proposal.import_id == row.id, Proposal.verdict != Verdict.UNCHANGED)
    seen = select(Proposal.seen).where(mine, Proposal.seen.is_not(None))
    expected = session.scalar(select(func.count()).select_from(seen.subquery()))
    superseded = update(Value).where(Value.id.in_(seen), Value.superseded_at.is_(None)).values(superseded_at=now)
    if changed_by(session, superseded) != expected:
        raise Collision(f"import {row.id}")
    old = select(Value.remark).where(Value.id == Proposal.seen).correlate(Proposal).scalar_subquery()
    stays = and_(Proposal.verdict == Verdict.NOTED, Proposal.remark == "")
    new = select(
        literal(row.cycle_id), literal(year), Proposal.unit, Proposal.figure, Proposal.period, Proposal.millionths,
        Proposal.word, literal(Reported.CERTIFIED.value), literal(batch), Proposal.place,
        case((stays, old), else_=Proposal.remark),
        Proposal.explanation, literal(account), literal(now, Moment()), Proposal.seen,
    ).where(mine).order_by(Proposal.id)  # fmt: skip
    return changed_by(session, insert(Value.__table__).from_select([*COPIED, "supersedes"], new))  # type: ignore[arg-type]


def count_superseded(session: Session, *, batch: int) -> int:
    """On how many values of a batch a later one stands (1 query)."""
    ends = ends_of(batch)
    last = select(func.count()).select_from(ends).join(Value, Value.id == ends.c.last)
    return session.scalar(last.where(Value.superseded_at.is_not(None))) or 0


def take_back(session: Session, *, batch: int, now: datetime) -> tuple[int, int]:
    """Let the values of a batch count no longer, and those before them again, as rows of their own (3 statements).

    Returns:
        How many count no longer, and how many came back.

    Raises:
        Collision: a later value stands on one of them.
    """
    ends = ends_of(batch)
    expected = session.scalar(select(func.count()).select_from(ends))
    last = update(Value).where(Value.id.in_(select(ends.c.last)), Value.superseded_at.is_(None))
    gone = changed_by(session, last.values(superseded_at=now))
    if gone != expected:
        raise Collision(f"batch {batch}")
    first, before = aliased(Value), aliased(Value)
    back = (
        select(*(getattr(before, name) for name in COPIED), ends.c.last)
        .select_from(ends)
        .join(first, first.id == ends.c.first)
        .join(before, before.id == first.supersedes)
        .where(or_(before.millionths.is_not(None), before.word.is_not(None)))
        .order_by(ends.c.last)
    )
    return gone, changed_by(session, insert(Value.__table__).from_select([*COPIED, "supersedes"], back))  # type: ignore[arg-type]


def ends_of(batch: int) -> Subquery:
    """The first row of a batch for each thing it has a value of, and the last: a value that came back has several."""
    query = select(func.min(Value.id).label("first"), func.max(Value.id).label("last")).where(Value.batch_id == batch)
    return query.group_by(Value.unit, Value.figure, Value.period).subquery()


def changed_by(session: Session, statement: Any) -> int:
    """How many rows a statement changed.

    Raises:
        Collision: somebody else made the same row in the same instant.
    """
    try:
        done = session.execute(statement.execution_options(synchronize_session=False))
    except IntegrityError as collision:
        raise Collision("a row was made meanwhile") from collision
    assert isinstance(done, CursorResult)
    return int(done.rowcount)
