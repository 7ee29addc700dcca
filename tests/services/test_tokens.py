"""Tokens: given by the office for one department until a day, kept as a hash, dead with whoever answers for them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from assess.core.actors import Actor, Role
from assess.core.errors import NotAllowed, NotFound, Refused
from assess.core.tokens import TokenState
from assess.services import accounts, tokens
from assess.services.accounts import Duty
from assess.store.models import SignInFailure, Token
from assess.store.queries import tokens as queries
from assess.store.queries.accounts import account_called
from assess.store.session import Database
from tests.audit import entries
from tests.services.imports import DEPARTMENT, a_water_year
from tests.services.tokens import (
    bearer,
    give,
    looked_up,
    withdraw,
)
from tests.years import JIANWAI, NOW, a_person, person

LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def year(database: Database) -> Database:
    a_water_year(database, units=3)
    return database


def rows(database: Database) -> list[queries.TokenRow]:
    """The tokens as the office sees them."""
    with database.reading() as session:
        return queries.tokens_listed(session, start=0, size=50)


def close(database: Database, username: str) -> None:
    """Close an account."""
    with database.writing() as session:
        found = account_called(session, username)
        assert found is not None
        office = person(database, "office")
        accounts.close_account(session, office, account=found.id, seen=found.version, successor=None, now=NOW)


def test_a_token_acts_for_its_evaluator_in_its_department_and_for_nothing_else(year: Database):
    with year.writing() as session:
        both = a_person(session, "both", Duty(Role.OFFICE), Duty(Role.EVALUATOR, department=DEPARTMENT),
                        Duty(Role.EVALUATOR, department="housing"), Duty(Role.OFFICIAL, unit=JIANWAI))  # fmt: skip
    given = give(year, holder=both.account)

    assert bearer(year, given.secret) == Actor(
        account=both.account, username="both", name="both", roles=frozenset({Role.EVALUATOR}),
        departments=frozenset({DEPARTMENT}), token=given.row.id,
    )  # fmt: skip


def test_only_the_hash_of_a_secret_is_kept_and_the_log_has_neither(year: Database):
    given = give(year)

    assert given.secret.startswith("assess-")
    assert len(given.secret) == 50
    with year.reading() as session:
        (row,) = session.query(Token).all()
        assert row.secret == hashlib.sha256(given.secret.encode()).hexdigest()
        (entry,) = entries(session, "token:")
        assert (entry.actor, entry.subject) == ("office", f"token:{DEPARTMENT}/{row.id}")
        assert entry.new == {
            "name": "水务监测平台", "answers": person(year, "evaluator").account, "ends": "2027-01-31",
        }  # fmt: skip


@pytest.mark.parametrize(
    ("options", "field", "what"),
    [
        ({"name": "  "}, "name", "Enter the name of the system."),
        ({"name": "a\x00b"}, "name", "Enter the name of the system."),
        ({"name": "x" * 61}, "name", "Enter 60 characters or fewer."),
        ({"ends": None}, "ends", "Enter the last day."),
        ({"ends": date(2026, 11, 26)}, "ends", "This day is past. Enter today or a later date."),
        (
            {"ends": date(2028, 1, 2)},
            "ends",
            "The latest possible date is 2028-01-01. You can issue another token after that.",
        ),
        ({"department": "housing"}, "holder", "Select who is responsible."),
        ({"holder": 0}, "holder", "Select who is responsible."),
    ],
)
def test_a_token_needs_a_name_a_last_day_and_somebody_who_answers_for_it(
    sqlite_year: Database, options: dict[str, Any], field: str, what: str
):
    with pytest.raises(Refused) as refused:
        give(sqlite_year, **options)

    assert {name: text.en for name, text in refused.value.fields.items()} == {field: what}


@pytest.fixture(scope="module")
def sqlite_year(tmp_path_factory, sqlite_template):
    file = tmp_path_factory.mktemp("tokens") / "assess.db"
    file.write_bytes(sqlite_template.read_bytes())
    database = Database(f"sqlite:///{file}")
    a_water_year(database, units=3)
    yield database
    database.close()


def test_a_name_is_given_once_until_its_token_is_withdrawn_or_expires(year: Database):
    first = give(year)
    with pytest.raises(Refused) as refused:
        give(year)
    assert "already has a token named 水务监测平台" in refused.value.what.en

    withdraw(year, first.row.id)
    give(year, ends=date(2026, 11, 28))
    give(year, now=NOW + timedelta(days=2))
    assert [row.standing(date(2026, 11, 29)) for row in rows(year)] == [
        TokenState.IN_FORCE, TokenState.EXPIRED, TokenState.WITHDRAWN,
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["evaluator", "leader", JIANWAI])
def test_the_office_alone_gives_and_withdraws(year: Database, who: str):
    given = give(year)
    with pytest.raises(NotAllowed):
        give(year, by=who, name="another")
    with pytest.raises(NotAllowed):
        withdraw(year, given.row.id, by=who)


def test_a_withdrawn_token_opens_nothing_and_is_withdrawn_once(year: Database):
    given = give(year)
    withdraw(year, given.row.id)

    assert looked_up(year, given.secret) is None
    with pytest.raises(Refused):
        withdraw(year, given.row.id)
    with pytest.raises(NotFound):
        withdraw(year, given.row.id + 1)
    with year.reading() as session:
        assert [(entry.action, entry.subject) for entry in entries(session, "token:")] == [
            ("given", f"token:{DEPARTMENT}/{given.row.id}"), ("withdrawn", f"token:{DEPARTMENT}/{given.row.id}"),
        ]  # fmt: skip


def test_a_token_works_through_its_last_day_and_no_longer(year: Database):
    given = give(year, ends=date(2026, 11, 28))

    assert looked_up(year, given.secret, NOW + timedelta(days=1)) is not None
    assert looked_up(year, given.secret, NOW + timedelta(days=2)) is None


def test_a_token_dies_with_the_account_of_who_answers_for_it(year: Database):
    given = give(year)
    close(year, "evaluator")
    assert looked_up(year, given.secret) is None

    with year.writing() as session:
        found = account_called(session, "evaluator")
        assert found is not None
        accounts.reopen_account(session, person(year, "office"), account=found.id, seen=found.version, now=NOW)
    assert looked_up(year, given.secret) is None
    assert [row.standing(date(2026, 11, 28)) for row in rows(year)] == [TokenState.WITHDRAWN]


def test_a_token_rests_while_who_answers_for_it_is_no_evaluator_of_its_department(year: Database):
    given = give(year)
    with year.writing() as session:
        found = account_called(session, "evaluator")
        assert found is not None
        about = replace(accounts.about_of(found), duties=[Duty(Role.EVALUATOR, department="housing")])
        accounts.change_account(
            session, person(year, "office"), account=found.id, seen=found.version, about=about, now=NOW
        )

    assert looked_up(year, given.secret) is None
    assert [row.standing(date(2026, 11, 28)) for row in rows(year)] == [TokenState.UNHELD]


@pytest.mark.parametrize("secret", ["", "assess-", "x" * 10_000, "assess-\ud7ff", "令牌"])
def test_what_is_no_token_opens_nothing(year: Database, secret: str):
    give(year)

    assert looked_up(year, secret) is None


def test_too_many_refusals_shut_an_address_out_and_leave_sign_ins_alone(year: Database):
    with year.writing() as session:
        for _ in range(30):
            assert not tokens.is_shut_out(session, address="10.0.0.9", now=NOW)
            tokens.count_refusal(session, address="10.0.0.9", now=NOW)
        assert tokens.is_shut_out(session, address="10.0.0.9", now=NOW)
        assert not tokens.is_shut_out(session, address="10.0.0.8", now=NOW)
        assert not tokens.is_shut_out(session, address="10.0.0.9", now=NOW + timedelta(minutes=16))
        attempt = accounts.Attempt("office", "10.0.0.9", NOW)
        assert accounts.wait_before(session, attempt) == timedelta(0)
        assert session.query(SignInFailure).count() == 30
