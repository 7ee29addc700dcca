"""Who reads which part of the annual task list, narrowed how, at how many queries."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assess.store.models import Obligation
from assess.store.session import Database
from tests.queries import counted
from tests.services.evidence import a_pdf
from tests.services.forms import an_open_year
from tests.services.obligations import LATE_OCTOBER, report
from tests.web.conftest import SignInAs
from tests.web.pages import confirm, submit, visit
from tests.web.served import stop_clock
from tests.years import CHAOWAI, JIANWAI, NOW, a_year, people

LIST = f"/2026/obligations/{JIANWAI}"
TASK = f"{LIST}/4"
OCTOBER = f"{LIST}/report?period=2026-10"


@pytest.fixture(autouse=True)
def clock(app: Flask) -> list[datetime]:
    """The moment of every request, the last in the list: 24 October, a day before the reports of the month are due."""
    return stop_clock(app, LATE_OCTOBER)


@pytest.fixture
def official(database: Database, sign_in_as: SignInAs) -> FlaskClient:
    """Somebody of Jianwai, in English."""
    an_open_year(database)
    return in_english(sign_in_as(JIANWAI))


def in_english(client: FlaskClient) -> FlaskClient:
    client.set_cookie("language", "en")
    return client


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 85),
        ("?domain=water", 10),
        ("?domain=water&state=done", 0),
        ("?state=overdue", 9),
        ("?domain=<script>&state=nonsense", 85),
        ("?domain=&state=", 85),
    ],
)
def test_the_list_is_narrowed_by_domain_and_state(official, query, found):
    page = visit(official, LIST + query)

    assert sum(len(rows) - 1 for rows in page.tables.values()) == found


def test_a_unit_that_is_not_one_s_own_is_not_there(official):
    other = f"/2026/obligations/{CHAOWAI}"
    for address in (other, f"{other}/4", f"{other}/report", f"{other}/files/4", f"{other}' OR 1=1"):
        visit(official, address, status=404)
    for part in ("999", "files/999", "report?period=2026-12", "..%2F..", "4/"):
        visit(official, f"{LIST}/{part}", status=404)
    form = visit(official, TASK).form()
    assert official.post(f"/2026/obligations/{CHAOWAI}/4", data=form.values).status_code == 404
    assert official.get("/2026/obligations/tasks/4").status_code == 403


def test_the_navigation_leads_an_official_to_the_own_list(official):
    home = visit(official, "/")

    assert home.links["Annual task list"] == "/2026/obligations"
    assert visit(official, official.get("/2026/obligations").location).h1 == "Annual task list"
    assert "Progress for OctoberAnnual task list · due 25 October 2026 (1 day left) Tasks: 27" in home.main
    assert "Overdue tasksAnnual task list · the oldest 207 days overdue Tasks: 9" in home.main


def test_the_office_reads_all_and_reports_nothing(database, official, sign_in_as):
    report(database)
    office = in_english(sign_in_as("office"))
    page = visit(office, "/2026/obligations")
    by_unit = visit(office, "/2026/obligations?by=unit").tables["Progress by unit, in tasks"]
    across = visit(office, page.links["4 Less dust on roads"]).tables["Units"]

    row = next(row for row in page.tables["Progress by task, in units"] if row[0].startswith("4 "))
    assert row == [
        "4 Less dust on roads", "District Urban Management Committee", "31 December 2026", "3", "0", "0", "2", "13.3%",
    ]  # fmt: skip
    assert by_unit[1] == ["Jianwai Subdistrict", "85", "0", "9", "77", "0.5%"]
    assert across[1:3] == [
        ["Jianwai Subdistrict", "Under way", "40%", "–", "Up to date"],
        ["Chaowai Subdistrict", "Not started", "0%", "–", "Report due"],
    ]
    assert "Submit progress of this task" not in visit(office, TASK).main
    assert visit(office, LIST).links["Annual task list"] == "/2026/obligations"


def test_an_evaluator_begins_with_the_tasks_the_department_leads(official, sign_in_as):
    evaluator = in_english(sign_in_as("evaluator"))
    page = visit(evaluator, "/2026/obligations")
    table = page.tables["Progress by task, in units"]

    assert {row[1] for row in table[1:]} == {"District Water Bureau"}
    whole = submit(evaluator, page.form(), {"lead": ""})
    assert len(whole.tables["Progress by task, in units"]) == 95


def test_files_are_attached_to_a_task_and_withdrawn(official):
    page = visit(official, f"{LIST}/files/4")
    page = submit(official, page.form(), {"files": (io.BytesIO(a_pdf()), "台账.pdf"), "note": "page 1"})
    assert [row[:2] for row in page.tables["Uploaded files"][1:]] == [["台账.pdf PDF, 1 KB", "page 1"]]
    assert "台账.pdf" in visit(official, TASK).main

    page = confirm(official, page, f"/obligations/{JIANWAI}/withdraw/1/4")
    assert (page.path, page.tables) == (f"{LIST}/files/4", {})


@pytest.mark.parametrize("units", [1, 3, 43])
def test_a_page_asks_the_database_as_often_for_few_units_as_for_many(database, app, sign_in_as, units):
    with database.writing() as session:
        a_year(session, units=units)
        people(session, units=[JIANWAI])
    asked = {}
    own = [(JIANWAI, address) for address in (LIST, TASK, OCTOBER, f"{LIST}/files/4")]
    whole = [f"/2026/obligations{part}" for part in ("", "?by=unit", "/tasks/4")]
    for who, address in (*own, *(("office", address) for address in (*whole, TASK))):
        client = sign_in_as(who)
        visit(client, address)
        with counted(app.extensions["database"]) as statements:
            visit(client, address)
        asked[f"{who} {address}"] = len(statements)

    assert list(asked.values()) == [8, 9, 9, 9, 6, 6, 6, 9]


def test_a_list_without_tasks_says_who_loads_them(database, official):
    with database.writing() as session:
        session.query(Obligation).update({Obligation.withdrawn_at: NOW})

    assert "The unit has no tasks." in visit(official, LIST).main
    visit(official, f"{LIST}/report", status=404)
