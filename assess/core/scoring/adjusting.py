"""From the base total to the total: bonuses, deductions and conditions, in the order written."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from assess.core.exact import Column, total, where
from assess.core.expressions import RESULT_NAMES, EvaluatedColumn, TextColumn, evaluate, holds
from assess.core.expressions.telling import SPELLED
from assess.core.kinds import EXACT, Digits
from assess.core.methods.scored import Flags
from assess.core.numbers import SIGNIFICANT
from assess.core.rules.adjustments import Adjustment, Bonus, Deduction, GradeCap, GradeDown, TotalCap, Veto
from assess.core.rules.sheet import RuleSheet
from assess.core.scoring.nodes import ItemScore, NodeScore, Scene
from assess.core.scoring.scores_so_far import ScoresSoFar
from assess.core.scoring.sections import score_nodes
from assess.core.text import Text

RESULTS: Final = {name: SPELLED[name] for name in RESULT_NAMES}
"""What the results that conditions see are called."""


@dataclass(frozen=True, slots=True)
class Adjusted:
    """What one adjustment did: where it took effect, by how many points, and why it could not be told."""

    adjustment: Adjustment
    applied: Flags
    points: Column | None = None
    unknown: EvaluatedColumn | None = None
    items: tuple[ItemScore, ...] = ()


@dataclass(slots=True)
class Running:
    """The state that adjustments change, in the order written."""

    exact: Column
    grade_steps: list[tuple[Adjustment, Flags]] = field(default_factory=list)
    done: list[Adjusted] = field(default_factory=list)


def as_printed(column: Column, digits: Digits, scene: Scene) -> Column:
    """The value that a reader sees: rounded as stated, else at 15 significant digits."""
    if digits == EXACT:
        return column.significant(SIGNIFICANT)
    return column.round(digits, scene.sheet.rounding.mode)


class NamesOfConditions(ScoresSoFar):
    """The names that conditions of adjustments see: figures, scores so far, and last year's results."""

    def __init__(self, scene: Scene, scores: dict[str, NodeScore], running: Running) -> None:
        super().__init__(scene.values, scores)
        self.scene = scene
        self.running = running

    def value(self, name: str) -> Column | TextColumn:
        """A figure, an attribute, the total so far, or a result of last year."""
        if name == "total":
            return as_printed(self.running.exact, self.scene.sheet.rounding.total, self.scene)
        if name in RESULT_NAMES:
            return last_result(name, self)
        return super().value(name)

    def title(self, name: str) -> Text:
        """What a figure, an attribute or a result is called."""
        return RESULTS[name] if name in RESULTS else super().title(name)


def last_result(name: str, results: NamesOfConditions) -> Column | TextColumn:
    """Last year's grade, rank, or number of ranked units."""
    known = results.inputs.last_results
    if known is None:
        return TextColumn.absent(results.size) if name == "previous_grade" else Column.absent(results.size)
    known_names: dict[str, Column | TextColumn] = {
        "previous_grade": known.grade,
        "previous_rank": known.rank,
        "previous_of": known.of,
    }
    return known_names[name]


def adjust(base: Column, scene: Scene, scores: dict[str, NodeScore]) -> Running:
    """Every adjustment in the order written; items of bonuses and deductions are put into `scores`."""
    running = Running(base)
    names = NamesOfConditions(scene, scores, running)
    for adjustment in scene.sheet.adjustments:
        if isinstance(adjustment, Bonus | Deduction):
            running.done.append(add_or_take(adjustment, scene, scores, running))
        else:
            running.done.append(apply_condition(adjustment, names, running))
    return running


def add_or_take(
    adjustment: Bonus | Deduction, scene: Scene, scores: dict[str, NodeScore], running: Running
) -> Adjusted:
    """Σ of the items, up to the cap, added or taken off; items without score count nothing."""
    items = score_nodes(adjustment.items, scene.sheet.missing, scene, scores)
    if isinstance(adjustment, Deduction):
        items = tuple(replace(item, taken_off=True) for item in items if isinstance(item, ItemScore))
        scores.update({item.node.id: item for item in items})
    points = total([item.points.filled(0) for item in items])
    most = adjustment.cap if isinstance(adjustment, Bonus) else adjustment.at_most
    if most is not None:
        points = points.at_most(most)
    signed = points if isinstance(adjustment, Bonus) else -points
    running.exact = running.exact + signed
    applied = (points != 0) & running.exact.present
    return Adjusted(adjustment, applied, signed, None, tuple(i for i in items if isinstance(i, ItemScore)))


def apply_condition(adjustment: Adjustment, names: NamesOfConditions, running: Running) -> Adjusted:
    """A veto, grade cap, step down or total cap where its condition holds; what cannot be told has no effect."""
    assert isinstance(adjustment, Veto | GradeCap | GradeDown | TotalCap)
    outcome = evaluate(adjustment.when, names, names.rounding)
    true, unknown = holds(outcome)
    true = true & names.scene.inside
    if isinstance(adjustment, TotalCap):
        running.exact = where(true, running.exact.at_most(adjustment.at), running.exact)
    else:
        running.grade_steps.append((adjustment, true))
    return Adjusted(adjustment, true, None, outcome if unknown.any() else None)


def final_total(running: Running, scene: Scene) -> Column:
    """The total after its cap and floor, rounded once."""
    return as_printed(within_total_bounds(running.exact, scene.sheet), scene.sheet.rounding.total, scene)


def within_total_bounds(exact: Column, sheet: RuleSheet) -> Column:
    """Totals within the cap and floor of the sheet."""
    if sheet.total.cap is not None:
        exact = exact.at_most(sheet.total.cap)
    return exact if sheet.total.floor is None else exact.at_least(sheet.total.floor)
