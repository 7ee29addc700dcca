"""Deciding: what was proposed takes effect once somebody who may decide has seen what it does to all units."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from assess.core.actors import Actor, Right
from assess.core.appeals.filing import flaw_in
from assess.core.appeals.rulings import changes_in, told_changes
from assess.core.appeals.states import APPEAL, CORRECTION, RULINGS, AppealState
from assess.core.approvals import state_after
from assess.core.errors import NotFound, Stale
from assess.core.text import Text
from assess.core.workflow import Act, Request, Stage, WorkflowStep, advance, check_allowed
from assess.services import audit
from assess.services.appeals.lines import released
from assess.services.appeals.lodging import end
from assess.services.appeals.parties import about, check_confirmer, check_ruler
from assess.services.corrections.applying import case_of, put_exemption, put_right
from assess.services.corrections.effects import DecisionEffect, effect_of
from assess.services.cycles import refused, taken
from assess.services.years import Year, year_of
from assess.store.models import Appeal, Correction
from assess.store.queries import appeals as appeal_queries
from assess.store.queries import corrections as queries
from assess.store.queries.corrections import CorrectionRow
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session, flush

NO_PROPOSAL: Final = Text("没有这项拟办意见。", "There is no such proposal.")
DECIDED_MEANWHILE: Final = Text(
    "这项申诉或更正已由他人办结，本次操作未保存。请查看结论。",
    "Someone else already decided this, so nothing was saved. Check the decision.",
)
MOVED_MEANWHILE: Final = Text(
    "您查看影响之后，数据或公示结果有变化，本次操作未保存，所填内容仍在。请查看最新影响后再确认。",
    "Figures or the released result changed after you checked the effect, so nothing was saved. Your "
    "entries are still on the page. Check the current effect, then confirm.",
)


def confirm_ruling(
    session: Session, actor: Actor, *, cycle: CycleRow, number: int, row: int, digest: str, now: datetime
) -> None:
    """Rule on an appeal as proposed, having seen what it does.

    Args:
        session: the transaction.
        actor: somebody of the office who had no hand in what it is about.
        cycle: the year.
        number: that of the appeal.
        row: the proposal.
        digest: that of the effect that was seen.
        now: the moment.

    Raises:
        NotAllowed: the person may not rule on this.
        NotFound: there is no such proposal for the appeal.
        Refused: the stage does not allow it.
        Stale: the appeal was decided meanwhile, or the effect is another by now.
    """
    actor.check_may(Right.ADMINISTER)
    check_allowed(Stage(taken(session, cycle).stage), Act.RULE)
    proposal, seen = proposal_to_decide(session, cycle, row)
    appeal = appeal_of(session, cycle, seen, number)
    year = year_of(session, cycle)
    effect = effect_of(session, cycle, seen, released(session, cycle))
    assert seen.outcome is not None
    step = RULINGS[seen.outcome]
    what = about(year, seen.changes, unit=seen.unit, item=seen.item, cell=appeal.cell)
    check_ruler(session, actor, year, what, step=step, lodger=appeal.lodged_by)
    check_effect(effect, digest)
    state = advance(APPEAL, AppealState(appeal.state), step)
    approved = advance(CORRECTION, Request(proposal.state), WorkflowStep.APPROVE)
    settle(session, actor, proposal, effect, state=approved, now=now)
    others = [each for each in queries.open_rulings_of(session, appeal.id) if each.id != proposal.id]
    for other in others:
        other.state = Request.WITHDRAWN.value
    end(
        session, actor, cycle, appeal, step=step, state=state, reason=seen.reason, now=now, **told_changes(seen.changes)
    )
    take_effect(session, actor, cycle, year, seen, now=now)


def confirm_correction(
    session: Session, actor: Actor, *, cycle: CycleRow, number: int, digest: str, now: datetime
) -> None:  # fmt: skip
    """Confirm a correction that a colleague proposed, having seen what it does.

    Raises:
        NotAllowed: the person is not of the office, proposed it, or had a hand in the figure.
        NotFound: there is no such proposal.
        Refused: the stage does not allow it.
        Stale: it was decided meanwhile, or the effect is another by now.
    """
    actor.check_may(Right.ADMINISTER)
    check_allowed(Stage(taken(session, cycle).stage), Act.CORRECT)
    proposal, seen = proposal_to_decide(session, cycle, row_of(session, cycle, number))
    year = year_of(session, cycle)
    effect = effect_of(session, cycle, seen, released(session, cycle))
    what = about(year, seen.changes, unit=seen.unit, item=seen.item)
    check_confirmer(session, actor, year, what, proposer=seen.proposer)
    check_effect(effect, digest)
    old = {"state": proposal.state}
    approved = state_after(CORRECTION, Request(proposal.state), WorkflowStep.APPROVE, actor, asker=proposal.proposed_by)
    settle(session, actor, proposal, effect, state=approved, now=now)
    new = {"state": proposal.state, **told_changes(seen.changes)}
    subject = f"correction:{cycle.year}/{seen.number}"
    audit.record(session, actor, subject=subject, action="approved", old=old, new=new, now=now)
    take_effect(session, actor, cycle, year, seen, now=now)


def turn_down(session: Session, actor: Actor, *, cycle: CycleRow, number: int, words: str, now: datetime) -> None:
    """Refuse a correction that a colleague proposed, or withdraw one's own.

    Raises:
        NotAllowed: the person is not of the office.
        NotFound: there is no such proposal.
        Refused: the stage does not allow it, or no reason is given (`words`).
        Stale: it was decided meanwhile.
    """
    actor.check_may(Right.ADMINISTER)
    check_allowed(Stage(taken(session, cycle).stage), Act.CORRECT)
    proposal, seen = proposal_to_decide(session, cycle, row_of(session, cycle, number))
    step = WorkflowStep.WITHDRAW if seen.proposer == actor.account else WorkflowStep.REFUSE
    if (wrong := flaw_in(words.strip())) is not None:
        raise refused("words", wrong)
    old = {"state": proposal.state}
    proposal.state = state_after(CORRECTION, Request(proposal.state), step, actor, asker=proposal.proposed_by).value
    proposal.words, proposal.decided_by, proposal.decided_at = words.strip(), actor.account, now
    flush(session)
    new = {"state": proposal.state, "reason": proposal.words}
    subject = f"correction:{cycle.year}/{seen.number}"
    action = "refused" if step is WorkflowStep.REFUSE else "withdrawn"
    audit.record(session, actor, subject=subject, action=action, old=old, new=new, now=now)


def row_of(session: Session, cycle: CycleRow, number: int) -> int:
    """The row of a correction that nobody appealed for.

    Raises:
        NotFound: there is none of this number.
    """
    found = queries.correction_numbered(session, cycle=cycle.id, number=number)
    if found is None:
        raise NotFound(NO_PROPOSAL)
    return found.id


def proposal_to_decide(session: Session, cycle: CycleRow, row: int) -> tuple[Correction, CorrectionRow]:
    """A proposal that waits.

    Raises:
        NotFound: there is none.
        Stale: it waits no longer.
    """
    proposal = queries.correction_for_update(session, cycle=cycle.id, row=row)
    seen = queries.correction_at(session, cycle=cycle.id, row=row)
    if proposal is None or seen is None:
        raise NotFound(NO_PROPOSAL)
    if seen.state is not Request.ASKED:
        raise Stale(DECIDED_MEANWHILE)
    return proposal, seen


def appeal_of(session: Session, cycle: CycleRow, seen: CorrectionRow, number: int) -> Appeal:
    """The appeal that a proposal would rule on.

    Raises:
        NotFound: it rules on another appeal, or on none.
        Stale: the appeal was decided or withdrawn meanwhile.
    """
    appeal = appeal_queries.appeal_for_update(session, cycle=cycle.id, number=number)
    if appeal is None or seen.appeal != number:
        raise NotFound(NO_PROPOSAL)
    if AppealState(appeal.state) is not AppealState.LODGED:
        raise Stale(DECIDED_MEANWHILE)
    return appeal


def check_effect(effect: DecisionEffect, digest: str) -> None:
    """Raise Stale unless the effect is the one that was seen."""
    if effect.digest != digest:
        raise Stale(MOVED_MEANWHILE)


def settle(
    session: Session, actor: Actor, proposal: Correction, effect: DecisionEffect, *, state: Request, now: datetime
) -> None:
    """Write into a proposal that it was confirmed, and what whoever did it had seen."""
    proposal.state, proposal.decided_by, proposal.decided_at = state.value, actor.account, now
    proposal.shown = effect.digest
    proposal.effect = {"run": effect.run.number, "moved": [each.as_json() for each in effect.moved]}
    flush(session)


def take_effect(
    session: Session, actor: Actor, cycle: CycleRow, year: Year, seen: CorrectionRow, *, now: datetime
) -> None:
    """Put right what was decided."""
    (changes, exempt), case = changes_in(seen.changes), case_of(cycle, seen)
    put_right(session, actor, case, year, changes, now=now)
    put_exemption(session, actor, case, exempt, now=now)
