"""Steps of people on findings: each one entry of the history, checked by the rules, in the log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from assess.core.actors import Actor
from assess.core.calendar import day_of
from assess.core.errors import Refused
from assess.core.findings.history import Event, FindingStanding, standing_of
from assess.core.findings.photos import side_of
from assess.core.findings.states import FindingStep
from assess.core.findings.steps import check_event
from assess.core.findings.typed import ReadStep, TypedStep, read_step
from assess.core.text import Text
from assess.core.workflow import Act, check_allowed
from assess.services import audit
from assess.services.cycles import lock_year, refused
from assess.services.findings.photos import add_claimed
from assess.services.findings.seeing import check_side, finding_held
from assess.services.findings.standing import append_event, keep_standing, subject_of
from assess.services.years import year_of
from assess.store.models import Finding
from assess.store.numbering import count_change
from assess.store.queries import findings as queries
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session, check_seen, flush

NOT_SAVED: Final = Text("填写有误，尚未保存，请按下列提示改正。", "Nothing was saved. Correct the errors below.")
NOTHING_DONE: Final = Text("请填写整改情况，或上传整改后照片。", "Enter what was corrected, or upload a photo of it.")
ACTIONS: Final = {
    FindingStep.ASSIGN: "assigned", FindingStep.START: "started", FindingStep.REPORT: "reported",
    FindingStep.PASS: "passed", FindingStep.RETURN: "returned", FindingStep.CLOSE: "closed",
    FindingStep.LOOK_BACK: "looked back", FindingStep.REOPEN: "reopened", FindingStep.ASK: "asked",
    FindingStep.APPROVE: "approved", FindingStep.REFUSE: "refused", FindingStep.WITHDRAW: "withdrawn",
    FindingStep.RESUME: "resumed",
}  # fmt: skip
"""What the audit log says of each step."""


def take_step(
    session: Session,
    actor: Actor,
    *,
    cycle: CycleRow,
    number: int,
    typed: TypedStep,
    seen: int,
    now: datetime,
    photos: Sequence[str] = (),
) -> FindingStanding:
    """Take a step on a finding; gives where it stands then.

    Args:
        session: the transaction.
        actor: an official of the unit, or an inspector of another one, as the step asks.
        cycle: the year.
        number: the number of the finding.
        typed: what was typed.
        seen: the version of the finding that the person had before them.
        now: the moment.
        photos: SHA-256 of photos that the actor handed in; they show what is wrong, or what was done about it.

    Raises:
        NotAllowed: the role does not include the step, or whoever put it right or asked would judge it.
        NotFound: there is no such finding, or the actor may not see it.
        Refused: the stage or the state does not allow it, or something is missing; by field.
        Stale: somebody else took a step since it was seen.
    """
    lock_year(session, cycle)
    row = finding_held(session, actor, cycle=cycle, number=number)
    check_allowed(cycle.stage, Act.INSPECT)
    check_seen(row, seen)
    read = read_step(typed, day_of(now))
    if not isinstance(read, ReadStep):
        raise Refused(NOT_SAVED, read)
    check_side(actor, read.step, row.unit, year_of(session, cycle).name_of(row.unit))
    if read.step is FindingStep.REPORT and not read.reason and not photos:
        raise refused("reason", NOTHING_DONE)
    old = audit_facts(row)
    event = Event(read.step, actor.account, read.day, now, read.deadline, read.relief, read.reason)
    standing = written(session, actor, row, event, today=day_of(now))
    subject, new = subject_of(cycle, row), {**audit_facts(row), **said(event)}
    audit.record(session, actor, subject=subject, action=ACTIONS[read.step], old=old, new=new, now=now)
    if photos:
        add_claimed(session, actor, cycle=cycle, row=row, side=side_of(read.step), claims=photos, note="", now=now)
    if standing.is_void:
        forget_repeats(session, actor, cycle=cycle, row=row, now=now)
    count_change(session, cycle=cycle.id)
    return standing


def written(session: Session, actor: Actor, row: Finding, event: Event, *, today: date) -> FindingStanding:
    """Append an entry that the rules let pass, and have the row say where the finding stands then.

    Raises:
        NotAllowed, Refused: as `take_step` says.
        Stale: somebody else took a step meanwhile.
    """
    standing = standing_of(each.event for each in queries.events_of(session, row.id))
    reached = check_event(standing, event, actor, today)
    append_event(session, row, event)
    keep_standing(row, reached)
    row.events += 1
    row.changed_at = event.entered_at
    flush(session)
    return reached


def forget_repeats(session: Session, actor: Actor, *, cycle: CycleRow, row: Finding, now: datetime) -> None:
    """Let nothing count as a repeat of a finding that does not count itself."""
    for repeat in queries.repeats_for_update(session, row.id):
        repeat.repeat_of = repeat.linked_at = None
        old = {"repeat_of": row.number}
        audit.record(session, actor, subject=subject_of(cycle, repeat), action="unlinked", old=old, now=now)
    flush(session)


def audit_facts(row: Finding) -> dict[str, Any]:
    """Where a finding stands, as the log tells it."""
    return {"state": row.state, "deadline": as_json(row.deadline), "fixed_on": as_json(row.fixed_on)}


def said(event: Event) -> dict[str, Any]:
    """What somebody said with a step, as the log tells it."""
    relief = None if event.relief is None else event.relief.value
    given = {"day": as_json(event.day), "asked": as_json(event.deadline), "relief": relief, "reason": event.reason}
    return {name: value for name, value in given.items() if value}


def as_json(day: date | None) -> str | None:
    """A day as the log keeps it."""
    return None if day is None else day.isoformat()
