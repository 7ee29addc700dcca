"""The workbook in which an office enters last year's results."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from assess.core.previous_table import HEADINGS
from assess.core.rules.sheet import RuleSheet, title_of
from assess.core.text import Language, Text
from assess.core.units.unit_list import Units
from assess.files.workbooks.input_books import Guidance, InputColumn, InputSheet, write_input_book

SHEET: Final = Text("上年结果", "Last year's results")
GUIDANCE: Final = Guidance(
    title=Text("上年结果填写说明", "How to fill in last year's results"),
    who=Text("考核办", "the assessment office"),
    steps=(
        Text(
            "每个单位一行，没有上年结果的单位可留空或删去该行。",
            "One row for each unit. Leave the row of a unit without a result blank, or delete it.",
        ),
        Text("等次和分组按本年度评分表的名称填写。", "Enter grades and groups by the names of this year's rule sheet."),
    ),
)
HELP: Final = {
    "total": Text("上年总分，如88.50。", "Total of last year, such as 88.50."),
    "rank": Text("上年在本组的名次。", "Rank in its group last year."),
    "of": Text("上年本组参加排名的单位数。", "Number of units ranked in its group last year."),
}


def write_results_book(target: BytesIO, language: Language, *, units: Units, sheet: RuleSheet) -> None:
    """Write the workbook with a row for each unit."""
    grades = [title_of(each, each.id) for each in sheet.grades or ()]
    groups = [title_of(each, each.id) for each in sheet.groups or ()]
    columns = [
        InputColumn(
            heading=heading("unit"), required=True, width=26, locked=True,
            help=Text("单位名称或代码。", "Name or code of the unit."),
        ),
        *(InputColumn(heading=heading(name), width=14, help=told) for name, told in HELP.items()),
        *(
            InputColumn(
                heading=heading(name), width=14, words=[title.localized(language) for title in titles],
                help=Text("从列表中选择，可不填。", "Select from the list (optional)."),
            )
            for name, titles in (("grade", grades), ("group", groups))
        ),
    ]  # fmt: skip
    rows = [[name.localized(language), *[""] * (len(columns) - 1)] for name in units.names]
    listed = InputSheet(name=SHEET, columns=columns, rows=rows, frozen=1)
    write_input_book(target, language, GUIDANCE, [listed], {"kind": "previous-results"})


def heading(name: str) -> Text:
    """The heading of a column."""
    return Text(HEADINGS[name][1], name)
