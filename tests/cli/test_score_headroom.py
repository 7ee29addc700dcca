"""`score --headroom`: how little would have gained points, in the JSON alone."""

from __future__ import annotations

import json
from pathlib import Path

from assess.cli.scoring import HEADROOM_IN_JSON
from tests.cli.running import run

SHEET = """\
id: air
title: 空气
year: 2026
figures:
  pm25: {kind: number, decimals: 1, min: 0, period: month, roll_up: mean, from: bureau}
missing: zero
items:
  - {id: pm25, points: 10, method: ratio, figure: pm25, target: 30, better: lower, round: 1, clause: "1"}
"""


def test_headroom_stands_in_the_json_and_nothing_else_changes(tmp_path: Path):
    files = {"rules.yaml": SHEET, "units.csv": "unit,name_zh\na,甲街道\n", "figures.csv": "unit,period,pm25\n"}
    files["figures.csv"] += "a,2026-01,40\na,2026-02,32\na,2026-03,50\n"
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    words = ["score", str(tmp_path / "rules.yaml"), "--units", str(tmp_path / "units.csv")]
    words += ["--figures", str(tmp_path / "figures.csv"), "--through", "2026-02", "--out"]

    assert run(*words, str(tmp_path / "plain.json")).code == 0
    assert run(*words, str(tmp_path / "told.json"), "--headroom").code == 0

    plain, told = (json.loads((tmp_path / name).read_text("utf-8")) for name in ("plain.json", "told.json"))
    headroom = told["units"][0]["scores"]["pm25"].pop("headroom")
    assert told == plain
    assert headroom == [{
        "figure": "pm25", "value": "36",
        "next": {"to": "35.9", "change": "-0.1", "score": "8.4", "remaining": {"periods": 10, "mean": "35.8"}},
        "full": {"to": "30.1", "change": "-5.9", "score": "10.0", "remaining": {"periods": 10, "mean": "28.9"}},
    }]  # fmt: skip


def test_without_a_json_file_it_is_said_where_headroom_goes(tmp_path: Path):
    for name, text in {"rules.yaml": SHEET, "units.csv": "unit\na\n", "figures.csv": "unit,period,pm25\n"}.items():
        (tmp_path / name).write_text(text, "utf-8")
    words = ["score", str(tmp_path / "rules.yaml"), "--units", str(tmp_path / "units.csv"), "--lang", "en"]
    words += ["--figures", str(tmp_path / "figures.csv"), "--out", str(tmp_path / "r.csv")]

    told = run(*words, "--headroom")
    assert (told.code, told.err[0]) == (0, HEADROOM_IN_JSON.en)
    assert run(*words, "--headroom", "--out", str(tmp_path / "r.json")).err == run(*words).err == told.err[1:]
