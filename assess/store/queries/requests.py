"""What is asked for and must be approved: exemptions of a unit from an item, and values that shall not count."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from assess.core.workflow import Request
from assess.store.models import Account, Exclusion, Exemption, MoveRequest, Value
from assess.store.records import R, select_records
from assess.store.session import Session

Asked = type[Exemption] | type[Exclusion]
Approved = Asked | type[MoveRequest]
One = Exemption | Exclusion
HOLDS: Final = (Request.ASKED.value, Request.APPROVED.value)
SUBJECTS: Final[Mapping[type, InstrumentedAttribute[str]]] = {Exemption: Exemption.item, Exclusion: Exclusion.figure}
"""What a request is about."""
PARTS: Final[Mapping[type, InstrumentedAttribute[str]]] = {Exemption: Exemption.part, Exclusion: Exclusion.period}
"""Which part of it."""


@dataclass(frozen=True)
class ApprovalRow:
    """What needs a second person: who asked why, and who decided what, None until somebody did."""

    id: int
    version: int
    reason: str
    state: Request
    asked_by: int
    asker: str
    asked_at: datetime
    decided_by: int | None
    decider: str | None
    decided_at: datetime | None
    ruling: str | None


@dataclass(frozen=True)
class RequestRow(ApprovalRow):
    """A request and its ruling; `subject` is the item or the figure, `period` the part that it is of, "" for all."""

    unit: str
    subject: str
    period: str


def approvals(record: Callable[..., R], of: Approved, **columns: Any) -> Select[R]:
    """Requests of a kind with who asked and who decided, newest first."""
    asker, decider = aliased(Account), aliased(Account)
    return (
        select_records(record, of, asker=asker.name, decider=decider.name, **columns)
        .join(asker, asker.id == of.asked_by)
        .outerjoin(decider, decider.id == of.decided_by)
        .order_by(of.id.desc())
    )


def request_rows(
    session: Session,
    of: Asked,
    *,
    cycle: int,
    units: Collection[str] | None = None,
    subjects: Collection[str] | None = None,
    row: int | None = None,
) -> list[RequestRow]:
    """The requests of a year, only some units or subjects or one number where given, newest first (1 query)."""
    query = approvals(RequestRow, of, subject=SUBJECTS[of], period=PARTS[of]).where(of.cycle_id == cycle)
    if units is not None:
        query = query.where(of.unit.in_(units))
    if subjects is not None:
        query = query.where(SUBJECTS[of].in_(subjects))
    if row is not None:
        query = query.where(of.id == row)
    return list(session.scalars(query))


def request_at(session: Session, of: Asked, *, cycle: int, row: int) -> One | None:
    """One request of a year, to be changed (1 query)."""
    return cast("One | None", session.scalars(select(of).where(of.cycle_id == cycle, of.id == row)).one_or_none())


def exempt_parts(session: Session, *, cycle: int, unit: str, item: str) -> dict[str, Request]:
    """The parts of an item, "" for all, from which the exemption of a unit is open or was granted (1 query)."""
    query = select(Exemption.part, Exemption.state).where(
        Exemption.cycle_id == cycle, Exemption.unit == unit, Exemption.item == item, Exemption.state.in_(HOLDS)
    )
    return {part: Request(state) for part, state in session.execute(query.order_by(Exemption.id))}


def is_excluded(year: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether an exclusion takes a value: it is of its part, of the year of its object, or of the whole year."""
    within = func.substr(Value.period, 1, func.length(Exclusion.period) + 1) == Exclusion.period + "-"
    return or_(Exclusion.period == Value.period, within, Exclusion.period == year)


def excluded_periods(session: Session, *, cycle: int, unit: str, figure: str) -> dict[str, Request]:
    """The periods of a figure of a unit whose exclusion is open or was granted, with its state (1 query)."""
    query = (
        select(Exclusion.period, Exclusion.state)
        .where(Exclusion.cycle_id == cycle, Exclusion.unit == unit, Exclusion.figure == figure)
        .where(Exclusion.state.in_(HOLDS))
        .order_by(Exclusion.id)
    )
    return {period: Request(state) for period, state in session.execute(query)}
