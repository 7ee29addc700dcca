"""Full marks that add up, bounds, weights, and what a missing figure means."""

from __future__ import annotations

from tests.core.rules.sheets import X, a_text, flaws_of

GROUPS = """
missing: zero
groups:
  - {id: streets, where: kind == "street"}
  - {id: townships, where: kind == "township"}
"""
UNRULED = '- {id: item, points: 10, method: direct, figure: x, clause: "1"}'


def a_section(second: str, *, own: str = "points: 10", keys: str = "") -> str:
    """A section of two items: its `points` stand in line 9 (12 with groups), those of the second item in line 12."""
    return f"""
    - id: air
      {own}
      items:
        - {{id: a, points: 4, method: direct, figure: x, clause: "1"}}
        - {{id: b, points: {second}, method: direct, figure: x, clause: "1"}}
      {keys}
    """


def test_full_marks_below_a_section_add_up_to_its_own():
    assert flaws_of(a_text(a_section("6"))) == []
    assert flaws_of(a_text(a_section("5.99"))) == [
        "9:13: The full mark 10 is not the sum of those below, 9.99. Correct it."
    ]


def test_full_marks_are_added_up_exactly():
    thirds = a_section("2/3", own="points: 14/3")

    assert flaws_of(a_text(thirds)) == []


def test_full_marks_that_differ_by_group_add_up_in_every_group():
    agreeing = a_section("{streets: 6, townships: 5}", own="points: {streets: 10, townships: 9}")

    assert flaws_of(a_text(agreeing, head=GROUPS)) == []
    assert flaws_of(a_text(a_section("{streets: 6, townships: 5}"), head=GROUPS)) == [
        "12:13: The full mark 10 is not the sum of those below, 9. Correct it (group townships)."
    ]
    assert flaws_of(a_text(a_section("{streets: 7, townships: 5}"), head=GROUPS)) == [
        "12:13: The full mark 10 is not the sum of those below, 11. Correct it (group streets).",
        "12:13: The full mark 10 is not the sum of those below, 9. Correct it (group townships).",
    ]


def test_a_full_mark_by_group_names_every_group_and_no_other():
    assert flaws_of(a_text(a_section("{streets: 6}"), head=GROUPS)) == [
        "15:25: The full mark of the group “townships” is missing. Add it."
    ]
    assert flaws_of(a_text(a_section("{streets: 6, townships: 6, townshps: 6}"), head=GROUPS)) == [
        "15:52: There is no group “townshps”. Did you mean “townships”?"
    ]
    assert flaws_of(a_text(a_section("{streets: 6, townships: 6}"))) == [
        "12:25: The sheet has no groups, so the full mark must be one number. Change it."
    ]


def test_a_full_mark_is_a_number_that_is_not_negative():
    assert flaws_of(a_text(a_section("-6"))) == ["12:25: “-6” must not be negative."]
    assert flaws_of(a_text(a_section("six"))) == [
        "12:25: “six” is not a number. Enter it as in 7.5, 30% or 2/3.",
    ]


def test_the_full_marks_at_the_top_add_up_to_the_one_that_the_sheet_states():
    assert flaws_of(a_text(head="missing: zero\npoints: 10")) == []
    assert flaws_of(a_text(head="missing: zero\npoints: 100"), language="zh") == [
        "5:9: 满分100与最上层各项分值之和10不等，请修改。"
    ]
    by_group = f"{GROUPS}points: {{streets: 10, townships: 12}}"
    assert flaws_of(a_text(head=by_group)) == [
        "8:9: The full mark 12 is not the sum of the top items and sections, 10. Correct it (group townships)."
    ]
    assert flaws_of(a_text(head=f"{GROUPS}points: {{streets: 10}}")) == [
        "8:9: The full mark of the group “townships” is missing. Add it."
    ]


def test_the_full_marks_of_a_rate_section_need_not_add_up():
    assert flaws_of(a_text(a_section("5", keys="combine: rate"))) == []


def test_the_children_of_a_mean_share_one_full_mark_with_their_section():
    for combine in ("mean", "geometric", "harmonic", "minimum"):
        sharing = a_section("4", own="points: 4", keys=f"combine: {combine}")
        assert flaws_of(a_text(sharing)) == []
        apart = a_section("5", own="points: 4", keys=f"combine: {combine}")
        assert flaws_of(a_text(apart)) == [
            f"12:25: With combine {combine}, every full mark below must be that of the section, 4. Change them."
        ]


def test_the_children_of_a_mean_share_its_full_mark_in_every_group():
    apart = a_section("{streets: 4, townships: 5}", own="points: 4", keys="combine: mean")

    assert flaws_of(a_text(apart, head=GROUPS)) == [
        "15:25: With combine mean, every full mark below must be that of the section, 4 (group townships). Change them."
    ]


def test_the_weights_of_a_mean_are_not_all_zero():
    weightless = a_section("4, weight: 0", own="points: 4", keys="combine: mean").replace("4, m", "4, weight: 0, m")
    weighty = a_section("4, weight: 0", own="points: 4", keys="combine: mean")

    assert flaws_of(a_text(weighty)) == []
    assert flaws_of(a_text(weightless)) == ["11:7: The weights below are all 0. Add a weight above 0 to at least one."]
    assert flaws_of(a_text(a_section("6, weight: -1"))) == ["12:36: “-1” must not be negative."]


def test_a_floor_is_not_above_its_cap():
    item = '- {{id: item, points: 10, method: direct, figure: x, clause: "1", {}}}'

    assert flaws_of(a_text(item.format("floor: -5, cap: 12"))) == []
    assert flaws_of(a_text(item.format("floor: 10"))) == []
    assert flaws_of(a_text(item.format("floor: 10.5"))) == [
        "8:75: The floor 10.5 is above the cap 10. Change one of them."
    ]
    assert flaws_of(a_text(item.format("floor: 3, cap: 2"))) == [
        "8:75: The floor 3 is above the cap 2. Change one of them."
    ]
    assert flaws_of(a_text(a_section("6", keys="floor: 3\n      cap: 2"))) == [
        "13:12: The floor 3 is above the cap 2. Change one of them."
    ]
    assert flaws_of(a_text(rest="total: {cap: 0, floor: 100}")) == [
        "9:24: The floor 100 is above the cap 0. Change one of them."
    ]


def test_a_floor_is_not_above_the_smallest_full_mark_of_any_group():
    item = '- {id: item, points: {streets: 10, townships: 8}, method: direct, figure: x, clause: "1", floor: 9}'

    assert flaws_of(a_text(item, head=GROUPS)) == ["11:100: The floor 9 is above the cap 8. Change one of them."]


def test_the_floor_of_a_normalised_item_has_no_cap_to_keep_below():
    item = """
    - {id: item, points: 10, method: normalise, how: min-max, figure: x, better: higher, clause: "1", floor: 20}
    """

    assert flaws_of(a_text(item)) == []


def test_availability_is_at_most_everything():
    assert flaws_of(a_text(a_section("6", keys="availability: 60%"))) == []
    assert flaws_of(a_text(a_section("6", keys="availability: 60"))) == [
        "13:19: `availability` cannot be above 100%. Write a share such as 60%."
    ]


def test_an_item_says_what_a_missing_figure_means_or_a_section_above_or_the_sheet():
    said_by_item = UNRULED.replace("figure: x", "figure: x, missing: block")
    said_by_section = a_section("6", keys="missing: {points: 3}")

    assert flaws_of(a_text(UNRULED, head="missing: exclude")) == []
    assert flaws_of(a_text(said_by_item, head="")) == []
    assert flaws_of(a_text(said_by_section, head="")) == []
    assert flaws_of(a_text(a_section("6"), head="")) == [
        "10:9: The sheet does not say what a missing value means. Add `missing` (zero, exclude, block or points).",
        "11:9: The sheet does not say what a missing value means. Add `missing` (zero, exclude, block or points).",
    ]


def test_the_items_of_a_bonus_take_what_missing_means_from_themselves_or_the_sheet():
    bonus = """
    adjustments:
      - kind: bonus
        id: more
        clause: "2"
        items: [{id: more.a, points: 2, clause: "3", method: direct, figure: x}]
    """
    said = bonus.replace("figure: x", "figure: x, missing: zero")

    assert flaws_of(a_text(UNRULED.replace("figure: x", "figure: x, missing: zero"), head="", rest=said)) == []
    assert flaws_of(a_text(UNRULED, rest=bonus)) == []
    assert flaws_of(a_text(UNRULED.replace("figure: x", "figure: x, missing: zero"), head="", rest=bonus)) == [
        "12:13: The sheet does not say what a missing value means. Add `missing` (zero, exclude, block or points)."
    ]


def test_what_missing_means_is_one_of_four_words():
    assert flaws_of(a_text(head="missing: nought")) == [
        "4:10: “nought” cannot be used here. Use zero, exclude, block or {points: number}."
    ]


def test_an_item_leaves_the_full_mark_of_the_sheet_only_where_all_sections_above_are_sums():
    leaving = "6, not_applicable: rescale-total"
    sharing = a_section("4, not_applicable: rescale-total", own="points: 4", keys="combine: geometric")

    assert flaws_of(a_text(a_section(leaving))) == []
    assert flaws_of(a_text(a_section(leaving, keys="combine: rate"))) == [
        "12:44: `rescale-total` cannot be used inside a section with combine rate. Use `rescale`."
    ]
    assert flaws_of(a_text(sharing)) == [
        "12:44: `rescale-total` cannot be used inside a section with combine geometric. Use `rescale`."
    ]


def test_an_item_of_a_sum_inside_a_rate_cannot_leave_the_full_mark_of_the_sheet():
    nested = """
    - id: all
      points: 50
      combine: rate
      items:
        - id: air
          points: 10
          items:
            - {id: a, points: 10, method: direct, figure: x, clause: "1", not_applicable: rescale-total}
    """

    assert flaws_of(a_text(nested)) == [
        "15:89: `rescale-total` cannot be used inside a section with combine rate. Use `rescale`."
    ]


def test_a_flaw_of_marks_is_told_in_chinese_as_an_office_would():
    assert flaws_of(a_text(a_section("5")), language="zh") == ["9:13: 分值10与下级分值之和9不等，请修改。"]
    assert flaws_of(a_text(UNRULED, figures=X, head=""), language="zh") == [
        "7:5: 没有规定缺数据时怎样计分，请写明missing（得零分、不计、不计总分或points）。"
    ]
