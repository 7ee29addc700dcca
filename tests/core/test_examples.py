from __future__ import annotations

from typing import Any

from assess.core.examples import read_examples, run_example
from assess.core.flaws import Flaw
from assess.core.rules.checking import check_sheet
from assess.core.rules.sheet import RuleSheet, read_sheet
from tests.tables import told

PM25 = {"method": "ratio", "figure": "pm25", "target": "previous(pm25)", "better": "lower"}
BURNS = {"method": "deduct", "lines": [{"figure": "burns", "points": "5"}]}


def a_ranked_sheet() -> RuleSheet:
    """A sheet of 100 points: PM2.5 against last year's, burns by month, a panel."""
    tree = {
        "id": "a-sheet",
        "title": "A sheet",
        "year": "2026",
        "rounding": {"item": "2", "section": "2", "total": "2"},
        "figures": {
            "pm25": {"kind": "number", "from": "unit"},
            "burns": {"kind": "count", "period": "month", "roll_up": "sum", "from": "unit"},
            "panel": {"title": {"zh": "评审", "en": "Panel"}, "kind": "number", "from": "unit"},
        },
        "missing": "exclude",
        "items": [
            {
                "id": "air",
                "title": {"zh": "大气", "en": "Air"},
                "points": "90",
                "items": [
                    {"id": "air.pm25", "points": "60", "clause": "1", **PM25},
                    {"id": "air.burns", "points": "30", "clause": "2", **BURNS},
                ],
            },
            {"id": "panel", "points": "10", "method": "direct", "figure": "panel", "clause": "3"},
        ],
        "grades": [{"id": "good", "from": "60"}, {"id": "fail"}],
    }
    flaws: list[Flaw] = []
    sheet = read_sheet(tree, flaws)
    check_sheet(sheet, flaws, tree=tree)
    assert flaws == []
    return sheet


SHEET = a_ranked_sheet()


def run(*examples: Any) -> list[str]:
    """The flaws of reading and of every example."""
    flaws: list[Flaw] = []
    found = read_examples(list(examples), flaws)
    return told([*flaws, *(flaw for example in found for flaw in run_example(SHEET, example))])


def two_streets(**expect: Any) -> dict[str, Any]:
    """Street a: 60 × 30/40 = 45, 30 − 5 × 3 = 15, 8; 68 in all. Street b: 60, 30, 4; 94 in all."""
    return {
        "name": "Two streets",
        "units": {
            "a": {
                "kind": "street",
                "figures": {"pm25": "40", "burns": {"2026-01": "1", "2026-03": "2"}, "panel": "8"},
                "previous": {"pm25": "30"},
            },
            "b": {"figures": {"pm25": "20", "burns": "0", "panel": "4"}, "previous": {"pm25": "30"}},
        },
        "expect": expect,
    }


def test_an_example_that_the_sheet_bears_out_has_no_flaw():
    a = {"total": "68", "rank": "2", "grade": "good", "scores": {"air": "60.00", "air.pm25": "45", "air.burns": "15"}}

    assert run(two_streets(a=a, b={"total": "94", "rank": "1"})) == []


def test_each_wrong_expectation_is_told_with_what_came_out():
    a = {"total": "68.01", "rank": "1", "grade": "fail", "scores": {"air": "61", "panel": None, "air.burns": "15"}}

    assert run(two_streets(a=a)) == [
        "0.expect.a.total: Example “Two streets”, unit a: the total should be 68.01, but the rule sheet gives 68.00.",
        "0.expect.a.rank: Example “Two streets”, unit a: the rank should be 1, but the rule sheet gives 2.",
        "0.expect.a.grade: Example “Two streets”, unit a: the grade should be fail, but the rule sheet gives good.",
        (
            "0.expect.a.scores.air: Example “Two streets”, unit a: the score of Air (air) should "
            "be 61, but the rule sheet gives 60.00."
        ),
        (
            "0.expect.a.scores.panel: Example “Two streets”, unit a: the score of Item 2 (3) "
            "(panel) should be none, but the rule sheet gives 8.00."
        ),
    ]


def test_null_expects_that_there_is_no_result():
    example = {"units": {"a": {}}, "expect": {"a": {"total": "~", "rank": "null", "scores": {"air": "", "panel": "0"}}}}

    assert run(example) == [
        (
            "0.expect.a.scores.panel: Example “number 1”, unit a: the score of Item 2 (3) "
            "(panel) should be 0, but the rule sheet gives none."
        )
    ]


def test_any_part_of_an_example_may_be_left_out():
    assert run({}, {"name": "No units"}, {"units": {"a": ""}, "expect": {"a": ""}}, two_streets()) == []


def test_units_and_items_that_do_not_exist_are_named():
    assert run(two_streets(c={"total": "1", "rank": "1"}, a={"total": "67", "scores": {"air.pm": "1"}})) == [
        "0.expect.c: This example has no unit “c”. Use one of: a, b.",
        "0.expect.a.scores.air.pm: The rule sheet has no item or section “air.pm”. Did you mean “air.pm25”?",
        "0.expect.a.total: Example “Two streets”, unit a: the total should be 67, but the rule sheet gives 68.00.",
    ]


def test_an_example_without_units_cannot_expect_anything():
    expect = {"a": {"total": "1"}, "b": {"total": "2"}}

    assert run({"expect": expect}) == ["0.expect: This example has no units. Add them under `units`."]


def test_wrong_figures_are_flaws_at_their_place_and_nothing_is_compared():
    example = two_streets(a={"total": "1"})
    example["units"]["a"]["figures"] |= {"pm25": "many", "pm10": "1"}
    example["units"]["b"]["previous"] = {"pm25": "-"}

    assert run(example) == [
        "0.units.a.figures.pm25: pm25: “many” is not a number. Enter one such as 31.5.",
        "0.units.a.figures.pm10: The rule sheet has no figure “pm10”. Use a title or ID of the sheet, or delete it.",
        "0.units.b.previous.pm25: pm25: “-” is not a value. Leave the cell empty if there is none.",
    ]


def test_points_beyond_the_full_mark_are_a_flaw_of_the_example():
    example = two_streets(a={"total": "1"})
    example["units"]["b"]["figures"]["panel"] = "10.5"

    assert run(example) == ["0.units.b.figures.panel: b: Panel is 10.5, but must be from 0 to 10 points."]


def test_a_unit_twice_under_two_spellings_is_a_flaw_at_the_second():
    assert run({"units": {"a": {}, "Ａ": {}}}) == ["0.units.Ａ: Unit “Ａ” appears twice. Keep one row."]


def test_what_cannot_be_read_is_told_all_at_once_and_not_run():
    assert run(
        "text",
        {"nam": "x", "units": ["a"]},
        {"units": {"a": {"figures": "5", "previous": {"pm25": ["5"]}, "kind": {"zh": "街道"}}, "b": "street"}},
        {"units": {"a": {}}, "expect": {"a": {"totl": "5", "total": "five", "scores": ["x"]}, "b": "5"}},
    ) == [
        "0: Enter keys with values, as in `key: value`.",
        "1.nam: There is no key “nam”. Did you mean “name”?",
        "1.units: Enter keys with values, as in `key: value`.",
        "2.units.a.kind: Enter one text or number, not a list or a group of keys.",
        "2.units.a.figures: Enter keys with values, as in `key: value`.",
        "2.units.a.previous.pm25: Enter one text or number, not a list or a group of keys.",
        "2.units.b: Enter keys with values, as in `key: value`.",
        "3.expect.a.totl: There is no key “totl”. Did you mean “total”?",
        "3.expect.a.total: “five” is not a number. Enter it as in 7.5, 30% or 2/3.",
        "3.expect.a.scores: Enter keys with values, as in `key: value`.",
        "3.expect.b: Enter keys with values, as in `key: value`.",
    ]


def test_a_file_of_examples_is_a_list():
    flaws: list[Flaw] = []

    assert read_examples({"examples": []}, flaws) == []
    assert told(flaws) == ["Enter a list, as in [a, b]."]
