"""The bridge from the printed item lines to the printed total; its amounts always add up."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from assess.core.exact import Column
from assess.core.explanations.sentences import shown
from assess.core.kinds import EXACT
from assess.core.methods.scored import Amount
from assess.core.numbers import SIGNIFICANT, reduced, significant
from assess.core.rules.adjustments import Bonus, Deduction
from assess.core.rules.nodes import Combine, Section, counting
from assess.core.rules.sheet import title_of
from assess.core.scorecard.content import BridgeStep
from assess.core.scoring.nodes import NodeScore, SectionScore
from assess.core.scoring.results import Results
from assess.core.scoring.sections import points_and_marks
from assess.core.text import Text

ITEMS = Text("各考核项得分之和", "Sum of items")
COMBINATION_SENTENCES = {
    Combine.SUM: Text("{title}：未计分项的分值折算", "{title}: full marks of items left out are redistributed"),
    Combine.RATE: Text("{title}：按得分率折算", "{title}: by score rate"),
    Combine.MEAN: Text("{title}：取加权平均（权重：{weights}）", "{title}: weighted average (weights: {weights})"),
    Combine.GEOMETRIC: Text("{title}：取几何平均", "{title}: geometric mean"),
    Combine.HARMONIC: Text("{title}：取调和平均", "{title}: harmonic mean"),
    Combine.MINIMUM: Text("{title}：取较低分", "{title}: the lowest counts"),
}
NO_SCORE = Text("{title}：本类不计分，其各项得分不计入", "{title}: no score, so its items do not count")
CORRECTED = Text("{title}：更正、上下限与四舍五入", "{title}: corrections, floor, cap and rounding")
SECTION_ROUNDED = Text("{title}：上下限与四舍五入", "{title}: floor, cap and rounding")
SPREAD_OVER_ALL = Text(
    "全表：未计分项的分值折算（得分合计{earned} ÷ 分值合计{marks} × 满分{full}）",
    "Whole sheet: full marks of items left out are redistributed (points {earned} ÷ full "
    "marks {marks} × full mark {full})",
)
CAPPED = Text("总分上下限与四舍五入", "Cap, floor and rounding of the total")


def bridge(results: Results, unit: int) -> tuple[BridgeStep, ...]:
    """The steps from the item lines to the total; empty where the lines alone add up to it."""
    total = as_shown(results.total, unit, results)
    if total is None:
        return ()
    tops = [results.scores[node.id] for node in counting(results.inputs.sheet.items)]
    start = item_sum(tops, unit, results)
    steps = [*section_steps(tops, unit, results)]
    reached = sum((amount for _, amount in steps), start)
    shown_tops = sum((value for top in tops if (value := node_points(top, unit)) is not None), Fraction(0))
    exact_base = results.base.fraction(unit)
    assert exact_base is not None
    assert reached == shown_tops
    base = significant(exact_base, SIGNIFICANT)
    if base != shown_tops:
        scaled = CAPPED if results.full is None else spread_over_all(tops, unit, results.full)
        steps.append((scaled, base - shown_tops))
        reached = base
    for adjusted in results.adjusted:
        if isinstance(adjusted.adjustment, Bonus | Deduction) and adjusted.applied[unit]:
            assert adjusted.points is not None
            points = significant(adjusted.points.fraction(unit) or Fraction(0), SIGNIFICANT)
            steps.append((title_of(adjusted.adjustment, adjusted.adjustment.id), points))
            reached += points
    if total != reached:
        steps.append((CAPPED, total - reached))
    if not steps:
        return ()
    first = BridgeStep(ITEMS, reduced(start))
    return (first, *(BridgeStep(what, signed(amount)) for what, amount in steps))


def spread_over_all(tops: list[NodeScore], unit: int, full: Amount) -> Text:
    """By what numbers the base total is scaled to the full mark of the sheet."""
    here = np.array([unit])
    earned, marks, _ = points_and_marks(tuple(tops))
    numbers = {"earned": earned, "marks": marks, "full": full}
    texts = {
        name: shown(number if isinstance(number, Fraction) else number.take(here))[0]
        for name, number in numbers.items()
    }
    return SPREAD_OVER_ALL.format(**texts)


def signed(amount: Fraction) -> str:
    """An amount with its sign, in full, so that the steps add up."""
    return f"+{reduced(amount)}" if amount > 0 else reduced(amount)


def as_shown(column: Column, unit: int, results: Results) -> Fraction | None:
    """A total as printed."""
    value = column.fraction(unit)
    if value is None or results.inputs.sheet.rounding.total != EXACT:
        return value
    return significant(value, SIGNIFICANT)


def node_points(score: NodeScore, unit: int) -> Fraction | None:
    """A node's points as printed."""
    value = score.points.fraction(unit)
    return None if value is None else significant(value, SIGNIFICANT)


def item_sum(scores: list[NodeScore], unit: int, results: Results) -> Fraction:
    """Σ of the printed item lines below."""
    found = Fraction(0)
    for score in scores:
        if isinstance(score, SectionScore):
            found += item_sum(list(score.children), unit, results)
        else:
            found += node_points(score, unit) or 0
    return found


def section_steps(scores: list[NodeScore], unit: int, results: Results) -> Iterator[tuple[Text, Fraction]]:
    """Where a section's printed score is not the sum of the printed scores below, the difference."""
    for score in scores:
        if not isinstance(score, SectionScore):
            continue
        own = node_points(score, unit)
        if own is None:
            lines = item_sum(list(score.children), unit, results)
            if lines:
                yield NO_SCORE.format(title=title_of(score.node, score.node.id)), -lines
            continue
        yield from section_steps(list(score.children), unit, results)
        below = sum((value for child in score.children if (value := node_points(child, unit)) is not None), Fraction(0))
        if own != below:
            assert isinstance(score.node, Section)
            title, weights = title_of(score.node, score.node.id), weights_of(score, unit)
            yield way_of(score, unit).format(title=title, weights=weights), own - below


def weights_of(score: SectionScore, unit: int) -> Text:
    """What each score below counts for in a mean; those that there are."""
    present = [child for child in score.entering if child.points.present[unit]]
    counted = [(title_of(each.node, each.node.id), reduced(at_unit(each.weight, unit))) for each in present]
    return Text(
        "、".join(f"{title.zh} {weight}" for title, weight in counted),
        ", ".join(f"{title.en} {weight}" for title, weight in counted),
    )


def at_unit(amount: Amount, unit: int) -> Fraction:
    """An amount for one unit that is in a group."""
    return amount if isinstance(amount, Fraction) else amount.fraction(unit) or Fraction(0)


def way_of(score: SectionScore, unit: int) -> Text:
    """How the section came to differ from the sum of what is below."""
    assert isinstance(score.node, Section)
    complete = all(child.points.present[unit] for child in score.children)
    if score.node.combine is Combine.SUM and complete:
        return CORRECTED if any(each.holds[unit] for each in score.kept) else SECTION_ROUNDED
    return COMBINATION_SENTENCES[score.node.combine]
