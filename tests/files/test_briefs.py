"""Briefs for a meeting are one page, whatever the size of the district and the length of names and reasons."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from io import BytesIO

import pytest

from assess.core.briefs import BriefStanding, PastTotal, UnitBrief, YearBrief
from assess.core.runs.since_last_year import CauseChange, ChangeCause, ChangeSinceLastYear, ItemChange
from assess.core.scorecard.content import DocumentHead, Notice, RankingTable, Scorecard
from assess.core.scorecard.paper import card_on_paper
from assess.core.text import Language, Text
from assess.files.briefs import write_unit_brief, write_year_brief
from tests.files.cards import a_card, a_head
from tests.files.long_cards import NAME, a_long_card, a_long_table
from tests.files.rankings import a_table
from tests.files.reading import faults, lines_of, reader

STANDING = BriefStanding(Text("公示稿", "Provisional"), None)
INTERIM = BriefStanding(Text("阶段排名", "Interim"), Text("不是年度结果", "not the result of the year"))


def a_provisional_head() -> DocumentHead:
    """The head of a demonstration whose result is provisional."""
    return replace(a_head(), notice=Notice(7, "2027-01-07 09:00"))


def a_unit_brief(card: Scorecard, *, long: bool) -> UnitBrief:
    """The brief of a card, with every cause of a change and totals of a year."""
    title = NAME if long else Text("违法排污", "Illegal discharge")
    items = [
        ItemChange(f"i{at}", title, Text.same("1/2"), Text.same("2/2"), "+1.00", ChangeCause.POINTS) for at in range(5)
    ]
    causes = [CauseChange(cause, "+0.12", 12) for cause in ChangeCause]
    change = ChangeSinceLastYear(2025, "80.00", "81.08", "+1.08", tuple(causes), tuple(items), {})
    totals = [PastTotal(f"2026-{month:02}", Fraction(60 + month), f"{60 + month}.00") for month in range(1, 13)]
    sections = [row for row in card.rows if row.depth == 0]
    return UnitBrief(a_provisional_head(), STANDING, card_on_paper(card), sections, change, totals)


def a_year_brief(tables: list[RankingTable], standing: BriefStanding = STANDING) -> YearBrief:
    """The brief of some groups with matters that are open."""
    matters = [(Text("待处理申诉", "Open appeals"), 12), (Text("缺数据的考核项", "Items without data"), 0)]
    return YearBrief(
        a_provisional_head(), standing, Text("年度考核", "Assessment"), Text("公示", "Provisional"), tables, matters
    )


def page_of(data: bytes) -> list[str]:
    """The lines of the only page, on which nothing is cut or covered."""
    assert faults(data) == []
    [page] = lines_of(reader(data))
    return [line.text for line in page]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_brief_of_a_unit_is_one_marked_page(language: Language):
    for card, long in ((a_card(), False), (a_long_card(), True)):
        target = BytesIO()
        write_unit_brief(a_unit_brief(card, long=long), target, language)
        page = " ".join(page_of(target.getvalue()))
        assert ("公示稿 · 非最终结果" if language == "zh" else "Provisional – not final") in page
        assert "+1.08" in page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_brief_of_a_year_is_one_page_with_43_and_343_units(language: Language):
    townships = a_table(19, title=Text("地区组", "Townships"))
    for tables in ([a_table(24), townships], [a_table(343)], [a_long_table()] * 6):
        target = BytesIO()
        write_year_brief(a_year_brief(tables, INTERIM), target, language)
        page = " ".join(page_of(target.getvalue()))
        assert ("不是年度结果" if language == "zh" else "not the result of the year") in page
        assert ("待处理申诉：12" if language == "zh" else "Open appeals: 12") in page
