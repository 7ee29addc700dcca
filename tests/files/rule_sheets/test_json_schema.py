"""The JSON Schema of rule sheets: every valid sheet validates, and it knows every key and every word."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from hypothesis import given
from jsonschema import Draft202012Validator

from assess.core import methods
from assess.core.rules import adjustments
from assess.core.rules.json_schema import records_below, sheet_schema
from assess.core.rules.nodes import Item, Section
from assess.core.rules.sheet import RuleSheet
from assess.core.schema import keys_of
from assess.core.word_lists import WordList
from tests.cli.running import run
from tests.files.rule_sheets import generated

TOP: Final = Path(__file__).parents[3]
SHEETS: Final = sorted([*TOP.glob("rules/**/rule-sheet.yaml"), *TOP.glob("tests/rules/edition_2/*/rule-sheet.yaml")])
VALIDATOR: Final = Draft202012Validator(sheet_schema())
SHEET: Final = """
id: {id}
title: T
year: 2026
figures: {{x: {{kind: {kind}, from: {source}}}}}
items: [{{id: a, points: {points}, method: {method}, figure: x, clause: 1, missing: {missing}{more}}}]
"""
USUAL: Final = {
    "id": "s", "kind": "number", "source": "unit", "points": "10", "method": "direct", "missing": "zero", "more": "",
}  # fmt: skip


def wrong(text: str, loader: Any = yaml.BaseLoader) -> list[str]:
    """Where a sheet does not validate."""
    return [each.json_path for each in VALIDATOR.iter_errors(yaml.load(text, loader))]


@pytest.mark.parametrize("loader", [yaml.BaseLoader, yaml.SafeLoader], ids=["as text", "as YAML means it"])
@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.parent.name)
def test_every_sheet_at_hand_validates(path: Path, loader: Any):
    assert wrong(path.read_text("utf-8"), loader) == []


@given(generated.SHEETS)
def test_a_sheet_that_is_read_without_flaws_validates(tree: dict[str, Any]):
    assert [each.json_path for each in VALIDATOR.iter_errors(tree)] == []


def test_the_schema_is_one_and_the_command_prints_it():
    Draft202012Validator.check_schema(sheet_schema())

    ended = run("rules", "schema")
    assert (ended.code, json.loads(ended.out), ended.err) == (0, sheet_schema(), [])


@pytest.mark.parametrize(
    "given",
    [
        {}, {"kind": "数值"}, {"source": "街乡"}, {"points": "none"}, {"points": "{a: 1, b: 7.5}"}, {"method": "评分"},
        {"missing": "不计"}, {"missing": "{points: 30%}"}, {"more": ", counts: 否"}, {"more": ", cap: ''"},
        {"more": ", by: month, over: 平均, each: {missing: block}"}, {"more": ", round: 不取位"},
    ],
)  # fmt: skip
def test_both_languages_and_blanks_are_known(given: dict[str, str]):
    assert wrong(SHEET.format(**{**USUAL, **given})) == []


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"kind": "numbr"}, "$.figures.x.kind"),
        ({"source": ""}, "$.figures.x.from"),
        ({"points": "ten"}, "$.items[0].points"),
        ({"method": "directly"}, "$.items[0].method"),
        ({"missing": "{pints: 3}"}, "$.items[0].missing"),
        ({"more": ", figures: [x]"}, "$.items[0]"),
        ({"more": ", corrections: [{when: x, keep: 40%}]"}, "$.items[0].corrections[0]"),
        ({"id": "s\nyer: 2026"}, "$"),
    ],
)
def test_what_no_sheet_may_hold_is_refused(given: dict[str, str], place: str):
    assert wrong(SHEET.format(**{**USUAL, **given})) == [place]


def test_every_key_of_every_record_and_every_word_stands_in_the_schema():
    schema = sheet_schema()
    keys, words = set(keys_in(schema)), set(words_in(schema))
    records = (RuleSheet, Section, Item, *methods.ALL, *adjustments.RECORDS.values(), *records_below(RuleSheet))
    lists = [kind.words for record in records for kind in kinds_of(record) if isinstance(kind.words, WordList)]

    assert {name for record in records for name in keys_of(record)} - keys == set()
    assert {spelling for each in [*lists, methods.METHOD_WORDS] for spelling in each.meanings} - words == set()


def kinds_of(record: type) -> Iterator[Any]:
    """The kinds of the values of a record."""
    return (each.metadata["kind"] for each in keys_of(record).values())


def keys_in(schema: Any) -> Iterator[str]:
    """Every key that a schema names."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
    for each in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from keys_in(each)


def words_in(schema: Any) -> Iterator[str]:
    """Every word that a schema lists."""
    if isinstance(schema, dict):
        yield from (word for word in schema.get("enum", ()) if word is not None)
    for each in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from words_in(each)
