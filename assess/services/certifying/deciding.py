"""Certifying what units reported, and sending it back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final, NamedTuple

from assess.core.actors import Actor
from assess.core.reasons import checked_reason
from assess.core.workflow import VALUE, Reported, WorkflowStep, advance
from assess.services import audit
from assess.services.certifying.choosing import chosen_values
from assess.services.forms.returning import return_form
from assess.services.forms.settling import settle_forms
from assess.store.models import ValueEvent
from assess.store.queries import certifying as queries
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session, flush

WAITING: Final = (Reported.REPORTED,)
RETURNABLE: Final = (Reported.REPORTED, Reported.CERTIFIED)


class Certified(NamedTuple):
    """How many values were certified, and the units whose forms are certified by that."""

    values: int
    forms: tuple[str, ...]


def certify_values(
    session: Session, actor: Actor, *, cycle: CycleRow, values: Collection[int], now: datetime
) -> Certified:
    """Let reported values count, all of them or none.

    Args:
        session: the transaction.
        actor: an evaluator of the department that certifies the figures.
        cycle: the year.
        values: the numbers of the values as they were seen; a changed value has another number.
        now: the moment.

    Raises:
        NotAllowed: a figure is another department's, or the person or their unit reported the value.
        NotFound: there is no such value.
        Refused: none is named, or the stage does not allow it.
        Stale: somebody decided on a value or changed it meanwhile.
    """
    chosen = chosen_values(session, actor, cycle=cycle, values=values, states=WAITING)
    for value in chosen.values:
        value.state = advance(VALUE, Reported(value.state), WorkflowStep.CERTIFY)
        session.add(ValueEvent(value_id=value.id, act=queries.CERTIFIED, done_by=actor.account, done_at=now))
    audit.record(
        session,
        actor,
        subject=f"values:{cycle.year}",
        action="certified",
        new={"values": [[value.id, value.unit, value.figure, value.period] for value in chosen.values]},
        now=now,
    )
    forms = settle_forms(session, actor, chosen.year, chosen.units, now=now)
    return Certified(len(chosen.values), tuple(forms))


def return_values(
    session: Session, actor: Actor, *, cycle: CycleRow, values: Collection[int], reason: str, now: datetime
) -> tuple[str, ...]:
    """Send the figures of these values back to their units, all or none; which units.

    A figure goes back with all its periods.

    Raises:
        NotAllowed, NotFound, Refused, Stale: as `certify_values` says; the reason is missing.
    """
    reason = checked_reason(reason)
    chosen = chosen_values(session, actor, cycle=cycle, values=values, states=RETURNABLE)
    rows = {row.unit: row for row in queries.submissions_for_update(session, cycle=cycle.id, units=chosen.units)}
    for unit in chosen.units:
        return_form(
            session,
            actor,
            cycle=cycle,
            unit=unit,
            reason=reason,
            figures=sorted({value.figure for value in chosen.values if value.unit == unit}),
            seen=rows[unit].version,
            now=now,
        )
    flush(session)
    return chosen.units
