"""The home page: what each role finds there, in the newest year and in any other."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assess.core.workflow import Stage
from assess.services import accounts
from assess.settings import Settings
from assess.store.queries.accounts import account_called
from assess.store.session import Database
from tests.queries import counted
from tests.services.forms import SOIL, an_open_year, save, submit
from tests.services.imports import a_book, a_water_year, accept, checked, work
from tests.services.setting_up import a_new_year
from tests.web.conftest import SignInAs
from tests.web.pages import submit as press
from tests.web.pages import visit
from tests.years import CHAOWAI, JIANWAI, PASSWORD, a_year, people, person


@pytest.fixture
def year(database: Database) -> Database:
    """A year of three units, one of which submitted its form."""
    an_open_year(database)
    save(database, person(database, JIANWAI), SOIL)
    submit(database, person(database, JIANWAI))
    return database


def test_the_office_reads_how_many_units_submitted_and_how_many_have_not_begun(year: Database, sign_in_as: SignInAs):
    office = sign_in_as("office")
    office.set_cookie("language", "en")

    page = visit(office, "/")

    assert "Self-assessment of units 1 of 3 complete Not started Units: 2 Submitted Units: 1" in page.main
    assert page.links["Submitted"] == "/2026/submissions?state=submitted"
    assert page.links["Not started"] == "/2026/completeness?show=not-started"


def test_the_office_of_a_year_that_is_not_open_reads_the_next_step(database: Database, sign_in_as: SignInAs):
    with database.writing() as session:
        a_new_year(session, 2026)
        people(session, ("110105001",))
    office = sign_in_as("office")
    office.set_cookie("language", "en")

    page = visit(office, "/2026/")

    assert "Next step: Units" in page.main
    assert page.links["Continue the set-up"] == "/2026/setup"


@pytest.mark.parametrize(
    ("username", "told"),
    [("leader", "No results of this year are released yet."), ("receiver", "Nothing has been handed over yet.")],
)
def test_who_only_reads_results_is_told_that_they_come_later(
    year: Database, sign_in_as: SignInAs, username: str, told: str
):
    reading = sign_in_as(username)
    reading.set_cookie("language", "en")

    assert told in visit(reading, "/").main


def test_an_evaluator_reads_what_is_to_be_certified_and_how_complete_the_own_figures_are(
    year: Database, sign_in_as: SignInAs
):
    evaluator = sign_in_as("evaluator")
    evaluator.set_cookie("language", "en")

    page = visit(evaluator, "/2026/")

    assert "Self-assessment of units Submitted Units: 1" in page.main
    assert "0 of 3 complete Units that are not complete" in page.main
    assert page.links["Files of the department"] == "/2026/imports/water-bureau"


def test_an_evaluator_finds_files_that_wait_or_are_flawed_until_they_are_accepted(
    database: Database, settings: Settings, sign_in_as: SignInAs
):
    folder, people_of = settings.uploads, a_water_year(database, units=3)
    first = checked(database, people_of["evaluator"], folder, a_book(["建外街道", 95, 800], name="first.xlsx"))
    evaluator = sign_in_as("evaluator")
    evaluator.set_cookie("language", "en")
    assert "first.xlsxevaluator, 27 November 2026 10:00 Ready to accept" in visit(evaluator, "/2026/").main

    accept(database, people_of["evaluator"], first)
    work(database, folder)
    checked(database, people_of["evaluator"], folder, a_book(["建外街道", "many", 800], name="second.xlsx"))

    page = visit(evaluator, "/2026/")
    assert "first.xlsx" not in page.main
    assert page.links["second.xlsx"] == "/2026/imports/file/2"
    assert "Has errors" in page.main


YEARS_AREAS = ("Submissions and certifying", "Findings", "Results")


def test_pages_without_a_year_keep_the_menu_of_the_year_that_was_seen_last(year: Database, sign_in_as: SignInAs):
    with year.writing() as session:
        a_new_year(session, 2027)
    office = sign_in_as("office")
    office.set_cookie("language", "en")

    for seen, number in (("/2026/stages", 2026), ("/2027/setup", 2027), ("/", 2026)):
        visit(office, seen)
        for path in ("/people/", "/years", "/jobs", "/account"):
            links = visit(office, path).links
            assert [links[name].split("/")[1] for name in YEARS_AREAS] == [str(number)] * len(YEARS_AREAS)


def test_who_signs_in_for_a_page_without_a_year_finds_the_menu_of_the_newest_open_one(
    year: Database, client: FlaskClient
):
    with year.writing() as session:
        a_new_year(session, 2027)
        account = account_called(session, JIANWAI)
        assert account is not None
        accounts.set_password(session, account, PASSWORD)
    client.set_cookie("language", "en")

    page = visit(client, "/sign-in?next=/account")
    own = press(client, page.form(), {"username": JIANWAI, "password": PASSWORD})

    assert own.path == "/account"
    assert own.links["Self-assessment form"] == "/2026/form"


def test_a_year_that_is_not_open_has_no_home_for_others(database: Database, sign_in_as: SignInAs):
    with database.writing() as session:
        a_year(session, stage=Stage.PREPARING, units=3)
        people(session)
    assert sign_in_as(CHAOWAI).get("/2026/").status_code == 404
    assert sign_in_as("office").get("/1999/").status_code == 404


@pytest.mark.parametrize(("username", "most"), [("office", 12), ("evaluator", 12), ("leader", 4), (CHAOWAI, 11)])
def test_the_home_page_asks_the_same_queries_of_any_size(
    app: Flask, year: Database, sign_in_as: SignInAs, username: str, most: int
):
    client = sign_in_as(username)
    visit(client, "/")

    with counted(app.extensions["database"]) as asked:
        visit(client, "/")

    assert len(asked) == most
