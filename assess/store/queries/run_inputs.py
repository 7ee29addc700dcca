"""The values that a run may stand on, with where each came from."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import String, cast, func, or_, select

from assess.core.workflow import Reported
from assess.store.models import Account, Batch, Exclusion, Value
from assess.store.session import Session


class ValueSourced(NamedTuple):
    """A value that stands now, of this year or the one before, with where it came from; `by` who entered it.

    `kind` is that of the batch that brought it in.
    """

    id: int
    year: int
    unit: str
    figure: str
    period: str
    millionths: int | None
    word: str | None
    state: Reported
    place: str
    upload: str
    file_name: str
    kind: str
    by: str
    at: datetime
    excluded: bool


def values_standing(session: Session, *, cycle: int, years: Collection[int]) -> list[ValueSourced]:
    """Every value that stands now, certified or not, by unit, figure, year and period (1 query).

    `excluded` says that it does not count while an exclusion is approved.
    """
    excluded = (
        select(Exclusion.id)
        .where(
            Exclusion.cycle_id == Value.cycle_id, Exclusion.unit == Value.unit, Exclusion.figure == Value.figure,
            Exclusion.state == "approved",
            or_(Exclusion.period == Value.period, Exclusion.period == cast(Value.year, String)),
        )
        .exists()
    )  # fmt: skip
    query = (
        select(
            Value.id, Value.year, Value.unit, Value.figure, Value.period, Value.millionths, Value.word, Value.state,
            func.coalesce(Value.place, ""), func.coalesce(Batch.upload, ""), func.coalesce(Batch.file_name, ""),
            Batch.kind, func.coalesce(Account.name, ""), Value.entered_at, excluded,
        )
        .join(Batch, Batch.id == Value.batch_id)
        .outerjoin(Account, Account.id == Value.entered_by)
        .where(Value.cycle_id == cycle, Value.year.in_(years), Value.superseded_at.is_(None))
        .where(Value.millionths.is_not(None) | Value.word.is_not(None))
        .order_by(Value.unit, Value.figure, Value.year, Value.period)
    )  # fmt: skip
    return [
        ValueSourced(
            id=number, year=year, unit=unit, figure=figure, period=period, millionths=millionths, word=word,
            state=Reported(state), place=place, upload=upload, file_name=name, kind=kind, by=by, at=at,
            excluded=out,
        )
        for number, year, unit, figure, period, millionths, word, state, place, upload, name, kind, by, at, out in (
            session.execute(query)
        )
    ]  # fmt: skip
