"""Leadership teams: names, posts and dates."""

from __future__ import annotations

from datetime import date

import pytest

from assess.core.leadership import PostHolder, read_leadership
from assess.core.text import Text
from assess.core.units.unit_list import UnitNames
from tests.tables import a_table, some_units, told

NAMES = UnitNames(some_units(u1="建外街道", u2="三里屯街道"))
SECRETARY, HEAD = Text("党（工）委书记", "Party secretary"), Text("主任（乡长）", "Head")
POSTS = {"secretary": SECRETARY, "head": HEAD}


def read(*lines: str) -> tuple[list[PostHolder], list[str]]:
    """The teams of a CSV and what is wrong with it."""
    holders, flaws = read_leadership(a_table(*lines), NAMES, POSTS)
    return holders, told(flaws)


def test_teams_are_read_with_who_came_and_who_left() -> None:
    holders, flaws = read(
        "单位*,职务*,姓名*,任职日期,离任日期",
        "建外,党(工)委书记,张三,,2026年6月30日",
        "u1,secretary,李四,2026/7/1,",
        "三里屯街道,主任（乡长）,王五,,",
        "三里屯街道,secretary,,,",
    )

    assert (holders, flaws) == (
        [
            PostHolder("u1", "secretary", SECRETARY, "张三", None, date(2026, 6, 30)),
            PostHolder("u1", "secretary", SECRETARY, "李四", date(2026, 7, 1), None),
            PostHolder("u2", "head", HEAD, "王五"),
        ],
        [],
    )


def test_one_post_has_one_holder_at_a_time() -> None:
    holders, flaws = read(
        "unit,post,name,from,to",
        "u1,secretary,张三,,2026-06-30",
        "u1,secretary,李四,2026-06-30,",
        "u2,secretary,王五,2026-06-30,",
    )

    assert [holder.name for holder in holders] == ["张三", "王五"]
    assert flaws == [
        (
            "t.csv:3:2: 张三 already holds the post of Party secretary of 建外街道 at that time. "
            "A post has one holder at a time. Check the dates."
        )
    ]


def test_unknown_units_posts_and_dates_are_told_by_cell() -> None:
    assert read(
        "unit,post,name,from,to",
        "朝外,secretry,张三,2026-02-30,soon",
        "u1,driver,,2026-03-01,2026-02-01",
    ) == (
        [],
        [
            "t.csv:3:3: “name” is missing. Enter it.",
            "t.csv:2:1: No unit is called “朝外”. Check the list of units.",
            "t.csv:2:2: There is no post “secretry”. Did you mean “Party secretary”?",
            "t.csv:2:4: “2026-02-30” is not a date. Enter it as in 2026-12-31.",
            "t.csv:2:5: “soon” is not a date. Enter it as in 2026-12-31.",
            "t.csv:3:2: There is no post “driver”. Select one of Party secretary, Head.",
            "t.csv:3:5: The last day is before the first. Check both dates.",
        ],
    )


def test_a_sheet_without_posts_takes_any_post_under_its_own_name() -> None:
    holders, _ = read_leadership(a_table("unit,post,name", "u1,镇长,张三"), NAMES, {})

    assert holders == [PostHolder("u1", "镇长", Text.same("镇长"), "张三")]


@pytest.mark.parametrize(("day", "held"), [("2025-12-31", False), ("2026-01-01", True), ("2026-06-30", True)])
def test_first_and_last_day_are_in_the_post(day: str, held: bool) -> None:
    holder = PostHolder("u1", "head", HEAD, "张三", date(2026, 1, 1), date(2026, 6, 30))

    assert holder.held(date.fromisoformat(day)) is held
