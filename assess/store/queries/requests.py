"""What is asked for and must be approved: exemptions of a unit from an item, and values that shall not count."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from assess.core.workflow import Request
from assess.store.models import Account, Exclusion, Exemption
from assess.store.session import Session

Asked = type[Exemption] | type[Exclusion]
One = Exemption | Exclusion
HOLDS: Final = (Request.ASKED.value, Request.APPROVED.value)
SUBJECTS: Final[Mapping[type, InstrumentedAttribute[str]]] = {Exemption: Exemption.item, Exclusion: Exclusion.figure}
"""What a request is about."""


@dataclass(frozen=True)
class RequestRow:
    """A request and its ruling; `subject` is the item or the figure, `period` "" for an exemption.

    `decider`, `decided_at` and `ruling` are of the last decision, None until there is one.
    """

    id: int
    version: int
    unit: str
    subject: str
    period: str
    reason: str
    state: Request
    asked_by: int
    asker: str
    asked_at: datetime
    decider: str | None
    decided_at: datetime | None
    ruling: str | None


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
    asker, decider = aliased(Account), aliased(Account)
    query = (
        select(of, asker.name, decider.name)
        .join(asker, asker.id == of.asked_by)
        .outerjoin(decider, decider.id == of.decided_by)
        .where(of.cycle_id == cycle)
        .order_by(of.id.desc())
    )
    if units is not None:
        query = query.where(of.unit.in_(units))
    if subjects is not None:
        query = query.where(SUBJECTS[of].in_(subjects))
    if row is not None:
        query = query.where(of.id == row)
    found = session.execute(query)
    return [request_row(cast("One", each), asked_by, decided_by) for each, asked_by, decided_by in found]


def request_row(request: One, asker: str, decider: str | None) -> RequestRow:
    """A request as pages show it."""
    if isinstance(request, Exemption):
        subject, period = request.item, ""
    else:
        subject, period = request.figure, request.period
    return RequestRow(
        id=request.id,
        version=request.version,
        unit=request.unit,
        subject=subject,
        period=period,
        reason=request.reason,
        state=Request(request.state),
        asked_by=request.asked_by,
        asker=asker,
        asked_at=request.asked_at,
        decider=decider,
        decided_at=request.decided_at,
        ruling=request.ruling,
    )


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
