"""Last year's results, read back for preconditions and trends."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from assess.core.flaws import ValidationError
from assess.core.previous import PreviousResults
from assess.files.previous_results import read_previous_results_file
from tests.tables import some_units, told

NOT_RESULTS = "this must be last year's results as written by “assess score”, with a list “units”."
UNITS = some_units(u1="建外街道", u2="三里屯街道", u3="望京街道")


def written(path: Path, units: Any) -> Path:
    """A results file."""
    path.write_text(json.dumps({"rule_sheet": {"id": "x"}, "units": units}), encoding="utf-8")
    return path


def read(path: Path) -> tuple[PreviousResults, list[str]]:
    """Last year's results, and what is wrong with them."""
    results, flaws = read_previous_results_file(path, UNITS)
    return results, [line.removeprefix(f"{path}: ") for line in told(flaws)]


def test_last_years_results_are_put_in_the_order_of_this_years_units(tmp_path: Path) -> None:
    scores = {"air": {"score": "30.20", "of": "40", "state": "scored"}, "water": {"score": None}}
    results, flaws = read(
        written(
            tmp_path / "r.json",
            [
                {"unit": "gone", "grade": "good", "rank": 1, "of": 3, "total": "99.00"},
                {"unit": "u2", "grade": "good", "rank": 3, "of": 24, "total": "87.35", "group": "a", "scores": scores},
                {
                    "unit": "u1",
                    "grade": None,
                    "rank": None,
                    "of": None,
                    "total": None,
                    "group": None,
                    "state": "blocked",
                },
                {"unit": "u3", "rank": 2.5, "of": "24"},
            ],
        )
    )

    assert flaws == []
    assert (results.grade.values.tolist(), results.grade.missing.tolist()) == (["", "good", ""], [True, False, True])
    assert results.rank.fractions() == [None, 3, Fraction(5, 2)]
    assert results.of.fractions() == [None, 24, 24]
    assert results.total == (None, "87.35", None)
    assert results.scores == ({}, {"air": "30.20", "water": None}, {})
    assert results.canonical()[1] == ["u2", "a", "good", "3", "24", "87.35", [("air", "30.20"), ("water", None)]]


def test_everything_wrong_with_results_is_told_at_once(tmp_path: Path) -> None:
    _, flaws = read(
        written(
            tmp_path / "r.json",
            [
                {"unit": "u1", "grade": [], "rank": "first", "of": True, "total": "many", "scores": []},
                {"unit": "u1"},
                {"unit": True},
                "u2",
                {"unit": "u3", "rank": 0, "scores": {"air": 3, "water": {"score": "x"}}},
            ],
        )
    )

    assert flaws == [
        f"units[0].scores: {NOT_RESULTS}",
        "units[0].grade: this must be a text or null.",
        "units[0].rank: this must be a number or null.",
        "units[0].of: this must be a number or null.",
        "units[0].total: this must be a number or null.",
        "units[1].unit: unit “u1” appears twice. Keep one.",
        "units[2].unit: the unit code is missing.",
        "units[3].unit: the unit code is missing.",
        "units[4].rank: this must be a number or null.",
        f"units[4].scores.air: {NOT_RESULTS}",
        "units[4].scores.water.score: this must be a number or null.",
    ]


def test_a_file_of_something_else_is_told_in_one_line(tmp_path: Path) -> None:
    def why(data: bytes) -> list[str]:
        path = tmp_path / "r.json"
        path.write_bytes(data)
        try:
            return read(path)[1]
        except ValidationError as flawed:
            return [line.removeprefix(str(path)) for line in told(flawed.flaws)]

    not_json = "This is not a JSON file. Name the results of last year created by assess score."
    assert [why(b'{\n "units": x'), why(b"\xff\xfe"), why(b"[" * 100_000), why(b"[]"), why(b'{"units": NaN}')] == [
        [f":2:11: {not_json}"],
        [": The file is not in UTF-8. Name the results of last year created by assess score."],
        [f": {not_json}"],
        [f"units: {NOT_RESULTS}"],
        [f"units: {NOT_RESULTS}"],
    ]
    with pytest.raises(ValidationError):
        read(tmp_path)
