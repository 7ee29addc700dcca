"""People with accounts, and what is done to them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from assess.core.actors import Actor, Role
from assess.core.errors import NotFound
from assess.services import accounts
from assess.services.accounts import Duty
from assess.store.models import Account, AuditEntry
from assess.store.queries.accounts import account_numbered
from assess.store.session import Database, Session
from tests.years import JIANWAI, NOW, PASSWORD, a_person

LATER = NOW + timedelta(hours=1)


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


def close(database: Database, office: Actor, who: Actor, successor: Actor | None = None) -> None:
    """Close an account."""
    seen, to = version(database, who), successor.account if successor else None
    with database.writing() as session:
        accounts.close_account(session, office, account=who.account, seen=seen, successor=to, now=LATER)
