"""Accounts: links, passwords, changes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from argon2 import Type, extract_parameters

from assess.core.actors import Actor, Role, operator
from assess.core.errors import NotAllowed, NotFound, Refused, Stale
from assess.services import accounts
from assess.services.accounts import AccountDetails, Duty, hashed
from assess.services.accounts.passwords import hash_of, is_password, nobody
from assess.store.models import PasswordLink, SignIn
from assess.store.queries.accounts import key_of
from assess.store.session import Database
from tests.services.accounts import acts, an_official, close, link, use, version
from tests.years import JIANWAI, NOW, a_person, person

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def office(database: Database) -> Actor:
    """Somebody of the office."""
    with database.writing() as session:
        return a_person(session, "office", Duty(Role.OFFICE))


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

    no_link = "This link does not work. It was used, has expired or is incomplete. "
    assert told[1] == "set"
    assert {told[0], *told[2:], expired} == {no_link + "Ask the assessment office for a new link."}


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
        assert [each.token for each in session.query(PasswordLink)] == [hashed(token)]
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
        accounts.change_password(session, wang, key=key, attempt=0, password="mine", token="t", now=LATER)


def test_a_change_of_duties_alone_makes_a_new_version_and_stands_in_the_log(database: Database, office: Actor):
    wang = an_official(database)
    seen = version(database, wang)
    both = (Duty(Role.OFFICIAL, unit=JIANWAI), Duty(Role.LEADER))
    for _ in range(2):
        with database.writing() as session:
            accounts.change_account(
                session, office, account=wang.account, seen=version(database, wang),
                about=AccountDetails("wang", None, "zh", both), now=NOW,
            )  # fmt: skip

    assert version(database, wang) == seen + 1
    old = {"name": "wang", "email": None, "language": "zh", "duties": [["official", JIANWAI, ""]]}
    new = {**old, "duties": [["official", JIANWAI, ""], ["leader", "", ""]]}
    assert acts(database, "account:wang")[1:] == [("office", "changed", old, new)]
    with database.writing() as session, pytest.raises(Stale):
        accounts.change_account(
            session, office, account=wang.account, seen=seen, about=AccountDetails("x", None, "zh", both), now=NOW
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
    anything = AccountDetails("x", None, "zh", (Duty(Role.OFFICE),))
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


@pytest.mark.usefixtures("costly_passwords")
def test_nobody_s_password_is_compared_as_slowly_as_somebody_s_and_never_fits() -> None:
    cost = extract_parameters(hash_of("a long enough password", username="wang"))

    assert extract_parameters(nobody()) == cost
    assert (cost.memory_cost, cost.time_cost, cost.parallelism, cost.type) == (64 * 1024, 3, 4, Type.ID)
    assert [is_password(None, each) for each in ("", "A", "a long enough password")] == [False] * 3
