"""Approved exemptions: items that do not apply to one unit, each with its reason and who approved it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assess.core.flaws import Flaw
from assess.core.naming import Guesses, quoted
from assess.core.parsing import ParseError, wrong
from assess.core.rules.sheet import RuleSheet, all_items, all_nodes
from assess.core.sources import Source
from assess.core.tables import Table
from assess.core.text import Text
from assess.core.units.unit_list import UNIT, UnitNames, Units

NO_COLUMN = Text("没有“{name}”这一列，请在首行加上该表头。", "There is no column “{name}”. Add this heading.")
BLANK = Text(
    "缺少“{name}”，不涉及事项的四栏均须填写。", "“{name}” is missing. Fill in all four columns of an exemption."
)
NOT_AN_ITEM = Text(
    "“{text}”是考核类别，不能登记不涉及，请逐项填写考核项。", "“{text}” is a section. Enter its items one by one."
)
UNKNOWN_ITEM = Text("没有编号为“{text}”的考核项，请核对评分表。", "There is no item “{text}”. Check the rule sheet.")
PERHAPS = Text("没有编号为“{text}”的考核项。是否应为“{near}”？", "There is no item “{text}”. Did you mean “{near}”?")
TWICE = Text("“{unit}”的“{item}”重复登记不涉及，请只保留一行。", "{unit} has two exemptions from {item}. Keep one row.")

HEADINGS: Final[dict[str, Sequence[str]]] = {
    "unit": UNIT,
    "item": ("item", "考核项", "考核项编号"),
    "reason": ("reason", "理由", "原因"),
    "approver": ("approver", "批准人", "审批人"),
}


class ApprovedExemption(NamedTuple):
    """Why an item does not apply to a unit, who approved it, and where that is written."""

    reason: str
    approver: str
    source: Source


@dataclass(frozen=True, slots=True, eq=False)
class Exemptions:
    """All exemptions of a year, by item id and then by the place of the unit."""

    units: Units
    entries: Mapping[str, Mapping[int, ApprovedExemption]]

    def of(self, item: str) -> NDArray[np.bool_] | None:
        """Which units are exempt from an item; None where none is."""
        if item not in self.entries:
            return None
        mask = np.zeros(len(self.units), dtype=np.bool_)
        mask[list(self.entries[item])] = True
        return mask

    def entry(self, item: str, unit: int) -> ApprovedExemption | None:
        """The exemption of one unit from an item."""
        return self.entries.get(item, {}).get(unit)

    def alone(self, place: int, unit: Units) -> Exemptions:
        """The exemptions of one unit: the one at this place, which is alone in its list."""
        own = {item: {0: entries[place]} for item, entries in self.entries.items() if place in entries}
        return Exemptions(unit, own)

    def canonical(self) -> list[list[str]]:
        """What the table says, whatever the order of its rows."""
        return sorted(
            [self.units.codes[unit], item, entry.reason, entry.approver]
            for item, entries in self.entries.items()
            for unit, entry in entries.items()
        )


def read_exemptions(sheet: RuleSheet, units: Units, names: UnitNames, table: Table) -> tuple[Exemptions, list[Flaw]]:
    """The exemptions a table holds: unit, item, reason and approver, all filled; items, not sections; none twice."""
    flaws = list(table.flaws)
    found = {name: table.column_called(ways) for name, ways in HEADINGS.items()}
    flaws += [Flaw(table.whole, NO_COLUMN, {"name": name}) for name, column in found.items() if column is None]
    columns = {name: column for name, column in found.items() if column is not None}
    entries: dict[str, dict[int, ApprovedExemption]] = {}
    if len(columns) == len(HEADINGS):
        items = ItemIds(sheet)
        for row in range(len(table)):
            flaws += add_row(table, row, columns, names, items, entries=entries)
    return Exemptions(units, entries), flaws


class ItemIds:
    """The items of a sheet, by id."""

    def __init__(self, sheet: RuleSheet) -> None:
        self.items = frozenset(item.id for item in all_items(sheet))
        self.sections = frozenset(all_nodes(sheet)) - self.items
        self.guesses = Guesses(sorted(self.items))

    def find(self, text: str) -> str | ParseError:
        """The id of an item, or why it is none."""
        if text in self.items:
            return text
        if text in self.sections:
            return wrong(NOT_AN_ITEM, text)
        near = self.guesses.nearest(text)
        return wrong(UNKNOWN_ITEM, text) if near is None else wrong(PERHAPS, text, near=near)


def add_row(
    table: Table,
    row: int,
    columns: Mapping[str, int],
    names: UnitNames,
    items: ItemIds,
    *,
    entries: dict[str, dict[int, ApprovedExemption]],
) -> list[Flaw]:
    """Add the exemption of one row, or say what is wrong with it."""
    texts = {name: table.columns[column][row] for name, column in columns.items()}
    places = {name: table.places(row, column) for name, column in columns.items()}
    flaws = [Flaw(places[name], BLANK, {"name": name}) for name, text in texts.items() if not text]
    unit = names.find(texts["unit"]) if texts["unit"] else None
    item = items.find(texts["item"]) if texts["item"] else None
    flaws += [Flaw(places["unit"], unit.what)] if isinstance(unit, ParseError) else []
    flaws += [Flaw(places["item"], item.what)] if isinstance(item, ParseError) else []
    if flaws or not isinstance(unit, int) or not isinstance(item, str):
        return flaws
    if unit in entries.setdefault(item, {}):
        return [Flaw(places["item"], TWICE, {"unit": names.units.names[unit], "item": quoted(item)})]
    entries[item][unit] = ApprovedExemption(texts["reason"], texts["approver"], places["unit"])
    return []
