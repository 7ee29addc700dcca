"""What is asked for and must be approved: exemptions of a unit from an item, and values that shall not count."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import Select, literal, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from assess.core.workflow import Request
from assess.store.models import Account, Exclusion, Exemption, MoveRequest
from assess.store.records import R, select_records
from assess.store.session import Session

Asked = type[Exemption] | type[Exclusion]
Approved = Asked | type[MoveRequest]
One = Exemption | Exclusion
HOLDS: Final = (Request.ASKED.value, Request.APPROVED.value)
SUBJECTS: Final[Mapping[type, InstrumentedAttribute[str]]] = {Exemption: Exemption.item, Exclusion: Exclusion.figure}
"""What a request is about."""


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
    """A request and its ruling; `subject` is the item or the figure, `period` "" for an exemption."""

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
    period = Exclusion.period if of is Exclusion else literal("")
    query = approvals(RequestRow, of, subject=SUBJECTS[of], period=period).where(of.cycle_id == cycle)
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


def exemption_state(session: Session, *, cycle: int, unit: str, item: str) -> Request | None:
    """The state of the exemption of a unit from an item that is open or was granted (1 query)."""
    query = select(Exemption.state).where(Exemption.cycle_id == cycle, Exemption.unit == unit, Exemption.item == item)
    found = session.scalars(query.where(Exemption.state.in_(HOLDS))).one_or_none()
    return None if found is None else Request(found)


def excluded_periods(session: Session, *, cycle: int, unit: str, figure: str) -> dict[str, Request]:
    """The periods of a figure of a unit whose exclusion is open or was granted, with its state (1 query)."""
    query = (
        select(Exclusion.period, Exclusion.state)
        .where(Exclusion.cycle_id == cycle, Exclusion.unit == unit, Exclusion.figure == figure)
        .where(Exclusion.state.in_(HOLDS))
        .order_by(Exclusion.id)
    )
    return {period: Request(state) for period, state in session.execute(query)}
