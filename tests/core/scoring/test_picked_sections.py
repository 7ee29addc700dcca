"""Sections that some of their children count for: the worst, the best, or all but both ends."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from assess.files.results import write_json
from tests.builders import Outcome, Tree, a_section, a_sheet, a_unit, an_item, refused, score

MARKS = {"a": 90, "b": 40, "c": 40, "d": 70}


def panel(name: str, points: Any = 100, **keys: Any) -> Tree:
    """An item whose points are the figure of its name, from −100 up."""
    return an_item(id=name, title=name.upper(), figure=name, points=points, floor=-100, **keys)


def picked(pick: Tree, combine: str = "mean", *, weights: Tree | None = None, **values: Any) -> Outcome:
    """One unit; items a to d of 100 points in a section that picks some of them."""
    items = [panel(name, weight=(weights or {}).get(name)) for name in MARKS]
    section = a_section(*items, combine=combine, pick=pick, points=100)
    return score(a_sheet(section, missing="exclude", rounding={}), a_unit(**{**MARKS, **values}))


def points(*args: Any, **keys: Any) -> Fraction | None:
    """The points of that section."""
    return picked(*args, **keys).points("section")["a"]


def test_only_the_picked_count_for_a_mean():
    # Of 90, 40, 40, 70: the two worst, the two best, and without the highest and the lowest.
    assert points({"worst": 2}) == 40
    assert points({"best": 2}) == 80
    assert points({"trim": 1}) == 55


def test_of_equal_scores_the_earlier_in_the_sheet_is_taken_first():
    # The worst is b, of weight 3; both ends are b and a, which leaves c and d.
    weights = {"a": 1, "b": 3, "c": 1, "d": 2}

    assert picked({"worst": 1}, weights=weights).lines.of("section").picked == [["b"]]
    assert picked({"trim": 1}, weights=weights).lines.of("section").picked == [["c", "d"]]
    # (40 × 1 + 70 × 2) ÷ 3.
    assert points({"trim": 1}, weights=weights) == 60


def test_a_child_without_a_score_is_not_there_to_be_picked():
    assert points({"worst": 2}, b=None, c=None) == 80
    assert points({"best": 9}, b=None) == Fraction(200, 3)


def test_too_few_scores_leave_the_section_without_one():
    outcome = picked({"trim": 1, "at_least": 4}, b=None)

    assert outcome.points("section") == {"a": None}
    assert outcome.why("section") == (
        "有得分的只有3项，至少须有4项，本类不计分",
        "only 3 have a score and at least 4 are needed, so the section has none",
    )
    assert points({"trim": 1}, b=None, c=None) is None
    assert points({"trim": 1}, b=None) == 70
    assert outcome.lines.of("section").picked == [[]]


@pytest.mark.parametrize(
    ("combine", "expected"), [("geometric", Fraction("52.9150262213")), ("harmonic", Fraction(560, 11))]
)
def test_other_means_are_of_the_picked_too(combine: str, expected: Fraction):
    # Of 40 and 70: the root of 2800; 2 ÷ (1/40 + 1/70).
    assert points({"trim": 1}, combine) == expected


def test_a_rate_picks_by_the_score_rate_and_not_by_the_score():
    # 30 of 60, 20 of 20, 9 of 20: the two worst rates are 50 % and 45 %: 39 of 80, of 100.
    items = [panel("a", 60), panel("b", 20), panel("c", 20)]
    section = a_section(*items, combine="rate", points=100, pick={"worst": 2})
    outcome = score(a_sheet(section, rounding={}), a_unit(a=30, b=20, c=9))

    assert outcome.points("section") == {"a": Fraction("48.75")}
    assert outcome.why("section") == (
        "取得分率最低的2项：A、C；得分合计39 ÷ 分值合计80 × 本类分值100，得48.75分",
        "the 2 with the lowest score rate: A, C; points 39 ÷ full marks 80 × full mark of the section 100; "
        "48.75 points",
    )


def test_availability_is_asked_first_and_of_all_children():
    section = a_section(*map(panel, MARKS), combine="mean", points=100, pick={"worst": 1}, availability="75%")
    outcome = score(a_sheet(section, missing="exclude"), {"two": a_unit(a=90, b=40), "three": a_unit(a=90, b=40, c=50)})

    assert outcome.points("section") == {"two": None, "three": 40}


def test_the_sentence_names_the_picked():
    assert picked({"best": 2}, weights={"a": 3, "b": 1, "c": 1, "d": 1}).why("section") == (
        "取得分最高的2项：A、D；加权平均：(90 × 3 + 70 × 1) ÷ 4，得85分",
        "the 2 with the highest score: A, D; weighted average: (90 × 3 + 70 × 1) ÷ 4; 85 points",
    )
    assert picked({"trim": 1}).why("section") == (
        "去掉得分最高、最低的各1项，计2项：C、D；平均：(40 + 70) ÷ 2，得55分",
        "without the highest 1 and the lowest 1 by score, 2 count: C, D; average: (40 + 70) ÷ 2; 55 points",
    )


def test_the_json_of_the_section_names_the_picked_in_the_order_of_the_sheet(tmp_path: Path):
    write_json(picked({"best": 2}).lines, tmp_path / "r.json")

    (unit,) = json.loads((tmp_path / "r.json").read_bytes())["units"]
    assert unit["scores"]["section"]["picked"] == ["a", "d"]
    assert "picked" not in unit["scores"]["a"]


def test_a_section_that_picks_is_one_entry_of_the_split_of_a_total():
    outcome = picked({"worst": 2})

    assert [(entry.id, entry.points) for entry in outcome.lines.split.of(0)] == [("section", 40)]


def test_exactly_one_way_to_pick_and_only_where_a_part_may_stand_for_the_whole():
    pair = panel("a"), panel("b")

    assert refused(a_section(*pair, combine="mean", pick={"worst": 1, "best": 1})) == [
        "items.0.pick: Write exactly one of worst, best, trim."
    ]
    assert refused(a_section(*pair, combine="mean", pick={"at_least": 1})) == [
        "items.0.pick: Write exactly one of worst, best, trim."
    ]
    assert refused(a_section(*pair, combine="mean", pick={"trim": 0})) == ["items.0.pick.trim: “0” must be above 0."]
    assert refused(a_section(*pair, pick={"worst": 1})) == [
        "items.0.pick: `pick` is only for sections whose `combine` is one of mean, geometric, harmonic, rate. "
        "Delete it or change `combine`."
    ]
