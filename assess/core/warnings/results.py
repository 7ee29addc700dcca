"""What the reader of a result should know of it: the warnings that stand in every result file, and the last line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from assess.core.rules.figure import Figure
from assess.core.rules.sheet import nodes_outside, title_of
from assess.core.scoring.nodes import ItemScore, NodeScore
from assess.core.scoring.results import Results
from assess.core.text import Text
from assess.core.warnings.groups import groups_without_units
from assess.core.warnings.values import empty_figures

BLOCKED = Text("下列考核项缺数据，补齐前不能计算总分：{items}", "no total until data are supplied for: {items}")
NOT_SCORED = Text("没有任何考核项有得分", "no item has a score")
NOT_IN_GROUP = Text("该单位不属于任何分组", "the unit belongs to no group")
SCORED = Text("计分 {scored} 个，共 {units} 个", "scored {scored} of {units} units")
BLOCKED_UNITS = Text("，暂缓 {n} 个", ", {n} blocked")
NO_GROUP_UNITS = Text("，未分组 {n} 个", ", {n} without group")
MISSING_VALUES = Text("；缺数据：{figures}", "; missing values: {figures}")


@dataclass(frozen=True, slots=True)
class ResultWarning:
    """One warning of a result; `unit` is the place of the unit it concerns, None for all, as `id` and `clause` are."""

    unit: int | None
    id: str | None
    clause: str | None
    what: Text


def result_warnings(results: Results) -> list[ResultWarning]:
    """Units without total, conditions that could not be told, groups without units, figures without values.

    By unit in the order of the units, then what concerns no single unit.
    """
    found = [ResultWarning(unit, None, None, why) for unit, why in units_without_total(results)]
    found += [ResultWarning(each.unit, each.id, each.clause, each.what) for each in results.warnings]
    found.sort(key=lambda each: -1 if each.unit is None else each.unit)
    of_all = (*groups_without_units(results.inputs), *empty_figures(results.inputs))
    found += [ResultWarning(None, name, None, each.words) for name, each in of_all]
    return found


def units_without_total(results: Results) -> Iterator[tuple[int, Text]]:
    """Every unit that has no total, and why."""
    for unit in np.flatnonzero(results.total.missing).tolist():
        why = why_no_total(results, unit)
        if why is not None:
            yield unit, why


def why_no_total(results: Results, unit: int) -> Text | None:
    """Why a unit has no total; None where it has one."""
    state = results.state(unit)
    if state == "blocked":
        outside = nodes_outside(results.inputs.sheet)
        inside = [score for node, score in results.scores.items() if node not in outside]
        blocking = [title_of(score.node, score.node.id) for score in inside if blocks(score, unit)]
        return BLOCKED.format(items=Text("、".join(t.zh for t in blocking), ", ".join(t.en for t in blocking)))
    return {"not-scored": NOT_SCORED, "no-group": NOT_IN_GROUP}.get(state)


def blocks(score: NodeScore, unit: int) -> bool:
    """Whether an item is what keeps the unit from a total."""
    return isinstance(score, ItemScore) and score.blocks is not None and bool(score.blocks[unit])


def summary(results: Results) -> Text:
    """One line: how many units were scored, how many not and why, and which values are missing."""
    states = [results.state(unit) for unit in range(len(results.inputs.units))]
    told = [SCORED.format(scored=states.count("scored"), units=len(states))]
    for state, what in (("blocked", BLOCKED_UNITS), ("no-group", NO_GROUP_UNITS)):
        if n := states.count(state):
            told.append(what.format(n=n))
    if lacking := missing_values(results):
        told.append(MISSING_VALUES.format(figures=Text.listed(f"{name} {n}" for name, n in lacking)))
    return Text("".join(each.zh for each in told), "".join(each.en for each in told))


def missing_values(results: Results) -> list[tuple[str, int]]:
    """The entered figures that units with a group, or their objects, lack the year's value of, and how many do."""
    figures = results.inputs.sheet.figures.items()
    counted = ((name, number_missing(name, figure, results)) for name, figure in figures if not figure.is_computed)
    return [(name, n) for name, n in counted if n]


def number_missing(name: str, figure: Figure, results: Results) -> int:
    """How many units with a group, or rows of objects of such units, have no value of a figure."""
    missing, inside = results.inputs.figures.value(name).missing, results.groups >= 0
    if figure.of is None:
        return int((missing & inside).sum())
    rows = results.inputs.known_objects.kinds[figure.of]
    return int((missing[rows.objects] & inside[rows.units]).sum())
