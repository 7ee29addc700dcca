"""What readers are told when the machine beneath fails, on real full, locked and absent databases."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from assess.core.faults import Fault
from assess.store.session import Database
from assess.web.app import HEADERS
from assess.web.faults import FAULT_MESSAGES
from tests.faults import away, full_disk, impatient, locked_by_another_process
from tests.services.forms import an_open_year
from tests.stores import on_both
from tests.web.bureau import english
from tests.web.pages import Page, visit
from tests.years import JIANWAI

PAGE = "/account"


def language_of(database: Database) -> str:
    """What the account of the official says."""
    with database.reading() as session:
        return str(session.scalar(text("SELECT language FROM account WHERE username = :name"), {"name": JIANWAI}))


def told(answer: TestResponse, fault: Fault) -> str:
    """The heading of a page that tells of a fault, which has all headers and stands alone; its language."""
    page = Page(PAGE, answer.status_code, answer.text)
    assert FAULT_MESSAGES[fault].localized("en" if page.language == "en" else "zh") in page.main
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert (answer.headers["Retry-After"], answer.headers["Cache-Control"]) == ("30", "no-store")
    assert len(page.markup.all("strong")) == 1, "the number of the request"
    assert "govuk-notification-banner" not in answer.text
    return f"{answer.status_code} {page.language} {page.h1}"


def test_where_the_disk_is_full_nobody_is_told_that_something_was_done(
    official: FlaskClient, database: Database, caplog: pytest.LogCaptureFixture
):
    values = visit(official, PAGE).form(PAGE).filled({"language": "en"})

    with full_disk():
        answer = official.post(PAGE, data=values)
        reading = official.get("/2026/obligations")
    kept = language_of(database)
    after = visit(official, PAGE)
    again = official.post(PAGE, data=values)

    assert told(answer, Fault.FULL) == "503 zh 暂时无法保存"
    assert reading.status_code < 400
    assert (kept, "govuk-notification-banner" in after.html) == ("zh", False)
    assert (again.status_code, language_of(database)) == (303, "en")
    assert "The server has no storage available" in caplog.text


def test_a_sign_in_that_could_not_be_kept_leaves_the_browser_as_it_was(client: FlaskClient, database: Database):
    an_open_year(database)
    form = visit(client, "/sign-in").form()
    with client.session_transaction() as cookie:
        before = dict(cookie)

    with full_disk():
        answer = english(client).post("/sign-in", data=form.filled({"username": JIANWAI, "password": "x" * 12}))

    assert told(answer, Fault.FULL) == "503 en Your work cannot be saved right now"
    with client.session_transaction() as cookie:
        assert dict(cookie) == before


def test_what_another_process_has_locked_is_told_as_busy_and_can_be_read_meanwhile(
    official: FlaskClient, app: Flask, database: Database, instance: Path
):
    values = visit(official, PAGE).form(PAGE).filled({"language": "en"})
    impatient(app.extensions["database"].engine)

    with locked_by_another_process(instance / "assess.db"):
        answer = official.post(PAGE, data=values)
        reading = official.get(PAGE)

    assert told(answer, Fault.BUSY) == "503 zh 暂时无法保存"
    assert (reading.status_code, language_of(database)) == (200, "zh")


@on_both
def test_error_pages_need_no_database_and_whoever_was_signed_in_goes_on_when_it_is_back(
    official: FlaskClient, client: FlaskClient, database_url: str, database: Database, caplog: pytest.LogCaptureFixture
):
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    values = visit(official, PAGE).form(PAGE).filled({"language": "en"})
    database.close()
    with away(database_url), caplog.at_level(logging.ERROR):
        read = official.get("/2026/obligations")
        sent = official.post(PAGE, data=values)
        unknown = official.get("/no-such-page")
        visitor = client.get("/check/no-such-code")
        system = client.get("/api/v1/2026/departments/x/figures", headers={"Authorization": "Bearer x"})
        health = client.get("/healthz")

    assert [told(each, Fault.AWAY) for each in (read, sent, unknown, visitor)] == [
        "503 zh 系统暂时无法使用", "503 zh 暂时无法保存", "503 zh 系统暂时无法使用",
        "503 en The service is not available right now",
    ]  # fmt: skip
    assert (system.status_code, system.content_type) == (503, "application/problem+json")
    assert (health.status_code, health.json) == (503, {"status": "no database"})
    assert visit(official, PAGE).status == 200
    assert "Traceback" not in caplog.text
