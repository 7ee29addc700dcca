"""Results of sheets that round nothing, written to every ending and read back: each says what the JSON says."""

from __future__ import annotations

import csv
import json
import random
import subprocess
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from assess.core.numbers import from_cell
from tests.cli.running import run

ENDINGS = ("json", "csv", "xlsx", "pdf")
SEEDS = range(8)
CHOICES = ("①", "²", "--5", "001")
HUGE = 10**14 + 1


def number(draw: random.Random) -> str:
    """A figure: thirds of nothing, huge, negative, tiny, or missing."""
    return draw.choice(
        ["", "0", str(draw.randint(-99, 99)), f"{draw.randint(-9, 99)}.{draw.randint(0, 999):03d}",
         str(draw.randint(-(10**14), 10**14)), f"{draw.randint(0, 9)}.{draw.randint(0, 10**24 - 1):024d}"]
    )  # fmt: skip


def a_year(draw: random.Random, folder: Path) -> None:
    """A sheet without rounding, or with totals rounded, its units and figures, in a folder."""
    lines = [{"figure": "b", "points": "2/3", "per": 7, "partial": "pro-rata", "better": "lower"}]
    wide = {"floor": str(-HUGE), "cap": str(HUGE), "missing": draw.choice(["zero", "exclude"])}
    items: list[dict[str, Any]] = [
        {"id": "line", "points": 30, "method": "interpolate", "figure": "a", "full_at": 30, "zero_at": "60.7"},
        {"id": "share", "points": "100/3", "method": "ratio", "figure": "a", "target": 7, "better": "higher", **wide},
        {"id": "taken", "points": 20, "method": "deduct", "lines": lines, **wide},
        {"id": "words", "points": 1, "method": "lookup", "figure": "c", "table": dict.fromkeys(CHOICES, "2/3")},
        {"id": "any", "points": str(HUGE), "method": "formula", "points_from": "a * b / 7", **wide},
        {"id": "place", "points": 10, "method": "spread", "figure": "b", "better": "higher", **wide},
    ]
    chosen = draw.sample(items, draw.randint(1, len(items)))
    for item in chosen:
        item |= {
            "clause": "1",
            "title": f"项{item['id']}",
            "missing": item.get("missing", draw.choice(["zero", "block"])),
        }
    used = {"a": ("line", "share", "any"), "b": ("taken", "any", "place"), "c": ("words",)}
    ids = {item["id"] for item in chosen}
    figures: dict[str, dict[str, Any]] = {
        name: {"kind": "choice", "choices": list(CHOICES), "from": "unit"} if name == "c" else
        {"kind": "number", "from": "unit"} for name, by in used.items() if ids & set(by)
    }  # fmt: skip
    sheet: dict[str, Any] = {"id": "any-numbers", "title": "数", "year": 2026, "figures": figures, "items": chosen}
    if draw.random() < 0.6:
        sheet["groups"] = [{"id": each, "title": each, "where": f'kind == "{each}"'} for each in ("street", "town")]
    if draw.random() < 0.3:
        sheet["rounding"] = {"total": draw.randint(0, 3)}
    if draw.random() < 0.5:
        sheet["conversion"] = {"points": 10, "by": draw.choice(["share", "spread", "relative"])}
    (folder / "sheet.yaml").write_text(yaml.safe_dump(sheet, allow_unicode=True, sort_keys=False), encoding="utf-8")
    kinds = ["street", "street", "town", "firm", "street", "town"]
    units = [f"u{n},单位{n},Unit {n},{kind}" for n, kind in enumerate(kinds)]
    (folder / "units.csv").write_text("\n".join(["unit,name_zh,name_en,kind", *units, ""]), encoding="utf-8")
    rows = [
        ",".join([f"u{n}", *(draw.choice(["", *CHOICES]) if name == "c" else number(draw) for name in figures)])
        for n in range(len(kinds))
    ]
    text = "\n".join([",".join(["unit", *figures]), *rows, ""])
    (folder / "figures.csv").write_text(text, encoding="utf-8")


def cells(book: Path, tab: str) -> list[dict[str, Any]]:
    """The rows of a tab by heading; its headings stand in the third row."""
    _, _, headings, *rows = openpyxl.load_workbook(book)[tab].iter_rows(values_only=True)
    return [dict(zip(map(str, headings), row, strict=True)) for row in rows]


def says(cell: Any, printed: str | None) -> bool:
    """Whether a cell says a printed number: as a number of the very same digits, else as text."""
    if printed is None or isinstance(cell, str | None):
        return cell == printed
    return from_cell(cell) == Fraction(printed)


@pytest.mark.needs("pdftotext")
@pytest.mark.parametrize("seed", SEEDS)
def test_any_sheet_is_written_to_every_ending_and_reads_back_the_same(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    a_year(random.Random(seed), tmp_path)
    words = ["sheet.yaml", "--units", "units.csv", "--figures", "figures.csv", "--lang", "en"]
    outs = [word for ending in ENDINGS for word in ("--out", f"r.{ending}")]
    ended = run("score", *words, *outs)

    assert ended.code == 0, ended.err
    units = json.loads((tmp_path / "r.json").read_text("utf-8"))["units"]
    with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as file:
        in_csv = {row["unit"]: row for row in csv.DictReader(file)}
    ranking = {row["Code"]: row for row in cells(tmp_path / "r.xlsx", "Ranking")}
    points = {(row["Code"], row["Item"]): row for row in cells(tmp_path / "r.xlsx", "Points by item")}

    assert [sorted(found) for found in (in_csv, ranking)] == [sorted(unit["unit"] for unit in units)] * 2
    for unit in units:
        code = unit["unit"]
        assert in_csv[code]["total"].lstrip("'") == (unit["total"] or "")
        assert says(ranking[code]["Total"], unit["total"])
        assert says(ranking[code]["Converted"], unit["converted"])
        for node, score in unit["scores"].items():
            assert in_csv[code][node] == (score["score"] or "")
            assert says(points[code, f"项{node}"]["Points"], score["score"])
    told = subprocess.run(["pdftotext", "r.pdf", "-"], check=True, capture_output=True, text=True).stdout
    assert [unit["unit"] for unit in units if told.count(f"Unit {unit['unit'][1:]}\n") < 2] == []
