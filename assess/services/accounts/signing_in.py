"""Signing in and out: attempts counted before they are tried, sign-ins that end."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from assess.core.accounts.passwords import MAX_PASSWORD_LENGTH
from assess.core.accounts.throttle import OF_ADDRESS, OF_CALLER, OF_NAME, WINDOW, wait_after
from assess.core.actors import Actor
from assess.core.calendar import AHEAD
from assess.services import audit
from assess.services.accounts.passwords import is_password
from assess.store.access import clear_failures, forget_attempt, forget_old
from assess.store.models import Account, SignIn, SignInFailure
from assess.store.queries.accounts import (
    PasswordHash,
    actor_of,
    folded,
    key_of,
    open_sign_ins,
    sign_in_kept,
)
from assess.store.queries.failed_sign_ins import failures_of_browser, failures_of_unknown
from assess.store.session import Session, flush

FAILURES_KEPT: Final = timedelta(days=7)
"""How long the office can look at failed attempts."""
KEPT: Final = timedelta(days=30)
"""How long a sign-in that ended, or was left, stays known."""


def hashed(token: str) -> str:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


class Attempt(NamedTuple):
    """Somebody wants to sign in: under which name, from where, when; `browser` is empty where it is not known."""

    username: str
    address: str
    at: datetime
    browser: str = ""


def wait_before(session: Session, attempt: Attempt, *, but: int | None = None) -> timedelta:
    """How long an attempt must wait for what failed before it (1 query); `but` is the number it was counted under."""
    span, username = (attempt.at - WINDOW, attempt.at + AHEAD), folded(attempt.username)
    if attempt.browser:
        failed = failures_of_browser(session, username=username, browser=attempt.browser, span=span, but=but)
        return wait_after(failed, OF_CALLER, attempt.at)
    unknown = failures_of_unknown(session, username=username, address=attempt.address, span=span, but=but)
    limits = zip(unknown, (OF_CALLER, OF_NAME, OF_ADDRESS), strict=True)
    return max(wait_after(failed, limit, attempt.at) for failed, limit in limits)


def count_attempt(session: Session, attempt: Attempt) -> int:
    """Count an attempt as a failure before its password is looked at, so that many at once gain nothing; its number."""
    username = folded(attempt.username)
    failure = SignInFailure(username=username, address=attempt.address, browser=attempt.browser, at=attempt.at)
    session.add(failure)
    flush(session)
    return failure.id


def key_for(session: Session, *, username: str, password: str) -> PasswordHash | None:
    """The account that a name and its password open; the same work where there is none (1 query)."""
    found = key_of(session, username=username)
    right = len(password) <= MAX_PASSWORD_LENGTH and is_password(found.password if found else None, password)
    return found if right else None


def sign_in(session: Session, *, key: PasswordHash, attempt: Attempt, number: int, now: datetime) -> str | None:
    """Begin a sign-in; None where the account was closed or its password changed in this moment.

    The attempt, counted under its number, was no failure and is forgotten as one. The token goes into the browser's
    cookie and is kept nowhere else.
    """
    # Locked first, so that sign-ins under one name, each of which clears the attempts of all, never wait in a circle.
    account = session.get(Account, key.account, with_for_update=True)
    if account is None or account.closed_at is not None or account.password != key.password:
        return None
    forget_attempt(session, number)
    clear_failures(session, username=account.username, address=attempt.address, browser=attempt.browser)
    forget_old(session, failures=now - FAILURES_KEPT, sign_ins=now - KEPT)
    told = {"address": attempt.address}
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
