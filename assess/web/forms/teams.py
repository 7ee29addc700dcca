"""Forms of leadership teams."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectChoice, SelectField

from assess.core.leadership import MAX_NAME_LENGTH
from assess.services.teams import post_titles
from assess.services.years import Year
from assess.web.filters import localized
from assess.web.forms.documents import ActForm
from assess.web.forms.fields import DayField, LineField, required
from assess.web.forms.unit_choices import unit_choices

NAMELESS = required(_("Enter a name"))


class MemberForm(ActForm):
    """A member of a team, who holds a post of the rule sheet."""

    unit = SelectField(_("Unit"), validate_choice=False)
    post = SelectField(_("Post"), validate_choice=False)
    name = LineField(_("Full name"), NAMELESS, most=MAX_NAME_LENGTH)
    begins = DayField(_("First day in the post"), most=20)
    ends = DayField(_("Last day in the post"), most=20)

    @property
    def facts(self) -> dict[str, Any]:
        """What is typed about a member, whatever the unit."""
        named = {"post": self.post.data or "", "name": self.name.data or ""}
        return {**named, "begins": self.begins.day, "ends": self.ends.day}


class FreeMemberForm(MemberForm):
    """A member of a team, where the rule sheet names no posts."""

    post = LineField(_("Post"), most=MAX_NAME_LENGTH)


def member_form(year: Year, **filled: object) -> MemberForm:
    """The form of a member in a year, filled in where somebody is corrected."""
    titles = post_titles(year)
    form = (MemberForm if titles else FreeMemberForm)(**filled)
    form.unit.choices = [SelectChoice("", ""), *unit_choices(year)]
    if titles:
        form.post.choices = [
            SelectChoice("", ""),
            *(SelectChoice(post, localized(title)) for post, title in titles.items()),
        ]
    return form
