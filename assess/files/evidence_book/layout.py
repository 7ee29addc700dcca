"""Where things stand in the workbook of a department: what the writer, the reader and the marker agree on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from assess.core.evidence.asked import Asked, AskedFigure
from assess.core.rules.figure import FigureKind, Period
from assess.core.tables import heading_key
from assess.core.text import Language, Text

KIND, VERSION = "evidence", "1"
"""What the stamp calls the workbook, and which layout it has."""

FIRST_ROW: Final = 3
"""The row, counted from 1, below headings and examples where data begin."""

DATA: Final = Text("数据", "Data")
DATA_OF: Final = {
    Period.HALF: Text("数据（按半年）", "Data (half-years)"),
    Period.QUARTER: Text("数据（按季度）", "Data (quarters)"),
    Period.MONTH: Text("数据（按月）", "Data (months)"),
}
"""The first sheet of data is always called `DATA`, the others by how often their figures are taken."""
DETAILS: Final = Text("明细", "Details")

KEY: Final = Text("单位代码", "unit code")
"""The hidden key of a row; the name beside it is for people."""
UNIT: Final = Text("单位", "unit")
PERIOD: Final = Text("期间", "period")
REMARK: Final = Text("备注：", "Remark: ")
"""What the heading of the remark beside a figure begins with."""

FIGURE: Final = Text("数据项", "figure")
DATE: Final = Text("日期", "date")
LOCATION: Final = Text("地点", "place")
WHAT: Final = Text("情况", "what happened")
PHOTO: Final = Text("照片编号", "photo number")

ERRORS: Final = Text("错误", "Errors")
"""The heading of the column of errors in a marked workbook; the reader leaves it alone."""
ERROR_SHEET: Final = Text("错误清单", "Errors")
"""The sheet of errors in a marked workbook."""
MARKS: Final = "marks"
"""The very hidden sheet that remembers what the marks cover."""

LONGEST_REMARK: Final = 500
LONGEST_DETAIL: Final = 500
COLUMN_OF, REMARK_OF = "column:", "remark:"
"""Before a heading in the stamp, whose value is then the id of the figure that the column holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceStamp:
    """What ties a workbook to a year, its rules and a department; `rules` is the digest of the rule sheet."""

    sheet: str
    year: str
    rules: str
    department: str
    language: Language = "zh"

    def written(self, columns: Mapping[str, str]) -> dict[str, str]:
        """The stamp as it stands in the workbook, together with what each heading means."""
        return {
            "kind": KIND,
            "version": VERSION,
            "sheet": self.sheet,
            "year": self.year,
            "rules": self.rules,
            "department": self.department,
            "language": self.language,
            **columns,
        }


def data_sheets(asked: Asked) -> dict[Period, Text]:
    """The name of the sheet for each frequency that the department has figures of, in their order."""
    return {period: DATA_OF[period] if number else DATA for number, period in enumerate(asked.periods)}


def titles_of(asked: Asked) -> dict[str, Text]:
    """What each figure is called, its id behind it where several go by that title."""
    ways = Counter(way for each in asked.figures for way in {heading_key(title) for title in each.title})
    return {
        each.id: each.title
        if all(ways[heading_key(title)] == 1 for title in each.title)
        else Text(f"{each.title.zh} {each.id}", f"{each.title.en} {each.id}")
        for each in asked.figures
    }


def headings_of(asked: Asked) -> dict[str, Text]:
    """The heading of each figure: its title followed by its unit of measure, where it has one."""
    titles = titles_of(asked)
    headings = {}
    for each in asked.figures:
        title, unit = titles[each.id], unit_of(each)
        headings[each.id] = title if unit is None else Text(f"{title.zh}（{unit.zh}）", f"{title.en} ({unit.en})")
    return headings


def remark_headings_of(asked: Asked) -> dict[str, Text]:
    """The heading of the remark beside each figure."""
    return {name: Text(REMARK.zh + title.zh, REMARK.en + title.en) for name, title in titles_of(asked).items()}


def unit_of(figure: AskedFigure) -> Text | None:
    """The unit of measure of a figure, where it has one."""
    if figure.stated.unit is None and figure.stated.kind is FigureKind.PERCENT:
        return Text.same("%")
    return figure.stated.unit


def counts_of(asked: Asked) -> tuple[AskedFigure, ...]:
    """The figures whose cases stand on the sheet of details."""
    return tuple(each for each in asked.figures if each.stated.kind is FigureKind.COUNT)


def stamped_columns(asked: Asked, language: Language) -> dict[str, str]:
    """Which figure each heading of the workbook means, for the stamp."""
    columns = {COLUMN_OF + text.told(language): figure for figure, text in headings_of(asked).items()}
    return columns | {REMARK_OF + text.told(language): figure for figure, text in remark_headings_of(asked).items()}
