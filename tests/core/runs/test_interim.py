"""The rules of an interim ranking while figures are missing are rules like any other."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.core.rules.sheet import digest_of
from assess.core.runs.interim import interim_rules
from assess.files.rule_sheets import load_sheet
from assess.files.rule_sheets.yaml_writer import yaml_text
from tests.years import RULES

SHEETS = sorted(RULES.parent.glob("*/rule-sheet.yaml"))


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.parent.name)
def test_interim_rules_of_every_shipped_sheet_pass_the_check_and_are_read_as_they_were_written(
    path: Path, tmp_path: Path
):
    rules = interim_rules(load_sheet(path).sheet)
    written = tmp_path / "rule-sheet.yaml"
    written.write_text(yaml_text(rules), encoding="utf-8")

    read = load_sheet(written)
    flaws = read.checked()
    assert [flaw.what.en for flaw in flaws] == [flaw.what.en for flaw in load_sheet(path).checked()]
    assert digest_of(read.sheet) == digest_of(rules)
    assert (rules.grades, rules.conversion) == (None, None)
    assert rules.title.zh.endswith("（阶段排名，数据未齐）")
