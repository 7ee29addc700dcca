"""What was read of every sheet and column of a file, and what was not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from assess.core.evidence.heads import SheetHeadings
from assess.core.evidence.names import ColumnRole, HeadingNames
from assess.core.evidence.pages import EvidencePage, letters
from assess.core.naming import quoted
from assess.core.text import EMPTY_TEXT, Text

MAX_COLUMNS: Final = 300
"""Columns that are told of a file."""
ROLES: Final = {
    ColumnRole.UNIT: Text("单位", "Unit"),
    ColumnRole.PERIOD: Text("填报期", "Reporting period"),
    ColumnRole.FIGURE: Text("数据项", "Figure"),
    ColumnRole.DAY: Text("日期", "Date"),
    ColumnRole.LOCATION: Text("地点", "Place"),
    ColumnRole.WHAT: Text("情况", "What happened"),
    ColumnRole.PHOTO: Text("照片编号", "Photo number"),
}
REMARK_ON: Final = Text("备注：{title}", "Remark: {title}")
OF_PERIOD: Final = Text("{title}（{period}）", "{title} ({period})")


class ColumnSummary(NamedTuple):
    """A column as it was read; `meaning` is empty where it was not, `column` and `heading` for a whole sheet.

    `is_recalled` says that the department once said what the heading stands for.
    """

    sheet: str
    column: str
    heading: str
    meaning: Text
    is_recalled: bool = False


def columns_read(page: EvidencePage, heads: SheetHeadings, names: HeadingNames) -> Iterator[ColumnSummary]:
    """Every column of a sheet that has a heading."""
    remarks = {column: names.figures[figure].title for figure, column in heads.remarks.items()}
    roles = {column: role for role, columns in heads.roles.items() for column in columns}
    for column, heading in sorted(heads.line.items()):
        meaning = EMPTY_TEXT
        if column in heads.figures:
            title = names.figures[heads.figures[column]].title
            label = heads.periods.get(column)
            meaning = title if label is None else OF_PERIOD.format(title=title, period=label.label)
        elif column in remarks:
            meaning = REMARK_ON.format(title=remarks[column])
        elif column in roles:
            meaning = ROLES.get(roles[column], EMPTY_TEXT)
        yield ColumnSummary(page.name, letters(column), quoted(heading.text), meaning, names.is_recalled(heading.text))


def sheets_unread(pages: Sequence[EvidencePage]) -> list[ColumnSummary]:
    """A line for each sheet that was not read."""
    return [ColumnSummary(page.name, "", "", EMPTY_TEXT) for page in pages if page.name]
