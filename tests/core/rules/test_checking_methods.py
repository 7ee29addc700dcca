"""The keys of each method: complete, in order, within the full mark."""

from __future__ import annotations

from tests.core.rules.sheets import X, a_text, flaws_of

PERCENT = "x: {kind: percent, from: unit}"
COUNT = "x: {kind: count, from: unit}"
CLASS = "x: {kind: choice, choices: [II, III, IV], from: unit}"
GROUPS = """
missing: zero
groups:
  - {id: streets, where: kind == "street"}
  - {id: townships, where: kind == "township"}
"""


def of_method(keys: str, *, figures: str = X) -> list[str]:
    """The flaws of an item of 10 points with a method; what stands after `method: ` begins in column 49."""
    return flaws_of(a_text(f'- {{id: item, points: 10, clause: "1", method: {keys}}}', figures=figures))


def bands(listed: str, *, figures: str = X, keys: str = "") -> list[str]:
    """The flaws of bands that begin in column 74, after `bands: `."""
    return of_method(f"bands, figure: x, bands: [{listed}]{keys}", figures=figures)


def test_bands_that_leave_a_gap_between_two_printed_ranges_cannot_be_written():
    # A real rule printed 80 to 89 and 90 or more, so that 89.5 had no band.
    assert bands("{from: 90, points: 10}, {from: 80, to: 89, points: 8}, {points: 0}") == [
        "8:114: With better: higher, a band has only `from`. It ends where the next begins, so there are no gaps."
    ]
    assert bands("{from: 90, points: 10}, {from: 80, points: 8}, {points: 0}") == []


def test_bands_say_what_figures_beyond_the_last_one_earn():
    gap = "8:74: Values beyond the last band have no points. Add a band with only `points`."
    never_negative = "x: {kind: number, min: 0, from: unit}"

    assert bands("{from: 90, points: 10}, {from: 80, points: 8}") == [gap]
    assert bands("{from: 90, points: 10}, {from: 0, points: 8}", figures=never_negative) == []
    assert bands("{from: 90, points: 10}, {from: 0, points: 8}", figures=COUNT) == []
    assert bands("{from: 90, points: 10}, {from: 1, points: 8}", figures=COUNT) == [gap]
    assert bands("{from: 90, points: 10}, {from: 0, points: 8}", figures=COUNT, keys=", edge: above") == [gap]
    assert bands("{to: 5, points: 10}, {to: 100, points: 8}", figures="x: {kind: number, max: 100, from: unit}",
                 keys=", better: lower") == []  # fmt: skip


def test_bands_go_from_best_to_worst_and_none_stands_twice():
    assert bands("{from: 80, points: 10}, {from: 90, points: 8}, {points: 0}") == [
        "8:106: Bands go from best to worst. 90 is out of order or appears twice. Change it."
    ]
    assert bands("{from: 80, points: 10}, {from: 80, points: 8}, {points: 0}") == [
        "8:106: Bands go from best to worst. 80 is out of order or appears twice. Change it."
    ]
    assert bands("{to: 80, points: 10}, {to: 70, points: 8}, {points: 0}", keys=", better: lower") == [
        "8:102: Bands go from best to worst. 70 is out of order or appears twice. Change it."
    ]
    assert bands("{points: 1}, {from: 80, points: 10}") == ["8:75: A band without a bound must be the last. Move it."]


def test_bands_of_a_figure_where_less_is_good_reach_up_to_their_bound():
    assert bands("{to: 80, points: 10}, {points: 0}", keys=", better: lower") == []
    assert bands("{from: 80, points: 10}, {points: 0}", keys=", better: lower") == [
        "8:82: With better: lower, a band has only `to`. It ends where the next begins, so there are no gaps."
    ]


def test_points_of_a_band_are_not_above_the_full_mark():
    assert bands("{from: 80, points: 10.5}, {points: 0}") == [
        "8:94: 10.5 points is above the full mark of 10. Lower the points, or raise the full mark."
    ]
    assert bands("{from: 80, points: 12}, {points: 0}", keys=", cap: 12") == []


def test_points_of_a_band_are_not_above_the_smallest_full_mark_of_any_group():
    item = """
    - id: item
      points: {streets: 10, townships: 8}
      clause: "1"
      method: bands
      figure: x
      bands: [{from: 80, points: 9}, {points: 0}]
    """

    assert flaws_of(a_text(item, head=GROUPS)) == [
        "16:32: 9 points is above the full mark of 8. Lower the points, or raise the full mark."
    ]


def test_a_percentage_is_banded_in_percent():
    assert bands("{from: 90%, points: 10}, {points: 0}", figures=PERCENT) == [
        "8:82: Percent figures are counted in percent. Write 90, not 90%."
    ]
    assert bands("{from: 90, points: 10}, {points: 0}", figures=PERCENT) == []


def test_every_choice_is_looked_up_and_no_other():
    assert of_method("lookup, figure: x, table: {II: 10, III: 3, IV: 0}", figures=CLASS) == []
    assert of_method("lookup, figure: x, table: {II: 11, III: 3, V: 1}", figures=CLASS) == [
        "8:75: The table lacks the choice “IV”. Add it.",
        "8:80: 11 points is above the full mark of 10. Lower the points, or raise the full mark.",
        "8:92: “V” is not a choice of the figure. Did you mean “IV”?",
    ]
    assert of_method("lookup, figure: x, table: {II: 10}") == [
        "8:65: “x” is a figure of type number. choice is needed here."
    ]


def test_a_choice_has_no_points_but_by_looking_it_up():
    assert of_method("direct, figure: x", figures=CLASS) == [
        "8:65: “x” is a figure of type choice. number, count, percent, yes-no is needed here."
    ]


def test_a_straight_line_has_two_ends_that_differ():
    assert of_method("interpolate, figure: x, full_at: 90, zero_at: 60") == []
    assert of_method("interpolate, figure: x, full_at: 90, zero_at: 90.0") == [
        "8:95: `full_at` and `zero_at` are the same. Change one."
    ]
    assert of_method("interpolate, figure: x, full_at: 90") == ["8:5: The key “zero_at” is missing. Add it."]
    assert of_method("interpolate, figure: x, full_at: 90, points_at: [[1, 2], [3, 4]]") == [
        "8:5: Write exactly one of points_at, full_at + zero_at."
    ]


def test_a_line_through_points_has_two_of_them_each_figure_once():
    assert of_method("interpolate, figure: x, points_at: [[60, 0], [80, 6], [90, 10]]") == []
    assert of_method("interpolate, figure: x, points_at: [[60, 0]]") == [
        "8:84: `points_at` needs at least two entries. Add them."
    ]
    assert of_method("interpolate, figure: x, points_at: [[60, 0], [60, 5], [80, 11], [90]]") == [
        "8:94: The value 60 appears twice in `points_at`. Keep one.",
        "8:108: 11 points is above the full mark of 10. Lower the points, or raise the full mark.",
        "8:113: Each entry of `points_at` must be [figure, points]. Change it.",
    ]


def test_it_is_said_what_a_part_of_a_step_costs_unless_each_one_is_a_step():
    unsaid = "The sheet does not say what part of a step costs. Add `partial` (pro-rata, up or down)."

    assert of_method("deduct, lines: [{figure: x, points: 1}]", figures=COUNT) == []
    assert of_method("deduct, lines: [{figure: x, points: 1, partial: up}]") == []
    assert of_method("deduct, lines: [{figure: x, points: 1}]") == [f"8:65: {unsaid}"]
    assert of_method("deduct, lines: [{figure: x, points: 1, per: 2}]", figures=COUNT) == [f"8:65: {unsaid}"]
    assert of_method("award, lines: [{figure: x, points: 1}]") == [f"8:64: {unsaid}"]


def test_a_step_is_above_zero():
    assert of_method("deduct, lines: [{figure: x, points: 1, per: 0, partial: up}]") == [
        "8:93: `per` must be above 0. Change it."
    ]
    assert of_method("deduct, lines: [{figure: x, points: -1, partial: up}]") == ["8:85: “-1” must not be negative."]


def test_a_rank_costs_by_step_or_last_place_or_table_or_shares_and_by_one_of_them_only():
    one = "8:5: Write exactly one of step, last, table, shares."

    for keys in ("step: 0.5", "last: 5", "table: [10, 9, 8]", "shares: [{to: 20%, points: 10}, {points: 4}]"):
        assert of_method(f"rank, figure: x, better: higher, {keys}") == []
    assert of_method("rank, figure: x, better: higher") == [one]
    assert of_method("rank, figure: x, better: higher, step: 1, last: 5") == [one]


def test_a_table_by_rank_begins_with_the_full_mark_and_none_is_above_it():
    assert of_method("rank, figure: x, better: higher, table: [9, 11]") == [
        "8:90: The first entry of `table` must be the full mark, 10. Change it.",
        "8:93: 11 points is above the full mark of 10. Lower the points, or raise the full mark.",
    ]
    assert of_method("rank, figure: x, better: higher, last: 11") == [
        "8:88: 11 points is above the full mark of 10. Lower the points, or raise the full mark."
    ]
    assert of_method("rank, figure: x, better: higher, table: [10, 9], ties: average") == [
        "8:104: `ties: average` cannot be used with a table. Select another."
    ]
    assert of_method("rank, figure: x, better: higher, step: 1, ties: average") == []


def shares(listed: str, keys: str = "") -> list[str]:
    """The flaws of shares of places that begin in column 90."""
    return of_method(f"rank, figure: x, better: higher, shares: [{listed}]{keys}")


def test_shares_of_places_begin_with_the_full_mark_and_rise_to_a_last_entry_for_all_others():
    assert shares("{to: 20%, points: 10}, {to: 1/2, points: 8}, {points: 4}", ", ties: average, places: up") == []
    assert shares("{to: 20%, points: 9}, {points: 11}") == [
        "8:109: The points of the first entry must be the full mark, 10. Change them.",
        "8:122: 11 points is above the full mark of 10. Lower the points, or raise the full mark.",
    ]
    assert shares("{to: 50%, points: 10}, {to: 50%, points: 8}, {points: 4}") == [
        "8:119: `to` must rise from entry to entry. Put them in order."
    ]
    assert shares("{to: 20%, points: 10}, {to: 100%, points: 4}") == [
        "8:119: The last entry takes all other places. Delete its `to`."
    ]
    assert shares("{to: 0, points: 10}, {points: 4}") == ["8:96: “0” must be above 0."]
    assert shares("{to: 100%, points: 10}, {points: 4}, {points: 0}") == [
        "8:96: `to` must be below 100%. The places beyond belong to a last entry with only `points`.",
        "8:115: The key “to” is missing. Add it.",
    ]


def test_places_are_rounded_only_where_there_are_shares():
    assert of_method("rank, figure: x, better: higher, step: 1, places: up") == [
        "8:99: `places` belongs to `shares`. Add shares or delete it."
    ]


def test_the_lowest_of_a_spread_is_not_above_the_full_mark():
    assert of_method("spread, figure: x, better: higher, lowest: 6") == []
    assert of_method("spread, figure: x, better: higher, lowest: 10.01") == [
        "8:92: 10.01 points is above the full mark of 10. Lower the points, or raise the full mark."
    ]


def test_every_status_of_an_obligation_has_a_coefficient():
    counted = "tasks, obligations: {domain: air}, coefficients: {done: 1, trial: 0.75, started: 0.5, planned: 0.25"
    used = 'when: x == 1, clause: "1"'
    items = """
    - {id: item, points: 10, clause: "1", method: %s}}
    - {id: two, points: 1, method: done, %s}
    """

    assert flaws_of(a_text(items % (counted + ", none: 0", used))) == []
    assert flaws_of(a_text(items % (counted + ", nothing: 0", used))) == [
        "8:98: `coefficients` lacks “none”. Add it.",
        "8:150: “nothing” is not a status of tasks. Use one of: done, trial, started, planned, none.",
    ]


def test_a_thing_is_done_by_a_condition_or_by_a_list_of_yes_no_figures():
    assert of_method("done, when: x >= 5") == []
    assert of_method("done, figures: [x]", figures="x: {kind: yes-no, from: unit}") == []
    assert of_method("done, figures: [x]") == ["8:65: “x” is a figure of type number. yes-no is needed here."]
    assert of_method("done, when: x > 5, figures: [x]", figures="x: {kind: yes-no, from: unit}") == [
        "8:5: Write exactly one of when, figures."
    ]


def test_each_way_to_normalise_has_the_keys_it_needs_and_no_others():
    start = "normalise, figure: x, better: higher, how: "

    for keys in ("min-max", "goalposts, goalposts: [0, 100]", "z-score, mean: 50, deviation: 10", "rank, from: 0",
                 "percentile-rank, range: [0, 1]", "to-best", "to-target, target: 80, clip: false"):  # fmt: skip
        assert of_method(start + keys) == []
    assert of_method(start + "z-score") == [
        "8:5: `how: z-score` needs the key “mean”. Add it.",
        "8:5: `how: z-score` needs the key “deviation”. Add it.",
    ]
    assert of_method(start + "rank, goalposts: [5, 5], range: [1]") == [
        "8:98: “goalposts” is only for `how: goalposts`. Delete it.",
        "8:109: Both goalposts are the same. Change one.",
        "8:117: “range” is only for `how: min-max, goalposts, percentile-rank, to-best, to-target`. Delete it.",
        "8:117: range must be two values. Change it.",
    ]
    assert of_method(start + "goalposts, goalposts: [80, 60]") == [
        "8:114: Goalposts must go from lower to higher. Change the order."
    ]


def test_targets_and_the_like_of_a_percentage_are_written_in_percent():
    for keys in (
        "ratio, figure: x, better: higher, target: {}",
        "interpolate, figure: x, full_at: 101, zero_at: {}",
        "interpolate, figure: x, full_at: 101, zero_at: 1, zero_below: {}",
        "interpolate, figure: x, points_at: [[1, 0], [{}, 10]]",
        "deduct, lines: [{{figure: x, points: 1, partial: up, target: {}}}]",
        "deduct, lines: [{{figure: x, points: 1, partial: up, target: 90, per: {}}}]",
        "deduct, lines: [{{figure: x, points: 1, partial: up, target: 90, free: {}}}]",
        "normalise, figure: x, better: higher, how: to-target, target: {}",
        "normalise, figure: x, better: higher, how: goalposts, goalposts: [0, {}]",
        "normalise, figure: x, better: higher, how: z-score, deviation: 5, mean: {}",
    ):
        assert of_method(keys.format("80"), figures=PERCENT) == []
        column = 49 + keys.format("80%").index("80%")
        assert of_method(keys.format("80%"), figures=PERCENT) == [
            f"8:{column}: Percent figures are counted in percent. Write 80, not 80%."
        ]
        assert of_method(keys.format("80%")) == []


def test_shares_of_the_full_mark_may_have_a_percent_sign_whatever_the_figure():
    keys = (
        "ratio, figure: x, better: higher, target: 80, zero_below: 30%, full_from: 95%, unmet_factor: 50%, up_to: 120%"
    )

    assert of_method(keys, figures=PERCENT) == []


def test_a_shortfall_in_percent_of_the_target_is_stepped_in_percent():
    keys = "deduct, lines: [{figure: x, points: 1, partial: up, target: 500, better: higher, relative: true, per: %s}]"

    assert of_method(keys % "2") == []
    assert of_method(keys % "2%") == ["8:151: Percent figures are counted in percent. Write 2, not 2%."]


def test_an_unknown_method_and_an_unknown_key_are_told_with_the_nearest_word():
    assert of_method("bandz, figure: x") == ["8:49: There is no method “bandz”. Did you mean “bands”?"]
    assert of_method("direct, figure: x, capp: 3") == ["8:68: There is no key “capp”. Did you mean “cap”?"]
