"""How much is open in a year, counted for the home page of the office."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, func, select

from assess.core.appeals.states import AppealState
from assess.core.jobs import JobState
from assess.core.workflow import Request
from assess.store.models import Appeal, Correction, Exclusion, Exemption, Job, MoveRequest, Run
from assess.store.session import Session


class OpenWork(NamedTuple):
    """What waits for the office: counts, and the row of a move that waits for a second person.

    `last_run` is the number of the newest run; None without one.
    """

    exemptions: int
    exclusions: int
    appeals: int
    corrections: int
    move: int | None
    last_run: int | None
    failed_jobs: int
    running_jobs: int
    waiting_jobs: int


def open_work(session: Session, cycle: int) -> OpenWork:
    """Everything that is open in a year, and how the jobs of the whole service stand (1 query)."""
    asked = Request.ASKED.value
    numbered = Correction.number.is_not(None)
    query = select(
        counted(Exemption.cycle_id == cycle, Exemption.state == asked),
        counted(Exclusion.cycle_id == cycle, Exclusion.state == asked),
        counted(Appeal.cycle_id == cycle, Appeal.state == AppealState.LODGED.value),
        counted(Correction.cycle_id == cycle, Correction.state == asked, numbered),
        select(MoveRequest.id).where(MoveRequest.cycle_id == cycle, MoveRequest.state == asked).scalar_subquery(),
        select(func.max(Run.number)).where(Run.cycle_id == cycle).scalar_subquery(),
        *(counted(Job.state == state.value) for state in (JobState.FAILED, JobState.RUNNING, JobState.WAITING)),
    )
    return OpenWork(*session.execute(query).one())


def counted(*conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    """How many rows meet these conditions."""
    return select(func.count()).where(*conditions).scalar_subquery()
