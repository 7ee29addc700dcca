"""`assess score`: from files to results."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import SMALL_YEAR
from tests.cli.running import Ended, changed, of_unit, run, scored, scoring, written

A_SHEET = """\
id: short
title: Short
year: 2026
missing: zero
figures: {x: {kind: number, from: unit}}
items: [{id: item, points: 10, method: direct, figure: x, clause: "1"}]
"""


def short(rest: str, *rows: str, units: tuple[str, ...] = ("a", "b", "c")) -> dict[str, object]:
    """The result of a short sheet that ends with `rest`, for units with these values of `x`."""
    written("short.yaml", A_SHEET + rest)
    written("u.csv", "unit", *units)
    written("f.csv", "unit,x", *rows)
    return scored(rules="short.yaml", units="u.csv", figures="f.csv", previous="", previous_results="", exemptions="")


def test_a_small_year_comes_out_to_the_last_byte(year: Path):
    ended = run(*scoring("--out", "r.json", "--out", "r.csv"))

    assert (ended.code, ended.out) == (0, "")
    assert Path("r.json").read_text("utf-8") == (SMALL_YEAR / "results.json").read_text("utf-8")
    assert Path("r.csv").read_bytes() == (SMALL_YEAR / "results.csv").read_bytes()


def test_the_keys_stand_in_the_order_of_the_format(year: Path):
    found = scored()

    assert list(found) == ["rule_sheet", "inputs", "warnings", "groups", "units"]
    assert list(found["rule_sheet"]) == ["id", "year", "digest", "standing"]
    assert list(found["warnings"][0]) == ["unit", "id", "clause", "zh", "en"]
    assert list(found["groups"][0]) == ["id", "scored", "mean", "highest", "lowest"]
    for unit in found["units"]:
        assert list(unit) == ["unit", "group", "total", "base", "rank", "of", "grade", "state", "adjustments",
                              "converted", "members", "scores"]  # fmt: skip
    for score in of_unit(found, "s1")["scores"].values():
        assert list(score) in (["score", "of", "state"], ["score", "of", "state", "reason"])


def test_nodes_stand_parents_first_and_items_of_adjustments_last(year: Path):
    assert list(of_unit(scored(), "s1")["scores"]) == ["air", "air.pm25", "air.burns", "water", "praised.times"]


@pytest.mark.parametrize(("code", "state"), [("s4", "blocked"), ("t2", "not-scored"), ("p1", "no-group")])
def test_a_unit_without_a_total_stays_in_the_list_without_any_result(year: Path, code: str, state: str):
    unit = of_unit(scored(), code)

    assert [unit[key] for key in ("total", "base", "rank", "of", "grade", "converted")] == [None] * 6
    assert (unit["state"], unit["adjustments"]) == (state, [])
    # What blocks s4 stands under none of the deputy's items: 10 × 55/60 × 0.9.
    assert [member["points"] for member in unit["members"]] == [None, "8.25" if code == "s4" else None]


def test_a_unit_of_no_group_has_no_scores(year: Path):
    unit = of_unit(scored(), "p1")

    assert (unit["group"], unit["scores"]) == (None, {})


def test_an_unranked_unit_has_score_and_grade_and_counts_in_its_group_but_not_in_of(year: Path):
    found = scored()
    unit = of_unit(found, "s3")

    assert [unit[key] for key in ("total", "rank", "of", "grade", "state")] == ["70.00", None, None, "fail", "scored"]
    assert of_unit(found, "s1")["of"] == 2
    assert found["groups"][0] == {
        "id": "streets", "scored": 3, "mean": "88.57", "highest": "100.00", "lowest": "70.00"
    }  # fmt: skip


def test_a_sheet_without_groups_has_none_and_ranks_all_together(year: Path):
    found = short("", "a,5", "b,7.25", "c,5")

    assert found["groups"] == []
    assert [(unit["group"], unit["rank"], unit["of"]) for unit in found["units"]] == [
        (None, 2, 3), (None, 1, 3), (None, 2, 3)
    ]  # fmt: skip


def test_a_group_without_a_total_has_no_mean(year: Path):
    changed("figures.csv", ("t1,2026-Q3,33.3,,,,", "t1,2026-Q3,,,,,"), ("t1,2026,,2,,9,no", "t1,2026,,,,,"))

    assert scored()["groups"][1] == {"id": "townships", "scored": 0, "mean": None, "highest": None, "lowest": None}


def test_the_mean_is_that_of_the_printed_totals(year: Path):
    groups = 'groups: [{id: all, where: unit != ""}]\nrounding: {total: 1}\n'

    # Printed 5.1, 5.1 and 5.2, whose mean 5.1333 prints 5.1; of the exact ones it would be 5.0999.
    found = short(groups, "a,5.05", "b,5.05", "c,5.15")
    assert found["groups"] == [{"id": "all", "scored": 3, "mean": "5.1", "highest": "5.2", "lowest": "5.1"}]


def test_a_shared_rank_may_be_a_half(year: Path):
    text = "ranking: {ties: average}\n"
    found = short(text, "a,5", "b,5", "c,7")

    assert [unit["rank"] for unit in found["units"]] == [2.5, 2.5, 1]
    assert '"rank": 2.5, ' in Path("r.json").read_text("utf-8")


def test_numbers_that_are_not_rounded_have_as_many_digits_as_are_exact_and_at_most_15(year: Path):
    changed("rule-sheet.yaml", ("rounding: {item: 2, total: 2}\n", ""))
    unit = of_unit(scored(), "s1")

    assert unit["scores"]["air.pm25"]["score"] == "38.7096774193548"
    assert unit["total"] == "95.7096774193548"
    assert (unit["adjustments"][0]["effect"], unit["scores"]["air.burns"]["score"]) == ("+1.5", "17.5")


def test_a_sheet_without_grades_and_conversion_gives_neither(year: Path):
    (unit, *_) = short("", "a,5")["units"]

    assert (unit["grade"], unit["converted"], unit["members"]) == (None, None, [])


def test_a_sheet_that_states_no_standing_has_none(year: Path):
    assert list(short("", "a,5")["rule_sheet"]) == ["id", "year", "digest"]


def test_units_keep_the_order_of_their_file_whatever_the_order_of_the_figures(year: Path):
    first = [unit["unit"] for unit in scored()["units"]]
    lines = Path("units.csv").read_text("utf-8").splitlines()
    written("units.csv", lines[0], *reversed(lines[1:]))

    assert [unit["unit"] for unit in scored()["units"]] == first[::-1]


def test_the_language_is_chinese_unless_another_is_asked_for(year: Path):
    figures = written("f.csv", "unit,burns", "s9,1")

    assert run(*scoring("--out", "r.json", figures=figures)) == Ended(
        1, "", ["f.csv:2:1: 没有名为“s9”的单位，请核对考核对象名单。"]
    )
    assert run(*scoring("--out", "r.json", "--lang", "en", figures=figures)) == Ended(
        1, "", ["f.csv:2:1: No unit is called “s9”. Check the list of units."]
    )


def test_several_results_are_written_at_once(year: Path):
    outs = [f"r{ending}" for ending in (".json", ".csv", ".xlsx", ".pdf")]
    ended = run(*scoring(*(word for out in outs for word in ("--out", out))))

    assert (ended.code, ended.out) == (0, "")
    assert [Path(out).read_bytes()[:4] for out in outs] == [b'{"ru', b"\xef\xbb\xbfu", b"PK\x03\x04", b"%PDF"]


def test_endings_may_be_written_in_capitals(year: Path):
    assert run(*scoring("--out", "R.JSON")).code == 0

    assert json.loads(Path("R.JSON").read_bytes())["rule_sheet"]["id"] == "small-2026"


def test_names_that_a_spreadsheet_would_take_for_a_formula_are_made_inert(year: Path):
    changed("units.csv", ("甲街道", "=1+1"), ("Jia Street", "+cmd"))
    run(*scoring("--out", "r.csv"))

    assert Path("r.csv").read_text("utf-8-sig").splitlines()[1].startswith("s1,'=1+1,'+cmd,streets,95.71")
