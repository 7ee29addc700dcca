"""Objects of which a sheet makes no use, at the first of their rows."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.running import run

CASE = Path(__file__).parents[1] / "rules" / "edition_2" / "river-sections"


def test_the_first_row_of_a_kind_that_the_sheet_does_not_use_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    shutil.copytree(CASE, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    objects = Path("objects.csv").read_text("utf-8").rstrip("\n")
    unit, columns = objects.splitlines()[1].split(",")[4], objects.splitlines()[0].count(",")
    rows = [f"park,P{n},,,{unit}" for n in (1, 2)]
    Path("objects.csv").write_text("\n".join([objects, *(row + "," * (columns - 4) for row in rows)]), "utf-8")

    words = ("--units", "units.csv", "--figures", "figures.csv", "--objects", "objects.csv", "--out", "r.json")
    scored = run("score", "rule-sheet.yaml", *words, "--messages", "m.json")
    checked = run("rules", "check", "rule-sheet.yaml", "--messages", "c.json")

    line = len(objects.splitlines()) + 1
    assert (scored.code, unused("m.json")) == (0, [("objects.csv", line, 1)])
    assert (checked.code, unused("c.json")) == (0, [("objects.csv", line, 1)])


def unused(file: str) -> list[tuple[str, int, int]]:
    """Where messages in a file tell of objects that are not used."""
    told = json.loads(Path(file).read_text("utf-8"))["warnings"]
    return [(each["file"], each["line"], each["column"]) for each in told if each["code"] == "unused-object"]
