"""Warnings: conditions that could not be told, and so had no effect."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from assess.core.expressions import EvaluatedColumn
from assess.core.methods.scored import Flags
from assess.core.rules.nodes import Item
from assess.core.rules.outcome import ConvertBy
from assess.core.rules.sheet import title_of
from assess.core.scoring.adjusting import Adjusted
from assess.core.scoring.call_details import joined
from assess.core.scoring.conversion import Standings, best_total
from assess.core.scoring.nodes import ItemScore, NodeScore, PartScores, Scene, SectionScore
from assess.core.scoring.results import Warned, printed_digits
from assess.core.scoring.scores_so_far import ScoresSoFar
from assess.core.text import Text

CONDITION_UNKNOWN = Text(
    "“{title}”的条件无法判断（{why}），未执行", "{title}: its condition cannot be checked ({why}), so it had no effect"
)
CORRECTION_UNKNOWN = Text(
    "“{title}”的更正条件“{condition}”无法判断（{why}），未执行",
    "{title}: the correction where {condition} cannot be checked ({why}), so it had no effect",
)
APPLIES_UNKNOWN = Text(
    "“{title}”是否适用无法判断（{why}），按适用计",
    "whether {title} applies cannot be checked ({why}), so it counts as applicable",
)
WHERE_UNKNOWN = Text(
    "“{title}”中{parts}是否计入无法判断（{why}），按计入计",
    "{title}: it cannot be checked whether these count: {parts} ({why}), so they do",
)
NOT_ABOVE_ZERO = Text(
    "本组最好的总分为{best}，不高于0，按与最好之比折算的分数均为0",
    "the best total of the group is {best}, not above 0, so all converted points are 0",
)
NOT_KNOWN = Text("缺数据", "data missing")


def warnings_of(
    scene: Scene, scores: dict[str, NodeScore], done: list[Adjusted], standings: Standings
) -> tuple[Warned, ...]:
    """All warnings, by unit in the order of the units."""
    found = [
        *(warned for score in scores.values() for warned in of_node(score, scene)),
        *(warned for adjusted in done for warned in of_adjustment(adjusted, scene)),
        *of_conversion(scene, standings),
    ]
    return tuple(sorted(found, key=lambda warned: warned.unit))


def of_conversion(scene: Scene, standings: Standings) -> Iterator[Warned]:
    """Where the best total of a group is not above 0, so that nothing can be in proportion to it."""
    conversion = scene.sheet.conversion
    if conversion is None or conversion.by is not ConvertBy.RELATIVE:
        return
    best = best_total(standings)
    for unit in np.flatnonzero((best <= 0) & standings.totals.present).tolist():
        shown = best.take(np.array([unit])).printed(printed_digits(scene.sheet.rounding.total))[0]
        yield Warned(unit, "conversion", "", NOT_ABOVE_ZERO.format(best=shown))


def of_adjustment(adjusted: Adjusted, scene: Scene) -> Iterator[Warned]:
    """Where an adjustment's condition could not be told."""
    if adjusted.unknown is not None:
        unknown, adjustment = adjusted.unknown, adjusted.adjustment
        for unit in np.flatnonzero(unknown.value.missing & scene.inside).tolist():
            what = CONDITION_UNKNOWN.format(title=title_of(adjustment, adjustment.id), why=why(unknown, unit))
            yield Warned(unit, adjustment.id, adjustment.clause, what)


def of_node(score: NodeScore, scene: Scene) -> Iterator[Warned]:
    """What could not be told of an item or a section."""
    if isinstance(score, ItemScore):
        yield from of_item(score, scene)
        yield from () if score.parts is None else of_parts(score, score.parts)
    if isinstance(score, ItemScore | SectionScore):
        yield from of_corrections(score, scene)


def of_item(score: ItemScore, scene: Scene) -> Iterator[Warned]:
    """Where it could not be told whether an item applies."""
    item = score.node
    assert isinstance(item, Item)
    if item.applies is not None and score.unknown_applies is not None:
        for unit in units(score.unknown_applies & scene.inside):
            facts = {"title": title_of(item, item.id), "why": why(scene.values.evaluate(item.applies), unit)}
            yield Warned(unit, item.id, item.clause, APPLIES_UNKNOWN.format(**facts))


def of_parts(score: ItemScore, parts: PartScores) -> Iterator[Warned]:
    """Where it could not be told whether parts count."""
    item = score.node
    assert isinstance(item, Item)
    if item.where is None or not parts.unknown_where.any():
        return
    outcome = parts.names.with_part_names().evaluate(item.where)
    for unit in range(len(score.points)):
        unknown = [entry for entry in parts.of_unit(unit) if parts.unknown_where[entry]]
        if unknown:
            names = joined([parts.names.entry_names[entry] for entry in unknown])
            facts = {"title": title_of(item, item.id), "parts": names, "why": why(outcome, unknown[0])}
            yield Warned(unit, item.id, item.clause, WHERE_UNKNOWN.format(**facts))


def of_corrections(score: ItemScore | SectionScore, scene: Scene) -> Iterator[Warned]:
    """Where it could not be told whether a correction holds."""
    node = score.node
    if not node.corrections:
        return
    title, values = title_of(node, node.id), ScoresSoFar(scene.values, scene.finished)
    for correction, kept in zip(node.corrections, score.kept, strict=True):
        for unit in units(kept.unknown & scene.inside):
            outcome = values.evaluate(correction.when)
            facts = {"title": title, "condition": values.readable(correction.when), "why": why(outcome, unit)}
            yield Warned(unit, node.id, correction.clause, CORRECTION_UNKNOWN.format(**facts))


def units(flags: Flags) -> list[int]:
    """The units that are flagged."""
    found: list[int] = np.flatnonzero(flags).tolist()
    return found


def why(outcome: EvaluatedColumn, unit: int) -> Text:
    """The first reason that marks the unit."""
    return next((reason for where, reason in outcome.reasons if where[unit]), NOT_KNOWN)
