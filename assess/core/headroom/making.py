"""The headroom of every item: how little more or less of one figure would have gained points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import Final, NamedTuple

import numpy as np

from assess.core.exact import Column, total, where
from assess.core.exact.peer_comparison import PeerComparison
from assess.core.expressions import TextColumn
from assess.core.figures.periods import periods_of
from assess.core.headroom.conditions import turning_points_of_conditions
from assess.core.headroom.reading import ReadingOfFigure
from assess.core.headroom.searching import Grid, MarkedScores, marks_of
from assess.core.headroom.trials import Trials, TrialsOneByOne, TrialsTogether
from assess.core.kinds import NO_MARK
from assess.core.methods.scored import Amount, Flags
from assess.core.rules.figure import Figure, FigureKind, PeriodKind, RollUp
from assess.core.rules.nodes import Item
from assess.core.scoring.item_inputs import ItemInputs
from assess.core.scoring.nodes import SCORED, ItemScore, Scene, applicability, bounds_of, digits_of_item
from assess.core.scoring.results import Results
from assess.core.scoring.sections import as_column

MEASURING: Final = frozenset({FigureKind.NUMBER, FigureKind.COUNT, FigureKind.PERCENT})
"""Kinds of figures that have headroom."""
USUAL_DIGITS: Final = 2
"""Decimals of a figure that states none."""
NEARBY: Final = 5_000
"""Steps on either side that are tried one by one where the turning points cannot be told."""
NEARBY_APART: Final = 100
"""The same where every unit takes a scoring of its own."""


class Remaining(NamedTuple):
    """The periods that have no value yet, and what their mean must be to bring the year to a value."""

    periods: Column
    mean: Column


class Gain(NamedTuple):
    """A value that gains points, and the score there; missing for units that have none.

    `remaining` is missing for units that have a value of every period, and None where it is told of none.
    """

    to: Column
    score: Column
    remaining: Remaining | None


class FigureHeadroom(NamedTuple):
    """What one figure would have gained one item, for the units that the item scored.

    Attributes:
        digits: the decimals of the figure.
        value: what the units have.
        next: the nearest value with a higher score.
        full: the nearest value with the highest score.
    """

    figure: str
    digits: int
    value: Column
    next: Gain
    full: Gain


def headroom_of(results: Results) -> Mapping[str, tuple[FigureHeadroom, ...]]:
    """The headroom of every item that has any, by its id, figures in the order of the item's lines."""
    found: dict[str, tuple[FigureHeadroom, ...]] = {}
    for name, score in results.scores.items():
        if isinstance(score, ItemScore) and has_headroom(score):
            figures = tuple(of_item(score, results.scene))
            found |= {name: figures} if figures else {}
    return found


def has_headroom(score: ItemScore) -> bool:
    """Whether more points of the item are a gain and have a limit."""
    item = score.node
    assert isinstance(item, Item)
    return not score.taken_off and item.by is None and item.points != NO_MARK and bool((score.state == SCORED).any())


def of_item(score: ItemScore, scene: Scene) -> Iterator[FigureHeadroom]:
    """The headroom of one item, figure by figure."""
    assert isinstance(score.node, Item)
    for name in score.node.method.figures_with_headroom:
        figure = scene.sheet.figures[name]
        if not figure.is_computed and figure.kind in MEASURING:
            yield of_figure(name, score, scene)


def of_figure(name: str, score: ItemScore, scene: Scene) -> FigureHeadroom:
    """The headroom of one item by one figure."""
    figure = scene.sheet.figures[name]
    grid = grid_of(figure)
    trials, marked = marked_scores(name, grid, score, scene)
    highest, active = highest_score(score, scene), score.state == SCORED
    active &= score.points < highest
    found: list[Gain] = []
    for reached in (partial(is_above, score.points, active), partial(is_full, highest, active)):
        to = marked.nearest(reached) if marked is not None and active.any() else Column.absent(len(score.points))
        at = trials.scores(where(to.present, to, trials.known.filled(0))).only(to.present)
        found.append(Gain(to, at, remaining(name, grid, to, scene)))
    return FigureHeadroom(name, grid.digits, trials.known.only(score.state == SCORED), *found)


def is_above(points: Column, active: Flags, scores: Column) -> Flags:
    """Where scores are above the points."""
    return (scores > points) & active


def is_full(highest: Column, active: Flags, scores: Column) -> Flags:
    """Where scores are the highest that can be got."""
    return (scores >= highest) & active


def grid_of(figure: Figure) -> Grid:
    """The values that a figure may take."""
    if figure.kind is FigureKind.COUNT:
        return Grid.between(0, Fraction(0) if figure.min is None else figure.min, figure.max)
    return Grid.between(USUAL_DIGITS if figure.decimals is None else figure.decimals, figure.min, figure.max)


def highest_score(score: ItemScore, scene: Scene) -> Column:
    """The most that the item can get, rounded as its points are."""
    assert isinstance(score.node, Item)
    _, cap = bounds_of(score.node, score.full)
    assert cap is not None
    column = cap if isinstance(cap, Column) else Column.constant(cap, len(score.points))
    return scene.rounded(column, digits_of_item(score.node, scene))


def marked_scores(name: str, grid: Grid, score: ItemScore, scene: Scene) -> tuple[Trials, MarkedScores | None]:
    """The trials of a figure, and their marks; None where no value may be entered."""
    assert isinstance(score.node, Item)
    trials = TrialsTogether(score, name, scene)
    value = trials.known.filled(0)
    reading = ReadingOfFigure(name, scene.sheet)
    if grid.low > grid.high:
        return trials, None
    points = known_turns(trials, reading)
    if points is not None:
        return trials, MarkedScores(grid, value, marks_of(grid, value, points, []), trials.scores)
    used, near = step_by_step(trials, reading)
    return used, MarkedScores(grid, value, marks_of(grid, value, likely_turns(trials, reading), near), used.scores)


def likely_turns(trials: TrialsTogether, reading: ReadingOfFigure) -> list[Column]:
    """Where the score may turn that is tried step by step: where the method turns now, and at the values of others."""
    size = len(trials.known)
    points = [as_column(point, size) for point in turns_of_method(trials) or ()]
    if reading.looks_at_units(trials.item):
        points += PeerComparison(np.zeros(size, dtype=np.int64), trials.known.present).each_value(trials.known)
    return points


def turns_of_method(trials: TrialsTogether) -> Iterable[Amount] | None:
    """Where the points of the method turn as all else stands."""
    item, scene = trials.item, trials.scene
    applicable, _, _ = applicability(item, scene)
    inputs = ItemInputs(scene.values, item=item.id, full_mark=trials.score.full, taking_part=applicable)
    return item.method.turning_points(trials.figure, inputs)


def step_by_step(trials: TrialsTogether, reading: ReadingOfFigure) -> tuple[Trials, list[int]]:
    """How an item is tried whose turning points cannot be told, and how many steps from the own value.

    Those nearby one by one; further ones in strides that grow, between which scores are taken to rise or fall.
    """
    apart = reading.looks_at_units_twice(trials.item)
    nearby = max(NEARBY_APART, NEARBY // len(trials.known)) if apart else NEARBY
    steps = [*range(1, nearby)]
    while steps[-1] < 10**MOST_STRIDES:
        steps.append(steps[-1] * 3 // 2)
    if not apart:
        return trials, steps
    score, scene = trials.score, trials.scene
    gaining = (score.state == SCORED) & (score.points < highest_score(score, scene))
    return TrialsOneByOne(score, trials.figure, scene, gaining), steps


MOST_STRIDES: Final = 18
"""Digits of the farthest stride."""


def known_turns(trials: TrialsTogether, reading: ReadingOfFigure) -> list[Column] | None:
    """Where the score of the item turns or jumps; None where that cannot be told."""
    item, size = trials.item, len(trials.known)
    if reading.is_beside(item):
        return None
    of_method = turns_of_method(trials)
    at = [trials.values(Column.constant(y, size)) for y in (0, 1)]
    of_conditions = turning_points_of_conditions((each.when for each in item.corrections or ()), reading, at)
    if of_method is None or of_conditions is None:
        return None
    return [*(as_column(point, size) for point in of_method), *of_conditions]


def remaining(name: str, grid: Grid, to: Column, scene: Scene) -> Remaining | None:
    """What the periods without a value must come to in the mean to bring the year to a value."""
    inputs, figure = scene.values.inputs, scene.sheet.figures[name]
    layers = inputs.figures.layers.get(name, ())
    if figure.period is PeriodKind.YEAR or figure.roll_up not in (RollUp.MEAN, RollUp.SUM):
        return None
    finer = [layer.values for layer in layers if not layer.label.is_year]
    year = [layer.values for layer in layers if layer.label.is_year]
    columns = [column for column in finer if isinstance(column, Column)]
    if not columns:
        return None
    periods = len(periods_of(figure.period, inputs.sheet.year))
    given = np.sum([column.present for column in columns], axis=0)
    lacking = Column.integers(periods - given).only((given < periods) & ~given_for_year(year, len(to)))
    needed = to * periods if figure.roll_up is RollUp.MEAN else to
    mean = (needed - total([column.filled(0) for column in columns])) / lacking
    value = inputs.figures.value(name)
    assert isinstance(value, Column)
    step = Fraction(1, 10**grid.digits)
    return Remaining(lacking, where(to > value, (mean / step).ceil(), (mean / step).floor()) * step)


def given_for_year(year: Sequence[Column | TextColumn], size: int) -> Flags:
    """The units of which the year's own value was given, so that no period bears on it."""
    given = np.zeros(size, dtype=np.bool_)
    for column in year:
        given |= ~column.missing
    return given
