"""What the units report in the demonstration: forms in every state, and reports on their tasks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from assess.cli.demonstration.drawing import draw
from assess.cli.demonstration.material import Values
from assess.core.actors import Actor
from assess.core.forms import UnitFormContent, field_key
from assess.core.text import Text
from assess.services.forms.drafts import save_draft
from assess.services.forms.returning import return_form
from assess.services.forms.submissions import submit_form
from assess.services.forms.unit_form import unit_form
from assess.services.years import Year
from assess.store.session import Session

SUBMITTED, RETURNED, HALF, NOTHING = "submitted", "returned", "half", "nothing"
STATES: Final = (*(SUBMITTED,) * 6, RETURNED, *(HALF,) * 2, NOTHING)
"""What becomes of ten units' forms."""
REASON: Final = Text(
    "演示：危险废物台账与现场检查记录不一致，请核对后重新报送。",
    "Demonstration: the hazardous waste ledger differs from the inspection records. Check and submit again.",
)
LEADER: Final = "演示负责人"

SLIPS: Final = {"110105007": {"catering_cleaned@2026-H1": "0.9", "waste_free_cells": "90"}}
"""What a unit mistyped: a share where a percentage is asked, and a count far beyond all others."""
REMARKS: Final = {"110105007": {"catering_cleaned": "演示：按抽查结果填报。"}}
"""What units remarked, by figure."""

Figures = dict[str, dict[str, str]]
"""Values by field key, by unit."""


def report(
    session: Session, year: Year, figures: Figures, officials: Mapping[str, Actor], now: datetime, *,
    states: Sequence[str] = STATES,
) -> list[str]:  # fmt: skip
    """Every unit's form as far as it has come; the units whose forms are to be returned.

    The first unit's is half filled where some are, for whoever tries the pages.
    """
    returned = []
    for number, unit in enumerate(year.units.codes):
        state = HALF if number == 0 and HALF in states else states[draw("form", unit, below=len(states))]
        if state != NOTHING:
            values = {**figures.get(unit, {}), **(SLIPS.get(unit, {}) if HALF in states else {})}
            fill_form(session, year, officials[unit], unit, values, state=state, now=now)
        if state == RETURNED:
            returned.append(unit)
    return returned


def give_back(session: Session, year: Year, evaluator: Actor, unit: str, now: datetime) -> None:
    """Return a form to its unit."""
    seen = unit_form(session, evaluator, cycle=year.cycle, unit=unit, now=now).row.version
    return_form(session, evaluator, cycle=year.cycle, unit=unit, reason=REASON.localized("zh"), seen=seen, now=now)


def fill_form(
    session: Session,
    year: Year,
    official: Actor,
    unit: str,
    values: Mapping[str, str],
    *,
    state: str,
    now: datetime,
) -> None:
    """Save the sections of a form, all or the first half of them, and submit a whole one."""
    form = unit_form(session, official, cycle=year.cycle, unit=unit, now=now).form
    sections = [section for section in form.sections if section.fields]
    for section in sections[: len(sections) // 2 if state == HALF else None]:
        save_draft(
            session,
            official,
            cycle=year.cycle,
            unit=unit,
            section=section.id,
            answers={field.key: values.get(field.key, "") for field in section.fields},
            remarks=REMARKS.get(unit, {}),
            seen=0,
            now=now,
        )
    if state != HALF:
        submit(session, year, official, unit, now)


def submit(session: Session, year: Year, official: Actor, unit: str, now: datetime) -> None:
    """Submit a form as it is saved."""
    saved = unit_form(session, official, cycle=year.cycle, unit=unit, now=now)
    submit_form(
        session, official, cycle=year.cycle, unit=unit, leader=LEADER, without=missing(saved.form, saved.answers),
        seen=saved.stamp, now=now,
    )  # fmt: skip


def missing(form: UnitFormContent, answers: Mapping[str, str]) -> int:
    """How many fields have no answer."""
    return sum(not answers.get(key) for key in form.fields)


def figures_of(year: Year, values: Values) -> Figures:
    """The invented figures, by unit and field key."""
    found: Figures = {}
    for (unit, figure, period), value in values.items():
        key = field_key(figure, period or str(year.cycle.year), year.cycle.year)
        found.setdefault(unit, {})[key] = value
    return found
