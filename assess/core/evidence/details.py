"""The sheet of details: one row for each case that a count counts, and whether rows and counts agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

from assess.core.evidence.asked import AskedFigure
from assess.core.evidence.found import CountedCase, ReadColumn
from assess.core.evidence.heads import ONLY_CASES, SheetHeadings
from assess.core.evidence.names import ColumnRole, Foreign, HeadingNames, OfFigure, Template
from assess.core.evidence.pages import EvidencePage, Notes
from assess.core.evidence.rows import EvidenceRow, EvidenceRowReader
from assess.core.evidence.timing import misfit
from assess.core.figures.period_words import OTHER_YEAR
from assess.core.figures.periods import PeriodLabel, label_on
from assess.core.naming import quoted
from assess.core.parsing import ParseError, read_date
from assess.core.rules.figure import Details, FigureKind
from assess.core.text import Text
from assess.core.units.unit_list import Units

NO_FIGURE = Text("本行没有数据项，请填写。", "This row has no figure. Enter one.")
NOT_COUNTED = Text(
    "“{title}”不是按起数计的数据项，不需要明细，请删去本行。",
    "“{title}” is not a count and has no details. Delete the row.",
)
NO_DAY = Text("没有日期，请填写，例如{example}。", "There is no date. Enter one, such as {example}.")
NO_LOCATION = Text("没有地点，请填写在哪里。", "There is no place. Enter where it was.")
NO_WHAT = Text("未填写情况，请写明是什么问题。", "There is no description. Enter what happened.")
OTHER_PERIOD = Text("日期{day}不在填报期{period}之内，请核对。", "{day} is outside {period}. Check both.")
TOO_LONG = Text("内容超过{most}字，请精简。", "This must be {most} characters or fewer. Shorten it.")
NO_ROWS = Text(
    "{unit}的“{title}”（{period}）填报{count}{measure}，但明细表没有逐条填写；请补充明细，或把数量改为0。",
    "{title} of {unit} for {period} is {count}, but the sheet of details has no row for it. Add one row for each case, "
    "or change the number to 0.",
)
DISAGREE = Text(
    "{unit}的“{title}”（{period}）填报{count}{measure}，但明细表有{rows}行；请补充或删去明细，或把数量改为{rows}。",
    "{title} of {unit} for {period} is {count}, but the sheet of details has {rows} of its rows. Add or delete rows, "
    "or change the number to {rows}.",
)
NO_COUNT = Text(
    "{unit}的“{title}”（{period}）在明细中有{rows}行，数据表没有填数，请填写。",
    "{title} of {unit} for {period} has details (rows: {rows}) but no count. Enter the count.",
)
TIME: Final = re.compile(r"(?<=[\d日])[ t]\d{1,2}:\d{2}(?::\d{2})?$", re.IGNORECASE)
MAX_DETAIL_LENGTH: Final = 500
MILLION: Final = 1_000_000

CASE: Final = Text("起", "cases")
"""What counts are counted in where their figure does not say."""

Key = tuple[str, int, PeriodLabel]
"""A figure, the place of a unit, and a period."""


@dataclass(kw_only=True, eq=False)
class DetailReader:
    """Reads sheets of details one after the other."""

    names: HeadingNames
    units: Units
    year: int
    notes: Notes
    template: Template | None = None
    occurrences: list[CountedCase] = field(default_factory=list)
    counted: dict[Key, int] = field(default_factory=dict)
    first: dict[Key, tuple[EvidencePage, int, int]] = field(default_factory=dict)

    def read(self, page: EvidencePage, heads: SheetHeadings, rows: EvidenceRowReader) -> None:
        """Read every case of a sheet."""
        columns = {role: heads.of(role)[0] for role in ONLY_CASES if heads.of(role)}
        for row in rows.rows(columns.values()):
            self.case(page, row, columns, rows)

    def case(
        self, page: EvidencePage, row: EvidenceRow, columns: Mapping[ColumnRole, int], rows: EvidenceRowReader
    ) -> None:
        """Read one case."""
        texts = {role: row.cells.get(column, "") for role, column in columns.items()}
        figure = self.figure(page, row, columns[ColumnRole.FIGURE], texts[ColumnRole.FIGURE])
        day = self.day(page, row, columns.get(ColumnRole.DAY), texts.get(ColumnRole.DAY, ""))
        for role, lack in ((ColumnRole.LOCATION, NO_LOCATION), (ColumnRole.WHAT, NO_WHAT), (ColumnRole.PHOTO, None)):
            text, column = texts.get(role, ""), columns.get(role)
            if column is not None and lack is not None and not text and (row.number, column) not in page.unfit:
                self.notes.cell(page, row.number, column, lack)
            if column is not None and len(text) > MAX_DETAIL_LENGTH:
                self.notes.cell(page, row.number, column, TOO_LONG, most=MAX_DETAIL_LENGTH)
        label = None if figure is None else self.label(row, figure, day, rows)
        if figure is None or label is None or row.unit is None:
            return
        key = (figure.id, row.unit, label)
        self.counted[key] = self.counted.get(key, 0) + 1
        self.first.setdefault(key, (page, row.number, columns[ColumnRole.FIGURE]))
        location, what, photo = (
            texts.get(role, "") for role in (ColumnRole.LOCATION, ColumnRole.WHAT, ColumnRole.PHOTO)
        )
        place = page.place(row.number, columns[ColumnRole.FIGURE])
        code = self.units.codes[row.unit]
        self.occurrences.append(CountedCase(code, figure.id, str(label), day, location, what, photo, place))

    def figure(self, page: EvidencePage, row: EvidenceRow, column: int, text: str) -> AskedFigure | None:
        """The count that a case belongs to; what is wrong is noted."""
        if not text:
            if (row.number, column) not in page.unfit:
                self.notes.cell(page, row.number, column, NO_FIGURE)
            return None
        meaning = self.names.meaning(text)
        if isinstance(meaning, OfFigure):
            figure = self.names.figures[meaning.figure]
            if figure.stated.kind is FigureKind.COUNT:
                return figure
            self.notes.cell(page, row.number, column, NOT_COUNTED, title=figure.title)
            return None
        known = meaning if isinstance(meaning, Foreign | ParseError) else self.names.unknown(text)
        self.notes.cell(page, row.number, column, known.why if isinstance(known, Foreign) else known.what)
        return None

    def day(self, page: EvidencePage, row: EvidenceRow, column: int | None, text: str) -> date | None:
        """The day of a case; what is wrong is noted."""
        if column is None or (row.number, column) in page.unfit:
            return None
        found = read_date(TIME.sub("", text)) if text else ParseError(NO_DAY.format(example=f"{self.year}-03-15"))
        if isinstance(found, date) and found.year != self.year:
            found = ParseError(OTHER_YEAR.format(text=quoted(text), year=self.year))
        if isinstance(found, ParseError):
            self.notes.cell(page, row.number, column, found.what)
            return None
        return found

    def label(
        self, row: EvidenceRow, figure: AskedFigure, day: date | None, rows: EvidenceRowReader
    ) -> PeriodLabel | None:
        """The period of a case: as written, else that of its day; what is wrong is noted."""
        often, at = figure.stated.period, rows.period_column
        if row.label is None:
            return None
        if at is None or at not in row.cells:
            return row.label if row.label.period is often else None if day is None else label_on(day, often)
        if row.label.period is not often:
            self.notes.cell(rows.page, row.number, at, misfit(figure, row.label, is_written=True))
            return None
        if day is not None and label_on(day, often) != row.label:
            self.notes.cell(
                rows.page, row.number, rows.heads.of(ColumnRole.DAY)[0], OTHER_PERIOD, day=day, period=row.label
            )
        return row.label

    def agree(self, columns: Iterable[ReadColumn]) -> None:
        """Note counts that their cases do not bear out, and cases without a count; a count that is wrong is told."""
        stated: set[Key] = set()
        for column in columns:
            if self.names.figures[column.figure].stated.kind is not FigureKind.COUNT:
                continue
            stated.update((column.figure, unit, label) for unit, label in column.wrong())
            for row, unit, label, value in column.known():
                key = (column.figure, unit, label)
                stated.add(key)
                self.compare(column, row, key, int(value) // MILLION)
        for key in self.counted.keys() - stated:
            self.notes.cell(*self.first[key], NO_COUNT, **self.facts(key))

    def compare(self, column: ReadColumn, row: EvidenceRow, key: Key, count: int) -> None:
        """Note a count that has another number of rows than it says, where it must have them."""
        rows = self.counted.get(key, 0)
        if count == rows or (rows == 0 and key[0] not in self.needing_rows) or self.stands_as_sent(key, count, rows):
            return
        if self.names.figures[key[0]].stated.details is not Details.NONE:
            what = DISAGREE if rows else NO_ROWS
            self.notes.cell(column.page, row.number, column.column, what, **self.facts(key), count=count)

    @cached_property
    def needing_rows(self) -> frozenset[str]:
        """The counts that need a row for each case: of a template those of the rules, else those that have rows."""
        if self.template is None:
            return frozenset(figure for figure, _, _ in self.counted)
        return frozenset(name for name, each in self.names.figures.items() if each.is_detailed)

    def stands_as_sent(self, key: Key, count: int, rows: int) -> bool:
        """Whether a count of a template and its rows are as they were when the workbook was handed out."""
        if self.template is None:
            return False
        if self.template.forgets_counts:
            return rows == 0
        figure, unit, label = key
        return self.template.unequal.get((self.units.codes[unit], figure, str(label))) == (count, rows)

    def facts(self, key: Key) -> dict[str, object]:
        """What is said of a count."""
        name, unit, label = key
        figure = self.names.figures[name]
        facts = {"unit": self.units.names[unit], "title": figure.title, "period": label}
        return {**facts, "rows": self.counted.get(key, 0), "measure": figure.stated.unit or CASE}
