"""Adjustments in order, grades and quotas, ranking and conversion."""

from __future__ import annotations

from tests.core.rules.sheets import a_text, flaws_of

GRADES = "grades: [{id: excellent, from: 90}, {id: good, from: 80}, {id: fail}]\n"
BONUS = """
- kind: bonus
  id: more
  clause: "7"
  items: [{id: more.x, points: 2, method: award, lines: [{figure: x, points: 1, partial: up}], clause: "7"}]
"""


def of_rest(rest: str) -> list[str]:
    """The flaws of a sheet that ends with this text, from line 9 on."""
    return flaws_of(a_text(rest=rest))


def of_adjustments(text: str, grades: str = GRADES) -> list[str]:
    """The flaws of adjustments that begin in line 11 after the grades, else in line 10."""
    return of_rest(grades + "adjustments:" + text)


def test_grades_go_down_from_the_best():
    assert of_rest("grades: [{id: a, from: 90}, {id: b, from: 89.99}, {id: c}]") == []
    assert of_rest("grades: [{id: a, from: 80}, {id: b, from: 90}, {id: c}]") == [
        "9:43: Grades go from best to worst. 90 is out of order or appears twice. Change it."
    ]
    assert of_rest("grades: [{id: a, from: 80}, {id: b, from: 80.0}, {id: c}]") == [
        "9:43: Grades go from best to worst. 80 is out of order or appears twice. Change it."
    ]


def test_every_total_has_a_grade():
    assert of_rest("grades: [{id: a}, {id: b, from: 70}, {id: c}]") == [
        "9:10: Every grade but the last needs `from`. Add it."
    ]
    assert of_rest("grades: [{id: a, from: 80}, {id: b, from: 70}]") == [
        "9:43: The last grade takes the rest, so it has no `from`. Delete it."
    ]
    assert of_rest("grades: [{id: all}]") == []


def test_where_less_is_good_grades_reach_up_to_their_bound():
    assert of_rest("ranking: {better: lower}\ngrades: [{id: a, to: 80}, {id: b, to: 90}, {id: c}]") == []
    assert of_rest("ranking: {better: lower}\ngrades: [{id: a, to: 80}, {id: b, to: 70}, {id: c}]") == [
        "10:39: Grades go from best to worst. 70 is out of order or appears twice. Change it."
    ]
    assert of_rest("ranking: {better: lower}\ngrades: [{id: a, from: 80}, {id: c}]") == [
        "10:24: With ranking.better lower, a grade has `to`. Change it."
    ]
    assert of_rest("grades: [{id: a, to: 80}, {id: c}]") == [
        "9:22: With ranking.better higher, a grade has `from`. Change it."
    ]


def test_a_quota_is_a_share_of_at_most_everybody():
    assert of_rest("grades: [{id: a, from: 80, at_most: 100%, at_least: 1, limit_ties: include}, {id: b}]") == []
    assert of_rest("grades: [{id: a, from: 80, at_most: 100.1%}, {id: b}]") == [
        "9:37: A quota cannot be above 100%. Write a share such as 30%."
    ]
    assert of_rest("grades: [{id: a, from: 80, at_most: 5}, {id: b}]") == [
        "9:37: A quota cannot be above 100%. Write a share such as 30%."
    ]
    assert of_rest("grades: [{id: a, from: 80, at_most: -5%}, {id: b}]") == ["9:37: “-5%” must not be negative."]


def test_who_finds_no_place_in_a_quota_has_a_grade_below():
    assert of_rest("grades: [{id: a, from: 80}, {id: b, at_most: 30%}]") == [
        "9:46: The last grade cannot have a quota, as there is no grade below. Delete it."
    ]


def test_places_kept_at_least_belong_to_a_quota():
    assert of_rest("grades: [{id: a, from: 80, at_least: 2}, {id: b}]") == [
        "9:28: at_least is only used together with `at_most`. Add that or delete it."
    ]


def test_ids_of_grades_are_used_once():
    assert of_rest("grades: [{id: a, from: 80}, {id: a, from: 70}, {id: c}]") == [
        "9:34: The ID “a” appears twice. Change one of them."
    ]


def test_ties_are_broken_by_sections_and_items_of_the_sheet():
    assert of_rest("ranking: {better: higher, ties: dense, tie_break: [item]}") == []
    assert of_rest("ranking: {ties: shared, tie_break: [itm]}") == [
        "9:17: “shared” cannot be used here. Use one of: competition, minimum, dense, average, maximum.",
        "9:37: There is no item or section “itm”. Did you mean “item”?",
    ]


def test_a_tie_break_by_a_figure_names_one_that_can_be_compared_and_says_which_way():
    assert of_rest("ranking: {tie_break: [item, {figure: x, better: lower}]}") == []
    assert of_rest("ranking: {tie_break: [{figure: y, better: lower}]}") == [
        "9:32: There is no figure “y”. Use one of: x."
    ]
    assert of_rest("ranking: {tie_break: [{figure: x}]}") == ["9:23: The key “better” is missing. Add it."]


def test_grades_change_only_where_there_are_grades():
    veto = '\n- {kind: veto, id: v, clause: "9", when: x > 1, grade: fail}'

    assert of_adjustments(veto) == []
    assert of_adjustments(veto.replace("fail", "fial")) == ["11:56: There is no grade “fial”. Did you mean “fail”?"]
    assert of_adjustments(veto, grades="") == [
        "10:3: The sheet has no grades, so none can be changed. Add grades or delete this."
    ]
    assert of_adjustments('\n- {kind: grade-down, id: v, clause: "9", when: x > 1, by: 1}', grades="") == [
        "10:3: The sheet has no grades, so none can be changed. Add grades or delete this."
    ]


def test_points_are_added_and_taken_off_before_the_total_is_capped():
    cap = '\n- {kind: total-cap, id: most, clause: "9", when: x > 1, at: 60}'

    assert of_adjustments(BONUS.rstrip() + cap) == []
    assert of_adjustments(cap + BONUS) == ["12:3: A bonus or deduction must come before a total-cap. Move it up."]


def test_an_adjustment_holds_items_and_a_deduction_only_such_as_award():
    assert of_adjustments(BONUS.replace("bonus", "deduction").replace("clause", "at_most: 5\n  clause", 1)) == []
    assert of_adjustments(
        '\n- {kind: deduction, id: less, clause: "7", items: [{id: l, points: 2, method: direct, figure: x, '
        'clause: "7"}]}'
    ) == ["11:79: Items of a deduction must use the method `award`. Their points are taken off the total."]
    assert of_adjustments(
        '\n- {kind: bonus, id: more, clause: "7", items: [{id: s, points: 1, items: [{id: i, points: 1, clause: "7", '
        "method: direct, figure: x}]}]}"
    ) == ["11:48: An adjustment can only contain items, not sections."]


def test_an_adjustment_is_of_a_known_kind_and_has_the_keys_of_its_kind():
    assert of_adjustments('\n- {id: v, clause: "9"}') == ["11:3: The key “kind” is missing. Add it."]
    assert of_adjustments('\n- {kind: vetoes, id: v, clause: "9"}') == [
        "11:10: There is no adjustment “vetoes”. Did you mean “veto”?"
    ]
    assert of_adjustments("\n- {kind: veto, id: v, by: 2}") == [
        "11:3: The key “clause” is missing. Add it.",
        "11:3: The key “when” is missing. Add it.",
        "11:3: The key “grade” is missing. Add it.",
        "11:23: There is no key “by”. Use one of: kind, id, title, clause, note, text, when, grade, unranked.",
    ]


def test_conditions_of_adjustments_see_totals_scores_and_last_years_results():
    condition = (
        '\n- {kind: veto, id: v, clause: "9", grade: fail, when: \'total < 60 or score(item) < 3 or rate(item) < 50% '
        'or previous_grade == "anything" or previous_rank > 3 * previous_of / 4 or x < previous(x)\'}'
    )

    assert of_adjustments(condition) == []


def test_a_score_is_seen_only_after_it_is_known():
    veto = '\n- {kind: veto, id: v, clause: "9", when: score(more.x) > 1, grade: fail}'

    assert of_adjustments(BONUS.rstrip() + veto) == []
    assert of_adjustments(veto + BONUS) == [
        "11:42: At character 1 of the expression: There is no score of “more.x” at this point. "
        "Name an item or section, or a bonus or deduction item written above."
    ]


def test_ids_of_items_sections_and_adjustments_are_used_once():
    assert of_adjustments(BONUS.replace("id: more\n", "id: item\n")) == [
        "12:7: The ID “item” appears twice. Change one of them."
    ]


def test_points_of_the_evaluation_are_stated_where_totals_become_a_share_of_them():
    for by in ("share", "spread", "relative"):
        assert of_rest(f"conversion: {{by: {by}, points: 10}}") == []
        assert of_rest(f"conversion: {{by: {by}}}") == ["9:13: The key “points” is missing. Add it."]
    assert of_rest("conversion: {by: share, points: 0}") == ["9:33: “0” must be above 0."]
    assert of_rest("conversion: {by: share, points: 10, table: [5]}") == [
        "9:44: `by: share` takes no table. Delete it."
    ]


def test_points_by_grade_are_listed_for_every_grade():
    assert of_rest(GRADES + "conversion: {by: grade, table: {excellent: 10, good: 8, fail: 0}}") == []
    assert of_rest(GRADES + "conversion: {by: grade, table: {excellent: 10, god: 8}}") == [
        "10:32: The table lacks the grade “good”. Add it.",
        "10:32: The table lacks the grade “fail”. Add it.",
        "10:48: There is no grade “god”. Did you mean “good”?",
    ]
    assert of_rest(GRADES + "conversion: {by: grade, table: [10, 8]}") == [
        "10:32: The table of `by: grade` must be points by grade. Change it."
    ]
    assert of_rest(GRADES + "conversion: {by: grade}") == ["10:13: `by: grade` needs a `table`. Add it."]
    assert of_rest("conversion: {by: grade, table: {a: 1}}") == [
        "9:18: The sheet has no grades to convert by. Add grades or convert in another way."
    ]


def test_points_by_rank_are_a_list_and_ranks_are_whole():
    assert of_rest("conversion: {by: rank, table: [5000, 2000]}") == []
    assert of_rest("conversion: {by: rank, table: {first: 5000}}") == [
        "9:31: The table of `by: rank` must be a list by place. Change it."
    ]
    assert of_rest("ranking: {ties: average}\nconversion: {by: rank, table: [5000]}") == [
        "9:17: `by: rank` cannot be used with ranking.ties average. Select another."
    ]


def test_members_have_a_post_and_items_of_the_sheet_and_points_to_share():
    members = "members: [{post: chief}, {post: deputy, items: [%s], coefficient: 1.2, cap: 9}]}"

    assert of_rest("conversion: {by: share, points: 10, " + members % "item") == []
    assert of_rest("conversion: {by: share, points: 10, " + members % "itm") == [
        "9:85: There is no item or section “itm”. Did you mean “item”?"
    ]
    assert of_rest("conversion: {by: rank, table: [5], " + members % "item") == [
        "9:13: A member has items, so the conversion needs `points`. Add it."
    ]
    assert of_rest("conversion: {by: rank, table: [5], members: [{coefficient: 1}]}") == [
        "9:46: The key “post” is missing. Add it."
    ]
