"""What the office decided or would decide of single lines, and which run contains it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import aliased

from assess.core.appeals.states import AppealState
from assess.core.workflow import Request
from assess.store.base import Json
from assess.store.models import Account, Appeal, Correction, Run, RunCorrection
from assess.store.records import select_records
from assess.store.session import Session


class CorrectionRow(NamedTuple):
    """A proposed ruling or correction and what became of it.

    `appeal` is the number of the appeal, None where nobody appealed; `outcome` the ruling on it. `number` is that of
    the appeal or its own. `run` is the number of the run that contains it first, None until there is one.
    """

    id: int
    version: int
    appeal: int | None
    number: int
    unit: str
    item: str
    outcome: AppealState | None
    reason: str
    changes: Json
    state: Request
    proposer: int
    proposed_by: str
    proposed_at: datetime
    decided_by: str
    decided_at: datetime | None
    words: str
    effect: Json | None
    run: int | None


def corrections(cycle: int) -> Select[CorrectionRow]:
    """Decisions of a year with the number of their appeal, who made them and the run that contains them first."""
    decider = aliased(Account)
    first = (
        select(func.min(Run.number))
        .join(RunCorrection, RunCorrection.run_id == Run.id)
        .where(RunCorrection.correction_id == Correction.id)
        .correlate(Correction)
        .scalar_subquery()
    )
    return (
        select_records(
            CorrectionRow,
            Correction,
            appeal=Appeal.number,
            number=func.coalesce(Appeal.number, Correction.number, 0),
            proposer=Correction.proposed_by,
            proposed_by=Account.name,
            decided_by=func.coalesce(decider.name, ""),
            run=first,
        )
        .outerjoin(Appeal, Appeal.id == Correction.appeal_id)
        .join(Account, Account.id == Correction.proposed_by)
        .outerjoin(decider, decider.id == Correction.decided_by)
        .where(Correction.cycle_id == cycle)
    )


def correction_at(session: Session, *, cycle: int, row: int) -> CorrectionRow | None:
    """One decision by its row (1 query)."""
    return session.scalars(corrections(cycle).where(Correction.id == row)).one_or_none()


def correction_numbered(session: Session, *, cycle: int, number: int) -> CorrectionRow | None:
    """One correction that nobody appealed for, by its number (1 query)."""
    return session.scalars(corrections(cycle).where(Correction.number == number)).one_or_none()


def proposals_of(session: Session, *, cycle: int, appeal: int) -> list[CorrectionRow]:
    """What was proposed as the ruling on an appeal, by its row, newest first (1 query)."""
    wanted = corrections(cycle).where(Correction.appeal_id == appeal).order_by(Correction.id.desc())
    return list(session.scalars(wanted))


def ex_officio_in(
    session: Session, *, cycle: int, states: Collection[Request], start: int, size: int
) -> list[CorrectionRow]:
    """A page of the corrections in some states that nobody appealed for, newest first (1 query)."""
    wanted = corrections(cycle).where(is_ex_officio(states)).order_by(Correction.number.desc())
    return list(session.scalars(wanted.offset(start).limit(size)))


def number_ex_officio(session: Session, *, cycle: int, states: Collection[Request]) -> int:
    """How many corrections in some states nobody appealed for (1 query)."""
    query = select(func.count()).where(Correction.cycle_id == cycle, is_ex_officio(states))
    return session.scalar(query) or 0


def open_proposals(session: Session, *, cycle: int) -> int:
    """How many corrections that nobody appealed for wait for a second person (1 query)."""
    return number_ex_officio(session, cycle=cycle, states=(Request.ASKED,))


def is_ex_officio(states: Collection[Request]) -> ColumnElement[bool]:
    """Corrections in some states that nobody appealed for."""
    return and_(Correction.number.is_not(None), Correction.state.in_([state.value for state in states]))


def waiting_for_run(session: Session, *, cycle: int, run: int) -> list[CorrectionRow]:
    """What was decided and corrects something, and a run does not contain, oldest first (1 query)."""
    contained = exists().where(RunCorrection.correction_id == Correction.id, RunCorrection.run_id == run)
    wanted = corrections(cycle).where(Correction.state == Request.APPROVED.value, ~contained)
    rejected = Correction.outcome == AppealState.REJECTED.value
    return list(session.scalars(wanted.where(~func.coalesce(rejected, False)).order_by(Correction.id)))


def contained_in(session: Session, *, cycle: int, run: int) -> list[CorrectionRow]:
    """What a run contains and no run before it did, oldest first (1 query)."""
    first = (
        select(func.min(RunCorrection.run_id))
        .where(RunCorrection.correction_id == Correction.id)
        .correlate(Correction)
        .scalar_subquery()
    )
    return list(session.scalars(corrections(cycle).where(first == run).order_by(Correction.id)))


def ids_in_force(session: Session, *, cycle: int) -> tuple[int, ...]:
    """The rows of all that was decided and corrects something (1 query)."""
    rejected = func.coalesce(Correction.outcome == AppealState.REJECTED.value, False)
    query = select(Correction.id).where(Correction.cycle_id == cycle, Correction.state == Request.APPROVED.value)
    return tuple(session.scalars(query.where(~rejected).order_by(Correction.id)))


def correction_for_update(session: Session, *, cycle: int, row: int) -> Correction | None:
    """A decision to be changed; nobody else changes it before the transaction ends (1 query)."""
    query = select(Correction).where(Correction.cycle_id == cycle, Correction.id == row).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def open_rulings_of(session: Session, appeal: int) -> list[Correction]:
    """What is still proposed as the ruling on an appeal (1 query)."""
    query = select(Correction).where(Correction.appeal_id == appeal, Correction.state == Request.ASKED.value)
    return list(session.scalars(query.order_by(Correction.id)))
