"""The results of a scoring as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from assess.files.results import write_json
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
