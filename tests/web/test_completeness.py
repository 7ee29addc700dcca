from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assess.core.jobs import JobState
from assess.services.forms.drafts import save_draft
from assess.store.queries.completeness import last_reminders
from assess.store.queries.cycles import cycle_of_year
from assess.store.queries.jobs import counts_of_jobs
from assess.store.session import Database
from tests.queries import counted
from tests.services.forms import an_open_year
from tests.web.conftest import SignInAs
from tests.web.forms import PageForm
from tests.web.pages import Page, submit, visit
from tests.years import CHAOWAI, JIANWAI, NOW, a_year, people, person

PAGE = "/2026/completeness"


def reminding(page: Page) -> PageForm:
    """The form that sends a reminder."""
    return next(form for form in page.forms if "words" in form.values)


def english(client: FlaskClient) -> FlaskClient:
    """The same person, reading English."""
    client.set_cookie("language", "en")
    return client


@pytest.fixture
def year(database: Database) -> Database:
    """The year with three units, of which the first has begun its form."""
    with database.writing() as session:
        cycle = a_year(session, units=3)
        people(session)
    with database.writing() as session:
        save_draft(
            session, person(database, JIANWAI), cycle=cycle, unit=JIANWAI, section="ecology",
            answers={"new_green": "1.25"}, remarks={}, seen=0, now=NOW,
        )  # fmt: skip
    return database


def test_the_office_sees_how_far_each_unit_is(year: Database, sign_in_as: SignInAs):
    page = visit(english(sign_in_as("office")), f"{PAGE}?section=ecology", language="en")

    assert page.tables["Units and figures"][0][:3] == ["Unit", "Done", "Last reminder"]
    assert page.tables["Units and figures"][1] == ["Jianwai Subdistrict", "0/2", "–", "◐Draft", "○Missing"]


def test_only_units_that_have_not_begun_are_left_when_asked_for(year: Database, sign_in_as: SignInAs):
    page = visit(english(sign_in_as("office")), f"{PAGE}?show=not-started", language="en")

    assert [row[0] for row in page.tables["Units and figures"][1:-1]] == ["Chaowai Subdistrict", "Hujialou Subdistrict"]


def test_an_evaluator_begins_with_the_figures_of_the_department_and_reminds_nobody(
    year: Database, sign_in_as: SignInAs
):
    page = visit(english(sign_in_as("evaluator")), PAGE, language="en")

    assert next(form for form in page.forms if "supplier" in form.values).values["supplier"] == "water-bureau"
    assert "Send the reminder" not in page.text


def test_a_reminder_stands_on_the_first_page_of_the_unit_and_of_no_other(year: Database, sign_in_as: SignInAs):
    office = sign_in_as("office")
    page = visit(office, PAGE, language="zh")

    done = submit(office, reminding(page), {"units": [CHAOWAI], "words": "请于12月5日前报送。"}, press="发送提醒")

    assert "已提醒1个单位。" in done.text
    assert "请于12月5日前报送。" in visit(sign_in_as(CHAOWAI), "/").text
    assert "请于12月5日前报送。" not in visit(sign_in_as(JIANWAI), "/").text


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"units": [], "words": "请报送"}, "请至少选择一个单位。"),
        ({"units": [CHAOWAI], "words": " "}, "请填写提醒内容。"),
        ({"units": [CHAOWAI], "words": "长" * 1001}, "1000"),
    ],
)
def test_a_reminder_without_unit_or_words_is_not_sent(
    year: Database, sign_in_as: SignInAs, typed: dict[str, object], wrong: str
):
    office = sign_in_as("office")
    page = visit(office, PAGE, language="zh")

    refused = submit(office, reminding(page), typed, press="发送提醒", status=422)

    assert wrong in refused.text
    assert reminded(year) == {}


def reminded(database: Database) -> dict[str, str]:
    """Who was reminded of what."""
    with database.reading() as session:
        cycle = cycle_of_year(session, year=2026)
        return {unit: row.words for unit, row in last_reminders(session, cycle=cycle.id).items()}


@pytest.mark.parametrize("forged", [["110105999"], ["<script>"], [CHAOWAI, "110105043"], ["长" * 5000]])
def test_units_of_no_list_are_not_reminded(year: Database, sign_in_as: SignInAs, forged: list[str]):
    office = sign_in_as("office")
    token = reminding(visit(office, PAGE)).values["csrf_token"]

    answer = office.post(PAGE, data={"csrf_token": token, "units": forged, "words": "请报送"})

    assert (answer.status_code, reminded(year)) == (422, {})


def test_without_a_mail_server_no_mail_is_asked_for(year: Database, sign_in_as: SignInAs):
    office = sign_in_as("office")
    submit(office, reminding(visit(office, PAGE)), {"units": [CHAOWAI], "words": "请报送"}, press="发送提醒")

    with year.reading() as session:
        assert counts_of_jobs(session)[JobState.WAITING] == 0


@pytest.mark.parametrize("units", [1, 3, 43])
def test_the_matrix_asks_as_many_queries_for_all_units_as_for_one(
    app: Flask, database: Database, sign_in_as: SignInAs, units: int
):
    an_open_year(database, units)
    office = sign_in_as("office")
    visit(office, PAGE)

    with counted(app.extensions["database"]) as asked:
        visit(office, PAGE)

    assert len(asked) == 9


def test_at_343_units_the_matrix_comes_in_light_pages_and_keeps_what_it_was_narrowed_to(
    database: Database, sign_in_as: SignInAs
):
    an_open_year(database, 343)
    office = english(sign_in_as("office"))
    pages = [visit(office, f"{PAGE}?show=not-started")]
    while following := pages[-1].links.get("Next page"):
        pages.append(visit(office, following))

    assert max(len(page.html.encode()) for page in pages) < 400_000
    assert [len(page.tables["Units and figures"]) - 2 for page in pages] == [50] * 6 + [43]
    assert submit(office, reminding(pages[-1]), {"units": [], "words": "请报送"}, status=422).path.endswith("page=7")
