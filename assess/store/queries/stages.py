"""The stages of a year: their dates, how the year went through them, and what is unfinished in one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import exists, false, func, select
from sqlalchemy.orm import aliased

from assess.core.stages.timeline import StageSpan
from assess.core.text import Text
from assess.core.workflow import Request, Stage, SubmissionState
from assess.store.base import Json
from assess.store.models import (
    Account,
    Exclusion,
    Exemption,
    MoveRequest,
    StageDate,
    StageMove,
    SubmissionEvent,
    Unit,
)
from assess.store.models import Submission as SubmissionModel
from assess.store.queries.forms import RETURNED
from assess.store.queries.requests import ApprovalRow, approvals
from assess.store.records import select_records
from assess.store.session import Session


@dataclass(frozen=True)
class MoveRow:
    """One step of a year from stage to stage.

    Attributes:
        accepted: as the model keeps it.
        cut_short: the last day that had not passed, where the stage was ended early.
        who: who asked for it or did it alone, "" for the operator; `approver` the second person, None without one.
        undone: whether the year went back later to the stage that this move ended, or before it.
    """

    origin: Stage
    target: Stage
    reason: str | None
    accepted: Json | None
    cut_short: date | None
    who: str
    approver: str | None
    when: datetime
    undone: bool

    @property
    def silences(self) -> tuple[tuple[Text, tuple[str, ...]], ...]:
        """What silence meant, and the codes of the units whose silence it was; units that withdrew stand apart."""
        if self.accepted is None:
            return ()
        parts = (self.accepted, self.accepted.get("withdrew"))
        return tuple((Text(*part["words"]), tuple(part["units"])) for part in parts if part and part["units"])


@dataclass(frozen=True)
class MoveRequestRow(ApprovalRow):
    """A move that a second person decides on."""

    origin: Stage
    target: Stage
    last_day: date | None
    run: int | None


def spans_of(session: Session, cycle: int) -> dict[Stage, StageSpan]:
    """The dates of the stages, in their order (1 query)."""
    query = select(StageDate.stage, StageDate.begins, StageDate.ends).where(StageDate.cycle_id == cycle)
    found = {
        Stage(stage): StageSpan(begins, ends) for stage, begins, ends in session.execute(query.order_by(StageDate.id))
    }
    return {stage: found[stage] for stage in Stage if stage in found}


def date_models(session: Session, cycle: int) -> dict[Stage, StageDate]:
    """The rows of the dates, to be changed (1 query)."""
    query = select(StageDate).where(StageDate.cycle_id == cycle).order_by(StageDate.id)
    return {Stage(row.stage): row for row in session.scalars(query)}


def moves_of(session: Session, cycle: int) -> list[MoveRow]:
    """How the year went from stage to stage, newest first (1 query)."""
    approver = aliased(Account)
    query = (
        select_records(
            MoveRow,
            StageMove,
            who=func.coalesce(Account.name, ""),
            approver=approver.name,
            when=StageMove.moved_at,
            undone=false(),
        )
        .outerjoin(Account, Account.id == StageMove.moved_by)
        .outerjoin(approver, approver.id == StageMove.approved_by)
        .where(StageMove.cycle_id == cycle)
        .order_by(StageMove.id.desc())
    )
    order, found, lowest = list(Stage), [], len(Stage)
    for move in session.scalars(query):
        found.append(replace(move, undone=lowest <= order.index(move.origin)))
        lowest = min(lowest, order.index(move.target))
    return found


def open_move_request(session: Session, *, cycle: int) -> MoveRequest | None:
    """The move that waits for a second person, to be changed (1 query)."""
    query = select(MoveRequest).where(MoveRequest.cycle_id == cycle, MoveRequest.state == Request.ASKED.value)
    return session.scalars(query.with_for_update()).one_or_none()


def move_request_at(session: Session, *, cycle: int, row: int) -> MoveRequest | None:
    """One request of a year, to be changed (1 query)."""
    query = select(MoveRequest).where(MoveRequest.cycle_id == cycle, MoveRequest.id == row)
    return session.scalars(query.with_for_update()).one_or_none()


def move_requests(session: Session, *, cycle: int) -> list[MoveRequestRow]:
    """The moves that a second person decides on, newest first (1 query)."""
    return list(session.scalars(approvals(MoveRequestRow, MoveRequest).where(MoveRequest.cycle_id == cycle)))


def not_sent_again(session: Session, cycle: int, over: datetime | None) -> tuple[str, ...]:
    """Codes of the units whose form is returned, in the order of the units (1 query).

    Where it was returned only when the time was over, at `over`, the unit could not answer and is left out.
    """
    query = (
        select(Unit.code)
        .join(SubmissionModel, (SubmissionModel.cycle_id == Unit.cycle_id) & (SubmissionModel.unit == Unit.code))
        .where(Unit.cycle_id == cycle, SubmissionModel.state == SubmissionState.RETURNED.value)
        .order_by(Unit.place)
    )
    if over is not None:
        of_form = SubmissionEvent.submission_id == SubmissionModel.id, SubmissionEvent.act == RETURNED
        query = query.where(~exists().where(*of_form, SubmissionEvent.done_at >= over))
    return tuple(session.scalars(query))


def units_by_state(session: Session, cycle: int) -> dict[SubmissionState, tuple[str, ...]]:
    """Codes of the units by the state of their form, in the order of the units (1 query)."""
    query = (
        select(Unit.code, func.coalesce(SubmissionModel.state, SubmissionState.DRAFT.value))
        .outerjoin(SubmissionModel, (SubmissionModel.cycle_id == Unit.cycle_id) & (SubmissionModel.unit == Unit.code))
        .where(Unit.cycle_id == cycle)
        .order_by(Unit.place)
    )
    found: dict[SubmissionState, list[str]] = {state: [] for state in SubmissionState}
    for code, state in session.execute(query):
        found[SubmissionState(state)].append(code)
    return {state: tuple(codes) for state, codes in found.items()}


class OpenRequests(NamedTuple):
    """How many exemptions and exclusions wait for a decision, and the row of the move that does, None without one."""

    exemptions: int
    exclusions: int
    move: int | None


def open_requests(session: Session, cycle: int) -> OpenRequests:
    """What waits for a decision (1 query)."""
    exemptions, exclusions = (
        select(func.count()).where(each.cycle_id == cycle, each.state == Request.ASKED.value).scalar_subquery()
        for each in (Exemption, Exclusion)
    )
    move = select(MoveRequest.id).where(MoveRequest.cycle_id == cycle, MoveRequest.state == Request.ASKED.value)
    return OpenRequests(*session.execute(select(exemptions, exclusions, move.scalar_subquery())).one())
