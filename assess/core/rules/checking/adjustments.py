"""Adjustments: what their items may be, and their order."""

from __future__ import annotations

from collections.abc import Iterator

from assess.core.flaws import Flaw
from assess.core.rules.adjustments import Bonus, Deduction, GradeCap, GradeDown, TotalCap, Veto
from assess.core.rules.nodes import Section
from assess.core.rules.sheet import RuleSheet
from assess.core.schema import BROKEN
from assess.core.text import Text

NO_SECTIONS = Text("加减分之下只能是考核项，不能是类别。", "An adjustment can only contain items, not sections.")
ONLY_AWARD = Text(
    "扣分之下的考核项只能用“加分”方法（得出的分数从总分中扣除）。",
    "Items of a deduction must use the method `award`. Their points are taken off the total.",
)
ALWAYS_COUNTS = Text(
    "加减分之下的考核项都计入，不能用counts: 否，请删去，或移到考核项之下。",
    "Items of an adjustment always count. Delete `counts: false`, or move the item to the tree.",
)
AFTER_CAP = Text(
    "加分或扣分应写在“总分上限”之前，请上移。", "A bonus or deduction must come before a total-cap. Move it up."
)
NO_GRADES = Text(
    "本表没有等次（grades），不能改变等次，请补上等次或删去。",
    "The sheet has no grades, so none can be changed. Add grades or delete this.",
)


def items_of_adjustments(sheet: RuleSheet) -> Iterator[Flaw]:
    """Items only; those of a deduction award what is taken off."""
    for adjustment in sheet.adjustments:
        if not isinstance(adjustment, Bonus | Deduction) or adjustment.items is BROKEN:
            continue
        for item in adjustment.items:
            if not item.counts:
                yield Flaw((*item.path, "counts"), ALWAYS_COUNTS)
            if isinstance(item, Section):
                yield Flaw(item.path, NO_SECTIONS)
            elif isinstance(adjustment, Deduction) and item.method is not BROKEN and not item.method.counts_up:
                yield Flaw((*item.path, "method"), ONLY_AWARD)


def order(sheet: RuleSheet) -> Iterator[Flaw]:
    """Nothing is added or taken off after the total was capped; grades change only where there are grades."""
    capped = False
    for adjustment in sheet.adjustments:
        if isinstance(adjustment, Bonus | Deduction) and capped:
            yield Flaw(adjustment.path, AFTER_CAP)
        capped = capped or isinstance(adjustment, TotalCap)
        if isinstance(adjustment, Veto | GradeCap | GradeDown) and sheet.grades is None:
            yield Flaw(adjustment.path, NO_GRADES)
