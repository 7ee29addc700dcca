"""Objects of units at the command line: their list, their figures, exemptions of parts, and what is told of parts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from tests.cli.running import Ended, run

SHEET: Final = """\
id: rivers
title: {zh: 河流, en: Rivers}
year: 2026
rounding: {item: 2, total: 2}
points: 100
objects: {section: {title: {zh: 断面, en: river sections}}}
figures:
  oxygen: {title: {zh: 溶解氧, en: dissolved oxygen}, kind: number, of: section, period: month, roll_up: mean,
           from: water}
  found: {title: {zh: 问题, en: problems}, kind: count, period: month, roll_up: sum, from: urban}
missing: zero
items:
  - {id: oxygen, title: {zh: 溶解氧, en: Oxygen}, points: 60, by: [section, month],
     each: {points: 10, missing: exclude}, over: mean, method: done, when: oxygen >= 5, clause: "1"}
  - {id: months, title: {zh: 月考评, en: Months}, points: 40, by: month,
     each: {points: 100, missing: exclude}, over: mean, at_least: 2, clause: "2",
     method: deduct, lines: [{figure: found, points: 2}]}
"""
UNITS: Final = "unit,name_zh,name_en\na,甲街道,Jia\nb,乙街道,Yi\n"
OBJECTS: Final = (
    "kind,object,name_zh,name_en,unit\nsection,W1,清河,Qing,a\nsection,W2,坝河,Ba,a\nsection,W2,坝河,Ba,b\n"
)
FIGURES: Final = """\
unit,object,period,oxygen,found
,W1,2026-01,6,
,W1,2026-02,4,
,W2,2026-01,5,
a,,2026-01,,5
a,,2026-02,,0
a,,2026-03,,0
b,,2026-01,,1
"""


def scored(folder: Path, *words: str, **files: str) -> Ended:
    """`score` of the sheet with its tables, some of them other than usual."""
    given = {"rules.yaml": SHEET, "units.csv": UNITS, "objects.csv": OBJECTS, "figures.csv": FIGURES}
    given |= {f"{name}.csv": text for name, text in files.items()}
    for name, text in given.items():
        (folder / name).write_text(text, "utf-8")
    more = [word for name in ("exemptions",) if name in files for word in (f"--{name}", str(folder / f"{name}.csv"))]
    tables = [word for name in ("units", "objects", "figures") for word in (f"--{name}", str(folder / f"{name}.csv"))]
    return run("score", str(folder / "rules.yaml"), *tables, *more, *words, "--out", str(folder / "out.json"))


def scores(folder: Path, *words: str, **files: str) -> Mapping[str, Mapping[str, Any]]:
    """The scores of each unit."""
    ended = scored(folder, *words, **files)
    assert ended.code == 0, ended.err
    result = json.loads((folder / "out.json").read_bytes())
    return {unit["unit"]: unit["scores"] for unit in result["units"]}


def flaws(folder: Path, **files: str) -> list[str]:
    """What is wrong, without the folder."""
    ended = scored(folder, "--lang", "en", **files)
    assert ended.code == 1
    return [line.replace(f"{folder}/", "") for line in ended.err]


def test_each_section_and_month_is_scored_and_told(tmp_path: Path):
    found = scores(tmp_path)

    item = found["a"]["oxygen"]
    assert (item["score"], item["of"], item["state"]) == ("40.00", "60", "scored")
    assert [(part["object"], part["period"], part["score"]) for part in item["parts"] if part["state"] == "scored"] == [
        ("W1", "2026-01", "10"), ("W1", "2026-02", "0"), ("W2", "2026-01", "10"),
    ]  # fmt: skip
    assert item["reason"]["zh"].startswith("清河1月 10分、清河2月 0分、清河3月至12月缺少“溶解氧”、坝河1月 10分")
    assert item["reason"]["en"].startswith(
        "Qing, January: 10, Qing, February: 0, Qing, March to December: dissolved oxygen"
    )
    assert found["b"]["oxygen"]["score"] == "60.00"


def test_too_few_months_leave_an_item_missing_with_that_reason(tmp_path: Path):
    found = scores(tmp_path)

    assert found["a"]["months"]["score"] == "38.67"
    assert (found["b"]["months"]["score"], found["b"]["months"]["state"]) == ("0.00", "missing")
    assert "1" in found["b"]["months"]["reason"]["zh"]
    assert "2" in found["b"]["months"]["reason"]["zh"]


def test_a_standing_through_a_period_counts_nothing_that_ends_later(tmp_path: Path):
    found = scores(tmp_path, "--through", "2026-01")

    assert [part["period"] for part in found["a"]["months"]["parts"]] == ["2026-01"]
    assert len(found["a"]["oxygen"]["parts"]) == 2
    assert (found["a"]["oxygen"]["score"], found["a"]["months"]["state"]) == ("60.00", "missing")


@pytest.mark.parametrize("label", ["2026", "2025-01", "soon"])
def test_a_standing_ends_with_a_month_quarter_or_half_of_the_year(tmp_path: Path, label: str):
    ended = scored(tmp_path, "--through", label, "--lang", "en")

    assert ended.code == 1
    assert ended.err == [
        f"--through: “{label}” is not a month, quarter or half of 2026. Write it as 2026-06, 2026-Q2 or 2026-H1."
    ]


def test_an_exemption_of_a_part_takes_out_a_section_a_month_or_one_of_both(tmp_path: Path):
    head = "unit,item,reason,approver,part\n"

    def left(part: str) -> int:
        found = scores(tmp_path, exemptions=f"{head}a,oxygen,dry,bureau,{part}\n")
        return len(found["a"]["oxygen"]["parts"])

    assert [left(part) for part in ("W1", "2026-02", "W1 2026-02")] == [12, 22, 23]


def test_an_exemption_of_a_part_that_the_unit_does_not_have_is_a_flaw_at_its_cell(tmp_path: Path):
    table = "unit,item,reason,approver,part\nb,oxygen,dry,bureau,W1\na,months,dry,bureau,W1\n"

    assert [line.split(": ")[0] for line in flaws(tmp_path, exemptions=table)] == [
        "exemptions.csv:2:5",
        "exemptions.csv:3:5",
    ]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("section,W1,清河,Qing,a", ["objects.csv:5:2"]),
        ("village,W1,清河,Qing,b", ["objects.csv:5:2"]),
        ("section,W3,沟,Ditch,z", ["objects.csv:5:5"]),
        (",,沟,Ditch,a", ["objects.csv:5:1", "objects.csv:5:2"]),
    ],
)
def test_a_wrong_row_of_the_list_of_objects_is_told_at_its_cells(tmp_path: Path, line: str, cells: list[str]):
    assert [told.split(": ")[0] for told in flaws(tmp_path, objects=f"{OBJECTS}{line}\n")] == cells


@pytest.mark.parametrize(("name", "cells"), [("length", []), ("oxygen", ["objects.csv:1:6"])])
def test_no_column_of_objects_is_called_like_a_figure(tmp_path: Path, name: str, cells: list[str]):
    heading, *rows = OBJECTS.splitlines()
    ended = scored(tmp_path, objects="\n".join([f"{heading},{name}", *(f"{row},3" for row in rows)]))

    assert [line.split(": ")[0].removeprefix(f"{tmp_path}/") for line in ended.err if "objects.csv" in line] == cells
    assert ended.code == bool(cells)


@pytest.mark.parametrize(
    ("line", "cell"),
    [
        ("a,,2026-04,5,", "figures.csv:9:4"),
        (",W1,2026-04,,5", "figures.csv:9:5"),
        ("b,W1,2026-04,5,", "figures.csv:9:1"),
        (",W9,2026-04,5,", "figures.csv:9:2"),
        (",W1,2026-02,4,", "figures.csv:9:4"),
    ],
)
def test_a_figure_of_the_wrong_owner_is_told_at_its_cell(tmp_path: Path, line: str, cell: str):
    assert [told.split(": ")[0] for told in flaws(tmp_path, figures=f"{FIGURES}{line}\n")] == [cell]


def test_a_wrong_kind_in_the_list_of_objects_is_looked_for_there(tmp_path: Path):
    wrong = flaws(tmp_path, objects=OBJECTS.replace("section,", "reach,"))

    assert wrong
    assert all("of the kind reach. Check the kind in the list of objects, or move" in told for told in wrong), wrong


def test_a_sheet_with_objects_asks_for_their_list(tmp_path: Path):
    scored(tmp_path)
    words = ["--units", str(tmp_path / "units.csv"), "--figures", str(tmp_path / "figures.csv")]
    ended = run("score", str(tmp_path / "rules.yaml"), *words, "--out", str(tmp_path / "o.json"), "--lang", "en")

    assert ended.code == 1
    assert any("--objects" in line and "rules.yaml:6:" in line for line in ended.err)
