"""Flaws and warnings as a JSON file, with codes that programs can rely on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cli.running import Ended, changed, run, scoring, written

SHEET = """\
id: told
title: {zh: 评分表, en: A sheet}
year: 2026
points: 30
groups:
  - {id: streets, title: {zh: 街道, en: Streets}, where: kind == "street"}
figures:
  green: {title: {zh: 绿化率, en: Green}, kind: percent, min: 0, max: 100, period: half, roll_up: mean, from: unit}
  cases: {title: {zh: 问题, en: Cases}, kind: count, from: unit}
missing: zero
items:
  - id: green
    title: {zh: 绿化, en: Green}
    points: 10
    method: bands
    figure: green
    bands: [{from: 105, points: 10}, {from: 90, points: 9}, {points: 0}]
    clause: 1
  - {id: few, title: {zh: 少, en: Few}, points: 20, method: deduct, lines: [{figure: cases, points: 1}], clause: 2}
adjustments:
  - kind: total-cap
    id: bad
    title: {zh: 封顶, en: Cap}
    when:
      cases < 0
    at: 25
    clause: 3
"""
UNITS = ("unit,name_zh,kind", "s1,甲,street", "f1,丙,firm")
FIGURES = ("unit,period,green,cases", "s1,2026-H1,1,", "s1,2026-H2,0.5,", "f1,2026-H2,0.25,", "f1,,,3")
CODES = [
    ("unreachable-full-mark", "rule-sheet.yaml", 17, 5),
    ("dead-band", "rule-sheet.yaml", 17, 14),
    ("constant-condition", "rule-sheet.yaml", 25, 7),
    ("unit-without-group", "units.csv", 3, 1),
    ("percent-as-fraction", "figures.csv", 3, 3),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sheet, units and figures that are warned of, in the working directory."""
    monkeypatch.chdir(tmp_path)
    written("rule-sheet.yaml", SHEET)
    written("units.csv", *UNITS)
    written("figures.csv", *FIGURES)
    return tmp_path


def places(told: list[dict[str, Any]]) -> list[tuple[str, str, int, int]]:
    """Code, file, line and column of each message."""
    return [(each["code"], each["file"], each["line"], each["column"]) for each in told]


def test_the_check_of_a_sheet_writes_its_warnings_in_the_order_of_files_and_places(folder: Path):
    ended = run("rules", "check", "rule-sheet.yaml", "--messages", "m.json", "--lang", "en")

    told = json.loads(Path("m.json").read_text("utf-8"))
    assert (told["flaws"], places(told["warnings"])) == ([], CODES)
    assert [f"{each['file']}:{each['line']}:{each['column']}: warning {each['code']}: {each['text']}"
            for each in told["warnings"]] == ended.err  # fmt: skip
    assert ended.out.splitlines()[-1] == "Files: rule-sheet.yaml, units.csv, figures.csv"


def test_scoring_writes_the_same_and_says_them_in_the_chosen_language(folder: Path):
    ended = run(*scoring("--out", "r.json", "--messages", "-", previous="", previous_results="", exemptions=""))

    told = json.loads(ended.out)["warnings"]
    assert places(told) == CODES
    assert told[0]["text"] == "“绿化”分值10，而bands中能得到的最高分是9，无法得满分，请修改。"
    assert ended.err[-1] == "计分 1 个，共 2 个，未分组 1 个；缺数据：cases 1"


def test_messages_on_standard_output_stand_there_alone(folder: Path):
    ended = run("rules", "check", "rule-sheet.yaml", "--messages", "-", "--lang", "en")

    assert places(json.loads(ended.out)["warnings"]) == CODES
    assert ended.err[-1] == "Files: rule-sheet.yaml, units.csv, figures.csv"


def test_flaws_are_written_with_their_codes_and_the_exit_code_stays_1(folder: Path):
    changed("rule-sheet.yaml", ("method: deduct", "metod: deduct"), ("clause: 2", "clause: 2, weight: -1"))
    written("units.csv", "unit,name_zh,kind", "s1,甲,street", "s1,乙,street")

    ended = run("rules", "check", "rule-sheet.yaml", "--messages", "m.json")

    told = json.loads(Path("m.json").read_text("utf-8"))
    assert (ended.code, told["warnings"]) == (1, [])
    assert places(told["flaws"]) == [
        ("neither", "rule-sheet.yaml", 19, 5),
        ("negative", "rule-sheet.yaml", 19, 123),
        ("twice", "units.csv", 3, 1),
    ]


def test_a_flaw_of_a_value_has_the_code_of_what_is_wrong_with_it(folder: Path):
    written("figures.csv", "unit,period,green,cases", "s1,2026-H1,105,", "s9,2026-H1,90,", "s1,2026-Q1,90,")

    ended = run(*scoring("--out", "r.json", "--messages", "m.json", previous="", previous_results="", exemptions=""))

    told = json.loads(Path("m.json").read_text("utf-8"))["flaws"]
    assert ended.code == 1
    assert places(told) == [
        ("too-large", "figures.csv", 2, 3),
        ("unknown-unit", "figures.csv", 3, 1),
        ("not-its-period", "figures.csv", 4, 3),
    ]


def test_in_a_workbook_line_and_column_are_the_numbers_of_the_cell(folder: Path):
    run("rules", "convert", "rule-sheet.yaml", "s.xlsx")
    run("rules", "check", "s.xlsx", "--messages", "m.json")

    told = json.loads(Path("m.json").read_text("utf-8"))["warnings"]
    cells = [(each["code"], each["sheet"], each["line"], each["column"]) for each in told if "sheet" in each]
    (condition,) = [each for each in cells if each[0] == "constant-condition"]
    assert load_workbook("s.xlsx")[condition[1]].cell(*condition[2:]).value == "cases < 0"
    assert {each[0] for each in cells} == {code for code, file, *_ in CODES if file == "rule-sheet.yaml"}


@pytest.mark.parametrize("name", ["units.csv", "r.json"])
def test_a_file_that_the_command_reads_or_writes_is_not_overwritten(folder: Path, name: str):
    words = scoring("--out", "r.json", "--messages", name, previous="", previous_results="", exemptions="")

    assert run(*words, "--lang", "en") == Ended(
        1, "", [f"{name}: The command reads or writes this file itself. Enter another name."]
    )
    assert Path("units.csv").read_text("utf-8").startswith("unit,")
