"""Correcting a reported value: a new one with the reason comes after it, certified."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from assess.core.actors import Actor
from assess.core.errors import Refused
from assess.core.figures.entry import Stored, as_text, read_entry, to_stored
from assess.core.parsing import ParseError
from assess.core.reasons import checked_reason
from assess.core.rules.figure import Figure
from assess.core.text import Text
from assess.core.workflow import Reported
from assess.services import audit
from assess.services.certifying.choosing import chosen_values
from assess.services.certifying.deciding import RETURNABLE
from assess.services.forms.settling import settle_forms
from assess.store.models import Batch, Value, ValueEvent
from assess.store.queries import certifying as queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.forms import FieldKey, note_saved
from assess.store.session import Session, flush

NO_NEW_VALUE: Final = Text("请填写更正后的数据。", "Enter the corrected value.")
SAME_VALUE: Final = Text(
    "与报送数据相同，没有需要更正的内容。", "This is the same as the submitted value. There is nothing to correct."
)


def correct_value(
    session: Session, actor: Actor, *, cycle: CycleRow, value: int, text: str, reason: str, now: datetime
) -> int:
    """Put another value in the place of a reported one, certified at once; the number of the new one.

    The unit's form holds the new value too, so that it is not reported back unseen.

    Args:
        session: the transaction.
        actor: an evaluator of the department that certifies the figure.
        cycle: the year.
        value: the number of the value as it was seen.
        text: the right value as typed.
        reason: why the reported one is wrong; the unit reads it.
        now: the moment.

    Raises:
        NotAllowed: the figure is another department's, or the person or their unit reported the value.
        NotFound: there is no such value.
        Refused: the new value or the reason will not do (by field), or the stage does not allow it.
        Stale: somebody decided on the value or changed it meanwhile.
    """
    chosen = chosen_values(session, actor, cycle=cycle, values=[value], states=RETURNABLE)
    old = chosen.values[0]
    figure = chosen.year.sheet.figures[old.figure]
    stored, why = check_correction(figure, old, text, reason)
    new = append_correction(session, actor, old, stored, now=now, reason=why)
    write_into_form(session, figure, new)
    audit.record(
        session,
        actor,
        subject=f"value:{cycle.year}/{old.unit}/{old.figure}/{old.period}",
        action="corrected",
        old={"value": as_text(figure, old.millionths, old.word)},
        new={"value": as_text(figure, *stored), "reason": why},
        now=now,
    )
    settle_forms(session, actor, chosen.year, chosen.units, now=now)
    return new.id


def check_correction(figure: Figure, old: Value, text: str, reason: str) -> tuple[Stored, str]:
    """The new value and the reason, as they are kept.

    Raises:
        Refused: either will not do; names both fields at once.
    """
    fields: dict[str, Text] = {}
    reading, why = read_entry(figure, text), ""
    if reading is None:
        fields["text"] = NO_NEW_VALUE
    elif isinstance(reading, ParseError):
        fields["text"] = reading.what
    elif to_stored(reading) == Stored(old.millionths, old.word):
        fields["text"] = SAME_VALUE
    try:
        why = checked_reason(reason)
    except Refused as refused:
        fields |= refused.fields
    if fields or reading is None or isinstance(reading, ParseError):
        raise Refused(next(iter(fields.values())), fields)
    return to_stored(reading), why


def append_correction(
    session: Session, actor: Actor, old: Value, stored: Stored, *, now: datetime, reason: str
) -> Value:
    """The new value in a batch of its own, with who corrected it and why; the old one counts no longer."""
    facts = {"unit": old.unit, "figure": old.figure, "period": old.period, "reason": reason}
    batch = Batch(cycle_id=old.cycle_id, kind=queries.CORRECTION, facts=facts, made_by=actor.account, made_at=now)
    session.add(batch)
    old.superseded_at = now
    flush(session)
    new = Value(
        cycle_id=old.cycle_id,
        year=old.year,
        unit=old.unit,
        figure=old.figure,
        period=old.period,
        millionths=stored.millionths,
        word=stored.text,
        state=Reported.CERTIFIED.value,
        batch_id=batch.id,
        entered_by=actor.account,
        entered_at=now,
        supersedes=old.id,
    )
    session.add(new)
    flush(session)
    session.add(ValueEvent(value_id=new.id, act=queries.CORRECTED, reason=reason, done_by=actor.account, done_at=now))
    return new


def write_into_form(session: Session, figure: Figure, value: Value) -> None:
    """Have the unit's form hold a corrected value; whoever has that section open is told that it changed."""
    found = queries.answer_for_update(
        session, cycle=value.cycle_id, unit=value.unit, cell=FieldKey(value.figure, value.period)
    )
    if found is None:
        return
    draft, answer = found
    answer.text = as_text(figure, value.millionths, value.word)
    note_saved(draft, by=draft.saved_by, at=draft.saved_at)
