"""Nodes without a full mark, which earn money or another sum: where they stand, and what cannot be asked of them."""

from __future__ import annotations

from collections.abc import Iterator

from assess.core.expressions import NameRole
from assess.core.flaws import Flaw, Path
from assess.core.kinds import NO_MARK, WRONG_EXPRESSION
from assess.core.rules.checking import places
from assess.core.rules.checking.ids import listed
from assess.core.rules.nodes import Combine, Node, NotApplicable, Section, counting
from assess.core.rules.outcome import ConvertBy
from assess.core.rules.sheet import RuleSheet, adjustment_items, all_nodes
from assess.core.schema import BROKEN
from assess.core.text import Text

NEEDS_MARK = Text(
    "points: none不能用于这样计分的考核项，它按分值计分，请写明分值或改用其他方法。",
    "`points: none` cannot be used where points are computed from the full mark. Add the full mark or use "
    "another method.",
)
NEEDS_SUM = Text(
    "points: none的类别只能用combine: sum，请修改。",
    "A section with `points: none` can only use `combine: sum`. Change it.",
)
WITH_MARK = Text(
    "points: none的类别之下各项也应为points: none，请修改。",
    "Everything below a section with `points: none` must have `points: none` too. Change it.",
)
WITHOUT_MARK = Text(
    "points: none只能用于最上层，或points: none的类别之下，请写明分值。",
    "`points: none` can only be used at the top, or below a section with `points: none`. Add the full mark.",
)
MIXED = Text(
    "最上层计入总分的各项要么都写points: none，要么都不写，请修改。",
    "At the top, either everything that counts has `points: none` or nothing does. Change it.",
)
NO_TOTAL_MARK = Text(
    "最上层各项为points: none时没有满分，请删去points。",
    "The sheet has no full mark, as what counts at the top has `points: none`. Delete this.",
)
NO_SHARE = Text(
    "最上层各项为points: none时没有满分，不能按得分率折算，请改用其他办法。",
    "The sheet has no full mark to take a share of, as what counts at the top has `points: none`. Convert in "
    "another way.",
)
NO_MARK_TO_LEAVE = Text(
    "points: none的考核项没有分值，不能用{word}，请改用rescale或zero。",
    "An item with `points: none` has no full mark, so `{word}` cannot be used. Use `rescale` or `zero`.",
)
NO_RATE = Text(
    "“{id}”为points: none，没有得分率，请用score()。", "“{id}” has `points: none` and so no score rate. Use `score()`."
)
NO_OWN_SHARE = Text(
    "“{id}”为points: none，没有得分率，不能折算到成员，请删去。",
    "“{id}” has `points: none` and so no score rate that a member's points could follow. Delete it.",
)


def without_mark(sheet: RuleSheet) -> Iterator[Flaw]:
    """Nodes without a full mark stand among their like, and are scored without it."""
    yield from at_top(sheet)
    yield from below(sheet.items, None)
    for item in adjustment_items(sheet):
        if item.points == NO_MARK:
            yield Flaw((*item.path, "points"), WITHOUT_MARK)
    for node in all_nodes(sheet).values():
        if node.points == NO_MARK:
            yield from of_node(node)


def at_top(sheet: RuleSheet) -> Iterator[Flaw]:
    """All that counts at the top has a full mark, or nothing; without one nothing can be stated or shared."""
    tops = counting(sheet.items)
    unmarked = [top for top in tops if top.points == NO_MARK]
    if not unmarked:
        return
    if len(unmarked) < len(tops):
        yield Flaw((*unmarked[0].path, "points"), MIXED)
        return
    if sheet.points is not None:
        yield Flaw(("points",), NO_TOTAL_MARK)
    if sheet.conversion not in (None, BROKEN) and sheet.conversion.by is ConvertBy.SHARE:
        yield Flaw(("conversion", "by"), NO_SHARE)


def below(nodes: tuple[Node, ...], parent: Section | None) -> Iterator[Flaw]:
    """Where a node has a full mark and its section none, or the other way round."""
    for node in nodes:
        if parent is not None and node.counts and BROKEN not in (node.points, parent.points):
            if parent.points == NO_MARK and node.points != NO_MARK:
                yield Flaw((*node.path, "points"), WITH_MARK)
            elif parent.points != NO_MARK and node.points == NO_MARK:
                yield Flaw((*node.path, "points"), WITHOUT_MARK)
        if isinstance(node, Section):
            yield from below(node.items, node)


def of_node(node: Node) -> Iterator[Flaw]:
    """How a node without a full mark is scored, and what becomes of it where it does not apply."""
    if isinstance(node, Section):
        if node.combine not in (Combine.SUM, BROKEN):
            yield Flaw((*node.path, "combine"), NEEDS_SUM)
        return
    if node.method is not BROKEN and node.method.needs_mark:
        yield Flaw((*node.path, "method"), NEEDS_MARK)
    if node.not_applicable in (NotApplicable.RESCALE_TOTAL, NotApplicable.FULL):
        yield Flaw((*node.path, "not_applicable"), NO_MARK_TO_LEAVE, {"word": node.not_applicable.value})


def rates(sheet: RuleSheet) -> Iterator[Flaw]:
    """Nothing asks for the score rate of a node without a full mark."""
    unmarked = {id for id, node in all_nodes(sheet).items() if node.points == NO_MARK}
    for mention in places.expressions(sheet) if unmarked else ():
        for reference in mention.value.references:
            if reference.role is NameRole.RATE and reference.name in unmarked:
                what = NO_RATE.format(id=reference.name)
                yield Flaw(mention.path, WRONG_EXPRESSION, {"column": reference.column, "what": what})
    for path, id in named_by_members(sheet):
        if id in unmarked:
            yield Flaw(path, NO_OWN_SHARE, {"id": id})


def named_by_members(sheet: RuleSheet) -> Iterator[tuple[Path, str]]:
    """The nodes by which members of the leadership team are scored."""
    if sheet.conversion in (None, BROKEN):
        return
    for member in listed(sheet.conversion.members):
        for place, id in enumerate(listed(member.items)):
            yield (*member.path, "items", place), id
