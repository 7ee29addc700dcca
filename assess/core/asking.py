"""Which figures an item or an adjustment rests on, formulas opened."""

from __future__ import annotations

from collections.abc import Iterator

from assess.core.rules.adjustments import Adjustment
from assess.core.rules.figure import BY_FORMULA
from assess.core.rules.nodes import Item
from assess.core.rules.sheet import RuleSheet
from assess.core.scorecard.evidence import Asked, named_in


def asked_of(record: Item | Adjustment, sheet: RuleSheet) -> tuple[Asked, ...]:
    """The figures that somebody must supply for a record, each once; unit attributes fall away."""
    return tuple(dict.fromkeys(figure for asked in named_in(record) for figure in supplied(asked, sheet)))


def supplied(asked: Asked, sheet: RuleSheet) -> Iterator[Asked]:
    """A figure itself, or what its formula is made of."""
    figure = sheet.figures.get(asked.figure)
    if figure is None:
        return
    if figure.from_ != BY_FORMULA or figure.formula is None:
        yield asked
        return
    for name in sorted(figure.formula.names):
        yield from supplied(Asked(name, asked.last_year), sheet)
    for name in sorted(figure.formula.previous_names):
        yield from supplied(Asked(name, True), sheet)
