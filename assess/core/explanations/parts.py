"""What is told of an item that is scored by periods or objects: its parts, and how they were combined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column
from assess.core.explanations.explained_points import explained_points
from assess.core.explanations.explanation import Explanation, told_in
from assess.core.explanations.reckoning import ToPrinted
from assess.core.explanations.sentences import first_reason
from assess.core.expressions.telling import PERIODS_CALLED
from assess.core.figures.periods import PeriodLabel
from assess.core.kinds import EXACT
from assess.core.methods.scored import (
    BothTexts,
    Explained,
    ExplanationClause,
    Fact,
    NumberFact,
    OutcomeSentence,
    PointsFact,
)
from assess.core.result_units import counted_in
from assess.core.rules.figure import PERIOD_AXES
from assess.core.rules.nodes import Item, Over
from assess.core.rules.sheet import title_of
from assess.core.scoring.nodes import ItemScore, PartScores
from assess.core.scoring.parts import mark_of_part, within_part_bounds
from assess.core.scoring.results import Results
from assess.core.text import Text

OVER: Final = {
    Over.MEAN: Text("{n}个{parts}平均{combined}", "the mean of {n} {parts} is {combined}"),
    Over.SUM: Text("{n}个{parts}合计{combined}", "the sum of {n} {parts} is {combined}"),
    Over.WORST: Text("{n}个{parts}中最低{combined}", "the lowest of {n} {parts} is {combined}"),
    Over.BEST: Text("{n}个{parts}中最高{combined}", "the highest of {n} {parts} is {combined}"),
    Over.MEDIAN: Text("{n}个{parts}的中位数{combined}", "the median of {n} {parts} is {combined}"),
    Over.LAST: Text("{n}个{parts}中最近一个{combined}", "the latest of {n} {parts} is {combined}"),
    Over.SHARE: Text("{n}个{parts}中有{reached}个达到{bar}", "{reached} of {n} {parts} reach {bar}"),
}
PAIRS: Final = Text("部分", "parts")
WEIGHTED: Final = Text("{n}个{parts}加权平均{combined}", "the weighted mean of {n} {parts} is {combined}")
PICKED: Final = Text("共{all}个，取", "of {all}, ")
SCALED: Final = Text("，由{part}折算为{full}", ", scaled from {part} to {full}")
SHARE_OF: Final = Text("，按{full}的这一比例计", ", which earns that share of {full}")
POINTS: Final = Text(" {points}分", ": {points}")
EACH: Final = Text("各{points}分", ": {points} each")
SPAN: Final = Text("{first}至{last}", "{first} to {last}")
PART: Final = Text("{name}{points}", "{name}{points}")
NOT_COUNTED: Final = Text("{name}{points}（不计）", "{name}{points} (not counted)")
STATED: Final = Text("{name}{points}（{why}）", "{name}{points} ({why})")
WITHOUT: Final = Text("{name}{why}", "{name}: {why}")
OBJECT_AT: Final = Text("{object}{period}", "{object}, {period}")
NO_VALUE: Final = Text("缺数据", "data missing")
NO_OBJECT: Final = Text("没有“{title}”", "there is no object of the kind {title}")
NO_PERIOD: Final = Text("尚无可计分的期次", "no period has ended yet")
NO_SCORE: Final = Text("没有一项有得分", "no part has a score")
TOO_FEW: Final = Text("有得分的只有{n}项，少于规定的{least}项", "only {n} of the {least} parts needed have a score")


class ToldPart(NamedTuple):
    """A part of one unit as a sentence tells it; `points` is None without a score."""

    period: PeriodLabel | None
    object: Text | None
    points: str | None
    is_counted: bool
    why: Text | None
    counted_in: Text | None = None

    @property
    def name(self) -> Text:
        """What the part is called."""
        if self.period is None or self.object is None:
            return self.object or (Text.same("") if self.period is None else self.period.label)
        return OBJECT_AT.format(object=self.object, period=self.period.label)

    @property
    def text(self) -> Text:
        """The part with its points, or why it has none."""
        return self.told_of(self.name, counted_in(POINTS, self.counted_in).format(points=self.points))

    def told_of(self, name: Text, points: Text) -> Text:
        """What is told of this part, or of several like it, under a name."""
        if self.points is None:
            return WITHOUT.format(name=name, why=self.why or NO_VALUE)
        if self.why is not None:
            return STATED.format(name=name, points=points, why=self.why)
        return (PART if self.is_counted else NOT_COUNTED).format(name=name, points=points)


def parts_explained(score: ItemScore, results: Results) -> Explained:
    """The points of each part, which did not count, and what they came to."""
    by_unit = told_by_unit(score, results)
    texts = [[*gathered(of_unit)] for of_unit in by_unit]
    listed = BothTexts(
        ["、".join(each.zh for each in of) for of in texts], [", ".join(e.en for e in of) for of in texts]
    )
    beside = combination_explained(score, results)
    every_part = ExplanationClause((OutcomeSentence(None, Text.same("{parts}")),), {"parts": listed})
    return replace(beside, clauses=(every_part, *beside.clauses))


def combination_explained(score: ItemScore, results: Results) -> Explained:
    """What the parts came to, for a reader who has them in a table."""
    parts, item = score.parts, score.node
    assert parts is not None
    assert isinstance(item, Item)
    reasons = reasons_without(score, item, told_by_unit(score, results), results)
    return Explained((combined_told(score, item, parts, results),), reasons)


def told_by_unit(score: ItemScore, results: Results) -> list[list[ToldPart]]:
    """The parts of every unit as a sentence tells them."""
    assert score.parts is not None
    told = told_parts(score.parts, results)
    return [[told[row] for row in score.parts.of_unit(unit)] for unit in range(len(score.points))]


def told_parts(parts: PartScores, results: Results) -> list[ToldPart]:
    """Every entry as a sentence tells it."""
    names = parts.names
    objects = results.inputs.known_objects.kinds.get(names.place.kind or "")
    titles = [None] * names.entries if objects is None else [objects.names[n] for n in objects.objects.tolist()]
    periods = [None if each.is_year else each for each in names.place.periods]
    points = parts.points.printed(None)
    whys, unit = first_reason(parts.reasons, names.size), results.inputs.sheet.unit_of_result
    found = []
    for row, (period, title) in enumerate((period, title) for period in periods for title in titles):
        why = (whys[row] or NO_VALUE) if parts.missing[row] else None
        found.append(ToldPart(period, title, points[row], bool(parts.counted[row]), why, unit))
    return found


def gathered(parts: Sequence[ToldPart]) -> Iterator[Text]:
    """The parts in words, three or more periods on end of which the same is told in one."""
    for _, group in groupby(parts, key=lambda each: (each.object, each.points, each.is_counted, each.why)):
        several = list(group)
        first, last = several[0], several[-1]
        if len(several) < 3 or first.period is None or last.period is None:
            yield from (each.text for each in several)
        else:
            span = SPAN.format(first=first.name, last=last.period.label)
            yield first.told_of(span, counted_in(EACH, first.counted_in).format(points=first.points))


def combined_told(score: ItemScore, item: Item, parts: PartScores, results: Results) -> ExplanationClause:
    """What the parts came to, and how that became the points of the item."""
    assert item.over is not None
    assert item.each is not None
    size = len(score.points)
    scored = Column.integers(scored_parts(parts, size))
    facts: dict[str, Fact] = {
        "n": NumberFact(scored),
        "parts": parts_called(item, results),
        "combined": PointsFact(parts.combined),
    }
    text = OVER[item.over] if item.part_weight is None else WEIGHTED
    if item.pick is not None:
        counted = np.bincount(parts.names.units[parts.counted], minlength=size)
        facts |= {"all": NumberFact(scored), "n": NumberFact(Column.integers(counted))}
        text = Text.run(PICKED, text)
    if item.over is Over.SHARE:
        assert item.bar is not None
        facts |= {"reached": NumberFact(parts.combined * scored), "bar": PointsFact(item.bar)}
        assert score.full is not None
        text, facts["full"] = Text.run(text, SHARE_OF), PointsFact(score.full)
    elif item.over is not Over.SUM and item.each.points is not None:
        part = mark_of_part(item, results.scene)
        if score.full is not None and part is not None and item.points != item.each.points:
            facts |= {"full": PointsFact(score.full), "part": PointsFact(part)}
            text = Text.run(text, SCALED)
    return ExplanationClause((OutcomeSentence(None, text),), facts)


def parts_called(item: Item, results: Results) -> Text:
    """What the parts of an item are called, several of them."""
    kinds = [axis for axis in item.by or () if axis not in PERIOD_AXES]
    if not kinds:
        return PERIODS_CALLED[(item.by or ("",))[0]]
    title = title_of((results.inputs.sheet.objects or {}).get(kinds[0]), kinds[0])
    return title if len(item.by or ()) == 1 else PAIRS


def scored_parts(parts: PartScores, size: int) -> NDArray[np.int64]:
    """How many parts of each unit have a score."""
    units = parts.names.units[parts.taking_part & parts.points.present]
    return np.bincount(units, minlength=size).astype(np.int64)


def reasons_without(
    score: ItemScore, item: Item, by_unit: Sequence[Sequence[ToldPart]], results: Results
) -> tuple[OutcomeSentence, ...]:
    """Why units have no points: a part that blocks, no part, or too few with a score."""
    parts = score.parts
    assert parts is not None
    found = []
    for unit in np.flatnonzero(parts.blocking).tolist():
        blocking = next(each for each in by_unit[unit] if each.why is not None)
        found.append(OutcomeSentence(np.arange(len(by_unit)) == unit, blocking.text))
    counts = scored_parts(parts, len(by_unit))
    least = 1 if item.at_least is None else item.at_least
    for n in sorted(set(counts[counts < least].tolist())):
        of = np.array([len(each) > 0 for each in by_unit], dtype=np.bool_)
        found.append(OutcomeSentence(of & (counts == n), TOO_FEW.format(n=n, least=least) if n else NO_SCORE))
    return tuple(found)


def no_part_told(item: Item, results: Results) -> Text:
    """Why an item has no part at all for a unit."""
    kinds = [axis for axis in item.by or () if axis not in PERIOD_AXES]
    if not kinds:
        return NO_PERIOD
    objects = results.inputs.sheet.objects or {}
    return NO_OBJECT.format(title=title_of(objects.get(kinds[0]), kinds[0]))


def part_sentences(score: ItemScore, results: Results) -> Explanation:
    """How the points of each part came about, one entry a part."""
    parts, item = score.parts, score.node
    assert parts is not None
    assert isinstance(item, Item)
    assert item.each is not None
    exact, rounding = parts.scored.points, results.inputs.sheet.rounding
    digits = EXACT if item.each.round is None else item.each.round
    after = partial(within_part_bounds, item, item.each, full=parts.full)
    way = ToPrinted(exact, parts.exact, parts.exact != exact, after, digits, rounding.mode)
    told = parts.taking_part & ~parts.missing
    whys = first_reason(parts.reasons, parts.names.size)
    reasons = {row: whys[row] or NO_VALUE for row in np.flatnonzero(parts.taking_part & parts.missing).tolist()}
    unit = results.inputs.sheet.unit_of_result
    found = explained_points(parts.scored.explain(), way, parts.points.filled(0), told, reasons, unit=unit)
    return found if unit is None else told_in(found, unit)
