"""A form handed in: submitted with a receipt, submitted again with what changed, or taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from assess.core.actors import Actor
from assess.core.errors import Refused, Stale
from assess.core.forms import Field
from assess.core.text import Text
from assess.core.workflow import SUBMISSION, WorkflowStep, advance
from assess.core.workflow import SubmissionState as State
from assess.services import audit
from assess.services.cycles import lock_unit
from assess.services.forms.drafts import check_open
from assess.services.forms.history import note
from assess.services.forms.reporting import report_values, withdraw_values
from assess.services.forms.settling import settle_forms
from assess.services.forms.showing import named
from assess.services.forms.unit_form import UnitFormPage, unit_form
from assess.services.reporting_windows import closed_to_withdrawing
from assess.store.models import Submission
from assess.store.queries import forms as queries
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session, flush

MAX_NAME_LENGTH: Final = 80
MOST_NAMED: Final = 5
"""So many missing fields are named."""
ETC: Final = Text("等", " and more")
NO_LEADER: Final = Text("请填写主要负责人姓名。", "Enter the name of the responsible leader.")
NAME_TOO_LONG: Final = Text("姓名最多{most}字。", "The name must be {most} characters or fewer.")
NOTHING_FILLED: Final = Text(
    "填报表尚未填写任何内容，不能报送，请先填写。", "The form is empty and cannot be submitted. Fill it in first."
)
CONFIRM_MISSING: Final = Text(
    "还有{n}项未填：{which}。未填的，按评分表扣分或不得分；确认不填的，请勾选后再报送。",
    "Answers missing: {n} ({which}). Missing answers cost points under the rule sheet. Fill them in, or tick "
    "the box to submit without them.",
)
STILL_WRONG: Final = Text(
    "有{n}项已填内容与现行评分表不符，请先修改。",
    "Answers that do not fit the current rule sheet: {n}. Correct them first.",
)
CHANGED_MEANWHILE: Final = Text(
    "您核对期间，填报表有新的修改，尚未报送。请按下列最新内容重新核对后再报送。",
    "The form was changed while you were checking it, so it was not submitted. Check the current "
    "contents, then submit.",
)
MOVED_ON: Final = Text(
    "填报表的状态有变化，本次操作未办理。请返回填报表，核对当前状态。",
    "The state of the form changed meanwhile, so nothing was done. Go back to the form and check its current state.",
)


def submit_form(
    session: Session,
    actor: Actor,
    *,
    cycle: CycleRow,
    unit: str,
    leader: str,
    without: int,
    seen: str,
    now: datetime,
) -> str:
    """Hand in the form of a unit as it was saved, and tell the number of the receipt.

    Args:
        session: the transaction.
        actor: an official of the unit.
        cycle: the year.
        unit: the code of the unit.
        leader: the name of the leader who answers for it.
        without: how many missing answers the person confirmed.
        seen: the stamp of the form that was checked.
        now: the moment.

    Raises:
        NotFound: another unit.
        Refused: reporting is closed, the form is submitted already, the leader is not named, or missing answers are
            not confirmed.
        Stale: something was saved since the form was checked.
    """
    actor.check_unit(unit)
    lock_unit(session, cycle, unit)
    form = unit_form(session, actor, cycle=cycle, unit=unit, now=now)
    check_open(form)
    if form.stamp != seen:
        raise Stale(CHANGED_MEANWHILE)
    check_submittable(form, leader, without)
    row = submission_of(session, form)
    row.state = advance(SUBMISSION, State(row.state), WorkflowStep.SUBMIT)
    row.times += 1
    row.receipt = f"{cycle.year}-{unit}-{row.times:02}"
    row.leader, row.submitted_by, row.submitted_at, row.returned_reason = leader, actor.account, now, None
    flush(session)
    note(session, actor, row, WorkflowStep.SUBMIT, now=now, answers={"answers": form.answers, "remarks": form.remarks})
    changed = report_values(session, actor, form, row, now=now)
    audit.record(
        session,
        actor,
        subject=f"submission:{cycle.year}/{unit}",
        action="submitted",
        old={"state": form.row.state.value},
        new={"receipt": row.receipt, "leader": leader, "missing": len(form.missing), "values": changed},
        now=now,
    )
    settle_forms(session, actor, form.year, [unit], now=now)
    return row.receipt


def check_submittable(form: UnitFormPage, leader: str, without: int) -> None:
    """Raise Refused for a form that is empty or wrong, without a leader, or incomplete and not confirmed to be so."""
    if form.wrongs:
        raise Refused(STILL_WRONG.format(n=len(form.wrongs)))
    if not form.answers and form.form.fields:
        raise Refused(NOTHING_FILLED)
    fields: dict[str, Text] = {}
    if not leader:
        fields["leader"] = NO_LEADER
    elif len(leader) > MAX_NAME_LENGTH:
        fields["leader"] = NAME_TOO_LONG.format(most=MAX_NAME_LENGTH)
    if form.missing and without != len(form.missing):
        fields["without"] = CONFIRM_MISSING.format(n=len(form.missing), which=first_of(form.missing))
    if fields:
        raise Refused(next(iter(fields.values())), fields)


def first_of(fields: Sequence[Field]) -> Text:
    """The first fields by figure, object and period."""
    names = [named(field) for field in fields[:MOST_NAMED]]
    etc = ETC if len(fields) > MOST_NAMED else Text.same("")
    return Text("、".join(each.zh for each in names) + etc.zh, ", ".join(each.en for each in names) + etc.en)


def submission_of(session: Session, form: UnitFormPage) -> Submission:
    """The row of a unit's submission, new where it never submitted."""
    row = queries.submission_for_update(session, cycle=form.year.cycle.id, unit=form.unit)
    if row is None:
        row = Submission(cycle_id=form.year.cycle.id, unit=form.unit, state=State.DRAFT.value, times=0)
        session.add(row)
    return row


def withdraw_form(session: Session, actor: Actor, *, cycle: CycleRow, unit: str, seen: int, now: datetime) -> None:
    """Take a submitted form back while its unit may still report; its values no longer count.

    Raises:
        NotFound: another unit.
        Refused: it is not submitted, reporting is closed, or a value is certified already.
        Stale: somebody moved the form on meanwhile.
    """
    actor.check_unit(unit)
    lock_unit(session, cycle, unit)
    form = unit_form(session, actor, cycle=cycle, unit=unit, now=now)
    row = submission_of(session, form)
    if (row.version or 0) != seen:
        raise Stale(MOVED_ON)
    after = advance(SUBMISSION, State(row.state), WorkflowStep.WITHDRAW)
    locked = closed_to_withdrawing(cycle, form.row, form.today)
    if locked is not None:
        raise Refused(locked)
    row.state = after
    note(session, actor, row, WorkflowStep.WITHDRAW, now=now)
    withdraw_values(session, actor, form, row, now=now)
    audit.record(
        session,
        actor,
        subject=f"submission:{cycle.year}/{unit}",
        action="withdrawn",
        old={"state": form.row.state.value, "receipt": row.receipt},
        new={"state": row.state},
        now=now,
    )
    flush(session)
