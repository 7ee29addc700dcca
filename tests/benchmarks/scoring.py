"""Scoring in memory and as a whole command, and re-scorings."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from assess.core.explanations.lines import ResultLines
from assess.core.headroom.making import headroom_of
from assess.core.runs.exact_changes import changes_between
from assess.core.runs.stability import effects, rank_range, varied_factors
from assess.core.scoring.run import score
from assess.files.rule_sheets.yaml_writer import write_yaml
from tests.benchmarks import floats
from tests.benchmarks.measuring import Beside, in_turn, peak_megabytes, seconds
from tests.benchmarks.year import checked, figures, inputs, monthly_inputs, sheet, tree

TOP = Path(__file__).parents[2]


def scoring(units: int, *numbers_of_items: int) -> list[Beside]:
    """Scoring and ranking of years with so many items, columns in memory, each beside bare NumPy."""
    works: list[Callable[[], object]] = []
    for items in numbers_of_items:
        given = inputs(units, items)
        works += [partial(score, given), partial(floats.score, figures(units, items) / 100, score(given).groups)]
    medians = in_turn(*works)
    return [Beside(*pair) for pair in zip(medians[::2], medians[1::2], strict=True)]


def memory_of_scoring(units: int, items: int) -> float:
    """The most megabytes of a process that scores once."""
    score(inputs(units, items))
    return peak_megabytes()


def rescoring(units: int, items: int) -> float:
    """A thousand re-scorings with varied weights, the drawing of the weights included."""
    results = score(inputs(units, items))
    return seconds(lambda: rank_range(results, varied_factors("seed", [each.node for each in effects(results)])), 3)


def by_month(units: int, items: int) -> tuple[float, ...]:
    """Scoring of twelve months and of one, in turn."""
    given = (monthly_inputs(units, items, months) for months in (12, 1))
    return in_turn(*(partial(score, each) for each in given), runs=3)


def what_if(units: int, items: int) -> float:
    """Scoring by a changed sheet and splitting what it changes in every total; the old one is scored already."""
    given = inputs(units, items)
    old = ResultLines(score(given))
    plain = tree(items)
    plain["items"][0]["items"][0]["target"] = "81.5"
    changed = replace(given, sheet=checked(plain))
    return seconds(lambda: changes_between(old, ResultLines(score(changed))), 3)


def headroom(units: int, items: int) -> float:
    """What would have gained points, of every item and unit of a year that is scored."""
    results = score(inputs(units, items))
    return seconds(lambda: headroom_of(results), 3)


def command(units: int, items: int) -> float:
    """`assess score`, files in, JSON out, start-up included; its modules are compiled, as after the first use."""
    with TemporaryDirectory() as folder:
        rules, listed, table = write_year(Path(folder), units, items)
        line = [sys.executable, "-m", "assess", "score", rules, "--units", listed, "--figures", table]
        line += ["--out", Path(folder, "results.json")]
        env = os.environ | {"PYTHONPYCACHEPREFIX": folder, "PYTHONDONTWRITEBYTECODE": ""}
        return seconds(lambda: subprocess.run(line, cwd=TOP, env=env, check=True, capture_output=True))


def write_year(folder: Path, units: int, items: int) -> tuple[Path, Path, Path]:
    """The year as a rule sheet, a table of units and one of figures."""
    rules, listed, table = folder / "rule-sheet.yaml", folder / "units.csv", folder / "figures.csv"
    write_yaml(sheet(items), rules)
    codes = inputs(units, items).units.codes
    rows = [(code, f"单位{n}", f"Unit {n}", "street" if n % 3 else "township") for n, code in enumerate(codes)]
    write_csv(listed, [("unit", "name_zh", "name_en", "kind"), *rows])
    values = [[f"{value / 100:.2f}" for value in row] for row in np.transpose(figures(units, items)).tolist()]
    headings = ["unit", *(f"f{n}" for n in range(items))]
    write_csv(table, [headings, *([code, *row] for code, row in zip(codes, values, strict=True))])
    return rules, listed, table


def write_csv(path: Path, rows: list[object]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
