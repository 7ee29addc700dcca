"""The forms of all units at a glance: where each stands and how much of it is filled in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from assess.core.actors import Actor, Right
from assess.core.calendar import day_of
from assess.core.exemptions import Exemptions
from assess.core.forms import form_of
from assess.core.text import Text
from assess.core.workflow import SubmissionState
from assess.services.forms.unit_form import SectionState
from assess.services.years import Year, exemptions_of, year_of
from assess.store.cache import cached
from assess.store.queries import forms as queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.forms import FieldKey, SubmissionRow
from assess.store.session import Session


@dataclass(frozen=True)
class FormOverview:
    """One unit's form at a glance."""

    name: Text
    row: SubmissionRow
    filled: int
    all: int

    @property
    def is_blank(self) -> bool:
        """Whether it is a draft without a value: not started."""
        return self.row.state is SubmissionState.DRAFT and not self.filled

    @property
    def label(self) -> Text:
        """Where the form stands, in words."""
        return SectionState.NOT_STARTED.label if self.is_blank else self.row.state.label


def overview(
    session: Session, actor: Actor, *, cycle: CycleRow, state: SubmissionState | None = None, now: datetime
) -> list[FormOverview]:
    """The forms of all units in their order, or those in one state and begun (4 queries).

    Raises:
        NotAllowed: the reader is neither of the office nor an evaluator.
        Refused: no rule sheet is published.
    """
    actor.check_may(Right.REVIEW)
    year = year_of(session, cycle)
    rows = overview_of(session, year, exemptions_of(session, year), now=now)
    return [each for each in rows if state is None or (each.row.state is state and not each.is_blank)]


def overview_of(session: Session, year: Year, exemptions: Exemptions, *, now: datetime) -> list[FormOverview]:
    """The forms of all units of a year that was put together already (1 query)."""
    asked = asked_cells(session, year, exemptions)
    rows = queries.submissions_of(session, cycle=year.cycle.id, today=day_of(now))
    return [
        FormOverview(year.name_of(unit), row, min(row.filled, len(asked[unit])), len(asked[unit]))
        for unit, row in rows.items()
    ]


def asked_cells(session: Session, year: Year, exemptions: Exemptions) -> Mapping[str, frozenset[FieldKey]]:
    """What the form asks of each unit, kept in memory while sheet, units and exemptions stay the same."""
    key = (
        "asked",
        year.digest,
        json.dumps(year.units.canonical()),
        json.dumps(exemptions.canonical()),
        year.object_list,
    )
    return cached(session, key, lambda: {unit: cells_of(year, unit, exemptions) for unit in year.units.codes})


def cells_of(year: Year, unit: str, exemptions: Exemptions) -> frozenset[FieldKey]:
    """What the form asks of one unit."""
    form = form_of(year.sheet, year.units, year.place_of(unit), exemptions=exemptions, objects=year.objects)
    return frozenset(FieldKey(field.question.figure, field.period) for field in form.fields.values())
