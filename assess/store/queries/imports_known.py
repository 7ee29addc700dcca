"""What is known already of the figures of a department, as its template shows it."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import and_, select

from assess.store.models import Import, Occurrence, Value
from assess.store.session import Session


class KnownRow(NamedTuple):
    """A value that counts now, and the remark beside it."""

    unit: str
    figure: str
    period: str
    millionths: int | None
    word: str | None
    remark: str


def known_values(session: Session, *, cycle: int, year: int, figures: Collection[str]) -> list[KnownRow]:
    """The values of these figures that count now, excluded ones too (1 query)."""
    query = (
        select(Value.unit, Value.figure, Value.period, Value.millionths, Value.word, Value.remark)
        .where(
            Value.cycle_id == cycle, Value.year == year, Value.figure.in_(figures), Value.superseded_at.is_(None)
        )
        .order_by(Value.unit, Value.figure, Value.period)
    )  # fmt: skip
    return [KnownRow(*row) for row in session.execute(query)]


def known_occurrences(session: Session, *, cycle: int, year: int, figures: Collection[str]) -> list[Occurrence]:
    """The cases behind the counts that count now, in the order of their files (1 query)."""
    query = (
        select(Occurrence)
        .join(Import, Import.id == Occurrence.import_id)
        .join(
            Value,
            and_(
                Value.batch_id == Import.batch_id,
                Value.unit == Occurrence.unit,
                Value.figure == Occurrence.figure,
                Value.period == Occurrence.period,
            ),
        )
        .where(
            Value.cycle_id == cycle, Value.year == year, Value.figure.in_(figures), Value.superseded_at.is_(None)
        )
        .order_by(Occurrence.import_id, Occurrence.id)
    )  # fmt: skip
    return list(session.scalars(query))
