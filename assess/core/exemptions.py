"""Approved exemptions: items that do not apply to one unit, each with its reason and who approved it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assess.core.figures.periods import periods_of
from assess.core.flaws import Flaw
from assess.core.naming import Guesses, quoted
from assess.core.parsing import ParseError, wrong
from assess.core.rules.figure import PERIOD_AXES
from assess.core.rules.sheet import RuleSheet, all_items, all_nodes
from assess.core.sources import Source
from assess.core.tables import Table
from assess.core.text import Text
from assess.core.units.objects import PartName, UnitObjects
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

NO_SUCH_PART = Text(
    "{unit}的考核项“{item}”没有“{text}”这一期或这一对象，请修改或留空。",
    "The item “{item}” has no part “{text}” for {unit}. Change it or leave it empty.",
)
PART: Final = ("part", "部分", "期间或对象", "期间", "对象")
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
    """All exemptions of a year, by item id and then by the place of the unit, or by the part that is exempt.

    A part without object or period stands for all parts of that period or object.
    """

    units: Units
    entries: Mapping[str, Mapping[int, ApprovedExemption]]
    parts: Mapping[str, Mapping[PartName, ApprovedExemption]] = field(default_factory=dict)

    def of(self, item: str) -> NDArray[np.bool_] | None:
        """Which units are exempt from an item; None where none is."""
        if item not in self.entries:
            return None
        mask = np.zeros(len(self.units), dtype=np.bool_)
        mask[list(self.entries[item])] = True
        return mask

    def of_parts(self, item: str, parts: Sequence[PartName]) -> NDArray[np.bool_]:
        """Which of these parts of units are exempt from an item that is scored by parts."""
        exempt = self.parts.get(item, {})
        if not exempt:
            return np.zeros(len(parts), dtype=np.bool_)
        return np.array([any(each in exempt for each in wider(part)) for part in parts], dtype=np.bool_)

    def of_part(self, item: str, part: PartName) -> ApprovedExemption | None:
        """The exemption that takes one part out of an item; None where none does."""
        exempt = self.parts.get(item, {})
        return next((exempt[each] for each in wider(part) if each in exempt), None)

    def entry(self, item: str, unit: int) -> ApprovedExemption | None:
        """The exemption of one unit from an item."""
        return self.entries.get(item, {}).get(unit)

    def alone(self, place: int, unit: Units) -> Exemptions:
        """The exemptions of one unit: the one at this place, which is alone in its list."""
        own = {item: {0: entries[place]} for item, entries in self.entries.items() if place in entries}
        parts = {
            item: {part._replace(unit=0): entry for part, entry in entries.items() if part.unit == place}
            for item, entries in self.parts.items()
        }
        return Exemptions(unit, own, parts)

    def canonical(self) -> list[list[str]]:
        """What the table says, whatever the order of its rows."""
        whole = [
            [self.units.codes[unit], item, entry.reason, entry.approver]
            for item, entries in self.entries.items()
            for unit, entry in entries.items()
        ]
        parts = [
            [self.units.codes[part.unit], item, entry.reason, entry.approver, part.object or "", part.period or ""]
            for item, entries in self.parts.items()
            for part, entry in entries.items()
        ]
        return sorted([*whole, *parts])


def wider(part: PartName) -> tuple[PartName, ...]:
    """The part, and what stands for all parts of its object or of its period."""
    return (part, part._replace(period=None), part._replace(object=None))


def read_exemptions(
    sheet: RuleSheet, units: Units, names: UnitNames, table: Table, objects: UnitObjects | None = None
) -> tuple[Exemptions, list[Flaw]]:
    """The exemptions a table holds: unit, item, reason and approver, all filled; items, not sections; none twice.

    A column `part` may name a period, an object or both of an item that is scored by parts.
    """
    reader = ExemptionReader(sheet, units, names, table, UnitObjects(units) if objects is None else objects)
    return reader.exemptions(), reader.flaws


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


class ExemptionReader:
    """Reads one table of exemptions, and collects what is wrong with it."""

    def __init__(self, sheet: RuleSheet, units: Units, names: UnitNames, table: Table, objects: UnitObjects) -> None:
        self.units = units
        self.names = names
        self.table = table
        self.items = ItemIds(sheet)
        self.parts = PartFinder(sheet, objects)
        found = {name: table.column_called(ways) for name, ways in HEADINGS.items()}
        lacking = [name for name, column in found.items() if column is None]
        self.flaws = [*table.flaws, *(Flaw(table.whole, NO_COLUMN, {"name": name}) for name in lacking)]
        self.columns = {} if lacking else {name: column for name, column in found.items() if column is not None}
        self.part = table.column_called(PART)

    def exemptions(self) -> Exemptions:
        """All exemptions of the table; rows with flaws are left out."""
        entries: dict[str, dict[int, ApprovedExemption]] = {}
        parts: dict[str, dict[PartName, ApprovedExemption]] = {}
        for row in range(len(self.table)) if self.columns else ():
            read = self.read_row(row)
            if read is None:
                continue
            item, part, entry = read
            is_whole = part == PartName(part.unit, None, None)
            if part.unit in entries.get(item, {}) if is_whole else part in parts.get(item, {}):
                self.note(row, "item", TWICE, unit=self.units.names[part.unit], item=quoted(item))
            elif is_whole:
                entries.setdefault(item, {})[part.unit] = entry
            else:
                parts.setdefault(item, {})[part] = entry
        return Exemptions(self.units, entries, parts)

    def note(self, row: int, heading: str, what: Text, **facts: object) -> None:
        """Note what is wrong with a cell."""
        self.flaws.append(Flaw(self.table.places(row, self.columns[heading]), what, facts))

    def read_row(self, row: int) -> tuple[str, PartName, ApprovedExemption] | None:
        """Item, unit or part, and the exemption of one row; None after a flaw."""
        before = len(self.flaws)
        texts = {name: self.table.columns[column][row] for name, column in self.columns.items()}
        for name in (name for name, text in texts.items() if not text):
            self.note(row, name, BLANK, name=name)
        unit = self.names.find(texts["unit"]) if texts["unit"] else -1
        item = self.items.find(texts["item"]) if texts["item"] else ""
        for name, found in (("unit", unit), ("item", item)):
            if isinstance(found, ParseError):
                self.note(row, name, found.what)
        if len(self.flaws) > before or isinstance(unit, ParseError) or isinstance(item, ParseError):
            return None
        part = self.part_of_row(row, item, unit)
        entry = ApprovedExemption(texts["reason"], texts["approver"], self.table.places(row, self.columns["unit"]))
        return None if part is None else (item, part, entry)

    def part_of_row(self, row: int, item: str, unit: int) -> PartName | None:
        """The part that a row names, the whole unit where it names none; None after a flaw."""
        text = "" if self.part is None else self.table.columns[self.part][row]
        part = self.parts.find(item, unit, text) if text else PartName(unit, None, None)
        if part is None and self.part is not None:
            facts = {"text": quoted(text), "item": quoted(item), "unit": self.units.names[unit]}
            self.flaws.append(Flaw(self.table.places(row, self.part), NO_SUCH_PART, facts))
        return part


class PartFinder:
    """Finds the part of a unit that a text names: a period, an object, or both with a blank between them."""

    def __init__(self, sheet: RuleSheet, objects: UnitObjects) -> None:
        self.axes = {item.id: item.by or () for item in all_items(sheet)}
        self.year = sheet.year
        self.objects = objects

    def find(self, item: str, unit: int, text: str) -> PartName | None:
        """The part, or None where the item and the unit have no such part."""
        periods, kinds = self.axes_of(item)
        code, _, label = text.rpartition(" ") if periods and kinds else (text, "", text)
        ways = [(text, None), (None, text), (code, label)] if periods and kinds else [(text, None), (None, text)]
        for each, period in ways:
            has_object = each is None or any(each in self.objects.codes_of_unit(kind, unit) for kind in kinds)
            if has_object and (period is None or period in periods):
                return PartName(unit, each, period)
        return None

    def axes_of(self, item: str) -> tuple[frozenset[str], tuple[str, ...]]:
        """The labels of the periods of an item, and its kind of objects."""
        axes = self.axes[item]
        periods = [
            str(each) for axis in axes if axis in PERIOD_AXES for each in periods_of(PERIOD_AXES[axis], self.year)
        ]
        return frozenset(periods), tuple(axis for axis in axes if axis not in PERIOD_AXES)
