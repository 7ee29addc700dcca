"""The figures that the result of one unit stands on, each with who supplied it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from assess.store.models import Account, Batch, RunValue, Value
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


def supplied_of(session: Session, *, run: int, unit: str) -> list[SuppliedValue]:
    """The figures of one unit in a run, by figure, year and period (1 query)."""
    used = (RunValue.figure, RunValue.year, RunValue.period, RunValue.text, RunValue.origin, RunValue.value_id)
    query = (
        select(*used, Account.name, Value.entered_at, Batch.file_name, Value.place)
        .outerjoin(Value, Value.id == RunValue.value_id)
        .outerjoin(Batch, Batch.id == Value.batch_id)
        .outerjoin(Account, Account.id == Value.entered_by)
        .where(RunValue.run_id == run, RunValue.unit == unit)
        .order_by(RunValue.figure, RunValue.year, RunValue.period)
    )
    return [
        SuppliedValue(figure, year, period, text, origin, value, by or "", at, file or "", place or "")
        for figure, year, period, text, origin, value, by, at, file, place in session.execute(query)
    ]
