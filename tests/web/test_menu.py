"""The navigation: side by side for who has few pages, by areas for who has many."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assess.core.actors import Role
from assess.store.session import Database
from assess.web.pages import register, registry
from tests.services.forms import an_open_year
from tests.web.access_table import MENUS
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


def test_each_role_finds_these_pages_in_the_menu(app: Flask):
    menu = list(registry(app).menu())

    assert {role: " ".join(at.partition(".")[0] for at, page in menu if role in page.roles) for role in Role} == MENUS


def test_pages_are_found_under_these_of_the_menu(app: Flask):
    pages = registry(app)
    found = {at.partition(".")[0]: (pages.in_menu(at) or "").partition(".")[0] for at in pages.pages}

    assert {subject: menu for subject, menu in found.items() if subject != menu} == {
        **dict.fromkeys(("static", "healthz", "api", "home", "accounts", "checks", "guides", "help", "search"), ""),
        **dict.fromkeys(("units", "rules", "what_if", "object_lists", "task_lists", "previous", "teams"), "set_up"),
        **dict.fromkeys(("finding_photos", "finding_imports", "finding_recording", "finding_repeats"), "findings"),
        "evidence": "forms",
        "obligation_files": "obligations",
        "leadership_files": "",
        "finding_weeks": "finding_boards",
        "import_headings": "imports",
        "exclusions": "exemptions",
        "reopenings": "exemptions",
        "corrections": "appeals",
        "copying_years": "cycles",
        "interface": "tokens",
        "lodging": "notices",
    }


def test_the_way_above_a_page_leads_over_pages_that_have_a_title(app: Flask):
    pages = registry(app)

    assert {
        at: pages.trail(at) for at in ("units.show", "finding_weeks.show", "finding_repeats.unlink", "home.home")
    } == {
        "units.show": ["set_up.show", "units.edit"],
        "finding_weeks.show": ["findings.listing", "finding_boards.board"],
        "finding_repeats.unlink": ["findings.listing"],
        "home.home": [],
    }


def test_a_view_that_says_nothing_keeps_the_service_from_starting():
    app = Flask("assess")
    app.add_url_rule("/secret", "secret", lambda: "")

    with pytest.raises(LookupError, match="secret does not say who may open it"):
        register(app)


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
