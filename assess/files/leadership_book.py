"""The workbook in which an office lists the leadership teams of the units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Final

from assess.core.leadership import HEADINGS, PostHolder
from assess.core.tables import Table
from assess.core.text import Language, Text
from assess.core.units import Units
from assess.files.input_books import Guidance, InputColumn, InputSheet, write_input_book
from assess.files.tables import read_table

SHEET: Final = Text("领导班子", "Leadership teams")
GUIDANCE: Final = Guidance(
    title=Text("领导班子名单填写说明", "How to fill in the leadership teams"),
    who=Text("考核办（会同组织部门核对）", "the assessment office, checked with the personnel department"),
    steps=(
        Text(
            "每人每个职务一行。年内换人的，前后两人各填一行，注明离任和任职日期；同一职务同一时间只有一人。",
            "One row for each person and post. Where somebody new came in the year, both have a row with the last "
            "and the first day; a post has one holder at a time.",
        ),
        Text(
            "全年在任的，任职日期和离任日期可不填。没有填姓名的行不读取。",
            "Dates may be left out for whoever held the post all year. Rows without a name are not read.",
        ),
    ),
)


def team_columns(language: Language, units: Units, posts: Mapping[str, Text]) -> list[InputColumn]:
    """The columns of the list."""
    titles = [title.localized(language) for title in posts.values()]
    day = Text(
        "日期，如 2026-07-01；全年在任的不填。", "A date such as 2026-07-01; leave empty if it was the whole year."
    )
    return [
        InputColumn(
            heading=Text("单位", "unit"), required=True, width=26, only_words=True,
            example=units.names[0].localized(language) if len(units) else "",
            words=[name.localized(language) for name in units.names],
            help=Text("从列表中选择单位。", "Choose the unit from the list."),
        ),
        InputColumn(
            heading=Text("职务", "post"), required=True, width=28, words=titles, only_words=bool(titles),
            example=titles[0] if titles else "",
            help=Text("评分表规定的职务，从列表中选择。", "A post of the rule sheet, chosen from the list."),
        ),
        InputColumn(
            heading=Text("姓名", "name"), required=True, width=16, example="张三" if language == "zh" else "Zhang San",
            help=Text("担任该职务的人。", "Who holds the post."),
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
