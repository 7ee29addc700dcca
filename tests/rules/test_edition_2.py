"""Worked cases of the second edition of the format: each a folder with a sheet, units, figures and what must come."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest

from tests.cli.running import run

CASES: Final = Path(__file__).parent / "edition_2"
FOLDERS: Final = sorted(
    path.parent.name for path in CASES.glob("*/expected.json") if (path.parent / "rule-sheet.yaml").exists()
)
BESIDE: Final = {"objects": "objects.csv", "previous": "previous.csv"}
"""The options whose files some cases have."""


def scored(folder: Path, through: str | None, out: Path) -> dict[str, Any]:
    """The JSON result of a case, its units by code; `through` is the last period that counts."""
    given = {"units": "units.csv", "figures": "figures.csv"}
    given |= {option: file for option, file in BESIDE.items() if (folder / file).exists()}
    options = [word for option, file in given.items() for word in (f"--{option}", str(folder / file))]
    options += [] if through is None else ["--through", through]
    ended = run("score", str(folder / "rule-sheet.yaml"), *options, "--out", str(out), "--lang", "en")
    assert ended.code == 0, ended.err
    result: dict[str, Any] = json.loads(out.read_bytes())
    return result | {"units": {unit["unit"]: unit for unit in result["units"]}}


def unlike(expected: Any, found: Any, where: str = "") -> list[str]:
    """Where a result differs from the part of it that is stated; lists in order, keys that are not stated aside."""
    if isinstance(expected, dict) and isinstance(found, dict):
        missing = [f"{where}.{key} is not there" for key in expected if key not in found]
        return missing + [
            line for key in expected if key in found for line in unlike(expected[key], found[key], f"{where}.{key}")
        ]
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        pairs = enumerate(zip(expected, found, strict=True))
        return [line for place, pair in pairs for line in unlike(*pair, f"{where}.{place}")]
    return [] if expected == found else [f"{where}: {expected!r} expected, {found!r} found"]


@pytest.mark.parametrize("case", FOLDERS)
def test_a_case_worked_out_by_hand_gives_its_result(case: str, tmp_path: Path):
    expected = json.loads((CASES / case / "expected.json").read_bytes())

    assert unlike(expected, scored(CASES / case, expected.pop("through", None), tmp_path / "results.json")) == []
