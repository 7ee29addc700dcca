"""People: by the token of their browser, by name, and lists of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, cast

from sqlalchemy import func, select

from assess.core.actors import Actor, Role
from assess.core.text import Language
from assess.store.models import Account, SignIn, SignInFailure
from assess.store.session import Session


@dataclass(frozen=True)
class SignedIn:
    """A sign-in that was not ended, and whose it is."""

    sign_in: int
    actor: Actor
    started_at: datetime
    seen_at: datetime


class Key(NamedTuple):
    """An open account and the hash of its password."""

    account: int
    password: str


def sign_in_of_token(session: Session, *, token: str) -> SignedIn | None:
    """The sign-in a hashed token stands for, unless it was ended or the account closed (2 queries)."""
    query = (
        select(SignIn, Account)
        .join(Account, Account.id == SignIn.account_id)
        .where(SignIn.token == token, SignIn.ended_at.is_(None), Account.closed_at.is_(None))
    )
    found = session.execute(query).one_or_none()
    if found is None:
        return None
    sign_in, account = found
    return SignedIn(sign_in.id, actor_of(account), sign_in.started_at, sign_in.seen_at)


def sign_in_kept(session: Session, *, token: str) -> SignIn | None:
    """The sign-in of a hashed token, ended or not (1 query)."""
    return session.scalars(select(SignIn).where(SignIn.token == token)).one_or_none()


def open_sign_ins(session: Session, *, account: int) -> list[SignIn]:
    """The sign-ins of an account that were not ended, the latest first (1 query)."""
    query = select(SignIn).where(SignIn.account_id == account, SignIn.ended_at.is_(None))
    return list(session.scalars(query.order_by(SignIn.seen_at.desc(), SignIn.id.desc())))


def key_of(session: Session, *, username: str) -> Key | None:
    """The account of a user name and its password, unless it is closed or has none (1 query)."""
    query = select(Account.id, Account.password).where(
        Account.username == folded(username), Account.closed_at.is_(None), Account.password.is_not(None)
    )
    found = session.execute(query).one_or_none()
    return None if found is None else Key(found[0], found[1] or "")


def failures_of_account(session: Session, *, username: str, since: datetime) -> int:
    """How many attempts under a name were refused since (1 query)."""
    query = select(func.count()).where(SignInFailure.username == username, SignInFailure.at > since)
    return session.scalar(query) or 0


def failures_of_address(session: Session, *, address: str, since: datetime) -> int:
    """How many attempts from an address were refused since (1 query)."""
    query = select(func.count()).where(SignInFailure.address == address, SignInFailure.at > since)
    return session.scalar(query) or 0


def folded(username: str) -> str:
    """A user name as it is kept: small letters, without blanks around it."""
    return username.strip().lower()


def account_called(session: Session, username: str) -> Account | None:
    """The account of a user name, whatever the case of its letters."""
    return session.scalars(select(Account).where(Account.username == folded(username))).one_or_none()


def number_of_accounts(session: Session) -> int:
    """How many accounts there are."""
    return session.scalar(select(func.count()).select_from(Account)) or 0


def actor_of(account: Account) -> Actor:
    """A person with roles, units and departments."""
    return Actor(
        account=account.id,
        username=account.username,
        name=account.name,
        roles=frozenset(Role(grant.role) for grant in account.grants),
        units=frozenset(grant.unit for grant in account.grants if grant.unit),
        departments=frozenset(grant.department for grant in account.grants if grant.department),
        language=cast("Language", account.language),
    )
