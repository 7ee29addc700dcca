"""A form of which everything that must be certified is certified by now."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from assess.core.actors import Actor
from assess.core.rules.sheet import RuleSheet
from assess.core.workflow import SUBMISSION, Reported, SubmissionState, WorkflowStep, advance, can_advance
from assess.services import audit
from assess.services.forms.history import note
from assess.services.years import Year
from assess.store.queries import certifying as queries
from assess.store.session import Session, flush


def certified_figures(sheet: RuleSheet) -> frozenset[str]:
    """The figures that a department must certify."""
    return frozenset(name for name, figure in sheet.figures.items() if figure.certified_by is not None)


def settle_forms(session: Session, actor: Actor, year: Year, units: Collection[str], *, now: datetime) -> list[str]:
    """Let the submitted forms of these units count as certified where every value is; which they are."""
    flush(session)
    cycle, figures = year.cycle, certified_figures(year.sheet)
    states = queries.states_by_unit(session, cycle=cycle.id, year=cycle.year, units=units, figures=figures)
    settled = [unit for unit, found in states.items() if found == {Reported.CERTIFIED}]
    done = []
    for row in queries.submissions_for_update(session, cycle=cycle.id, units=settled):
        state = SubmissionState(row.state)
        if can_advance(SUBMISSION, state, WorkflowStep.CERTIFY):
            row.state = advance(SUBMISSION, state, WorkflowStep.CERTIFY)
            note(session, actor, row, WorkflowStep.CERTIFY, now=now)
            audit.record(
                session,
                actor,
                subject=f"submission:{cycle.year}/{row.unit}",
                action="certified",
                old={"state": state.value, "receipt": row.receipt},
                new={"state": row.state},
                now=now,
            )
            done.append(row.unit)
    flush(session)
    return done
