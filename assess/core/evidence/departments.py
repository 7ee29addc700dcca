"""Which department somebody means, and whether a sheet asks it for anything."""

from __future__ import annotations

from assess.core.evidence.asked import DepartmentRequest, asked_of
from assess.core.naming import Guesses, folded
from assess.core.parsing import ParseError, wrong
from assess.core.rules.sheet import RuleSheet, title_of
from assess.core.text import Text

UNKNOWN = Text(
    "评分表没有“{text}”这个部门，请从中选一个：{known}。",
    "The rule sheet has no department “{text}”. Select one of {known}.",
)
PERHAPS = Text(
    "评分表没有“{text}”这个部门：是否应为“{near}”？全部部门：{known}",
    "The rule sheet has no department “{text}”. Did you mean “{near}”? All departments: {known}.",
)
NOTHING_ASKED = Text(
    "评分表没有要求{department}提供数据，无需填报。提供数据的部门：{known}",
    "The rule sheet asks {department} for no figures. There is nothing to fill in. "
    "Departments that supply figures: {known}.",
)


def departments_in(sheet: RuleSheet) -> dict[str, Text]:
    """The departments of a sheet by id, those first that it lists, and what each is called."""
    listed = {name: title_of(each, name) for name, each in (sheet.departments or {}).items()}
    used = (each.department for each in sheet.figures.values() if each.department is not None)
    return listed | {name: Text.same(name) for name in used if name not in listed}


def department_asked(sheet: RuleSheet, text: str) -> DepartmentRequest | ParseError:
    """What the sheet asks of the department that a text names by id or title, or why that is nothing."""
    departments = departments_in(sheet)
    known = {folded(name): name for name in departments}
    known = {folded(title): name for name, titles in departments.items() for title in titles} | known
    if folded(text) not in known:
        near, everybody = Guesses(known).nearest(folded(text)), named(departments)
        if near is None:
            return wrong(UNKNOWN, text, known=everybody)
        return wrong(PERHAPS, text, near=known[near], known=everybody)
    asked = asked_of(sheet, known[folded(text)])
    if asked.figures:
        return asked
    supplying = {name: title for name, title in departments.items() if asked_of(sheet, name).figures}
    return wrong(NOTHING_ASKED, text, department=asked.title, known=named(supplying))


def named(departments: dict[str, Text]) -> Text:
    """Departments one after the other, each with its id."""
    return Text(
        "、".join(f"{name}（{title.zh}）" for name, title in departments.items()),
        ", ".join(f"{name} ({title.en})" for name, title in departments.items()),
    )
