"""What a submitted form reports: values appended with their source, the older ones superseded."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from assess.core.actors import Actor
from assess.core.errors import Refused
from assess.core.figures.entry import Stored, read_entry, to_stored
from assess.core.parsing import ParseError
from assess.core.text import Text
from assess.core.workflow import VALUE, Reported, WorkflowStep, advance, can_advance
from assess.services.forms.unit_form import UnitFormPage
from assess.store.models import Batch, Submission, Value, ValueEvent
from assess.store.queries import forms as queries
from assess.store.queries.forms import RETURNED, FieldKey
from assess.store.session import Session, flush

SOME_CERTIFIED: Final = Text(
    "已有数据核定，不能撤回。如需更正，请联系核定部门退回。",
    "Some values are already certified, so the form cannot be withdrawn. To correct it, ask the "
    "department to return it.",
)


def report_values(session: Session, actor: Actor, form: UnitFormPage, row: Submission, *, now: datetime) -> int:
    """Report the answers of a form, and tell how many changed.

    A value that stays the same stays as it is, reported again where it was returned; one that was cleared is
    superseded by a value that says nothing. A certified one stays whatever the form says.
    """
    found = {FieldKey(each.figure, each.period): each for each in values_of(session, form)}
    current = {cell: each for cell, each in found.items() if each.state != Reported.CERTIFIED}
    answers = {cell: each for cell, each in stored_answers(form).items() if cell not in found or cell in current}
    for cell, value in current.items():
        if stored_of(value) == answers.get(cell) and can_advance(VALUE, Reported(value.state), WorkflowStep.REPORT):
            value.state = advance(VALUE, Reported(value.state), WorkflowStep.REPORT)
    old = {cell: stored_of(value) for cell, value in current.items()}
    changed = {
        cell: answers.get(cell, Stored())
        for cell in sorted(answers.keys() | old.keys())
        if answers.get(cell, Stored()) != old.get(cell, Stored())
    }
    append_values(session, actor, form, row, changed=changed, current=current, now=now)
    return len(changed)


def withdraw_values(session: Session, actor: Actor, form: UnitFormPage, row: Submission, *, now: datetime) -> None:
    """Let none of a unit's reported values count any longer.

    Raises:
        Refused: one is certified.
    """
    current = {FieldKey(each.figure, each.period): each for each in values_of(session, form)}
    if any(value.state == Reported.CERTIFIED for value in current.values()):
        raise Refused(SOME_CERTIFIED)
    empty = {cell: Stored() for cell, value in current.items() if stored_of(value) != Stored()}
    append_values(session, actor, form, row, changed=empty, current=current, now=now)


def return_values(
    session: Session, actor: Actor, form: UnitFormPage, figures: Collection[str], *, reason: str, now: datetime
) -> None:
    """Send reported values of some figures back."""
    for value in values_of(session, form):
        if value.figure in figures and can_advance(VALUE, Reported(value.state), WorkflowStep.RETURN):
            value.state = advance(VALUE, Reported(value.state), WorkflowStep.RETURN)
            session.add(ValueEvent(value_id=value.id, act=RETURNED, reason=reason, done_by=actor.account, done_at=now))


def values_of(session: Session, form: UnitFormPage) -> list[Value]:
    """The values that count now of everything the form asks."""
    cycle = form.year.cycle
    return queries.values_for_update(session, cycle=cycle.id, year=cycle.year, unit=form.unit, figures=form.figures)


def stored_answers(form: UnitFormPage) -> dict[FieldKey, Stored]:
    """The answers of a form as the database keeps values."""
    found = {}
    for key, text in form.answers.items():
        field = form.form.fields[key]
        reading = read_entry(field.question.stated, text)
        if not isinstance(reading, ParseError) and reading is not None:
            found[FieldKey(field.question.figure, field.period)] = to_stored(reading)
    return found


def stored_of(value: Value) -> Stored:
    """What a row holds."""
    return Stored(value.millionths, value.word)


def append_values(
    session: Session,
    actor: Actor,
    form: UnitFormPage,
    row: Submission,
    *,
    changed: Mapping[FieldKey, Stored],
    current: Mapping[FieldKey, Value],
    now: datetime,
) -> None:
    """Append values that come after those which count now, in one batch."""
    if not changed:
        return
    cycle = form.year.cycle
    facts = {"receipt": row.receipt, "unit": form.unit}
    batch = Batch(cycle_id=cycle.id, kind="form", submission_id=row.id, facts=facts, made_by=actor.account, made_at=now)
    session.add(batch)
    for cell in changed.keys() & current.keys():
        current[cell].superseded_at = now
    flush(session)
    for cell, stored in changed.items():
        before = current.get(cell)
        session.add(
            Value(
                cycle_id=cycle.id,
                year=cycle.year,
                unit=form.unit,
                figure=cell.figure,
                period=cell.period,
                millionths=stored.millionths,
                word=stored.text,
                state=Reported.REPORTED.value,
                batch_id=batch.id,
                entered_by=actor.account,
                entered_at=now,
                supersedes=None if before is None else before.id,
            )
        )
