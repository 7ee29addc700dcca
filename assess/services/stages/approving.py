"""Moves of a year that two people make: an early end of a stage, and the step to the final result.

One of the office asks, another approves or refuses, and whoever asked may withdraw. What the asker went by is looked
at again when it is approved.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from assess.core.actors import Actor, Right
from assess.core.errors import NotFound, Refused, Stale
from assess.core.reasons import checked_reason, optional_reason
from assess.core.stages.ends import MOVE, StageEnding
from assess.core.text import Text
from assess.core.workflow import Request, Stage, WorkflowStep, move
from assess.services import cycles
from assess.services.requests.approvals import NO_REQUEST, Decidable, keep_request, take_step
from assess.services.stages.moving import carry_out, check_may_come, ending_now
from assess.store.models import Cycle, MoveRequest, StageMove
from assess.store.queries import stages
from assess.store.queries.cycles import CycleRow
from assess.store.queries.releases import releases_of
from assess.store.queries.stages import MoveRequestRow
from assess.store.session import Session, check_seen

ONE_IS_ENOUGH: Final = Text(
    "该阶段的期限已过，不需要另一人批准，没有提出申请，请直接转阶段。",
    "The last day of this stage has passed, so no approval is needed and no request was made. Move "
    "the year on directly.",
)
ASKED_ALREADY: Final = Text(
    "{who}已申请转入“{stage}”阶段，正待批准，没有重复提出。请由考核办另一人批准，或先撤回。",
    "{who} already requested the stage {stage}, so no new request was made. Another person of the "
    "assessment office approves it, or it is withdrawn first.",
)
OTHER_STAGE: Final = Text(
    "提出申请后年度已转到“{stage}”阶段，没有转阶段。如仍需要，请重新申请。",
    "The year moved to the stage {stage} after this request, so it was not moved again. Request it "
    "again if it is still needed.",
)
OTHER_DAY: Final = Text(
    "提出申请后，截止日期已由{old}改为{new}，没有转阶段。请不予批准或撤回，核对后重新申请。",
    "The last day was changed from {old} to {new} after this request, so the year was not moved. "
    "Reject or withdraw the request, check the dates and request it again.",
)
OTHER_RESULT: Final = Text(
    "提出申请后又发布了新的计分结果，没有转阶段。请不予批准或撤回，核对新结果后重新申请。",
    "Another run was released after this request, so the year was not moved. Reject or withdraw the "
    "request, check the new result and request it again.",
)
NO_DAY: Final = Text("（未定）", "(not set)")
MOVES: Final = Decidable(MOVE, "move", lambda row: str(row.id), lambda row: about(row))


@dataclass(frozen=True)
class RequestPage:
    """A request as its page shows it: how it would end the stage today, and why it can no longer be approved."""

    row: MoveRequestRow
    ending: StageEnding | None
    wrong: Text | None


def about(row: MoveRequest) -> dict[str, Any]:
    """What is asked for, as the log tells it."""
    return {"stage": str(row.target), "last_day": None if row.last_day is None else row.last_day.isoformat()}


def ask_move(
    session: Session, actor: Actor, *, cycle: CycleRow, to: Stage, now: datetime, seen: int | None = None,
    reason: str = "",
) -> MoveRequest:  # fmt: skip
    """Ask that the year go on before the last day of its stage, or become final; somebody else approves it.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: there is no such move, it needs nobody else, something keeps the year from it, a request is open, or an
            early end has no reason (`reason`).
        Stale: somebody else changed the year since it was seen.
    """
    actor.check_may(Right.ADMINISTER)
    row = cycles.taken(session, cycle)
    if seen is not None:
        check_seen(row, seen)
    origin = Stage(row.stage)
    ending = ending_now(session, cycle, origin, move(origin, to, reason), now)
    if ending is None or not ending.needs_approval:
        raise Refused(ONE_IS_ENOUGH)
    check_none_open(session, cycle)
    why = checked_reason(reason) if ending.early else optional_reason(reason)
    check_may_come(session, cycle, to, now)
    request = MoveRequest(
        cycle_id=cycle.id, origin=origin, target=to, last_day=ending.last, run=run_released(session, cycle),
        reason=why, state=Request.ASKED, asked_by=actor.account, asked_at=now,
    )  # fmt: skip
    keep_request(session, actor, MOVES, request, cycle=cycle, now=now)
    return request


def check_none_open(session: Session, cycle: CycleRow) -> None:
    """Let a request be made while no other is open.

    Raises:
        Refused: one is; says whose.
    """
    waiting = open_request(session, cycle=cycle)
    if waiting is not None:
        raise Refused(ASKED_ALREADY.format(who=waiting.asker, stage=waiting.target.label))


def open_request(session: Session, *, cycle: CycleRow) -> MoveRequestRow | None:
    """The move that waits for a second person (1 query)."""
    found = stages.move_requests(session, cycle=cycle.id)
    return next((each for each in found if each.state is Request.ASKED), None)


def request_page(session: Session, actor: Actor, *, cycle: CycleRow, row: int, now: datetime) -> RequestPage:
    """A request, and what comes of it today (at most 7 queries).

    Raises:
        NotAllowed: the actor is not of the office.
        NotFound: there is no such request.
    """
    actor.check_may(Right.ADMINISTER)
    found = next((each for each in stages.move_requests(session, cycle=cycle.id) if each.id == row), None)
    if found is None:
        raise NotFound(NO_REQUEST)
    if found.state is not Request.ASKED:
        return RequestPage(found, None, None)
    ending = ending_now(session, cycle, cycle.stage, found.target, now)
    try:
        check_unchanged(session, cycle, cycle.stage, found, ending)
        check_may_come(session, cycle, found.target, now)
    except (Refused, Stale) as declined:
        return RequestPage(found, ending, declined.what)
    return RequestPage(found, ending, None)


def approve_move(
    session: Session, actor: Actor, *, cycle: CycleRow, row: int, ruling: str, now: datetime, seen: int | None = None
) -> StageMove:
    """Approve what somebody else asked for; the year goes on at once.

    Silence counts as acceptance only where the last day has passed by now.

    Raises:
        NotAllowed: the actor is not of the office, or asked for it.
        NotFound: there is no such request.
        Refused: it is decided already, something keeps the year from it, or no ruling is written (`ruling`).
        Stale: what the asker went by is another by now, or somebody else changed the request since it was seen.
    """
    cycle_row, request = request_to_decide(session, actor, cycle, row, seen)
    origin, target = Stage(cycle_row.stage), Stage(request.target)
    asker = next(each.asker for each in stages.move_requests(session, cycle=cycle.id) if each.id == row)
    take_step(session, actor, MOVES, request, cycle=cycle, step=WorkflowStep.APPROVE, ruling=ruling, now=now)
    ending = ending_now(session, cycle, origin, target, now)
    check_unchanged(session, cycle, origin, request, ending)
    cycles.count_change(session, cycle_row, None)
    step = StageMove(
        cycle_id=cycle.id, origin=origin, target=target, reason=request.reason or None, moved_by=request.asked_by,
        approved_by=actor.account, moved_at=now,
    )  # fmt: skip
    people = {"asker": asker, "approver": actor.name}
    carry_out(session, actor, cycle, cycle_row, step=step, ending=ending, people=people)
    return step


def refuse_move(
    session: Session, actor: Actor, *, cycle: CycleRow, row: int, ruling: str, now: datetime, seen: int | None = None
) -> None:
    """Refuse what somebody else asked for, and say why.

    Raises:
        NotAllowed, NotFound, Refused, Stale: as for `approve_move`.
    """
    _, request = request_to_decide(session, actor, cycle, row, seen)
    take_step(session, actor, MOVES, request, cycle=cycle, step=WorkflowStep.REFUSE, ruling=ruling, now=now)


def withdraw_move(
    session: Session, actor: Actor, *, cycle: CycleRow, row: int, ruling: str, now: datetime, seen: int | None = None
) -> None:
    """Take back what one asked for oneself, and say why.

    Raises:
        NotAllowed, NotFound, Stale: as for `approve_move`.
        Refused: somebody else asked for it, it is decided already, or no reason is written (`ruling`).
    """
    _, request = request_to_decide(session, actor, cycle, row, seen)
    take_step(session, actor, MOVES, request, cycle=cycle, step=WorkflowStep.WITHDRAW, ruling=ruling, now=now)


def request_to_decide(
    session: Session, actor: Actor, cycle: CycleRow, row: int, seen: int | None
) -> tuple[Cycle, MoveRequest]:
    """The year and a request in the version that was seen; nobody else changes either before the transaction ends."""
    actor.check_may(Right.ADMINISTER)
    cycle_row = cycles.taken(session, cycle)
    request = stages.move_request_at(session, cycle=cycle.id, row=row)
    if request is None:
        raise NotFound(NO_REQUEST)
    if seen is not None:
        check_seen(request, seen)
    return cycle_row, request


def check_unchanged(
    session: Session, cycle: CycleRow, stage: Stage, request: MoveRequest | MoveRequestRow, ending: StageEnding | None
) -> None:
    """Let a request be approved that rests on what its asker saw: the stage, its last day, the released result.

    Raises:
        Stale: one of them is another by now; says which, and what to do.
    """
    if stage != request.origin or ending is None:
        raise Stale(OTHER_STAGE.format(stage=stage.label))
    if ending.early and ending.last != request.last_day:
        raise Stale(OTHER_DAY.format(old=request.last_day or NO_DAY, new=ending.last))
    if ending.to.makes_final and run_released(session, cycle) != request.run:
        raise Stale(OTHER_RESULT)


def run_released(session: Session, cycle: CycleRow) -> int | None:
    """The run that was released last for the notice that stands (1 query)."""
    return next((each.run for each in releases_of(session, cycle=cycle.id)), None)
