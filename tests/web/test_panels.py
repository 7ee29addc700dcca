from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assess.core.reasons import NO_REASON
from assess.services.panels.naming import NO_CHOICE
from assess.store.models import Grant, Value
from assess.store.queries.accounts import account_called
from assess.store.session import Database
from tests.queries import counted
from tests.services.forms import dated
from tests.services.panels import (
    FIGURE,
    KEEPER,
    MEMBERS,
    a_year_with_a_panel,
    close,
    counting,
    every_quarter,
    give,
    name,
    seat,
    standing,
)
from tests.web.conftest import SignInAs
from tests.web.forms import PageForm
from tests.web.pages import Page, submit, visit
from tests.years import CHAOWAI, JIANWAI, person

PANEL = f"/2026/panels/{FIGURE}"
JUDGE = f"{PANEL}/judge"
THIRD = "110105003"


@pytest.fixture
def year(database: Database) -> Database:
    """An open year of three units in which zhao, qian and sun sit on the panel."""
    an_open_panel(database)
    return database


def an_open_panel(database: Database, members: tuple[str, ...] = MEMBERS, units: int = 3) -> None:
    """An open year whose stages end on a day that no clock has reached, and who sits on its panel."""
    a_year_with_a_panel(database, members, units)
    with database.writing() as session:
        dated(session)


def marks_form(page: Page) -> PageForm:
    """The form with the points."""
    (found,) = (form for form in page.forms if form.in_main and form.method == "post")
    return found


def typed_in(page: Page, *names: str) -> dict[str, str]:
    """What stands in some fields, without the break of line that every text area begins with."""
    return {name: marks_form(page).values[name].removeprefix("\n") for name in names}


def english(sign_in_as: SignInAs, username: str) -> FlaskClient:
    """Somebody who reads English."""
    client = sign_in_as(username)
    client.set_cookie("language", "en")
    return client


def test_a_member_judges_many_units_at_once_and_reads_what_others_gave_only_then(year: Database, sign_in_as: SignInAs):
    give(year, person(year, "qian"), {CHAOWAI: "3"}, reason="低碳社区未建成")
    zhao = english(sign_in_as, "zhao")

    page = visit(zhao, JUDGE)
    assert page.h1 == "Judge: Panel's mark for low-carbon work"
    assert "Units left to judge: 3" in page.main
    assert "低碳社区未建成" not in page.html
    assert page.tables["Points and reasons"][1:3] == [
        ["Jianwai Subdistrict", "of 5", "", "–"], ["Chaowai Subdistrict", "of 5", "", "Members who have judged: 1"],
    ]  # fmt: skip
    typed = {
        f"points-{JIANWAI}": "4.5", f"reason-{JIANWAI}": "both <done>",
        f"points-{CHAOWAI}": "4", f"reason-{CHAOWAI}": "one missing",
    }  # fmt: skip
    after = submit(zhao, page.form(), typed)

    assert "Points saved for 2 units." in after.main
    assert "Units left to judge: 1" in after.main
    assert typed_in(after, f"reason-{JIANWAI}") == {f"reason-{JIANWAI}": "both <done>"}
    assert after.tables["Points and reasons"][2][3] == "qian: 3 低碳社区未建成 Average 3.5 Still to judge: sun"
    assert counting(year) == {}
    sun = english(sign_in_as, "sun")
    typed = {f"points-{CHAOWAI}": "5", f"reason-{CHAOWAI}": "all there"}
    assert "The average of 1 unit now counts." in submit(sun, visit(sun, JUDGE).form(), typed).main
    assert counting(year) == {CHAOWAI: "4.0"}


def test_wrong_input_keeps_what_was_typed_under_a_summary_and_saves_nothing(year: Database, sign_in_as: SignInAs):
    zhao = english(sign_in_as, "zhao")
    typed = {
        f"points-{JIANWAI}": "6", f"reason-{JIANWAI}": "good", f"points-{CHAOWAI}": "4", f"reason-{CHAOWAI}": "",
        f"points-{THIRD}": "5", f"reason-{THIRD}": "very good",
    }  # fmt: skip

    told = submit(zhao, visit(zhao, JUDGE).form(), typed, status=422)

    assert told.errors == [
        "Nothing was saved. Entries to correct: 2.",
        "Jianwai Subdistrict: “6” is above the maximum of 5. Check it.",
        "Chaowai Subdistrict: Enter the reason.",
    ]
    assert typed_in(told, *typed) == typed
    assert standing(year, person(year, "zhao")) == {}
    mended = {f"points-{JIANWAI}": "5", f"reason-{CHAOWAI}": "mended"}
    assert "Points saved for 3 units." in submit(zhao, told.form(), mended).main


def test_points_changed_in_another_tab_are_shown_before_they_are_overtaken(year: Database, sign_in_as: SignInAs):
    zhao = english(sign_in_as, "zhao")
    tab = visit(zhao, JUDGE)
    give(year, person(year, "zhao"), {CHAOWAI: "2"}, reason="first look")

    told = submit(zhao, tab.form(), {f"points-{CHAOWAI}": "4", f"reason-{CHAOWAI}": "second look"}, status=409)

    assert told.errors == [
        "You changed points in another window meanwhile, so nothing was saved. Compare and save again.",
        "Chaowai Subdistrict: now 2 points: first look",
    ]
    assert typed_in(told, f"points-{CHAOWAI}") == {f"points-{CHAOWAI}": "4"}
    after = submit(zhao, told.form())
    assert "Points saved for 1 unit." in after.main
    assert typed_in(after, f"reason-{CHAOWAI}") == {f"reason-{CHAOWAI}": "second look"}


def test_the_keepers_see_each_members_points_mean_spread_and_what_is_missing(year: Database, sign_in_as: SignInAs):
    give(year, person(year, "zhao"), {JIANWAI: "5", CHAOWAI: "4"}, reason="good")
    give(year, person(year, "qian"), {JIANWAI: "4", CHAOWAI: "1"}, reason="not so good")
    give(year, person(year, "zhao"), {CHAOWAI: "3"}, reason="counted again")

    for username in (KEEPER, "office"):
        page = visit(english(sign_in_as, username), PANEL)
        assert page.tables["Points of the members"][1:] == [
            ["Jianwai Subdistrict", "5 good", "4 not so good", "Own unit", "4.5", "1", "All have judged",
             "4.5 Jianwai Subdistrict"],
            ["Chaowai Subdistrict", "4 → 3 counted again", "1 not so good", "–", "2", "2", "sun", "–"],
            ["Hujialou Subdistrict", "–", "–", "–", "–", "–", "zhao, qian, sun", "–"],
        ]  # fmt: skip
    member = visit(english(sign_in_as, "sun"), PANEL)
    assert member.tables["Points of the members"][2][1:4] == ["Judged", "Judged", "–"]


def test_a_panel_is_named_changed_and_closed_by_the_department(database: Database, sign_in_as: SignInAs):
    an_open_panel(database, ())
    keeper = english(sign_in_as, KEEPER)
    home = visit(keeper, "/2026/panels")
    assert "No panel yet: the department supplies the points" in home.main

    page = visit(keeper, home.links["Add or remove members Panel's mark for low-carbon work"])
    assert submit(keeper, page.form(), status=422).errors == ["Select at least one person."]
    accounts = [str(person(database, username).account) for username in ("zhao", "qian")]
    page = submit(keeper, page.form(), {"accounts": accounts})
    assert [row[0] for row in page.tables["Members (2)"][1:]] == [
        "zhao (District Urban Management Committee)", "qian (District Urban Management Committee)",
    ]  # fmt: skip
    give(database, person(database, "zhao"), {CHAOWAI: "4"})

    page = visit(keeper, visit(keeper, PANEL).links["Close without members who have not judged"])
    assert page.tables["Units whose average will count (1)"][1:] == [["Chaowai Subdistrict", "1", "4", "qian"]]
    assert submit(keeper, page.form(), {"reason": ""}, status=422).errors == [NO_REASON.en]
    assert (
        "The averages of those who have judged now count."
        in submit(keeper, page.form(), {"reason": "qian is ill"}).main
    )
    assert counting(database) == {CHAOWAI: "4.0"}

    page = visit(keeper, f"{PANEL}/members/{seat(database, person(database, 'zhao'))}")
    told = submit(keeper, page.form(), {"reason": "moved"}, status=422)
    assert told.errors == [NO_CHOICE.en]
    after = submit(keeper, told.form(), {"given": "drop"})
    assert "zhao is no longer a member." in after.main
    assert counting(database) == {CHAOWAI: None}


def test_of_two_officers_the_second_closes_nothing_that_changed_meanwhile(year: Database, sign_in_as: SignInAs):
    give(year, person(year, "zhao"), {CHAOWAI: "4"})
    office = english(sign_in_as, "office")
    page = visit(office, f"{PANEL}/close")
    give(year, person(year, "qian"), {CHAOWAI: "2"})

    told = submit(office, page.form(), {"reason": "in a hurry"}, status=409)

    assert told.errors[0].startswith("Someone else changed this while you were working, so nothing was saved.")
    assert told.tables["Units whose average will count (1)"][1][1:3] == ["2", "3"]
    assert counting(year) == {}


def test_who_has_nothing_to_do_with_a_panel_finds_none(year: Database, sign_in_as: SignInAs):
    evaluator = english(sign_in_as, "evaluator")
    for path in (PANEL, JUDGE, f"{PANEL}/members", f"{PANEL}/members/1", f"{PANEL}/close", "/2026/panels/pm25"):
        assert (path, evaluator.get(path).status_code) == (path, 404)
    assert "You have nothing to judge this year." in visit(evaluator, "/2026/panels").main
    zhao = english(sign_in_as, "zhao")
    for path in (f"{PANEL}/members", f"{PANEL}/members/1", f"{PANEL}/close"):
        assert (path, zhao.get(path).status_code) == (path, 404)
    assert english(sign_in_as, "office").get(JUDGE).status_code == 404


def test_every_period_has_its_own_page(year: Database, sign_in_as: SignInAs):
    every_quarter(year)
    zhao = english(sign_in_as, "zhao")
    give(year, person(year, "zhao"), {JIANWAI: "4", CHAOWAI: "4", THIRD: "4"}, period="2026-Q1")

    page = visit(zhao, JUDGE)

    assert "quarter 1: 3 of 3 units" in page.main
    after = submit(zhao, marks_form(page), {f"points-{CHAOWAI}": "1", f"reason-{CHAOWAI}": "late"})
    assert standing(year, person(year, "zhao"), "2026-Q2").keys() == {CHAOWAI}
    assert after.path == f"{JUDGE}?period=2026-Q2&page=1"
    assert zhao.get(f"{JUDGE}?period=2026-07").status_code == 404


def test_pages_of_panels_ask_few_queries_whatever_their_size(app: Flask, database: Database, sign_in_as: SignInAs):
    an_open_panel(database, units=43)
    every_quarter(database)
    for username in MEMBERS[:2]:
        give(database, person(database, username), {CHAOWAI: "4", THIRD: "3"}, period="2026-Q1")
    name(database, person(database, "office"), person(database, KEEPER).account)
    closing = f"{PANEL}/close?period=2026-Q1"
    pages = {"/2026/panels": 10, PANEL: 12, JUDGE: 12, f"{PANEL}/members": 10, closing: 12}
    client = english(sign_in_as, KEEPER)

    found = {}
    for path in pages:
        visit(client, path)
        with counted(app.extensions["database"]) as asked:
            visit(client, path)
        found[path] = len(asked)

    assert found == pages


def test_home_says_what_a_member_has_still_to_judge(year: Database, sign_in_as: SignInAs):
    name(year, person(year, "office"), person(year, "office").account)
    give(year, person(year, "zhao"), {CHAOWAI: "4"})

    for username, left in (("zhao", 2), ("sun", 2), ("office", 3)):
        page = visit(english(sign_in_as, username), "/")
        assert f"until 31 December 2099 {left} left" in page.main
        assert page.links["Panel's mark for low-carbon work"] == JUDGE
    assert "panel member" not in visit(english(sign_in_as, KEEPER), "/").main
    give(year, person(year, "zhao"), {JIANWAI: "4", THIRD: "4"})
    page = visit(english(sign_in_as, "zhao"), "/2026/")
    assert "Points to give as a panel member You have judged every unit.All panels" in page.main


def test_a_mean_is_traced_to_the_points_behind_it_and_units_read_no_names(year: Database, sign_in_as: SignInAs):
    give(year, person(year, "zhao"), {CHAOWAI: "4"}, reason="good")
    give(year, person(year, "qian"), {CHAOWAI: "3"}, reason="not so good")
    close(year, person(year, "office"), "sun is ill")
    with year.reading() as session:
        value = session.query(Value.id).filter(Value.figure == FIGURE).scalar()
    source = f"/2026/source/{value}"

    for username, names in ((KEEPER, ["zhao", "qian"]), (CHAOWAI, ["a panel member"] * 2)):
        page = visit(english(sign_in_as, username), source)
        assert "The average of the points of 2 members. Not all members were waited for: sun is ill" in page.main
        rows = page.tables["Points of the members"][1:]
        assert [[*row[:2], row[2].split(",")[0]] for row in rows] == [
            ["4", "good", names[0]], ["3", "not so good", names[1]],
        ]  # fmt: skip
        assert ("zhao" in page.main) == (username == KEEPER)
    name(year, person(year, "office"), person(year, KEEPER).account)
    page = visit(english(sign_in_as, KEEPER), source)
    assert "You can see the points of other members once you have judged the unit." in page.main
    assert "not so good" not in page.html


def test_who_can_no_longer_judge_is_marked_among_the_members(year: Database, sign_in_as: SignInAs):
    with year.writing() as session:
        for username in ("zhao", "qian"):
            account = account_called(session, username)
            assert account is not None
            if username == "zhao":
                account.closed_at = account.created_at
            else:
                account.grants = [Grant(role="leader")]

    page = visit(english(sign_in_as, KEEPER), f"{PANEL}/members")

    assert [row[0] for row in page.tables["Members (3)"][1:]] == [
        "zhao (District Urban Management Committee) Account closed", "qian No longer an evaluator",
        "sun (District Urban Management Committee, Jianwai Subdistrict)",
    ]  # fmt: skip
