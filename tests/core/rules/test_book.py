"""The book of a rule sheet: what it says of every method and key, in both languages, and that no key is left in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assess.core.methods import ALL, METHOD_RECORDS
from assess.core.rule_book import rule_book
from assess.core.rules.adjustments import RECORDS
from assess.core.rules.checking.expressions import taken_for_attributes
from assess.core.rules.figure import Figure
from assess.core.rules.nodes import Item, PartTerms, Section, items_of
from assess.core.rules.outcome import Conversion, Grade, RankingRule, RoundingRule, TeamPost
from assess.core.rules.picking import Pick
from assess.core.rules.sheet import RuleSheet, all_items
from assess.core.schema import keys_of
from assess.core.text import Language
from assess.files.rule_sheets import load_sheet
from tests.core.rules.books import told
from tests.core.rules.sheets import loaded

TOP = Path(__file__).parents[3]
WHOLE = Path(__file__).parent / "whole_book"
SHIPPED = sorted((TOP / "rules").glob("**/rule-sheet.yaml"))
EDITION_2 = sorted((TOP / "tests" / "rules" / "edition_2").glob("*/rule-sheet.yaml"))
RECORDS_OF_SHEETS = (
    RuleSheet, Figure, Item, Section, PartTerms, Pick, Grade, Conversion, RankingRule, RoundingRule, TeamPost,
    *RECORDS.values(), *METHOD_RECORDS,
)  # fmt: skip
ADDRESS = re.compile(r"https?://[^\s）)]+")
WORD = re.compile(r"(?<![\w.-])[A-Za-z][A-Za-z_-]*(?![\w.-])")


def sheet_at(path: Path) -> RuleSheet:
    """A sheet without flaws; one with a list of objects is checked with its examples."""
    found, beside = load_sheet(path), path.parent / "objects.csv"
    assert beside.exists() or not found.checked()
    return found.sheet


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_whole_book_of_a_sheet_with_every_method(language: Language) -> None:
    assert told(rule_book(sheet_at(WHOLE / "rule-sheet.yaml")), language) == (
        (WHOLE / f"{language}.txt").read_text(encoding="utf-8")
    )


def test_that_sheet_has_every_method_and_every_key_of_an_item() -> None:
    sheet = sheet_at(WHOLE / "rule-sheet.yaml")
    items = all_items(sheet)
    assert {type(item.method) for item in items} == set(ALL)
    left_out = {
        name for name, each in keys_of(Item).items() if all(getattr(item, each.name) == each.default for item in items)
    }
    assert left_out <= {"text", "clause"}


@pytest.mark.parametrize("path", [*SHIPPED, *EDITION_2, WHOLE / "rule-sheet.yaml"], ids=lambda path: path.parent.name)
def test_no_key_and_no_word_of_a_list_stands_in_a_chinese_book(path: Path) -> None:
    sheet = sheet_at(path)
    kinds = {name: each.metadata["kind"] for record in RECORDS_OF_SHEETS for name, each in keys_of(record).items()}
    reserved = {*kinds, *(word for kind in kinds.values() for word in kind.words)}
    lines = told(rule_book(sheet), "zh").splitlines()
    words = {word for line in lines if not line.startswith("说明：") for word in WORD.findall(ADDRESS.sub("", line))}
    assert words & reserved <= {*names_of(sheet)}


def names_of(sheet: RuleSheet) -> Iterator[str]:
    """The names that the author chose: choices, attributes of units and objects, ids of what has no title."""
    yield sheet.id
    for id, figure in sheet.figures.items():
        yield from (word for choice in figure.choices or () for word in choice.split())
        if figure.title is None:
            yield id
    yield from taken_for_attributes(sheet)
    yield from (id for id, each in (sheet.departments or {}).items() if each.title is None)


def test_a_missing_figure_means_what_the_section_above_says() -> None:
    text = """
        id: a
        title: A
        year: 2026
        missing: zero
        figures: {x: {kind: number, from: unit}}
        items:
          - id: above
            points: 20
            missing: block
            items:
              - {id: one, points: 10, method: direct, figure: x, clause: "1"}
              - {id: two, points: 10, method: direct, figure: x, clause: "2", missing: {points: 3}}
    """
    sheet = loaded(text).sheet
    assert len(list(items_of(sheet.items))) == 2
    lines = [line for line in told(rule_book(sheet), "en").splitlines() if line.startswith("Where figures")]
    rest = "where it does not apply: left out, the rest of the section scaled up."
    assert lines == [
        f"Where figures are missing: the unit has no total yet; {rest}",
        f"Where figures are missing: 3 points; {rest}",
    ]


def test_a_sheet_of_money_speaks_of_money() -> None:
    text = """
        id: a
        title: A
        year: 2026
        unit_of_result: {zh: 万元, en: 10 000 yuan}
        missing: zero
        figures: {x: {kind: count, unit: {zh: 天, en: days}, from: unit}}
        items: [{id: one, points: none, floor: -9, method: award, lines: [{figure: x, points: 2}], clause: "1"}]
    """
    book = rule_book(loaded(text).sheet)
    assert "- “x”每1天得2万元。\n得分不低于-9万元。缺数据的不得分；不涉及的不计。" in told(book, "zh")
    assert "- x: 2 10 000 yuan for each day.\nNot below -9 10 000 yuan." in told(book, "en")


def test_other_rankings_have_a_section_with_their_score_ties_and_grades(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(
        "id: awards\ntitle: Awards\nyear: 2026\n"
        "figures: {won: {kind: number, from: unit}}\n"
        "items: [{id: award, title: Award, points: none, method: direct, figure: won, missing: zero, clause: '1'}]\n"
        "results: [{id: money, title: Money, node: award, unit: yuan, better: lower, ties: average,"
        " grades: [{id: good, title: Good, to: 30}, {id: rest, title: Rest}]}]\n",
        "utf-8",
    )
    book = told(rule_book(sheet_at(path)), "en")

    assert book[book.index("# Other rankings") : book.index("# Figures")] == (
        "# Other rankings\n## Money\n"
        "Ranked by the score of Award, lowest first. All units of the group that have this score are ranked, with or "
        "without a total. Adjustments do not change it. Equal scores: the mean of the ranks. Counted in yuan.\n"
        "Grade | Score\nGood | up to 30\nRest | the others\n"
    )
