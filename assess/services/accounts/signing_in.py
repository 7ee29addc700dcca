"""Signing in and out: attempts counted before they are tried, sign-ins that end."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from assess.core.actors import Actor
from assess.core.calendar import AHEAD
from assess.core.passwords import LONGEST
from assess.services import audit
from assess.services.accounts.passwords import is_password
from assess.store.models import Account, SignIn, SignInFailure
from assess.store.queries.accounts import (
    Key,
    actor_of,
    failures_of_account,
    failures_of_address,
    folded,
    key_of,
    open_sign_ins,
    sign_in_kept,
)
from assess.store.session import Session, flush
from assess.store.sign_ins import forget_failures, forget_old

MOST_OF_ACCOUNT: Final = 5
MOST_OF_ADDRESS: Final = 30
WINDOW: Final = timedelta(minutes=15)
"""So many failures in this time, and no attempt is looked at until they are past."""
KEPT: Final = timedelta(days=30)
"""How long a sign-in that ended, or was left, stays known."""


def hashed(token: str) -> str:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


class Attempt(NamedTuple):
    """Somebody wants to sign in: under which name, from where, when."""

    username: str
    address: str
    at: datetime


def attempts_left(session: Session, attempt: Attempt) -> int:
    """How many more failures are borne; below zero where more were counted at the same moment (2 queries)."""
    since, until = attempt.at - WINDOW, attempt.at + AHEAD
    of_account = failures_of_account(session, username=folded(attempt.username), since=since, until=until)
    of_address = failures_of_address(session, address=attempt.address, since=since, until=until)
    return min(MOST_OF_ACCOUNT - of_account, MOST_OF_ADDRESS - of_address)


def count_attempt(session: Session, attempt: Attempt) -> None:
    """Count an attempt as a failure before its password is looked at, so that many at once gain nothing."""
    session.add(SignInFailure(username=folded(attempt.username), address=attempt.address, at=attempt.at))
    flush(session)


def key_for(session: Session, *, username: str, password: str) -> Key | None:
    """The account that a name and its password open; the same work where there is none (1 query)."""
    found = key_of(session, username=username)
    right = len(password) <= LONGEST and is_password(found.password if found else None, password)
    return found if right else None


def sign_in(session: Session, *, key: Key, address: str, now: datetime) -> str | None:
    """Begin a sign-in; None where the account was closed or its password changed in this moment.

    The token goes into the browser's cookie and is kept nowhere else.
    """
    account = session.get(Account, key.account)
    if account is None or account.closed_at is not None or account.password != key.password:
        return None
    forget_failures(session, username=account.username, address=address)
    forget_old(session, failures=now - WINDOW, sign_ins=now - KEPT)
    told = {"address": address}
    audit.record(session, actor_of(account), subject=subject_of(account), action="signed in", new=told, now=now)
    return start_sign_in(session, account, now)


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


def sign_out(session: Session, actor: Actor, *, token: str, now: datetime) -> None:
    """End the sign-in of a token, if it has not ended."""
    found = sign_in_kept(session, token=hashed(token))
    if found is None or found.ended_at is not None or found.account_id != actor.account:
        return
    found.ended_at = now
    flush(session)
    audit.record(session, actor, subject=f"account:{actor.username}", action="signed out", now=now)


def end_sign_ins(session: Session, account: int, *, now: datetime, but: str | None = None) -> int:
    """End all sign-ins of an account but the one of a token; how many."""
    kept = None if but is None else hashed(but)
    ending = [each for each in open_sign_ins(session, account=account) if each.token != kept]
    for each in ending:
        each.ended_at = now
    flush(session)
    return len(ending)


def subject_of(account: Account) -> str:
    """What the audit log calls an account."""
    return f"account:{account.username}"
