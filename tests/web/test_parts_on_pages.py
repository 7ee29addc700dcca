"""Items scored by river sections and months, on the pages of the unit, of leaders and of the office."""

from __future__ import annotations

import pytest

from assess.core.workflow import Stage
from assess.services.runs import release_provisional
from assess.settings import Settings
from assess.store.session import Database
from tests.services.objects import a_year_of_sections, move
from tests.services.runs import a_run
from tests.services.setting_up import the_year
from tests.web.bureau import english
from tests.web.conftest import SignInAs
from tests.web.pages import Page, visit
from tests.years import VERIFIED

QUALITY = "1 Water quality: points by part"
MONTHS = "2 Share of section-months that meet the standard: points by part"
CLASS = "Annual water quality class"
SECTIONS = [
    ["Part", CLASS, "Weight", "Points", "Full mark", "Counts", "Why"],
    ["Donghe Bridge", "II", "1", "60", "60", "Yes", f"{CLASS}: II, which earns 60 points; 60 points"],
    ["West Sluice", "III", "0.7", "50", "60", "Yes", f"{CLASS}: III, which earns 50 points; 50 points"],
]


@pytest.fixture(autouse=True)
def a_released_year(database: Database, settings: Settings) -> None:
    """The year of river sections at its notice."""
    office = a_year_of_sections(database)["office"]
    run = a_run(database, office, settings.uploads)
    with database.writing() as session:
        release_provisional(session, office, cycle=the_year(session), number=run.number, now=VERIFIED)
        move(session, Stage.PROVISIONAL)


@pytest.mark.parametrize(
    ("who", "path"), [("s1", "/2026/result/s1"), ("leader", "/2026/ranking/s1"), ("office", "/2026/runs/1/units/s1")]
)
def test_river_sections_stand_with_value_weight_and_reason_on_each_page(sign_in_as: SignInAs, who: str, path: str):
    tables = visit(english(sign_in_as(who)), path).tables

    assert next(rows for caption, rows in tables.items() if QUALITY.endswith(caption)) == SECTIONS


def test_sections_by_months_are_a_grid_in_a_region_of_its_own_name(sign_in_as: SignInAs):
    page = visit(english(sign_in_as("s1")), "/2026/result/s1")

    heads, donghe, sluice = page.tables[MONTHS]
    assert heads == ["Part", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    assert (donghe[0], sluice[0]) == ("Donghe Bridge", "West Sluice")
    assert (set(donghe[1:]), sluice[8]) == ({"1"}, "0")
    assert MONTHS in [each.get("aria-label") for each in page.markup.elements if each.get("role") == "region"]


def test_the_line_of_an_item_leads_from_each_value_to_where_it_comes_from(sign_in_as: SignInAs):
    official = english(sign_in_as("s1"))
    page = visit(official, "/2026/result/s1/lines/quality")

    assert page.tables["Points by part"] == SECTIONS
    links = values_in(page, "Points by part")
    assert len(links) == 2
    assert "Donghe Bridge" in page.main
    assert "W1 2026 Where this value comes from: Annual water quality class Value II" in visit(official, links[0]).main


def test_a_grid_is_followed_by_every_part_with_its_values(sign_in_as: SignInAs):
    page = visit(english(sign_in_as("s1")), "/2026/result/s1/lines/months")

    rows = page.tables["Every part with its values"]
    assert rows[0][1] == "The month meets the standard"
    assert rows[1][:5] == ["Donghe Bridge, January", "yes", "1", "1", "Yes"]
    assert len(rows) == 1 + 24


def test_the_form_to_appeal_and_the_page_of_the_item_show_the_parts(sign_in_as: SignInAs):
    page = visit(english(sign_in_as("s1")), "/2026/result/s1/lines/quality/appeal")

    assert page.tables["Points by part"] == SECTIONS


def values_in(page: Page, caption: str) -> list[str]:
    """The addresses behind the values of a table."""
    table = next(
        each for each in page.markup.all("table") if caption in ["".join(c.itertext()) for c in each.iter("caption")]
    )
    return [link.get("href", "") for link in table.iter("a")]
