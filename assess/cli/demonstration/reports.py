"""What the units report in the demonstration: forms in every state, and reports on their tasks."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from assess.cli.demonstration.drawing import draw
from assess.core.actors import Actor
from assess.core.forms import Form, field_key
from assess.core.text import Text
from assess.services.forms.drafts import save_draft
from assess.services.forms.returning import return_form
from assess.services.forms.submissions import submit_form
from assess.services.forms.unit_form import unit_form
from assess.services.years import Year
from assess.store.session import Session

FIGURES: Final = Path(__file__).parents[3] / "rules" / "chaoyang-2026" / "figures.csv"
SUBMITTED, RETURNED, HALF, NOTHING = "submitted", "returned", "half", "nothing"
STATES: Final = (*(SUBMITTED,) * 6, RETURNED, *(HALF,) * 2, NOTHING)
"""What becomes of ten units' forms."""
REASON: Final = Text(
    "示范：危险废物台账与现场检查记录不一致，请核对后重新报送。",
    "Demonstration: the ledgers of hazardous waste differ from the inspection records. Check and submit again.",
)
LEADER: Final = "示范负责人"

SLIPS: Final = {"110105007": {"catering_cleaned@2026-H1": "0.9", "waste_free_cells": "90"}}
"""What a unit mistyped: a share where a percentage is asked, and a count far beyond all others."""
REMARKS: Final = {"110105007": {"catering_cleaned": "示范：按抽查结果填报。"}}
"""What units remarked, by figure."""

Figures = dict[str, dict[str, str]]
"""Values by field key, by unit."""


def report(session: Session, year: Year, *, officials: Mapping[str, Actor], evaluator: Actor, now: datetime) -> None:
    """Every unit's form as far as it has come; the first unit's is half filled, for whoever tries the pages."""
    figures = figures_of(year)
    for number, unit in enumerate(year.units.codes):
        state = HALF if number == 0 else STATES[draw("form", unit, below=len(STATES))]
        if state != NOTHING:
            values = {**figures.get(unit, {}), **SLIPS.get(unit, {})}
            fill_form(session, year, officials[unit], unit, values, state=state, now=now)
        if state == RETURNED:
            seen = unit_form(session, evaluator, cycle=year.cycle, unit=unit, now=now).row.version
            return_form(session, evaluator, cycle=year.cycle, unit=unit, reason=REASON.told("zh"), seen=seen, now=now)


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
        saved = unit_form(session, official, cycle=year.cycle, unit=unit, now=now)
        submit_form(
            session,
            official,
            cycle=year.cycle,
            unit=unit,
            leader=LEADER,
            without=missing(saved.form, saved.answers),
            seen=saved.stamp,
            now=now,
        )


def missing(form: Form, answers: Mapping[str, str]) -> int:
    """How many fields have no answer."""
    return sum(not answers.get(key) for key in form.fields)


def figures_of(year: Year) -> Figures:
    """The shipped invented figures, by unit and field key."""
    found: Figures = {}
    with FIGURES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = field_key(row["figure"], row["period"] or str(year.cycle.year), year.cycle.year)
            found.setdefault(row["unit"], {})[key] = row["value"]
    return found
