"""Units of a year to choose from in a form."""

from __future__ import annotations

from collections.abc import Collection

from wtforms import SelectChoice

from assess.core.actors import Actor, Right
from assess.core.text import Text
from assess.services.years import Year
from assess.web.filters import localized


def unit_choices(year: Year) -> list[SelectChoice]:
    """The units of a year to choose from."""
    units = zip(year.units.codes, year.units.names, strict=True)
    return [SelectChoice(code, localized(name)) for code, name in units]


def units_to_ask_for(person: Actor, year: Year) -> list[SelectChoice]:
    """The units for which a person may ask for something: an official's own, all of them for others."""
    if person.may(Right.REVIEW):
        return [SelectChoice("", ""), *unit_choices(year)]
    return [SelectChoice(code, localized(year.name_of(code))) for code in year.units.codes if code in person.units]


def objects_to_ask_for(units: Collection[SelectChoice], year: Year) -> list[SelectChoice]:
    """The objects of some units, each with the units that it belongs to; none at first."""
    named = year.objects_of(choice.value for choice in units if choice.value)
    return [SelectChoice("", ""), *(SelectChoice(code, called(year, code, names)) for code, names in named.items())]


def called(year: Year, code: str, units: Collection[Text]) -> str:
    """An object with its units."""
    facts = {"object": year.objects.name_of(code), "units": Text.listed(map(localized, units))}
    return localized(Text("{object}（{units}）", "{object} ({units})").format(**facts))
