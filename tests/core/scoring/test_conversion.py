"""From the printed total to points of the performance evaluation and to leadership team members."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from assess.core.exact import Column
from assess.core.methods.scored import Better
from assess.core.rules.outcome import Conversion, ConvertBy, Grade
from assess.core.scoring.conversion import Standings, convert
from tests.builders import a_bonus, a_section, a_sheet, a_unit, an_adjustment, an_item, score, units_with

GRADES = [{"id": "good", "from": 80}, {"id": "pass", "from": 60}, {"id": "fail"}]


def converted(conversion: dict[str, Any], *totals: Any, **keys: Any) -> list[str | None]:
    """The converted points of units judged at these points of 100."""
    sheet = a_sheet(an_item(points=100, missing="block"), conversion=conversion, **keys)
    return list(score(sheet, units_with("panel", **dict(zip("abcdefgh", totals, strict=False)))).converted.values())


def of_members(*members: dict[str, Any], units: Any, **keys: Any) -> dict[str, list[str | None]]:
    """The points of each post in every unit, by post."""
    air = an_item(id="air", figure="air", points=40)
    water = an_item(id="water", figure="water", points=60, missing="exclude")
    conversion = {"by": "share", "points": 10, **keys.pop("conversion", {}), "members": list(members)}
    sheet = a_sheet(air, water, conversion=conversion, **keys)
    outcome = score(sheet, units)
    digits = outcome.results.total_digits
    return {post.post: post.points.printed(digits) for post in outcome.results.posts}


def test_a_share_of_the_full_mark_becomes_the_same_share_of_the_points():
    assert converted({"by": "share", "points": 10}, "87.35", 100, 0, None) == ["8.74", "10.00", "0.00", None]


def test_the_printed_total_is_converted_and_not_what_stands_behind_it():
    # 84.995 prints 85.00; 12% of it are 10.20, of the exact total 10.1994.
    assert converted({"by": "share", "points": 12}, "84.995") == ["10.20"]


def test_a_total_above_the_full_mark_converts_to_more_than_the_points():
    bonus = a_bonus(an_item(id="extra", figure="panel", points=100))

    assert converted({"by": "share", "points": 10}, 90, adjustments=[bonus]) == ["18.00"]


def test_the_full_mark_of_the_units_own_group_counts():
    groups = [{"id": "s", "where": 'kind == "street"'}, {"id": "t", "where": 'kind == "township"'}]
    sheet = a_sheet(an_item(points={"s": 100, "t": 80}), groups=groups, conversion={"by": "share", "points": 10})
    outcome = score(sheet, {"a": a_unit(panel=60), "b": a_unit(panel=60, kind="township")})

    assert outcome.converted == {"a": "6.00", "b": "7.50"}


def test_a_spread_goes_from_nothing_for_the_worst_to_the_points_for_the_best():
    conversion = {"by": "spread", "points": 10}

    assert converted(conversion, 90, 70, 75, None) == ["10.00", "0.00", "2.50", None]
    assert converted(conversion, 90, 70, 75, ranking={"better": "lower"}) == ["0.00", "10.00", "7.50"]


def test_where_all_are_equal_or_one_is_alone_a_spread_gives_the_points():
    assert converted({"by": "spread", "points": 10}, 70, 70) == ["10.00", "10.00"]
    assert converted({"by": "spread", "points": 10}, 0) == ["10.00"]


def test_totals_relative_to_the_best_become_that_share_of_the_points():
    conversion = {"by": "relative", "points": 10}

    assert converted(conversion, 90, 45, None, 0) == ["10.00", "5.00", None, "0.00"]
    assert converted(conversion, 90, 45, 60, ranking={"better": "lower"}) == ["5.00", "10.00", "7.50"]


def test_best_and_worst_are_those_of_the_group():
    groups = [{"id": "s", "where": 'kind == "street"'}, {"id": "t", "where": 'kind == "township"'}]
    units = {
        "a": a_unit(panel=90),
        "b": a_unit(panel=60),
        "c": a_unit(panel=50, kind="township"),
        "d": a_unit(panel=25, kind="township"),
        "e": a_unit(panel=99, kind="park"),
    }
    expected = {
        "spread": {"a": "10.00", "b": "0.00", "c": "10.00", "d": "0.00", "e": None},
        "relative": {"a": "10.00", "b": "6.67", "c": "10.00", "d": "5.00", "e": None},
    }
    for by, points in expected.items():
        sheet = a_sheet(an_item(points=100), groups=groups, conversion={"by": by, "points": 10})
        assert score(sheet, units).converted == points


def test_a_grade_has_the_points_of_the_table():
    table = {"good": 10, "pass": 8, "fail": "0.5"}

    assert converted({"by": "grade", "table": table}, 85, 60, 10, None, grades=GRADES) == [
        "10.00",
        "8.00",
        "0.50",
        None,
    ]


def test_the_grade_after_vetoes_and_quotas_counts():
    table = {"good": 10, "pass": 8, "fail": 0}
    veto = an_adjustment("veto", when="panel == 99", grade="fail")
    grades = [{**GRADES[0], "at_most": "1/3"}, *GRADES[1:]]

    assert converted({"by": "grade", "table": table}, 99, 90, 85, grades=grades, adjustments=[veto]) == [
        "0.00",
        "10.00",
        "8.00",
    ]


def test_a_place_has_the_points_of_the_table_whose_last_entry_serves_all_further_places():
    conversion = {"by": "rank", "table": [5000, 3000, 2000]}

    assert converted(conversion, 60, 90, 80, 80, 50, None, rounding={"total": 0}) == [
        "2000",
        "5000",
        "3000",
        "3000",
        "2000",
        None,
    ]
    assert converted(conversion, 60, 90, 80, 80, rounding={"total": 0}, ranking={"ties": "maximum"}) == [
        "2000",
        "5000",
        "2000",
        "2000",
    ]


def test_an_unranked_unit_has_no_place_but_keeps_its_share():
    veto = an_adjustment("veto", when="panel == 90", grade="fail", unranked=True)

    keys = {"grades": GRADES, "adjustments": [veto]}
    assert converted({"by": "rank", "table": [50, 30]}, 90, 80, **keys) == [None, "50.00"]
    assert converted({"by": "share", "points": 10}, 90, 80, **keys) == ["9.00", "8.00"]


def test_converted_points_have_the_digits_of_the_total():
    assert converted({"by": "share", "points": 10}, "87.35", rounding={"total": 1}) == ["8.7"]
    assert converted({"by": "share", "points": 7}, "33.3", rounding={}) == ["2.331"]


def test_a_sheet_without_conversion_converts_nothing():
    outcome = score(a_sheet(an_item(points=100)), a_unit(panel=80))

    assert (outcome.results.converted, outcome.results.posts) == (None, ())


def test_a_post_gets_the_exact_points_of_the_team_times_its_coefficient_rounded_once():
    # 87.25 of 100 are 8.725 of 10 and print 8.73; nine tenths of the exact points are 7.8525, not 7.857.
    posts = of_members({"post": "chief"}, {"post": "deputy", "coefficient": "0.9"}, units=a_unit(air="27.25", water=60))

    assert posts == {"chief": ["8.73"], "deputy": ["7.85"]}


def test_a_post_with_items_of_its_own_gets_their_share_of_the_points():
    deputy = {"post": "deputy", "items": ["air"], "coefficient": "1.2"}
    both = {"post": "both", "items": ["air", "water"]}

    assert of_members(deputy, both, units=a_unit(air=20, water=50)) == {"deputy": ["6.00"], "both": ["7.00"]}


def test_own_items_without_a_score_are_left_out():
    both, alone = {"post": "both", "items": ["air", "water"]}, {"post": "alone", "items": ["water"]}

    assert of_members(both, alone, units=a_unit(air=20, water=None)) == {"both": ["5.00"], "alone": [None]}


def test_a_section_may_be_an_item_of_ones_own():
    air = a_section(an_item(id="a", points=10), an_item(id="b", points=30), id="air")
    members = [{"post": "deputy", "items": ["air"]}]
    sheet = a_sheet(air, conversion={"by": "share", "points": 10, "members": members})
    posts = score(sheet, a_unit(panel=8)).results.posts

    assert [post.points.printed(2) for post in posts] == [["4.00"]]


def test_no_post_gets_more_than_its_cap_or_the_points_of_the_team():
    posts = of_members(
        {"post": "a", "coefficient": 2},
        {"post": "b", "coefficient": 2, "cap": 15},
        {"post": "c", "cap": "7.5"},
        units=a_unit(air=40, water=50),
    )

    assert posts == {"a": ["10.00"], "b": ["15.00"], "c": ["7.50"]}


def test_where_no_points_are_stated_a_post_has_no_cap_but_its_own():
    sheet = a_sheet(
        an_item(points=100),
        conversion={"by": "rank", "table": [5000], "members": [{"post": "chief", "coefficient": 2}]},
    )

    assert score(sheet, a_unit(panel=80)).results.posts[0].points.printed(0) == ["10000"]


def test_a_blocked_unit_has_no_points_for_a_post_that_the_blocking_item_stands_under():
    air = an_item(id="air", figure="air", points=40)
    water = an_item(id="water", figure="water", points=60, missing="block")
    members = [{"post": "chief"}, {"post": "air", "items": ["air"]}, {"post": "both", "items": ["air", "all"]}]
    sheet = a_sheet(air, a_section(water, id="all"), conversion={"by": "share", "points": 10, "members": members})
    posts = score(sheet, {"a": a_unit(air=20, water=30), "b": a_unit(air=20)}).results.posts

    assert [post.points.printed(2) for post in posts] == [["5.00", None], ["5.00", "5.00"], ["5.00", None]]


def test_own_items_count_where_the_team_is_not_ranked():
    veto = an_adjustment("veto", when="air > 0", grade="fail", unranked=True)
    posts = of_members(
        {"post": "chief"},
        {"post": "deputy", "items": ["air"]},
        units=a_unit(air=20, water=50),
        conversion={"by": "rank", "points": 10, "table": [5]},
        adjustments=[veto],
        grades=GRADES,
    )

    assert posts == {"chief": [None], "deputy": ["5.00"]}


def by_hand(by: ConvertBy, total: Fraction, group: list[Fraction], *, rank: int, place: int, better: Better) -> Any:
    """The converted points of one unit of a sheet of 80 points, where 10 may be earned."""
    best, worst = (max(group), min(group)) if better is Better.HIGHER else (min(group), max(group))
    if by is ConvertBy.SHARE:
        return total / 80 * 10
    if by is ConvertBy.SPREAD:
        return Fraction(10) if best == worst else 10 * (total - worst) / (best - worst)
    if by is ConvertBy.RELATIVE:
        if best <= 0 or total == best:
            return Fraction(10 if best > 0 else 0)
        over, under = (total, best) if better is Better.HIGHER else (best, total)
        return 10 * max(over, Fraction(0)) / under
    return Fraction([9, 6, 1][place]) if by is ConvertBy.GRADE else Fraction([50, 30, 20][min(rank, 3) - 1])


points = st.builds(Fraction, st.integers(-200, 8000), st.just(100))
unit = st.tuples(st.one_of(st.none(), points, st.integers(0, 3).map(Fraction)), st.integers(-1, 1), st.integers(0, 2))


@given(st.lists(unit, min_size=1, max_size=8), st.sampled_from(ConvertBy), st.sampled_from(Better))
def test_each_way_to_convert_is_what_one_unit_after_another_gives(units: list[Any], by: ConvertBy, better: Better):
    units = [(total if group >= 0 else None, group, place) for total, group, place in units]
    rivals = [[t for t, group, _ in units if group == own and t is not None] for _, own, _ in units]
    ranks = [
        None if t is None else 1 + sum(o > t if better is Better.HIGHER else o < t for o in group)
        for (t, _, _), group in zip(units, rivals, strict=True)
    ]
    table: Any = {ConvertBy.GRADE: {"a": 9, "b": 6, "c": 1}, ConvertBy.RANK: (50, 30, 20)}.get(by)
    if isinstance(table, dict):
        table = {grade: Fraction(value) for grade, value in table.items()}
    elif table is not None:
        table = tuple(Fraction(value) for value in table)
    standings = Standings(
        totals=Column.of(total for total, _, _ in units),
        ranks=Column.of(ranks),
        places=np.array([-1 if total is None else place for total, _, place in units]),
        groups=np.array([group for _, group, _ in units]),
        full=Fraction(80),
        better=better,
        grades=(Grade(id="a", from_=Fraction(60)), Grade(id="b", from_=Fraction(40)), Grade(id="c")),
    )

    found = convert(Conversion(by=by, points=Fraction(10), table=table), standings).fractions()

    assert found == [
        None if total is None else by_hand(by, total, group, rank=rank or 0, place=place, better=better)
        for (total, _, place), group, rank in zip(units, rivals, ranks, strict=True)
    ]
