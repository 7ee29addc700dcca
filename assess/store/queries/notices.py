"""What units are told of their own results: totals, the figures behind with who supplied them, and their appeals."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func

from assess.core.text import Text
from assess.store.models import Account, Appeal, Batch, RunUnit, RunValue, Value
from assess.store.queries.appeals import AppealRow, appeals
from assess.store.queries.runs import used_by
from assess.store.records import record_columns, select_records
from assess.store.session import Session


class SuppliedValue(NamedTuple):
    """A figure of a run: `value` is the row of the kept value, and with it who entered it, when, its file and cell.

    `by`, `file` and `place` are empty and `at` None where it was counted.
    """

    figure: str
    year: int
    period: str
    text: str
    origin: str
    value: int | None
    by: str
    at: datetime | None
    file: str
    place: str


def supplied_of(session: Session, *, run: int, unit: str, objects: Collection[str]) -> list[SuppliedValue]:
    """The figures of one unit and of its objects by their codes in a run, by figure, year and period (1 query)."""
    query = (
        select_records(
            SuppliedValue,
            RunValue,
            value=RunValue.value_id,
            at=Value.entered_at,
            by=func.coalesce(Account.name, ""),
            file=func.coalesce(Batch.file_name, ""),
            place=func.coalesce(Value.place, ""),
        )
        .outerjoin(Value, Value.id == RunValue.value_id)
        .outerjoin(Batch, Batch.id == Value.batch_id)
        .outerjoin(Account, Account.id == Value.entered_by)
        .where(RunValue.run_id == run, used_by(unit, objects))
        .order_by(RunValue.figure, RunValue.year, RunValue.period)
    )
    return list(session.scalars(query))


class OwnTotal(NamedTuple):
    """What a unit came to in a run; `total` None where it has none."""

    unit: str
    name: Text
    total: str | None


def totals_of(session: Session, *, run: int, units: Collection[str]) -> list[OwnTotal]:
    """What some units came to in a run, in the order of the list (1 query)."""
    query = select_records(OwnTotal, RunUnit, name=record_columns(Text, zh=RunUnit.name_zh, en=RunUnit.name_en))
    query = query.where(RunUnit.run_id == run, RunUnit.unit.in_(units)).order_by(RunUnit.place)
    return list(session.scalars(query))


def newest_appeals(session: Session, *, cycle: int, units: Collection[str], most: int) -> list[AppealRow]:
    """The newest appeals of some units, newest first (1 query)."""
    query = appeals(cycle).where(Appeal.unit.in_(units)).order_by(Appeal.number.desc())
    return list(session.scalars(query.limit(most)))
