"""Lists of people who are to have accounts: who they are, what they do, and for which units or departments."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from assess.core.actors import DutyScope, Role
from assess.core.flaws import Flaw
from assess.core.listing import ListRow, rows_of
from assess.core.naming import Guesses, folded, half_width, quoted
from assess.core.parsing import ParseError, wrong
from assess.core.tables import Table
from assess.core.text import Language, Text
from assess.core.units.unit_list import UnitNames

BAD_USERNAME = Text(
    "“{text}”不能作账号，请用2至40个小写字母、数字或. - _，以字母或数字开头。",
    "“{text}” cannot be a username. Use 2 to 40 lower-case letters, digits or . - _, beginning with a letter or digit.",
)
USERNAME_TWICE = Text(
    "账号“{text}”与{name}的相同，每人一个账号，一人兼任多职的请写在同一行。",
    "“{text}” is also the username of {name}. Each person has one username. List several roles in one row.",
)
BAD_EMAIL = Text(
    "“{text}”不是邮箱地址，请核对或留空。", "“{text}” is not an email address. Check it or leave it empty."
)
TOO_LONG = Text("超过{most}字，请精简。", "This must be {most} characters or fewer. Shorten it.")
UNKNOWN_ROLE = Text("没有“{text}”这个角色，请从{roles}中选填。", "There is no role “{text}”. Select from {roles}.")
NO_DEPARTMENT = Text("没有“{text}”这个部门，请核对评分表。", "There is no department “{text}”. Check the rule sheet.")
PERHAPS_DEPARTMENT = Text(
    "没有“{text}”这个部门。是否应为“{near}”？", "There is no department “{text}”. Did you mean “{near}”?"
)
NO_UNITS = Text("街乡填报人员须填写所属单位，请填写。", "A unit official must have a unit. Enter it.")
NO_DEPARTMENTS = Text(
    "部门考评人员须填写所属部门，请填写。", "A department evaluator must have a department. Enter it."
)
UNKNOWN_LANGUAGE = Text("“{text}”应填“中文”或“英文”。", "“{text}” must be “Chinese” (zh) or “English” (en).")

HEADINGS: Final = {
    "username": ("username", "账号", "用户名"),
    "name": ("name", "姓名"),
    "email": ("email", "邮箱", "电子邮箱", "e-mail"),
    "roles": ("roles", "角色", "role"),
    "units": ("units", "单位", "unit", "所属单位"),
    "departments": ("departments", "部门", "department", "所属部门"),
    "language": ("language", "语言"),
}
REQUIRED: Final = ("username", "name", "roles")
USERNAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
EMAIL: Final = re.compile(r"[^@\s,;<>\"]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE | re.ASCII)
MAX_NAME_LENGTH: Final = 80
MAX_EMAIL_LENGTH: Final = 200
PARTED: Final = re.compile(r"[;；,，\n]")
ENUMERATED: Final = re.compile(r"、")
LANGUAGES: Final[dict[str, Language]] = {
    "zh": "zh", "中文": "zh", "汉语": "zh", "chinese": "zh", "en": "en", "英文": "en", "英语": "en", "english": "en"
}  # fmt: skip
ROLES: Final = {
    **{folded(word): role for role in Role for word in (role, *role.label)},
    **dict.fromkeys(("绩效部门", "组织部门", "绩效、组织部"), Role.RECEIVER),
    **{"街乡工作人员": Role.OFFICIAL, "考评部门人员": Role.EVALUATOR},
}
OF_ROLES: Final = Text.listed(role.label.zh for role in Role)._replace(en=", ".join(Role))

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """One person of the list; an official's `units` are codes, an evaluator's `departments` ids."""

    username: str
    name: str
    email: str | None
    roles: tuple[Role, ...]
    units: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    language: Language | None = None


def read_people(
    table: Table, names: UnitNames, departments: Mapping[str, Text]
) -> tuple[list[ListedPerson], list[Flaw]]:
    """The people a table holds, those left out whose row has a flaw; every flaw at its cell.

    Args:
        table: columns username, name and roles, and email, units, departments and language where needed.
        names: the units of the cycle and their names.
        departments: titles of the rule sheet's departments by id.
    """
    flaws = list(table.flaws)
    reader = PeopleReader(names, departments)
    people: list[ListedPerson] = []
    seen: dict[str, str] = {}
    for row in rows_of(table, HEADINGS, REQUIRED, flaws):
        before = len(flaws)
        person = reader.person(row, flaws)
        if person.username in seen:
            facts = {"text": quoted(person.username), "name": quoted(seen[person.username])}
            flaws.append(Flaw(row.place("username"), USERNAME_TWICE, facts))
        if person.username:
            seen.setdefault(person.username, person.name)
        if len(flaws) == before and all(row.text(name) for name in REQUIRED):
            people.append(person)
    return people, flaws


class PeopleReader:
    """Reads one row at a time."""

    def __init__(self, names: UnitNames, departments: Mapping[str, Text]) -> None:
        self.names = names
        self.departments = {folded(word): key for key, title in departments.items() for word in (*title, key)}
        self.guesses = Guesses(self.departments)

    def person(self, row: ListRow, flaws: list[Flaw]) -> ListedPerson:
        """The person of a row, and what is wrong with the row."""
        roles = self.several(row, "roles", self.role, flaws)
        units = self.several(row, "units", self.unit, flaws)
        departments = self.several(row, "departments", self.department, flaws)
        scopes = {role.scope for role in roles}
        if DutyScope.UNIT in scopes and not row.text("units"):
            flaws.append(Flaw(row.place("units"), NO_UNITS))
        if DutyScope.DEPARTMENT in scopes and not row.text("departments"):
            flaws.append(Flaw(row.place("departments"), NO_DEPARTMENTS))
        checked = {name: self.plain(row, name, flaws) for name in ("username", "name", "email")}
        return ListedPerson(
            checked["username"],
            checked["name"],
            checked["email"] or None,
            roles,
            units,
            departments,
            self.language(row, flaws),
        )

    def plain(self, row: ListRow, name: str, flaws: list[Flaw]) -> str:
        """A text of the row that must look as its column says."""
        text = half_width(row.text(name)) if name == "username" else row.text(name)
        if name == "username" and text and not USERNAME.fullmatch(text):
            flaws.append(Flaw(row.place(name), BAD_USERNAME, {"text": quoted(text)}))
        if name == "email" and text and not (EMAIL.fullmatch(text) and len(text) <= MAX_EMAIL_LENGTH):
            flaws.append(Flaw(row.place(name), BAD_EMAIL, {"text": quoted(text)}))
        if name == "name" and len(text) > MAX_NAME_LENGTH:
            flaws.append(Flaw(row.place(name), TOO_LONG, {"most": MAX_NAME_LENGTH}))
        return text

    def several(
        self, row: ListRow, name: str, find: Callable[[str], Found | ParseError], flaws: list[Flaw]
    ) -> tuple[Found, ...]:
        """The things that a cell lists, each once; 、 parts them too where the whole is not one name."""
        found: dict[Found, None] = {}
        for part in PARTED.split(row.text(name)):
            whole = find(part) if part.strip() else None
            pieces = [part] if not isinstance(whole, ParseError) else ENUMERATED.split(part)
            for piece in filter(str.strip, pieces):
                each = find(piece)
                if isinstance(each, ParseError):
                    flaws.append(Flaw(row.place(name), each.what))
                else:
                    found[each] = None
        return tuple(found)

    def role(self, text: str) -> Role | ParseError:
        """The role that a text names."""
        return ROLES.get(folded(text)) or wrong(UNKNOWN_ROLE, text.strip(), roles=OF_ROLES)

    def unit(self, text: str) -> str | ParseError:
        """The code of the unit that a text names."""
        found = self.names.find(text.strip())
        return found if isinstance(found, ParseError) else self.names.units.codes[found]

    def department(self, text: str) -> str | ParseError:
        """The id of the department that a text names."""
        plain = folded(text)
        if plain in self.departments:
            return self.departments[plain]
        near = self.guesses.nearest(plain)
        if near is None:
            return wrong(NO_DEPARTMENT, text.strip())
        return wrong(PERHAPS_DEPARTMENT, text.strip(), near=near)

    def language(self, row: ListRow, flaws: list[Flaw]) -> Language | None:
        """The language that the person reads, where it is stated."""
        text = row.text("language")
        if text and folded(text) not in LANGUAGES:
            flaws.append(Flaw(row.place("language"), UNKNOWN_LANGUAGE, {"text": quoted(text)}))
        return LANGUAGES.get(folded(text))
