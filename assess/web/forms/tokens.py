"""The form of a token that is given to a department's system."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectChoice, SelectField

from assess.core.actors import Role
from assess.core.text import Text
from assess.core.tokens import MAX_NAME_LENGTH, RECEIVERS
from assess.services.accounts import PersonScope
from assess.store.queries.tokens import Holder
from assess.web.filters import localized
from assess.web.forms.documents import DoingForm
from assess.web.forms.fields import DayField, NameField, number_in, required


class TokenForm(DoingForm):
    """Which system, who answers for it, until when."""

    name = NameField(_("Name of the system"), required(_("Enter the name of the system")), most=MAX_NAME_LENGTH)
    holder = SelectField(_("Responsible person"), validate_choice=False)
    ends = DayField(_("Last day"), required(_("Enter the last day")), most=20)

    @property
    def facts(self) -> dict[str, Any]:
        """What is typed."""
        account, _colon, department = (self.holder.data or "").partition(":")
        name = self.name.data or ""
        return {"holder": number_in(account), "department": department, "name": name, "ends": self.ends.day}


def scope(department: str, places: PersonScope) -> Text:
    """Whose system a token is for."""
    return Role.RECEIVER.label if department == RECEIVERS else places.department(department)


def token_form(holders: Iterable[Holder], places: PersonScope) -> TokenForm:
    """The form with every evaluator, under the department, and the receivers of hand-overs."""
    form = TokenForm()
    choices = [
        SelectChoice(f"{each.account}:{each.department}", each.name, optgroup=localized(scope(each.department, places)))
        for each in holders
    ]
    form.holder.choices = [SelectChoice("", ""), *choices]
    return form
