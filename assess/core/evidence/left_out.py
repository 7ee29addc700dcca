"""Which figures of a department cannot apply to which units, and why."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from assess.core.exemptions import Exemptions
from assess.core.explanations.endings import DOES_NOT_APPLY, EXEMPT
from assess.core.expressions import holds
from assess.core.figures import empty
from assess.core.rules.needed_figures import figures_by_record
from assess.core.rules.nodes import Item, items_of
from assess.core.rules.sheet import RuleSheet
from assess.core.scoring.inputs import ScopeValues, ScoringInputs
from assess.core.text import Text
from assess.core.units.unit_list import Units

LeftOut = Mapping[str, Mapping[int, Text]]
"""By figure and by the place of a unit, why the figure does not apply to it."""


def left_out(sheet: RuleSheet, units: Units, exemptions: Exemptions | None = None) -> LeftOut:
    """The units to which no item that rests on a figure applies; a figure of an adjustment applies to all."""
    values = ScopeValues(ScoringInputs(sheet, units, empty(sheet, units)))
    items = {item.id: item for item in items_of(sheet.items)}
    reasons: dict[str, dict[int, Text]] = {}
    for record, asked in figures_by_record(sheet).items():
        why = why_not(items[record], values, exemptions) if record in items else {}
        for figure in dict.fromkeys(each.figure for each in asked):
            before = reasons.get(figure)
            reasons[figure] = why if before is None else {unit: before[unit] for unit in before if unit in why}
    return {figure: why for figure, why in reasons.items() if why}


def why_not(item: Item, values: ScopeValues, exemptions: Exemptions | None) -> dict[int, Text]:
    """The units to which an item certainly does not apply, and why."""
    granted = {} if exemptions is None else exemptions.entries.get(item.id, {})
    reasons = {unit: EXEMPT.format(reason=each.reason, approver=each.approver) for unit, each in granted.items()}
    if item.applies is None:
        return reasons
    true, unknown = holds(values.evaluate(item.applies))
    condition = DOES_NOT_APPLY.format(condition=values.readable(item.applies))
    return dict.fromkeys(np.flatnonzero(~(true | unknown)).tolist(), condition) | reasons
