"""Made-up rankings and books of scorecards."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Any

from assess.core.numbers import printed, round_half_up
from assess.core.scorecard.content import Book, RankedLine, RankingTable
from assess.core.text import Text
from tests.files.cards import SECTIONS, a_card, a_head


def a_ranked(at: int, of: int, count: int = 10, **changes: Any) -> RankedLine:
    """The unit at one place of a ranking; without a rank where `of` is passed."""
    ranked = RankedLine(
        unit=f"u{at:03d}",
        name=Text(f"示范{at + 1}街道", f"Model Subdistrict {at + 1}"),
        state="scored",
        rank=str(at + 1),
        total=printed(Fraction(9520 - at * 2700 // of, 100), 2),
        grade=Text("优秀", "Excellent") if at < of * 0.3 else Text("良好", "Good"),
        converted=printed(Fraction(952 - at * 270 // of, 100), 2),
        change=(at * 7) % 11 - 5,
        sections=tuple(
            (
                printed(Fraction(1900 - (at * 13 + place * 29) % 900, 100), 2),
                Fraction(1900 - (at * 13 + place * 29) % 900, 2000),
            )
            for place in range(count)
        ),
        marks=(Text("一票否决", "vetoed"),) if at == of - 1 else (),
    )
    return replace(ranked, **changes)


def a_table(units: int = 24, sections: int = 10, **changes: Any) -> RankingTable:
    """The ranking of one group."""
    rows = tuple(a_ranked(at, units, sections) for at in range(units))
    totals = tuple(Fraction(row.total or 0) for row in rows)
    table = RankingTable(
        title=Text("街道组", "Streets"),
        of=str(units),
        mean=printed(round_half_up(sum(totals) / units, 2), 2) if units else None,
        highest=rows[0].total if rows else None,
        lowest=rows[-1].total if rows else None,
        sections=tuple((SECTIONS[at % len(SECTIONS)], "20") for at in range(sections)),
        rows=rows,
        totals=totals,
        bounds=(
            (Text("优秀", "Excellent"), Fraction(90)),
            (Text("良好", "Good"), Fraction(80)),
            (Text("合格", "Pass"), Fraction(60)),
        ),
    )
    return replace(table, **changes)


def a_book(count: int = 24, items: int = 40, sections: int = 10, **changes: Any) -> Book:
    """A book of one group."""
    table = a_table(count, sections)
    book = Book(
        head=a_head(),
        tables=(table,),
        cards=[partial(a_card, items, sections, seed) for seed in range(count)],
        units=[(row.unit, row.name, 0) for row in table.rows],
    )
    return replace(book, **changes)
