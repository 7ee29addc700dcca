"""Last year's figures and results: what brought them in, and the values that count now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from assess.store.base import Json
from assess.store.models import Account, Batch, Value
from assess.store.records import select_records
from assess.store.session import Session

FIGURES, RESULTS = "previous", "previous-results"
"""Kinds of batches."""


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
        .where(Batch.cycle_id == cycle, Batch.kind.in_((FIGURES, RESULTS)))
        .order_by(Batch.id.desc())
    )
    return list(session.scalars(query))


def newest_results(session: Session, cycle: int) -> tuple[int, Json] | None:
    """The newest results of the year before: the batch and its facts (1 query)."""
    query = select(Batch.id, Batch.facts).where(Batch.cycle_id == cycle, Batch.kind == RESULTS)
    return session.execute(query.order_by(Batch.id.desc()).limit(1)).one_or_none()


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
