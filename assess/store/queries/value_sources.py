"""Values with where they come from: who entered them, the file and the cell, and the cases behind a count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select

from assess.core.workflow import Imported, Reported
from assess.store.models import Account, Batch, Import, Occurrence, Value
from assess.store.records import select_records
from assess.store.session import Session

MAX_EARLIER: Final = 50
"""So many values that came before or after one are told of, the newest first."""


class ValueRow(NamedTuple):
    """A value with where it comes from.

    `kind` is that of its batch, and `facts` what the batch says of itself; `upload` and `file_name` are those of the
    file that it came with, `department` whose file it was, and `undone` says that the file was undone.
    """

    id: int
    cycle: int
    year: int
    unit: str
    figure: str
    period: str
    millionths: int | None
    word: str | None
    state: Reported
    place: str
    remark: str
    explanation: str
    by: str
    at: datetime
    counts_now: bool
    kind: str
    facts: dict[str, Any]
    upload: str | None
    file_name: str
    import_row: int | None
    department: str | None
    undone: bool


class ValueFilter(NamedTuple):
    """Which values are asked for: of a year of a cycle, of figures, of all units or of one."""

    cycle: int
    year: int
    figures: Sequence[str]
    unit: str = ""


class OccurrenceRow(NamedTuple):
    """One case that a count counts."""

    day: date | None
    location: str
    what: str
    photo: str
    place: str


def value_at(session: Session, *, cycle: int, value: int) -> ValueRow | None:
    """One value of a year or of the year before it, whether it counts or not (1 query)."""
    query = value_rows().where(Value.cycle_id == cycle, Value.id == value)
    return session.scalars(query).one_or_none()


def values_asked(session: Session, asked: ValueFilter, *, start: int, size: int) -> list[ValueRow]:
    """Values that count now, by figure as asked, unit and period, a page of them (1 query)."""
    places = case({figure: place for place, figure in enumerate(asked.figures)}, value=Value.figure)
    query = value_rows().where(counts(asked)).order_by(places, Value.unit, Value.period, Value.id)
    return list(session.scalars(query.offset(start).limit(size))) if asked.figures else []


def number_of_values(session: Session, asked: ValueFilter) -> int:
    """How many values of some figures count now (1 query)."""
    return session.scalar(select(func.count()).select_from(Value).where(counts(asked))) or 0


def counts(asked: ValueFilter) -> ColumnElement[bool]:
    """Which values count now."""
    wanted = [
        Value.cycle_id == asked.cycle, Value.year == asked.year, Value.figure.in_(asked.figures),
        Value.superseded_at.is_(None), Value.millionths.is_not(None) | Value.word.is_not(None),
    ]  # fmt: skip
    return and_(*wanted, Value.unit == asked.unit) if asked.unit else and_(*wanted)


def line_of_values(session: Session, row: ValueRow) -> list[ValueRow]:
    """What stood for the same figure, unit and period, as far back as each came after another, newest first (1 query).

    It begins with the value that counts now, where one does, and with the value itself.
    """
    same = (
        Value.cycle_id == row.cycle, Value.year == row.year, Value.unit == row.unit, Value.figure == row.figure,
        Value.period == row.period,
    )  # fmt: skip
    ends = or_(and_(*same, Value.superseded_at.is_(None)), Value.id == row.id)
    chain = select(Value.id, Value.supersedes).where(ends).cte("chain", recursive=True)
    chain = chain.union(select(Value.id, Value.supersedes).join(chain, Value.id == chain.c.supersedes))
    query = value_rows().where(Value.id.in_(select(chain.c.id))).order_by(Value.id.desc())
    return list(session.scalars(query.limit(MAX_EARLIER)))


def value_rows() -> Select[ValueRow]:
    """Values with what brought them in, who entered them and the import of their batch."""
    return (
        select_records(
            ValueRow,
            Value,
            Batch,
            cycle=Value.cycle_id,
            place=func.coalesce(Value.place, ""),
            by=func.coalesce(Account.name, ""),
            at=Value.entered_at,
            counts_now=Value.superseded_at.is_(None),
            file_name=func.coalesce(Batch.file_name, ""),
            import_row=Import.id,
            department=Import.department,
            undone=func.coalesce(Import.state == Imported.UNDONE, false()),
        )
        .join(Batch, Batch.id == Value.batch_id)
        .outerjoin(Account, Account.id == Value.entered_by)
        .outerjoin(Import, Import.batch_id == Batch.id)
    )


def occurrences_of(session: Session, row: ValueRow) -> list[OccurrenceRow]:
    """The cases behind a count of a file, in its order (1 query where it came with a file)."""
    query = (
        select_records(OccurrenceRow, Occurrence)
        .where(Occurrence.import_id == row.import_row, Occurrence.unit == row.unit)
        .where(Occurrence.figure == row.figure, Occurrence.period == row.period)
        .order_by(Occurrence.id)
    )
    return [] if row.import_row is None else list(session.scalars(query))
