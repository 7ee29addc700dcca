"""The sheets of a department's file, read into values, with everything wrong in one pass."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from assess.core.evidence.asked import DepartmentRequest, asked_of
from assess.core.evidence.details import DetailReader
from assess.core.evidence.found import FoundEvidence, FoundValues, ReadColumn
from assess.core.evidence.heads import HEADING_ROWS, SheetHeadings, heads_of, lacks_units, sort_columns
from assess.core.evidence.names import HeadingNames, Template
from assess.core.evidence.pages import EvidencePage, Notes
from assess.core.evidence.rows import EvidenceRow, EvidenceRowReader, repeated
from assess.core.evidence.summary import MAX_COLUMNS, ColumnSummary, columns_read, sheets_unread
from assess.core.evidence.timing import OF_A_FIGURE, check_periods
from assess.core.evidence.unknown import UnknownHeading, unknown_headings
from assess.core.evidence.wide import wide_table
from assess.core.evidence.wide_columns import sort_wide
from assess.core.figures.entry import read_entries
from assess.core.figures.periods import PeriodLabel
from assess.core.naming import quoted
from assess.core.numbers import from_cell, reduced
from assess.core.rules.sheet import RuleSheet
from assess.core.sources import WorkbookCell
from assess.core.text import Text
from assess.core.units.unit_list import UnitNames

NO_HEADINGS = Text(
    "没有一张可见工作表的前{rows}行有表头，请在同一行写上“单位”和数据项名称。",
    "No visible sheet has headings in its first {rows} rows. Enter `unit` and the titles of figures in one row.",
)
NO_UNITS = Text(
    "第{row}行有“{text}”而没有“单位”一列，此表未读取。",
    "Row {row} names “{text}”, but there is no column of units. The sheet was left out.",
)
NOT_READ = Text(
    "此表没有读取：前{rows}行没有“单位”和数据项的表头。如有数据，请补上表头后重新上传。",
    "This sheet was not read: its first {rows} rows have no headings of units and figures. If it has data, add the "
    "headings and upload the file again.",
)
NO_TITLE = Text(
    "此表没有读取：表头是填报期，但没有写明是哪个数据项。请把数据项名称写在表头上方或表格标题中。",
    "This sheet was not read: its headings are reporting periods, but no figure is named. Enter the title of the "
    "figure above the periods or in the title of the table.",
)
NO_VALUES = Text("没有填写任何数值，请填写后再上传。", "No value is filled in. Enter the figures first.")
NOTHING_FILLED = Text(
    "模板中没有填写任何数值，没有需要导入的内容。", "No value is filled in, so there is nothing to import."
)
OTHER_VALUE = Text(
    "{unit}的“{title}”（{period}）与{before}的值不同，请只保留一个。",
    "{title} of {unit} for {period} differs from {before}. Keep one of the two.",
)
OLDER = Text(
    "评分表在下载模板后有修订，能对应的内容已读取，请核对其余各项。",
    "The rule sheet changed after this template was downloaded. What still fits was read. Check the rest.",
)
REMARK_TOO_LONG = Text("备注超过{most}字，请精简。", "The remark must be {most} characters or fewer. Shorten it.")
LONG_DECIMAL: Final = re.compile(r"[+-]?[0-9]+\.[0-9]{7,}")
MAX_DIGITS: Final = 15
MAX_REMARK_LENGTH: Final = 500
MAX_UNKNOWN: Final = 40
"""Unknown headings of a file that can be asked about."""


def read_pages(
    pages: Sequence[EvidencePage],
    sheet: RuleSheet,
    names: UnitNames,
    department: str,
    template: Template | None,
    *,
    remembered: Mapping[str, str] = MappingProxyType({}),
) -> FoundEvidence:
    """What the visible sheets of a file, at least one, say of the figures of a department.

    `remembered` holds what the department said headings stand for.
    """
    asked = asked_of(sheet, department)
    reader = EvidenceReader(pages, names, asked, HeadingNames(sheet, asked, template, remembered))
    for page in pages:
        reader.read(page)
    return reader.evidence()


class EvidenceReader:
    """Reads one sheet after the other and collects what is wrong."""

    def __init__(
        self, pages: Sequence[EvidencePage], names: UnitNames, asked: DepartmentRequest, headings: HeadingNames
    ) -> None:
        self.names, self.asked, self.headings = names, asked, headings
        self.template = headings.template
        self.notes, self.warnings = Notes(pages), Notes(pages)
        self.details = DetailReader(
            names=self.headings, units=names.units, year=asked.year, notes=self.notes, template=self.template
        )
        self.columns: list[ReadColumn] = []
        self.counted = 0
        self.headed: list[EvidencePage] = []
        self.unread: list[EvidencePage] = []
        self.unclear: list[EvidencePage] = []
        self.has_figures = False
        self.summary: list[ColumnSummary] = []
        self.unknown: list[UnknownHeading] = []

    def evidence(self) -> FoundEvidence:
        """Everything that was found."""
        if not self.headed and self.unclear:
            self.notes.sheet(self.unclear[0], NO_TITLE)
        elif not self.headed:
            self.notes.file(NO_HEADINGS, rows=HEADING_ROWS)
        elif not self.counted and self.has_figures:
            if self.template is None:
                self.notes.sheet(self.headed[0], NO_VALUES)
            else:
                self.warnings.sheet(self.headed[0], NOTHING_FILLED)
        self.compare()
        self.details.agree(self.columns)
        self.tell_unread()
        if self.template is not None and self.template.is_older:
            self.warnings.file(OLDER)
        return FoundEvidence(
            values=FoundValues(self.columns, self.names.units.codes),
            counted=self.counted,
            occurrences=self.details.occurrences,
            flaws=self.notes.flaws,
            warnings=self.warnings.flaws,
            unread=[page.name for page in (*self.unread, *self.unclear) if page.name],
            summary=[*self.summary, *sheets_unread((*self.unread, *self.unclear))][:MAX_COLUMNS],
            unknown=self.unknown[:MAX_UNKNOWN],
            is_template=self.template is not None,
        )

    def tell_unread(self) -> None:
        """Warn of every sheet that holds something and is not read, beside one that is."""
        for page in self.unclear if self.headed else self.unclear[1:]:
            self.warnings.sheet(page, NO_TITLE)
        for page in self.unread if self.headed else ():
            if lacks_units(page, self.headings) is None:
                self.warnings.sheet(page, NOT_READ, rows=HEADING_ROWS)

    def read(self, page: EvidencePage) -> None:
        """Read a sheet, if it has headings."""
        heads = heads_of(page, self.headings)
        self.unknown += unknown_headings(page, heads, self.headings)
        if heads is None:
            heading = lacks_units(page, self.headings)
            if wide_table(page, self.headings) is not None:
                self.unclear.append(page)
                return
            if heading is not None:
                self.warnings.sheet(page, NO_UNITS, text=quoted(heading.text), row=heading.row)
            self.unread += [page] if page.rows else []
            return
        self.headed.append(page)
        sort = sort_columns if heads.wide is None else sort_wide
        sort(page, heads, self.headings, self.notes, self.warnings)
        self.summary += columns_read(page, heads, self.headings)
        rows = EvidenceRowReader(
            page=page, heads=heads, names=self.names, year=self.asked.year, notes=self.notes, warnings=self.warnings
        )
        if heads.is_details:
            self.details.read(page, heads, rows)
        else:
            self.read_values(page, heads, rows)

    def read_values(self, page: EvidencePage, heads: SheetHeadings, reader: EvidenceRowReader) -> None:
        """Read the values of a sheet."""
        self.has_figures = self.has_figures or bool(heads.figures)
        rows = repeated(reader.rows(heads.figures), reader)
        numbers = {row.number for row in rows}
        self.counted += sum(1 for row, column in page.unfit if row in numbers and column in heads.figures)
        stated = {
            column: self.headings.figures[figure]
            for column, figure in heads.figures.items()
            if column not in heads.periods
        }
        check_periods(page, heads, rows, stated, self.notes)
        for column, figure in heads.figures.items():
            held = [row for row in rows if column in row.cells]
            if column in heads.periods:
                held = [row if row.label is None else row._replace(label=heads.periods[column]) for row in held]
            self.counted += len(held)
            texts = [row.cells[column] for row in held]
            if texts:
                self.read_column(ReadColumn(page, column, heads.remarks.get(figure), figure, held, ()), texts)

    def read_column(self, column: ReadColumn, texts: list[str]) -> None:
        """Read the values of one column, and the remarks beside them."""
        stated = self.headings.figures[column.figure]
        values, wrongs = read_entries(stated.stated, as_excel_shows(texts))
        for place, wrong in wrongs.items():
            row = column.rows[place].number
            self.notes.cell(column.page, row, column.column, OF_A_FIGURE, title=stated.title, what=wrong.what)
        if column.remark is not None:
            self.check_remarks(column.page, column.remark, column.rows)
        self.columns.append(replace(column, values=values))

    def check_remarks(self, page: EvidencePage, column: int, rows: Sequence[EvidenceRow]) -> None:
        """Note remarks that are too long to be kept."""
        for row in rows:
            if len(row.cells.get(column, "")) > MAX_REMARK_LENGTH:
                self.notes.cell(page, row.number, column, REMARK_TOO_LONG, most=MAX_REMARK_LENGTH)

    def compare(self) -> None:
        """Note values that differ from one given before for the same figure, unit and period, on whatever sheet."""
        by_figure: dict[str, list[ReadColumn]] = {}
        for column in self.columns:
            by_figure.setdefault(column.figure, []).append(column)
        for figure, columns in by_figure.items():
            before: dict[tuple[int, PeriodLabel], tuple[int | str, WorkbookCell]] = {}
            for column in columns if len(columns) > 1 else ():
                for row, unit, label, value in column.known():
                    at = column.page.place(row.number, column.column)
                    first, place = before.setdefault((unit, label), (value, at))
                    if first != value:
                        named = {"unit": self.names.units.names[unit], "title": self.headings.figures[figure].title}
                        told = {"period": label, "before": place._replace(file="")}
                        self.notes.cell(column.page, row.number, column.column, OTHER_VALUE, **named, **told)


def as_excel_shows(texts: list[str]) -> list[str]:
    """The texts, decimals of more than 15 digits cut to those that Excel shows."""
    if max(map(len, texts)) <= MAX_DIGITS:
        return texts
    return [
        reduced(from_cell(float(text)))
        if LONG_DECIMAL.fullmatch(text) and len(text.lstrip("+-0.").replace(".", "")) > MAX_DIGITS
        else text
        for text in texts
    ]
