"""Bulk lists of people."""

from __future__ import annotations

from assess.core.accounts.people import ListedPerson, read_people
from assess.core.actors import Role
from assess.core.text import Text
from assess.core.units.unit_list import UnitNames
from tests.tables import a_table, some_units, told

NAMES = UnitNames(some_units(u1="建外街道", u2="三里屯街道"))
DEPARTMENTS = {"ecology-bureau": Text("区生态环境局", "Ecology bureau"), "water": Text("区水务局", "Water bureau")}


def read(*lines: str) -> tuple[list[ListedPerson], list[str]]:
    """The people of a CSV and what is wrong with it."""
    people, flaws = read_people(a_table(*lines), NAMES, DEPARTMENTS)
    return people, told(flaws)


def test_people_are_read_with_roles_units_and_departments_by_any_of_their_names() -> None:
    people, flaws = read(
        "序号,账号*,姓名*,邮箱,角色*,单位,部门,语言,备注",
        "1,zhang.san,张三,zhang@example.cn,街乡工作人员,建外；u2,,中文,新到岗",
        '2,li-si,李四,,"考评部门人员、official",三里屯街道,区水务局、ecology-bureau,,',
        "3,ｗａｎｇ５,王五,,考核办;领导,,,en,",
        "4,zu.zhi,赵六,,绩效、组织部门,,,,",
    )

    assert (people, flaws) == (
        [
            ListedPerson("zhang.san", "张三", "zhang@example.cn", (Role.OFFICIAL,), ("u1", "u2"), (), "zh"),
            ListedPerson("li-si", "李四", None, (Role.EVALUATOR, Role.OFFICIAL), ("u2",), ("water", "ecology-bureau")),
            ListedPerson("wang5", "王五", None, (Role.OFFICE, Role.LEADER), language="en"),
            ListedPerson("zu.zhi", "赵六", None, (Role.RECEIVER,)),
        ],
        [],
    )


def test_everything_wrong_is_told_by_cell_at_once_and_no_such_person_is_taken() -> None:
    people, flaws = read(
        "username,name,email,roles,units,departments,language,phone",
        "Zhang San,张三,zhang at example,official,,,,139",
        "li,李四,,evaluator,,watr,fr,",
        "li,,,chief,朝外,,,",
        "ok,赵六,,office,,,,",
    )

    assert [person.username for person in people] == ["ok"]
    assert flaws == [
        (
            "t.csv:1:8: There is no column “phone”. Use one of: username, name, email, roles, "
            "units, departments, language."
        ),
        "t.csv:4:2: “name” is missing. Enter it.",
        "t.csv:2:5: A unit official must have a unit. Enter it.",
        (
            "t.csv:2:1: “Zhang San” cannot be a username. Use 2 to 40 lower-case letters, digits "
            "or . - _, beginning with a letter or digit."
        ),
        "t.csv:2:3: “zhang at example” is not an email address. Check it or leave it empty.",
        "t.csv:3:6: There is no department “watr”. Did you mean “water”?",
        "t.csv:3:7: “fr” must be “Chinese” (zh) or “English” (en).",
        "t.csv:4:4: There is no role “chief”. Select from official, evaluator, office, leader, receiver.",
        "t.csv:4:5: No unit is called “朝外”. Check the list of units.",
        "t.csv:4:1: “li” is also the username of 李四. Each person has one username. List several roles in one row.",
    ]


def test_a_list_without_a_needed_column_or_without_people_says_so() -> None:
    assert read("username,name", "li,李四") == ([], ["t.csv: There is no column “roles”. Add this heading."])
    assert read("账号,姓名,角色", ",,") == ([], ["t.csv: The list is empty. Enter one in each row."])
