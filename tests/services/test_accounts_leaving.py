"""People who leave and come back, and the last of the office."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from assess.core.actors import Actor, Role
from assess.core.errors import Declined, Refused
from assess.services import accounts
from assess.services.accounts import AccountDetails, Duty, duties_held
from assess.store.models import SignIn
from assess.store.queries.accounts import key_of
from assess.store.session import Database
from tests.services.accounts import acts, an_official, close, kept, link, use, version
from tests.years import CHAOWAI, JIANWAI, NOW, a_person

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def office(database: Database) -> Actor:
    """Somebody of the office."""
    with database.writing() as session:
        return a_person(session, "office", Duty(Role.OFFICE))


def test_who_leaves_is_signed_out_at_once_and_the_duties_pass_to_the_colleague(database: Database, office: Actor):
    wang, li = an_official(database), an_official(database, "li", CHAOWAI)
    token = link(database, office, wang)

    close(database, office, wang, li)

    with database.reading() as session:
        assert duties_held(kept(session, wang.account)) == ()
        both = (Duty(Role.OFFICIAL, unit=JIANWAI), Duty(Role.OFFICIAL, unit=CHAOWAI))
        assert duties_held(kept(session, li.account)) == both
        assert [each.ended_at is None for each in session.query(SignIn).order_by(SignIn.id)] == [False, True]
        assert key_of(session, username="wang") is None
    assert use(database, token) != "set"
    told = {"successor": "li", "passed": [["official", JIANWAI, ""]]}
    assert acts(database, "account:wang")[-1] == ("office", "closed", None, told)
    who, action, old, new = acts(database, "account:li")[-1]
    assert (who, action) == ("office", "changed")
    assert old["duties"] == [["official", CHAOWAI, ""]]
    assert new["duties"] == [["official", JIANWAI, ""], ["official", CHAOWAI, ""]]


def test_duties_that_the_colleague_has_already_are_not_doubled(database: Database, office: Actor):
    wang, li = an_official(database), an_official(database, "li")

    close(database, office, wang, li)

    with database.reading() as session:
        assert duties_held(kept(session, li.account)) == (Duty(Role.OFFICIAL, unit=JIANWAI),)


def test_nobody_follows_themselves_or_is_followed_by_who_has_left(database: Database, office: Actor):
    wang, li = an_official(database), an_official(database, "li")
    with pytest.raises(Refused):
        close(database, office, wang, wang)
    close(database, office, li)

    with pytest.raises(Refused):
        close(database, office, wang, li)
    with pytest.raises(Refused, match="This account is already closed"):
        close(database, office, li)


def test_who_comes_back_needs_a_new_password_and_old_browsers_stay_signed_out(database: Database, office: Actor):
    wang = an_official(database)
    close(database, office, wang)
    seen = version(database, wang)

    with database.writing() as session:
        accounts.reopen_account(session, office, account=wang.account, seen=seen, now=LATER)

    with database.reading() as session:
        account = kept(session, wang.account)
        assert (account.closed_at, account.password) == (None, None)
        assert duties_held(account) == (Duty(Role.OFFICIAL, unit=JIANWAI),)
        assert [each.ended_at for each in session.query(SignIn)] == [LATER]


def test_the_last_of_the_office_neither_leaves_nor_loses_the_role(database: Database, office: Actor):
    an_official(database)
    leader = AccountDetails("office", None, "zh", (Duty(Role.LEADER),))

    with pytest.raises(Refused, match="last assessment office account"):
        close(database, office, office)
    with database.writing() as session, pytest.raises(Refused, match="last assessment office account"):
        accounts.change_account(
            session, office, account=office.account, seen=version(database, office), about=leader, now=NOW
        )


def test_of_two_of_the_office_who_close_each_other_one_stays(database: Database, office: Actor):
    with database.writing() as session:
        second = a_person(session, "second", Duty(Role.OFFICE))

    def leave(actor: Actor, other: Actor) -> str:
        try:
            close(database, actor, other)
        except Declined as declined:
            return type(declined).__name__
        return "closed"

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(leave, (office, second), (second, office)))

    assert told == ["Refused", "closed"]


def test_of_the_office_one_gives_the_role_up_while_the_other_leaves_and_one_stays(database: Database, office: Actor):
    with database.writing() as session:
        second = a_person(session, "second", Duty(Role.OFFICE))
    leader = AccountDetails("office", None, "zh", (Duty(Role.LEADER),))

    def leave(way: str) -> str:
        try:
            if way == "close":
                close(database, second, second)
            else:
                seen = version(database, office)
                with database.writing() as session:
                    accounts.change_account(session, office, account=office.account, seen=seen, about=leader, now=NOW)
        except Declined as declined:
            return type(declined).__name__
        return "done"

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(leave, ("close", "give up")))

    assert told == ["Refused", "done"]
