"""The charts of a result as pictures, drawn by the code that draws them in the PDF documents."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

from assess.core.numbers import printed
from assess.core.scorecard.content import CardRow, RankingTable
from assess.core.text import Language, Text
from assess.files.charts.heat import LOW, STEPS
from assess.services.leadership.cards import Past

if TYPE_CHECKING:
    from assess.files.charts.shares import SectionBar

WIDE: Final = 520.0
"""Points across a chart of bars; with letters as small as in print it is read well at half as much again."""


TINTS: Final = tuple(enumerate((*(text for _, _, text in STEPS), LOW[1]), 1))
"""The tints of score rates, the deepest first, with what each means; the tables of the PDF documents have the same."""


def tint_of(rate: Fraction | None) -> int:
    """The number of the tint of a score rate, 0 without one."""
    if rate is None:
        return 0
    return next((number for number, (least, _, _) in enumerate(STEPS, 1) if rate >= least), len(STEPS) + 1)


class TotalRange(NamedTuple):
    """A range of points and how many units have a total in it."""

    begin: str
    end: str
    units: int


def drawn_bars(rows: Sequence[CardRow], language: Language) -> str:
    """The score rates of sections beside the means of the group, as an SVG image."""
    # slow library
    from assess.files.charts.shares import share_bars
    from assess.files.charts.svg import to_svg

    return to_svg(share_bars(shares_of(rows), language, wide=WIDE))


def shares_of(rows: Sequence[CardRow]) -> list[SectionBar]:
    """What the charts of sections show."""
    # slow library
    from assess.files.charts.shares import SectionBar

    return [SectionBar(row.title, row.points, row.full, row.share, row.mean_share) for row in rows]


def drawn_radar(rows: Sequence[CardRow], language: Language) -> str | None:
    """The same as a radar; None where it could not be read: fewer than five sections with a score, or too many."""
    # slow library
    from assess.files.charts.radar import radar, radar_fits
    from assess.files.charts.svg import to_svg

    shares = shares_of(rows)
    return to_svg(radar(shares, language, wide=250, high=230)) if radar_fits(shares) else None


def has_radar(rows: Sequence[CardRow]) -> bool:
    """Whether a radar of these rows can be read."""
    # slow library
    from assess.files.charts.radar import radar_fits

    return radar_fits(shares_of(rows))


def drawn_trend(pasts: Sequence[Past], language: Language, unit: Text | None) -> str | None:
    """The totals of some moments, newest first, as a line from left to right; None where there are not two of them.

    `unit` is what totals are counted in, None for points.
    """
    # slow library
    from assess.files.charts.svg import to_svg
    from assess.files.charts.trend import TrendPoint, trend, trend_fits

    known = [(each, each.total) for each in reversed(pasts) if each.total is not None]
    points = [TrendPoint(when(each), Fraction(each_total), each_total) for each, each_total in known]
    return to_svg(trend(points, language, unit=unit)) if trend_fits(points) else None


def when(past: Past) -> str:
    """A moment below the line: its month, or its year."""
    return f"{past.day:%Y-%m}" if past.number and past.day else str(past.year)


def has_trend(pasts: Sequence[Past]) -> bool:
    """Whether there is a line to draw."""
    return sum(each.total is not None for each in pasts) > 1


def drawn_spread(table: RankingTable, language: Language) -> str | None:
    """How the totals of a group are spread, as an SVG image; None where nobody has a total."""
    # slow library
    from assess.files.charts.distribution import distribution
    from assess.files.charts.svg import to_svg

    return to_svg(distribution(table.totals, table.bounds, language, unit=table.unit)) if table.totals else None


def spread_of(table: RankingTable) -> list[TotalRange]:
    """The same in numbers: each range of points that holds a total, highest first."""
    # slow library
    from assess.files.charts.distribution import ranges_of

    if not table.totals:
        return []
    found = [TotalRange(printed(each.begin), printed(each.end), each.units) for each in ranges_of(table.totals)]
    return [each for each in reversed(found) if each.units]
