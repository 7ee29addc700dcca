"""The units and departments that people can be tied to, as the newest year that has any calls them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assess.core.actors import Actor
from assess.core.errors import Refused
from assess.core.text import Text
from assess.core.units.unit_list import UnitNames, Units
from assess.services.years import units_of, year_of
from assess.store.queries.cycles import CycleRow, cycles_seen_by
from assess.store.session import Session


@dataclass(frozen=True, eq=False)
class PersonScope:
    """Units by code and departments by id, in the order of the year; `names` matches the names of units."""

    units: Mapping[str, Text] = field(default_factory=dict)
    departments: Mapping[str, Text] = field(default_factory=dict)
    names: UnitNames | None = None

    @property
    def listed(self) -> Units | None:
        """The units themselves."""
        return None if self.names is None else self.names.units

    def unit(self, code: str) -> Text:
        """What a unit is called; its code where the year does not know it."""
        return self.units.get(code) or Text.same(code)

    def department(self, name: str) -> Text:
        """What a department is called; its id where the year does not know it."""
        return self.departments.get(name) or Text.same(name)


def places_of(session: Session, actor: Actor) -> PersonScope:
    """Units and departments of the newest year that has units (a fixed number of queries for the same years)."""
    for cycle in cycles_seen_by(session, actor):
        units, names = units_of(session, cycle)
        if len(units):
            return PersonScope(dict(zip(units.codes, units.names, strict=True)), departments_of(session, cycle), names)
    return PersonScope()


def departments_of(session: Session, cycle: CycleRow) -> dict[str, Text]:
    """The departments of the published rule sheet; none before there is one."""
    try:
        departments = year_of(session, cycle).sheet.departments or {}
    except Refused:
        return {}
    return {name: each.title or Text.same(name) for name, each in departments.items()}
