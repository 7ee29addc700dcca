"""People as the office keeps them."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assess.core.actors import Role
from assess.services.accounts import Duty
from assess.services.accounts.keeping import LAST_OFFICE
from assess.store.models import AuditEntry
from assess.store.queries.accounts import account_called
from assess.store.session import OVERTAKEN, Database
from tests.queries import counted
from tests.services.forms import an_open_year
from tests.web.conftest import SignInAs
from tests.web.pages import Page, read, submit, visit
from tests.years import CHAOWAI, JIANWAI, NOW, a_person, person

EVERYBODY = [JIANWAI, CHAOWAI, "colleague", "evaluator", "leader", "office", "receiver"]


@pytest.fixture
def office(database: Database, sign_in_as: SignInAs) -> FlaskClient:
    """Somebody of the office, in English, in the year 2026."""
    an_open_year(database, 43)
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


def edited(client: FlaskClient, number: int, **typed: Any) -> Page:
    """The page of a person after it was changed."""
    return submit(client, visit(client, f"/people/{number}").form(f"/people/{number}"), typed)


def test_roles_units_and_departments_of_a_person_are_changed(office: FlaskClient, database: Database):
    number = number_of(database, JIANWAI)

    page = edited(office, number, roles=["official", "evaluator"], units=[CHAOWAI], departments=["water-bureau"])

    assert "Saved." in page.main
    wang = person(database, JIANWAI)
    assert (wang.roles, wang.units, wang.departments) == (
        {Role.OFFICIAL, Role.EVALUATOR},
        {CHAOWAI},
        {"water-bureau"},
    )


def test_the_second_of_two_who_change_a_person_is_told_and_nothing_is_overwritten(
    office: FlaskClient, database: Database
):
    number = number_of(database, JIANWAI)
    form = visit(office, f"/people/{number}").form(f"/people/{number}")
    edited(office, number, name="王芳")

    page = submit(office, form, {"name": "王方"}, status=409)

    assert page.errors == [OVERTAKEN.en]
    assert page.form(f"/people/{number}").values["name"] == "王方"
    assert person(database, JIANWAI).name == "王芳"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"name": ""}, "Enter the name"),
        ({"name": "x" * 100_000}, "Enter at most 200 characters. You have entered 100000."),
        ({"name": "x" * 100}, "This must be 80 characters or fewer. Shorten it."),
        ({"email": "<script>"}, "“<script>” is not an email address. Check it or leave it empty."),
        ({"roles": []}, "Select at least one role."),
        ({"roles": ["king"]}, "Select one of the options listed"),
        ({"units": []}, "Select the unit of the unit official."),
        ({"units": ["110105999"]}, "Select one of the options listed"),
        ({"language": "fr"}, "Select a language"),
        ({"seen": "9" * 5_000}, None),
        ({"seen": "-1"}, None),
        ({"seen": "<script>"}, None),
    ],
)
def test_whatever_is_sent_for_a_person_is_answered_plainly_and_nothing_is_kept(
    office: FlaskClient, database: Database, typed: dict[str, Any], told: str | None
):
    number = number_of(database, JIANWAI)
    form = visit(office, f"/people/{number}").form(f"/people/{number}")
    sent = {name: value for name, value in {**form.values, **typed}.items() if value is not None}

    page = read(office.post(form.action, data=sent), 422 if told else 409)

    assert page.errors == [told or OVERTAKEN.en]
    assert "<script>" not in page.html.replace("&lt;", "")
    assert person(database, JIANWAI).name == JIANWAI


@pytest.mark.parametrize("way", ["", "/link", "/close", "/reopen"])
def test_a_person_that_does_not_exist_is_not_found(office: FlaskClient, way: str):
    token = visit(office, "/people/").form("/sign-out").values["csrf_token"]

    for number in ("999999", "9" * 18, "9" * 40):
        assert office.post(f"/people/{number}{way}", data={"csrf_token": token}).status_code == 404


def test_a_person_who_leaves_passes_the_unit_on_and_can_come_back(office: FlaskClient, database: Database):
    number = number_of(database, JIANWAI)
    colleague = number_of(database, "colleague")

    closing = visit(office, f"/people/{number}/close")
    page = submit(office, closing.form(), {"successor": str(colleague)})
    assert f"The account of {JIANWAI} is closed." in page.main
    assert page.main.count("Closed") == 1
    back = submit(office, page.form("/reopen"))

    assert "The account is active again." in back.main
    assert "No password yet" in back.main


@pytest.mark.parametrize("successor", ["999999", "x", "-1", "' or 1=1 --"])
def test_nobody_can_be_named_successor_who_is_not_offered(office: FlaskClient, database: Database, successor: str):
    closing = visit(office, f"/people/{number_of(database, JIANWAI)}/close").form()

    page = read(office.post(closing.action, data={**closing.values, "successor": successor}), 422)

    assert page.errors == ["Select one of the options listed"]


def test_closing_the_last_account_of_the_office_is_refused_on_the_page(office: FlaskClient, database: Database):
    closing = visit(office, f"/people/{number_of(database, 'office')}/close")

    page = submit(office, closing.form(), status=422)

    assert page.errors == [LAST_OFFICE.en]


def test_a_closed_person_is_signed_out_at_the_next_page(office: FlaskClient, database: Database, sign_in_as: SignInAs):
    hers = sign_in_as(JIANWAI)
    assert hers.get("/account").status_code == 200
    number = number_of(database, JIANWAI)

    submit(office, visit(office, f"/people/{number}/close").form())

    assert hers.get("/account").status_code == 303


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("words=COLL", ["colleague"]),
        ("words=%25", []),
        ("words=_", []),
        ("words=" + "x" * 3_000, []),
        ("role=official", [JIANWAI, CHAOWAI, "colleague"]),
        ("role=official&unit=" + JIANWAI, [JIANWAI, "colleague"]),
        ("department=water-bureau", ["evaluator"]),
        ("state=closed", ["leader"]),
        ("state=open&role=leader", []),
        (
            "role=king&unit=%3Cscript%3E&state=x",
            [JIANWAI, CHAOWAI, "colleague", "evaluator", "leader", "office", "receiver"],
        ),
        ("page=9999999999999999999999&words=coll", ["colleague"]),
    ],
)
def test_people_are_found_by_role_place_state_and_words(
    office: FlaskClient, database: Database, asked: str, found: list[str]
):
    with database.writing() as session:
        leader = account_called(session, "leader")
        assert leader is not None
        leader.closed_at = NOW

    page = visit(office, f"/people/?{asked}")

    rows = next(iter(page.tables.values()), [])[1:]
    assert [row[1] for row in rows] == found


def test_a_long_list_is_told_a_page_at_a_time(office: FlaskClient, database: Database):
    with database.writing() as session:
        for number in range(60):
            a_person(session, f"leader{number:02}", Duty(Role.LEADER))

    first = visit(office, "/people/?role=leader")
    second = visit(office, first.links["Next page"])

    (caption, rows), (_, more) = next(iter(first.tables.items())), next(iter(second.tables.items()))
    assert caption == "People found: 61"
    assert (len(rows) - 1, len(more) - 1) == (50, 11)
    assert "Previous page" in second.links
    assert "role=leader" in first.links["Next page"]


def test_a_list_of_people_takes_the_same_number_of_queries_however_long(
    app: Flask, office: FlaskClient, database: Database
):
    def queries(path: str) -> int:
        with counted(app.extensions["database"]) as asked:
            visit(office, path)
        return len(asked)

    visit(office, "/people/")  # the year is in memory from now on
    one = queries("/people/?words=colleague")
    three = queries("/people/?role=official")
    with database.writing() as session:
        for number in range(60):
            a_person(session, f"leader{number:02}", Duty(Role.LEADER), Duty(Role.OFFICIAL, unit=JIANWAI))

    assert one == three == queries("/people/")
    assert one <= 12
    assert queries(f"/people/{number_of(database, JIANWAI)}") <= 12
    assert queries("/account") <= 12


def test_links_are_shown_once_and_never_in_the_log(office: FlaskClient, database: Database):
    number = number_of(database, JIANWAI)
    shown = submit(office, visit(office, f"/people/{number}").form("/link"), status=200)
    token = link_on(shown).rpartition("/")[2]

    assert token not in visit(office, f"/people/{number}").html
    with database.reading() as session:
        assert all(token not in repr((each.old, each.new)) for each in session.query(AuditEntry))


def test_before_a_year_has_units_codes_are_typed(database: Database, sign_in_as: SignInAs):
    with database.writing() as session:
        a_person(session, "office", Duty(Role.OFFICE))
    office = sign_in_as("office")
    office.set_cookie("language", "en")

    typed = {"username": "li", "name": "李娜", "roles": ["official"], "units": "110105001，110105002"}
    submit(office, visit(office, "/people/new").form(), typed, status=200)
    wrong = submit(
        office, visit(office, "/people/new").form(), {**typed, "username": "zhao", "units": "<script>"}, status=422
    )

    assert person(database, "li").units == {JIANWAI, CHAOWAI}
    assert wrong.errors == ["Enter codes of letters and digits, separated by commas"]


def links_on(page: Page) -> list[str]:
    """The one-time links of slips, without their host."""
    return [word.removeprefix("http://127.0.0.1:8000") for word in page.main.split() if "/password/" in word]


def test_officials_without_a_password_get_new_links_as_slips_at_once(app: Flask, office: FlaskClient):
    found = visit(office, "/people/?role=official&state=new")
    question = visit(office, found.links["New one-time links for the people found"])
    assert "People with an active account: 3" in question.main

    first = submit(office, question.form(), {}, status=200)
    second = submit(office, question.form(), {}, status=200)
    for name in (JIANWAI, CHAOWAI, "colleague"):
        assert f"Username {name} Link" in second.main
    assert [app.test_client().get(link).status_code for link in links_on(first) + links_on(second)] == [404] * 3 + [
        200
    ] * 3
