"""Which week of findings is shown."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext
from wtforms import Form, SelectChoice, SelectField

from assess.core.findings.weekly import Week
from assess.web.filters import localized


class WeekForm(Form):  # type: ignore[misc]
    """Which week is shown, by its Monday; it changes nothing and needs no token."""

    week = SelectField(lazy_gettext("Week"), validate_choice=False)


def week_form(weeks: Iterable[Week], chosen: Week) -> WeekForm:
    """The weeks to choose from, one of them chosen."""
    form = WeekForm(data={"week": chosen.first.isoformat()})
    form.week.choices = [SelectChoice(each.first.isoformat(), localized(each.label)) for each in weeks]
    return form
