"""Values with where they come from: who entered them, the file and the cell, and the cases behind a count."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, select

from assess.core.workflow import Reported
from assess.store.models import Account, Batch, Import, Occurrence, Value
from assess.store.session import Session


class ValueRow(NamedTuple):
    """A value with where it comes from."""

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
    upload: str | None
    file_name: str
    import_row: int | None


class OccurrenceRow(NamedTuple):
    """One case that a count counts."""

    day: date | None
    location: str
    what: str
    photo: str
    place: str


def value_at(session: Session, *, cycle: int, value: int) -> ValueRow | None:
    """One value of a year or of the year before it, whether it counts or not (1 query)."""
    query = values_with_source().where(Value.cycle_id == cycle, Value.id == value)
    return next(iter(value_rows(session, query)), None)


def figure_values(
    session: Session, *, cycle: int, year: int, figure: str, start: int, size: int
) -> list[ValueRow]:  # fmt: skip
    """The values of a figure that count now, by unit and period, a page of them (1 query)."""
    query = values_with_source().where(counts(cycle, year, figure)).order_by(Value.unit, Value.period, Value.id)
    return value_rows(session, query.offset(start).limit(size))


def count_of_figure(session: Session, *, cycle: int, year: int, figure: str) -> int:
    """How many values of a figure count now (1 query)."""
    return session.scalar(select(func.count()).select_from(Value).where(counts(cycle, year, figure))) or 0


def counts(cycle: int, year: int, figure: str) -> ColumnElement[bool]:
    """Which values of a figure count now."""
    return and_(
        Value.cycle_id == cycle, Value.year == year, Value.figure == figure, Value.superseded_at.is_(None),
        Value.millionths.is_not(None) | Value.word.is_not(None),
    )  # fmt: skip


def values_with_source() -> Select[Value, Batch, str, int | None]:
    """Values with what brought them in, who entered them and the import of their batch."""
    return (
        select(Value, Batch, func.coalesce(Account.name, ""), Import.id)
        .join(Batch, Batch.id == Value.batch_id)
        .outerjoin(Account, Account.id == Value.entered_by)
        .outerjoin(Import, Import.batch_id == Batch.id)
    )


def value_rows(session: Session, query: Select[Value, Batch, str, int | None]) -> list[ValueRow]:
    """Values as pages show them."""
    return [
        ValueRow(
            id=value.id, cycle=value.cycle_id, year=value.year, unit=value.unit, figure=value.figure,
            period=value.period, millionths=value.millionths, word=value.word, state=Reported(value.state),
            place=value.place or "", remark=value.remark, explanation=value.explanation, by=by, at=value.entered_at,
            counts_now=value.superseded_at is None, kind=batch.kind, upload=batch.upload,
            file_name=batch.file_name or "", import_row=row,
        )
        for value, batch, by, row in session.execute(query)
    ]  # fmt: skip


def occurrences_of(session: Session, *, row: int, unit: str, figure: str, period: str) -> list[OccurrenceRow]:
    """The cases behind a count of a file, in its order (1 query)."""
    query = (
        select(Occurrence.day, Occurrence.location, Occurrence.what, Occurrence.photo, Occurrence.place)
        .where(Occurrence.import_id == row, Occurrence.unit == unit)
        .where(Occurrence.figure == figure, Occurrence.period == period)
        .order_by(Occurrence.id)
    )
    return [OccurrenceRow(*each) for each in session.execute(query)]
