"""What has no title: pages and papers then call it by its kind and clause."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assess.core.flaws import Path
from assess.core.rules.adjustments import Bonus, Deduction
from assess.core.rules.checking.ids import listed, mapped
from assess.core.rules.nodes import Section, walk
from assess.core.rules.sheet import RuleSheet
from assess.core.schema import BROKEN
from assess.core.text import Text
from assess.core.warnings.coded import CodedWarning

MISSING_TITLE = Text(
    "{kind}“{id}”没有名称，页面和考核结果单上没有可用的称呼，请补上title。",
    "The {kind} “{id}” has no title, so pages and documents have no name for it. Add `title`.",
)
SECTION, ITEM = Text("考核类别", "section"), Text("考核项", "item")
FIGURE, GROUP = Text("数据项", "figure"), Text("分组", "group")
GRADE, ADJUSTMENT, RESULT = Text("等次", "grade"), Text("加减分", "adjustment"), Text("其他排名", "ranking")


def missing_titles(sheet: RuleSheet) -> Iterator[CodedWarning]:
    """Everything that has no title though it may have one, at its first key or its id."""
    for kind, path, thing, name in titled_things(sheet):
        if thing.title is None and name is not BROKEN:
            yield CodedWarning("missing-title", path, MISSING_TITLE, {"kind": kind, "id": name})


def titled_things(sheet: RuleSheet) -> Iterator[tuple[Text, Path, Any, Any]]:
    """Everything that may have a title: what it is, its path, itself and its id."""
    for name, figure in mapped(sheet.figures).items():
        if figure is not BROKEN:
            yield FIGURE, ("figures", name), figure, name
    for kind, things in (
        (GROUP, sheet.groups),
        (GRADE, sheet.grades),
        (ADJUSTMENT, sheet.adjustments),
        (RESULT, sheet.results),
    ):
        yield from ((kind, thing.path, thing, thing.id) for thing in listed(things))
    for ranking in listed(sheet.results):
        yield from ((GRADE, grade.path, grade, grade.id) for grade in listed(ranking.grades))
    items = (each.items for each in sheet.adjustments if isinstance(each, Bonus | Deduction))
    for nodes in (sheet.items, *items):
        for node in walk(tuple(listed(nodes))):
            yield SECTION if isinstance(node, Section) else ITEM, node.path, node, node.id
