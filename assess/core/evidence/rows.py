"""The rows of a sheet: which unit and period each is about, and which are not read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from assess.core.evidence.heads import SheetHeadings
from assess.core.evidence.names import ColumnRole, is_total, plain_heading
from assess.core.evidence.pages import At, EvidencePage, Notes
from assess.core.figures.period_words import of_kind, read_label
from assess.core.figures.periods import PeriodLabel, year_label
from assess.core.naming import quoted
from assess.core.parsing import ParseError
from assess.core.tables import is_example
from assess.core.text import Text
from assess.core.units.unit_list import UnitNames

NO_UNIT = Text("本行有数据而没有单位，请填写单位。", "This row has values but no unit. Enter the unit.")
TWO_UNITS = Text(
    "本行的单位前后不一（{first}、{second}），请改为同一单位。",
    "This row names two units ({first}, {second}). Make both the same.",
)
SAME_ROW = Text(
    "{unit}出现两次，在第{before}行和第{row}行，请只保留一行。",
    "{unit} appears twice, in rows {before} and {row}. Keep one.",
)
SAME_ROW_OF_PERIOD = Text(
    "{unit}的{period}出现两次，在第{before}行和第{row}行，请只保留一行。",
    "{unit} appears twice for {period}, in rows {before} and {row}. Keep one.",
)
TOTAL_LEFT_OUT = Text("“{text}”是汇总行，未读取。", "“{text}” is a total of other rows and was left out.")
MERGED = Text(
    "数据区有合并单元格，请取消合并并逐格填写。", "Cells with data are merged. Unmerge them and fill in each."
)
NO_HEADING = Text(
    "本列有单位的数据而没有表头，请补上表头，或删去。",
    "This column has values but no heading. Add one, or delete the column.",
)


class EvidenceRow(NamedTuple):
    """A row that is read: its number and texts, the place of its unit, its period; None where one is not known."""

    number: int
    cells: Mapping[int, str]
    unit: int | None
    label: PeriodLabel | None
    is_repeated: bool = False


@dataclass(kw_only=True, eq=False)
class EvidenceRowReader:
    """Finds the unit and the period of each row of one sheet."""

    page: EvidencePage
    heads: SheetHeadings
    names: UnitNames
    year: int
    notes: Notes
    warnings: Notes

    def __post_init__(self) -> None:
        """Sort the columns."""
        self.unit_columns = self.heads.of(ColumnRole.UNIT)
        self.period_column = next(iter(self.heads.of(ColumnRole.PERIOD)), None)
        self.period_heading = (
            "" if self.period_column is None else plain_heading(self.heads.line[self.period_column].text)
        )
        self.read_units: dict[str, int | ParseError] = {}
        self.read_labels: dict[str, PeriodLabel | ParseError] = {}

    def rows(self, columns: Iterable[int]) -> list[EvidenceRow]:
        """The rows that hold something in one of these columns, totals and examples left out."""
        wanted = frozenset(columns)
        page = self.page
        all_below = page.below(self.heads.start, self.heads.last)
        unfit = {row for row, column in page.unfit if column in wanted}
        held = [
            (number, cells)
            for number, cells in all_below
            if (not wanted.isdisjoint(cells) or number in unfit) and not self.is_left_out(number, cells)
        ]
        covered = self.merged_cells([number for number, _ in held], wanted)
        rows = [
            EvidenceRow(number, cells, self.unit(number, cells, covered), self.label(number, cells, covered))
            for number, cells in held
        ]
        self.note_unfit({number for number, _ in held}, wanted)
        self.note_bare_columns(all_below)
        return rows

    def is_left_out(self, number: int, cells: Mapping[int, str]) -> bool:
        """Whether a row is an example or sums up others, which is said."""
        if is_example(cells.values()):
            return True
        for column in (*self.unit_columns, *self.heads.of(ColumnRole.BESIDE)):
            text = cells.get(column, "")
            if text and is_total(text) and isinstance(self.found_unit(text), ParseError):
                self.warnings.cell(self.page, number, column, TOTAL_LEFT_OUT, text=quoted(text))
                return True
        return False

    def found_unit(self, text: str) -> int | ParseError:
        """The place of the unit that a text names."""
        if text not in self.read_units:
            self.read_units[text] = self.names.find(text)
        return self.read_units[text]

    def unit(self, number: int, cells: Mapping[int, str], covered: frozenset[At]) -> int | None:
        """The unit of a row; what is wrong is noted."""
        found = self.units_in(cells)
        places = [(column, each) for column, each in found.items() if not isinstance(each, ParseError)]
        for column, each in found.items():
            if isinstance(each, ParseError):
                self.notes.cell(self.page, number, column, each.what)
        at = [(number, column) for column in self.unit_columns]
        if not found and not any(each in covered or each in self.page.unfit for each in at):
            self.notes.cell(self.page, number, self.unit_columns[-1], NO_UNIT)
        if len(places) < len(found) or not places:
            return None
        units = self.names.units.names
        for column, each in places[1:]:
            if each != places[0][1]:
                self.notes.cell(self.page, number, column, TWO_UNITS, first=units[places[0][1]], second=units[each])
                return None
        return places[0][1]

    def units_in(self, cells: Mapping[int, str]) -> dict[int, int | ParseError]:
        """The unit that each column names; a name of several units is that of the unit beside it, if it is one."""
        found = {column: self.found_unit(cells[column]) for column in self.unit_columns if column in cells}
        certain = next((each for each in found.values() if not isinstance(each, ParseError)), None)
        if certain is None:
            return found
        return {
            column: certain if isinstance(each, ParseError) and self.names.may_mean(cells[column], certain) else each
            for column, each in found.items()
        }

    def label(self, number: int, cells: Mapping[int, str], covered: frozenset[At]) -> PeriodLabel | None:
        """The period of a row, the whole year where none is written; what is wrong is noted."""
        column = self.period_column
        if column is None or column not in cells:
            at = (number, column or 0)
            return None if at in covered or at in self.page.unfit else year_label(self.year)
        text = of_kind(cells[column], self.period_heading)
        if text not in self.read_labels:
            self.read_labels[text] = read_label(text, self.year)
        found = self.read_labels[text]
        if isinstance(found, ParseError):
            self.notes.cell(self.page, number, column, found.what)
            return None
        return found

    def merged_cells(self, numbers: list[int], columns: frozenset[int]) -> frozenset[At]:
        """The cells of units and periods that lie under a merged area; where one holds data it is noted."""
        keys = [*self.unit_columns, *([] if self.period_column is None else [self.period_column])]
        used = columns.union(keys)
        texts = dict(self.page.rows[self.heads.start :])
        changes = {column: [0] * (len(numbers) + 1) for column in keys}
        for (top, left), (bottom, right) in sorted(set(self.page.merged)):
            first, end = bisect_left(numbers, top), bisect_left(numbers, bottom + 1)
            holds = left in texts.get(top, ()) or (top, left) in self.page.unfit
            if first < end and bottom > self.heads.last and holds and any(left <= each <= right for each in used):
                self.notes.cell(self.page, top, left, MERGED)
                for column in (each for each in keys if left <= each <= right):
                    changes[column][first] += 1
                    changes[column][end] -= 1
        return frozenset(
            (numbers[place], column)
            for column in keys
            for place, depth in enumerate(accumulate(changes[column][:-1]))
            if depth
        )

    def note_unfit(self, numbers: set[int], columns: frozenset[int]) -> None:
        """Note cells without a usable value in the rows that are read, and in the headings over them."""
        used = columns.union(self.unit_columns, self.heads.of(ColumnRole.PERIOD))
        headed = self.heads.last
        for (row, column), why in self.page.unfit.items():
            if (row in numbers and column in used) or (row == headed and column not in self.heads.line):
                self.notes.cell(self.page, row, column, why)

    def note_bare_columns(self, rows: list[tuple[int, Mapping[int, str]]]) -> None:
        """Note the first value that stands beside a unit and under no heading."""
        headed = set(self.heads.line) | {column for row, column in self.page.unfit if row == self.heads.last}
        bare: set[int] = set()
        for number, cells in rows:
            for column in cells.keys() - headed - bare if len(cells) else ():
                if any(isinstance(self.found_unit(cells[at]), int) for at in self.unit_columns if at in cells):
                    bare.add(column)
                    self.notes.cell(self.page, number, column, NO_HEADING)


def repeated(rows: list[EvidenceRow], reader: EvidenceRowReader) -> list[EvidenceRow]:
    """The rows, those marked whose unit and period stood in an earlier row, which is noted."""
    before: dict[tuple[int, PeriodLabel], int] = {}
    marked: list[EvidenceRow] = []
    for row in rows:
        if row.unit is None or row.label is None:
            marked.append(row)
            continue
        first = before.setdefault((row.unit, row.label), row.number)
        marked.append(row._replace(is_repeated=first != row.number))
        if first != row.number:
            told = {"unit": reader.names.units.names[row.unit], "before": first, "row": row.number}
            what = SAME_ROW if row.label.is_year else SAME_ROW_OF_PERIOD
            reader.notes.cell(reader.page, row.number, unit_column(row, reader), what, **told, period=row.label)
    return marked


def unit_column(row: EvidenceRow, reader: EvidenceRowReader) -> int:
    """The column in which a row names its unit for people."""
    return [column for column in reader.unit_columns if column in row.cells][-1]
