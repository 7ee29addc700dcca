from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.builders import Outcome, a_sheet, a_unit, an_item, refused, score, units_with

GROUPS = [{"id": "streets", "where": "kind == 'street'"}, {"id": "townships", "where": "kind == 'township'"}]


def compared(method: str, keys: dict[str, Any], **values: Any) -> dict[str, Fraction | None]:
    """Points out of 10 by the figure `x` of units that are all compared with each other."""
    sheet = a_sheet(an_item(method, **{"figure": "x", "better": "higher", **keys}), missing="exclude")
    return score(sheet, units_with("x", **values)).points()


def in_groups(method: str, keys: dict[str, Any], points: Any = 10) -> Outcome:
    """Two streets with 40 and 20, two townships with 30 and 10, and a park of no group with 100."""
    sheet = a_sheet(
        an_item(method, **{"figure": "x", "better": "higher", "points": points, **keys}),
        groups=GROUPS, missing="exclude",
    )  # fmt: skip
    units = {
        "s1": a_unit(x=40), "t1": a_unit(x=30, kind="township"), "park": a_unit(x=100, kind="park"),
        "s2": a_unit(x=20), "t2": a_unit(x=10, kind="township"),
    }  # fmt: skip
    return score(sheet, units)


# rank


def test_each_place_lower_costs_a_step_and_equal_figures_share_a_place():
    # Wenzhou 2013: places 1, 2, 2, 4 earn 10, 9.5, 9.5, 8.5; who has no figure takes no place.
    assert compared("rank", {"step": "0.5"}, a=7, b=9, c=7, d=1, e=None) == {
        "a": Fraction("9.5"), "b": 10, "c": Fraction("9.5"), "d": Fraction("8.5"), "e": None,
    }  # fmt: skip


def test_the_lowest_figure_is_first_where_lower_is_better():
    assert compared("rank", {"step": 1, "better": "lower"}, a=7, b=9, c="6.5") == {"a": 9, "b": 8, "c": 10}


@pytest.mark.parametrize(
    ("ties", "places"),
    [
        ("competition", ["1", "2", "2", "4"]),
        ("minimum", ["1", "2", "2", "4"]),
        ("dense", ["1", "2", "2", "3"]),
        ("average", ["1", "2.5", "2.5", "4"]),
        ("maximum", ["1", "3", "3", "4"]),
    ],
)
def test_ties_share_a_place_as_the_rule_says(ties: str, places: list[str]):
    # 11 less one for each place.
    expected = [11 - Fraction(place) for place in places]

    assert list(compared("rank", {"step": 1, "ties": ties}, a=9, b=7, c=7, d=1).values()) == expected


def test_the_last_place_earns_what_is_stated_and_the_others_lie_on_a_line():
    # 40 to 10 over four units: 40, 30, 20, 10.
    keys = {"last": 10, "points": 40}

    assert compared("rank", keys, a=4, b=3, c=2, d=1) == {"a": 40, "b": 30, "c": 20, "d": 10}
    # Two share the last place, the third: 40 − 30 × 2/3 = 20.
    assert compared("rank", keys, a=4, b=3, c=1, d=1) == {"a": 40, "b": 30, "c": 20, "d": 20}


def test_a_table_serves_the_places_and_its_last_entry_all_further_ones():
    keys = {"table": [10, 8, 5]}

    assert compared("rank", keys, a=5, b=4, c=3, d=2, e=1) == {"a": 10, "b": 8, "c": 5, "d": 5, "e": 5}
    assert compared("rank", keys, a=5, b=5, c=3) == {"a": 10, "b": 10, "c": 5}


SHARES = [{"to": "20%", "points": 10}, {"to": "50%", "points": 8}, {"to": "80%", "points": 6}, {"points": 4}]


def by_shares(values: list[int], **keys: Any) -> list[Fraction | None]:
    """Points by shares of places of units with these values, in their order."""
    units = {f"u{place}": value for place, value in enumerate(values)}
    return list(compared("rank", {"shares": SHARES, **keys}, **units).values())


def test_the_first_shares_of_all_ranked_earn_the_points_of_their_entries():
    # 前20%满分10，前50%得8，前80%得6，其余4: of ten places 2, 5 and 8 are the last of an entry.
    assert by_shares([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) == [10, 10, 8, 8, 8, 6, 6, 6, 4, 4]


@pytest.mark.parametrize(
    ("places", "points"),
    [
        # Seven units: 1.4, 3.5 and 5.6 places.
        ("down", [10, 8, 8, 6, 6, 4, 4]),
        ("up", [10, 10, 8, 8, 6, 6, 4]),
        ("half-up", [10, 8, 8, 8, 6, 6, 4]),
    ],
)
def test_a_share_that_is_no_whole_number_of_places_is_rounded_as_the_rule_says(places: str, points: list[int]):
    assert by_shares([7, 6, 5, 4, 3, 2, 1], places=places) == points


@pytest.mark.parametrize(
    ("ties", "points"),
    [
        # Five units, the second and the third alike; the entries end at places 1, 2 and 4.
        ("competition", [10, 8, 8, 6, 4]),
        ("maximum", [10, 6, 6, 6, 4]),
        ("average", [10, 6, 6, 6, 4]),
        ("dense", [10, 8, 8, 6, 6]),
    ],
)
def test_who_is_tied_across_the_end_of_a_share_gets_the_entry_of_the_shared_place(ties: str, points: list[int]):
    assert by_shares([5, 4, 4, 2, 1], ties=ties) == points


def test_where_a_share_holds_no_whole_place_nobody_earns_its_points():
    # Three units: 0.6, 1.5 and 2.4 places.
    assert by_shares([3, 2, 1]) == [8, 6, 4]


@pytest.mark.parametrize("keys", [{"step": 1}, {"last": 2}, {"table": [10, 8]}, {"shares": SHARES}])
def test_a_unit_alone_earns_the_full_mark_by_place(keys: dict[str, Any]):
    assert compared("rank", keys, a=1, b=None) == {"a": 10, "b": None}


def test_places_count_inside_the_group_unless_all_are_compared():
    # Streets 40, 20; townships 30, 10; the park belongs to no group and takes no place.
    assert in_groups("rank", {"step": 1}).points() == {"s1": 10, "t1": 10, "park": None, "s2": 9, "t2": 9}
    assert in_groups("rank", {"step": 1, "within": "all"}).points() == {
        "s1": 10, "t1": 9, "park": None, "s2": 8, "t2": 7,
    }  # fmt: skip


def test_a_unit_to_which_the_item_does_not_apply_takes_no_place():
    sheet = a_sheet(an_item("rank", figure="x", better="higher", last=0, applies="has_river", not_applicable="zero"))
    units = {
        "a": a_unit(x=9, has_river=False), "b": a_unit(x=5, has_river=True), "c": a_unit(x=3, has_river=True),
    }  # fmt: skip

    assert score(sheet, units).points() == {"a": 0, "b": 10, "c": 0}


def test_a_unit_that_is_exempt_takes_no_place_either():
    sheet = a_sheet(an_item("rank", figure="x", better="higher", step=1, not_applicable="zero"))

    assert score(sheet, units_with("x", a=9, b=5), [("a", "item")]).points() == {"a": 0, "b": 10}


def test_far_places_earn_nothing_below_the_floor():
    assert compared("rank", {"step": 6}, a=3, b=2, c=1) == {"a": 10, "b": 4, "c": 0}


def test_a_table_must_begin_with_the_full_mark_of_every_group():
    item = an_item("rank", figure="x", better="higher", table=[8, 5], points={"streets": 10, "townships": 8})

    assert refused(item, groups=GROUPS) == [
        "items.0.table.0: The first entry of `table` must be the full mark, 10. Change it."
    ]


def test_an_average_of_places_fits_no_table():
    item = an_item("rank", figure="x", better="higher", table=[10, 5], ties="average")

    assert refused(item) == ["items.0.ties: `ties: average` cannot be used with a table. Select another."]


# relative


def test_points_are_in_proportion_to_the_best():
    # Ruian 2012: 600 × 20/30 = 400.
    assert compared("relative", {"to": "best", "points": 600}, a=20, b=30, c=None) == {"a": 400, "b": 600, "c": None}


def test_where_lower_is_better_the_best_is_divided_by_the_figure():
    # 10 × 20/25 = 8.
    assert compared("relative", {"to": "best", "better": "lower"}, a=25, b=20) == {"a": 8, "b": 10}


def test_points_are_in_proportion_to_the_mean_and_at_most_the_full_mark():
    # The mean of 10, 20, 30 is 20: 10 × 10/20 = 5.
    assert compared("relative", {"to": "mean"}, a=10, b=20, c=30) == {"a": 5, "b": 10, "c": 10}
    # Lower is better: 10 × 20/30.
    assert compared("relative", {"to": "mean", "better": "lower"}, a=10, b=20, c=30) == {
        "a": 10, "b": 10, "c": Fraction(20, 3),
    }  # fmt: skip


def test_a_mean_of_thirds_stays_exact():
    # The mean of 1, 1, 2 is 4/3: 10 × 1 ÷ 4/3 = 7.5.
    assert compared("relative", {"to": "mean"}, a=1, b=1, c=2) == {"a": Fraction("7.5"), "b": Fraction("7.5"), "c": 10}


def test_the_best_earns_the_full_mark_even_of_nothing():
    # All at 0: nobody is worse than the best.
    assert compared("relative", {"to": "best"}, a=0, b=0) == {"a": 10, "b": 10}
    # Lower is better and the best has no case: 10 × 0/3 = 0.
    assert compared("relative", {"to": "best", "better": "lower"}, a=0, b=3) == {"a": 10, "b": 0}


def test_another_divisor_of_zero_leaves_the_item_missing():
    # The mean of −1 and 1 is 0: the best earns the full mark, of the other there is no share.
    assert compared("relative", {"to": "mean"}, a=-1, b=1) == {"a": None, "b": 10}
    # Lower is better and −1 is the best: −1 ÷ 0 is no number.
    assert compared("relative", {"to": "best", "better": "lower"}, a=-1, b=0) == {"a": 10, "b": None}


def test_each_group_has_its_own_best():
    # 20/40 and 10/30 of 12; among all 30/40, 20/40, 10/40.
    assert in_groups("relative", {"to": "best"}, 12).points() == {"s1": 12, "t1": 12, "park": None, "s2": 6, "t2": 4}
    assert in_groups("relative", {"to": "best", "within": "all"}, 12).points() == {
        "s1": 12, "t1": 9, "park": None, "s2": 6, "t2": 3,
    }  # fmt: skip


# spread


def test_the_efficacy_coefficient_lies_between_the_worst_and_the_best():
    # PM10 of 100, 95, 80, lower is better, 60 for the worst: 60, 60 + 5/20 × 40 = 70, 100.
    keys = {"better": "lower", "lowest": 60, "points": 100}

    assert compared("spread", keys, a=100, b=95, c=80, d=None) == {"a": 60, "b": 70, "c": 100, "d": None}


def test_the_worst_earns_nothing_unless_the_rule_says_so():
    # (25 − 10)/(40 − 10) × 10 = 5.
    assert compared("spread", {}, a=10, b=25, c=40) == {"a": 0, "b": 5, "c": 10}


def test_all_equal_earn_the_full_mark():
    assert compared("spread", {"lowest": 6}, a=3, b=3) == {"a": 10, "b": 10}
    assert compared("spread", {"lowest": 6}, a=3, b=None) == {"a": 10, "b": None}


def test_each_group_has_its_own_worst_and_best():
    # Among all from 10 to 40: (40 − 10)/30, (30 − 10)/30, (20 − 10)/30, 0 of 12.
    assert in_groups("spread", {}, 12).points() == {"s1": 12, "t1": 12, "park": None, "s2": 0, "t2": 0}
    assert in_groups("spread", {"within": "all"}, 12).points() == {"s1": 12, "t1": 8, "park": None, "s2": 4, "t2": 0}


def test_full_marks_that_differ_by_group_are_each_groups_own():
    points = {"streets": 10, "townships": 20}

    assert in_groups("spread", {"lowest": 4}, points).points() == {"s1": 10, "t1": 20, "park": None, "s2": 4, "t2": 4}
    assert in_groups("rank", {"step": 1}, points).points() == {"s1": 10, "t1": 20, "park": None, "s2": 9, "t2": 19}
    assert in_groups("spread", {}, points).full() == {"s1": 10, "t1": 20, "park": None, "s2": 10, "t2": 20}
