"""Some of several: one way to pick, and only where a picked part can stand for the whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from assess.core.flaws import Flaw
from assess.core.rules.checking import places
from assess.core.rules.nodes import Combine, Over
from assess.core.rules.picking import check_pick
from assess.core.rules.sheet import RuleSheet, all_items
from assess.core.schema import BROKEN
from assess.core.text import Text

PICKING: Final = (Combine.MEAN, Combine.GEOMETRIC, Combine.HARMONIC, Combine.RATE)
NOT_HERE = Text(
    "pick只用于combine为{combines}的类别，请删去或修改汇总方法。",
    "`pick` is only for sections whose `combine` is one of {combines}. Delete it or change `combine`.",
)


NOT_OVER = Text(
    "按期或按对象计分的考核项，pick只用于over: mean和over: sum，请删去或修改over。",
    "In an item with `by`, `pick` is only for `over: mean` and `over: sum`. Delete it or change `over`.",
)


def picks_of_items(sheet: RuleSheet) -> Iterator[Flaw]:
    """Each way to pick of an item that is scored by parts."""
    for item in all_items(sheet):
        if item.pick is None or item.by is None:
            continue
        yield from check_pick(item.pick)
        if item.over not in (Over.MEAN, Over.SUM, None, BROKEN):
            yield Flaw((*item.path, "pick"), NOT_OVER)


def picks_of_sections(sheet: RuleSheet) -> Iterator[Flaw]:
    """Each way to pick of a section."""
    for section in places.sections(sheet):
        if section.pick is None:
            continue
        yield from check_pick(section.pick)
        if section.combine is not BROKEN and section.combine not in PICKING:
            facts = {"combines": Text.listed(combine.value for combine in PICKING)}
            yield Flaw((*section.path, "pick"), NOT_HERE, facts)
