"""The office gives and withdraws tokens on pages; each is shown once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assess.core.calendar import day_of
from assess.store.session import Database
from tests.queries import counted
from tests.services.forms import dated
from tests.services.imports import DEPARTMENT, a_water_year
from tests.services.tokens import SENT, give
from tests.web.api.calling import EVIDENCE
from tests.web.conftest import SignInAs
from tests.web.pages import Page, submit, visit
from tests.years import person

ENDS = (datetime.now(UTC) + timedelta(days=100)).date().isoformat()


@pytest.fixture
def office(database: Database, sign_in_as: SignInAs) -> FlaskClient:
    """An officer at work, in English."""
    a_water_year(database, units=3)
    with database.writing() as session:
        dated(session)
    client = sign_in_as("office")
    client.set_cookie("language", "en")
    return client


def filled(database: Database, **values: str) -> dict[str, str]:
    """What is typed to give a token to the water bureau."""
    holder = f"{person(database, 'evaluator').account}:{DEPARTMENT}"
    return {"name": "Water monitoring", "holder": holder, "ends": ENDS, **values}


def secret_on(page: Page) -> str:
    """The token that a page shows."""
    return next(word for word in page.main.split() if word.startswith("assess-"))


def sent_with(app: Flask, secret: str) -> int:
    """What comes of evidence with a token."""
    return app.test_client().post(EVIDENCE, json=SENT, headers={"Authorization": f"Bearer {secret}"}).status_code


def test_a_token_is_given_shown_once_used_and_withdrawn(app: Flask, database: Database, office: FlaskClient):
    assert "No token has been issued yet." in visit(office, "/tokens/").main
    page = submit(office, visit(office, "/tokens/new").form(), filled(database), status=200)
    secret = secret_on(page)
    assert page.h1 == "Token for Water monitoring"
    assert "http://127.0.0.1:8000/api/v1/2026/departments/water-bureau/evidence" in page.main
    assert sent_with(app, secret) == 202

    listed = visit(office, "/tokens/")
    (row,) = listed.tables["Tokens: 1"][1:]
    assert (row[0], row[1], row[2], row[6]) == (
        "Water monitoring", "District Water Bureau", "evaluator", "Active",
    )  # fmt: skip
    assert row[5] != "Never used"
    assert secret not in listed.html

    asked = visit(office, "/tokens/1/withdraw")
    after = submit(office, asked.form())
    assert "The token of Water monitoring is revoked." in after.text
    assert after.tables["Tokens: 1"][1][6].startswith("Revoked")
    assert sent_with(app, secret) == 401
    assert "It is already revoked." in visit(office, "/tokens/1/withdraw").main


def test_a_page_that_showed_a_token_does_not_show_it_again(database: Database, office: FlaskClient):
    form = visit(office, "/tokens/new").form()
    first = submit(office, form, filled(database), status=200)
    again = submit(office, form, filled(database), status=422)

    assert secret_on(first) not in again.html
    assert again.errors == [
        "The department already has a token named Water monitoring. It was shown once. If nobody copied it, revoke it "
        "first, then issue another."
    ]
    assert again.form().values["name"] == "Water monitoring"


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"name": ""}, "Enter the name of the system"),
        ({"name": " "}, "Enter the name of the system."),
        ({"name": "x" * 61}, "Enter at most 60 characters. You have entered 61."),
        ({"holder": ""}, "Select who is responsible."),
        ({"ends": ""}, "Enter the last day"),
        ({"ends": "tomorrow"}, "Enter a date such as 2026-03-25"),
        ({"ends": "2020-01-01"}, "This day is past. Enter today or a later date."),
    ],
)
def test_what_is_missing_or_wrong_is_told_beside_its_field(
    database: Database, office: FlaskClient, typed: dict[str, str], error: str
):
    page = submit(office, visit(office, "/tokens/new").form(), filled(database, **typed), status=422)

    assert page.errors == [error]


def test_the_list_is_paged_and_asks_the_same_whatever_its_length(app: Flask, database: Database, office: FlaskClient):
    visit(office, "/tokens/")
    with counted(app.extensions["database"]) as empty:
        visit(office, "/tokens/")
    for number in range(51):
        give(database, name=f"system {number}", now=datetime.now(UTC), ends=day_of(datetime.now(UTC)))
    with counted(app.extensions["database"]) as full:
        page = visit(office, "/tokens/")

    assert len(page.tables["Tokens: 51"]) == 51
    assert len(visit(office, "/tokens/?page=2").tables["Tokens: 51"]) == 2
    assert (len(full) == len(empty), len(full) <= 12) == (True, True)


def test_a_token_that_is_none_is_not_found(office: FlaskClient):
    visit(office, "/tokens/7/withdraw", status=404)


@pytest.mark.parametrize(("language", "title"), [("en", "Interface for departments' systems"), ("zh", "部门数据接口")])
def test_anybody_reads_how_systems_send_figures(app: Flask, language: str, title: str):
    page = visit(app.test_client(), "/interface", language=language)

    assert page.h1 == title
    for path in ("POST /api/v1/{year}/departments/{department}/evidence", "GET /api/v1/{year}/imports/{row}"):
        assert path in page.main
    assert page.links[
        {"en": "Description for programs (OpenAPI 3.1)", "zh": "供程序读取的说明（OpenAPI 3.1）"}[language]
    ] == ("/api/v1/openapi.json")


def test_pages_of_tokens_are_in_chinese_too(database: Database, office: FlaskClient):
    office.set_cookie("language", "zh")
    page = submit(office, visit(office, "/tokens/new", language="zh").form(), filled(database), status=200)

    assert page.h1 == "“Water monitoring”的令牌"
    assert visit(office, "/tokens/", language="zh").h1 == "系统令牌"
    assert visit(office, "/tokens/1/withdraw", language="zh").h1 == "收回“Water monitoring”的令牌"
