"""The form of a reopening."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _now
from flask_babel import lazy_gettext as _
from wtforms import SelectChoice, SelectField

from assess.core.reasons import NO_REASON
from assess.core.rules.sheet import title_of
from assess.services.set_up.steps import departments_at_work
from assess.services.years import Year
from assess.web.filters import localized
from assess.web.forms.documents import DoingForm
from assess.web.forms.fields import DayField, ReasonField, required
from assess.web.forms.unit_choices import unit_choices


class ReopeningForm(DoingForm):
    """Who may report until when, and why."""

    whom = SelectField(_("Unit or department"), validate_choice=False)
    until = DayField(_("Last day"), required(_("Enter the last day")), most=20)
    reason = ReasonField(_("Reason"), missing=NO_REASON)

    @property
    def facts(self) -> dict[str, Any]:
        """What is typed."""
        return {"whom": self.whom.data or "", "until": self.until.day, "reason": self.reason.data or ""}


def reopening_form(year: Year) -> ReopeningForm:
    """The form with the units and the departments of a year."""
    form, titles = ReopeningForm(), year.sheet.departments or {}
    units = [SelectChoice(f"unit:{each.value}", each.label, optgroup=_now("Units")) for each in unit_choices(year)]
    departments = [
        SelectChoice(f"department:{each}", localized(title_of(titles[each], each)), optgroup=_now("Departments"))
        for each in departments_at_work(year.sheet)
    ]
    form.whom.choices = [SelectChoice("", ""), *units, *departments]
    return form
