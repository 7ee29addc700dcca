"""Interim rankings: while figures are missing, units are scored on what there is, and nothing is decided by it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assess.core.completeness import demands_of
from assess.core.exemptions import Exemptions
from assess.core.rules.adjustments import Adjustment, Bonus, Deduction
from assess.core.rules.checking.places import figures_used
from assess.core.rules.nodes import Item, MissingRule, Node, Section
from assess.core.rules.sheet import RuleSheet
from assess.core.runs.frozen import Frozen
from assess.core.scoring.inputs import ScoringInputs
from assess.core.scoring.nodes import MISSING, ItemScore
from assess.core.scoring.results import Results
from assess.core.text import Text

INTERIM: Final = Text("（阶段排名，数据未齐）", " (interim ranking, figures incomplete)")
"""What stands behind the title of the rules, and so on every page and file that is made by them."""


class There(NamedTuple):
    """How many of the figures that apply to a unit have a value."""

    figures: int
    of: int

    @property
    def is_complete(self) -> bool:
        """Whether none is missing."""
        return self.figures == self.of


def lacks_figures(results: Results) -> bool:
    """Whether any item of any unit has no figure."""
    return any(
        bool((score.state == MISSING).any())
        for score in results.scores.values()
        if isinstance(score, ItemScore) and isinstance(score.node, Item)
    )


def without_decisions(frozen: Frozen) -> Frozen:
    """Inputs of a run that decides nothing: by interim rules, and not compared with last year's ranks."""
    rules = interim_rules(frozen.sheet)
    dropped = frozen.sheet.figures.keys() - rules.figures.keys()
    before = frozen.before
    return replace(
        frozen,
        sheet=rules,
        values=[each for each in frozen.values if each.figure not in dropped],
        before=None if before is None else [each for each in before if each.figure not in dropped],
        earlier=[[each for each in values if each.figure not in dropped] for values in frozen.earlier],
        results_before=None if frozen.results_before is None else totals_only(frozen.results_before),
    )


def totals_only(results: dict[str, Any]) -> dict[str, Any]:
    """Last year's results without ranks and grades, so that nothing is compared with them."""
    kept = ("unit", "total", "scores")
    return {"units": [{name: each[name] for name in kept if name in each} for each in results["units"]]}


def interim_rules(sheet: RuleSheet) -> RuleSheet:
    """The rules with what lacks a figure left out and the rest scaled; without grades, vetoes, caps and conversion."""
    title = Text(sheet.title.zh + INTERIM.zh, sheet.title.en + INTERIM.en)
    return with_figures_used(
        replace(
            sheet,
            title=title,
            missing=MissingRule.EXCLUDE,
            items=tuple(on_what_there_is(node) for node in sheet.items),
            adjustments=tuple(counted(each) for each in sheet.adjustments if isinstance(each, Bonus | Deduction)),
            grades=None,
            conversion=None,
            results=None if sheet.results is None else tuple(replace(each, grades=None) for each in sheet.results),
        )
    )


def with_figures_used(sheet: RuleSheet) -> RuleSheet:
    """The sheet without figures that nothing in it uses, since the check of a sheet minds them."""
    used = figures_used(sheet)
    figures = {name: figure for name, figure in sheet.figures.items() if name in used}
    kept = replace(sheet, figures=figures)
    return kept if len(figures) == len(sheet.figures) else with_figures_used(kept)


def on_what_there_is(node: Node) -> Node:
    """A node whose missing figures are left out, as well below it, however few are there."""
    if isinstance(node, Section):
        items = tuple(on_what_there_is(each) for each in node.items)
        return replace(node, missing=None, availability=None, items=items)
    return replace(node, missing=None)


def counted(adjustment: Bonus | Deduction) -> Adjustment:
    """A bonus or deduction whose missing figures are left out."""
    return replace(adjustment, items=tuple(replace(item, missing=None) for item in adjustment.items))


def has_value(inputs: ScoringInputs, figure: str) -> NDArray[np.bool_]:
    """Which units have a value of a figure; of a figure of objects those that have one for each of theirs."""
    missing = inputs.figures.value(figure).missing
    rows = inputs.known_objects.kinds.get(inputs.sheet.figures[figure].of or "")
    if rows is None:
        return ~missing if inputs.sheet.figures[figure].of is None else np.zeros(len(inputs.units), dtype=np.bool_)
    have = np.ones(len(inputs.units), dtype=np.bool_)
    have[rows.units[missing[rows.objects]]] = False
    return have


def figures_there(inputs: ScoringInputs) -> list[There]:
    """For each unit how many figures have a value, of those that somebody must enter for it."""
    exemptions = inputs.exemptions or Exemptions(inputs.units, {})
    demands = demands_of(inputs.sheet, inputs.units, exemptions, inputs.known_objects)
    have = np.array([has_value(inputs, each.figure) for each in demands.asked], dtype=bool)
    there = (have.reshape(demands.applies.shape) & demands.applies).sum(axis=0)
    return [There(*counts) for counts in zip(there.tolist(), demands.applies.sum(axis=0).tolist(), strict=True)]
