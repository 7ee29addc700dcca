"""The keys of each scoring method: complete, in order, within the full mark."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from assess.core.flaws import Flaw
from assess.core.methods.traits import CheckedItem
from assess.core.rules.checking.ids import mapped
from assess.core.rules.checking.marks import marks_of
from assess.core.rules.sheet import RuleSheet, all_items
from assess.core.schema import BROKEN


def method_keys(sheet: RuleSheet) -> Iterator[Flaw]:
    """Every method is complete and in order."""
    figures = {name: figure for name, figure in mapped(sheet.figures).items() if figure is not BROKEN}
    for item in all_items(sheet):
        if item.method is BROKEN:
            continue
        marks = marks_of(item, sheet)
        full = min(marks, default=None)
        most = max(full, item.cap) if full is not None and isinstance(item.cap, Fraction) else full
        yield from item.method.check(CheckedItem(item.path, marks, most, figures))
