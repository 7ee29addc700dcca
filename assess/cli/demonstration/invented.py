"""Units that do not exist, for trials of years larger than the district: their names say so in both languages."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, Final

RULES: Final = Path(__file__).parents[3] / "rules"
GENERATOR: Final = RULES / "demonstration.py"
"""What drew the shipped figures draws those of the invented units."""
CODES: Final = 999_990_000
"""No division of the country has a code that begins like this."""
STRIDE: Final = 5
"""Streets come first in the list: every fifth unit is the next pattern."""
NAMES: Final = {
    "street": ("虚构{number:03d}街道", "Invented Subdistrict {number:03d}"),
    "township": ("虚构{number:03d}地区", "Invented Area {number:03d}"),
}

Row = dict[str, str]


@cache
def generator() -> Any:
    """The program beside the rule sheets that draws figures."""
    spec = spec_from_file_location("rules_demonstration", GENERATOR)
    assert spec is not None
    assert spec.loader is not None
    sys.modules[spec.name] = module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def invented_units(real: list[Row], number: int) -> list[tuple[Row, str]]:
    """So many rows of units, each with the code of a real one that it takes its attributes and tasks from."""
    patterns = [row for row in real if row["airport"] == "no"]
    chosen = [(place + 1, patterns[STRIDE * place % len(patterns)]) for place in range(number)]
    return [(invented_unit(pattern, number), pattern["unit"]) for number, pattern in chosen]


def invented_unit(pattern: Row, number: int) -> Row:
    """One row of a unit that does not exist."""
    name_zh, name_en = (name.format(number=number) for name in NAMES[pattern["kind"]])
    return {**pattern, "unit": str(CODES + number), "name_zh": name_zh, "name_en": name_en, "alias": ""}


def invented_figures(tasks: str, units: list[Row], year: int) -> Iterator[tuple[str, str, str, str]]:
    """Unit, figure, period and value of each figure of the units in a year; what happens to one unit happens to none.

    Args:
        tasks: the task list that binds the units.
        units: their rows.
        year: the year.
    """
    draw = generator()
    known = draw.TASK.findall(tasks)
    ranges = draw.read_table(RULES / "demonstration.csv")
    events = {row["figure"]: row["value"] for row in draw.read_table(RULES / "demonstration-events.csv")}
    nothing = {figure: "no" if happens == "yes" else "0" for figure, happens in events.items() if happens}
    for row in units:
        unit = draw.Unit(row, {no: domain for no, domain, to in known if draw.falls_to(to, row)})
        drawn = [value for value in draw.figures_of(unit, year, ranges) if value[0] not in nothing]
        for figure, period, value in (*drawn, *((figure, "", value) for figure, value in nothing.items())):
            yield row["unit"], figure, period, value
