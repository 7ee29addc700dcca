"""The sheets of a file of findings, read row by row, with everything wrong in one pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from assess.core.evidence.heads import HEADING_ROWS
from assess.core.evidence.names import is_total
from assess.core.evidence.pages import EvidencePage, Notes
from assess.core.evidence.rows import MERGED, TOTAL_LEFT_OUT
from assess.core.finding_imports.found import FoundFindings, FoundRow
from assess.core.finding_imports.headings import (
    COLUMNS,
    REQUIRED,
    FindingHeadings,
    headings_of,
    heads_of,
    is_left_alone,
    meaning_of,
)
from assess.core.finding_imports.rows import Cells, FindingRowReader, ReadRow
from assess.core.naming import folded, quoted
from assess.core.sources import WorkbookCell
from assess.core.tables import is_example
from assess.core.text import Text

OF_A_COLUMN: Final = Text("{name}：{what}", "{name}: {what}")
NO_COLUMN: Final = Text(
    "缺少“{name}”一列（也可写作{ways}），请加上表头和内容。",
    "There is no column “{name}” (or {ways}). Add it with its values.",
)
NO_HEADINGS: Final = Text(
    "没有一张可见工作表的前{rows}行有表头，请在同一行写上“所属街乡”“问题类型”“问题描述”“问题地点”“发现日期”。",
    "No visible sheet has headings in its first {rows} rows. Enter unit, kind, what was "
    "found, place and found on in one row.",
)
NO_ROWS: Final = Text("没有填写任何问题，请每行填写一个问题。", "There are no findings. Enter one in each row.")
NOT_READ: Final = Text("以下各列没有读取：{names}", "These columns were left out: {names}.")
SHEET_LEFT_OUT: Final = Text(
    "此表没有问题清单的表头，未读取。", "This sheet has no headings of findings and was left out."
)
SAME_NUMBER: Final = Text(
    "编号“{text}”与{before}重复，同一事项请只保留一行；分派给几个单位的，请在编号后加-1、-2区分。",
    "The number “{text}” is already in {before}. Keep one row. If several units have it, "
    "add -1, -2 to tell them apart.",
)
SAME_FINDING: Final = Text(
    "与{before}的单位、类型、日期、地点和描述完全相同，请只保留一行。",
    "Unit, type, date, place and description are the same as in {before}. Keep one row.",
)
MAX_NAMED: Final = 12


def read_pages(pages: Sequence[EvidencePage], reader: FindingRowReader, *, is_template: bool) -> FoundFindings:
    """What the visible sheets of a file, at least one, say."""
    reading = Reading(pages, reader)
    for page in pages:
        reading.read(page, is_expected=not is_template)
    return reading.found(is_template=is_template)


class Reading:
    """Reads one sheet after the other and collects what is wrong."""

    def __init__(self, pages: Sequence[EvidencePage], reader: FindingRowReader) -> None:
        self.reader = reader
        self.notes, self.warnings = Notes(pages), Notes(pages)
        self.rows: list[FoundRow] = []
        self.headed: list[EvidencePage] = []
        self.filled = 0
        self.seen: dict[tuple[object, ...], WorkbookCell] = {}

    def found(self, *, is_template: bool) -> FoundFindings:
        """Everything that was found."""
        if not self.headed:
            self.notes.file(NO_HEADINGS, rows=HEADING_ROWS)
        elif not self.filled and not self.notes.flaws:
            self.notes.sheet(self.headed[0], NO_ROWS)
        return FoundFindings(self.rows, self.notes.flaws, self.warnings.flaws, is_template)

    def read(self, page: EvidencePage, *, is_expected: bool) -> None:
        """Read a sheet, if it has headings; it is said of one that has none where it was expected to."""
        heads = heads_of(page)
        if heads is None:
            if is_expected and page.rows:
                self.warnings.sheet(page, SHEET_LEFT_OUT)
            return
        self.headed.append(page)
        self.note_headings(page, heads)
        if all(name in heads.columns for name in REQUIRED):
            self.read_rows(page, heads)

    def note_headings(self, page: EvidencePage, heads: FindingHeadings) -> None:
        """Note columns that must be there, and say which are not read."""
        for name in REQUIRED:
            if name not in heads.columns:
                told = {"name": COLUMNS[name], "ways": headings_of(name)}
                self.notes.cell(page, heads.last, min(heads.line), NO_COLUMN, **told)
        others = [
            each.text
            for _, each in sorted(heads.line.items())
            if meaning_of(each.text) is None and not is_left_alone(each.text)
        ]
        if others:
            rest = ["…"] if len(others) > MAX_NAMED else []
            names = Text.listed([*map(quoted, others[:MAX_NAMED]), *rest])
            self.warnings.sheet(page, NOT_READ, names=names)

    def read_rows(self, page: EvidencePage, heads: FindingHeadings) -> None:
        """Read the rows below the headings."""
        below = page.below(heads.start, heads.last)
        self.note_merged(page, heads, [number for number, _ in below])
        for number, texts in below:
            cells, unfit = cells_of(heads, texts), unfit_of(page, heads, number)
            if self.is_row(page, number, texts, cells, unfit):
                self.filled += 1
                self.take(page, number, cells, self.reader.read(cells, unfit))

    def is_row(
        self, page: EvidencePage, number: int, texts: Mapping[int, str], cells: Cells, unfit: Mapping[str, Text]
    ) -> bool:
        """Whether a row is a finding: no example, no total, which is said, and not blank in all that it needs."""
        if is_example(texts.values()):
            return False
        first = next(iter(sorted(texts.items())), None)
        if first and not cells.texts.get("what") and not cells.texts.get("place") and is_total(first[1]):
            self.warnings.cell(page, number, first[0], TOTAL_LEFT_OUT, text=quoted(first[1]))
            return False
        return any(cells.texts.get(name) or name in unfit for name in REQUIRED)

    def take(self, page: EvidencePage, number: int, cells: Cells, row: ReadRow) -> None:
        """Take a row that is sound; note what is wrong with one that is not."""
        for name, what in row.wrong.items():
            column = cells.columns.get(name) or cells.columns["unit"]
            self.notes.cell(page, number, column, OF_A_COLUMN.format(name=COLUMNS[name], what=what))
        self.note_repeated(page, number, cells, row)
        if row.read is not None:
            self.rows.append(FoundRow(page.name, number, row.external, row.read))

    def note_repeated(self, page: EvidencePage, number: int, cells: Cells, row: ReadRow) -> None:
        """Note a row that says what another one said before it, by its number or else by all its words."""
        if row.external:
            column, what = cells.columns["external"], SAME_NUMBER
            key: tuple[object, ...] = (row.source, folded(row.external))
        elif row.read is not None:
            read, column, what = row.read, cells.columns["what"], SAME_FINDING
            key = (read.unit, read.kind, read.source, read.found_on, folded(read.place), folded(read.what))
        else:
            return
        here = page.place(number, column)
        before = self.seen.setdefault(key, here)
        if before != here:
            self.notes.cell(page, number, column, what, text=quoted(row.external), before=before._replace(file=""))

    def note_merged(self, page: EvidencePage, heads: FindingHeadings, numbers: Sequence[int]) -> None:
        """Note merged areas among the findings: nobody knows for which rows they speak."""
        used = {column for columns in heads.columns.values() for column in columns}
        last = max(numbers, default=0)
        texts = dict(page.rows)
        for (top, left), (bottom, right) in sorted(set(page.merged)):
            holds = left in texts.get(top, ()) or (top, left) in page.unfit
            if holds and heads.last < bottom and top <= last and any(left <= column <= right for column in used):
                self.notes.cell(page, top, left, MERGED)


def cells_of(heads: FindingHeadings, texts: Mapping[int, str]) -> Cells:
    """The cells of a row by what they hold: of several columns of one thing, the first that says something."""
    said = {
        name: next((column for column in columns if column in texts), columns[0])
        for name, columns in heads.columns.items()
    }
    return Cells({name: texts.get(column, "") for name, column in said.items()}, said)


def unfit_of(page: EvidencePage, heads: FindingHeadings, number: int) -> dict[str, Text]:
    """What is wrong with cells of a row that hold no usable value, by what they should hold."""
    if not page.unfit:
        return {}
    return {
        name: page.unfit[number, column]
        for name, columns in heads.columns.items()
        for column in columns
        if (number, column) in page.unfit
    }
