"""What is sent when a sign-in has ended is neither lost nor kept without its person."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assess.store.models import Answer, SignIn
from assess.store.session import Database
from assess.web.expired_forms import late_of
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
    assert "What you entered is not saved yet, but it is not lost" in page.main
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


def signed_in_anew(client: FlaskClient, token: str) -> None:
    """The browser signs in again in another tab, which forgets what pages of before were given."""
    with client.session_transaction() as cookie:
        cookie.clear()
        cookie.update(_user_id=token, _fresh=True)


def test_what_a_stale_tab_sends_is_kept_on_the_page_and_saved_when_it_is_sent_again(
    database: Database, official: FlaskClient
):
    stale = visit(official, SECTION)
    with official.session_transaction() as cookie:
        token = cookie["_user_id"]
    signed_in_anew(official, token)

    page = submit(official, stale.form(), {"answer-new_green": "1.5"}, press="Save and stay here", status=400)

    assert page.h1 == "Not saved yet"
    assert f"signed in as {JIANWAI}, so nothing was saved. What you entered is still here." in page.main
    assert answers(database) == []
    saved = submit(official, page.form(), press="Send what I entered")
    assert (saved.path, answers(database)) == (SECTION, ["1.5"])


def test_a_stale_tab_of_nobody_leads_to_the_sign_in_page_which_keeps_it(
    app: Flask, database: Database, official: FlaskClient
):
    stale = visit(official, SECTION)
    official.delete_cookie("assess")

    page = submit(official, stale.form(), {"answer-new_green": "1.5"}, press="Save and stay here", status=401)

    assert page.h1 == "Sign in"
    with app.app_context():
        late = late_of(page.form().values["late"])
    assert late is not None
    assert dict(late.fields)["answer-new_green"] == "1.5"


def test_a_sign_in_page_that_was_open_too_long_keeps_the_name_and_asks_for_the_password_again(client: FlaskClient):
    client.set_cookie("language", "en")
    stale = visit(client, "/sign-in?next=/2026/form")
    client.delete_cookie("assess")

    page = submit(client, stale.form(), {"username": "wang", "password": PASSWORD}, status=400)

    assert page.errors == ["This page was open too long. Enter your password again."]
    assert (page.form().values["username"], page.form().values["password"]) == ("wang", "")
    assert page.path == "/sign-in?next=/2026/form"


def test_a_sign_in_page_left_open_while_another_tab_signs_in_asks_for_the_password_again(official: FlaskClient):
    with official.session_transaction() as cookie:
        token = cookie["_user_id"]
    official.delete_cookie("assess")
    stale = visit(official, "/sign-in?next=/2026/form")
    signed_in_anew(official, token)

    page = submit(official, stale.form(), {"username": JIANWAI, "password": PASSWORD}, status=400)

    assert page.h1 == "Sign in"
    assert page.errors == ["This page was open too long. Enter your password again."]
    assert page.form().values["username"] == JIANWAI


BROWSERS = [
    {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"},
    {"Origin": "http://localhost"},
]
"""What browsers say of where a form comes from; over plain HTTP they name the origin alone."""


@pytest.mark.parametrize("said", BROWSERS)
def test_what_a_browser_sends_from_a_page_of_this_service_is_offered_to_be_sent_again(
    official: FlaskClient, said: dict[str, str]
):
    sent = {"answer-new_green": "1.5", "seen": "0", "then": "stay"}

    answer = official.post(SECTION, data=sent, headers=said)

    assert answer.status_code == 400
    assert 'value="1.5"' in answer.text


ELSEWHERE = [
    *({"Origin": origin} for origin in ("https://elsewhere.example", "http://assess", "http://[", "null", "")),
    *({"Origin": "http://localhost", "Sec-Fetch-Site": site} for site in ("same-site", "cross-site", "")),
]
"""What browsers say of a form of another site; `Sec-Fetch-Site` counts where it is there."""


@pytest.mark.parametrize("said", ELSEWHERE)
@pytest.mark.parametrize("signed_in", [True, False])
def test_what_another_site_makes_a_browser_send_is_never_offered_to_be_sent_again(
    database: Database, official: FlaskClient, signed_in: bool, said: dict[str, str]
):
    if not signed_in:
        end_all_sign_ins(database)
    sent = {"answer-new_green": "1.5", "seen": "0", "then": "stay"}

    answer = official.post(SECTION, data=sent, headers=said)

    assert answer.status_code == 400
    assert "1.5" not in answer.text
