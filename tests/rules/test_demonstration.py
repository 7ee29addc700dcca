"""The demonstration years: figures drawn from a seed, tasks and items that name each other."""

from __future__ import annotations

import shutil
import subprocess
import sys
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

    assert [item["id"] for item in items if not item.get("tasks") or "M" not in item["note"]["zh"]] == []


def test_the_sheet_has_as_many_items_and_tasks_as_its_notes_say() -> None:
    assert [len(items_under(document(year, "rule-sheet.yaml")["items"])) for year in YEARS] == [72, 72]
    assert [len(document(year, "tasks.yaml")["tasks"]) for year in YEARS] == [94, 94]
