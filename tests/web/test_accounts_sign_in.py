"""Signing in and out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assess.core.actors import Role
from assess.services import accounts
from assess.services.accounts import Duty
from assess.store.models import AuditEntry, SignIn, SignInFailure
from assess.store.queries.accounts import account_called
from assess.store.session import Database, Session
from assess.web.sign_in import caller
from tests.web.conftest import SignInAs
from tests.web.pages import submit, visit
from tests.web.signing_in import WRONG, typed
from tests.years import NOW, PASSWORD, a_person


def test_a_person_signs_in_is_where_they_wanted_to_be_and_signs_out(client: FlaskClient, wang: str):
    asked = client.get("/?x=1")
    page = visit(client, asked.headers["Location"])

    home = submit(client, page.form(), {"username": " ＷＡＮＧ\u3000", "password": PASSWORD})
    assert home.path == "/?x=1"
    left = submit(client, home.form("/sign-out"))

    assert left.path == "/sign-in"
    assert client.get("/").headers["Location"] == "/sign-in?next=/"


def test_signing_out_ends_the_sign_in_itself_and_not_only_the_cookie(app: Flask, client: FlaskClient, wang: str):
    visit(client, "/sign-in")
    submit(client, visit(client, "/sign-in").form(), {"username": wang, "password": PASSWORD})
    kept = client.get_cookie("assess")
    assert kept is not None
    submit(client, visit(client, "/").form("/sign-out"))

    thief = app.test_client()
    thief.set_cookie("assess", kept.value)

    assert thief.get("/").status_code == 303


def test_a_cookie_from_before_does_not_become_signed_in(app: Flask, client: FlaskClient, wang: str):
    page = visit(client, "/sign-in")
    planted = client.get_cookie("assess")
    assert planted is not None
    submit(client, page.form(), {"username": wang, "password": PASSWORD})

    attacker = app.test_client()
    attacker.set_cookie("assess", planted.value)

    assert attacker.get("/").status_code == 303
    assert visit(client, "/").path == "/"


def test_signing_in_again_ends_the_sign_in_before(client: FlaskClient, database: Database, wang: str):
    page = visit(client, "/sign-in")
    submit(client, page.form(), {"username": wang, "password": PASSWORD})
    token = visit(client, "/").form("/sign-out").values["csrf_token"]

    client.post("/sign-in", data={"username": wang, "password": PASSWORD, "csrf_token": token})

    with database.reading() as session:
        assert [each.ended_at is None for each in sign_ins(session)] == [False, True]


def test_a_wrong_password_no_account_no_password_and_a_closed_account_get_the_same_words(
    client: FlaskClient, database: Database, wang: str
):
    with database.writing() as session:
        a_person(session, "new", Duty(Role.LEADER))
        a_person(session, "gone", Duty(Role.LEADER))
        gone = account_called(session, "gone")
        assert gone is not None
        accounts.set_password(session, gone, PASSWORD)
        gone.closed_at = NOW

    told = [
        typed(client, username, password)
        for username, password in ((wang, "not this one"), ("nobody", PASSWORD), ("new", PASSWORD), ("gone", PASSWORD))
    ]

    assert told == [WRONG] * 4


def test_old_sign_ins_and_failures_are_forgotten(client: FlaskClient, database: Database, wang: str):
    old = datetime.now(UTC) - timedelta(days=31)
    with database.writing() as session:
        account = account_called(session, wang)
        assert account is not None
        accounts.start_sign_in(session, account, old)
        session.add(SignInFailure(username="other", address="10.0.0.9", at=old))

    submit(client, visit(client, "/sign-in").form(), {"username": wang, "password": PASSWORD})

    with database.reading() as session:
        assert len(sign_ins(session)) == 1
        assert session.query(SignInFailure).all() == []


@pytest.mark.parametrize(
    ("ages", "status"),
    [
        ((timedelta(hours=9), timedelta(minutes=29)), 200),
        ((timedelta(hours=9), timedelta(minutes=31)), 303),
        ((timedelta(hours=10, minutes=1), timedelta(minutes=1)), 303),
        ((timedelta(hours=-3), timedelta(hours=-3)), 303),
        ((timedelta(hours=9), timedelta(hours=-3)), 303),
    ],
)
def test_a_browser_left_for_half_an_hour_or_used_for_ten_hours_or_of_the_future_is_signed_out(
    sign_in_as: SignInAs, database: Database, wang: str, ages: tuple[timedelta, timedelta], status: int
):
    client = sign_in_as(wang)
    with database.writing() as session:
        (kept,) = sign_ins(session)
        kept.started_at, kept.seen_at = (datetime.now(UTC) - age for age in ages)

    assert client.get("/").status_code == status


def test_every_page_puts_the_idle_limit_off(sign_in_as: SignInAs, database: Database, wang: str):
    client = sign_in_as(wang)
    with database.writing() as session:
        (kept,) = sign_ins(session)
        kept.seen_at = datetime.now(UTC) - timedelta(minutes=20)

    client.get("/")

    with database.reading() as session:
        (kept,) = sign_ins(session)
        assert datetime.now(UTC) - kept.seen_at < timedelta(minutes=1)


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example", "/%09/evil.example",
     "javascript:1", "/sign-out", "/no-such-page", "x", "/ /evil.example", "\\\\evil.example"],
)  # fmt: skip
def test_nobody_is_sent_elsewhere_after_signing_in(client: FlaskClient, wang: str, elsewhere: str):
    page = visit(client, "/sign-in")
    sent = {**page.form().values, "username": wang, "password": PASSWORD}

    answer = client.post("/sign-in", query_string={"next": elsewhere}, data=sent)

    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("typed_name", ["", "x" * 100_000, "<script>alert(1)</script>", "' or 1=1 --", "王\u202e"])
def test_whatever_is_typed_as_a_name_is_answered_plainly(client: FlaskClient, wang: str, typed_name: str):
    page = visit(client, "/sign-in")

    shown = submit(client, page.form(), {"username": typed_name, "password": "x" * 100_000}, status=422)

    assert "<script>alert" not in shown.html
    assert len(shown.errors) == 1


def test_a_name_with_a_null_byte_is_refused(client: FlaskClient, wang: str):
    page = visit(client, "/sign-in")

    answer = client.post("/sign-in", data={**page.form().values, "username": "wang\x00", "password": PASSWORD})

    assert answer.status_code == 422


def test_the_password_is_not_shown_again_and_the_name_is_kept(client: FlaskClient, wang: str):
    page = visit(client, "/sign-in")

    shown = submit(client, page.form(), {"username": wang, "password": "not this one"}, status=422)

    assert shown.form().values["username"] == wang
    assert "not this one" not in shown.html


def test_signing_in_and_out_stands_in_the_audit_log_without_any_secret(
    client: FlaskClient, database: Database, wang: str
):
    submit(client, visit(client, "/sign-in").form(), {"username": wang, "password": PASSWORD})
    submit(client, visit(client, "/").form("/sign-out"))

    with database.reading() as session:
        entries = session.query(AuditEntry).order_by(AuditEntry.number).all()
    assert [(each.actor, each.subject, each.action, each.new) for each in entries[1:]] == [
        ("wang", "account:wang", "signed in", {"address": "127.0.0.1"}),
        ("wang", "account:wang", "signed out", None),
    ]


def test_only_attempts_that_failed_are_listed_as_failed(client: FlaskClient, database: Database, wang: str):
    page = visit(client, "/sign-in")
    wrong = submit(client, page.form(), {"username": wang, "password": WRONG}, status=422)
    submit(client, wrong.form(), {"username": wang, "password": PASSWORD})

    with database.reading() as session:
        found = accounts.failed_sign_ins(session, now=datetime.now(UTC))
    assert [(each.username, each.failures) for each in found.accounts] == [("wang", 1)]


def test_addresses_of_one_network_of_version_6_are_one_caller(app: Flask):
    with app.test_request_context(environ_base={"REMOTE_ADDR": "2001:db8:1:2:aaaa::1"}):
        assert caller() == "2001:db8:1:2::/64"
    with app.test_request_context(environ_base={"REMOTE_ADDR": "::ffff:10.0.0.9"}):
        assert caller() == "10.0.0.9"


def sign_ins(session: Session) -> list[SignIn]:
    """All sign-ins in their order."""
    return session.query(SignIn).order_by(SignIn.id).all()
