"""How little of a figure would have gained points."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from assess.core.headroom.making import Gain, headroom_of
from tests.builders import Tree, Unit, a_bonus, a_sheet, a_unit, an_adjustment, an_item, score

Nearest = tuple[str, str] | None
PM25: Tree = {"decimals": 1, "min": 0}


def told(gain: Gain, digits: int, unit: int) -> Nearest:
    """The value and the score of one unit."""
    to = gain.to.printed(digits)[unit]
    points = gain.score.texts()[unit]
    return None if to is None or points is None else (to, points)


def headroom(item: Tree, units: Any, unit: int = 0, /, **keys: Any) -> dict[str, tuple[Nearest, Nearest]]:
    """Of one unit the nearest gain and the nearest highest score, by figure."""
    found = headroom_of(score(a_sheet(item, **keys), units).results).get("item", ())
    return {each.figure: tuple(told(gain, each.digits, unit) for gain in (each.next, each.full)) for each in found}  # type: ignore[misc]


def test_a_ratio_gains_with_the_first_step_that_moves_the_rounded_score():
    item = an_item("ratio", figure="pm25", target=30, better="lower", round=1)

    assert headroom(item, a_unit(pm25=36), figures={"pm25": PM25}) == {"pm25": (("35.9", "8.4"), ("30.1", "10"))}


def test_the_nearest_of_two_values_is_the_higher_one_where_both_lie_as_far():
    item = an_item("interpolate", figure="level", points_at=[[0, 10], [5, 0], [10, 10]])

    assert headroom(item, a_unit(level=5), figures={"level": {"decimals": 0}}) == {"level": (("6", "2"), ("10", "10"))}


def test_what_earns_the_highest_score_already_gains_nothing():
    item = an_item("ratio", figure="pm25", target=30, better="lower")

    assert headroom(item, a_unit(pm25=30)) == {"pm25": (None, None)}


def test_what_may_be_entered_bounds_the_search():
    item = an_item("ratio", figure="rate", target=98, better="higher", round=0)

    found = headroom(item, a_unit(rate=80), figures={"rate": {"kind": "percent", "max": 90}})

    assert found == {"rate": (("83.30", "9"), None)}


def test_without_bounds_far_values_are_found():
    item = an_item("interpolate", figure="money", full_at=10**12, zero_at=0, round=0)

    found = headroom(item, a_unit(money=0), figures={"money": {"decimals": 2}})

    assert found == {"money": (("50000000000.00", "1"), ("950000000000.00", "10"))}


def test_a_figure_of_many_decimals_is_searched_as_finely():
    item = an_item("ratio", figure="dose", target="0.000000000003", better="lower", round=2)
    dose: Tree = {"decimals": 12}

    assert headroom(item, a_unit(dose="0.000000000009"), figures={"dose": dose}) == {
        "dose": (("0.000000000008", "3.75"), ("0.000000000003", "10"))
    }
    assert headroom(item, a_unit(dose=400), figures={"dose": dose}) == {
        "dose": (("0.000000006000", "0.01"), ("0.000000000003", "10"))
    }


def test_each_figure_of_the_lines_has_its_own_once_and_others_stay():
    lines = [
        {"figure": "littering", "points": 1},
        {"figure": "burning", "points": 2, "free": 1},
        {"figure": "littering", "points": "0.5", "target": 3},
    ]
    units = a_unit(littering=5, burning=3)

    assert headroom(an_item("deduct", lines=lines), units) == {
        "littering": (("4", "1.5"), None),
        "burning": (("2", "2"), None),
    }


def test_the_cap_is_the_highest_score_where_an_item_has_one():
    item = an_item("award", points=2, cap=3, lines=[{"figure": "prizes", "points": 1}])

    assert headroom(item, a_unit(prizes=1)) == {"prizes": (("2", "2"), ("3", "3"))}


def test_a_condition_that_keeps_a_share_of_the_points_stops_where_the_figure_meets_it():
    correction = {"when": "rate < 60", "keep": "50%", "clause": "2"}
    item = an_item("bands", figure="rate", bands=[{"from": 80, "points": 10}, {"points": 8}], corrections=[correction])

    assert headroom(item, a_unit(rate="51.5"), figures={"rate": {"kind": "percent", "decimals": 1}}) == {
        "rate": (("60.0", "8"), ("80.0", "10"))
    }


def test_figures_computed_from_it_are_computed_anew():
    figures = {"waste": {"decimals": 0}, "goal": {"from": "formula", "formula": "waste / 2 + 20"}}
    item = an_item("ratio", figure="waste", target="goal", better="lower", round=0)

    assert headroom(item, a_unit(waste=80), figures=figures) == {"waste": (("57", "9"), ("44", "10"))}


def test_in_a_ranking_the_others_keep_what_they_have():
    item = an_item("rank", figure="air", better="lower", table=[10, 8, 5, 0], ties="competition")
    units = {code: a_unit(air=air) for code, air in {"a": 31, "b": 30, "c": 29, "d": 27}.items()}

    assert [headroom(item, units, unit, figures={"air": PM25})["air"] for unit in range(4)] == [
        (("30.0", "5"), ("27.0", "10")),
        (("29.0", "8"), ("27.0", "10")),
        (("27.0", "10"), ("27.0", "10")),
        (None, None),
    ]


def test_the_best_of_the_others_is_what_the_leader_is_measured_by_when_it_falls_back():
    relative = an_item("relative", figure="jobs", better="higher", to="mean", round=1)
    spread = an_item("spread", figure="jobs", better="higher", round=1)
    units = {"a": a_unit(jobs=10), "b": a_unit(jobs=20), "c": a_unit(jobs=30)}
    figures = {"jobs": {"kind": "number", "decimals": 0, "min": 0}}

    assert headroom(relative, units, 0, figures=figures) == {"jobs": (("11", "5.4"), ("25", "10"))}
    assert headroom(spread, units, 1, figures=figures) == {"jobs": (("21", "5.5"), ("30", "10"))}


def test_what_an_expression_sees_of_all_units_is_computed_anew():
    figures = {"air": {"decimals": 0, "min": 0}, "usual": {"from": "formula", "formula": "mean_of(air)"}}
    item = an_item("ratio", figure="air", target="usual", better="lower", round=1)
    units = {"a": a_unit(air=40), "b": a_unit(air=20)}

    assert headroom(item, units, 0, figures=figures) == {"air": (("39", "7.6"), ("20", "10"))}


MONTHLY: Tree = {"decimals": 1, "min": 0, "period": "month", "roll_up": "mean"}


@pytest.mark.parametrize(
    ("roll_up", "better", "given", "remaining"),
    [
        ("mean", "lower", [40] * 8, ("4", "10.3")),
        ("mean", "higher", [20] * 8, ("4", "49.7")),
        ("sum", "lower", [4] * 8, ("4", "-0.8")),
        ("sum", "higher", [2] * 8, ("4", "3.3")),
    ],
)
def test_the_months_to_come_must_bring_the_year_to_it(
    roll_up: str, better: str, given: list[int], remaining: tuple[str, str]
):
    months = {f"2026-{n:02}": value for n, value in enumerate(given, start=1)}
    target = 30 if roll_up == "mean" else 29
    item = an_item("ratio", figure="pm25", target=target, better=better, round=1)
    results = score(a_sheet(item, figures={"pm25": {**MONTHLY, "roll_up": roll_up}}), a_unit(pm25=months)).results

    (found,) = headroom_of(results)["item"]

    assert found.full.remaining is not None
    periods, mean = found.full.remaining
    assert (periods.texts()[0], mean.printed(found.digits)[0]) == remaining


@pytest.mark.parametrize("value", [36, {f"2026-{n:02}": 36 for n in range(1, 13)}])
def test_of_a_year_that_is_complete_or_stated_nothing_remains(value: Any):
    item = an_item("ratio", figure="pm25", target=30, better="lower")
    results = score(a_sheet(item, figures={"pm25": MONTHLY}), a_unit(pm25=value)).results

    (found,) = headroom_of(results)["item"]

    assert found.next.to.fraction(0) == Fraction("35.9")
    assert found.next.remaining is None or found.next.remaining.mean.fraction(0) is None


def test_items_without_headroom_have_none():
    figures = {
        "monthly": {"period": "month", "roll_up": "mean"},
        "half": {"from": "formula", "formula": "air / 2"},
    }
    ratio = {"method": "ratio", "target": 30, "better": "lower", "points": 10, "clause": "1"}
    money = [{"figure": "money", "points": 1}]
    sheet = a_sheet(
        an_item(id="judged"),
        {"id": "computed", "figure": "half", **ratio},
        {"id": "parts", "figure": "monthly", "by": "month", "each": {"missing": "exclude"}, "over": "mean", **ratio},
        {"id": "entered", "figure": "air", **ratio},
        an_item("award", id="paid", points="none", counts=False, lines=money),
        figures=figures,
        adjustments=[
            a_bonus(an_item("award", id="prizes", lines=[{"figure": "won", "points": 1}])),
            an_adjustment("deduction", items=[an_item("award", id="fined", lines=[{"figure": "fines", "points": 1}])]),
        ],
    )
    unit: Unit = a_unit(panel=5, air=36, monthly={"2026-01": 36}, money=2, won=1, fines=1)

    assert list(headroom_of(score(sheet, unit).results)) == ["entered", "prizes"]
