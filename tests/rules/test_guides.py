"""The guides of rule sheets say the same in both languages: sections, keys, codes and examples, each of them valid."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from assess.core.expressions import ValueType
from assess.core.rules.sheet import digest_of
from assess.core.schema import keys_of
from assess.core.text import Language
from tests.cli.running import run, scoring
from tests.core.rules.sheets import flaws_of, loaded
from tests.core.rules.vocabulary import LISTS
from tests.guides import GUIDES, GuideExample, examples_of, parts_of, records

CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
TOTAL = re.compile(r"\d+\.\d\d")
NAME = re.compile(r"[a-z][a-z0-9_.-]*")
STANDS_FOR_OTHERS = re.compile(r"…|<\w|\w\|")
MEANINGS = {
    key: {spelling: word for words in lists for word, spellings in words.items() for spelling in spellings}
    for key, lists in LISTS.items()
}
"""The English word by key and Chinese spelling."""


def code_of(language: Language) -> dict[str, set[str]]:
    """What stands as code in the text of each section but those printed from the program and the shipped sheets."""
    return {
        section: set(CODE.findall(re.sub(r"^```.*?^```$", "", part, flags=re.MULTILINE | re.DOTALL)))
        for section, part in parts_of(language).items()
        if section not in ("flaws", "key-examples")
    }


def in_english(text: str) -> Any:
    """A piece of YAML as nested pairs, each Chinese word said in English."""
    return said(yaml.compose(text, yaml.BaseLoader), "")


def said(node: yaml.Node | None, key: str) -> Any:
    """A node of YAML under a key; a mapping may hold a key twice, as where two items are shown."""
    if isinstance(node, yaml.MappingNode):
        return {"pairs": [(name.value, said(each, name.value)) for name, each in node.value]}
    if isinstance(node, yaml.SequenceNode):
        return [said(each, key) for each in node.value]
    return node and MEANINGS.get(key, {}).get(node.value, node.value)


def settings_in(language: Language) -> dict[str, list[Any]]:
    """The short pieces of YAML in the text of each section, as `edge: above`, as far as they can be read."""
    return {section: [*settings_of(pieces)] for section, pieces in code_of(language).items()}


def settings_of(pieces: set[str]) -> Iterator[Any]:
    """The pieces that are YAML with a key, those left out that stand for others."""
    for piece in (each for each in pieces if not STANDS_FOR_OTHERS.search(each)):
        try:
            tree = in_english(piece)
        except yaml.YAMLError:
            continue
        if not isinstance(tree, str):
            yield tree


def test_the_guides_have_the_same_sections_in_the_same_order():
    sections = {language: [*parts_of(language)] for language in GUIDES}

    assert len(sections["en"]) > 40
    assert sections["zh"] == sections["en"]
    assert [count_of_headings(language) for language in GUIDES] == [len(sections["en"])] * 2


def count_of_headings(language: Language) -> int:
    """How many headings below the title a guide has; each stands right below an anchor."""
    return len(re.findall(r'^<a id="[a-z0-9-]+"></a>\n#{2,3} ', GUIDES[language].read_text("utf-8"), re.MULTILINE))


def test_the_guides_name_the_same_keys_methods_and_codes_in_each_section():
    english, chinese = (
        {section: {each for each in pieces if NAME.fullmatch(each)} for section, pieces in code_of(language).items()}
        for language in ("en", "zh")
    )

    assert {section: names - chinese[section] for section, names in english.items() if names - chinese[section]} == {}
    assert set().union(*chinese.values()) <= set(NAME.findall(GUIDES["en"].read_text("utf-8")))


def test_the_guides_show_the_same_short_settings_in_each_section():
    english, chinese = settings_in("en"), settings_in("zh")

    assert [
        (section, tree) for section, trees in english.items() for tree in trees if tree not in chinese[section]
    ] == []


@pytest.mark.parametrize("language", GUIDES)
def test_each_guide_names_every_key_that_a_rule_sheet_or_task_list_may_hold(language: Language):
    named = set(re.findall(r"[a-z_]+", " ".join(piece for pieces in code_of(language).values() for piece in pieces)))

    assert {key for record in records() for key in keys_of(record)} - named == set()


@pytest.mark.parametrize("pattern", [r"^\d+\. ", r"^\* ", r"^\| "])
def test_the_sections_have_as_many_points_and_rows_in_both(pattern: str):
    english, chinese = (
        {section: len(re.findall(pattern, part, re.MULTILINE)) for section, part in parts_of(language).items()}
        for language in ("en", "zh")
    )
    assert {section: (count, chinese[section]) for section, count in english.items() if count != chinese[section]} == {}


PAIRS = [*zip(examples_of("en"), examples_of("zh"), strict=True)]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0].section)
def test_an_example_says_the_same_in_both_guides(pair: tuple[GuideExample, GuideExample]):
    english, chinese = pair

    assert (chinese.section, chinese.code) == (english.section, english.code)
    if english.code == "yaml":
        assert in_english(chinese.text) == in_english(english.text)
    elif english.code != "csv":
        assert [line.split("  ")[0] for line in chinese.text.splitlines()] == [
            line.split("  ")[0] for line in english.text.splitlines()
        ]


WHOLE = {pair[0].section: pair for pair in PAIRS if pair[0].text.startswith("id: ")}


@pytest.mark.parametrize("section", WHOLE)
def test_a_whole_sheet_passes_its_check_and_has_the_same_digest_in_both_guides(section: str):
    english, chinese = WHOLE[section]

    assert [flaws_of(each.text, attributes={"share": ValueType.ANY}) for each in (english, chinese)] == [[], []]
    assert chinese.text != english.text
    assert digest_of(loaded(chinese.text).sheet) == digest_of(loaded(english.text).sheet)


TABLES = ("units.csv", "objects.csv", "figures.csv", "long.csv", "exemptions.csv")
NONE = {"previous": "", "previous_results": "", "exemptions": ""}
LATER = ["--objects", "objects.csv", "--through", "2026-03", "--out", "result.json"]


def results_of_the_sheet_from_nothing(language: Language, **files: str) -> list[dict[str, Any]]:
    """The units of the results that the files of a guide give in the working directory."""
    texts = [each.text for each in examples_of(language) if each.code == "csv"]
    sheet = WHOLE["from-nothing"][language == "zh"].text
    for name, text in zip(("rule-sheet.yaml", *TABLES), (sheet, *texts), strict=True):
        Path(name).write_text(text, encoding="utf-8")
    ended = run(*scoring(*LATER, **{**NONE, **files}))
    assert ended.code == 0, ended.err
    units: list[dict[str, Any]] = json.loads(Path("result.json").read_text("utf-8"))["units"]
    return units


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Each test works in an empty folder."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("language", GUIDES)
def test_the_sheet_from_nothing_gives_what_its_table_says(language: Language):
    results = results_of_the_sheet_from_nothing(language)

    told = [(row[0], TOTAL.findall(row[4])[-1], row[5]) for row in rows_of(parts_of(language)["from-nothing"])[-3:]]
    assert [(each["unit"], each["total"], str(each["rank"])) for each in results] == told


def rows_of(part: str) -> list[list[str]]:
    """The rows of the tables of a section."""
    return [[cell.strip() for cell in line[1:-1].split("|")] for line in part.splitlines() if line.startswith("| ")]


def test_the_tables_of_both_guides_give_the_same_results():
    assert results_of_the_sheet_from_nothing("zh") == results_of_the_sheet_from_nothing("en")


@pytest.mark.parametrize("language", GUIDES)
def test_the_long_table_and_the_exemption_of_each_guide_are_read(language: Language):
    first, *_ = results_of_the_sheet_from_nothing(language, figures="long.csv", exemptions="exemptions.csv")

    # 100 × 40/100 for the one month, 40 for the one value of a section, 20 × (40 − 34)/10.
    assert first["total"] == "92.00"
    assert [(each["object"], each["period"]) for each in first["scores"]["water"]["parts"]] == [
        ("W1", "2026-01"), ("W1", "2026-03"), ("W2", "2026-01"), ("W2", "2026-02"), ("W2", "2026-03"),
    ]  # fmt: skip
