from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from assess.core.actors import Role
from assess.services.accounts import Duty, duties_held, hashed
from assess.store.models import AuditEntry, PasswordLink
from assess.store.queries.accounts import open_or_closed
from assess.store.session import Database
from tests.cli.running import run

WANG = ("user", "add", "wang", "--name", "王芳", "--role", "office")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An instance that does not exist yet, in the environment of the command."""
    monkeypatch.setenv("ASSESS_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("ASSESS_ADDRESS", "https://kaohe.example.cn")
    return tmp_path / "instance"


def opened(here: Path) -> Database:
    """The database of an instance."""
    return Database(f"sqlite:///{here / 'assess.db'}")


def test_the_first_account_of_the_office_is_made_where_there_is_not_even_a_database(here: Path):
    ended = run(*WANG)

    *_, address = ended.out.splitlines()
    database = opened(here)
    with database.reading() as session:
        (account,) = open_or_closed(session)
        (link,) = session.query(PasswordLink).all()
        told = [(each.actor, each.subject, each.action) for each in session.query(AuditEntry).all()]
    database.close()
    assert (ended.code, ended.err) == (0, [])
    assert (account.username, account.name, duties_held(account)) == ("wang", "王芳", (Duty(Role.OFFICE),))
    assert address.startswith("https://kaohe.example.cn/password/")
    assert link.token == hashed(address.rpartition("/")[2])
    assert link.expires_at - link.made_at == timedelta(hours=72)
    assert told == [("operator", "account:wang", "added"), ("operator", "account:wang", "link made")]


def test_a_new_link_replaces_the_old_one(here: Path):
    run(*WANG)
    ended = run("user", "link", "WANG")

    database = opened(here)
    with database.reading() as session:
        works = [
            each.expires_at - each.made_at == timedelta(hours=72)
            for each in session.query(PasswordLink).order_by(PasswordLink.id)
        ]
    database.close()
    assert ended.code == 0
    assert works == [False, True]


def test_people_are_listed_and_closed_with_a_successor(here: Path):
    run(*WANG)
    run("user", "add", "li", "--name", "李娜", "--role", "official", "--unit", "110105001")
    run("user", "add", "zhao", "--name", "赵强", "--role", "evaluator", "--department", "water-bureau")

    closed = run("user", "close", "li", "--successor", "zhao")

    assert (closed.code, closed.err) == (0, [])
    assert run("user", "list").out.splitlines() == [
        "li\t李娜\t\t已停用 / closed",
        "wang\t王芳\toffice\t未设密码 / no password yet",
        "zhao\t赵强\tofficial:110105001, evaluator:water-bureau\t未设密码 / no password yet",
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (WANG, "The account wang already exists"),
        (("user", "add", "x", "--name", "王芳", "--role", "office"), "“x” cannot be a username"),
        (("user", "add", "li", "--name", " ", "--role", "office"), "Enter the name"),
        (("user", "add", "li", "--name", "李娜", "--role", "official"), "Select the unit of the unit official"),
        (("user", "add", "li", "--name", "李娜", "--role", "office", "--email", "x"), "“x” is not an email address"),
        (("user", "link", "nobody"), "There is no account nobody"),
        (("user", "close", "wang"), "This is the last assessment office account"),
        (("user", "close", "wang", "--successor", "nobody"), "There is no account nobody"),
    ],
)
def test_what_cannot_be_done_is_told_with_what_to_do(here: Path, words: tuple[str, ...], told: str):
    run(*WANG)

    refused = run(*words)

    assert (refused.code, refused.out) == (1, "")
    assert told in " ".join(refused.err)


def test_an_instance_without_people_says_how_to_make_the_first(here: Path):
    nowhere = run("user", "list")
    here.mkdir()
    Database(f"sqlite:///{here / 'assess.db'}").make()

    assert (nowhere.code, "assess user add" in nowhere.err[0]) == (1, True)
    assert "assess user add" in run("user", "list").out
