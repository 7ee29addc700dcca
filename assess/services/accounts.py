"""People: accounts, passwords and sign-ins."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Final, NamedTuple

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from assess.core.actors import Actor, Role
from assess.core.errors import Refused
from assess.core.text import Language, Text
from assess.services import audit
from assess.store.models import Account, Grant, SignIn
from assess.store.queries.accounts import account_called
from assess.store.session import Session, flush

PASSWORDS: Final = PasswordHasher()
NAME_TAKEN: Final = Text(
    "账号“{username}”已存在，请换一个。", "There is already an account {username}: choose another name."
)


class Duty(NamedTuple):
    """A role of a person: of a unit for an official, of a department for an evaluator."""

    role: Role
    unit: str = ""
    department: str = ""


def hashed(token: str) -> str:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def add_account(
    session: Session,
    actor: Actor,
    *,
    username: str,
    name: str,
    duties: Iterable[Duty],
    now: datetime,
    email: str | None = None,
    language: Language = "zh",
) -> Account:
    """Make an account without a password.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: the name is taken.
    """
    actor.check_role(Role.OFFICE)
    if account_called(session, username) is not None:
        taken = NAME_TAKEN.filled(username=username)
        raise Refused(taken, {"username": taken})
    grants = [Grant(role=each.role, unit=each.unit, department=each.department) for each in dict.fromkeys(duties)]
    account = Account(
        username=username.lower(), name=name, email=email, language=language, created_at=now, grants=grants
    )
    session.add(account)
    flush(session)
    told = {"name": name, "email": email, "duties": [list(each) for each in dict.fromkeys(duties)]}
    audit.record(session, actor, subject=f"account:{account.username}", action="added", new=told, now=now)
    return account


def set_password(session: Session, account: Account, password: str) -> None:
    """Keep the hash of a password that was found good enough."""
    account.password = PASSWORDS.hash(password)
    flush(session)


def start_sign_in(session: Session, account: Account, now: datetime) -> str:
    """A new sign-in; the token it gives back goes into the browser's cookie and is kept nowhere else."""
    token = secrets.token_urlsafe(32)
    session.add(SignIn(token=hashed(token), account_id=account.id, started_at=now, seen_at=now))
    flush(session)
    return token


def note_seen(session: Session, *, sign_in: int, now: datetime) -> None:
    """The browser of a sign-in asked for a page."""
    found = session.get(SignIn, sign_in)
    if found is not None:
        found.seen_at = max(found.seen_at, now)


def has_password(account: Account | None, password: str) -> bool:
    """Whether this is the account's password; takes as long where there is no account."""
    kept = NOBODY if account is None or account.password is None else account.password
    try:
        return PASSWORDS.verify(kept, password) and kept != NOBODY
    except (VerifyMismatchError, InvalidHashError):
        return False


NOBODY: Final = PASSWORDS.hash(secrets.token_hex(16))
