"""The results of a scoring as JSON."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from assess.files.results import write_csv, write_json
from tests.builders import Outcome, a_sheet, a_unit, an_item, score


def written(outcome: Outcome, path: Path) -> dict[str, Any]:
    """The results as a program reads them."""
    write_json(outcome.lines, path)
    read: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return read


def test_a_node_that_does_not_count_says_so(tmp_path: Path):
    sheet = a_sheet(an_item(id="air"), an_item(id="index", counts=False))
    scores = written(score(sheet, a_unit(panel=5)), tmp_path / "results.json")["units"][0]["scores"]

    assert [(id, list(each)) for id, each in scores.items()] == [
        ("air", ["score", "of", "state", "reason"]),
        ("index", ["score", "of", "state", "counts", "reason"]),
    ]
    assert scores["index"]["counts"] is False


RANKED = a_sheet(
    an_item(id="air", figure="air"),
    an_item(id="money", figure="yuan", points="none", counts=False, missing="exclude"),
    results=[{"id": "money", "node": "money", "grades": [{"id": "winner", "from": 1}, {"id": "other"}]}],
)
MONEY = {"a": a_unit(air=5, yuan=30), "b": a_unit(air=6, yuan=-1), "c": a_unit(air=7)}


def test_other_rankings_stand_with_each_unit_and_money_has_no_full_mark(tmp_path: Path):
    units = written(score(RANKED, MONEY), tmp_path / "results.json")["units"]

    assert [unit["results"] for unit in units] == [
        {"money": {"score": "30", "rank": 1, "of": 2, "grade": "winner"}},
        {"money": {"score": "-1", "rank": 2, "of": 2, "grade": "other"}},
        {"money": {"score": None, "rank": None, "of": None, "grade": None}},
    ]
    assert units[0]["scores"]["money"]["of"] is None
    assert units[0]["scores"]["air"]["of"] == "10"
    assert "results" not in written(score(a_sheet(an_item()), a_unit(panel=5)), tmp_path / "plain.json")["units"][0]


def test_a_csv_has_columns_for_other_rankings(tmp_path: Path):
    write_csv(score(RANKED, MONEY).lines, tmp_path / "results.csv")
    with (tmp_path / "results.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))

    names = ["results.money.score", "results.money.rank", "results.money.of", "results.money.grade"]
    assert [[row[name] for name in names] for row in rows] == [
        ["30", "1", "2", "winner"], ["-1", "2", "2", "other"], ["", "", "", ""]
    ]  # fmt: skip
