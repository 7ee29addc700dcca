from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

from flask import Flask
from flask.testing import FlaskClient

from assess.services.years import year_of
from assess.store.models import Answer, Value
from assess.store.session import Database
from tests.services.forms import SOIL, dated, form_now
from tests.web.conftest import SignInAs
from tests.web.official import FORM, SECTION, kept
from tests.web.pages import submit, visit
from tests.years import CHAOWAI, JIANWAI, a_year, people, person

NASTY = [
    "",
    " ",
    "x" * 100_000,
    "<script>alert(1)</script>",
    "a\x00b",
    "\x1b[31m",
    "1e999",
    "-1",
    "９" * 30,
    "=1+1",
    "nan",
    "是\u202e否",
]


def test_another_units_pages_are_not_there(official: FlaskClient, database: Database):
    token = visit(official, FORM).form("/sign-out").values["csrf_token"]
    other = f"/2026/form/{CHAOWAI}"
    for path in (other, f"{other}/section/soil", f"{other}/check", f"{other}/receipt"):
        assert official.get(path).status_code == 404
    for path in (f"{other}/section/soil", f"{other}/check", f"{other}/withdraw"):
        assert official.post(path, data={"csrf_token": token, "seen": "0", "leader": "x"}).status_code == 404
    assert official.get(f"/2026/submissions/{JIANWAI}").status_code == 403
    assert kept(database) == [0, 0, 0, 0]


def test_evaluators_and_the_office_read_and_do_not_write(
    official: FlaskClient, sign_in_as: SignInAs, database: Database
):
    for username in ("evaluator", "office"):
        client = sign_in_as(username)
        client.set_cookie("language", "en")
        for path in (FORM, SECTION, f"{FORM}/check"):
            page = visit(client, path)
            assert [form for form in page.forms if form.in_main] == []
            assert "You are reading this form" in page.main
        token = visit(client, FORM).form("/sign-out").values["csrf_token"]
        for path in (SECTION, f"{FORM}/check"):
            data = {"csrf_token": token, "seen": "0", "answer-sorting_join": "1", "leader": "x"}
            assert client.post(path, data=data).status_code == 404
    assert kept(database) == [0, 0, 0, 0]


def test_nothing_nasty_is_kept_or_breaks_a_page(official: FlaskClient, database: Database):
    token, version = visit(official, SECTION).form().values["csrf_token"], 0
    for nasty in NASTY:
        for path, fields in (
            (
                SECTION,
                ["seen", "then", "answer-sorting_join", "answer-hazard_ledger", "answer-waste_free_cells", "unit"],
            ),
            (f"{FORM}/check", ["seen", "leader", "without"]),
            (f"{FORM}/withdraw", ["seen"]),
        ):
            for field in fields:
                data = {"csrf_token": token, "seen": str(version), field: nasty}
                answer = official.post(path, data=data)
                assert answer.status_code in (303, 409, 422), (path, field, nasty[:20])
                assert "<script>alert" not in answer.text
                version += answer.status_code == 303
    with database.reading() as session:
        assert [row.text for row in session.query(Answer)] == []
        assert session.query(Value).count() == 0


def test_fields_that_the_section_has_not_are_left_alone(official: FlaskClient, database: Database):
    token = visit(official, SECTION).form().values["csrf_token"]
    data = {
        "csrf_token": token,
        "seen": "0",
        "answer-sorting_join": "90",
        "answer-new_green": "5",
        "answer-pm25": "1",
        "remark-new_green": "x",
        "unit": CHAOWAI,
        "state": "certified",
    }

    assert official.post(SECTION, data=data).status_code == 303
    assert form_now(database, person(database, JIANWAI)).answers == {"sorting_join": "90"}
    assert official.post(f"{FORM}/section/no-such", data=data).status_code == 404
    assert official.get(f"{FORM}/section/no-such").status_code == 404


def test_after_the_last_day_a_page_says_what_to_do_and_saves_nothing(official: FlaskClient, database: Database):
    form = visit(official, SECTION).form()
    with database.writing() as session:
        dated(session, ends=date(2026, 1, 31))

    late = "填报已于2026-01-31截止，不能再保存或报送。确需补报的，请向考核办申请重新开放。"
    assert submit(official, form, {"answer-sorting_join": "90"}, status=422).errors == [late]
    for path in (FORM, SECTION, f"{FORM}/check"):
        assert late in visit(official, path).main
    assert "截止日期：2026年1月31日（逾期" in visit(official, "/").main
    assert kept(database) == [0, 0, 0, 0]


def test_of_many_browsers_that_save_one_draft_exactly_one_wins(
    official: FlaskClient, sign_in_as: SignInAs, database: Database
):
    clients = [official, *(sign_in_as("colleague") for _ in range(5))]
    forms = [visit(client, SECTION).form() for client in clients]
    together = Barrier(len(clients))

    def one(number: int) -> int:
        together.wait()
        data = forms[number].filled({"answer-waste_free_cells": str(number)})
        return clients[number].post(SECTION, data=data).status_code

    with ThreadPoolExecutor(len(clients)) as pool:
        statuses = list(pool.map(one, range(len(clients))))

    assert sorted(statuses) == [303, *[409] * 5]
    winner = str(statuses.index(303))
    assert form_now(database, person(database, JIANWAI)).answers == {"waste_free_cells": winner}


def test_browsers_of_different_units_that_save_at_once_lose_nothing(
    app: Flask, database: Database, sign_in_as: SignInAs
):
    with database.writing() as session:
        codes = year_of(session, a_year(session, units=8)).units.codes
        people(session, codes)
        dated(session)
    clients = {code: sign_in_as(code) for code in codes}
    sections = {"soil": SOIL, "noise": {"quiet_places": "2"}, "carbon": {"charging_piles": "40"}}

    def fill_in(code: str) -> list[int]:
        found = []
        for section, answers in sections.items():
            path = f"/2026/form/{code}/section/{section}"
            form = visit(clients[code], path).form()
            typed = {f"answer-{key}": text for key, text in answers.items() if f"answer-{key}" in form.values}
            found.append(clients[code].post(path, data=form.filled(typed)).status_code)
        return found

    with ThreadPoolExecutor(len(codes)) as pool:
        statuses = list(pool.map(fill_in, codes))

    assert statuses == [[303] * 3] * 8
    wanted = {key: text for answers in sections.values() for key, text in answers.items()}
    for code in codes:
        form = form_now(database, person(database, code), code)
        assert form.answers == {key: text for key, text in wanted.items() if key in form.form.fields}
