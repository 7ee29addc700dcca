"""The guide of rule sheets as a page: whole, in the reader's language, and found by the office."""

from __future__ import annotations

import re

import pytest

from assess.core.text import Language
from assess.services.guides import guide_to_rule_sheets
from assess.store.session import Database
from tests.guides import GUIDES, examples_of, parts_of
from tests.services.forms import an_open_year
from tests.web.conftest import SignInAs
from tests.web.markup import text_of
from tests.web.pages import visit
from tests.years import JIANWAI

TITLES = {"zh": "评分表编写说明", "en": "How to write a rule sheet"}


@pytest.mark.parametrize("language", GUIDES)
def test_the_page_shows_every_section_table_and_example_of_the_guide(
    database: Database, sign_in_as: SignInAs, language: Language
):
    an_open_year(database, 43)
    office = sign_in_as("office")
    office.set_cookie("language", language)
    page = visit(office, "/guides/rules")

    parts = parts_of(language)
    ids = [each.get("id") for each in page.markup.all("h2", "h3") if each.get("id") in parts]
    assert ids == list(parts)
    assert [text_of(each).split() for each in page.markup.all("pre")] == [
        each.text.split() for each in examples_of(language)
    ]
    rows = sum(len(re.findall(r"^\|(?!---)", part, re.MULTILINE)) for part in parts.values())
    assert len(page.markup.all("tr")) == rows
    assert text_of(page.markup.all("h1")[0]) == TITLES[language]


def test_the_guide_is_found_on_the_help_page_by_the_office_alone(database: Database, sign_in_as: SignInAs):
    an_open_year(database, 43)
    office, official = sign_in_as("office"), sign_in_as(JIANWAI)

    assert [
        "/guides/rules" in [link.get("href") for link in visit(client, path).markup.all("a")]
        for client, path in ((office, "/help"), (official, "/help"))
    ] == [True, False]


def test_nothing_of_the_text_of_a_guide_is_read_as_html():
    bodies = [guide_to_rule_sheets(language).body for language in GUIDES]

    assert [
        re.findall(r"<(?!/?(?:a|p|h2|h3|ul|ol|li|table|thead|tbody|tr|th|td|div|pre|code|strong|em|caption)\b)", body)
        for body in bodies
    ] == [[], []]
    assert ["&lt;item id&gt;.done" in body for body in bodies] == [True, True]


def test_chinese_lines_are_joined_without_a_blank_and_english_ones_with_one():
    assert "结果怎样折算。评分表是数据" in guide_to_rule_sheets("zh").body
    assert "It says what is\nmeasured" in guide_to_rule_sheets("en").body
