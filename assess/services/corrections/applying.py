"""Putting right what was decided: new values that supersede the wrong ones, and exemptions granted or ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assess.core.actors import Actor
from assess.core.appeals.naming import CaseKind, called_case, called_number, in_both
from assess.core.appeals.rulings import CorrectedFigure, Exempting
from assess.core.figures.entry import read_entry, to_stored
from assess.core.figures.part_labels import year_of_part
from assess.core.parsing import ParseError
from assess.core.text import Text
from assess.core.workflow import Reported, Request
from assess.services import audit
from assess.services.certifying.correcting import write_into_form
from assess.services.requests.approvals import EXEMPTIONS, audit_facts, subject_of
from assess.services.years import Year
from assess.store.models import Batch, Exemption, Value, ValueEvent
from assess.store.queries import appeals as queries
from assess.store.queries.certifying import CORRECTED
from assess.store.queries.corrections import CorrectionRow
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session, flush


@dataclass(frozen=True)
class DecisionInEffect:
    """A decision as it takes effect: its name, as kept values bear it."""

    cycle: CycleRow
    row: CorrectionRow
    kind: CaseKind

    @property
    def name(self) -> Text:
        """What it is called."""
        return called_case(self.kind, self.cycle.year, self.row.number)


def case_of(cycle: CycleRow, row: CorrectionRow) -> DecisionInEffect:
    """A decision by its name."""
    return DecisionInEffect(cycle, row, CaseKind.EX_OFFICIO if row.appeal is None else CaseKind.RULING)


def put_right(
    session: Session,
    actor: Actor,
    case: DecisionInEffect,
    year: Year,
    changes: Sequence[CorrectedFigure],
    *,
    now: datetime,
) -> None:
    """Have new values count in the place of those that were wrong."""
    if not changes:
        return
    row = case.row
    facts = {
        "unit": row.unit, "number": called_number(case.cycle.year, row.number), "correction": row.id,
        "reason": row.reason,
    }  # fmt: skip
    batch = Batch(
        cycle_id=case.cycle.id, kind=case.kind.value, facts=facts, made_by=actor.account, made_at=now
    )  # fmt: skip
    session.add(batch)
    flush(session)
    for change in changes:
        value = new_value(session, actor, case, year, change, batch=batch.id, now=now)
        session.add(
            ValueEvent(value_id=value.id, act=CORRECTED, reason=row.reason, done_by=actor.account, done_at=now)
        )  # fmt: skip
        if value.year == case.cycle.year:
            write_into_form(session, year.sheet.figures[change.figure], value)
        subject = f"value:{case.cycle.year}/{row.unit}/{change.figure}/{change.period}"
        new = {"value": change.text, "reason": case.name.zh}
        audit.record(session, actor, subject=subject, action="put right", old={"value": change.was}, new=new, now=now)
    flush(session)


def new_value(
    session: Session,
    actor: Actor,
    case: DecisionInEffect,
    year: Year,
    change: CorrectedFigure,
    *,
    batch: int,
    now: datetime,
) -> Value:
    """One new value; the one before counts no longer."""
    read = read_entry(year.sheet.figures[change.figure], change.text)
    assert not isinstance(read, ParseError)
    stored, unit = to_stored(read), year.standing_unit(case.row.unit, change.period)
    old = queries.current_value(
        session, cycle=case.cycle.id, unit=unit, figure=change.figure, period=change.period
    )  # fmt: skip
    if old is not None:
        old.superseded_at = now
        flush(session)
    value = Value(
        cycle_id=case.cycle.id, year=year_of_part(change.period), unit=unit, figure=change.figure, period=change.period,
        millionths=stored.millionths, word=stored.text, state=Reported.CERTIFIED.value, batch_id=batch,
        place=in_both(case.name), entered_by=actor.account, entered_at=now, supersedes=None if old is None else old.id,
    )  # fmt: skip
    session.add(value)
    flush(session)
    return value


def put_exemption(session: Session, actor: Actor, case: DecisionInEffect, exempt: Exempting, *, now: datetime) -> None:
    """Have an item no longer apply to the unit, or apply again."""
    if exempt is Exempting.NONE:
        return
    row = queries.exemption_for_update(session, cycle=case.cycle.id, unit=case.row.unit, item=case.row.item)
    words, old = f"{in_both(case.name)}: {case.row.reason}", None if row is None else audit_facts(EXEMPTIONS, row)
    if row is None:
        row = Exemption(
            cycle_id=case.cycle.id, unit=case.row.unit, item=case.row.item, asked_by=case.row.proposer,
            asked_at=case.row.proposed_at, reason=words,
        )  # fmt: skip
        session.add(row)
    decide(row, actor, exempt, words, now)
    flush(session)
    audit.record(
        session, actor, subject=subject_of(EXEMPTIONS, case.cycle, row),
        action="approved" if exempt is Exempting.GRANT else "withdrawn",
        old=old, new=audit_facts(EXEMPTIONS, row), now=now,
    )  # fmt: skip


def decide(row: Exemption, actor: Actor, exempt: Exempting, words: str, now: datetime) -> None:
    """Write into an exemption what was decided."""
    row.state = (Request.APPROVED if exempt is Exempting.GRANT else Request.WITHDRAWN).value
    row.ruling, row.decided_by, row.decided_at = words, actor.account, now
