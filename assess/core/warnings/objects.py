"""Objects of which the sheet makes no use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assess.core.expressions.nodes import AxisCall, every_node
from assess.core.rules.checking import places
from assess.core.rules.sheet import RuleSheet, all_items
from assess.core.text import Text
from assess.core.warnings.coded import CodedWarning

UNUSED_OBJECT = Text(
    "评分表没有用到“{kind}”类的对象，这些行不起作用；请核对类别名称，或在评分表中使用。",
    "The rule sheet does not use objects of the kind “{kind}”, so their rows have no effect. Check what the kind is "
    "called, or use it in the sheet.",
)


def unused_objects(sheet: RuleSheet, kinds: Iterable[str]) -> Iterator[tuple[str, CodedWarning]]:
    """Every kind of a list of objects that is not declared, or that no figure, item or axis names."""
    used = kinds_used(sheet) & set(sheet.objects or ())
    for kind in kinds:
        if kind not in used:
            yield kind, CodedWarning("unused-object", (), UNUSED_OBJECT, {"kind": kind})


def kinds_used(sheet: RuleSheet) -> set[str]:
    """The kinds of objects that figures belong to, and by which items are scored or expressions look."""
    of_figures = {figure.of for figure in sheet.figures.values() if figure.of is not None}
    of_items = {axis for item in all_items(sheet) for axis in item.by or ()}
    nodes = (node for mention in places.expressions(sheet) for node in every_node(mention.value.root))
    return of_figures | of_items | {node.axis for node in nodes if isinstance(node, AxisCall)}
