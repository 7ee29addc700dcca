"""How a ranking is narrowed and sorted, and which units are compared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectChoice, SelectField

from assess.core.rules.sheet import title_of
from assess.core.text import Text
from assess.services.leadership import ItemPage, RankingInView, RankingView, View
from assess.services.leadership.comparing import MOST
from assess.services.leadership.mapping import MapPage
from assess.web.filters import day, localized
from assess.web.forms.documents import DoingForm
from assess.web.forms.fields import LineField, QueryForm, number_in
from assess.web.forms.findings import choices

DOWN = "descending"
UNITS = tuple(f"unit_{number}" for number in range(1, MOST + 1))


class ResultChoiceForm(QueryForm):
    """Which result is in view; it changes nothing and needs no token."""

    run = SelectField(_l("Result"), validate_choice=False)

    @property
    def number(self) -> int:
        """The run asked for; 0 for the one that counts."""
        return number_in(self.run.data or "")

    def offer_runs(self, view: View) -> None:
        """Let what was released and the interim rankings be chosen; the one that counts needs no number."""
        rows = [(each.number, released_called(each.standing.label, each.number)) for each in view.released]
        rows += [(each.number, interim_called(each.day, each.number)) for each in view.interims]
        self.run.choices = [SelectChoice("" if place == 0 else n, name) for place, (n, name) in enumerate(rows)]
        if self.number == rows[0][0]:
            self.run.data = ""


class ItemChoiceForm(ResultChoiceForm):
    """Which section or item of all units is shown."""

    item = SelectField(_l("Section or item"), validate_choice=False)

    def offer_items(self, found: ItemPage) -> None:
        """Let every section and item be chosen, those below a section with their numbers."""
        self.item.choices = [
            SelectChoice(each.node.id, f"{each.number} {localized(title_of(each.node, each.node.id))}".strip())
            for each in found.nodes
        ]
        self.item.data = found.chosen.node.id


class MapForm(ResultChoiceForm):
    """By what the map is coloured."""

    by = SelectField(_l("Coloured by"), validate_choice=False)

    def offer_sections(self, found: MapPage) -> None:
        """Let grades and every section be chosen."""
        rows = [SelectChoice(node, localized(title)) for node, title in found.sections]
        self.by.choices = [SelectChoice("", _("Grade")), *rows]
        self.by.data = found.chosen


class RankingForm(ResultChoiceForm):
    """Which units are listed, and by what they are sorted."""

    group = SelectField(_l("Group"), validate_choice=False)
    grade = SelectField(_l("Grade"), validate_choice=False)
    words = LineField(_l("Name of the unit"))
    sort = HiddenField()
    order = HiddenField()

    @property
    def asked(self) -> dict[str, str]:
        """What an address holds of it."""
        return {field.name: field.data for field in self if field.data and not field.errors}

    @property
    def wanted(self) -> RankingView:
        """The same as the ranking is narrowed and sorted."""
        asked = self.asked
        given = {name: asked.get(name, "") for name in ("group", "grade", "words")}
        return RankingView(**given, by=asked.get("sort", "rank"), descending=asked.get("order") == DOWN)

    def offer(self, found: RankingInView) -> None:
        """Let groups and grades be chosen."""
        self.offer_runs(found.view)
        self.group.choices = choices(_("All groups"), {each.id: each.table.title for each in found.all_groups})
        self.grade.choices = choices(_("All grades"), dict(found.grades))
        if len(found.all_groups) < 2:
            del self.group


class CompareUnitsForm(ResultChoiceForm):
    """Two to four units to set side by side."""

    unit_1 = SelectField(_l("First unit"), validate_choice=False)
    unit_2 = SelectField(_l("Second unit"), validate_choice=False)
    unit_3 = SelectField(_l("Third unit"), validate_choice=False)
    unit_4 = SelectField(_l("Fourth unit"), validate_choice=False)

    def offer_units(self, found: RankingInView, units: Sequence[str]) -> None:
        """Let every unit of every group be chosen; those in view are."""
        rows = [SelectChoice(each.row.unit, localized(each.row.name)) for _group, rows in found.groups for each in rows]
        for place, name in enumerate(UNITS):
            self[name].choices = [SelectChoice("", _("none")), *rows]
            self[name].data = units[place] if place < len(units) else ""


class MonthDayForm(DoingForm):
    """On which day of each month an interim ranking is made."""

    day = LineField(_l("Day of the month"), most=10)


def released_called(standing: Text, number: int) -> str:
    """What a released run is called in a list."""
    return str(_("%(standing)s, run %(number)s", standing=localized(standing), number=number))


def interim_called(made: date, number: int) -> str:
    """What an interim ranking is called in a list."""
    return str(_("Interim ranking of %(day)s, run %(number)s", day=day(made), number=number))
