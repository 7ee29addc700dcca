"""Ids: each stands once, and what is named exists."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from assess.core.flaws import Flaw, Path
from assess.core.kinds import (
    FIGURE_ID,
    NODE_ID,
    NOT_A_FIGURE_ID,
    NOT_AN_ID,
    NOT_FIGURES,
    RESERVED_ID,
    ReferenceType,
    WordList,
)
from assess.core.rules.adjustments import Bonus, Deduction
from assess.core.rules.checking import places
from assess.core.rules.figure import BY_PANEL, SUPPLIERS
from assess.core.rules.nodes import walk
from assess.core.rules.sheet import RuleSheet, all_items, all_nodes
from assess.core.schema import BROKEN, hint
from assess.core.text import Text

TWICE = Text("编号“{id}”重复，请改其中一个。", "The ID “{id}” appears twice. Change one of them.")
NO_DEPARTMENT = Text("没有“{id}”这个部门。{hint}", "There is no department “{id}”. {hint}")
NO_FIGURE = Text("没有“{id}”这个数据项。{hint}", "There is no figure “{id}”. {hint}")
NO_NODE = Text("没有“{id}”这个考核项或类别。{hint}", "There is no item or section “{id}”. {hint}")
NO_GRADE = Text("没有“{id}”这个等次。{hint}", "There is no grade “{id}”. {hint}")
NO_GROUP = Text("没有“{id}”这个分组。{hint}", "There is no group “{id}”. {hint}")
NO_TASK = Text(
    "任务清单中没有第{id}号任务，请修改序号或补上任务。",
    "The task list has no task {id}. Correct the number or add the task.",
)


class GroupWords(NamedTuple):
    """What is said of numbers by group that do not name the groups of the sheet."""

    left_out: Text
    no_groups: Text


OF_FULL_MARK = GroupWords(
    Text("没有写“{id}”组的分值，请补上。", "The full mark of the group “{id}” is missing. Add it."),
    Text(
        "本表没有分组，分值应为一个数，请修改。",
        "The sheet has no groups, so the full mark must be one number. Change it.",
    ),
)
OF_WEIGHT = GroupWords(
    Text("没有写“{id}”组的权重，请补上。", "The weight of the group “{id}” is missing. Add it."),
    Text(
        "本表没有分组，权重应为一个数，请修改。",
        "The sheet has no groups, so the weight must be one number. Change it.",
    ),
)


def unique_ids(sheet: RuleSheet) -> Iterator[Flaw]:
    """Nodes and adjustments share one set of ids; figures, groups and grades have their own."""
    nodes = [*walk(sheet.items)]
    for adjustment in sheet.adjustments:
        nodes.append(adjustment)  # type: ignore[arg-type]
        if isinstance(adjustment, Bonus | Deduction):
            nodes.extend(walk(adjustment.items))
    yield from repeated(nodes)
    yield from repeated(listed(sheet.groups))
    yield from repeated(listed(sheet.grades))
    yield from repeated(listed(sheet.results))
    for ranking in listed(sheet.results):
        yield from repeated(listed(ranking.grades))
    for name in sheet.figures if sheet.figures is not BROKEN else ():
        if not FIGURE_ID.fullmatch(name):
            yield Flaw(("figures", name), NOT_A_FIGURE_ID, {"key": name, "text": name})
        elif name in NOT_FIGURES:
            yield Flaw(("figures", name), RESERVED_ID, {"key": name, "text": name})
    for name in mapped(sheet.departments):
        if not NODE_ID.fullmatch(name):
            yield Flaw(("departments", name), NOT_AN_ID, {"key": name, "text": name})


def listed(things: Any) -> list[Any]:
    """The readable ones of an optional list."""
    return [] if things is None or things is BROKEN else [each for each in things if each is not BROKEN]


def ids_of(things: Iterable[Any]) -> tuple[str, ...]:
    """The ids that could be read."""
    return tuple(thing.id for thing in things if thing.id is not BROKEN)


def mapped(things: Any) -> Mapping[str, Any]:
    """An optional mapping, empty where absent or unreadable."""
    return {} if things is None or things is BROKEN else things


def repeated(things: Iterable[Any]) -> Iterator[Flaw]:
    """One flaw for each id that stood before."""
    seen: set[str] = set()
    for thing in things:
        if thing.id is BROKEN:
            continue
        if thing.id in seen:
            yield Flaw((*thing.path, "id"), TWICE, {"id": thing.id})
        seen.add(thing.id)


def unknown(path: Path, name: str, known: tuple[str, ...], what: Text) -> Iterator[Flaw]:
    """A flaw where the name is not known; one that is itself a key is told at the key."""
    if name not in known:
        yield Flaw(path, what, {"key": name, "id": name, "hint": hint(name, known)})


def known_departments(sheet: RuleSheet) -> Iterator[Flaw]:
    """`from` and `certified_by` name a department of the sheet, where it lists them."""
    if sheet.departments is None or sheet.departments is BROKEN:
        return
    for name, figure in mapped(sheet.figures).items():
        if figure is BROKEN:
            continue
        if figure.from_ is not BROKEN and not (figure.panel is not None and figure.from_ == BY_PANEL):
            known = WordList({**SUPPLIERS.spellings, **dict.fromkeys(sheet.departments, ())})
            yield from unknown(("figures", name, "from"), figure.from_, known, NO_DEPARTMENT)
        if figure.certified_by is not None and figure.certified_by is not BROKEN:
            path = ("figures", name, "certified_by")
            yield from unknown(path, figure.certified_by, tuple(sheet.departments), NO_DEPARTMENT)


def known_groups(sheet: RuleSheet) -> Iterator[Flaw]:
    """A full mark or a weight by group names every group and no other."""
    if sheet.groups is BROKEN:
        return
    groups = ids_of(listed(sheet.groups))
    yield from named_groups(("points",), sheet.points, groups, OF_FULL_MARK)
    for node in all_nodes(sheet).values():
        yield from named_groups((*node.path, "points"), node.points, groups, OF_FULL_MARK)
        yield from named_groups((*node.path, "weight"), node.weight, groups, OF_WEIGHT)
    for item in all_items(sheet):
        if item.each is not None and item.each is not BROKEN:
            yield from named_groups((*item.each.path, "points"), item.each.points, groups, OF_FULL_MARK)


def named_groups(path: Path, numbers: object, groups: tuple[str, ...], words: GroupWords) -> Iterator[Flaw]:
    """A flaw for each group that numbers by group do not name, and for each that is not known."""
    if not isinstance(numbers, Mapping):
        return
    if not groups:
        yield Flaw(path, words.no_groups)
        return
    for name in numbers:
        yield from unknown((*path, name), name, groups, NO_GROUP)
    for name in groups:
        if name not in numbers:
            yield Flaw(path, words.left_out, {"id": name})


def known_figures(sheet: RuleSheet) -> Iterator[Flaw]:
    """Every figure that an item names exists."""
    known = mapped(sheet.figures)
    for path, name in places.figure_references(sheet):
        yield from unknown(path, name, tuple(known), NO_FIGURE)


def known_nodes_and_grades(sheet: RuleSheet) -> Iterator[Flaw]:
    """Every item, section or grade that ranking, conversion and adjustments name exists."""
    nodes = tuple(all_nodes(sheet))
    grades = None if sheet.grades is BROKEN else ids_of(listed(sheet.grades))
    records = [each for each in (sheet.ranking, sheet.conversion) if each is not None and each is not BROKEN]
    records += listed(sheet.results)
    outcome = (mention for record in records for mention in places.mentions(record))
    for mention in (*outcome, *places.of_adjustments(sheet)):
        if isinstance(mention.kind, ReferenceType) and mention.kind.to == "node":
            yield from unknown(mention.path, mention.value, nodes, NO_NODE)
        elif isinstance(mention.kind, ReferenceType) and mention.kind.to == "grade" and grades:
            yield from unknown(mention.path, mention.value, grades, NO_GRADE)


def known_tasks(sheet: RuleSheet, tasks: Collection[str]) -> Iterator[Flaw]:
    """Every task number of an item is in the annual task list."""
    for mention in places.of_items(sheet):
        if len(mention.path) > 1 and mention.path[-2] == "tasks" and mention.value not in tasks:
            yield Flaw(mention.path, NO_TASK, {"id": mention.value})
