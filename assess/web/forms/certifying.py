"""Narrowing what units reported, and certifying, returning or correcting it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectChoice, SelectField

from assess.core.rules.figure import Figure
from assess.core.rules.sheet import title_of
from assess.services.certifying.overview import ReportedValue, Scope, ValueSearch, ValueView
from assess.web.filters import localized
from assess.web.forms.fields import Form, QueryForm, ReasonField, required
from assess.web.forms.forms import value_field
from assess.web.forms.unit_choices import unit_choices

MAX_NUMBER_LENGTH: Final = 18
CERTIFY, LEAVE = "certify", "leave"
"""What is chosen for a suspicious value."""


class ValueFilterForm(QueryForm):
    """Which reported values are listed; it changes nothing and needs no token."""

    show = SelectField(_l("Status"), validate_choice=False)
    department = SelectField(_l("Department"), validate_choice=False)
    figure = SelectField(_l("Figure"), validate_choice=False)
    unit = SelectField(_l("Unit"), validate_choice=False)
    group = SelectField(_l("Group"), validate_choice=False)

    @property
    def wanted(self) -> ValueSearch:
        """What is looked for; what waits where nothing is said."""
        shows = {show.value: show for show in ValueView}
        return ValueSearch(
            show=shows.get(self.show.data or "", ValueView.WAITING),
            department=self.department.data or "",
            figure=self.figure.data or "",
            unit=self.unit.data or "",
            group=self.group.data or "",
        )

    @property
    def asked(self) -> dict[str, str]:
        """The same as an address holds it."""
        return {name: field.data for name, field in self._fields.items() if field.data}

    def offer(self, scope: Scope, counts: dict[ValueView, int]) -> None:
        """Let these be chosen, each status with how many values it has."""
        year, wanted = scope.year, self.wanted
        figures = scope.figures(wanted.department)
        groups = [(group.id, title_of(group, group.id)) for group in year.sheet.groups or ()]
        self.show.data = wanted.show.value
        self.show.choices = [
            SelectChoice(show.value, _("%(status)s (%(n)s)", status=localized(show.label), n=n))
            for show, n in counts.items()
        ]
        self.department.choices = choices(_("All departments"), scope.departments.items())
        self.figure.choices = choices(
            _("All figures"), ((name, title_of(each, name)) for name, each in figures.items())
        )
        self.group.choices = choices(_("All groups"), groups)
        self.unit.choices = [SelectChoice("", _("All units")), *unit_choices(year)]
        if len(scope.departments) < 2:
            del self.department


def choices(everything: str, titles: Any) -> list[SelectChoice]:
    """All of a kind, or one of them."""
    return [SelectChoice("", everything), *(SelectChoice(name, localized(title)) for name, title in titles)]


class ChosenForm(Form):
    """The values that are decided on, by their numbers, as the page listed them."""

    values = HiddenField()

    @property
    def numbers(self) -> list[int]:
        """The numbers that were sent."""
        return numbers_in((self.values.data or "").split())

    def hold(self, lines: list[ReportedValue]) -> None:
        """Hold the values that are listed now."""
        self.values.data = " ".join(str(line.row.id) for line in lines)


class CertifyingForm(ChosenForm):
    """The values to be certified, each suspicious one with a question of its own."""

    @property
    def agreed(self) -> list[int]:
        """The values to be certified: all that were sent but the suspicious ones that are left."""
        return [number for number in self.numbers if self.answer_about(number) != LEAVE]

    def question_of(self, line: ReportedValue) -> RadioField | None:
        """The question about a value; None where none is asked."""
        return self._fields.get(question_about(line.row.id))

    def answer_about(self, number: int) -> str:
        """What was chosen for a value; nothing where it is not suspicious."""
        asked = self._fields.get(question_about(number))
        return "" if asked is None else asked.data or ""


def question_about(number: int) -> str:
    """The name of the field that asks about a suspicious value."""
    return f"doubt_{number}"


def certifying_form(doubtful: Iterable[ReportedValue]) -> CertifyingForm:
    """The form that asks about each of these suspicious values."""
    questions = {question_about(line.row.id): question(line) for line in doubtful}
    return cast("CertifyingForm", type("AskingForm", (CertifyingForm,), questions)())


def question(line: ReportedValue) -> RadioField:
    """Whether a suspicious value is certified all the same."""
    return RadioField(
        _("%(unit)s: %(figure)s", unit=localized(line.unit), figure=localized(line.title)),
        required(_("Select whether to certify this value")),
        choices=[
            SelectChoice(CERTIFY, _("Correct: certify this value")),
            SelectChoice(LEAVE, _("Do not certify now")),
        ],
    )


def numbers_in(texts: list[str]) -> list[int]:
    """Numbers of rows among what an address or a field holds."""
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < MAX_NUMBER_LENGTH]


class SendBackForm(ChosenForm):
    """Why values are returned."""

    reason = ReasonField(
        _l("What must be changed, and why"),
        description=_l("The unit will see this text word for word."),
    )


class CorrectionForm(Form):
    """The right value, and why the reported one is wrong."""

    reason = ReasonField(
        _l("Reason for the correction"), description=_l("The unit will see the reason with the old and the new value.")
    )


def correction_form(figure: Figure) -> CorrectionForm:
    """The form for a figure: a line, or words to choose from."""
    made = type("OneCorrectionForm", (CorrectionForm,), {"text": value_field(_("Correct value"), figure)})
    return cast("CorrectionForm", made())
