"""`rules what-if`: two rule sheets, or two years, compared unit by unit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.running import run

SHEET = """id: a-sheet
title: {{zh: 评分表, en: A sheet}}
year: {year}
standing: demonstration
rounding: {{total: 2}}
missing: zero
figures:
  done: {{title: {{zh: 完成数, en: Done}}, kind: number, from: unit}}
  grown: {{kind: number, from: formula, formula: done - previous(done)}}
items:
  - {{id: done, title: {{zh: 完成, en: Done}}, points: {points}, method: direct, figure: done, clause: "1"}}
  - {{id: grown, title: {{zh: 增长, en: Growth}}, points: 10, method: direct, figure: grown, clause: "2", missing: exclude, counts: false}}
"""  # noqa: E501


@pytest.fixture
def sides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory with two sheets and what both are scored on."""
    monkeypatch.chdir(tmp_path)
    Path("old.yaml").write_text(SHEET.format(year=2026, points=20).replace("counts: false", "weight: 1"), "utf-8")
    Path("new.yaml").write_text(SHEET.format(year=2026, points=20), "utf-8")
    Path("units.csv").write_text("unit,name_zh,name_en\na,甲,Alder\nb,乙,Birch\n", "utf-8")
    Path("figures.csv").write_text("unit,done\na,12\nb,15.5\n", "utf-8")
    Path("last.csv").write_text("unit,done\na,8\nb,15\n", "utf-8")
    return tmp_path


def compared(*more: str, out: str = "changes.json", lang: str = "en") -> tuple[int, list[str]]:
    """One comparison on the shared files: its exit code and what it told."""
    shared = ("--units", "units.csv", "--figures", "figures.csv", "--previous", "last.csv")
    ended = run("rules", "what-if", "old.yaml", "new.yaml", *shared, *more, "--out", out, "--lang", lang)
    assert ended.out == ""
    return ended.code, ended.err


def found() -> dict[str, Any]:
    """What was written as JSON."""
    result: dict[str, Any] = json.loads(Path("changes.json").read_bytes())
    return result


def test_a_changed_sheet_is_compared_on_the_same_inputs(sides: Path):
    told = compared()

    changes = found()
    assert told == (0, ["Units compared: 2. Changed totals: 2, ranks: 1, grades: 0"])
    assert changes["same_inputs"] is True
    assert changes["old"]["digest"] != changes["new"]["digest"]
    assert changes["units"] == [
        {
            "unit": "a", "group": None, "total": ["16.00", "12.00"], "rank": [1, 2], "grade": [None, None],
            "state": ["scored", "scored"], "change": "-4", "rank_split": {"own": 1, "others": 0},
            "split": [{"kind": "item", "id": "grown", "change": "-4"}],
        },
        {
            "unit": "b", "group": None, "total": ["16.00", "15.50"], "rank": [1, 1], "grade": [None, None],
            "state": ["scored", "scored"], "change": "-0.5", "rank_split": {"own": 1, "others": -1},
            "split": [{"kind": "item", "id": "grown", "change": "-0.5"}],
        },
    ]  # fmt: skip
    assert changes["summary"] == {
        "units": 2, "changed": 2, "ranks_changed": 1, "grades_changed": 0,
        "by": [{"kind": "item", "id": "grown", "units": 2, "gained": "0", "lost": "-4.5"}],
    }  # fmt: skip


def test_last_years_figures_serve_both_sheets_of_one_year_but_not_last_years_sheet(sides: Path):
    before = ("--old-figures", "last.csv")
    compared(*before)
    same_year = [unit["total"][0] for unit in found()["units"]]

    Path("old.yaml").write_text(Path("old.yaml").read_text("utf-8").replace("year: 2026", "year: 2025"), "utf-8")
    compared(*before)
    alone = [unit["total"][0] for unit in found()["units"]]
    compared(*before, "--old-previous", "figures.csv")
    stated = [unit["total"][0] for unit in found()["units"]]

    # 8 + 0 and 15 + 0; growth without last year is left out, 8 and 15 of 20 scaled up to 30; 8 - 4 and 15 - 0.5
    assert (same_year, alone, stated) == (["8.00", "15.00"], ["12.00", "22.50"], ["8.00", "15.00"])


@pytest.mark.parametrize(("lang", "names"), [("zh", ["单位", "总分变化原因"]), ("en", ["Units", "Causes of changes"])])
def test_the_workbook_has_a_tab_for_units_and_one_for_entries(sides: Path, lang: str, names: list[str]):
    assert compared(out="changes.xlsx", lang=lang)[0] == 0

    book = openpyxl.load_workbook("changes.xlsx")
    units, entries = ([[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)] for sheet in book)
    words = {
        "zh": ("甲", "计分", "考核项", "增长", "演示数据，不是真实考核结果"),
        "en": ("Alder", "scored", "item", "Growth", "Demonstration: these are not real results"),
    }
    name, state, kind, title, mark = words[lang]
    assert book.sheetnames == names
    assert units[0] == ["a", name, None, 16, 12, -4, 1, 2, 1, 0, None, None, state, state]
    assert entries[0] == ["a", name, None, kind, "grown", title, -4]
    assert [sheet["A2"].value for sheet in book] == [mark, mark]


def test_flaws_of_both_sides_come_at_once_each_once_and_nothing_is_written(sides: Path):
    Path("figures.csv").write_text("unit,done\na,many\n", "utf-8")
    Path("last.csv").write_text("unit,done\nc,1\n", "utf-8")

    code, told = compared("--old-units", "nowhere.csv")

    assert code == 1
    assert [line.split(":")[0] for line in told] == ["nowhere.csv", "figures.csv", "last.csv"]
    assert not Path("changes.json").exists()


@pytest.mark.parametrize(
    ("out", "what"),
    [
        ("changes.csv", "changes.csv: The name of the result file must end in .json or .xlsx."),
        ("nowhere/changes.json", "nowhere/changes.json: The folder does not exist. Create it first."),
    ],
)
def test_a_file_that_cannot_be_written_is_refused(sides: Path, out: str, what: str):
    assert compared(out=out) == (1, [what])


def test_the_same_comparison_gives_the_same_bytes(sides: Path):
    written = []
    for name in ("changes.json", "changes.xlsx"):
        for _ in range(2):
            compared(out=name)
            written.append(Path(name).read_bytes())

    assert written[0] == written[1]
    assert written[2] == written[3]
