"""Searching the year: everybody finds what they may open, and no more."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assess.store.session import Database
from tests.queries import counted
from tests.services.findings import DUST, a_ledger, record
from tests.web.conftest import SignInAs
from tests.web.finding_pages import stop_the_clock
from tests.web.markup import text_of
from tests.web.pages import Page, visit
from tests.years import CHAOWAI, JIANWAI

SEARCH = "/2026/search"
WASTE = DUST._replace(unit=CHAOWAI, kind="garbage", source="citizen", what="建筑垃圾", place="朝外大街", deadline="")


@pytest.fixture
def ledger(app: Flask, database: Database) -> None:
    """A year of two units with a finding each."""
    stop_the_clock(app)
    a_ledger(database)
    record(database, DUST)
    record(database, WASTE)


def found(client: FlaskClient, words: str) -> Page:
    client.set_cookie("language", "en")
    return visit(client, f"{SEARCH}?words={words}")


def groups(page: Page) -> list[str]:
    """The subjects under which something was found, with how much."""
    return [text_of(section[0]) for section in page.markup.all("section")]


@pytest.mark.parametrize(
    ("who", "words", "expected"),
    [
        ("office", CHAOWAI, ["Units: 1"]),
        ("leader", "朝外", ["Units: 1", "Findings: 1"]),
        (JIANWAI, "朝外", []),
        (JIANWAI, "建外", ["Units: 1"]),
        (CHAOWAI, "2", ["Units: 1", "Rule sheet: *", "Annual task list: *", "Findings: 1"]),
        ("receiver", "air", ["Rule sheet: *"]),
        ("evaluator", "ＡＩＲ", ["Rule sheet: *", "Annual task list: *"]),
        ("office", "没有这样的内容", []),
    ],
)
@pytest.mark.usefixtures("ledger")
def test_everybody_finds_what_they_may_open_and_every_link_opens(
    sign_in_as: SignInAs, who: str, words: str, expected: list[str]
):
    client = sign_in_as(who)

    page = found(client, words)

    assert [each if each in expected else f"{each.partition(':')[0]}: *" for each in groups(page)] == expected
    main = {link.get("href", "") for link in page.markup.all("a") if page.markup.enclosing(link, "main") is not None}
    assert [path for path in main if client.get(path).status_code != 200] == []
    anchors = [path.partition("#") for path in main if "#" in path]
    rules = visit(client, "/2026/rules") if anchors else None
    assert [anchor for _path, _hash, anchor in anchors if rules and rules.markup.called(anchor) is None] == []


@pytest.mark.usefixtures("ledger")
def test_a_search_that_cannot_be_made_says_so_and_one_that_finds_nothing_too(sign_in_as: SignInAs):
    office = sign_in_as("office")
    office.set_cookie("language", "en")

    too_long = visit(office, f"{SEARCH}?words={'x' * 101}", 422)
    nothing = visit(office, f"{SEARCH}?words=nothing-like-it")
    empty = visit(office, SEARCH)

    assert len(too_long.errors) == 1
    assert [len(groups(page)) for page in (too_long, nothing, empty)] == [0, 0, 0]
    assert "Nothing was found." in nothing.main
    assert "Nothing was found." not in empty.main
    assert nothing.title.startswith("Search results for “nothing-like-it”")


@pytest.mark.usefixtures("ledger")
def test_a_search_takes_few_queries(sign_in_as: SignInAs, database: Database):
    office = sign_in_as("office")
    found(office, "建外")

    with counted(database) as queries:
        found(office, "建外")

    assert len(queries) <= 12
