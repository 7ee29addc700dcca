"""Rule sheets begun from a template: they pass their check, without warnings, and score."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assess.files.starter_folders import TEMPLATES
from tests.cli.running import Ended, run

EVERY = {"rule-sheet.yaml", "units.csv", "figures.csv", "examples.yaml"}


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_passes_its_check_without_warnings_and_scores_every_unit(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    begun = run("rules", "new", name, "here", "--lang", "en")
    monkeypatch.chdir("here")
    files = {file.name for file in Path().iterdir()}
    objects = ["--objects", "objects.csv"] if "objects.csv" in files else []

    checked = run("rules", "check", "rule-sheet.yaml", "--messages", "-")
    scored = run(
        "score", "rule-sheet.yaml", "--units", "units.csv", "--figures", "figures.csv", *objects, "--out", "r.json"
    )

    assert (begun.code, files - {"objects.csv"}) == (0, EVERY)
    assert (checked.code, json.loads(checked.out)) == (0, {"flaws": [], "warnings": []})
    units = json.loads(Path("r.json").read_bytes())["units"]
    assert (scored.code, {unit["state"] for unit in units}) == (0, {"scored"})
    assert len(scored.err) == 1


def test_without_a_name_the_templates_are_listed():
    listed = run("rules", "new", "--lang", "en")

    assert (listed.code, listed.err) == (0, [])
    assert [line.split()[0] for line in listed.out.splitlines()] == list(TEMPLATES)


def test_a_folder_that_is_not_empty_and_a_name_that_is_unknown_are_refused(tmp_path: Path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "note.txt").write_text("mine", "utf-8")

    assert run("rules", "new", "hundred", str(tmp_path / "full"), "--lang", "en") == Ended(
        1, "", [f"{tmp_path / 'full'}: The folder is not empty. Enter another name."]
    )
    assert run("rules", "new", "hundert", str(tmp_path / "new"), "--lang", "en") == Ended(
        1, "", ["TEMPLATE: There is no template “hundert”. Did you mean “hundred”?"]
    )
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["full", "note.txt"]
