"""Ranks inside groups: by printed total, parted by tie-breaks, ties as the sheet says."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.core.exact import Column
from assess.core.exact.comparing import Ties
from assess.core.scoring.ranking import rank_totals
from tests.builders import Outcome, a_sheet, a_unit, an_adjustment, an_item, score, units_with

TWO = {
    "groups": [
        {"id": "streets", "where": 'kind == "street"'},
        {"id": "townships", "where": 'kind == "township"'},
    ]
}


def of_panel(*totals: Any, **keys: Any) -> Outcome:
    """Units `a`, `b`, … judged at these points by a panel."""
    sheet = a_sheet(an_item(points=100), **keys)
    return score(sheet, units_with("panel", **dict(zip("abcdefgh", totals, strict=False))))


def of_air_and_water(ranking: dict[str, Any], **units: tuple[Any, Any]) -> dict[str, str | None]:
    """Ranks of units by the points of air and water; None leaves an item without score."""
    air = an_item(id="air", figure="air_points", points=50, missing="exclude", not_applicable="rescale")
    water = an_item(id="water", figure="water_points", points=50, missing="exclude")
    sheet = a_sheet(air, water, ranking=ranking)
    return score(sheet, {code: a_unit(air_points=a, water_points=w) for code, (a, w) in units.items()}).ranks


@pytest.mark.parametrize(
    ("ties", "ranks"),
    [
        ("competition", ["1", "2", "2", "4"]),
        ("minimum", ["1", "2", "2", "4"]),
        ("dense", ["1", "2", "2", "3"]),
        ("average", ["1", "2.5", "2.5", "4"]),
        ("maximum", ["1", "3", "3", "4"]),
    ],
)
def test_equal_totals_share_a_rank_as_the_sheet_says(ties: str, ranks: list[str]):
    assert list(of_panel(95, 90, 90, 85, ranking={"ties": ties}).ranks.values()) == ranks


def test_a_list_counts_as_every_beijing_list_does_unless_the_sheet_says_otherwise():
    assert list(of_panel(90, 95, 90, 85).ranks.values()) == ["2", "1", "2", "4"]


def test_less_may_be_good():
    assert list(of_panel(90, 95, 90, 85, ranking={"better": "lower"}).ranks.values()) == ["2", "4", "2", "1"]


def test_totals_that_print_alike_share_a_rank_however_they_differ_beyond():
    outcome = of_panel("87.3449", "87.335", "87.3451", rounding={"total": 2})

    assert outcome.totals == {"a": "87.34", "b": "87.34", "c": "87.35"}
    assert outcome.ranks == {"a": "2", "b": "2", "c": "1"}


def test_totals_that_are_not_rounded_are_compared_at_nine_digits():
    outcome = of_panel("87.1000000004", "87.1", "87.1000000006", rounding={})

    assert outcome.totals == {"a": "87.1000000004", "b": "87.1", "c": "87.1000000006"}
    assert outcome.ranks == {"a": "2", "b": "2", "c": "1"}


def test_ties_are_broken_by_sections_and_items_in_turn():
    units = {"a": (30, 50), "b": (50, 30), "c": (40, 40), "d": (40, 40)}

    assert of_air_and_water({}, **units) == {"a": "1", "b": "1", "c": "1", "d": "1"}
    assert of_air_and_water({"tie_break": ["air"]}, **units) == {"a": "4", "b": "1", "c": "2", "d": "2"}
    assert of_air_and_water({"tie_break": ["water", "air"]}, **units) == {"a": "1", "b": "4", "c": "2", "d": "2"}


def test_the_second_tie_break_parts_only_what_the_first_leaves_equal():
    sheet = a_sheet(
        *(an_item(id=name, figure=name, points=50) for name in ("air", "water", "soil")),
        ranking={"tie_break": ["air", "water"]},
    )
    units = {
        "a": a_unit(air=40, water=30, soil=30),
        "b": a_unit(air=40, water=35, soil=25),
        "c": a_unit(air=45, water=10, soil=45),
    }

    assert score(sheet, units).ranks == {"a": "3", "b": "2", "c": "1"}


def test_a_tie_break_goes_in_the_direction_of_the_ranking():
    units = {"a": (30, 50), "b": (50, 30)}

    assert of_air_and_water({"tie_break": ["air"], "better": "lower"}, **units) == {"a": "1", "b": "2"}


@pytest.mark.parametrize("better", ["higher", "lower"])
def test_a_missing_score_comes_last_in_a_tie_break(better: str):
    units = {"a": (None, 25), "b": (30, 20), "c": (20, 30)}
    ranks = {"higher": {"a": "3", "b": "1", "c": "2"}, "lower": {"a": "3", "b": "2", "c": "1"}}

    assert of_air_and_water({"tie_break": ["air"], "better": better}, **units) == ranks[better]


@pytest.mark.parametrize("better", ["higher", "lower"])
def test_a_figure_parts_equal_totals_exactly_whichever_way_totals_are_ranked(better: str):
    # All have 80: PM2.5 of 30.04, 30.05 and 31, and one that nobody knows, which comes last of all.
    rule = {"better": better, "tie_break": [{"figure": "pm25", "better": "lower"}]}
    sheet = a_sheet(an_item(points=100), figures={"pm25": {}}, ranking=rule)
    ranks = {"known": "1", "near": "2", "far": "3", "unknown": "4"}
    units = {"unknown": None, "far": 31, "near": "30.05", "known": "30.04"}

    assert score(sheet, {code: a_unit(panel=80, pm25=pm25) for code, pm25 in units.items()}).ranks == ranks


def test_a_tie_break_compares_what_is_printed():
    air = an_item(id="air", figure="air", points=50, round=1)
    water = an_item(id="water", figure="water", points=50)
    sheet = a_sheet(air, water, ranking={"tie_break": ["air"]}, rounding={"total": 0})
    units = {"a": a_unit(air="30.04", water=20), "b": a_unit(air="29.96", water=20)}

    assert score(sheet, units).ranks == {"a": "1", "b": "1"}


def test_streets_and_townships_are_ranked_apart():
    sheet = a_sheet(an_item(points=100), **TWO)
    units = {
        "a": a_unit(panel=80),
        "b": a_unit(panel=90),
        "c": a_unit(panel=85, kind="township"),
        "d": a_unit(panel=99, kind="park"),
    }
    outcome = score(sheet, units)

    assert outcome.ranks == {"a": "2", "b": "1", "c": "1", "d": None}
    assert outcome.states == {"a": "scored", "b": "scored", "c": "scored", "d": "no-group"}


def test_the_first_group_that_matches_counts():
    groups = [{"id": "large", "where": "people > 100"}, {"id": "all", "where": "people > 0"}]
    sheet = a_sheet(an_item(points=100), groups=groups)
    outcome = score(sheet, {"a": a_unit(panel=80, people=200), "b": a_unit(panel=90, people=50)})

    assert outcome.results.groups.tolist() == [0, 1]
    assert outcome.ranks == {"a": "1", "b": "1"}


def test_units_without_a_total_are_not_ranked_and_not_counted():
    outcome = of_panel(80, None, 90, missing="block")

    assert outcome.ranks == {"a": "2", "b": None, "c": "1"}
    assert outcome.results.of.tolist() == [2, 2, 2]
    assert outcome.states == {"a": "scored", "b": "blocked", "c": "scored"}


def test_a_vetoed_unit_may_be_taken_out_of_the_ranking_with_its_score_kept():
    veto = an_adjustment("veto", when="panel > 90", grade="fail", unranked=True)
    outcome = of_panel(80, 95, 85, adjustments=[veto], grades=[{"id": "pass", "from": 60}, {"id": "fail"}])

    assert outcome.totals == {"a": "80.00", "b": "95.00", "c": "85.00"}
    assert outcome.ranks == {"a": "2", "b": None, "c": "1"}
    assert outcome.results.of.tolist() == [2, 2, 2]
    assert outcome.grades == {"a": "pass", "b": "fail", "c": "pass"}


class Ranked(NamedTuple):
    """One unit of a drawn year."""

    total: Fraction | None
    breaks: tuple[Fraction | None, ...]
    group: int
    ranked: bool


few = st.integers(0, 3).map(Fraction)


@st.composite
def years(draw: st.DrawFn) -> list[Ranked]:
    """Up to nine units with few different totals, so that many are equal, and up to two tie-breaks."""
    breaks = draw(st.integers(0, 2))
    parted = st.tuples(*[st.one_of(few, few, st.none())] * breaks)
    unit = st.builds(Ranked, st.one_of(few, few, few, st.none()), parted, st.integers(-1, 1), st.booleans())
    return draw(st.lists(unit, min_size=1, max_size=9))


def better_than(one: Ranked, other: Ranked, higher: bool) -> int:
    """1 where one is better, -1 where the other is, 0 where nothing parts them."""
    assert one.total is not None
    assert other.total is not None
    if one.total != other.total:
        return 1 if (one.total > other.total) is higher else -1
    for mine, theirs in zip(one.breaks, other.breaks, strict=True):
        if mine != theirs:
            if mine is None or theirs is None:
                return -1 if mine is None else 1
            return 1 if (mine > theirs) is higher else -1
    return 0


def expected_rank(unit: Ranked, units: list[Ranked], higher: bool, ties: Ties) -> Fraction | None:
    """The rank of a unit, counted one rival after another."""
    rivals = [each for each in units if each.group == unit.group and each.ranked and each.total is not None]
    if unit.total is None or not unit.ranked or unit.group < 0:
        return None
    ahead = [each for each in rivals if better_than(each, unit, higher) > 0]
    equal = [each for each in rivals if better_than(each, unit, higher) == 0]
    distinct = {(each.total, each.breaks) for each in ahead}
    return {
        Ties.COMPETITION: Fraction(len(ahead) + 1),
        Ties.MINIMUM: Fraction(len(ahead) + 1),
        Ties.DENSE: Fraction(len(distinct) + 1),
        Ties.AVERAGE: len(ahead) + Fraction(len(equal) + 1, 2),
        Ties.MAXIMUM: Fraction(len(ahead) + len(equal)),
    }[ties]


@given(years(), st.booleans(), st.sampled_from(Ties))
def test_a_rank_counts_who_is_better_by_total_and_then_by_each_tie_break(units: list[Ranked], higher: bool, ties: Ties):
    breaks = [Column.of(each) for each in zip(*(unit.breaks for unit in units), strict=True)]
    groups = np.array([unit.group for unit in units], dtype=np.int64)
    ranked = np.array([unit.ranked for unit in units])

    found = rank_totals(
        Column.of(unit.total for unit in units), breaks, groups, ranked, higher=higher, ties=ties
    ).fractions()

    assert found == [expected_rank(unit, units, higher, ties) for unit in units]


@given(st.lists(st.decimals(0, 100, places=3), min_size=1, max_size=8), st.integers(0, 2), st.booleans())
def test_totals_that_print_alike_have_one_rank_and_others_do_not(totals: list[Decimal], digits: int, higher: bool):
    ranking = {"better": "higher" if higher else "lower"}
    outcome = of_panel(*totals, rounding={"total": digits}, ranking=ranking)
    printed, ranks = list(outcome.totals.values()), list(outcome.ranks.values())

    for one in range(len(totals)):
        for other in range(len(totals)):
            assert (printed[one] == printed[other]) is (ranks[one] == ranks[other])
    in_order = sorted(range(len(totals)), key=lambda unit: Fraction(ranks[unit] or 0))
    for before, after in pairwise(in_order):
        first, second = Fraction(printed[before] or 0), Fraction(printed[after] or 0)
        assert first >= second if higher else first <= second
