"""People as the office keeps them."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assess.store.session import Database
from tests.web.conftest import SignInAs
from tests.web.pages import Page, submit, visit
from tests.years import CHAOWAI, JIANWAI, a_year, people, person


@pytest.fixture
def office(database: Database, sign_in_as: SignInAs) -> FlaskClient:
    """Somebody of the office, in English, in the year 2026."""
    with database.writing() as session:
        a_year(session)
        people(session)
    client = sign_in_as("office")
    client.set_cookie("language", "en")
    return client


def number_of(database: Database, username: str) -> int:
    """The number of an account."""
    return person(database, username).account


def link_on(page: Page) -> str:
    """The one-time link that a page shows, without its host."""
    (address,) = [word for word in page.main.split() if "/password/" in word]
    return address.removeprefix("http://127.0.0.1:8000")


def test_a_person_is_added_sets_a_password_by_the_link_and_signs_in(app: Flask, office: FlaskClient):
    page = visit(office, "/people/new")
    shown = submit(
        office,
        page.form(),
        {
            "username": "Li.Na",
            "name": "李娜",
            "email": "li@example.com",
            "roles": ["official"],
            "units": [JIANWAI, CHAOWAI],
        },
        status=200,
    )
    assert shown.h1 == "One-time link for 李娜"

    hers = app.test_client()
    hers.set_cookie("language", "en")
    asked = visit(hers, link_on(shown))
    told = submit(hers, asked.form(), {"password": "four words of mine", "again": "four words of mine"})
    assert "Your password is set. Sign in with it." in told.main
    typed = {**told.form().values, "username": "li.na", "password": "four words of mine"}
    assert hers.post("/sign-in", data=typed).headers["Location"] == "/"
    assert "Jianwai Subdistrict, Chaowai Subdistrict" in visit(hers, "/account").main


@pytest.mark.parametrize("path", ["/people/", "/people/new", "/people/load", "/account", "/account/password"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_of_people_is_whole_in_both_languages(office: FlaskClient, path: str, language: str):
    office.set_cookie("language", language)

    assert visit(office, path).language == language


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pages_of_one_person_are_whole_in_both_languages(office: FlaskClient, database: Database, language: str):
    office.set_cookie("language", language)
    number = number_of(database, JIANWAI)

    for path in (f"/people/{number}", f"/people/{number}/close"):
        assert visit(office, path).language == language
