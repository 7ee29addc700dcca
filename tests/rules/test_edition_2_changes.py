"""Worked cases of changes between two rule sheets or years: what each entry of every total changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest

from tests.cli.running import run
from tests.rules.test_edition_2 import CASES, unlike

FOLDERS: Final = sorted(path.parent.name for path in CASES.glob("*/new.yaml"))


def compared(folder: Path, out: Path) -> dict[str, Any]:
    """The JSON of a case: its units by code and their order, each entry of a split as kind, id and change."""
    names = ("units", "figures", "previous", "objects")
    options = {f"--{old}{name}": folder / f"{old}{name}.csv" for name in names for old in ("", "old-")}
    words = [word for option, file in options.items() if file.exists() for word in (option, str(file))]
    ended = run("rules", "what-if", str(folder / "old.yaml"), str(folder / "new.yaml"), *words, "--out", str(out))
    assert ended.code == 0, ended.err
    result: dict[str, Any] = json.loads(out.read_bytes())
    units = {
        unit["unit"]: unit | {"split": [[each["kind"], each["id"], each["change"]] for each in unit["split"]]}
        for unit in result["units"]
    }
    return result | {"order": list(units), "units": units}


@pytest.mark.parametrize("case", FOLDERS)
def test_a_change_worked_out_by_hand_is_split_so(case: str, tmp_path: Path):
    expected = json.loads((CASES / case / "expected.json").read_bytes())

    assert unlike(expected, compared(CASES / case, tmp_path / "changes.json")) == []
