"""What `docs/architecture.md` says of additions is done on a copy of the service: each costs a few files, and works."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.web.additions import COLUMN, METHOD, ROLE, STAGE, Edit

TOP = Path(__file__).parents[2]
COPIED = ("assess", "tests", "rules")
LINKED = ("templates", "static", "pyproject.toml")


class Recipe(NamedTuple):
    """An addition: its edits, the tests that hold it, the files that no test reads, and how many files it may cost."""

    edits: Sequence[Edit]
    held_by: Sequence[str]
    unread: Sequence[str]
    most_of_service: int
    most_of_all: int


DECLARED = "tests/web/test_declarations.py"
WHOLE = "tests/core/methods/test_completeness.py"
FILLED_IN = "tests/services/test_handover.py::test_every_field_of_the_tables_has_a_column_and_is_filled_in"
PEOPLE_AND_STAGES = (
    *(DECLARED, "tests/web/test_menu.py", "tests/core/test_workflow.py"),
    "tests/web/test_access.py::test_every_route_stands_in_the_table_of_who_may_open_it",
)
PAGES_OF_GUIDE = ("README.md", "docs/operating.md", "CHANGELOG.md")
MADE_AGAIN = ("CHANGELOG.md", "tests/products/digests.json")
RECIPES = {
    "role": Recipe(ROLE, PEOPLE_AND_STAGES, PAGES_OF_GUIDE, 5, 12),
    "stage": Recipe(STAGE, PEOPLE_AND_STAGES, PAGES_OF_GUIDE, 5, 12),
    "method": Recipe(
        METHOD,
        (
            *(WHOLE, "tests/core/methods/test_inside.py", "tests/core/rules/test_words.py"),
            "tests/test_papers.py::test_each_guide_lists_the_rules_of_the_gallery_and_every_one_that_a_docstring_names",
            "tests/core/explanations/test_pocket_calculator.py::test_the_gallery_shows_sentences_of_every_method",
            "tests/rules/test_examples.py",
        ),
        MADE_AGAIN,
        most_of_service=3,
        most_of_all=10,
    ),
    "column": Recipe(
        COLUMN,
        (
            FILLED_IN,
            "tests/files/test_handover.py",
            "tests/core/test_handover.py",
            "tests/web/test_handover_columns.py",
        ),
        MADE_AGAIN,
        most_of_service=3,
        most_of_all=8,
    ),
}


@pytest.mark.parametrize("name", RECIPES)
def test_an_addition_costs_a_few_files(tmp_path: Path, name: str):
    recipe = RECIPES[name]
    copy_to(tmp_path)
    carry_out(tmp_path, recipe.edits)
    files = {edit.path for edit in recipe.edits}

    assert outcome(tmp_path, *recipe.held_by) == ""
    assert len([file for file in files if file.startswith("assess/")]) <= recipe.most_of_service
    assert len(files | set(recipe.unread)) <= recipe.most_of_all


def test_a_sheet_is_scored_with_a_new_method(tmp_path: Path):
    copy_to(tmp_path)
    carry_out(tmp_path, METHOD)
    gallery, out = tmp_path / "rules" / "method-gallery", tmp_path / "results.csv"
    words = [gallery / "rule-sheet.yaml", "--units", gallery / "units.csv", "--figures", gallery / "figures.csv"]
    previous = ["--previous", gallery / "figures-2024.csv"]
    score = [sys.executable, "-m", "assess", "score", *map(str, (*words, *previous)), "--out", str(out)]
    done = subprocess.run(score, cwd=tmp_path, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout + done.stderr
    rows = csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines())
    assert {row["dust-inside"] for row in rows} == {"10.00", "0.00", ""}


FORGOTTEN = {
    "role": (ROLE[:1], DECLARED, ["auditor: an account of the demonstration"]),
    "stage": (STAGE[:1], DECLARED, ["hearing: its acts in the demonstration"]),
    "method": (
        METHOD[:1],
        WHOLE,
        [
            "inside: core/methods/__init__.py does not list it in ALL",
            "inside: core/methods/as_rule/__init__.py does not tell it as a rule",
            "inside: no test reckons its points from its sentence",
            "inside: rules/README.md does not tell of it",
            "inside: rules/README.zh.md does not tell of it",
            "inside: rules/method-gallery has no item of it",
            "inside: rules/method-gallery/examples.yaml has no example of it",
        ],
    ),
    "column": (COLUMN[:1], FILLED_IN, ["base: core/handover/columns.py has no column of HandedUnit for it"]),
    "value of a column": (COLUMN[:2], FILLED_IN, ["base: services/handover/preparing.py never fills it in"]),
}


@pytest.mark.parametrize("name", FORGOTTEN)
def test_what_is_forgotten_is_named(tmp_path: Path, name: str):
    edits, test, lacking = FORGOTTEN[name]
    copy_to(tmp_path)
    carry_out(tmp_path, edits)
    told = outcome(tmp_path, test)

    assert [each for each in lacking if each not in told] == []


def copy_to(folder: Path) -> None:
    """The service and its tests in another folder."""
    for name in COPIED:
        shutil.copytree(TOP / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "old_files"))
    for name in LINKED:
        (folder / name).symlink_to(TOP / name)


def carry_out(folder: Path, edits: Sequence[Edit]) -> None:
    """Make each edit at the only place that it can mean."""
    for edit in edits:
        file = folder / edit.path
        text = file.read_text(encoding="utf-8") if edit.old else ""
        assert (edit.path, file.exists(), text.count(edit.old)) == (edit.path, bool(edit.old), 1)
        file.write_text(text.replace(edit.old, edit.new), encoding="utf-8")


def outcome(folder: Path, *tests: str) -> str:
    """What tests of a copy fail with; nothing where all pass."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-vv", "-x"]
    done = subprocess.run([*command, *tests], cwd=folder, capture_output=True, text=True)
    return "" if done.returncode == 0 else done.stdout + done.stderr
