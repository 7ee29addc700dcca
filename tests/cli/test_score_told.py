"""What a scoring says of units, groups and figures that were hardly meant so: on standard error, in every file."""

from __future__ import annotations

import csv
import json
import subprocess
from pathlib import Path

import pytest

from tests.cli.running import Ended, run, written
from tests.cli.test_score_any_numbers import cells

SHEET = """\
id: told
title: {zh: 评分表, en: A sheet}
year: 2026
groups:
  - {id: streets, title: {zh: 街道, en: Streets}, where: kind == "street"}
  - {id: rivers, title: {zh: 沿河, en: Riverside}, where: kind == "street" and river}
  - {id: parks, where: kind == "park"}
figures:
  pm25: {title: {zh: 细颗粒物, en: PM2.5}, kind: number, from: unit}
  do: {title: {zh: 溶解氧, en: Oxygen}, kind: number, from: unit}
  noise: {title: {zh: 噪声, en: Noise}, kind: number, from: unit}
items:
  - {id: air, title: Air, points: 60, method: ratio, figure: pm25, target: 30, better: lower, missing: block, clause: 1}
  - {id: wet, title: Wet, points: 30, method: ratio, figure: do, target: 7, better: higher, missing: zero, clause: 2}
  - {id: quiet, points: 10, method: ratio, figure: noise, target: 50, better: lower, missing: zero, clause: 3}
"""
UNITS = ("unit,name_zh,name_en,kind,river", "s1,甲,Jia,street,no", "s2,乙,Yi,street,yes", "f1,丙,Bing,firm,no")
FIGURES = ("unit,pm25,do", "s1,30,", "s2,,7", "f1,30,7")
EN = [
    (
        "s.yaml:6:6: warning group-overlap: All units that match the group Riverside are "
        "already in groups above it. Move it up or change its `where`."
    ),
    "s.yaml:7:6: warning group-empty: No unit matches the group Group 3. Check its `where` or the list of units.",
    (
        "s.yaml:7:6: warning missing-title: The group “parks” has no title, so pages and "
        "documents have no name for it. Add `title`."
    ),
    (
        "s.yaml:11:3: warning figure-column-empty: No unit has a value of Noise (noise). "
        "Supply it, or check the headings of the data file."
    ),
    (
        "s.yaml:15:6: warning missing-title: The item “quiet” has no title, so pages and "
        "documents have no name for it. Add `title`."
    ),
    (
        "u.csv:4:1: warning unit-without-group: “Bing” (f1) matches no group and is not "
        "assessed. Check its attributes or the groups' `where`."
    ),
]
ZH = [
    (
        "s.yaml:6:6: warning group-overlap: 符合分组“沿河”条件的单位都已归入前面的分组，"
        "本组没有单位，请把本组移到前面，或修改分组条件。"
    ),
    ("s.yaml:7:6: warning group-empty: 没有单位符合分组“第3组”的条件，请核对分组条件或考核对象名单。"),
    "s.yaml:7:6: warning missing-title: 分组“parks”没有名称，页面和考核结果单上没有可用的称呼，请补上title。",
    "s.yaml:11:3: warning figure-column-empty: 数据项“噪声”（noise）没有任何单位的数据，请补报，或核对数据文件的表头。",
    "s.yaml:15:6: warning missing-title: 考核项“quiet”没有名称，页面和考核结果单上没有可用的称呼，请补上title。",
    "u.csv:4:1: warning unit-without-group: 单位“丙”（f1）不符合任何分组的条件，不参加考核，请核对其属性或分组条件。",
]
LAST_EN = "scored 1 of 3 units, 1 blocked, 1 without group; missing values: pm25 1, do 1, noise 2"
LAST_ZH = "计分 1 个，共 3 个，暂缓 1 个，未分组 1 个；缺数据：pm25 1、do 1、noise 2"
IN_FILES = {
    "Yi": "no total until data are supplied for: Air",
    "Bing": "the unit belongs to no group",
    "All units": "No unit has a value of Noise (noise). Supply it, or check the headings of the data file.",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sheet, units and figures with one of everything that is told, in the working directory."""
    monkeypatch.chdir(tmp_path)
    written("s.yaml", SHEET)
    written("u.csv", *UNITS)
    written("f.csv", *FIGURES)
    return tmp_path


def score(*words: str, sheet: str = "s.yaml") -> Ended:
    """The scoring of the folder."""
    return run("score", sheet, "--units", "u.csv", "--figures", "f.csv", *words)


def test_warnings_stand_on_standard_error_by_place_and_one_line_sums_up(folder: Path):
    assert score("--out", "r.json") == Ended(0, "", [*ZH, LAST_ZH])
    assert score("--out", "r.json", "--lang", "en") == Ended(0, "", [*EN, LAST_EN])


def test_the_check_of_a_sheet_gives_the_same_warnings_and_then_what_it_read(folder: Path):
    ended = run("rules", "check", "s.yaml", "--units", "u.csv", "--figures", "f.csv", "--lang", "en")

    assert (ended.code, ended.err) == (0, EN)
    assert ended.out.startswith("The rule sheet told (2026) is valid")
    written("units.csv", *UNITS)
    written("figures.csv", *FIGURES)
    beside = run("rules", "check", "s.yaml", "--lang", "en")
    assert [line.replace("units.csv", "u.csv") for line in beside.err] == EN


def test_a_sheet_with_flaws_is_told_its_flaws_and_not_its_warnings(folder: Path):
    written("s.yaml", SHEET.replace("method: ratio, figure: do", "method: ratoi, figure: do"))
    ended = run("rules", "check", "s.yaml", "--units", "u.csv", "--lang", "en")

    assert (ended.code, len(ended.err), "warning" in ended.err[0]) == (1, 1, False)


def test_in_a_workbook_a_warning_names_the_cell(folder: Path):
    run("rules", "convert", "s.yaml", "s.xlsx")
    ended = score("--out", "r.json", "--lang", "en", sheet="s.xlsx")

    assert sorted(line.partition(": ")[0] for line in ended.err[:-1]) == [
        "s.xlsx:分组!A4", "s.xlsx:分组!A5", "s.xlsx:分组!A5", "s.xlsx:数据项!A5", "s.xlsx:考核项!B5", "u.csv:4:1",
    ]  # fmt: skip


@pytest.mark.needs("pdftotext")
def test_every_result_file_says_who_has_no_total_and_which_figures_nobody_gave(folder: Path):
    score("--lang", "en", *(word for ending in ("json", "csv", "xlsx", "pdf") for word in ("--out", f"r.{ending}")))

    warnings = json.loads(Path("r.json").read_text("utf-8"))["warnings"]
    assert [(each["unit"], each["id"], each["clause"], each["en"]) for each in warnings] == [
        ("s2", None, None, IN_FILES["Yi"]),
        ("f1", None, None, IN_FILES["Bing"]),
        (None, "rivers", None, EN[0].partition("group-overlap: ")[2]),
        (None, "parks", None, EN[1].partition("group-empty: ")[2]),
        (None, "noise", None, IN_FILES["All units"]),
    ]
    with Path("r.csv").open(encoding="utf-8-sig", newline="") as file:
        in_csv = {row["name_en"]: row["warnings_en"] for row in csv.DictReader(file)}
    assert in_csv == {
        "Jia": "",
        "Yi": IN_FILES["Yi"],
        "Bing": IN_FILES["Bing"],
        "": "; ".join(each["en"] for each in warnings if each["unit"] is None),
    }
    in_book = {row["Unit"]: row["Warning"] for row in cells(Path("r.xlsx"), "Warnings")}
    assert in_book == IN_FILES
    paper = subprocess.run(["pdftotext", "-layout", "r.pdf", "-"], check=True, capture_output=True, text=True).stdout
    assert all(" ".join(words.split()[:6]) in " ".join(paper.split()) for words in IN_FILES.values())
