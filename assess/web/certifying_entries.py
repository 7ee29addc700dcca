"""What waits to be certified, and what departments corrected, as things to do on the home page and beside a form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from assess.core.actors import Actor
from assess.core.calendar import day_of
from assess.core.text import Text
from assess.services.certifying.choosing import called
from assess.services.certifying.overview import shown
from assess.services.forms.unit_form import UnitFormPage
from assess.services.years import Year
from assess.store.queries.certifying import CorrectedValueRow, corrections_of, waiting_of
from assess.web.blocks import TodoBlock, TodoEntry
from assess.web.filters import day
from assess.web.request import reader


@dataclass(frozen=True)
class CorrectedValue:
    """A value that a department corrected, as the unit reads it."""

    title: Text
    old: Text
    new: Text
    row: CorrectedValueRow


def corrections(page: UnitFormPage) -> list[CorrectedValue]:
    """What departments corrected in a unit's form, newest first (1 query)."""
    year = page.year
    rows = corrections_of(reader(), cycle=year.cycle.id, unit=page.unit)
    known = [row for row in rows if row.figure in year.sheet.figures]
    return [
        CorrectedValue(
            called(year, row.figure, row.period),
            shown(year.sheet.figures[row.figure], row.old),
            shown(year.sheet.figures[row.figure], row.new),
            row,
        )
        for row in known
    ]


def waiting(person: Actor, year: Year) -> Iterator[TodoBlock]:
    """What waits for an evaluator's departments, the oldest first of all (1 query); none where they certify nothing."""
    stated = year.sheet.figures.items()
    figures = [name for name, figure in stated if figure.certified_by in person.departments]
    if not figures:
        return
    count, oldest = waiting_of(reader(), cycle=year.cycle.id, year=year.cycle.year, figures=figures)
    entry = TodoEntry(
        text=_("Certify submitted values"),
        href=url_for("certifying.listing", year=year.cycle.year),
        status=ngettext("%(num)s value to certify", "%(num)s values to certify", count),
        state="due",
        hint=None if oldest is None else _("Oldest since %(day)s", day=day(day_of(oldest))),
    )
    yield TodoBlock(
        title=_("Submitted data to certify"),
        entries=(entry,) if count else (),
        due="" if count else _("No values to certify."),
        link=(_("Submitted values of all units"), url_for("certifying.listing", year=year.cycle.year, show="all")),
    )
