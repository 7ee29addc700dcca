"""Forms of panels: what a member gives many units, who is named, who leaves, and closing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from flask import request
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField, SelectChoice, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from assess.core.errors import Declined
from assess.core.numbers import reduced
from assess.core.text import Text
from assess.services.panels import Typed
from assess.services.panels.naming import LeaverPoints
from assess.services.panels.overview import PanelPage, PanelUnitRow
from assess.store.queries.panels import MarkRow
from assess.web.filters import localized
from assess.web.forms.certifying import numbers_in
from assess.web.forms.documents import DoingForm
from assess.web.forms.fields import Form, ReasonField, number_in
from assess.web.forms.forms import ABOUT
from assess.web.request import language

FIELDS = ("points", "reason")
"""What is typed for a unit."""


class PointsProblem(NamedTuple):
    """What is wrong, and the address of the field."""

    text: str
    href: str | None


@dataclass
class PointsRowInput:
    """One unit as a member judges it: what is typed, and what is wrong with it by field."""

    unit: PanelUnitRow
    typed: Typed
    errors: dict[str, str] = field(default_factory=dict)

    def id(self, name: str) -> str:
        """The id and the name of a field."""
        return f"{name}-{self.unit.unit}"


class MarksForm(Form):
    """The points of a member for a page of units."""

    rows: tuple[PointsRowInput, ...] = ()

    @property
    def typed(self) -> Mapping[str, Typed]:
        """What was sent, by the code of the unit."""
        return {row.unit.unit: row.typed for row in self.rows if row.id("points") in request.form}

    @property
    def problems(self) -> list[PointsProblem]:
        """What is wrong, in the order of the page."""
        about_rows = [
            PointsProblem(localized(ABOUT.format(title=row.unit.name, what=text)), f"#{row.id(name)}")
            for row in self.rows
            for name, text in row.errors.items()
        ]
        return [*(PointsProblem(text, None) for text in self.form_errors), *about_rows]

    @property
    def errors(self) -> dict[Any, Any]:
        """What is wrong, rows included."""
        return {**super().errors, **{row.id(name): [text] for row in self.rows for name, text in row.errors.items()}}

    def take(self, error: Declined) -> None:
        """Show what the service turned down in the rows it is about."""
        self.form_errors.append(error.what.localized(language()))
        for row in self.rows:
            found = {name: error.fields.get(row.id(name)) for name in FIELDS}
            row.errors |= {name: what.localized(language()) for name, what in found.items() if what is not None}


def marks_form(page: PanelPage, rows: Iterable[PanelUnitRow]) -> MarksForm:
    """The form for some units, filled with what stands, or with what was sent."""
    form = MarksForm()
    standing = [PointsRowInput(row, as_typed(page.own(row.unit))) for row in rows]
    form.rows = tuple(map(row_sent, standing) if form.is_submitted() else standing)
    return form


def as_typed(mark: MarkRow | None) -> Typed:
    """Points that stand, as they would be typed."""
    return Typed("", "", 0) if mark is None else Typed(reduced(mark.points), mark.reason, mark.id)


def row_sent(row: PointsRowInput) -> PointsRowInput:
    """A row as it was sent; one that was not sent stays as it stands."""
    if row.id("points") not in request.form:
        return row
    points, reason, seen = (request.form.get(row.id(name), "") for name in (*FIELDS, "seen"))
    return replace(row, typed=Typed(points, reason, number_in(seen)))


def refreshed(form: MarksForm, page: PanelPage) -> None:
    """Let a form that was overtaken be sent again: now that both are shown, the newest points are seen."""
    for row in form.rows:
        mark = page.own(row.unit.unit)
        row.typed = row.typed._replace(seen=0 if mark is None else mark.id)


class NamingForm(DoingForm):
    """Who is to sit on a panel."""

    accounts = SelectMultipleField(
        _("Panel members to add"),
        choices=[],
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def offer(self, people: Iterable[tuple[int, Text]]) -> None:
        """Let these be ticked."""
        self.accounts.choices = [SelectChoice(str(account), localized(name)) for account, name in people]

    @property
    def numbers(self) -> list[int]:
        """The accounts that were ticked."""
        return numbers_in(self.accounts.data or [])


class LeavingForm(DoingForm):
    """Why a member leaves, and what becomes of the points given so far."""

    given = RadioField(_("Points given so far"), choices=[], validate_choice=False)
    reason = ReasonField(_("Reason for removal"))

    def offer(self) -> None:
        """Let each outcome be chosen."""
        self.given.choices = [SelectChoice(each.value, localized(each.label)) for each in LeaverPoints]


class ClosingForm(DoingForm):
    """Why it is not waited for those who have not judged; `seen` is the stamp of what was seen."""

    seen = HiddenField()
    reason = ReasonField(_("Reason for not waiting"))
