"""From the printed total to points of the performance evaluation and to members of the leadership team."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column, comparing, where
from assess.core.methods.scored import Amount, Better
from assess.core.rules.outcome import Conversion, ConvertBy, Grade, TeamPost
from assess.core.scoring.grading import Places
from assess.core.scoring.nodes import NodeScore
from assess.core.scoring.sections import blocked_by, points_and_marks


@dataclass(frozen=True, slots=True)
class Standings:
    """What a conversion reads: printed totals, ranks, grades and groups of all units, the sheet's full mark, and the
    floor of its totals, 0 where it has none."""

    totals: Column
    ranks: Column
    places: Places
    groups: NDArray[np.int64]
    full: Amount | None
    better: Better
    grades: tuple[Grade, ...]
    floor: Fraction = Fraction(0)


def convert(conversion: Conversion, standings: Standings) -> Column:
    """Converted points, exact; missing for units without a total (by rank: without a rank)."""
    return CONVERTED[conversion.by](conversion, standings)


def by_share(conversion: Conversion, standings: Standings) -> Column:
    """total ÷ the sheet's full mark × points."""
    assert conversion.points is not None
    assert standings.full is not None
    return standings.totals * conversion.points / standings.full


def by_spread(conversion: Conversion, standings: Standings) -> Column:
    """points × (total − worst) ÷ (best − worst) inside the group; all equal earn the points."""
    assert conversion.points is not None
    best, worst = extremes(standings)
    share = where(best == worst, 1, (standings.totals - worst) / (best - worst))
    return share * conversion.points


def by_relative(conversion: Conversion, standings: Standings) -> Column:
    """points × total ÷ the best of the group, or best ÷ total where lower is better, both above the floor of totals.

    Where the best total is not above 0, everybody's points are 0.
    """
    assert conversion.points is not None
    best, _ = extremes(standings)
    totals = standings.totals
    above, most = ((each - standings.floor).at_least(0) for each in (totals, best))
    share = above / most if standings.better is Better.HIGHER else most / above
    share = where(totals == best, 1, share)
    return where(best > 0, share, 0).only(totals.present) * conversion.points


def best_total(standings: Standings) -> Column:
    """The best total of each unit's group."""
    return extremes(standings)[0]


def extremes(standings: Standings) -> tuple[Column, Column]:
    """The best and the worst total of each unit's group."""
    among = standings.totals.present
    high = comparing.highest(standings.totals, standings.groups, among)
    low = comparing.lowest(standings.totals, standings.groups, among)
    return (high, low) if standings.better is Better.HIGHER else (low, high)


def by_grade(conversion: Conversion, standings: Standings) -> Column:
    """The points that the table gives to the grade."""
    assert isinstance(conversion.table, Mapping)
    table = Column.of([conversion.table[grade.id] for grade in standings.grades])
    return table.take(np.maximum(standings.places, 0)).only(standings.places >= 0)


def by_rank(conversion: Conversion, standings: Standings) -> Column:
    """The points that the table gives to the place; its last entry serves all further places."""
    assert isinstance(conversion.table, tuple)
    places = standings.ranks.numerators // standings.ranks.denominators
    index = np.clip(places.astype(np.int64) - 1, 0, len(conversion.table) - 1)
    return Column.of(conversion.table).take(index).only(standings.ranks.present)


CONVERTED: dict[ConvertBy, Callable[[Conversion, Standings], Column]] = {
    ConvertBy.SHARE: by_share,
    ConvertBy.SPREAD: by_spread,
    ConvertBy.RELATIVE: by_relative,
    ConvertBy.GRADE: by_grade,
    ConvertBy.RANK: by_rank,
}


def member_points(member: TeamPost, conversion: Conversion, team: Column, scores: Mapping[str, NodeScore]) -> Column:
    """Points of one post, exact: never above the cap."""
    return within_cap(member, conversion, points_before_cap(member, conversion, team, scores))


def points_before_cap(
    member: TeamPost, conversion: Conversion, team: Column, scores: Mapping[str, NodeScore]
) -> Column:
    """Points of one post: the team's, or by its own items, × the coefficient.

    Own items count wherever they have a score, also where the team gets nothing, as by rank without one; not where one
    of them, or an item below, blocks the unit.
    """
    points = team
    if member.items is not None:
        assert conversion.points is not None
        points = own_share([scores[item] for item in member.items]) * conversion.points
    return points * member.coefficient


def within_cap(member: TeamPost, conversion: Conversion, points: Column) -> Column:
    """Points of one post that are not above its cap, which is that of the conversion where it has none."""
    cap = conversion.points if member.cap is None else member.cap
    return points if cap is None else points.at_most(cap)


def own_share(scores: list[NodeScore]) -> Column:
    """Σ scores ÷ Σ full marks of those that have a score; missing where one of them is blocked."""
    points, marks, _ = points_and_marks(tuple(scores))
    share = points / marks
    blocks = blocked_by(tuple(scores))
    return share if blocks is None else share.only(~blocks)
