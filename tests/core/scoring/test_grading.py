"""Grades: the band of the printed total, then vetoes, caps and steps down, then quotas from the top."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import Outcome, a_sheet, a_unit, an_adjustment, an_item, score, units_with

GRADES = [{"id": "excellent", "from": 90}, {"id": "good", "from": 80}, {"id": "pass", "from": 60}, {"id": "fail"}]


def graded(*totals: Any, quota: dict[str, Any] | None = None, **keys: Any) -> Outcome:
    """Units `a`, `b`, … judged at these points; `quota` is that of the best grade."""
    grades = [{**GRADES[0], **(quota or {})}, *GRADES[1:]]
    sheet = a_sheet(an_item(points=100), **{"grades": grades, **keys})
    return score(sheet, units_with("panel", **dict(zip("abcdefghij", totals, strict=False))))


def initials(outcome: Outcome) -> str:
    """The grades of all units by their first letters, `-` for none."""
    return "".join("-" if grade is None else grade[0] for grade in outcome.grades.values())


def test_a_grade_begins_at_its_bound_and_reaches_to_the_next():
    assert initials(graded(100, 90, "89.99", 80, "79.99", 60, "59.99", 0)) == "eeggppff"


def test_the_printed_total_decides():
    assert initials(graded("89.995", "89.994")) == "eg"


def test_where_less_is_good_a_grade_reaches_up_to_its_bound():
    grades = [{"id": "a", "to": 10}, {"id": "b", "to": 20}, {"id": "c"}]

    assert initials(graded(10, "10.01", 20, 21, grades=grades, ranking={"better": "lower"})) == "abbc"


def test_a_unit_without_a_total_has_no_grade():
    assert initials(graded(95, None, missing="block")) == "e-"


def test_a_sheet_without_grades_gives_none():
    assert score(a_sheet(an_item(points=100)), a_unit(panel=95)).grades == {"a": None}


def test_a_quota_is_a_share_of_the_ranked_units_rounded_down():
    # 30% of 9 units are 2.7, so 2.
    outcome = graded(99, 98, 97, 96, 70, 70, 70, 70, 70, quota={"at_most": "30%"})

    assert initials(outcome) == "eeggppppp"
    assert outcome.results.grades.left_out.tolist() == [False, False, True, True] + [False] * 5


def test_a_third_of_three_is_one():
    assert initials(graded(99, 98, 97, quota={"at_most": "1/3"})) == "egg"


def test_a_quota_keeps_at_least_so_many_places():
    assert initials(graded(99, 98, 97, quota={"at_most": "10%"})) == "ggg"
    assert initials(graded(99, 98, 97, quota={"at_most": "10%", "at_least": 1})) == "egg"


def test_a_quota_gives_nobody_a_grade_whom_the_total_does_not():
    assert initials(graded(99, 70, 70, 70, quota={"at_most": "75%", "at_least": 3})) == "eppp"


def test_a_tie_cut_by_the_quota_is_left_out_whole_and_the_place_stays_empty():
    assert initials(graded(99, 98, 98, 97, 70, quota={"at_most": "40%"})) == "egggp"


def test_a_tie_cut_by_the_quota_may_be_taken_in_whole():
    assert initials(graded(99, 98, 98, 97, 70, quota={"at_most": "40%", "limit_ties": "include"})) == "eeegp"


def test_a_tie_that_the_quota_does_not_cut_stays_out_whole():
    quota = {"at_most": "20%", "limit_ties": "include"}

    assert initials(graded(99, 98, 98, 97, 70, quota=quota)) == "egggp"


def test_a_tie_at_the_top_that_is_too_large_leaves_all_places_empty():
    assert initials(graded(99, 99, 99, 97, 70, quota={"at_most": "40%"})) == "ggggp"
    assert initials(graded(99, 99, 99, 97, 70, quota={"at_most": "40%", "limit_ties": "include"})) == "eeegp"


def test_ties_parted_by_a_tie_break_are_not_left_out():
    air, water = an_item(id="air", figure="air", points=50), an_item(id="water", figure="water", points=50)
    grades = [{**GRADES[0], "at_most": "50%"}, *GRADES[1:]]
    sheet = a_sheet(air, water, grades=grades, ranking={"tie_break": ["air"]})
    outcome = score(sheet, {"a": a_unit(air=46, water=50), "b": a_unit(air=50, water=46)})

    assert outcome.grades == {"a": "good", "b": "excellent"}


def test_who_is_left_out_gets_the_next_grade_whose_own_quota_then_applies():
    grades = [{**GRADES[0], "at_most": "20%"}, {**GRADES[1], "at_most": "40%"}, *GRADES[2:]]
    outcome = graded(99, 98, 97, 85, 84, grades=grades)

    assert initials(outcome) == "eggpp"


def test_a_quota_counts_each_group_apart():
    groups = [{"id": "s", "where": 'kind == "street"'}, {"id": "t", "where": 'kind == "township"'}]
    grades = [{**GRADES[0], "at_most": "50%"}, *GRADES[1:]]
    sheet = a_sheet(an_item(points=100), groups=groups, grades=grades)
    units = {
        "a": a_unit(panel=99),
        "b": a_unit(panel=98),
        "c": a_unit(panel=91, kind="township"),
        "d": a_unit(panel=90, kind="township"),
    }

    assert score(sheet, units).grades == {"a": "excellent", "b": "good", "c": "excellent", "d": "good"}


def test_a_veto_names_the_grade_whatever_the_score_and_keeps_score_and_rank():
    veto = an_adjustment("veto", when="panel > 95", grade="fail")
    outcome = graded(99, 90, adjustments=[veto])

    assert initials(outcome) == "fe"
    assert outcome.totals == {"a": "99.00", "b": "90.00"}
    assert outcome.ranks == {"a": "1", "b": "2"}


def test_a_veto_may_name_a_better_grade_too():
    assert initials(graded(50, adjustments=[an_adjustment("veto", when="panel < 60", grade="pass")])) == "p"


def test_a_vetoed_unit_takes_no_place_of_a_quota_and_loses_none_to_it():
    veto = an_adjustment("veto", when="panel == 99", grade="excellent")
    outcome = graded(99, 98, 97, 96, adjustments=[veto], quota={"at_most": "25%"})

    assert initials(outcome) == "eegg"


def test_of_two_vetoes_the_worse_grade_counts_and_no_later_step_touches_it():
    adjustments = [
        an_adjustment("veto", when="panel > 0", grade="pass"),
        an_adjustment("veto", id="second", when="panel > 95", grade="good"),
        an_adjustment("veto", id="third", when="panel > 98", grade="fail"),
        an_adjustment("grade-down", when="panel > 0", by=1),
        an_adjustment("grade-cap", when="panel > 0", grade="fail"),
    ]

    assert initials(graded(99, 97, 50, adjustments=adjustments)) == "fpp"


def test_a_barred_unit_takes_no_place_of_a_quota():
    bar = an_adjustment("grade-cap", when="panel == 99", grade="good")
    outcome = graded(99, 98, 97, 96, adjustments=[bar], quota={"at_most": "50%"})

    assert initials(outcome) == "geeg"


def test_a_cap_makes_no_grade_better():
    assert (
        initials(graded(70, 85, 95, adjustments=[an_adjustment("grade-cap", when="panel > 0", grade="good")])) == "pgg"
    )


def test_steps_go_down_from_where_the_unit_stands_and_end_at_the_last_grade():
    assert initials(graded(95, 85, 70, 10, adjustments=[an_adjustment("grade-down", when="panel > 0", by=2)])) == "pfff"


def test_caps_and_steps_are_applied_in_the_order_written():
    cap = an_adjustment("grade-cap", when="panel > 0", grade="pass")
    down = an_adjustment("grade-down", when="panel > 0", by=1)

    assert initials(graded(95, adjustments=[cap, down])) == "f"
    assert initials(graded(95, adjustments=[down, cap])) == "p"


def test_a_unit_lowered_before_the_quotas_takes_a_place_of_the_lower_grade_in_rank_order():
    grades = [GRADES[0], {**GRADES[1], "at_most": "25%"}, *GRADES[2:]]
    down = an_adjustment("grade-down", when="panel == 99", by=1)
    outcome = graded(99, 95, 85, 70, grades=grades, adjustments=[down])

    assert initials(outcome) == "gepp"


def test_an_unranked_unit_is_not_counted_in_the_share():
    veto = an_adjustment("veto", when="panel == 50", grade="fail", unranked=True)

    assert initials(graded(99, 98, 97, 50, quota={"at_most": "50%"})) == "eegf"
    assert initials(graded(99, 98, 97, 50, adjustments=[veto], quota={"at_most": "50%"})) == "eggf"


@pytest.mark.parametrize("ties", ["competition", "dense", "average", "maximum"])
def test_how_ties_are_ranked_does_not_change_who_finds_a_place(ties: str):
    outcome = graded(99, 98, 98, 97, 70, quota={"at_most": "60%"}, ranking={"ties": ties})

    assert initials(outcome) == "eeegp"


def test_where_less_is_good_the_quota_fills_from_the_lowest_total():
    grades = [{"id": "a", "to": 10, "at_most": "1/3"}, {"id": "b", "to": 20}, {"id": "c"}]

    assert initials(graded(7, 5, 6, grades=grades, ranking={"better": "lower"})) == "bab"
