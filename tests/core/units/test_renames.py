"""Units that change their name."""

from __future__ import annotations

from datetime import date

from assess.core.text import Text
from assess.core.units.renames import Rename, name_on, read_renames
from assess.core.units.unit_list import UnitNames
from tests.tables import a_table, some_units, told

NAMES = UnitNames(some_units(u1="建外街道", u2="三里屯街道"))
FIRST = Rename("u1", Text("建国门外街道", "Jianguomenwai Subdistrict"), date(2026, 3, 1))
SECOND = Rename("u1", Text.same("建外新街道"), date(2026, 9, 1))


def test_renames_are_read_by_unit_and_day() -> None:
    renames, flaws = read_renames(
        a_table(
            "单位*,新名称*,新英文名称,更名日期*",
            "建外,建外新街道,,2026年9月1日",
            "u1,建国门外街道,Jianguomenwai Subdistrict,2026-03-01",
        ),
        NAMES,
    )

    assert (renames, flaws) == ([FIRST, SECOND], [])


def test_a_rename_without_day_or_of_no_unit_or_twice_on_a_day_is_told() -> None:
    _, flaws = read_renames(
        a_table("unit,new_name_zh,renamed_on", "u1,甲,", "u9,乙,2026-03-01", "u2,丙,2026-3-1", "u2,丁,2026.3.1"), NAMES
    )

    assert told(flaws) == [
        "t.csv:2:3: “renamed_on” is missing. Enter it.",
        "t.csv:3:1: No unit is called “u9”. Check the list of units.",
        "t.csv:5:3: 三里屯街道 changes its name twice on 2026-03-01. Keep one row.",
    ]


def test_a_unit_is_called_by_its_latest_name_on_a_day() -> None:
    old = Text.same("建外街道")
    days = (date(2026, 2, 28), date(2026, 3, 1), date(2026, 12, 31))

    assert [name_on(day, "u1", old, [SECOND, FIRST]) for day in days] == [old, FIRST.name, SECOND.name]
    assert name_on(date(2026, 12, 31), "u2", old, [SECOND, FIRST]) == old
