"""The workbook in which an office lists the people who are to have accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Final

from assess.core.accounts.people import HEADINGS, ListedPerson
from assess.core.actors import Role
from assess.core.tables import Table
from assess.core.text import Language, Text
from assess.core.units.unit_list import Units
from assess.files.tables import read_table
from assess.files.workbooks.input_books import Guidance, InputColumn, InputSheet, write_input_book

SHEET: Final = Text("人员", "People")
GUIDANCE: Final = Guidance(
    title=Text("人员名单填写说明", "How to fill in the list of people"),
    who=Text("考核办", "the assessment office"),
    steps=(
        Text(
            "每人一行。一人兼任几个角色的，写在同一格，用分号隔开；单位、部门也可填写几个。",
            "One row for each person. Put several roles of one person in one cell, separated by semicolons; "
            "likewise several units or departments.",
        ),
        Text(
            "街乡填报人员须填单位，部门考评人员须填部门。单位可填名称、别名或代码，部门可填名称或编号。",
            "A unit official needs a unit, a department evaluator a department. Enter units by name, alias "
            "or code, and departments by name or ID.",
        ),
        Text(
            "名单只用于建立账号，不含密码。上传后，系统为每人生成一次性链接，由本人设置密码。",
            "The list creates accounts without passwords. After the upload, each person gets a one-time link "
            "to set one.",
        ),
    ),
)

UNITS: Final = Text(
    "街乡填报人员必填，几个单位用分号隔开。", "Required for unit officials; separate several by semicolons."
)
DEPARTMENTS: Final = Text(
    "部门考评人员必填，几个部门用分号隔开。", "Required for department evaluators; separate several by semicolons."
)


def people_columns(language: Language, units: Units, departments: Mapping[str, Text]) -> list[InputColumn]:
    """The columns of the list."""
    roles = [role.label.localized(language) for role in Role]
    first = departments[next(iter(departments))].localized(language) if departments else ""
    unit = units.names[0].localized(language) if len(units) else ""
    spoken = "中文" if language == "zh" else "English"
    return [
        InputColumn(
            heading=heading("username"), required=True, width=18, example="zhang.san",
            help=Text(
                "登录用的账号：2至40个小写字母、数字或. - _，不可重复。",
                "Name to sign in with: 2 to 40 lower-case letters, digits or . - _, used once.",
            ),
        ),
        InputColumn(
            heading=heading("name"), required=True, width=14, example="张三" if language == "zh" else "Zhang San",
            help=Text("真实姓名，显示在报送和核定记录中。", "Real name, shown in all records."),
        ),
        InputColumn(
            heading=heading("email"), width=26, example="zhangsan@example.com",
            help=Text("接收提醒邮件的邮箱，可不填。", "Email address for reminders (optional)."),
        ),
        InputColumn(
            heading=heading("roles"), required=True, width=24, example=roles[0], words=roles,
            help=Text("从列表中选择，几个角色用分号隔开。", "Select from the list; separate several by semicolons."),
        ),
        InputColumn(
            heading=heading("units"), width=26, example=unit, words=[name.localized(language) for name in units.names],
            help=UNITS,
        ),
        InputColumn(
            heading=heading("departments"), width=26, example=first,
            words=[title.localized(language) for title in departments.values()],
            help=DEPARTMENTS,
        ),
        InputColumn(
            heading=heading("language"), width=10, example=spoken, words=("中文", "English"), only_words=True,
            help=Text("页面语言，中文或English；不填为中文。", "Language of the pages. Chinese if left empty."),
        ),
    ]  # fmt: skip


def heading(name: str) -> Text:
    """The heading of a column."""
    return Text(HEADINGS[name][1], name)


def write_people_book(
    target: Path | BytesIO,
    language: Language,
    *,
    units: Units,
    departments: Mapping[str, Text],
    people: Sequence[ListedPerson] = (),
) -> None:
    """Write the list as a workbook to fill in, the people there are already in it."""
    columns = people_columns(language, units, departments)
    listed = [cells_by_heading(person, language, units, departments) for person in people]
    rows = [[cells[column.heading.en] for column in columns] for cells in listed]
    sheet = InputSheet(name=SHEET, columns=columns, rows=rows, frozen=2)
    write_input_book(target, language, GUIDANCE, [sheet], {"kind": "people"})


def cells_by_heading(
    person: ListedPerson, language: Language, units: Units, departments: Mapping[str, Text]
) -> dict[str, str]:
    """The cells of one person, each by the English heading of its column."""
    return {
        "username": person.username,
        "name": person.name,
        "email": person.email or "",
        "roles": ";".join(role.label.localized(language) for role in person.roles),
        "units": ";".join(units.names[units.places[code]].localized(language) for code in person.units),
        "departments": ";".join(departments[key].localized(language) for key in person.departments),
        "language": {"zh": "中文", "en": "English", None: ""}[person.language],
    }


def read_people_table(path: Path) -> Table:
    """The table of people in a workbook or CSV file.

    Raises:
        ValidationError: the file cannot be read, or holds no such table.
    """
    return read_table(path, HEADINGS["username"])
