"""The keys of each scoring method: complete, in order, within the full mark."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from assess.core.flaws import Flaw
from assess.core.methods.traits import CheckedItem
from assess.core.rules.checking.ids import mapped
from assess.core.rules.checking.marks import part_marks
from assess.core.rules.sheet import RuleSheet, all_items
from assess.core.schema import BROKEN


def method_keys(sheet: RuleSheet) -> Iterator[Flaw]:
    """Every method is complete and in order."""
    figures = {name: figure for name, figure in mapped(sheet.figures).items() if figure is not BROKEN}
    for item in all_items(sheet):
        if item.method is BROKEN:
            continue
        marks = part_marks(item, sheet)
        full, cap = min(marks, default=None), item.cap
        if item.each is not None and item.each is not BROKEN:
            cap = item.each.cap
        most = max(full, cap) if full is not None and isinstance(cap, Fraction) else full
        yield from item.method.check(CheckedItem(item.path, marks, most, figures))
