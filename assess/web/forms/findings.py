"""The ledger of findings as it is narrowed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectChoice, SelectField

from assess.core.findings.listing import FindingView
from assess.core.findings.reckoning import Counted
from assess.core.text import Text
from assess.services.findings import FindingList
from assess.store.queries.finding_lists import FindingFilter
from assess.web.filters import localized
from assess.web.forms.fields import DayField, LineField, QueryForm, number_in


class FindingFilterForm(QueryForm):
    """Which findings are listed; it changes nothing and needs no token."""

    show = HiddenField()
    unit = SelectField(_l("Unit"), validate_choice=False)
    kind = SelectField(_l("Type"), validate_choice=False)
    domain = SelectField(_l("Domain"), validate_choice=False)
    source = SelectField(_l("Source"), validate_choice=False)
    words = LineField(_l("Words or number"))
    begins = DayField(_l("Found from"), name="from", render_kw={"placeholder": "2026-03-25"})
    ends = DayField(_l("Found until"), name="to", render_kw={"placeholder": "2026-03-25"})
    counted = SelectField(_l("Show only"), validate_choice=False)
    repeated = HiddenField()
    patrol = HiddenField()

    @property
    def shown(self) -> FindingView:
        """Which list is asked for; what is open where nothing is said."""
        return next((show for show in FindingView if show.value == self.show.data), FindingView.OPEN)

    @property
    def asked(self) -> dict[str, str]:
        """What an address holds of it: whatever is given and can be read."""
        return {field.name: field.data for field in self if field.data and not field.errors}

    @property
    def narrowed(self) -> FindingFilter:
        """The same as it is looked for."""
        asked = self.asked
        days = (self.begins.day or date.min, self.ends.day or date.max)
        return FindingFilter(
            units=[asked["unit"]] if "unit" in asked else None,
            kind=asked.get("kind", ""),
            domain=asked.get("domain", ""),
            source=asked.get("source", ""),
            words=asked.get("words", ""),
            patrol=number_in(asked["patrol"]) if "patrol" in asked else None,
            repeated="repeated" in asked,
            found=days if {"from", "to"} & asked.keys() else None,
            counted=next((each for each in Counted if each.value == self.counted.data), None),
        )

    def offer(self, page: FindingList) -> None:
        """Let what there is be chosen; who sees one unit chooses none."""
        self.show.data = page.show.value
        year, catalogue = page.year, page.catalogue
        self.unit.choices = choices(_("All units"), {code: year.name_of(code) for code in page.units})
        self.kind.choices = choices(_("All types"), {each.id: each.label for each in catalogue.kinds.values()})
        self.domain.choices = choices(_("All domains"), catalogue.domains)
        self.source.choices = choices(_("All sources"), catalogue.sources)
        self.counted.choices = choices(_("All findings"), {each.value: each.label for each in Counted})
        for field in (self.kind, self.domain, self.source):
            if field.data and field.data not in {each.value for each in field.choices}:
                field.choices.append(SelectChoice(field.data, field.data))
        if len(page.units) < 2:
            del self.unit


def choices(everything: str, titles: Mapping[str, Text]) -> list[SelectChoice]:
    """All of a kind, or one of them."""
    return [SelectChoice("", everything), *(SelectChoice(name, localized(title)) for name, title in titles.items())]
