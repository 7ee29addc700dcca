"""The workbook of people: written, filled in, read."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.core.accounts.people import ListedPerson, read_people
from assess.core.actors import Role
from assess.core.text import Language, Text
from assess.core.units.unit_list import UnitNames
from assess.files.people_book import read_people_table, write_people_book
from tests.files.filling import conventions_broken, filled
from tests.tables import some_units, told

UNITS = some_units(u1="建外街道", u2="三里屯街道")
DEPARTMENTS = {"ecology-bureau": Text("区生态环境局", "Ecology bureau"), "water": Text("区水务局", "Water bureau")}
PEOPLE = [
    ListedPerson("zhang.san", "张三", "z@example.cn", (Role.OFFICIAL, Role.EVALUATOR), ("u1", "u2"), ("water",), "zh"),
    ListedPerson("zuzhi", "=赵六", None, (Role.RECEIVER,), language="en"),
]


def book(path: Path, language: Language, people: list[ListedPerson]) -> Path:
    write_people_book(path, language, units=UNITS, departments=DEPARTMENTS, people=people)
    return path


@pytest.mark.parametrize("language", ["zh", "en"])
def test_people_come_back_from_their_workbook_as_they_were(tmp_path: Path, language: Language) -> None:
    path = book(tmp_path / "people.xlsx", language, PEOPLE)

    assert read_people(read_people_table(path), UnitNames(UNITS), DEPARTMENTS) == (PEOPLE, [])
    assert conventions_broken(path) == []


def test_a_filled_template_is_read_without_its_example(tmp_path: Path) -> None:
    path = book(tmp_path / "people.xlsx", "zh", [])
    filled(path, "人员", {"A3": "li.si", "B3": "李四", "D3": "街乡工作人员", "E3": "三里屯", "A4": "Li", "D4": "领导"})

    people, flaws = read_people(read_people_table(path), UnitNames(UNITS), DEPARTMENTS)

    assert people == [ListedPerson("li.si", "李四", None, (Role.OFFICIAL,), ("u2",))]
    assert [line.removeprefix(f"{path}:") for line in told(flaws)] == [
        "人员!B4: “name” is missing. Enter it.",
        (
            "人员!A4: “Li” cannot be a username. Use 2 to 40 lower-case letters, digits or . - "
            "_, beginning with a letter or digit."
        ),
    ]


def test_the_same_people_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = book(tmp_path / "a.xlsx", "zh", PEOPLE), book(tmp_path / "b.xlsx", "zh", PEOPLE)

    assert first.read_bytes() == second.read_bytes()
