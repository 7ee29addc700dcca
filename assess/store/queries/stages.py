"""The stages of a year: their dates, how the year went through them, and what is unfinished in one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from assess.core.text import Text
from assess.core.timeline import Span
from assess.core.workflow import Request, Stage, Submission
from assess.store.base import Json
from assess.store.models import Account, Exclusion, Exemption, StageDate, StageMove, Unit
from assess.store.models import Submission as SubmissionModel
from assess.store.session import Session


@dataclass(frozen=True)
class MoveRow:
    """One step of a year from stage to stage; `accepted` as the model keeps it, `who` "" for the operator."""

    origin: Stage
    target: Stage
    reason: str | None
    accepted: Json | None
    who: str
    when: datetime

    @property
    def words(self) -> Text | None:
        """What silence meant; None where nothing was accepted by it."""
        return None if self.accepted is None else Text(*self.accepted["words"])

    @property
    def units(self) -> tuple[str, ...]:
        """Codes of the units whose silence it was."""
        return () if self.accepted is None else tuple(self.accepted["units"])


def spans_of(session: Session, cycle: int) -> dict[Stage, Span]:
    """The dates of the stages, in their order (1 query)."""
    query = select(StageDate.stage, StageDate.begins, StageDate.ends).where(StageDate.cycle_id == cycle)
    found = {Stage(stage): Span(begins, ends) for stage, begins, ends in session.execute(query.order_by(StageDate.id))}
    return {stage: found[stage] for stage in Stage if stage in found}


def date_models(session: Session, cycle: int) -> dict[Stage, StageDate]:
    """The rows of the dates, to be changed (1 query)."""
    query = select(StageDate).where(StageDate.cycle_id == cycle).order_by(StageDate.id)
    return {Stage(row.stage): row for row in session.scalars(query)}


def moves_of(session: Session, cycle: int) -> list[MoveRow]:
    """How the year went from stage to stage, newest first (1 query)."""
    query = (
        select(StageMove, func.coalesce(Account.name, ""))
        .outerjoin(Account, Account.id == StageMove.moved_by)
        .where(StageMove.cycle_id == cycle)
        .order_by(StageMove.id.desc())
    )
    return [
        MoveRow(Stage(row.origin), Stage(row.target), row.reason, row.accepted, who, row.moved_at)
        for row, who in session.execute(query)
    ]


def units_by_state(session: Session, cycle: int) -> dict[Submission, tuple[str, ...]]:
    """Codes of the units by the state of their form, in the order of the units (1 query)."""
    query = (
        select(Unit.code, func.coalesce(SubmissionModel.state, Submission.DRAFT.value))
        .outerjoin(SubmissionModel, (SubmissionModel.cycle_id == Unit.cycle_id) & (SubmissionModel.unit == Unit.code))
        .where(Unit.cycle_id == cycle)
        .order_by(Unit.place)
    )
    found: dict[Submission, list[str]] = {state: [] for state in Submission}
    for code, state in session.execute(query):
        found[Submission(state)].append(code)
    return {state: tuple(codes) for state, codes in found.items()}


def open_requests(session: Session, cycle: int) -> tuple[int, int]:
    """How many exemptions and how many exclusions wait for a decision (1 query)."""
    exemptions, exclusions = (
        select(func.count()).where(each.cycle_id == cycle, each.state == Request.ASKED.value).scalar_subquery()
        for each in (Exemption, Exclusion)
    )
    found = session.execute(select(exemptions, exclusions)).one()
    return found[0], found[1]
