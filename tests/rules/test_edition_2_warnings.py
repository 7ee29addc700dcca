"""Worked cases of warnings of the second edition of the format: each a folder, and every warning with its line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest

from tests.cli.running import run

CASES: Final = Path(__file__).parent / "edition_2"
FOLDERS: Final = sorted(path.parent.name for path in CASES.glob("*/warnings.json"))


@pytest.mark.parametrize("case", FOLDERS)
def test_a_case_gives_its_warnings_and_no_other(case: str):
    ended = run("rules", "check", str(CASES / case / "rule-sheet.yaml"), "--messages", "-")
    told = json.loads(ended.out)

    assert (ended.code, told["flaws"]) == (0, [])
    found = [[each["code"], Path(each["file"]).name, each["line"]] for each in told["warnings"]]
    assert sorted(found) == json.loads((CASES / case / "warnings.json").read_bytes())
