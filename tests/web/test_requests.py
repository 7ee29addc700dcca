"""The pages of exemptions, excluded data and reopenings, and what people try with them."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assess.core.actors import Role
from assess.core.workflow import Stage
from assess.services.accounts import Duty
from assess.store.models import Cycle, Exclusion, Exemption, Reopening
from assess.store.session import Database
from tests.services.forms import an_open_year
from tests.services.objects import a_year_of_sections
from tests.web.bureau import english
from tests.web.conftest import SignInAs
from tests.web.pages import submit, visit
from tests.web.served import stop_clock
from tests.years import CHAOWAI, JIANWAI, NOW, a_person

PLACES = ("exemptions", "exclusions")
TYPED = {
    "exemptions": {"subject": "soil.hazardous", "reason": "辖区内没有"},
    "exclusions": {"subject": "pm25", "period": "2026-03", "reason": "沙尘天气"},
}


@pytest.fixture
def as_(app: Flask, database: Database, sign_in_as: SignInAs) -> SignInAs:
    """Somebody at work in English while units report, whatever the day of the test."""
    stop_clock(app, NOW)
    an_open_year(database)
    with database.writing() as session:
        a_person(session, "office2", Duty(Role.OFFICE))

    def english(username: str) -> FlaskClient:
        client = sign_in_as(username)
        client.set_cookie("language", "en")
        return client

    return english


def states(database: Database, place: str) -> list[str]:
    """The states of all requests, in the order in which they were asked."""
    model = Exemption if place == "exemptions" else Exclusion
    with database.reading() as session:
        return [row.state for row in session.query(model).order_by(model.id)]


@pytest.mark.parametrize("place", PLACES)
def test_an_official_asks_and_the_office_approves(database: Database, as_: SignInAs, place: str):
    official, office = as_(JIANWAI), as_("office")
    listing = submit(official, visit(official, f"/2026/{place}/new").form(), TYPED[place])
    assert listing.path == f"/2026/{place}"
    assert "No requests yet" in visit(as_(CHAOWAI), f"/2026/{place}").main
    assert visit(as_(CHAOWAI), f"/2026/{place}/1", status=404)
    seen = visit(official, f"/2026/{place}/1")
    assert "Approve" not in seen.form().buttons
    page = visit(office, f"/2026/{place}/1")
    refused = submit(office, page.form(), {"ruling": ""}, press="Approve", status=422)
    assert refused.errors == ["Enter your decision and why."]
    done = submit(office, page.form(), {"ruling": "经核查属实"}, press="Approve")

    assert ("approved" in done.main, states(database, place)) == (True, ["approved"])


@pytest.mark.parametrize("place", PLACES)
def test_nobody_approves_their_own_request_even_with_a_forged_form(database: Database, as_: SignInAs, place: str):
    office = as_("office")
    submit(office, visit(office, f"/2026/{place}/new").form(), {"unit": JIANWAI, **TYPED[place]})
    page = visit(office, f"/2026/{place}/1")
    assert "another person at the assessment office decides" in page.main
    forged = {**page.form().values, "step": "approve", "ruling": "可以"}
    assert office.post(f"/2026/{place}/1", data=forged).status_code == 403
    other = as_("office2")
    form = visit(other, f"/2026/{place}/1").form()
    submit(other, form, {"ruling": "不符合"}, press="Reject")
    again = other.post(f"/2026/{place}/1", data={**form.values, "step": "approve", "ruling": "x"})

    assert (again.status_code, states(database, place)) == (409, ["refused"])


@pytest.mark.parametrize("place", PLACES)
def test_who_withdraws_a_request_gives_a_reason_for_withdrawing_and_no_ruling(as_: SignInAs, place: str):
    official = as_(JIANWAI)
    submit(official, visit(official, f"/2026/{place}/new").form(), TYPED[place])
    page = visit(official, f"/2026/{place}/1")
    assert ("Reason for withdrawing" in page.main, "Decision" in page.main) == (True, False)

    shown = submit(official, page.form(), {"ruling": "已有数据"}, press="Withdraw").main

    assert "Reason for withdrawing 已有数据 Withdrawn by" in shown
    assert ("Decision" in shown, "Decided by" in shown) == (False, False)


@pytest.mark.parametrize("place", PLACES)
def test_a_form_pressed_twice_asks_once(database: Database, as_: SignInAs, place: str):
    official = as_(JIANWAI)
    form = visit(official, f"/2026/{place}/new").form()
    answers = [official.post(form.action, data={**form.values, **TYPED[place]}).status_code for _ in range(2)]

    assert (answers, states(database, place)) == ([303, 422], ["asked"])


WRONG = [
    *((name, text) for name in ("unit", "subject", "reason") for text in ("", "x" * 5_000, "\x00", "\x1b[31m")),
    ("unit", CHAOWAI),
    ("unit", "110105999"),
    ("subject", "<script>alert(1)</script>"),
]
WRONG_PERIODS = [("period", "2025-01"), ("period", "x" * 5_000), ("period", "2026-H1")]


@pytest.mark.parametrize(
    ("place", "field", "typed"),
    [*((place, *wrong) for place in PLACES for wrong in WRONG), *(("exclusions", *wrong) for wrong in WRONG_PERIODS)],
)
def test_whatever_is_typed_is_refused_plainly_and_nothing_kept(
    database: Database, as_: SignInAs, place: str, field: str, typed: str
):
    official = as_(JIANWAI)
    form = visit(official, f"/2026/{place}/new").form()
    answer = official.post(form.action, data={**form.values, **TYPED[place], field: typed})

    assert (answer.status_code in (404, 422), states(database, place)) == (True, [])
    assert "<script>alert" not in answer.text


def test_a_request_is_narrowed_by_unit_and_state(as_: SignInAs):
    office = as_("office")
    for unit in (JIANWAI, CHAOWAI):
        submit(office, visit(office, "/2026/exemptions/new").form(), {"unit": unit, **TYPED["exemptions"]})
    page = submit(office, visit(office, "/2026/exemptions").form(), {"unit": CHAOWAI})
    assert [row[0] for row in page.tables["Requests: 1"][1:]] == ["Chaowai Subdistrict"]

    assert "No requests match." in visit(office, "/2026/exemptions?state=approved").main


def test_an_evaluator_asks_only_for_figures_of_the_own_department(database: Database, as_: SignInAs):
    evaluator = as_("evaluator")
    form = visit(evaluator, "/2026/exclusions/new").form()
    assert "water_use" in form.choices["subject"]
    assert "pm25" not in form.choices["subject"]
    forged = {**form.values, "unit": JIANWAI, **TYPED["exclusions"]}
    assert evaluator.post(form.action, data=forged).status_code == 403
    submit(evaluator, form, {"unit": JIANWAI, "subject": "water_use", "period": "2026-Q1", "reason": "管网改造"})

    assert states(database, "exclusions") == ["asked"]


def test_asking_ends_with_verifying(database: Database, as_: SignInAs):
    official = as_(JIANWAI)
    form = visit(official, "/2026/exemptions/new").form()
    with database.writing() as session:
        session.query(Cycle).one().stage = Stage.PROVISIONAL.value
    assert "Request an exemption" not in visit(official, "/2026/exemptions").links
    assert official.post(form.action, data={**form.values, **TYPED["exemptions"]}).status_code == 422

    assert states(database, "exemptions") == []


def test_the_office_reopens_one_unit_and_ends_it(database: Database, as_: SignInAs):
    office = as_("office")
    page = visit(office, "/2026/reopenings")
    wrong = submit(office, page.form(), {"whom": f"unit:{JIANWAI}", "until": "soon", "reason": ""}, status=422)
    assert wrong.errors == ["Enter a date such as 2026-03-25", "Enter the reason."]
    page = submit(office, page.form(), {"whom": f"unit:{JIANWAI}", "until": "2026-12-15", "reason": "停电"})
    assert page.tables["Reopenings: 1"][1][:3] == ["Jianwai Subdistrict", "15 December 2026", "停电"]
    end = page.form("/end")
    ended = submit(office, end)
    assert "Ended early" in ended.main
    assert office.post(end.action, data=end.values).status_code == 422

    with database.reading() as session:
        assert [row.closed_at is not None for row in session.query(Reopening)] == [True]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        *((name, text) for name in ("whom", "until", "reason") for text in ("", "x" * 5_000, "\x00")),
        ("whom", "unit:110105999"),
        ("until", "9999-12-31"),
        ("until", "2026-02-30"),
    ],
)
def test_no_reopening_comes_of_anything_wrong(database: Database, as_: SignInAs, field: str, typed: str):
    office = as_("office")
    form = visit(office, "/2026/reopenings").form()
    good = {"whom": f"unit:{JIANWAI}", "until": "2026-12-15", "reason": "停电"}
    answer = office.post(form.action, data={**form.values, **good, field: typed})

    assert answer.status_code == 422
    with database.reading() as session:
        assert session.query(Reopening).count() == 0


REQUESTED = [
    ("exemptions", {"subject": "months", "object": "W1", "part": "2026-03"}, "Donghe Bridge, March"),
    ("exemptions", {"subject": "quality", "object": "W2"}, "West Sluice"),
    ("exclusions", {"subject": "met", "object": "W2", "period": "2026-03"}, "West Sluice, March"),
]


def test_a_unit_names_the_river_section_that_its_request_is_of(app: Flask, database: Database, sign_in_as: SignInAs):
    stop_clock(app, NOW)
    a_year_of_sections(database, stage=Stage.COLLECTING)
    official = english(sign_in_as("s1"))

    for place, typed, told in REQUESTED:
        form = visit(official, f"/2026/{place}/new").form()
        listing = submit(official, form, {**typed, "reason": "断流"})

        assert form.choices["object"] == ["", "W1", "W2"]
        assert told in listing.main
