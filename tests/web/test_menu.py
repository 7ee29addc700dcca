"""The navigation: side by side for who has few pages, by areas for who has many."""

from __future__ import annotations

from flask.testing import FlaskClient

from assess.store.session import Database
from assess.web.frame import AREAS, PAGES
from tests.services.forms import an_open_year
from tests.web.bureau import english
from tests.web.conftest import SignInAs
from tests.web.markup import text_of
from tests.web.pages import visit
from tests.years import JIANWAI

AREAS_OF_THE_OFFICE = {
    "Home": "/",
    "The year": "/years",
    "Submissions and certifying": "/2026/obligations",
    "Findings": "/2026/findings",
    "Results": "/2026/ranking",
    "Logs and jobs": "/jobs",
}


def test_every_page_of_the_navigation_is_in_one_area():
    subjects = [subject for _text, subjects in AREAS for subject in subjects.split()]

    assert sorted(subjects) == sorted(endpoint.split(".")[0] for endpoint, _text, _roles in PAGES)


def test_many_pages_stand_in_areas_and_those_of_the_area_in_view_below(database: Database, sign_in_as: SignInAs):
    an_open_year(database)
    office = english(sign_in_as("office"))

    assert menu(office, "/") == ([AREAS_OF_THE_OFFICE], "Home (page)")
    assert menu(office, "/jobs") == (
        [AREAS_OF_THE_OFFICE, {"Jobs": "/jobs", "Audit log": "/audit"}],
        "Logs and jobs (true), Jobs (page)",
    )


def test_few_pages_stand_side_by_side(database: Database, sign_in_as: SignInAs):
    an_open_year(database)

    rows, here = menu(english(sign_in_as(JIANWAI)), "/2026/stages")

    assert len(rows) == 1
    assert here == "Stages (page)"


def menu(client: FlaskClient, path: str) -> tuple[list[dict[str, str]], str]:
    """The rows of the navigation, and what it says is in view."""
    markup = visit(client, path).markup
    nav = next(each for each in markup.all("nav") if each.get("aria-label") == "Main menu")
    rows = [{text_of(link): link.get("href", "") for link in row.iter("a")} for row in nav.iter("ul")]
    here = [f"{text_of(a)} ({a.get('aria-current')})" for a in nav.iter("a") if a.get("aria-current")]
    return rows, ", ".join(here)
