"""What changes between two results as two tables to take away: the units, and the entries of the split."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from assess.core.numbers import printed
from assess.core.printed_tables import PrintedCell, PrintedColumn, PrintedTable, TableNumber, number
from assess.core.rules.nodes import walk
from assess.core.rules.sheet import RuleSheet, title_of
from assess.core.runs.exact_changes import ResultChanges, UnitChange
from assess.core.scorecard.result_tables import CODE, GROUP, STANDINGS, UNIT
from assess.core.scoring.splitting import EntryKind
from assess.core.text import Text

UNITS: Final = Text("单位", "Units")
ENTRIES: Final = Text("总分变化原因", "Causes of changes")
COMPARED: Final = Text("{old}（{was}）→ {new}（{now}）", "{old} ({was}) → {new} ({now})")
CHANGE: Final = Text("变化", "Change")
KIND: Final = Text("类型", "Type")
NODE: Final = Text("编号", "ID")
TITLE: Final = Text("名称", "Title")
UNIT_COLUMNS: Final = (PrintedColumn(CODE, 12), PrintedColumn(UNIT, 20), PrintedColumn(GROUP, 12))
OF_UNITS: Final = (
    PrintedColumn(Text("原总分", "Old total"), 9), PrintedColumn(Text("新总分", "New total"), 9),
    PrintedColumn(CHANGE, 10),
    PrintedColumn(Text("原名次", "Old rank"), 8), PrintedColumn(Text("新名次", "New rank"), 8),
    PrintedColumn(Text("名次变化：自身得分", "Rank change: own total"), 12),
    PrintedColumn(Text("名次变化：其他单位", "Rank change: other units"), 12),
    PrintedColumn(Text("原等次", "Old grade"), 10), PrintedColumn(Text("新等次", "New grade"), 10),
    PrintedColumn(Text("原状态", "Old state"), 12), PrintedColumn(Text("新状态", "New state"), 12),
)  # fmt: skip
OF_ENTRIES: Final = (
    PrintedColumn(KIND, 30),
    PrintedColumn(NODE, 20),
    PrintedColumn(TITLE, 40),
    PrintedColumn(CHANGE, 12),
)
STATES: Final = {
    "scored": Text("计分", "scored"),
    "blocked": Text("缺数据，暂无总分", "no total: data missing"),
    "not-scored": Text("未计分", "not scored"),
    "no-group": Text("未分组", "in no group"),
}
KINDS: Final = {
    EntryKind.ITEM: Text("考核项", "item"),
    EntryKind.SECTION: Text("类别上下限、更正和四舍五入", "caps, corrections and rounding of a section"),
    EntryKind.ADJUSTMENT: Text("加分、扣分和总分封顶", "bonus, deduction or cap"),
    EntryKind.BOUNDS: Text("总分上下限", "cap and floor of the total"),
    EntryKind.ROUNDING: Text("总分四舍五入", "rounding of the total"),
}
FROZEN: Final = 2


@dataclass(frozen=True, slots=True)
class ChangeTables:
    """Makes the two tables."""

    changes: ResultChanges
    groups: Mapping[str, Text]
    grades: Mapping[str, Text]
    entries: Mapping[str, Text]

    @classmethod
    def of(cls, changes: ResultChanges) -> ChangeTables:
        """With what things are called in the new sheet, else in the old."""
        sheets = changes.old.inputs.sheet, changes.new.inputs.sheet
        return cls(
            changes,
            groups=titles(sheets, lambda sheet: sheet.groups or ()),
            grades=titles(sheets, lambda sheet: sheet.grades or ()),
            entries=titles(sheets, lambda sheet: (*walk(sheet.items), *sheet.adjustments)),
        )

    def made(self) -> tuple[PrintedTable, PrintedTable]:
        """The units, and the entries of the split."""
        every = self.changes.units
        return (
            self.table(UNITS, (*UNIT_COLUMNS, *OF_UNITS), [self.unit_row(unit) for unit in every]),
            self.table(ENTRIES, (*UNIT_COLUMNS, *OF_ENTRIES), [row for unit in every for row in self.entry_rows(unit)]),
        )

    def table(
        self, name: Text, columns: Sequence[PrintedColumn], rows: Sequence[Sequence[PrintedCell]]
    ) -> PrintedTable:
        """A table that says which sheets are compared, and whether one is no final rule."""
        old, new = self.changes.old.inputs.sheet, self.changes.new.inputs.sheet
        title = COMPARED.format(old=old.title, was=old.year, new=new.title, now=new.year)
        marks = dict.fromkeys(STANDINGS[each.standing] for each in (old, new) if each.standing in STANDINGS)
        return PrintedTable(name, title, tuple(marks), columns, rows, FROZEN)

    def unit_row(self, unit: UnitChange) -> list[PrintedCell]:
        """What changed for one unit."""
        was, now, split = unit.was, unit.now, unit.rank_split
        return [
            *self.unit_cells(unit), number(was.total), number(now.total), changed(unit.change),
            number(place(was.rank)), number(place(now.rank)),
            changed(split and split.own), changed(split and split.others),
            *(self.grades.get(each.grade or "") for each in (was, now)),
            *(STATES.get(each.state or "") for each in (was, now)),
        ]  # fmt: skip

    def entry_rows(self, unit: UnitChange) -> Iterator[list[PrintedCell]]:
        """What each entry changed for one unit."""
        for kind, id, change in unit.split:
            named = (None, None) if id is None else (Text.same(id), self.entries[id])
            yield [*self.unit_cells(unit), KINDS[kind], *named, changed(change)]

    def unit_cells(self, unit: UnitChange) -> list[PrintedCell]:
        """Code, name and group of a unit."""
        for results in (self.changes.new, self.changes.old):
            known = results.inputs.units
            if unit.unit in known.places:
                return [Text.same(unit.unit), known.names[known.places[unit.unit]], self.groups.get(unit.group or "")]
        raise KeyError(unit.unit)


def titles(sheets: Iterable[RuleSheet], things: Callable[[RuleSheet], Iterable[Any]]) -> dict[str, Text]:
    """What groups, grades or the like are called; a later sheet goes before an earlier one."""
    return {thing.id: title_of(thing, thing.id) for sheet in sheets for thing in things(sheet)}


def changed(change: Fraction | None) -> TableNumber | None:
    """A change with its sign; a blank for none."""
    return None if change is None else TableNumber(printed(change), is_change=True)


def place(rank: Fraction | None) -> str | None:
    """A rank as it is printed."""
    return None if rank is None else printed(rank)
