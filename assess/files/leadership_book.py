"""The workbook in which an office lists the leadership teams of the units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Final

from assess.core.leadership import HEADINGS, PostHolder
from assess.core.tables import Table
from assess.core.text import Language, Text
from assess.core.units.unit_list import Units
from assess.files.tables import read_table
from assess.files.workbooks.input_books import Guidance, InputColumn, InputSheet, write_input_book

SHEET: Final = Text("领导班子", "Leadership teams")
GUIDANCE: Final = Guidance(
    title=Text("领导班子名单填写说明", "How to fill in the leadership teams"),
    who=Text("考核办（会同组织部门核对）", "the assessment office, with the personnel department"),
    steps=(
        Text(
            "每人每个职务一行。年内换人的，前后两人各填一行，注明离任和任职日期；同一职务同一时间只有一人。",
            "One row for each person and post. If the holder changed during the year, enter a row for each "
            "person with the last and the first day. A post has one holder at a time.",
        ),
        Text(
            "全年在任的，任职日期和离任日期可不填。没有填姓名的行不读取。",
            "Leave the dates empty for a whole year in the post. Rows without a name are not read.",
        ),
    ),
)


def team_columns(language: Language, units: Units, posts: Mapping[str, Text]) -> list[InputColumn]:
    """The columns of the list."""
    titles = [title.localized(language) for title in posts.values()]
    day = Text(
        "日期，如2026-07-01；全年在任的不填。",
        "A date such as 2026-07-01. Leave it empty for a whole year in the post.",
    )
    return [
        InputColumn(
            heading=Text("单位", "unit"), required=True, width=26, only_words=True,
            example=units.names[0].localized(language) if len(units) else "",
            words=[name.localized(language) for name in units.names],
            help=Text("从列表中选择单位。", "Select the unit from the list."),
        ),
        InputColumn(
            heading=Text("职务", "post"), required=True, width=28, words=titles, only_words=bool(titles),
            example=titles[0] if titles else "",
            help=Text("评分表规定的职务，从列表中选择。", "Select a post of the rule sheet from the list."),
        ),
        InputColumn(
            heading=Text("姓名", "name"), required=True, width=16, example="张三" if language == "zh" else "Zhang San",
            help=Text("担任该职务的人。", "Holder of the post."),
        ),
        InputColumn(
            heading=Text("任职日期", "from"), example="2026-07-01", help=day, is_date=True, number_format="yyyy-mm-dd"
        ),
        InputColumn(
            heading=Text("离任日期", "to"), example="2026-12-31", help=day, is_date=True, number_format="yyyy-mm-dd"
        ),
    ]  # fmt: skip


def write_leadership_book(
    target: Path | BytesIO,
    language: Language,
    *,
    units: Units,
    posts: Mapping[str, Text],
    holders: Sequence[PostHolder] = (),
) -> None:
    """Write the teams as a workbook to fill in; where nobody is known yet, with a row for each unit and post."""
    names = [name.localized(language) for name in units.names]
    known = [
        [
            names[units.places[each.unit]],
            each.title.localized(language),
            each.name,
            each.first.isoformat() if each.first else "",
            each.last.isoformat() if each.last else "",
        ]
        for each in holders
    ]
    blank = [[name, title.localized(language)] for name in names for title in posts.values()]
    columns = team_columns(language, units, posts)
    sheet = InputSheet(name=SHEET, columns=columns, rows=known or blank, frozen=2)
    write_input_book(target, language, GUIDANCE, [sheet], {"kind": "leadership"})


def read_leadership_table(path: Path) -> Table:
    """The table of leadership teams in a workbook or CSV file.

    Raises:
        ValidationError: the file cannot be read, or holds no such table.
    """
    return read_table(path, HEADINGS["post"])
