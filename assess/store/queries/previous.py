"""Last year's figures and results: what brought them in, and the values that count now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select

from assess.core.expressions.parsing import MOST_YEARS_BACK
from assess.store.base import Json
from assess.store.models import Account, Batch, Value
from assess.store.records import select_records
from assess.store.session import Session

FIGURES, RESULTS = "previous", "previous-results"
"""Kinds of batches."""
KINDS_OF_FIGURES: Final = {1: FIGURES, **{back: f"{FIGURES}-{back}" for back in range(2, MOST_YEARS_BACK + 1)}}
"""The kind of batch that brings in figures of so many years back."""


@dataclass(frozen=True)
class BatchRow:
    """What brought figures or results in, as pages list it; who by name, None for the operator."""

    id: int
    kind: str
    upload: str | None
    file_name: str | None
    facts: Json
    made_by: str | None
    made_at: datetime


def batches(session: Session, cycle: int) -> list[BatchRow]:
    """All that brought in figures or results of the year before, newest first (1 query)."""
    query = (
        select_records(BatchRow, Batch, made_by=Account.name)
        .outerjoin(Account, Account.id == Batch.made_by)
        .where(Batch.cycle_id == cycle, Batch.kind.in_((*KINDS_OF_FIGURES.values(), RESULTS)))
        .order_by(Batch.id.desc())
    )
    return list(session.scalars(query))


def newest_results(session: Session, cycle: int) -> tuple[int, Json] | None:
    """The newest results of the year before: the batch and its facts (1 query)."""
    query = select(Batch.id, Batch.facts).where(Batch.cycle_id == cycle, Batch.kind == RESULTS)
    return session.execute(query.order_by(Batch.id.desc()).limit(1)).one_or_none()


def furthest_back(session: Session, cycle: int) -> int:
    """Of how many earlier years figures came in, or were stated to be none, at most (1 query)."""
    query = select(Batch.kind).where(Batch.cycle_id == cycle, Batch.kind.in_(KINDS_OF_FIGURES.values())).distinct()
    kinds = set(session.scalars(query))
    return max((back for back, kind in KINDS_OF_FIGURES.items() if kind in kinds), default=0)


def counts_by_year(session: Session, cycle: int) -> dict[int, int]:
    """How many values count now, by the year that they are of (1 query)."""
    query = select(Value.year, func.count()).where(Value.cycle_id == cycle, Value.superseded_at.is_(None))
    return dict(session.execute(query.group_by(Value.year)).all())


def current_models(session: Session, cycle: int, year: int) -> list[Value]:
    """The values of a year that count now, to be superseded (1 query)."""
    query = select(Value).where(Value.cycle_id == cycle, Value.year == year, Value.superseded_at.is_(None))
    return list(session.scalars(query.order_by(Value.unit, Value.figure, Value.period)))


def counts_by_figure(session: Session, cycle: int, year: int) -> dict[str, tuple[int, int]]:
    """How many values count now and of how many units, by figure (1 query)."""
    query = (
        select(Value.figure, func.count(), func.count(Value.unit.distinct()))
        .where(Value.cycle_id == cycle, Value.year == year, Value.superseded_at.is_(None))
        .group_by(Value.figure)
    )
    return {figure: (values, units) for figure, values, units in session.execute(query)}
