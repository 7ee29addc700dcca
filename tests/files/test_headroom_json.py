"""Headroom as JSON: an entry by figure in the entry of its item."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from assess.core.headroom.making import headroom_of
from assess.files.results import write_json
from tests.builders import a_sheet, a_unit, an_item, score

MONTHS = {f"2026-{n:02}": "36" for n in range(1, 9)}
PM25 = {"decimals": 1, "min": 0, "period": "month", "roll_up": "mean"}
LINES = [{"figure": "littering", "points": 1}, {"figure": "burning", "points": 2}, {"figure": "littering", "points": 1}]


def scores(path: Path) -> list[dict[str, Any]]:
    """The scores of every unit of a sheet of three items, with headroom."""
    sheet = a_sheet(
        an_item("ratio", id="air", figure="pm25", target=30, better="lower", round=2),
        an_item("deduct", id="order", lines=LINES, floor=6, missing="zero"),
        an_item(id="judged"),
        figures={"pm25": PM25},
    )
    units = {"a": a_unit(pm25=MONTHS, littering=3, burning=0, panel=5), "b": a_unit(pm25=30, littering=1)}
    results = score(sheet, units)
    write_json(results.lines, path, headroom_of(results.results))
    return [unit["scores"] for unit in json.loads(path.read_text("utf-8"))["units"]]


def test_the_entry_tells_value_change_score_and_what_the_months_to_come_must_be(tmp_path: Path):
    first, second = scores(tmp_path / "results.json")

    assert first["air"]["headroom"] == [{
        "figure": "pm25", "value": "36",
        "next": {"to": "35.9", "change": "-0.1", "score": "8.36", "remaining": {"periods": 4, "mean": "35.7"}},
        "full": {"to": "30.0", "change": "-6", "score": "10.00", "remaining": {"periods": 4, "mean": "18.0"}},
    }]  # fmt: skip
    assert second["air"]["headroom"] == [{"figure": "pm25", "value": "30", "next": None, "full": None}]


def test_a_figure_of_two_lines_has_one_entry_and_figures_stand_in_the_order_of_lines(tmp_path: Path):
    first, _ = scores(tmp_path / "results.json")

    gain = {"to": "1", "change": "-2", "score": "8"}
    assert first["order"]["headroom"] == [
        {"figure": "littering", "value": "3", "next": gain, "full": {"to": "0", "change": "-3", "score": "10"}},
        {"figure": "burning", "value": "0", "next": None, "full": None},
    ]


def test_items_that_are_not_scored_or_have_no_headroom_have_no_such_key(tmp_path: Path):
    first, second = scores(tmp_path / "results.json")

    assert list(first["judged"]) == ["score", "of", "state", "reason"]
    assert (second["order"]["state"], "headroom" in second["order"]) == ("missing", False)
