"""What-if against `assess score` by the other sheet on the same files, less the cells that it refuses."""

from __future__ import annotations

import csv
import random
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from assess.core.explanations.lines import ResultLines
from assess.core.flaws import ValidationError
from assess.core.runs.what_if import OtherInputs, inputs_by
from assess.core.scoring.inputs import ScoringInputs
from assess.core.scoring.run import score
from assess.core.sources import TextPosition
from assess.files.results import write_json
from assess.files.rule_sheets import load_sheet
from assess.files.rule_sheets.yaml_writer import write_yaml
from assess.files.scoring_inputs import Paths, read_inputs
from tests.rounds import some
from tests.years import RULES

SHEETS: Final = RULES.parent
FOLDERS: Final = (
    "chaoyang-2026", "method-gallery", "zhoukou-river-sections", "wuhu-air-2021", "fort-bend-inspections",
    "starters/sections", "starters/monthly", "starters/deduction",
)  # fmt: skip
"""Sheets with months, objects, tasks, choices and years before."""
BOUNDS: Final = ({"min": 2}, {"max": 30}, {"decimals": 0}, {"kind": "count"}, {"kind": "number"}, {"period": "quarter"})


def paths_in(folder: Path) -> Paths:
    """The files of a shipped sheet."""
    previous = sorted(folder.glob("figures-*.csv"))
    objects = folder / "objects.csv"
    return Paths(
        rules=folder / "rule-sheet.yaml", units=folder / "units.csv", figures=folder / "figures.csv",
        previous=previous[-1] if previous else None, objects=objects if objects.exists() else None,
    )  # fmt: skip


def nodes_of(tree: Any) -> Iterator[dict[str, Any]]:
    """Every mapping of the items, from the top down."""
    for node in tree.get("items", ()):
        yield node
        yield from nodes_of(node)


def with_other_points(tree: dict[str, Any], dice: random.Random) -> None:
    node = dice.choice(list(nodes_of(tree)))
    if isinstance(node.get("points"), int):
        node["points"] += dice.randint(1, 9)


def without_an_item(tree: dict[str, Any], dice: random.Random) -> None:
    section = dice.choice([tree, *(each for each in nodes_of(tree) if "items" in each)])
    section["items"].remove(dice.choice(section["items"]))


def with_another_figure(tree: dict[str, Any], dice: random.Random) -> None:
    name = dice.choice(sorted(tree["figures"]))
    tree["figures"][name].update(dice.choice(BOUNDS))


def with_a_figure_renamed(tree: dict[str, Any], dice: random.Random) -> None:
    name = dice.choice(sorted(tree["figures"]))
    renamed = re.sub(rf"\b{name}\b", "another_name", yaml.safe_dump(tree, allow_unicode=True, sort_keys=False))
    tree.update(yaml.safe_load(renamed))


CHANGES: Final[tuple[Callable[[dict[str, Any], random.Random], None], ...]] = (
    with_other_points, without_an_item, with_another_figure, with_a_figure_renamed,
)  # fmt: skip


def changed_sheet(folder: Path, dice: random.Random) -> None:
    """Change the sheet of a folder a few times, so that it is still without flaws."""
    path = folder / "rule-sheet.yaml"
    given = read_inputs(paths_in(folder))
    for _ in range(dice.randint(1, 4)):
        before = path.read_text(encoding="utf-8")
        tree = yaml.safe_load(before)
        dice.choice(CHANGES)(tree, dice)
        path.write_text(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False), encoding="utf-8")
        try:
            flaws = load_sheet(path).checked(given.units.kinds)
        except ValidationError as flawed:
            flaws = flawed.flaws
        if flaws:
            path.write_text(before, encoding="utf-8")


def read_without_refused_cells(folder: Path) -> ScoringInputs:
    """What `assess score` reads, after every cell that it refuses is emptied."""
    while True:
        try:
            return read_inputs(paths_in(folder))
        except ValidationError as flawed:
            for flaw in flawed.flaws:
                assert isinstance(flaw.where, TextPosition)
                assert "figures" in Path(flaw.where.file).name, flaw.where
                empty(Path(flaw.where.file), flaw.where.line, flaw.where.column)


def empty(path: Path, line: int, column: int) -> None:
    """Empty a cell of a table, the whole column below a heading, or the row where each row is one value."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    if line > 1 and "value" in rows[0]:
        rows[line - 1] = [""] * len(rows[0])
    elif line > 1:
        rows[line - 1][column - 1] = ""
    else:
        for number, row in enumerate(rows):
            row[column - 1] = "" if number else "备注"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def json_of(inputs: ScoringInputs, path: Path) -> bytes:
    """The results as `assess score` writes them."""
    write_json(ResultLines(score(inputs)), path)
    return path.read_bytes()


@pytest.mark.parametrize("seed", some(range(200), 0, 32))
def test_the_inputs_of_one_sheet_score_by_another_as_its_own_files_do(seed: int, tmp_path: Path):
    folder = tmp_path / "files"
    shutil.copytree(SHEETS / FOLDERS[seed % len(FOLDERS)], folder)
    given = read_inputs(paths_in(folder))
    changed_sheet(folder, random.Random(seed))
    sheet = load_sheet(folder / "rule-sheet.yaml").sheet

    tried = inputs_by(sheet, given)

    expected = read_without_refused_cells(folder)
    assert json_of(tried.inputs, tmp_path / "tried.json") == json_of(expected, tmp_path / "expected.json")


def tried_with(folder: Path, change: Callable[[dict[str, Any]], None]) -> OtherInputs:
    """The shipped inputs of a folder by its own sheet after a change."""
    given = read_inputs(paths_in(SHEETS / "starters/monthly"))
    write_yaml(given.sheet, folder / "rule-sheet.yaml")
    tree = yaml.safe_load((folder / "rule-sheet.yaml").read_text(encoding="utf-8"))
    change(tree)
    (folder / "rule-sheet.yaml").write_text(yaml.safe_dump(tree, allow_unicode=True), encoding="utf-8")
    return inputs_by(load_sheet(folder / "rule-sheet.yaml").sheet, given)


def test_a_figure_under_another_name_is_left_out_and_lacking(tmp_path: Path):
    name = sorted(read_inputs(paths_in(SHEETS / "starters/monthly")).figures.given)[0]

    def rename(tree: dict[str, Any]) -> None:
        with_renamed = re.sub(rf"\b{name}\b", "another_name", yaml.safe_dump(tree, allow_unicode=True))
        tree.update(yaml.safe_load(with_renamed))

    tried = tried_with(tmp_path, rename)

    assert (tried.left_out, tried.lacking) == ((name,), ("another_name",))


def test_a_sheet_of_another_year_counts_as_one_of_the_year_of_the_inputs(tmp_path: Path):
    given = read_inputs(paths_in(SHEETS / "starters/monthly"))

    def age(tree: dict[str, Any]) -> None:
        tree["year"] += 1

    tried = tried_with(tmp_path, age)

    assert json_of(tried.inputs, tmp_path / "tried.json") == json_of(given, tmp_path / "given.json")
