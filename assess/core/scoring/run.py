"""One scoring of all units: groups, scores, adjustments, ranks, grades, conversion."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column, comparing
from assess.core.exact.comparing import Ties
from assess.core.kinds import EXACT
from assess.core.methods.scored import Amount, Better, Flags
from assess.core.rules.adjustments import Veto
from assess.core.rules.sheet import RuleSheet, title_of
from assess.core.scoring.adjusting import Adjusted, Running, adjust, as_printed, final_total
from assess.core.scoring.conversion import Standings, convert, member_points
from assess.core.scoring.grading import Graded, grade_units
from assess.core.scoring.inputs import ScopeValues, ScoringInputs
from assess.core.scoring.nodes import NodeScore, Scene
from assess.core.scoring.other_rankings import other_rankings
from assess.core.scoring.ranking import COMPARED_DIGITS, rank_totals, tie_breaks
from assess.core.scoring.results import GroupSummary, Post, Results, printed_digits
from assess.core.scoring.sections import base_total, blocked_by, counting_scores, score_nodes
from assess.core.scoring.warning import warnings_of
from assess.core.text import Text

ALL_UNITS = Text("全部考核对象", "All units")


def score(inputs: ScoringInputs) -> Results:
    """Score and rank all units. The sheet has passed its check, the figures their reading."""
    values = ScopeValues(inputs)
    groups = values.groups
    scene = Scene(values, groups, groups >= 0)
    scores: dict[str, NodeScore] = {}
    tops = counting_scores(score_nodes(inputs.sheet.items, inputs.sheet.missing, scene, scores))
    full = full_mark_of(tops, scene)
    base = base_total(tops, full, len(groups))
    running = adjust(base, scene, scores)
    blocked = blocked_units(tops, running, len(groups))
    total = final_total(running, scene).only(~blocked)
    scored = RawResults(scene, scores, full, base.only(~blocked), total, blocked)
    return outcome(scored, running)


class RawResults(NamedTuple):
    """What the scores and adjustments gave, before ranks and grades."""

    scene: Scene
    scores: dict[str, NodeScore]
    full: Amount | None
    base: Column
    total: Column
    blocked: Flags


def full_mark_of(tops: tuple[NodeScore, ...], scene: Scene) -> Amount | None:
    """The sheet's full mark; None where what counts at the top has none."""
    full: Amount = Fraction(0)
    for top in tops:
        mark = scene.full_mark(top.node.points)
        if mark is None:
            return None
        full = full + mark
    return full


def blocked_units(tops: tuple[NodeScore, ...], running: Running, size: int) -> Flags:
    """The units that have no total because an item that blocks has no figure."""
    blocks = blocked_by((*tops, *(item for adjusted in running.done for item in adjusted.items)))
    return np.zeros(size, dtype=bool) if blocks is None else blocks


def outcome(scored: RawResults, running: Running) -> Results:
    """Ranks, grades, conversion and summaries of the totals."""
    scene, scores, full, base, total, blocked = scored
    sheet = scene.sheet
    ranked = total.present & ~unranked(running.done, total)
    ranks = ranked_totals(scene, scores, total, ranked)
    graded: Graded | None = None
    if sheet.grades is not None:
        graded = grade_units(
            total, ranks, scene.groups, grades=sheet.grades, better=sheet.ranking.better, steps=running.grade_steps
        )
    standings = standings_of(scored, ranks, graded)
    converted, posts = conversions(scored, standings)
    return Results(
        inputs=scene.values.inputs,
        scene=scene,
        full=full,
        scores=scores,
        base=base,
        total=total,
        adjusted=tuple(running.done),
        blocked=blocked,
        ranks=ranks,
        of=ranked_in_group(scene.groups, ranked),
        grades=graded,
        standings=standings,
        converted=converted,
        posts=posts,
        summaries=summaries(scene, total),
        warnings=warnings_of(scene, scores, running.done, standings),
        others=other_rankings(scene, scores),
    )


def unranked(done: list[Adjusted], total: Column) -> Flags:
    """The units that a veto takes out of the ranking."""
    vetoes = [each.applied for each in done if isinstance(each.adjustment, Veto) and each.adjustment.unranked]
    vetoed: Flags = np.logical_or.reduce([np.zeros(len(total), dtype=bool), *vetoes])
    return vetoed


def ranked_totals(scene: Scene, scores: dict[str, NodeScore], total: Column, ranked: Flags) -> Column:
    """Ranks by printed total and tie-breaks."""
    ranking = scene.sheet.ranking
    compared = total.round(COMPARED_DIGITS) if scene.sheet.rounding.total == EXACT else total
    higher = ranking.better is Better.HIGHER
    return rank_totals(
        compared, tie_breaks(scene, scores), scene.groups, ranked, higher=higher, ties=Ties(ranking.ties)
    )


def ranked_in_group(groups: NDArray[np.int64], ranked: Flags) -> NDArray[np.int64]:
    """How many units of each unit's group are ranked."""
    numbers = np.maximum(groups, 0)
    return np.bincount(numbers[ranked], minlength=int(numbers.max(initial=0)) + 1)[numbers]


def standings_of(scored: RawResults, ranks: Column, graded: Graded | None) -> Standings:
    """What a conversion reads."""
    sheet, total = scored.scene.sheet, scored.total
    return Standings(
        totals=total,
        ranks=ranks,
        places=np.full(len(total), -1) if graded is None else graded.places,
        groups=scored.scene.groups,
        full=scored.full,
        better=sheet.ranking.better,
        grades=sheet.grades or (),
        floor=sheet.total.floor or Fraction(0),
    )


def conversions(scored: RawResults, standings: Standings) -> tuple[Column | None, tuple[Post, ...]]:
    """Converted points and the points of each post, as printed."""
    scene, scores = scored.scene, scored.scores
    sheet = scene.sheet
    if sheet.conversion is None:
        return None, ()
    team = convert(sheet.conversion, standings)
    digits = sheet.rounding.total
    posts = tuple(
        Post(
            member.post,
            title_of(member, member.post),
            as_printed(member_points(member, sheet.conversion, team, scores), digits, scene),
        )
        for member in sheet.conversion.members or ()
    )
    return as_printed(team, digits, scene), posts


def named_groups(sheet: RuleSheet) -> list[tuple[str, Text]]:
    """Id and title of each group, or of the one group of all units."""
    return (
        [("all", ALL_UNITS)] if sheet.groups is None else [(each.id, title_of(each, each.id)) for each in sheet.groups]
    )


def summaries(scene: Scene, total: Column) -> tuple[GroupSummary, ...]:
    """Counts, means and extremes of the printed totals by group."""
    digits = scene.sheet.rounding.total
    found = []
    among = total.present
    mean = as_printed(comparing.mean(total, scene.groups, among), digits, scene)
    high, low = comparing.highest(total, scene.groups, among), comparing.lowest(total, scene.groups, among)
    for number, (name, title) in enumerate(named_groups(scene.sheet)):
        members = np.flatnonzero((scene.groups == number) & among)
        shown: list[str | None] = [None, None, None]
        if len(members):
            first = members[:1]
            shown = [column.take(first).printed(printed_digits(digits))[0] for column in (mean, high, low)]
        found.append(GroupSummary(name, title, len(members), *shown))
    return tuple(found)
