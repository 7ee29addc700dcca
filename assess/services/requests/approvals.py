"""What one person asks for and another decides on: exemptions, excluded data, moves of the year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from assess.core.actors import Actor, Right
from assess.core.approvals import state_after
from assess.core.errors import NotFound
from assess.core.reasons import checked_reason
from assess.core.text import Text
from assess.core.workflow import EXCLUSION, EXEMPTION, Act, Request, StateTable, WorkflowStep, check_allowed
from assess.services import audit
from assess.services.cycles import lock_year, refused
from assess.services.years import Year
from assess.store.models import Exclusion, Exemption, MoveRequest
from assess.store.queries import requests
from assess.store.queries.cycles import CycleRow
from assess.store.queries.requests import RequestRow
from assess.store.session import Session, check_seen, flush

NO_REQUEST: Final = Text(
    "没有这项申请，或您无权查看。", "There is no such request, or you do not have permission to see it."
)
NO_UNIT: Final = Text("请从列表中选择单位。", "Select a unit from the list.")
NO_RULING: Final = Text("请填写审批意见。", "Enter your decision and why.")


Asked = Exemption | Exclusion | MoveRequest


@dataclass(frozen=True)
class Decidable:
    """What one person asks for and another decides on.

    Attributes:
        table: its states.
        word: what the log calls it, followed by the year and `place`.
        place: which one it is.
        about: what is asked for, as the log tells it.
    """

    table: StateTable
    word: str
    place: Callable[[Any], str]
    about: Callable[[Any], dict[str, Any]]


@dataclass(frozen=True)
class RequestType(Decidable):
    """A kind of request about a unit, and its table."""

    model: requests.Asked


def of_unit(row: Exemption | Exclusion) -> str:
    """A request about a unit, by its unit and number."""
    return f"{row.unit}/{row.id}"


def about_exemption(row: Exemption) -> dict[str, str]:
    """What is asked not to apply, as the log tells it; the whole item goes unsaid."""
    return {"item": row.item, "part": row.part} if row.part else {"item": row.item}


EXEMPTIONS: Final = RequestType(EXEMPTION, "exemption", of_unit, about_exemption, Exemption)
EXCLUSIONS: Final = RequestType(
    EXCLUSION, "exclusion", of_unit, lambda row: {"figure": row.figure, "period": row.period}, Exclusion
)


def seen_requests(
    session: Session, actor: Actor, kind: RequestType, *, cycle: CycleRow, row: int | None = None
) -> list[RequestRow]:
    """The requests that a person may see, newest first: officials those of their units, others all (1 query).

    Raises:
        NotAllowed: the person is none of an official, an evaluator and the office.
    """
    actor.check_may(Right.TAKE_PART)
    units = None if actor.may(Right.REVIEW) else actor.units
    return requests.request_rows(session, kind.model, cycle=cycle.id, units=units, row=row)


def request_seen(session: Session, actor: Actor, kind: RequestType, *, cycle: CycleRow, row: int) -> RequestRow:
    """One request.

    Raises:
        NotFound: there is none of this number, or the person may not see it.
    """
    rows = seen_requests(session, actor, kind, cycle=cycle, row=row)
    if not rows:
        raise NotFound(NO_REQUEST)
    return rows[0]


def check_asker(actor: Actor, year: Year, unit: str) -> None:
    """Let the office ask for any unit of the year, and officials for their own.

    Raises:
        NotFound: an official named another unit.
        Refused: the office named none of the year.
    """
    if not actor.may(Right.ADMINISTER):
        actor.check_unit(unit)
        year.place_of(unit)
    elif unit not in year.units.places:
        raise refused("unit", NO_UNIT)


def keep_request(
    session: Session, actor: Actor, kind: Decidable, row: Asked, *, cycle: CycleRow, now: datetime
) -> None:
    """Keep what was asked for.

    Raises:
        Stale: somebody asks for the same at this moment.
    """
    session.add(row)
    flush(session)
    audit.record(
        session, actor, subject=subject_of(kind, cycle, row), action="asked", new=audit_facts(kind, row), now=now
    )


def rule(
    session: Session,
    actor: Actor,
    kind: RequestType,
    *,
    cycle: CycleRow,
    row: int,
    step: WorkflowStep,
    ruling: str,
    seen: int,
    now: datetime,
) -> None:
    """Approve or refuse what somebody else asked for.

    Raises:
        NotAllowed: the actor is not of the office, or asked for it.
        NotFound: there is no such request.
        Refused: the stage does not allow it, it was ruled on already, or no ruling is written.
        Stale: somebody else changed it since it was seen.
    """
    actor.check_may(Right.ADMINISTER)
    request = request_for_update(session, actor, kind, cycle=cycle, row=row, seen=seen)
    take_step(session, actor, kind, request, cycle=cycle, step=step, ruling=ruling, now=now)


def withdraw(
    session: Session,
    actor: Actor,
    kind: RequestType,
    *,
    cycle: CycleRow,
    row: int,
    reason: str,
    seen: int,
    now: datetime,
) -> None:
    """Take back what one asked for oneself, or as the office what was granted.

    Raises:
        NotAllowed: it was granted, or somebody else asked for it, and the actor is not of the office.
        NotFound: there is no such request, or the actor may not see it.
        Refused: the stage does not allow it, somebody else asked for what waits, there is nothing to take back, or no
            reason is written.
        Stale: somebody else changed it since it was seen.
    """
    request_seen(session, actor, kind, cycle=cycle, row=row)
    request = request_for_update(session, actor, kind, cycle=cycle, row=row, seen=seen)
    if request.state == Request.APPROVED or request.asked_by != actor.account:
        actor.check_may(Right.ADMINISTER)
    take_step(session, actor, kind, request, cycle=cycle, step=WorkflowStep.WITHDRAW, ruling=reason, now=now)


def request_for_update(
    session: Session, actor: Actor, kind: RequestType, *, cycle: CycleRow, row: int, seen: int
) -> Exemption | Exclusion:
    """The row of a request in the version that was seen."""
    lock_year(session, cycle)
    check_allowed(cycle.stage, Act.EXEMPT)
    request = requests.request_at(session, kind.model, cycle=cycle.id, row=row)
    if request is None:
        raise NotFound(NO_REQUEST)
    check_seen(request, seen)
    return request


def take_step(
    session: Session,
    actor: Actor,
    kind: Decidable,
    request: Asked,
    *,
    cycle: CycleRow,
    step: WorkflowStep,
    ruling: str,
    now: datetime,
) -> None:
    """Bring a request to its next state, and say why.

    Raises:
        NotAllowed: the asker would decide on it.
        Refused: the step is another person's, the request is ended already, or no ruling is written (`ruling`).
    """
    old = audit_facts(kind, request)
    request.state = state_after(kind.table, Request(request.state), step, actor, asker=request.asked_by)
    request.ruling = checked_reason(ruling, field="ruling", missing=NO_RULING)
    request.decided_by, request.decided_at = actor.account, now
    flush(session)
    subject = subject_of(kind, cycle, request)
    audit.record(
        session, actor, subject=subject, action=request.state, old=old, new=audit_facts(kind, request), now=now
    )


def subject_of(kind: Decidable, cycle: CycleRow, row: Asked) -> str:
    """What the log calls a request."""
    return f"{kind.word}:{cycle.year}/{kind.place(row)}"


def audit_facts(kind: Decidable, row: Asked) -> dict[str, Any]:
    """A request as the log tells it."""
    return {**kind.about(row), "reason": row.reason, "state": str(row.state), "ruling": row.ruling}
