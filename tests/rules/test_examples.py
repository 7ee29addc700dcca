from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from assess.core import methods
from assess.core.examples import Example, run_example
from assess.core.expressions import ValueType
from assess.core.figures.headings import OBJECT
from assess.core.rules.sheet import RuleSheet, all_items
from assess.core.units.objects import read_objects
from assess.core.units.unit_list import UnitNames, Units, read_units
from assess.files.examples import load_examples
from assess.files.rule_sheets import load_sheet
from assess.files.tables import read_table
from tests.cli.running import run
from tests.tables import told

RULES = Path(__file__).parents[2] / "rules"
CATALOGUED = re.compile(r"(?<!P)M[0-4][0-9](?![0-9])")
"""A number of the catalogue in `rules/README.md`, which means nothing to readers of a result."""
NO_LEDGER = "have no ledger"
FOLDERS = sorted(path.parent for path in RULES.glob("*/rule-sheet.yaml"))


def sheet_of(folder: Path) -> RuleSheet:
    """A shipped sheet, which has passed its check with the units and objects beside it."""
    units, _ = read_units(read_table(folder / "units.csv", ("unit",)))
    loaded = load_sheet(folder / "rule-sheet.yaml")
    assert told(loaded.checked(units.kinds, objects=object_attributes(folder, units))) == []
    return loaded.sheet


def object_attributes(folder: Path, units: Units) -> dict[str, dict[str, ValueType]] | None:
    """The attributes of the objects beside a sheet, by kind; None where there are none."""
    if not (folder / "objects.csv").exists():
        return None
    objects, flaws = read_objects(units, UnitNames(units), read_table(folder / "objects.csv", OBJECT))
    assert told(flaws) == []
    return {kind: dict(of_kind.kinds) for kind, of_kind in objects.kinds.items()}


SHEETS = {folder.name: sheet_of(folder) for folder in FOLDERS}
LOADED = {folder.name: load_examples(folder / "examples.yaml") for folder in FOLDERS}
EXAMPLES = [
    pytest.param(folder, example, id=f"{folder} {number}")
    for folder, (examples, _) in LOADED.items()
    for number, example in enumerate(examples, 1)
]


@pytest.mark.parametrize("folder", LOADED)
def test_every_shipped_sheet_has_examples_without_flaws(folder: str):
    examples, flaws = LOADED[folder]

    assert told(flaws) == []
    assert any(example.expect for example in examples)


@pytest.mark.parametrize(("folder", "example"), EXAMPLES)
def test_a_shipped_sheet_gives_what_was_worked_out_by_hand(folder: str, example: Example):
    assert told(run_example(SHEETS[folder], example)) == []


@pytest.mark.parametrize("folder", LOADED)
def test_a_shipped_sheet_is_warned_of_nothing_but_figures_that_its_notes_say_nobody_gave(folder: str):
    ended = run("rules", "check", str(RULES / folder / "rule-sheet.yaml"), "--messages", "-", "--lang", "en")
    explained = [name for name, figure in SHEETS[folder].figures.items() if figure.note and NO_LEDGER in figure.note.en]

    found = [(each["code"], each["text"]) for each in json.loads(ended.out)["warnings"]]
    assert [code for code, _ in found] == ["figure-column-empty"] * len(explained)
    assert [name for (_, text), name in zip(found, explained, strict=True) if f"({name})" not in text] == []


def test_only_the_gallery_shows_the_numbers_of_the_catalogue_of_forms():
    texts = {
        folder.name: yaml.load((folder / "rule-sheet.yaml").read_text("utf-8"), yaml.BaseLoader) for folder in FOLDERS
    }

    assert {name for name, content in texts.items() if CATALOGUED.search(str(content))} == {"method-gallery"}


def test_every_method_has_a_worked_example_in_the_gallery():
    method_of = {item.id: item.method.name for item in all_items(SHEETS["method-gallery"])}
    examples, _ = LOADED["method-gallery"]
    scored = {each.node for example in examples for each in example.expect if each.value is not None}

    assert set(methods.METHODS) - {method_of[node] for node in scored if node in method_of} == set()


def test_a_wrong_expectation_is_reported_at_its_line_in_words(tmp_path: Path):
    path = tmp_path / "examples.yaml"
    path.write_text(
        """- name: {zh: 超额两处, en: Two too many}
  units:
    a: {kind: street, pm25_target: 30, figures: {pm25: 32.5, station_interference: no}}
  expect:
    a: {scores: {air.pm25-target: 1.85}}
- units: {a: {kind: street, figures: {pm25: a lot}}}
  expect: {b: {total: 5}, a: {totl: 5}}
""",
        encoding="utf-8",
    )
    examples, flaws = load_examples(path)
    found = [flaw for example in examples for flaw in run_example(SHEETS["chaoyang-2025"], example)]

    assert [line.removeprefix(f"{tmp_path}/") for line in told([*flaws, *found])] == [
        "examples.yaml:7:31: There is no key “totl”. Did you mean “total”?",
        "examples.yaml:5:35: Example “Two too many”, unit a: the score of Annual mean PM2.5 against the "
        "unit's target (air.pm25-target) should be 1.85, but the rule sheet gives 1.75.",
    ]


@pytest.mark.parametrize("folder", [name for name, sheet in SHEETS.items() if sheet.objects])
def test_attributes_of_objects_in_formulas_pass_where_no_list_of_objects_is_given(folder: str):
    assert told(load_sheet(RULES / folder / "rule-sheet.yaml").checked()) == []
