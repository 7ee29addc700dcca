"""The home page of the office: each number on it is the length of the list that it links to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from assess.settings import Settings
from assess.store.session import Database
from tests.services.runs import a_run
from tests.web.conftest import client_of
from tests.web.full_house import NOW, a_full_house
from tests.web.markup import text_of
from tests.web.pages import Page, visit
from tests.years import person

COUNTED = {
    "District Water Bureau", "Not started", "Draft", "Submitted", "Waiting", "Exemptions", "Excluded data",
    "Appeals to decide", "Corrections to confirm", "Run 3", "Changed since run 2", "Failed", "Requests pending",
}  # fmt: skip
"""What the office reads of the full house."""

SUM = "Units done"
"""How the last row of the matrix begins, which adds up the others."""


@pytest.fixture
def office(settings: Settings, database: Database) -> FlaskClient:
    """The office of a year in which there is something of everything, after a second run."""
    house = a_full_house(settings)
    a_run(database, person(database, "office"), settings.uploads, now=NOW)
    client = client_of(house.app, database, "office")
    client.set_cookie("language", "en")
    return client


def test_every_number_of_the_office_is_the_length_of_the_list_it_links_to(office: FlaskClient):
    found = list(numbers_on(visit(office, "/2026/")))

    assert {text for text, _href, _number in found} >= COUNTED
    assert {href: number for _text, href, number in found} == {
        href: sum(length_of(page) for page in pages_from(office, href)) for _text, href, _number in found
    }


def numbers_on(page: Page) -> Iterator[tuple[str, str, int]]:
    """What is counted: its words, its address, its number; days are no list."""
    for entry in page.markup.all("li"):
        if "govuk-task-list__item" in entry.get("class", ""):
            (link,) = entry.iter("a")
            status = text_of([each for each in entry.iter("div") if "status" in each.get("class", "")][-1])
            if count := re.fullmatch(r"[\w ]+: (\d+)", status):
                yield text_of(link), link.get("href", ""), int(count[1])


def pages_from(client: FlaskClient, href: str) -> Iterator[Page]:
    """All pages of a list."""
    page = visit(client, href)
    yield page
    while following := page.links.get("Next page"):
        page = visit(client, following)
        yield page


def length_of(page: Page) -> int:
    """How many things a page lists: the values of the grid, the units of a comparison, or the rows of its tables."""
    path = urlsplit(page.path).path
    if path.endswith("/certifying"):
        return sum(1 for cell in page.markup.all("td") if list(cell.iter("a")))
    if path.endswith("/compare"):
        return len(page.markup.all("tbody")[0])
    rows = [row for body in page.markup.all("tbody") for row in body.iter("tr")]
    return sum(not text_of(row).startswith(SUM) for row in rows)
