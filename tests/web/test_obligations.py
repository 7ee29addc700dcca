"""The annual task list as officials, evaluators and the office see it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assess.store.models import ObligationReport
from assess.store.queries.obligations import obligations_of
from assess.store.session import Database
from tests.services.forms import an_open_year, year_2026
from tests.services.obligations import LATE_OCTOBER
from tests.web.conftest import SignInAs
from tests.web.forms import PageForm
from tests.web.pages import Page, submit, visit
from tests.web.served import stop_clock
from tests.years import CHAOWAI, JIANWAI, NOW

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


def report(client: FlaskClient, address: str = TASK, status: int = 303, **typed: Any) -> Page:
    """Fill in the report on a task and send it."""
    return submit(client, visit(client, address).form(), {"status": "started", "share": "40", **typed}, status=status)


def rows(page: Page) -> PageForm:
    """The form that reports a whole period, below the one that chooses it."""
    return next(form for form in page.forms if form.in_main and form.method == "post")


def kept(database: Database, task: str = "4") -> tuple[str, int, str | None, int]:
    """Status, progress in percent, period and number of reports of an obligation of Jianwai."""
    with database.reading() as session:
        row = obligations_of(session, cycle=year_2026(session).id, units=[JIANWAI], tasks=[task])[0]
    return row.status, row.progress // 10**6, row.period, row.reports


def number_of_reports(database: Database) -> int:
    with database.reading() as session:
        return session.query(ObligationReport).count()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_official_reads_what_is_due_and_reports_it(database, official, language):
    official.set_cookie("language", language)
    page = visit(official, LIST, language=language)
    caption, rows = next(iter(page.tables.items()))
    done = report(official, words="Washed twice a week.")

    assert caption == {"en": "Air (17)", "zh": "大气污染防治（17项）"}[language]
    assert rows[4] == {
        "en": ["4 Less dust on roads", "15 g/m²", "31 December 202668 days left",
               "October Due due 25 October 2026; overdue in all: 9", "Not started", "0%"],
        "zh": ["4 降低道路尘负荷", "15 g/m²", "2026年12月31日还有68天",
               "10月 待报送 2026年10月25日前报送，累计9期逾期未报", "未启动", "0%"],
    }[language]  # fmt: skip
    assert done.h1 == {"en": "4 Less dust on roads", "zh": "4 降低道路尘负荷"}[language]
    assert {"en": "October: Started, 40%", "zh": "10月：实施中，40%"}[language] in done.main
    assert "Washed twice a week." in done.main
    assert kept(database) == ("started", 40, "2026-10", 1)


def test_a_report_after_its_day_is_marked_late_and_one_that_follows_replaces_it(official):
    report(official, period="2026-09")
    page = report(official, period="2026-09", share="55")

    assert "September: Started, 55% 24 October 2026 10:00" in page.main
    assert "September: Started, 40% Late Replaced by a correction 24 October 2026 10:00" in page.main


def test_what_is_refused_stays_typed_with_the_reason_beside_the_field(database, official):
    page = report(official, status=422, share="140", done_on="tomorrow", words="half")

    assert page.errors == [
        "“140” is above the maximum of 100. Check it.",
        "“tomorrow” is not a date. Enter it as in 2026-12-31.",
    ]
    values = page.form().values
    assert (values["share"], values["done_on"], values["words"]) == ("140", "tomorrow", "half")
    assert number_of_reports(database) == 0


def test_the_second_of_two_sees_what_the_first_reported_beside_what_he_typed(database, official, sign_in_as):
    form = visit(official, TASK).form()
    report(in_english(sign_in_as("colleague")), share="60")
    page = submit(official, form, {"status": "planned", "share": "10"}, status=409)

    assert page.errors == ["colleague submitted a report on 2026-10-24 10:00: Started, 60%"]
    assert page.form().values["share"] == "10"
    assert kept(database) == ("started", 60, "2026-10", 1)

    submit(official, page.form())
    assert kept(database) == ("planned", 10, "2026-10", 2)


def test_a_report_sent_without_the_version_seen_replaces_nothing(database, official):
    form = visit(official, TASK).form()
    report(official, share="60")

    submit(official, form, {"status": "planned", "share": "10", "seen": None}, status=409)

    assert kept(database) == ("started", 60, "2026-10", 1)


def test_a_whole_period_is_reported_on_one_page(database, official):
    form = rows(visit(official, OCTOBER))
    numbers = [name.removeprefix("seen-") for name in form.values if name.startswith("seen-")]
    blank = [form.values.get(name) for name in ("report-1", "status-1", "share-1")]
    changed = {"status-1": "started", "share-1": "10", "words-1": "Read each month.", "status-2": "done",
               "done_on-2": "2026-10-20", "share-2": "100"}  # fmt: skip
    page = submit(official, form, changed)

    assert (len(numbers), blank) == (27, [None, "", ""])
    assert "Tasks submitted: 2." in page.main
    assert (kept(database, "1"), kept(database, "2"), kept(database, "3")) == (
        ("started", 10, "2026-10", 1),
        ("done", 100, "2026-10", 1),
        ("none", 0, None, 0),
    )
    assert number_of_reports(database) == 2
    pending = visit(official, OCTOBER)
    assert "Tasks to report: 25 of 27." in pending.main
    everything = visit(official, pending.links["Show all tasks"])
    assert "Last report: Started, 10%" in everything.main
    assert not any(value for name, value in rows(everything).values.items() if name.startswith(("status-", "share-")))


def test_one_wrong_row_keeps_all_from_being_reported(database, official):
    form = rows(visit(official, OCTOBER))
    page = submit(official, form, {"status-1": "done", "share-1": "0", "status-2": "none", "share-2": "5"}, status=422)

    assert page.errors == [
        "1 Annual mean PM2.5: The progress of a completed task must be 100. Change the progress or the status.",
        "1 Annual mean PM2.5: Enter the date the task was completed.",
        "2 PM2.5 below last year: The progress of a task not started must be 0. Change the progress or the status.",
    ]
    assert (rows(page).values["status-1"], rows(page).values["share-2"]) == ("done", "5")
    assert number_of_reports(database) == 0


def test_rows_that_are_neither_ticked_nor_changed_are_left_for_later(database, official):
    form = rows(visit(official, OCTOBER))
    nothing = {name: None for name in form.values if name.startswith("report-")}
    submit(official, form, {**nothing, "status-3": "started", "share-3": "15"})

    assert (number_of_reports(database), kept(database, "3")) == (1, ("started", 15, "2026-10", 1))
    page = submit(official, form, {**nothing}, status=422)
    assert page.errors == ["There is nothing to submit. Fill in at least one task."]


def test_a_row_that_was_overtaken_is_told_and_the_rest_waits_with_it(database, official, sign_in_as):
    form = rows(visit(official, OCTOBER))
    report(in_english(sign_in_as("colleague")), share="60")
    page = submit(
        official, form, {"status-4": "started", "share-4": "20", "status-5": "none", "report-5": "yes"}, status=409
    )

    assert page.errors == ["4 Less dust on roads: colleague submitted a report on 2026-10-24 10:00: Started, 60%"]
    assert number_of_reports(database) == 1
    submit(official, rows(page))
    assert (number_of_reports(database), kept(database)) == (3, ("started", 20, "2026-10", 2))


HOSTILE = {
    "empty": "",
    "huge": "x" * 100_000,
    "script": "<script>alert(1)</script>",
    "null": "\x00",
    "control": "a\x1bb",
    "minus": "-1",
    "exponent": "1e3",
    "wide": "９９９９",
    "nan": "NaN",
    "unit": "../" + CHAOWAI,
    "turned": "\u202ex",
}


@pytest.mark.parametrize("field", ["period", "status", "share", "done_on", "words", "seen"])
def test_no_field_of_a_report_breaks_the_page(database, official, field):
    for name, hostile in HOSTILE.items():
        before = number_of_reports(database)
        form = visit(official, TASK).form()
        answer = official.post(TASK, data={**form.values, "status": "started", "share": "40", field: hostile})
        is_taken = (field, hostile) in {("done_on", ""), ("words", ""), *(("words", each) for each in HARMLESS)}

        assert (name, answer.status_code in ((303,) if is_taken else (409, 422))) == (name, True)
        assert (name, number_of_reports(database) - before) == (name, 1 if is_taken else 0)
        assert b"<script>alert" not in answer.data


HARMLESS = ("<script>alert(1)</script>", "-1", "1e3", "９９９９", "NaN", "../" + CHAOWAI)
"""What may well be written in words."""


@pytest.mark.parametrize(
    "name", ["status-1", "share-1", "done_on-1", "words-1", "seen-1", "was-1", "report-1", "period"]
)
def test_no_field_of_the_whole_period_breaks_the_page(official, name):
    for hostile in ("", "x" * 100_000, "<script>alert(1)</script>", "\x00", "-1"):
        form = rows(visit(official, OCTOBER))
        answer = official.post(f"{LIST}/report", data={**form.values, name: hostile})

        assert answer.status_code in (303, 404, 409, 422)
        assert b"<script>alert" not in answer.data


def test_once_reporting_is_over_the_pages_say_so_and_take_nothing(clock, database, official):
    form = visit(official, TASK).form()
    clock.append(datetime(2026, 12, 11, tzinfo=NOW.tzinfo))

    for address in (LIST, TASK, f"{LIST}/report?period=2026-10", f"{LIST}/files/4"):
        page = visit(official, address)
        assert "Submission closed on 2026-12-10" in page.main
        assert [each for each in page.forms if each.in_main and each.method == "post"] == []
    assert official.post(TASK, data={**form.values, "status": "started", "share": "1"}).status_code == 422
    assert number_of_reports(database) == 0
