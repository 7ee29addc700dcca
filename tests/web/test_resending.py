"""What is sent when a sign-in has ended is neither lost nor kept without its person."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assess.store.models import Answer, SignIn
from assess.store.session import Database
from assess.web.resending import late_of
from tests.services.forms import an_open_year, dated
from tests.web.conftest import SignInAs
from tests.web.pages import Page, submit, visit
from tests.years import JIANWAI, PASSWORD

SECTION = f"/2026/form/{JIANWAI}/section/ecology"


@pytest.fixture
def official(database: Database, sign_in_as: SignInAs) -> FlaskClient:
    """An official with a page open, in English."""
    an_open_year(database)
    with database.writing() as session:
        dated(session)
    client = sign_in_as(JIANWAI)
    client.set_cookie("language", "en")
    return client


def end_all_sign_ins(database: Database) -> None:
    """Nobody is signed in any more."""
    with database.writing() as session:
        session.query(SignIn).delete()


def answers(database: Database) -> list[str]:
    """What is saved."""
    with database.reading() as session:
        return [row.text for row in session.query(Answer)]


def too_late(database: Database, client: FlaskClient) -> Page:
    """A section is sent when the sign-in has ended."""
    page = visit(client, SECTION)
    end_all_sign_ins(database)
    return submit(client, page.form(), {"answer-new_green": "1.5"}, press="Save and stay here", status=401)


def test_what_came_too_late_is_not_saved_and_waits_on_the_sign_in_page(database: Database, official: FlaskClient):
    page = too_late(database, official)

    assert page.h1 == "Sign in"
    assert "What you typed is not saved yet, but not lost" in page.main
    assert answers(database) == []


def test_a_word_that_this_service_did_not_seal_is_nothing(app: Flask, database: Database, official: FlaskClient):
    word = too_late(database, official).form().values["late"]

    with app.app_context():
        late = late_of(word)
        assert late is not None
        assert (late.address, dict(late.fields)["answer-new_green"], late.had_files) == (SECTION, "1.5", False)
        assert [late_of(other) for other in (word[:-4], word.swapcase(), "x", "")] == [None, None, None, None]


def test_passwords_are_never_repeated(database: Database, official: FlaskClient):
    page = visit(official, "/account/password")
    end_all_sign_ins(database)
    answer = official.post("/account/password", data={**page.form().values, "old": PASSWORD, "password": "x" * 12})

    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/account/password")


def test_files_are_named_as_what_must_be_chosen_again(app: Flask, database: Database, official: FlaskClient):
    page = visit(official, f"/2026/files/{JIANWAI}/new_green")
    end_all_sign_ins(database)
    answer = submit(
        official, page.form(), {"note": "page 3", "files": (BytesIO(b"%PDF-1.4"), "register.pdf")}, status=401
    )

    with app.app_context():
        late = late_of(answer.form().values["late"])
    assert late is not None
    assert (dict(late.fields)["note"], late.had_files) == ("page 3", True)
