"""Keys that have no effect where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from assess.core.flaws import Path
from assess.core.methods.counting import Deduct
from assess.core.methods.interpolating import Interpolate
from assess.core.methods.judged import Direct
from assess.core.methods.obligations import Tasks
from assess.core.methods.peers import EfficacyMethod, Relative
from assess.core.methods.progress import Done, Ratio
from assess.core.methods.traits import ScoringMethod
from assess.core.numbers import reduced
from assess.core.rules.adjustments import TotalCap
from assess.core.rules.checking.marks import marks_of
from assess.core.rules.checking.places import sections
from assess.core.rules.nodes import Combine, Item, Node
from assess.core.rules.sheet import RuleSheet, all_items
from assess.core.schema import Tree
from assess.core.text import Text
from assess.core.warnings.bounds import highest_total
from assess.core.warnings.coded import CodedWarning

WEIGHT = Text(
    "weight在这里不起作用，只有加权平均、几何平均和调和平均才看权重，请删去。",
    "`weight` has no effect here. Only a mean, geometric or harmonic section looks at it. Delete it.",
)
CAP = Text(
    "cap {cap}高于分值{full}，而这种方法最多得满分，不起作用，请删去。",
    "The cap {cap} is above the full mark of {full}, which this method never exceeds. It has no effect. Delete it.",
)
CUT_OFF = Text(
    "{key} {value}之外本来就得零分（zero_at {zero}），不起作用，请修改或删去。",
    "Beyond `{key}: {value}` nothing is earned anyway (zero_at {zero}). It has no effect. Change or delete it.",
)
TOTAL_CAP = Text(
    "总分最高{most}，以{at}封顶不起作用，请改低。",
    "The highest total is {most}, so a cap at {at} has no effect. Lower it.",
)
UNWEIGHTED = frozenset({Combine.SUM, Combine.RATE, Combine.MINIMUM})


def idle_keys(sheet: RuleSheet, tree: Tree) -> Iterator[CodedWarning]:
    """Every key that changes nothing; `tree` tells which weights stand there."""
    for nodes in (sheet.items, *(each.items for each in sections(sheet) if each.combine in UNWEIGHTED)):
        yield from weights(nodes, tree)
    for item in all_items(sheet):
        yield from caps(item, sheet)
        yield from cut_offs(item)
    yield from total_caps(sheet)


def weights(nodes: tuple[Node, ...], tree: Tree) -> Iterator[CodedWarning]:
    """The weights of nodes that are not weighted."""
    for node in nodes:
        if "weight" in part_of(tree, node.path):
            yield CodedWarning("no-effect-key", (*node.path, "weight"), WEIGHT)


def part_of(tree: Tree, path: Path) -> Tree:
    """What stands at a path."""
    for step in path:
        tree = tree[step]
    return tree


def caps(item: Item, sheet: RuleSheet) -> Iterator[CodedWarning]:
    """A cap above what the method can give in any group; that of parts, or times a factor, may be more."""
    full = max(marks_of(item, sheet), default=None)
    if item.by is not None or item.times is not None or item.cap is None or full is None:
        return
    if item.cap > full and never_exceeds_mark(item.method):
        facts = {"cap": reduced(item.cap), "full": reduced(full)}
        yield CodedWarning("no-effect-key", (*item.path, "cap"), CAP, facts)


def never_exceeds_mark(method: ScoringMethod) -> bool:
    """Whether a method gives the full mark at most."""
    match method:
        case Ratio(up_to=None) | Interpolate(points_at=None):
            return True
        case Done() | Relative() | EfficacyMethod() | Deduct() | Tasks() | Direct():
            return True
    return False


def cut_offs(item: Item) -> Iterator[CodedWarning]:
    """A cut-off beyond the value at which points end anyway."""
    method = item.method
    if not isinstance(method, Interpolate) or not isinstance(method.zero_at, Fraction):
        return
    full, zero = method.full_at, method.zero_at
    if not isinstance(full, Fraction):
        return
    key, cut = ("zero_above", method.zero_above) if full < zero else ("zero_below", method.zero_below)
    if isinstance(cut, Fraction) and (cut >= zero if full < zero else cut <= zero):
        facts = {"key": key, "value": reduced(cut), "zero": reduced(zero)}
        yield CodedWarning("no-effect-key", (*item.path, key), CUT_OFF, facts)


def total_caps(sheet: RuleSheet) -> Iterator[CodedWarning]:
    """A cap of the total that no total exceeds."""
    most = highest_total(sheet)
    for each in sheet.adjustments:
        if isinstance(each, TotalCap) and most is not None and each.at >= most:
            facts = {"most": reduced(most), "at": reduced(each.at)}
            yield CodedWarning("no-effect-key", (*each.path, "at"), TOTAL_CAP, facts)
