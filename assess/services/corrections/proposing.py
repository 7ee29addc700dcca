"""Proposing a ruling or a correction: read and kept, so that its effect can be seen before anybody confirms it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from assess.core.actors import Actor, Right
from assess.core.appeals.naming import CaseKind
from assess.core.appeals.rulings import NO_CHOICE, Decision, TypedDecision, read_correction, read_ruling, told_changes
from assess.core.appeals.states import APPEAL, RULINGS, AppealState
from assess.core.errors import NotFound
from assess.core.text import Text
from assess.core.workflow import Act, Request, advance, check_allowed
from assess.services import audit
from assess.services.appeals.lines import released
from assess.services.appeals.lodging import appeal_held, subject_of
from assess.services.appeals.parties import about, check_ruler
from assess.services.corrections.effects import LineNow, line_now, subjects_of
from assess.services.cycles import lock_unit, refused
from assess.services.requests.exemptions import items_by_id
from assess.store.models import Correction
from assess.store.numbering import take_case_number
from assess.store.queries import corrections as queries
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session, flush

NO_ITEM: Final = Text("没有这一考核项。", "There is no such item.")


def propose_ruling(
    session: Session, actor: Actor, *, cycle: CycleRow, number: int, typed: TypedDecision, now: datetime
) -> int:
    """Write down how one would rule on an appeal; the row of the proposal, whose effect is seen next.

    What the same person proposed before for this appeal no longer waits.

    Raises:
        NotAllowed: the person is not of the office, or had a hand in what the appeal is about.
        NotFound: there is no such appeal.
        Refused: the stage does not allow it, the appeal is decided, or fields are wrong (`outcome`, `reason`,
            `figures`, `exempt`, a figure by its key).
    """
    actor.check_may(Right.ADMINISTER)
    appeal = appeal_held(session, cycle, number)
    check_allowed(cycle.stage, Act.RULE)
    line = line_now(session, cycle, released(session, cycle), unit=appeal.unit, item=appeal.item)
    advance(APPEAL, AppealState(appeal.state), RULINGS[AppealState.REJECTED])
    decision = read_ruling(typed, line.cells, is_exempt=line.is_exempt)
    assert decision.outcome is not None
    what = about(line.year, decision.as_json(), unit=appeal.unit, item=appeal.item, cell=appeal.cell)
    check_ruler(session, actor, line.year, what, step=RULINGS[decision.outcome], lodger=appeal.lodged_by)
    for earlier in queries.open_rulings_of(session, appeal.id):
        if earlier.proposed_by == actor.account:
            earlier.state = Request.WITHDRAWN.value
    row = kept(actor, cycle, unit=appeal.unit, item=appeal.item, decision=decision, now=now)
    row.appeal_id = appeal.id
    session.add(row)
    flush(session)
    new = audit_facts(decision)
    audit.record(session, actor, subject=subject_of(cycle, appeal), action="ruling proposed", new=new, now=now)
    return row.id


def propose_correction(
    session: Session, actor: Actor, *, cycle: CycleRow, unit: str, item: str, typed: TypedDecision, now: datetime
) -> int:
    """Propose to put right a line of a unit that nobody appealed against; the number of the correction.

    Somebody else of the office confirms or refuses it.

    Raises:
        NotAllowed: the person is not of the office, or reports for the unit.
        NotFound: there is no such unit or item.
        Refused: nothing is released, the stage does not allow it, or fields are wrong (`reason`, `figures`, `exempt`,
            a figure by its key).
    """
    actor.check_may(Right.ADMINISTER)
    check_allowed(cycle.stage, Act.CORRECT)
    lock_unit(session, cycle, unit)
    line = line_to_correct(session, cycle, unit=unit, item=item)
    actor.check_other_unit(unit, line.year.name_of(unit))
    if item not in items_by_id(line.year.sheet) and typed.exempt:
        raise refused("exempt", NO_CHOICE)
    decision = read_correction(typed, line.cells, is_exempt=line.is_exempt)
    row = kept(actor, cycle, unit=unit, item=item, decision=decision, now=now)
    row.number = take_case_number(session, cycle=cycle.id, kind=CaseKind.EX_OFFICIO.value)
    session.add(row)
    flush(session)
    new = {"unit": unit, "item": item, **audit_facts(decision)}
    audit.record(session, actor, subject=f"correction:{cycle.year}/{row.number}", action="asked", new=new, now=now)
    return row.number


def line_to_correct(session: Session, cycle: CycleRow, *, unit: str, item: str) -> LineNow:
    """A line of a unit with the inputs of now.

    Raises:
        NotFound: there is no such unit or item.
        Refused: nothing is released.
    """
    line = line_now(session, cycle, released(session, cycle), unit=unit, item=item)
    line.year.place_of(unit)
    if item not in subjects_of(line.year.sheet):
        raise NotFound(NO_ITEM)
    return line


def kept(
    actor: Actor, cycle: CycleRow, *, unit: str, item: str, decision: Decision, now: datetime
) -> Correction:  # fmt: skip
    """A proposal as its row."""
    outcome = None if decision.outcome is None else decision.outcome.value
    return Correction(
        cycle_id=cycle.id, unit=unit, item=item, outcome=outcome, reason=decision.reason, changes=decision.as_json(),
        state=Request.ASKED.value, proposed_by=actor.account, proposed_at=now,
    )  # fmt: skip


def audit_facts(decision: Decision) -> dict[str, Any]:
    """A decision as the log tells it."""
    outcome = {} if decision.outcome is None else {"outcome": decision.outcome.value}
    return {**outcome, "reason": decision.reason, **told_changes(decision.as_json())}
