"""People: by the token of their browser, by name, and lists of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import func, select

from assess.core.actors import Actor, Role
from assess.core.text import Language
from assess.store.models import Account, SignIn
from assess.store.session import Session


@dataclass(frozen=True)
class SignedIn:
    """A sign-in that was not ended, and whose it is."""

    sign_in: int
    actor: Actor
    started_at: datetime
    seen_at: datetime


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


def account_called(session: Session, username: str) -> Account | None:
    """The account of a user name, whatever the case of its letters."""
    return session.scalars(select(Account).where(Account.username == username.strip().lower())).one_or_none()


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
