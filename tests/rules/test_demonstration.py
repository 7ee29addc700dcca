"""The demonstration years: figures drawn from a seed, tasks and items that name each other."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

RULES = Path(__file__).parents[2] / "rules"
YEARS = (2025, 2026)
MADE = [RULES / f"chaoyang-{year}" / name for year in YEARS for name in ("figures.csv", f"figures-{year - 1}.csv")]


def document(year: int, name: str) -> Any:
    """A YAML file of a year, all values as text."""
    return yaml.load((RULES / f"chaoyang-{year}" / name).read_text(encoding="utf-8"), yaml.BaseLoader)


def items_under(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The items of a tree, in order."""
    return [item for node in nodes for item in (items_under(node["items"]) if "items" in node else [node])]


def test_the_figures_are_written_again_byte_for_byte(tmp_path: Path) -> None:
    again = tmp_path / "rules"
    again.mkdir()
    for file in [
        *RULES.glob("demonstration*"),
        *RULES.glob("chaoyang-*/units.csv"),
        *RULES.glob("chaoyang-*/tasks.yaml"),
    ]:
        target = again / file.relative_to(RULES)
        target.parent.mkdir(exist_ok=True)
        shutil.copy(file, target)

    subprocess.run([sys.executable, str(again / "demonstration.py")], check=True)

    written = {file.relative_to(RULES): (again / file.relative_to(RULES)).read_bytes() for file in MADE}
    assert written == {file.relative_to(RULES): file.read_bytes() for file in MADE}


def test_what_2026_compares_with_is_what_2025_was_scored_by() -> None:
    scored_by = (RULES / "chaoyang-2025" / "figures.csv").read_text(encoding="utf-8").splitlines()
    compared = (RULES / "chaoyang-2026" / "figures-2025.csv").read_text(encoding="utf-8").splitlines()
    names = {row.split(",")[1] for row in compared}

    assert compared == [row for row in scored_by if row.split(",")[1] in names]


@pytest.mark.parametrize("year", YEARS)
def test_tasks_and_items_name_each_other(year: int) -> None:
    items = items_under(document(year, "rule-sheet.yaml")["items"])
    tasks = document(year, "tasks.yaml")["tasks"]

    by_item = {(item["id"], no) for item in items for no in item.get("tasks", [])}
    assert by_item == {(item, task["no"]) for task in tasks for item in task["items"]}


@pytest.mark.parametrize("year", YEARS)
def test_every_item_rests_on_a_task_and_a_real_rule(year: int) -> None:
    items = items_under(document(year, "rule-sheet.yaml")["items"])
    text = (RULES / f"chaoyang-{year}" / "rule-sheet.yaml").read_text(encoding="utf-8")
    cited = set(re.findall(r"note: \{zh: (.*?), en: .*# M\d\d", text))

    assert [item["id"] for item in items if not item.get("tasks") or item["note"]["zh"] not in cited] == []


def test_the_sheet_has_as_many_items_and_tasks_as_its_notes_say() -> None:
    assert [len(items_under(document(year, "rule-sheet.yaml")["items"])) for year in YEARS] == [72, 72]
    assert [len(document(year, "tasks.yaml")["tasks"]) for year in YEARS] == [94, 94]


@pytest.fixture(scope="module")
def scored_2026(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The results of 2026, with what 2025 came to."""
    folder = tmp_path_factory.mktemp("results")
    last_year = folder / "2025.json"
    for year, more in ((2025, []), (2026, ["--previous-results", str(last_year)])):
        files = RULES / f"chaoyang-{year}"
        arguments = [files / "rule-sheet.yaml", "--units", files / "units.csv", "--figures", files / "figures.csv"]
        arguments += ["--previous", files / f"figures-{year - 1}.csv", *more, "--out", folder / f"{year}.json"]
        subprocess.run([sys.executable, "-m", "assess", "score", *map(str, arguments)], check=True)
    results: dict[str, Any] = json.loads((folder / "2026.json").read_text(encoding="utf-8"))
    return results


def test_a_deputy_earns_by_the_sections_they_are_in_charge_of(scored_2026: dict[str, Any]) -> None:
    expected = {}
    for unit in scored_2026["units"]:
        sections = [unit["scores"][section] for section in ("air", "water", "noise")]
        share = Fraction(10) * sum(Fraction(s["score"]) for s in sections) / sum(Fraction(s["of"]) for s in sections)
        points = Decimal(share.numerator) / Decimal(share.denominator)
        expected[unit["unit"]] = str(points.quantize(Decimal("0.01"), ROUND_HALF_UP))

    assert {unit["unit"]: points_of(unit, "deputy-ecology") for unit in scored_2026["units"]} == expected


def points_of(unit: dict[str, Any], post: str) -> str:
    """The points of one post."""
    return next(member["points"] for member in unit["members"] if member["post"] == post)


def test_every_kind_of_thing_that_can_happen_happens(scored_2026: dict[str, Any]) -> None:
    happened = {adjustment["id"] for unit in scored_2026["units"] for adjustment in unit["adjustments"]}
    states = {line["state"] for unit in scored_2026["units"] for line in unit["scores"].values()}

    adjustments = document(2026, "rule-sheet.yaml")["adjustments"]
    assert sorted({each["id"] for each in adjustments} - happened) == []
    assert states == {"scored", "missing", "not-applicable"}


def test_the_quota_of_the_top_grade_binds_in_both_groups(scored_2026: dict[str, Any]) -> None:
    top = {"streets": [Decimal(0), 0], "townships": [Decimal(0), 0]}
    for unit in scored_2026["units"]:
        top[unit["group"]][0] += Decimal(unit["total"]) >= 90
        top[unit["group"]][1] += unit["grade"] == "excellent"

    assert top == {"streets": [12, 7], "townships": [7, 5]}
