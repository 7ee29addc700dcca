"""What stands in place of points where units or runs are compared: the state's own word."""

from __future__ import annotations

from fractions import Fraction

import pytest

from assess.core.runs.comparing import LineChange
from assess.core.scorecard.content import CardRow
from assess.core.text import Text
from assess.services.leadership.comparing import line_of

NAMES = (Text("建外街道", "Jianwai"), Text("朝外街道", "Chaowai"), Text("呼家楼街道", "Hujialou"))
SCORED = "scored"


def row(points: str | None, state: str = SCORED, full: str = "4") -> CardRow:
    """The row of an item of one unit."""
    share = None if points is None else Fraction(points) / Fraction(full)
    title, nothing = Text("浓度", "Level"), Text("", "")
    return CardRow("air.pm25", "1.1", 1, False, title, full, points, state, nothing, "", (), None, None, share, None)


@pytest.mark.parametrize(
    ("rows", "cells", "zh", "en", "differs"),
    [
        (
            [row("3"), row(None, "not-applicable"), row(None, "missing")],
            ["3", "not applicable", "data missing"],
            "建外街道最高；朝外街道不涉及；呼家楼街道缺数据",
            "Jianwai highest; Chaowai not applicable; Hujialou data missing",
            True,
        ),
        (
            [row("3", full="5"), row("2"), row(None, "not-applicable")],
            ["3 of 5", "2 of 4", "not applicable"],
            "建外街道最高；朝外街道低10个百分点；呼家楼街道不涉及",
            "Jianwai highest; Chaowai 10 percentage points less; Hujialou not applicable",
            True,
        ),
        ([row(None, "not-applicable")] * 3, ["not applicable"] * 3, "均不涉及", "All: not applicable", False),
        (
            [row(None, "not-applicable"), *[row(None, "missing")] * 2],
            ["not applicable", "data missing", "data missing"],
            "建外街道不涉及；朝外街道缺数据；呼家楼街道缺数据",
            "Jianwai not applicable; Chaowai data missing; Hujialou data missing",
            True,
        ),
        ([row("3")] * 3, ["3"] * 3, "相同", "Equal", False),
    ],
    ids=["one-scored", "other-full-marks", "none-applies", "other-states", "the-same"],
)
def test_units_without_points_are_told_by_why_they_have_none(
    rows: list[CardRow], cells: list[str], zh: str, en: str, differs: bool
):
    line = line_of(rows, NAMES)

    assert [cell.en for cell in line.cells] == cells
    assert (line.message.zh, line.message.en, line.differs) == (zh, en, differs)


def test_a_line_of_two_runs_says_why_it_has_no_points_and_that_a_run_lacks_it():
    change = LineChange("110105001", "air.pm25", "3.50", None, SCORED, "not-applicable")

    assert change.sides == (Text.same("3.50"), Text("不涉及", "not applicable"))
    assert change._replace(was=None, was_state=None).sides[0] == Text.same("–")
