"""What no worked example shows: items and adjustments without one, and bands that none of them gets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Final

import numpy as np

from assess.core.exact import comparing
from assess.core.examples import Example, results_of
from assess.core.expressions import RESULT_NAMES
from assess.core.kinds import Formula
from assess.core.methods.peers import Rank
from assess.core.methods.place_shares import PlaceShare
from assess.core.methods.scored import Flags
from assess.core.methods.steps import Band, Bands
from assess.core.methods.traits import ScoringMethod
from assess.core.rules.adjustments import Adjustment
from assess.core.rules.checking.places import own_mentions
from assess.core.rules.nodes import Item
from assess.core.rules.sheet import RuleSheet, all_items, title_of
from assess.core.scoring.item_inputs import ItemInputs
from assess.core.scoring.nodes import MISSING, SCORED, ItemScore
from assess.core.scoring.results import Results
from assess.core.text import EMPTY_TEXT, Text
from assess.core.warnings.coded import CodedWarning

NO_SCORE = Text(
    "没有算例使“{title}”得出分数，请补一个算例。",
    "No worked example gives {title} a score. Add one.",
)
NO_EFFECT = Text(
    "没有算例使“{title}”生效，请补一个算例。",
    "In no worked example does {title} take effect. Add one.",
)
NEVER_REACHED = Text(
    "没有算例落在“{title}”的“{band}”这一档，请补一个算例。",
    "No worked example gets the band “{band}” of {title}. Add one.",
)

LAST_YEAR: Final = RESULT_NAMES - {"total"}
"""What conditions call last year's results by."""


def not_exemplified(sheet: RuleSheet, examples: Iterable[Example]) -> Iterator[CodedWarning]:
    """Every item, adjustment and band of a sheet that its worked examples leave out, where there are any."""
    runs = [results_of(sheet, example) for example in examples if example.units]
    if not runs:
        return
    for item in all_items(sheet):
        if any(scored_units(item, run).any() for run in runs):
            yield from bands_left_out(item, runs)
        else:
            yield CodedWarning("no-example", item.path, NO_SCORE, {"title": title_of(item, item.id)})
    for place, adjustment in enumerate(sheet.adjustments):
        if not (rests_on_last_year(adjustment) or any(run.adjusted[place].applied.any() for run in runs)):
            facts = {"title": title_of(adjustment, adjustment.id)}
            yield CodedWarning("no-example", adjustment.path, NO_EFFECT, facts)


def rests_on_last_year(adjustment: Adjustment) -> bool:
    """Whether a condition asks for last year's results, which no worked example can state."""
    return any(
        isinstance(mention.kind, Formula) and not LAST_YEAR.isdisjoint(mention.value.names)
        for mention in own_mentions(adjustment)
    )


def scored_units(item: Item, run: Results) -> Flags:
    """The units whose score of an item was computed."""
    state = run.scores[item.id].state
    return np.equal(state, SCORED)


def bands_left_out(item: Item, runs: Sequence[Results]) -> Iterator[CodedWarning]:
    """Every band or entry of shares whose points no unit of the runs gets."""
    key, entries = entries_of(item.method)
    given = {points for run in runs for points in points_given(item, run)} if entries else set()
    for place, entry in enumerate(entries):
        if entry.points not in given:
            facts = {"title": title_of(item, item.id), "band": entry.in_words() or EMPTY_TEXT}
            yield CodedWarning("band-never-reached", (*item.path, key, place), NEVER_REACHED, facts)


def entries_of(method: ScoringMethod) -> tuple[str, Sequence[Band | PlaceShare]]:
    """The key under which a method lists bands or shares of places, and these."""
    match method:
        case Bands(bands=bands):
            return "bands", bands
        case Rank(shares=shares) if shares is not None:
            return "shares", shares
    return "", ()


def points_given(item: Item, run: Results) -> set[Fraction | None]:
    """What the method gives, before any factor, to units or parts; a lone one among shares of places has no entry."""
    score = run.scores[item.id]
    assert isinstance(score, ItemScore)
    if score.parts is None:
        names, full, taking_part = run.scene.values, score.full, (score.state == SCORED) | (score.state == MISSING)
        scored = scored_units(item, run)
    else:
        names, full, taking_part = score.parts.names, score.parts.full, score.parts.taking_part
        scored = taking_part & ~score.parts.missing
    inputs = ItemInputs(names, item=item.id, full_mark=full, taking_part=taking_part)
    if isinstance(item.method, Rank):
        value, peers = inputs.figure(item.method.figure), inputs.peers(item.method.within)
        scored = scored & (comparing.count(value, peers, taking_part) > 1)
    points = item.method.score(inputs).points
    return {points.fraction(entry) for entry in np.flatnonzero(scored).tolist()}
