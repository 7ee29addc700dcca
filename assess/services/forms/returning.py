"""Sending a submitted form back to its unit, with the reason."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from assess.core.actors import Actor, Right
from assess.core.errors import NotAllowed, Refused, Stale
from assess.core.reasons import wrong_with_reason
from assess.core.text import Text
from assess.core.workflow import SUBMISSION, Act, WorkflowStep, advance, check_allowed, is_allowed
from assess.core.workflow import SubmissionState as State
from assess.services import audit
from assess.services.cycles import lock_unit
from assess.services.forms.history import note
from assess.services.forms.reporting import return_values
from assess.services.forms.submissions import MOVED_ON, submission_of
from assess.services.forms.unit_form import UnitFormPage, unit_form
from assess.store.queries.cycles import CycleRow
from assess.store.queries.forms import SubmissionRow
from assess.store.session import Session, flush

NO_REASON: Final = Text(
    "请填写退回理由，写明需要修改的内容。", "Enter the reason for returning the form, with what must be changed."
)
NOT_CERTIFIED_BY_YOU: Final = Text(
    "本单位填报表中没有由您所在部门核定的数据。", "Your department certifies no values in this unit's form."
)
OTHERS_FIGURES: Final = Text(
    "所选数据项中有其他部门核定的，或填报表中没有的。",
    "Some of the selected figures are certified by another department or are not in the form.",
)


def return_form(
    session: Session,
    actor: Actor,
    *,
    cycle: CycleRow,
    unit: str,
    reason: str,
    figures: Collection[str] = (),
    seen: int,
    now: datetime,
) -> None:
    """Send the form of a unit back.

    Args:
        session: the transaction.
        actor: of the office, or an evaluator of a department that certifies something in the form.
        cycle: the year.
        unit: the code of the unit.
        reason: what must be changed.
        figures: the figures that are meant; all that the form holds where none is named.
        seen: the version of the submission that the person read.
        now: the moment.

    Raises:
        NotFound: there is no such unit.
        NotAllowed: nothing in the form is this person's to certify, or they entered it themselves.
        Refused: the form is not submitted, the stage does not allow it, or the reason is missing.
        Stale: the form moved on meanwhile.
    """
    actor.check_may(Right.REVIEW)
    lock_unit(session, cycle, unit)
    form = unit_form(session, actor, cycle=cycle, unit=unit, now=now)
    check_may_return(form, actor)
    check_allowed(cycle.stage, Act.CERTIFY)
    row = submission_of(session, form)
    if (row.version or 0) != seen:
        raise Stale(MOVED_ON)
    after = advance(SUBMISSION, State(row.state), WorkflowStep.RETURN)
    own = certified_by(form, actor)
    check_reason(reason, set(figures) - own)
    meant, told = with_earlier(form.row, figures, reason)
    row.state, row.returned_reason = after, told
    note(session, actor, row, WorkflowStep.RETURN, now=now, reason=reason, answers={"figures": meant})
    return_values(session, actor, form, figures or own, reason=reason, now=now)
    audit.record(
        session,
        actor,
        subject=f"submission:{cycle.year}/{unit}",
        action="returned",
        old={"state": form.row.state.value, "receipt": row.receipt},
        new={"state": row.state, "reason": reason, "figures": sorted(figures)},
        now=now,
    )
    flush(session)


def with_earlier(row: SubmissionRow, figures: Collection[str], reason: str) -> tuple[list[str], str]:
    """The figures that are meant and the reason, beside those of others who returned the form and wait for it still."""
    if row.state is not State.RETURNED:
        return sorted(figures), reason
    is_whole = not figures or not row.returned_figures
    meant = [] if is_whole else sorted({*figures, *row.returned_figures})
    return meant, "\n".join(dict.fromkeys([row.returned_reason or reason, reason]))


def check_reason(reason: str, not_theirs: Collection[str]) -> None:
    """Raise Refused without a reason, and for figures that this person cannot send back."""
    fields = {}
    if (wrong := wrong_with_reason(reason, missing=NO_REASON)) is not None:
        fields["reason"] = wrong
    if not_theirs:
        fields["figures"] = OTHERS_FIGURES
    if fields:
        raise Refused(next(iter(fields.values())), fields)


def check_may_return(form: UnitFormPage, actor: Actor) -> None:
    """Raise NotAllowed where nothing is this person's to certify, or they or their unit filled in the form."""
    if not certified_by(form, actor):
        raise NotAllowed(NOT_CERTIFIED_BY_YOU)
    actor.check_other_unit(form.unit, form.name)
    authors = {who for draft in form.drafts.values() for who in (draft.saved_by, *draft.authors)}
    actor.check_other_person(form.row.submitted_by, *authors)


def certified_by(form: UnitFormPage, actor: Actor) -> frozenset[str]:
    """The figures of a form that a person may send back: the office all, an evaluator those of the department."""
    if actor.may(Right.ADMINISTER):
        return form.figures
    stated = form.year.sheet.figures
    return frozenset(figure for figure in form.figures if stated[figure].certified_by in actor.departments)


def may_return(form: UnitFormPage, actor: Actor) -> bool:
    """Whether a person may send the form back as it stands."""
    try:
        check_may_return(form, actor)
    except NotAllowed:
        return False
    is_handed_in = form.row.state in (State.SUBMITTED, State.CERTIFIED)
    return is_handed_in and is_allowed(form.year.cycle.stage, Act.CERTIFY)
