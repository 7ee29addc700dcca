"""Units that change their name in the course of time: called so from a day on, under the same code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from assess.core.flaws import Flaw
from assess.core.listing import rows_of
from assess.core.parsing import ParseError, read_date
from assess.core.tables import Table
from assess.core.text import Text
from assess.core.units.unit_list import UNIT, UnitNames

TWICE = Text("“{unit}”在{day}更名了两次，请只保留一行。", "{unit} changes its name twice on {day}. Keep one row.")
RENAMED_ON: Final = ("renamed_on", "更名日期")
HEADINGS: Final = {
    "unit": ("unit", "单位代码", *UNIT),
    "name_zh": ("new_name_zh", "新名称", "新中文名称"),
    "name_en": ("new_name_en", "新英文名称"),
    "renamed_on": RENAMED_ON,
}
REQUIRED: Final = ("unit", "name_zh", "renamed_on")


@dataclass(frozen=True, slots=True)
class Rename:
    """What a unit is called from a day on."""

    unit: str
    name: Text
    on: date


def name_on(day: date, unit: str, name: Text, renames: Iterable[Rename]) -> Text:
    """What a unit is called on a day: the latest name by then, else the name of the list."""
    past = [each for each in renames if each.unit == unit and each.on <= day]
    return max(past, key=lambda each: each.on).name if past else name


def read_renames(table: Table, names: UnitNames) -> tuple[list[Rename], list[Flaw]]:
    """The renames a table holds, by unit and day; every flaw at its cell."""
    flaws = list(table.flaws)
    renames: dict[tuple[str, date], Rename] = {}
    for row in rows_of(table, HEADINGS, REQUIRED, flaws):
        unit = names.find(row.text("unit")) if row.text("unit") else None
        day = read_date(row.text("renamed_on")) if row.text("renamed_on") else None
        read = {"unit": unit, "renamed_on": day}
        flaws += [Flaw(row.place(name), each.what) for name, each in read.items() if isinstance(each, ParseError)]
        if not isinstance(unit, int) or not isinstance(day, date) or not row.text("name_zh"):
            continue
        code = names.units.codes[unit]
        if (code, day) in renames:
            flaws.append(Flaw(row.place("renamed_on"), TWICE, {"unit": names.units.names[unit], "day": day}))
        name = Text(row.text("name_zh"), row.text("name_en") or row.text("name_zh"))
        renames.setdefault((code, day), Rename(code, name, day))
    return [renames[key] for key in sorted(renames)], flaws
