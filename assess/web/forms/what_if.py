"""Choosing the run on whose inputs a rule sheet is tried."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField

from assess.services.what_if import TrialBasis
from assess.web.filters import localized
from assess.web.forms.fields import QueryForm


class WhatIfForm(QueryForm):
    """The run whose inputs are taken; it changes nothing and needs no token."""

    on = SelectField(_l("Figures of"), choices=[], validate_choice=False)

    def offer(self, bases: Iterable[TrialBasis], chosen: TrialBasis) -> None:
        """Let any of these be chosen."""
        self.on.choices = [SelectChoice(each.key, basis_called(each)) for each in bases]
        self.on.data = chosen.key


def basis_called(basis: TrialBasis) -> str:
    """What a run of a year is called in a list of several years."""
    run, kind = basis.run, localized(basis.run.kind.label)
    called: str = _("%(year)s, run %(number)s: %(kind)s", year=basis.year, number=run.number, kind=kind)
    return called
