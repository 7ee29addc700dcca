"""Accounts: links, passwords, changes, people who leave, the last of the office."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest

from assess.core.actors import Actor, Role, operator
from assess.core.errors import Declined, NotAllowed, NotFound, Refused, Stale
from assess.services import accounts
from assess.services.accounts import About, Duty, duties_held, hashed
from assess.store.models import Account, AuditEntry, Link, SignIn
from assess.store.queries.accounts import account_numbered, key_of
from assess.store.session import Database, Session
from tests.years import CHAOWAI, JIANWAI, NOW, PASSWORD, a_person, person

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def office(database: Database) -> Actor:
    """Somebody of the office."""
    with database.writing() as session:
        return a_person(session, "office", Duty(Role.OFFICE))


def an_official(database: Database, username: str = "wang", unit: str = JIANWAI) -> Actor:
    """An official with a password, who is signed in."""
    with database.writing() as session:
        made = a_person(session, username, Duty(Role.OFFICIAL, unit=unit))
        account = kept(session, made.account)
        accounts.set_password(session, account, PASSWORD)
        accounts.start_sign_in(session, account, NOW)
    return made


def kept(session: Session, number: int) -> Account:
    """An account that there is."""
    found = account_numbered(session, number)
    assert found is not None
    return found


def version(database: Database, actor: Actor) -> int:
    """The newest version of an account."""
    with database.reading() as session:
        return kept(session, actor.account).version


def link(database: Database, office: Actor, of: Actor, now: datetime = NOW) -> str:
    """A one-time link of a person."""
    with database.writing() as session:
        return accounts.make_link(session, office, account=of.account, now=now)


def use(database: Database, token: str, password: str = "hash", now: datetime = LATER) -> str:
    """What comes of using a link: "set", or why not."""
    try:
        with database.writing() as session:
            accounts.use_link(session, token=token, password=password, now=now)
    except NotFound as declined:
        return declined.what.en
    return "set"


def acts(database: Database, subject: str) -> list[tuple[str, str, Any, Any]]:
    """Who did what to a subject, with old and new values."""
    with database.reading() as session:
        entries = session.query(AuditEntry).filter_by(subject=subject).order_by(AuditEntry.number)
        return [(each.actor, each.action, each.old, each.new) for each in entries]


def test_a_link_works_once_and_wrong_used_expired_and_replaced_ones_say_the_same(database: Database, office: Actor):
    wang = an_official(database)
    replaced, used = link(database, office, wang), link(database, office, wang)

    told = [
        use(database, replaced),
        use(database, used),
        use(database, used),
        use(database, "x" * 43),
        use(database, ""),
    ]
    expired = use(database, link(database, office, wang), now=NOW + timedelta(hours=72))

    no_link = "This link does not work: it was used, it expired, or its address is not complete. "
    assert told[1] == "set"
    assert {told[0], *told[2:], expired} == {no_link + "Ask the assessment office for a new one."}


def test_of_many_who_use_one_link_at_once_one_sets_the_password(database: Database, office: Actor):
    token = link(database, office, an_official(database))

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda place: use(database, token, f"hash {place}"), range(8)))

    assert told.count("set") == 1
    with database.reading() as session:
        found = key_of(session, username="wang")
        assert found is not None
        assert found.password == f"hash {told.index('set')}"


def test_a_link_ends_all_sign_ins_and_is_kept_only_as_a_digest(database: Database, office: Actor):
    wang = an_official(database)
    token = link(database, office, wang)
    use(database, token)

    with database.reading() as session:
        assert [each.ended_at for each in session.query(SignIn)] == [LATER]
        assert [each.token for each in session.query(Link)] == [hashed(token)]
    told = repr(acts(database, "account:wang"))
    assert token not in told
    assert hashed(token) not in told


def test_only_the_office_makes_links_and_none_for_a_closed_account(database: Database, office: Actor):
    wang = an_official(database)
    with database.writing() as session, pytest.raises(NotAllowed):
        accounts.make_link(session, wang, account=office.account, now=NOW)
    close(database, office, wang)

    with database.writing() as session, pytest.raises(Refused):
        accounts.make_link(session, office, account=wang.account, now=NOW)
    with database.writing() as session, pytest.raises(NotFound):
        accounts.make_link(session, office, account=9_999, now=NOW)


def test_a_password_changed_elsewhere_meanwhile_is_not_overwritten(database: Database, office: Actor):
    wang = an_official(database)
    with database.reading() as session:
        key = key_of(session, username="wang")
    assert key is not None
    use(database, link(database, office, wang), "other hash")

    with database.writing() as session, pytest.raises(Stale):
        accounts.change_password(session, wang, key=key, password="mine", token="t", now=LATER)


def close(database: Database, office: Actor, who: Actor, successor: Actor | None = None) -> None:
    """Close an account."""
    seen, to = version(database, who), successor.account if successor else None
    with database.writing() as session:
        accounts.close_account(session, office, account=who.account, seen=seen, successor=to, now=LATER)


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
    with pytest.raises(Refused, match="closed already"):
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
    leader = About("office", None, "zh", (Duty(Role.LEADER),))

    with pytest.raises(Refused, match="last account of the office"):
        close(database, office, office)
    with database.writing() as session, pytest.raises(Refused, match="last account of the office"):
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
    leader = About("office", None, "zh", (Duty(Role.LEADER),))

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


def test_a_change_of_duties_alone_makes_a_new_version_and_stands_in_the_log(database: Database, office: Actor):
    wang = an_official(database)
    seen = version(database, wang)
    both = (Duty(Role.OFFICIAL, unit=JIANWAI), Duty(Role.LEADER))
    for _ in range(2):
        with database.writing() as session:
            accounts.change_account(
                session, office, account=wang.account, seen=version(database, wang),
                about=About("wang", None, "zh", both), now=NOW,
            )  # fmt: skip

    assert version(database, wang) == seen + 1
    old = {"name": "wang", "email": None, "language": "zh", "duties": [["official", JIANWAI, ""]]}
    new = {**old, "duties": [["official", JIANWAI, ""], ["leader", "", ""]]}
    assert acts(database, "account:wang")[1:] == [("office", "changed", old, new)]
    with database.writing() as session, pytest.raises(Stale):
        accounts.change_account(
            session, office, account=wang.account, seen=seen, about=About("x", None, "zh", both), now=NOW
        )


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"username": "wang"}, "username"),
        ({"username": "WANG"}, "username"),
        ({"username": ""}, "username"),
        ({"username": "<script>"}, "username"),
        ({"username": "x" * 41}, "username"),
        ({"name": "  "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"email": "no address"}, "email"),
        ({"email": "a@b.c\n"}, "email"),
    ],
)
def test_an_account_that_will_not_do_is_refused_at_its_field(
    database: Database, office: Actor, given: dict[str, str], field: str
):
    an_official(database)
    about: dict[str, Any] = {"username": "new", "name": "New", "duties": [], "now": NOW, **given}

    with database.writing() as session, pytest.raises(Refused) as refused:
        accounts.add_account(session, office, **about)

    assert list(refused.value.fields) == [field]


@pytest.mark.parametrize(
    ("roles", "units", "departments", "field"),
    [
        ([], [JIANWAI], [], "roles"),
        ([Role.OFFICIAL], [], ["water-bureau"], "units"),
        ([Role.EVALUATOR], [JIANWAI], [], "departments"),
    ],
)
def test_roles_without_what_they_are_tied_to_are_refused(roles, units, departments, field: str):
    with pytest.raises(Refused) as refused:
        accounts.duties_of(roles, units, departments)

    assert list(refused.value.fields) == [field]


def test_nobody_but_the_office_keeps_people(database: Database, office: Actor):
    wang = an_official(database)
    seen = version(database, office)
    anything = About("x", None, "zh", (Duty(Role.OFFICE),))
    with database.writing() as session:
        for act in (
            lambda: accounts.add_account(session, wang, username="x1", name="x", duties=[], now=NOW),
            lambda: accounts.change_account(session, wang, account=office.account, seen=seen, about=anything, now=NOW),
            lambda: accounts.close_account(
                session, wang, account=office.account, seen=seen, successor=wang.account, now=NOW
            ),
            lambda: accounts.reopen_account(session, wang, account=office.account, seen=seen, now=NOW),
        ):
            with pytest.raises(NotAllowed):
                act()
    assert person(database, "wang").roles == {Role.OFFICIAL}
    assert operator().account == 0
