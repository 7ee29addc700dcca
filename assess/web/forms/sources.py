"""Narrowing the values of a figure."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from assess.web.forms.fields import QueryForm


class UnitChoiceForm(QueryForm):
    """Whose values are shown; it changes nothing and needs no token."""

    unit = SelectField(_l("Unit"), validate_choice=False)

    @property
    def wanted(self) -> str:
        """The code of a unit, "" for all of them."""
        return self.unit.data or ""
