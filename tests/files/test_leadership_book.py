"""The workbook of leadership teams: written, filled in, read."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from assess.core.leadership import PostHolder, read_leadership
from assess.core.text import Language, Text
from assess.core.units.unit_list import UnitNames
from assess.files.leadership_book import read_leadership_table, write_leadership_book
from tests.files.filling import conventions_broken, filled
from tests.tables import some_units

UNITS = some_units(u1="建外街道", u2="三里屯街道")
POSTS = {"secretary": Text("党（工）委书记", "Party secretary"), "head": Text("主任（乡长）", "Head")}
HOLDERS = [
    PostHolder("u1", "secretary", POSTS["secretary"], "张三", None, date(2026, 6, 30)),
    PostHolder("u1", "secretary", POSTS["secretary"], "李四", date(2026, 7, 1), None),
]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_teams_come_back_from_their_workbook_as_they_were(tmp_path: Path, language: Language) -> None:
    path = tmp_path / "teams.xlsx"
    write_leadership_book(path, language, units=UNITS, posts=POSTS, holders=HOLDERS)

    assert read_leadership(read_leadership_table(path), UnitNames(UNITS), POSTS) == (HOLDERS, [])
    assert conventions_broken(path) == []


def test_a_first_template_has_a_row_for_each_unit_and_post_and_reads_those_filled_in(tmp_path: Path) -> None:
    path = tmp_path / "teams.xlsx"
    write_leadership_book(path, "zh", units=UNITS, posts=POSTS)
    filled(path, "领导班子", {"C4": "王五", "D4": datetime(2026, 3, 1), "C6": "赵六", "D6": "2026年3月1日"})

    assert read_leadership(read_leadership_table(path), UnitNames(UNITS), POSTS) == (
        [
            PostHolder("u1", "head", POSTS["head"], "王五", date(2026, 3, 1)),
            PostHolder("u2", "head", POSTS["head"], "赵六", date(2026, 3, 1)),
        ],
        [],
    )
