"""Lists that an office keeps as tables, such as people and leadership teams: their columns and rows by name."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assess.core.flaws import Flaw
from assess.core.naming import quoted
from assess.core.schema import hint
from assess.core.sources import Source
from assess.core.tables import Table, heading_key
from assess.core.text import Text

NO_COLUMN = Text("没有“{zh}”这一列，请加上该表头。", "There is no column “{name}”. Add this heading.")
UNKNOWN_COLUMN = Text("没有“{text}”这一列。{hint}", "There is no column “{text}”. {hint}")
BLANK = Text("缺少“{zh}”，请填写。", "“{name}” is missing. Enter it.")
NO_ROWS = Text("表中没有内容，请每行填写一条。", "The list is empty. Enter one in each row.")
REMARKS: Final = ("备注", "说明", "序号", "remark", "note", "no.")
"""Headings that begin so are for the office's own use."""

Headings = Mapping[str, Sequence[str]]
"""What each column may be called, by its name; its Chinese heading comes second."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row of a list."""

    table: Table
    columns: Mapping[str, int]
    number: int

    def text(self, name: str) -> str:
        """What stands in a column, "" where nothing does."""
        column = self.columns.get(name)
        return "" if column is None else self.table.columns[column][self.number]

    def place(self, name: str) -> Source:
        """Where that stands; the first cell of the row where there is no such column."""
        return self.table.places(self.number, self.columns.get(name, 0))


def rows_of(
    table: Table, headings: Headings, required: Collection[str], flaws: list[Flaw], *, said_by: Collection[str] = ()
) -> list[ListRow]:
    """The rows that say something; missing and unknown columns and blank required cells are reported.

    There are none where a required column is missing. A row says something when one of the columns `said_by`, or of
    all where none is named, has text.
    """
    found = {name: table.column_called(ways) for name, ways in headings.items()}
    columns = {name: column for name, column in found.items() if column is not None}
    missing = [name for name in required if name not in columns]
    flaws += [Flaw(table.whole, NO_COLUMN, {"name": name, "zh": headings[name][1]}) for name in missing]
    flaws += unknown_columns(table, set(columns.values()), headings)
    if missing:
        return []
    rows = [ListRow(table, columns, number) for number in range(len(table))]
    filled = [row for row in rows if any(row.text(name) for name in said_by or columns)]
    flaws += [flaw for row in filled for flaw in blank_cells(row, headings, required)]
    if not filled:
        flaws.append(Flaw(table.whole, NO_ROWS))
    return filled


def unknown_columns(table: Table, known: set[int], headings: Headings) -> Iterator[Flaw]:
    """A flaw for each heading that is none of the list's and no remark."""
    for number, heading in enumerate(table.headings):
        plain = heading_key(heading.name)
        if number not in known and not plain.startswith(REMARKS):
            facts = {"text": quoted(heading.name), "hint": hint(plain, tuple(headings))}
            yield Flaw(heading.source, UNKNOWN_COLUMN, facts)


def blank_cells(row: ListRow, headings: Headings, required: Collection[str]) -> list[Flaw]:
    """A flaw for each required cell without text, unless another flaw already says what was wrong with it."""
    told = {flaw.where for flaw in row.table.flaws}
    blank = [name for name in required if not row.text(name) and row.place(name) not in told]
    return [Flaw(row.place(name), BLANK, {"name": name, "zh": headings[name][1]}) for name in blank]
