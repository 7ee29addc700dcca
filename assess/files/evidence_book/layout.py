"""Where things stand in the workbook of a department: what the writer, the reader and the marker agree on."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assess.core.evidence.asked import AskedFigure, DepartmentRequest
from assess.core.evidence.found import CountedCase
from assess.core.evidence.names import heading_of
from assess.core.rules.figure import PeriodKind
from assess.core.tables import heading_key
from assess.core.text import Language, Text

KIND, VERSION = "evidence", "2"
"""What the stamp calls the workbook, and which layout it has."""
FIRST_VERSION: Final = "1"
"""The layout whose stamp does not say which counts lacked rows of details."""

FIRST_ROW: Final = 3
"""The row, counted from 1, below headings and examples where data begin."""

DATA: Final = Text("数据", "Data")
DATA_OF: Final = {
    PeriodKind.HALF: Text("数据（按半年）", "Data (half-years)"),
    PeriodKind.QUARTER: Text("数据（按季度）", "Data (quarters)"),
    PeriodKind.MONTH: Text("数据（按月）", "Data (months)"),
}
"""The first sheet of data is always called `DATA`, the others by how often their figures are taken."""
DETAILS: Final = Text("明细", "Details")

KEY: Final = Text("单位代码", "unit code")
"""The hidden key of a row; the name beside it is for people."""
UNIT: Final = Text("单位", "unit")
PERIOD: Final = Text("填报期", "reporting period")
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
FOUND = Text(
    "共发现{number}处错误，请在原处修改，保存后重新上传本文件。标色、批注、“错误”列和本表不会读取，不必删除。",
    "Errors found: {number}. Correct them where they are, save, and upload this file again. Colours, "
    "comments, the column Errors and this sheet are not read and need not be removed.",
)
"""What stands above the errors on that sheet."""
NOTICE: Final = Text("提示：{what}", "Note: {what}")
"""A line of that sheet that is no error."""
MARKS: Final = "marks"
"""The very hidden sheet that remembers what the marks cover."""

MAX_REMARK_LENGTH: Final = 500
MAX_DETAIL_LENGTH: Final = 500
COLUMN_OF, REMARK_OF = "column:", "remark:"
"""Before a heading in the stamp, whose value is then the id of the figure that the column holds."""
COUNTS_OF: Final = "counts:"
"""Before a figure and a period in the stamp, whose value then says which counts had another number of rows of details
than they say: by the code of the unit the count and its rows, as JSON."""
UNITS_A_LINE: Final = 300
"""So many units of `COUNTS_OF` stand in one cell, which holds 32,767 characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceStamp:
    """What ties a workbook to a year, its rules and a department; `rules` is the digest of the rule sheet."""

    sheet: str
    year: str
    rules: str
    department: str
    language: Language = "zh"

    def written(self, further: Mapping[str, str]) -> dict[str, str]:
        """The stamp as it stands in the workbook, together with what each heading means and the unequal counts."""
        return {
            "kind": KIND,
            "version": VERSION,
            "sheet": self.sheet,
            "year": self.year,
            "rules": self.rules,
            "department": self.department,
            "language": self.language,
            **further,
        }


def data_sheets(asked: DepartmentRequest) -> dict[PeriodKind, Text]:
    """The name of the sheet for each frequency that the department has figures of, in their order."""
    return {period: DATA_OF[period] if number else DATA for number, period in enumerate(asked.periods)}


def titles_of(asked: DepartmentRequest) -> dict[str, Text]:
    """What each figure is called, its id behind it where several go by that title."""
    ways = Counter(way for each in asked.figures for way in {heading_key(title) for title in each.title})
    return {
        each.id: each.title
        if all(ways[heading_key(title)] == 1 for title in each.title)
        else Text(f"{each.title.zh} {each.id}", f"{each.title.en} {each.id}")
        for each in asked.figures
    }


def headings_of(asked: DepartmentRequest) -> dict[str, Text]:
    """The heading of each figure: its title followed by its unit of measure, where it has one."""
    titles = titles_of(asked)
    return {each.id: heading_of(titles[each.id], each) for each in asked.figures}


def remark_headings_of(asked: DepartmentRequest) -> dict[str, Text]:
    """The heading of the remark beside each figure."""
    return {name: Text(REMARK.zh + title.zh, REMARK.en + title.en) for name, title in titles_of(asked).items()}


def counts_of(asked: DepartmentRequest, occurrences: Sequence[CountedCase] = ()) -> tuple[AskedFigure, ...]:
    """The figures whose cases stand on the sheet of details: those that need rows, and those that have some."""
    having = {each.figure for each in occurrences}
    return tuple(each for each in asked.figures if each.is_detailed or each.id in having)


def stamped_columns(asked: DepartmentRequest, language: Language) -> dict[str, str]:
    """Which figure each heading of the workbook means, for the stamp."""
    columns = {COLUMN_OF + text.localized(language): figure for figure, text in headings_of(asked).items()}
    return columns | {
        REMARK_OF + text.localized(language): figure for figure, text in remark_headings_of(asked).items()
    }


Unequal = Mapping[tuple[str, str, str], tuple[int, int]]
"""By unit, figure and period: a count, and the rows of details that it has."""


def stamped_counts(unequal: Unequal) -> dict[str, str]:
    """The counts that have another number of rows than they say, for the stamp."""
    by_period: dict[str, list[tuple[str, list[int]]]] = {}
    for (unit, figure, period), numbers in sorted(unequal.items()):
        by_period.setdefault(f"{COUNTS_OF}{figure}:{period}", []).append((unit, list(numbers)))
    return {
        f"{name}:{start // UNITS_A_LINE}": json.dumps(dict(units[start : start + UNITS_A_LINE]))
        for name, units in by_period.items()
        for start in range(0, len(units), UNITS_A_LINE)
    }


def counts_from_stamp(stamp: Mapping[str, str]) -> Unequal:
    """The same, read from a stamp; what somebody changed in it is passed over."""
    found: dict[tuple[str, str, str], tuple[int, int]] = {}
    for name, text in stamp.items():
        if name.startswith(COUNTS_OF):
            figure, _, period = name.removeprefix(COUNTS_OF).rpartition(":")[0].partition(":")
            found |= {(unit, figure, period): numbers for unit, numbers in numbers_in(text)}
    return found


def numbers_in(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """The count and the rows of each unit of one line of a stamp."""
    try:
        for unit, (count, rows) in json.loads(text).items():
            yield unit, (int(count), int(rows))
    except (ValueError, TypeError, AttributeError):
        return
