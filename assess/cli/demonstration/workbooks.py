"""Files as departments make them: real units, the invented figures that ship with the project, marked as invented."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import Any, Final

from assess.cli.demonstration.drawing import draw
from assess.cli.demonstration.material import Key
from assess.core.evidence.asked import AskedFigure, DepartmentRequest
from assess.core.figures.period_words import read_label
from assess.core.figures.periods import PARTS, PeriodLabel
from assess.core.rules.figure import PeriodKind
from assess.files.evidence_book.layout import DETAILS, headings_of, titles_of
from assess.files.figure_cells import in_cell
from assess.files.workbooks.books import new_book, write_text
from assess.services.documents import UploadedFile
from assess.services.years import Year

MARK: Final = "演示数据：数值均为虚构 / Demonstration: invented figures"
CASES: Final = ("discharge_cases", "water_rebounds")
"""The counts whose cases are told one by one."""
CASE_HEADINGS: Final = ("单位", "数据项", "日期", "地点", "情况", "照片编号")

SHEETS: Final = {
    PeriodKind.YEAR: "数据", PeriodKind.HALF: "半年数据", PeriodKind.QUARTER: "季度数据", PeriodKind.MONTH: "月度数据",
}  # fmt: skip
NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")
WIDTH: Final = 16

Row = Sequence[str]


def a_workbook(name: str, year: Year, asked: DepartmentRequest, values: Mapping[Key, str]) -> UploadedFile:
    """A workbook of a department: a sheet for each frequency, and the cases behind some counts."""
    target = BytesIO()
    book = new_book(target)
    for title, rows in tables_of(year, asked, values):
        write_rows(book.add_worksheet(title), rows)
    if cases := list(cases_of(year, asked, values)):
        write_rows(book.add_worksheet(DETAILS.zh), [CASE_HEADINGS, *cases])
    book.close()
    return UploadedFile(name, target.getvalue())


def a_text_file(name: str, year: Year, asked: DepartmentRequest, values: Mapping[Key, str]) -> UploadedFile:
    """A CSV file of a department as Chinese Excel writes it, with the figures of the whole year."""
    target = StringIO()
    csv.writer(target).writerows([[MARK], *next(tables_of(year, asked, values))[1]])
    return UploadedFile(name, target.getvalue().encode("gb18030"))


def tables_of(year: Year, asked: DepartmentRequest, values: Mapping[Key, str]) -> Iterator[tuple[str, list[Row]]]:
    """The title and the rows of each sheet, as far as there is anything to fill in; the whole year first."""
    headings = headings_of(asked)
    for period in asked.periods:
        figures = [each for each in asked.of_period(period) if any(key[1] == each.id for key in values)]
        labels = ["" if label.is_year else str(label) for label in asked.labels(period)]
        rows = [row for label in labels for row in rows_of(year, figures, label, values)]
        if rows:
            head = ["单位", *(["期间"] if labels != [""] else []), *(headings[each.id].zh for each in figures)]
            yield SHEETS[period], [head, *rows]


def rows_of(year: Year, figures: Sequence[AskedFigure], label: str, values: Mapping[Key, str]) -> Iterator[Row]:
    """One row for each unit that has a value in a period."""
    for unit, name in zip(year.units.codes, year.units.names, strict=True):
        texts = [in_cell(each.stated, values.get((unit, each.id, label), ""), "zh") for each in figures]
        if any(texts):
            yield [name.zh, *([label] if label else []), *texts]


def cases_of(year: Year, asked: DepartmentRequest, values: Mapping[Key, str]) -> Iterator[Row]:
    """Invented cases, as many as each count counts."""
    titles = titles_of(asked)
    for (unit, figure, period), text in values.items():
        for number in range(int(text) if figure in CASES and text.isdecimal() else 0):
            day = a_day(year.cycle.year, period, draw("case", unit, figure, period, number, below=1000))
            name = year.name_of(unit).zh
            words = (f"{name}演示点位{number + 1}", "演示：现场检查发现，已督促整改。", f"演示IMG_{day:%m%d}")
            yield [name, titles[figure].zh, day.isoformat(), *words]


def a_day(year: int, period: str, chance: int) -> date:
    """A day of a period, "" for the whole year, by chance."""
    label = read_label(period or str(year), year)
    assert isinstance(label, PeriodLabel)
    months = 12 // PARTS[label.period]
    return date(year, (label.part - 1) * months + 1 + chance % months, 1 + chance % 28)


def write_rows(sheet: Any, rows: Sequence[Row]) -> None:
    """Rows of a sheet below the line that says what they are; numbers as numbers."""
    write_text(sheet, 0, 0, MARK)
    sheet.set_column(0, len(rows[0]) - 1, WIDTH)
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row):
            if NUMBER.fullmatch(text):
                sheet.write_number(number, column, float(text))
            elif text:
                write_text(sheet, number, column, text)
