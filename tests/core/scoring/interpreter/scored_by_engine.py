"""A world of plain values given to the engine as tables, and its result as the JSON file holds it."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

from assess.core.exemptions import read_exemptions
from assess.core.explanations.lines import ResultLines
from assess.core.figures import read_figures
from assess.core.figures.period_words import read_label
from assess.core.figures.periods import PeriodLabel
from assess.core.flaws import Flaw
from assess.core.numbers import printed
from assess.core.rules.checking import check_sheet
from assess.core.scoring.inputs import ScoringInputs
from assess.core.scoring.run import score
from assess.core.tables import Table, given_table
from assess.core.units.objects import read_objects
from assess.core.units.unit_list import UnitNames, read_units
from assess.files.results import unit_texts
from assess.files.rule_sheets import sheet_of_tree
from tests.core.scoring.interpreter.places import YEAR, Given, Known, Tree, World


def scored_by_engine(world: World) -> list[Tree]:
    """Every unit of the JSON result."""
    return [json.loads(text) for text in unit_texts(ResultLines(score(inputs_of_world(world))))]


def inputs_of_world(world: World) -> ScoringInputs:
    """What the engine reads from the tables of a world, none of which has a flaw."""
    flaws: list[Flaw] = []
    sheet = sheet_of_tree(world.tree, flaws)
    units, found = read_units(unit_table(world))
    names = UnitNames(units)
    objects, more = read_objects(units, names, object_table(world))
    flaws += [*found, *more]
    kinds = {kind: each.kinds for kind, each in objects.kinds.items()}
    check_sheet(sheet, flaws, tree=world.tree, attributes=units.kinds, objects=kinds)
    tables = []
    for back, given in enumerate(world.tables):
        assert given is not None
        table = figure_table(world, given, world.year - back)
        read, found = read_figures(sheet, units, names, table, world.year - back, objects=objects)
        tables.append(read)
        flaws += found
    exemptions, found = read_exemptions(sheet, units, names, exemption_table(world), objects)
    through = last_period(world)
    told = [flaw.localized("en") for flaw in [*flaws, *found]]
    assert not told, told
    return ScoringInputs(
        sheet, units, tables[0] if through is None else tables[0].through(through), tables[1] if tables[1:] else None,
        None, exemptions, tuple(tables[2:]), objects, through,
    )  # fmt: skip


def last_period(world: World) -> PeriodLabel | None:
    """The last month that counts, where not all do."""
    label = None if world.through == 12 else read_label(f"{world.year}-{world.through:02}", world.year)
    assert label is None or isinstance(label, PeriodLabel)
    return label


def unit_table(world: World) -> Table:
    """The units file."""
    headings = list(dict.fromkeys(name for unit in world.units.values() for name in unit))
    rows = [[code, *(cell(name, unit[name]) for name in headings)] for code, unit in world.units.items()]
    return table_of(["unit", *headings], rows)


def object_table(world: World) -> Table:
    """The objects file."""
    headings = list(dict.fromkeys(name for row in world.objects for name in row.attributes))
    rows = [
        [row.kind, row.code, row.unit, *(cell(name, row.attributes[name]) for name in headings)]
        for row in world.objects
    ]
    return table_of(["kind", "object", "unit", *headings], rows)


def figure_table(world: World, given: Given, year: int) -> Table:
    """A long figures file."""
    figures: Any = world.tree["figures"]
    rows = []
    for (name, owner, period), value in given.items():
        of_unit = "of" not in figures[name]
        text = cell("has_" if figures[name]["kind"] == "yes-no" else name, value)
        label = "" if period == YEAR else period.label(year)
        rows.append([owner if of_unit else "", "" if of_unit else owner, name, label, text])
    headings = ["unit", "object", "figure", "period", "value"]
    if "objects" in world.tree:
        return table_of(headings, rows)
    return table_of([headings[0], *headings[2:]], [[unit, *others] for unit, _, *others in rows])


def exemption_table(world: World) -> Table:
    """The exemptions file."""
    rows = [[unit, item, "no river", "the bureau", part] for unit, item, part in world.exemptions]
    return table_of(["unit", "item", "reason", "approver", "part"], rows)


def table_of(headings: list[str], rows: list[list[str]]) -> Table:
    """Rows that no document holds."""
    return given_table(headings, rows, "a test", [str(row) for row in rows])


def cell(name: str, value: Known) -> str:
    """A value as a file holds it."""
    if isinstance(value, Fraction):
        return ("yes" if value else "no") if name.startswith("has_") else printed(value)
    return value or ""
