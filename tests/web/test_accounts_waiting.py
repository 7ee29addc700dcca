"""After failed attempts further ones wait: ever longer, never for good, and never for what strangers do."""

from __future__ import annotations

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assess.core.actors import Role
from assess.services import accounts
from assess.services.accounts import Duty
from assess.store.models import SignInFailure
from assess.store.queries.accounts import account_called
from assess.store.session import Database
from tests.web.conftest import SignInAs
from tests.web.pages import submit, visit
from tests.web.signing_in import WRONG, typed
from tests.years import PASSWORD, a_person

TOO_MANY = re.compile(r"Too many attempts failed\. Try again in (\d+) seconds?\.")


def waits(client: FlaskClient, username: str, password: str = PASSWORD) -> int:
    """For how many seconds the sign-in page asks to wait."""
    (told,) = typed(client, username, password, status=429)
    asked = TOO_MANY.match(told)
    assert asked is not None, told
    return int(asked[1])


def fails(database: Database, number: int, *, username: str = "wang", address: str = "10.0.0.9") -> None:
    """So many attempts under a name failed just now."""
    with database.writing() as session:
        session.add_all(SignInFailure(username=username, address=address, at=datetime.now(UTC)) for _ in range(number))


@pytest.mark.parametrize("username", ["wang", "nobody"])
def test_after_five_failures_even_the_right_password_waits_whether_or_not_there_is_an_account(
    client: FlaskClient, database: Database, wang: str, username: str
):
    for _ in range(5):
        assert typed(client, username.upper(), "not this one") == WRONG

    assert 0 < waits(client, username) <= 15
    later(database, timedelta(seconds=-16))
    if username == wang:
        assert submit(client, visit(client, "/sign-in").form(), {"username": wang, "password": PASSWORD}).path == "/"
    else:
        assert typed(client, username, PASSWORD) == WRONG
        assert 15 < waits(client, username) <= 30


def test_waits_grow_up_to_five_minutes_and_end(client: FlaskClient, database: Database, wang: str):
    fails(database, 12, address="127.0.0.1")

    assert 290 < waits(client, wang) <= 300
    later(database, timedelta(seconds=-301))
    assert submit(client, visit(client, "/sign-in").form(), {"username": wang, "password": PASSWORD}).path == "/"


def test_the_answer_says_to_programs_too_how_long_to_wait(client: FlaskClient, database: Database, wang: str):
    fails(database, 5, address="127.0.0.1")
    page = visit(client, "/sign-in")

    answer = client.post("/sign-in", data={**page.form().values, "username": wang, "password": PASSWORD})

    assert (answer.status_code, 0 < int(answer.headers["Retry-After"]) <= 15) == (429, True)


def test_a_stranger_who_guesses_elsewhere_does_not_shut_a_person_out(
    client: FlaskClient, database: Database, wang: str
):
    fails(database, 19)
    assert submit(client, visit(client, "/sign-in").form(), {"username": wang, "password": PASSWORD}).path == "/"


def test_many_strangers_slow_down_unknown_browsers_but_none_in_which_the_person_signed_in_before(
    app: Flask, client: FlaskClient, database: Database, wang: str
):
    submit(client, visit(client, "/sign-in").form(), {"username": wang, "password": PASSWORD})
    submit(client, visit(client, "/").form("/sign-out"))
    for number in range(200):
        fails(database, 1, address=f"10.0.1.{number}")

    assert 0 < waits(app.test_client(), wang) <= 30
    assert submit(client, visit(client, "/sign-in").form(), {"username": wang, "password": PASSWORD}).path == "/"


def test_who_guesses_in_a_known_browser_waits_there_alone(
    app: Flask, client: FlaskClient, database: Database, wang: str
):
    submit(client, visit(client, "/sign-in").form(), {"username": wang, "password": PASSWORD})
    submit(client, visit(client, "/").form("/sign-out"))
    for _ in range(5):
        typed(client, wang, "not this one")

    assert 0 < waits(client, wang) <= 15
    other = app.test_client()
    assert submit(other, visit(other, "/sign-in").form(), {"username": wang, "password": PASSWORD}).path == "/"


def test_a_cookie_of_another_name_or_of_anybody_s_making_makes_no_browser_known(
    app: Flask, client: FlaskClient, database: Database, wang: str
):
    with database.writing() as session:
        a_person(session, "zhao", Duty(Role.LEADER))
        account = account_called(session, "zhao")
        assert account is not None
        accounts.set_password(session, account, PASSWORD)
    submit(client, visit(client, "/sign-in").form(), {"username": "zhao", "password": PASSWORD})
    kept = client.get_cookie("assess_known")
    assert kept is not None
    fails(database, 5, address="127.0.0.1")

    for value in (kept.value, kept.value[:-2], "x", ""):
        other = app.test_client()
        other.set_cookie("assess_known", value)
        assert waits(other, wang) > 0


def test_an_address_that_failed_under_many_names_is_slowed_down_and_no_other(
    client: FlaskClient, database: Database, wang: str
):
    for number in range(50):
        fails(database, 1, username=f"n{number}", address="127.0.0.1")

    assert 0 < waits(client, wang) <= 15
    elsewhere = {"REMOTE_ADDR": "10.0.0.9"}
    page = visit(client, "/sign-in")
    answer = client.post(
        "/sign-in", data={**page.form().values, "username": wang, "password": PASSWORD}, environ_base=elsewhere
    )
    assert answer.status_code == 303


def test_the_office_sees_under_whose_names_attempts_failed(sign_in_as: SignInAs, database: Database, wang: str):
    with database.writing() as session:
        a_person(session, "office", Duty(Role.OFFICE))
    fails(database, 6)
    fails(database, 1, address="10.0.0.10")
    fails(database, 2, username="nobody")
    office = sign_in_as("office")
    office.set_cookie("language", "en")

    people = visit(office, "/people/")
    assert "Within one day, many attempts to sign in failed for 1 account." in people.main
    page = visit(office, people.links["Failed attempts to sign in"])
    (rows,) = page.tables.values()
    assert [row[:4] for row in rows[1:]] == [["wang", "wang", "7", "10.0.0.9 (6)10.0.0.10 (1)"]]
    assert "Under usernames that do not exist: 2 failures from 1 addresses." in page.main


def test_attempts_at_the_same_moment_gain_nothing(app: Flask, wang: str):
    clients = [app.test_client() for _ in range(12)]
    forms = [visit(each, "/sign-in").form().values for each in clients]

    def guess(place: int) -> int:
        sent = {**forms[place], "username": wang, "password": f"guess {place}"}
        return clients[place].post("/sign-in", data=sent).status_code

    with ThreadPoolExecutor(12) as pool:
        answers = Counter(pool.map(guess, range(12)))

    assert answers[422] <= 5
    assert answers[422] + answers[429] == 12


def test_a_success_clears_what_failed_before_and_the_office_still_sees_it(
    client: FlaskClient, database: Database, wang: str
):
    for _ in range(4):
        typed(client, wang, "not this one")

    submit(client, visit(client, "/sign-in").form(), {"username": wang, "password": PASSWORD})

    with database.reading() as session:
        assert [each.cleared for each in session.query(SignInFailure)] == [True] * 4
    submit(client, visit(client, "/").form("/sign-out"))
    for _ in range(5):
        assert typed(client, wang, "not this one") == WRONG


def later(database: Database, by: timedelta) -> None:
    """Move every refused attempt in time."""
    with database.writing() as session:
        for each in session.query(SignInFailure).all():
            each.at += by
