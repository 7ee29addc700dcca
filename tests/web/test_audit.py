"""The office reads the log, has its chain checked, and takes it away."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import text

from assess.core.actors import operator
from assess.services import audit
from assess.settings import Settings
from assess.store.session import Database
from assess.worker import Worker, kinds_of
from tests.audit import whole_log
from tests.queries import counted
from tests.services.findings import a_ledger, record, step
from tests.web.bureau import english
from tests.web.conftest import SignInAs
from tests.web.pages import submit, visit
from tests.years import NOW

TOP = Path(__file__).parents[2]
LIST = "Entries found: {}, newest first"


@pytest.fixture
def office(database: Database, sign_in_as: SignInAs) -> FlaskClient:
    """An officer reading English, after a finding was recorded and its suspension asked for a day later."""
    a_ledger(database, units=2)
    record(database)
    step(database, "ask", "evaluator", now=NOW + timedelta(days=1), relief="suspension", reason="=等待雨季结束")
    return english(sign_in_as("office"))


def work(settings: Settings, database: Database) -> None:
    """A worker does what waits."""
    Worker(database, kinds_of(settings), threading.Event()).work_on_one()


def found(client: FlaskClient, query: str) -> list[str]:
    """The numbers of the entries that a query finds, as the page lists them."""
    tables = visit(client, f"/audit?{query}").tables.values()
    return [row[0] for table in tables for row in table[1:]]


def test_the_office_finds_entries_by_who_what_when_and_words(database: Database, office: FlaskClient):
    with counted(database) as queries:
        page = visit(office, "/audit")
    listed = page.tables[LIST.format(10)]

    assert len(queries) <= 12, queries
    assert listed[1][:4] == [
        "10",
        "28 November 2026 10:00",
        "evaluator (evaluator)",
        "Finding: request made2026 / 1",
    ]
    assert listed[1][4] == "day: 2026-11-28request: a suspensionreason: =等待雨季结束"
    assert listed[3][2:4] == ["System administrator (command line)", "Account: addedreviewer (reviewer)"]
    assert (page.links["2026 / 1"], page.links["reviewer (reviewer)"]) == ("/2026/findings/1", "/people/8")
    asked = {
        "who=evaluator": ["10", "9"],
        "who=operator&what=account:added&since=2026-11-28": [],
        "what=finding": ["10", "9"],
        "what=finding:recorded": ["9"],
        "name=finding:2026/1": ["10", "9"],
        "name=026/1&until=2026-11-27": ["9"],
        "name=colleague": ["5"],
        "year=2026&since=2026-11-28&until=2026/11/28": ["10"],
        "words=雨季": ["10"],
        "words=50%25": [],
        "before=9&who=operator": ["8", "7", "6", "5", "4", "3", "2", "1"],
        "who=nobody": [],
        "what=worker:slept": [],
        "since=0001-01-01&until=9999-12-31": [str(number) for number in range(10, 0, -1)],
    }
    assert {query: found(office, query) for query in asked} == asked
    assert "Enter a date such as 2026-03-25" in visit(office, "/audit?since=soon").main


def test_an_entry_is_read_whole_with_its_link_in_the_chain(database: Database, office: FlaskClient):
    (*_, ninth, tenth) = whole_log(database)
    page = visit(office, "/audit/10")

    assert page.h1 == "Entry 10 of the audit log"
    assert page.tables["Old and new values"][1:] == [
        ["day", "–", "2026-11-28"],
        ["request", "–", "a suspension"],
        ["reason", "–", "=等待雨季结束"],
    ]
    assert tenth.digest in page.main
    assert ninth.digest in page.main
    assert "Checked just now: the digest matches" in page.main
    assert (page.links["Open its page Subject"], page.links["Entry 9 Digest of the previous entry"]) == (
        "/2026/findings/1",
        "/audit/9",
    )
    assert found(office, page.links["All its entries Subject"].partition("?")[2]) == ["10", "9"]
    assert office.get("/audit/11").status_code == 404
    office.set_cookie("language", "zh")
    assert visit(office, "/audit/1").h1 == "操作日志第1条"


def test_a_long_log_goes_on_where_the_page_ends(database: Database, office: FlaskClient):
    with database.writing() as session:
        for number in range(60):
            long = {"words": "长" * 500, "units": [str(each) for each in range(9)], "number": number}
            audit.record(session, operator(), subject="later:2027", action="slept", new=long, now=NOW)
    page = visit(office, "/audit?what=later")
    older = visit(office, page.links["Older entries"])

    assert [row[0] for row in page.tables[LIST.format(60)][1:]] == [str(number) for number in range(70, 20, -1)]
    assert [row[0] for row in older.tables[LIST.format(60)][1:]] == [str(number) for number in range(20, 10, -1)]
    assert (older.links["Newest entries"], "Older entries" in older.links) == ("/audit?what=later", False)
    assert "later: slept2027" in page.main
    assert "长" * 500 in visit(office, "/audit/70").main


def test_the_chain_is_checked_by_a_job_whose_result_stays(database: Database, office: FlaskClient, settings: Settings):
    page = visit(office, "/audit")
    assert "The log has not been checked yet." in page.main
    asked = submit(office, page.form("/check"))
    assert "A check is waiting to run." in asked.main
    assert office.post("/audit/check", data=page.form("/check").filled({}, "")).status_code == 422
    work(settings, database)
    assert "entries 1 to 11 are complete and unchanged." in visit(office, "/audit").main
    with database.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_entry_no_update"))
        connection.execute(text("UPDATE audit_entry SET actor = 'nobody' WHERE number = 9"))

    submit(office, visit(office, "/audit").form("/check"))
    work(settings, database)

    page = visit(office, "/audit")
    assert "failed: entry 9 does not follow the one before." in page.main
    assert page.tables[LIST.format(14)][1][2:4] == ["Jobs", "Audit log: integrity check failed"]
    assert "The digest of entry 9 does not match its content." in visit(office, "/audit/9").main


def test_what_the_filters_show_is_taken_away(database: Database, office: FlaskClient):
    page = visit(office, "/audit?who=evaluator")
    form = page.form("/export?who=evaluator")

    book = office.post(form.action, data=form.filled({}, "Download as Excel"), buffered=True)
    lines = office.post(form.action, data=form.filled({}, "Download as JSON lines"), buffered=True)

    sheet = load_workbook(BytesIO(book.data)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(min_row=2))
    assert [cell.value for cell in rows[1]][:7] == [
        10, "2026-11-28 10:00", "evaluator (evaluator)", "Finding", "2026 / 1", "request made",
        "day: 2026-11-28\nrequest: a suspension\nreason: =等待雨季结束",
    ]  # fmt: skip
    assert {cell.data_type for row in rows for cell in row[1:]} == {"s"}
    entries = [json.loads(line) for line in lines.data.splitlines()]
    *_, ninth, tenth, excel, taken = whole_log(database)
    assert [(each["number"], each["digest"]) for each in entries] == [(9, ninth.digest), (10, tenth.digest)]
    assert (excel.action, excel.new) == ("exported", {"format": "xlsx", "to": 10, "filters": {"who": "evaluator"}})
    assert (taken.actor, taken.new) == ("office", {"format": "jsonl", "to": 11, "filters": {"who": "evaluator"}})
    manual = re.search(r"```\n(import hashlib.*?)```", (TOP / "docs" / "operating.md").read_text("utf-8"), re.DOTALL)
    assert manual is not None
    checked = subprocess.run([sys.executable, "-c", manual[1]], input=lines.data, capture_output=True, check=True)
    assert checked.stdout.decode().splitlines() == ["9 True", "10 True"]
