"""Full marks that add up, bounds in order, weights, and what missing means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from assess.core.flaws import Flaw, Path
from assess.core.kinds import NO_MARK, NodeMarks
from assess.core.numbers import printed, reduced
from assess.core.rules.checking import places
from assess.core.rules.checking.ids import listed
from assess.core.rules.nodes import MEAN_TYPE, Combine, Item, Node, NotApplicable, Section, counting
from assess.core.rules.sheet import RuleSheet, adjustment_items, all_items
from assess.core.schema import BROKEN
from assess.core.text import Text

NOT_THE_SUM = Text(
    "分值{points}与下级分值之和{sum}不等，请修改{group}。",
    "The full mark {points} is not the sum of those below, {sum}. Correct it{group}.",
)
NOT_THE_TOTAL = Text(
    "满分{points}与最上层各项分值之和{sum}不等，请修改{group}。",
    "The full mark {points} is not the sum of the top items and sections, {sum}. Correct it{group}.",
)
NOT_SHARED = Text(
    "用{combine}合成时，下级分值须与本类分值{points}相同{group}，请修改。",
    "With combine {combine}, every full mark below must be that of the section, {points}{group}. Change them.",
)
FLOOR_ABOVE_CAP = Text(
    "floor {floor}大于cap {cap}，请改其一。", "The floor {floor} is above the cap {cap}. Change one of them."
)
NO_WEIGHT = Text(
    "下级的weight全为零，请至少给一项权重{group}。",
    "The weights below are all 0. Add a weight above 0 to at least one{group}.",
)
NOTHING_COUNTS = Text(
    "下级都不计入（counts: 否），无分可合，请至少让一项计入。",
    "Nothing below counts (`counts: false`), so there is nothing to combine. Let at least one count.",
)
NO_MISSING_RULE = Text(
    "没有规定缺数据时怎样计分，请写明missing（得零分、不计、不计总分或points）。",
    "The sheet does not say what a missing value means. Add `missing` (zero, exclude, block or points).",
)
CANNOT_TAKE_OUT = Text(
    "“总分折算”不能用在{combine}的类别之内，请改用“类内折算”。",
    "`rescale-total` cannot be used inside a section with combine {combine}. Use `rescale`.",
)
AVAILABILITY_TOO_HIGH = Text(
    "availability不能超过100%，请写成60%的形式。", "`availability` cannot be above 100%. Write a share such as 60%."
)
NO_FULL_MARK = Text("不设", "none")
IN_GROUP = Text("（{group}组）", " (group {group})")
NO_GROUP = Text("", "")


def groups_of(sheet: RuleSheet) -> list[str | None]:
    """The ids of the groups, or one None where the sheet has none."""
    return [group.id for group in listed(sheet.groups) if group.id is not BROKEN] or [None]


def mark(points: NodeMarks | None, group: str | None) -> Fraction | None:
    """A full mark in a group, None where it could not be read or is not stated."""
    value = points.get(group or "") if isinstance(points, Mapping) else points
    return value if isinstance(value, Fraction) else None


def marks_of(item: Item, sheet: RuleSheet) -> list[Fraction]:
    """The full mark of an item in each group."""
    return [each for group in groups_of(sheet) if (each := mark(item.points, group)) is not None]


def part_marks(item: Item, sheet: RuleSheet) -> list[Fraction]:
    """What the method of an item is worth in each group: the full mark of a part where the item has parts."""
    stated = None if item.each is None or item.each is BROKEN else item.each.points
    if stated is None:
        return marks_of(item, sheet)
    return [each for group in groups_of(sheet) if (each := mark(stated, group)) is not None]


def full_marks(sheet: RuleSheet) -> list[Fraction]:
    """The full mark of the sheet, one for each group where they differ; none where it has none."""
    if any(top.points == NO_MARK for top in counting(sheet.items)):
        return []
    by_group = [
        sum((mark(top.points, group) or Fraction(0) for top in counting(sheet.items)), Fraction(0))
        for group in groups_of(sheet)
    ]
    return list(dict.fromkeys(by_group))


def full_mark_told(sheet: RuleSheet) -> Text:
    """The full mark of the sheet in words: one number, one for each group where they differ, or that there is none."""
    marks = full_marks(sheet)
    return Text.same(" / ".join(printed(full) for full in marks)) if marks else NO_FULL_MARK


def named(group: str | None) -> Text:
    """The group a flaw is about, where there are groups and marks differ."""
    return NO_GROUP if group is None else IN_GROUP.format(group=group)


def sums(sheet: RuleSheet) -> Iterator[Flaw]:
    """In a sum the full marks below add up to the section's own, those at the top to the sheet's, in each group."""
    if sheet.points is not None and counting(sheet.items):
        yield from added_up(("points",), (sheet.points, *marks_below(sheet)), NOT_THE_TOTAL, sheet)
    for section in places.sections(sheet):
        if section.combine is Combine.SUM and counting(section.items):
            yield from added_up((*section.path, "points"), (section.points, *marks_below(section)), NOT_THE_SUM, sheet)


def marks_below(parent: RuleSheet | Section) -> list[NodeMarks]:
    """The full marks that a sum adds up."""
    return [child.points for child in counting(parent.items)]


def added_up(path: Path, marks: tuple[NodeMarks, ...], what: Text, sheet: RuleSheet) -> Iterator[Flaw]:
    """A flaw for each group where the first full mark is not the sum of the others; one where none differs by group."""
    by_group = any(isinstance(each, Mapping) for each in marks)
    for group in groups_of(sheet) if by_group else groups_of(sheet)[:1]:
        own, *below = (mark(points, group) for points in marks)
        if own is None or None in below:
            continue
        added = sum((each for each in below if each is not None), Fraction(0))
        if added != own:
            shown = named(group) if by_group else NO_GROUP
            yield Flaw(path, what, {"points": reduced(own), "sum": reduced(added), "group": shown})


def differs(section: Section) -> bool:
    """Whether marks in the section differ by group."""
    return any(isinstance(node.points, Mapping) for node in (section, *counting(section.items)))


def shared_marks(sheet: RuleSheet) -> Iterator[Flaw]:
    """In a mean-type section every child has the section's full mark."""
    for section in places.sections(sheet):
        if section.combine not in MEAN_TYPE or section.points is BROKEN:
            continue
        for child in counting(section.items):
            for group in groups_of(sheet):
                own, other = mark(section.points, group), mark(child.points, group)
                if own is not None and other is not None and own != other:
                    shown = named(group) if differs(section) else NO_GROUP
                    facts = {"combine": section.combine.told, "points": reduced(own), "group": shown}
                    yield Flaw((*child.path, "points"), NOT_SHARED, facts)
                    break


def bounds(sheet: RuleSheet) -> Iterator[Flaw]:
    """No floor above its cap; availability at most everything."""
    for item in all_items(sheet):
        cap = item.cap
        if cap is None and (item.method is BROKEN or not item.method.may_exceed_mark):
            cap = min(marks_of(item, sheet), default=None)
        yield from floor_and_cap(item.path, item.floor, cap)
    for section in places.sections(sheet):
        yield from floor_and_cap(section.path, section.floor, section.cap)
        if section.availability not in (None, BROKEN) and section.availability > 1:
            yield Flaw((*section.path, "availability"), AVAILABILITY_TOO_HIGH)
    if sheet.total is not BROKEN:
        yield from floor_and_cap(("total",), sheet.total.floor, sheet.total.cap)


def floor_and_cap(path: tuple[str | int, ...], floor: Fraction | None, cap: Fraction | None) -> Iterator[Flaw]:
    """A flaw where both are known and the floor is above."""
    if isinstance(floor, Fraction) and isinstance(cap, Fraction) and floor > cap:
        yield Flaw((*path, "floor"), FLOOR_ABOVE_CAP, {"floor": reduced(floor), "cap": reduced(cap)})


def weights(sheet: RuleSheet) -> Iterator[Flaw]:
    """A weighted mean has a weight."""
    for section in places.sections(sheet):
        weighted = section.combine in MEAN_TYPE and section.combine is not Combine.MINIMUM
        children = counting(section.items)
        for group in groups_of(sheet) if weighted and children else ():
            if all(mark(child.weight, group) == 0 for child in children):
                by_group = any(isinstance(child.weight, Mapping) for child in children)
                yield Flaw((*section.path, "items"), NO_WEIGHT, {"group": named(group) if by_group else NO_GROUP})
                if not by_group:
                    break


def nothing_counts(sheet: RuleSheet) -> Iterator[Flaw]:
    """In every section, and at the top, something counts."""
    parents: tuple[RuleSheet | Section, ...] = (sheet, *places.sections(sheet))
    for parent in parents:
        if parent.items and not counting(parent.items):
            yield Flaw((*parent.path, "items"), NOTHING_COUNTS)


def missing_rules(sheet: RuleSheet) -> Iterator[Flaw]:
    """Every item knows what a missing figure means, from itself or from above."""
    if sheet.missing is None:
        yield from without_rule(sheet.items)
        yield from without_rule(adjustment_items(sheet))


def without_rule(nodes: tuple[Node, ...]) -> Iterator[Flaw]:
    """The items that have no `missing` from themselves or a section among these nodes."""
    for node in nodes:
        if node.missing is not None:
            continue
        if isinstance(node, Section):
            yield from without_rule(node.items)
        else:
            yield Flaw(node.path, NO_MISSING_RULE)


def taken_out(sheet: RuleSheet) -> Iterator[Flaw]:
    """`rescale-total` only where every section above is a sum."""
    yield from inside(sheet.items, Combine.SUM)


def inside(nodes: tuple[Node, ...], above: Combine) -> Iterator[Flaw]:
    """Items that leave the total's full mark although a section above is no sum."""
    for node in nodes:
        above = above if node.counts else Combine.SUM
        if isinstance(node, Section):
            combine = node.combine if above is Combine.SUM and node.combine is not BROKEN else above
            yield from inside(node.items, combine)
        elif node.not_applicable is NotApplicable.RESCALE_TOTAL and above is not Combine.SUM:
            yield Flaw((*node.path, "not_applicable"), CANNOT_TAKE_OUT, {"combine": above.told})
