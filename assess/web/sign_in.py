"""Who a browser is signed in as: its cookie holds a token, the database knows whose it is."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Final, NamedTuple, cast

from flask import g, session
from flask import request as flask_request
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from assess.core.actors import Actor
from assess.core.calendar import AHEAD
from assess.services import accounts
from assess.store.queries.accounts import Browser, PasswordHash, SignedIn, browsers_of, sign_in_of_token
from assess.store.queries.cycles import cycles_seen_by, newest_of
from assess.web.known_browsers import known_browser, remember_browser
from assess.web.request import YEAR, actor, database, db, noting_in_passing, now, reader, signed_in

IDLE: Final = timedelta(minutes=30)
"""Without a page for so long, a browser is signed out."""
ABSOLUTE: Final = timedelta(hours=10)
"""After so long, whatever it does."""
SEEN_EVERY: Final = timedelta(minutes=1)


class NotSignedIn(NamedTuple):
    """Why an attempt to sign in failed: it must wait for what failed before, or the name or the password is wrong."""

    wait: timedelta = timedelta(0)

    @property
    def seconds(self) -> int:
        """How long to wait, in whole seconds."""
        return math.ceil(self.wait.total_seconds())

    @property
    def status(self) -> int:
        """The status of the answer."""
        return 429 if self.wait else 422


class SignedInPerson(UserMixin):  # type: ignore[misc]
    """The signed-in person, as Flask-Login wants it; `id` is the token of the cookie."""

    def __init__(self, token: str, found: SignedIn) -> None:
        self.id = token
        self.actor: Actor = found.actor


def login_manager() -> LoginManager:
    """The keeper of the cookie."""
    manager = LoginManager()
    manager.user_loader(person_of)
    return manager


def person_of(token: str) -> SignedInPerson | None:
    """Whoever the token stands for, if the sign-in still holds."""
    found = sign_in_of_token(reader(), token=accounts.hashed(token))
    if found is None or not is_in_time(found.started_at, found.seen_at):
        return None
    if now() - found.seen_at > SEEN_EVERY:
        with noting_in_passing() as writer:
            accounts.note_seen(writer, sign_in=found.sign_in, now=now())
    return SignedInPerson(token, found)


def try_to_sign_in(username: str, password: str) -> NotSignedIn | None:
    """Sign the browser in; says why not where the name or the password is wrong or the attempt must wait."""
    attempt = attempt_under(username)
    opened = opened_or_why_not(attempt, password)
    if isinstance(opened, NotSignedIn):
        return opened
    key, number = opened
    token = accounts.sign_in(db(), key=key, attempt=attempt, number=number, now=now())
    if token is None:
        return NotSignedIn()
    let_in(token)
    remember_browser(username)
    return None


def attempt_under(username: str) -> accounts.Attempt:
    """An attempt of this browser, now, under a name."""
    return accounts.Attempt(username, caller(), now(), known_browser(username))


def opened_or_why_not(attempt: accounts.Attempt, password: str) -> tuple[PasswordHash, int] | NotSignedIn:
    """The account that an attempt opens, and the number it was counted under; else what is wrong.

    The attempt is counted in a transaction of its own; the password is looked at while no transaction writes.
    """
    with database().reading() as looking:
        if wait := accounts.wait_before(looking, attempt):
            return NotSignedIn(wait)
    with database().writing() as writer:
        number = accounts.count_attempt(writer, attempt)
    with database().reading() as looking:
        if wait := accounts.wait_before(looking, attempt, but=number):
            return NotSignedIn(wait)
        key = accounts.key_for(looking, username=attempt.username, password=password)
    return NotSignedIn() if key is None else (key, number)


def used_browsers() -> list[Browser]:
    """Where the person is signed in now, the browser last used first."""
    signed = browsers_of(reader(), account=actor().account, token=accounts.hashed(this_token()))
    return [each for each in signed if is_in_time(each.started_at, each.seen_at)]


def is_in_time(started: datetime, seen: datetime) -> bool:
    """Whether a sign-in still holds; one of the future has lost its time, as its clock was set back."""
    return -AHEAD <= now() - started <= ABSOLUTE and -AHEAD <= now() - seen <= IDLE


def let_in(token: str) -> None:
    """Let the browser keep the token; whoever was signed in there before is signed out, and all it kept forgotten."""
    forget_browser()
    found = cast("SignedIn", sign_in_of_token(db(), token=accounts.hashed(token)))
    login_user(SignedInPerson(token, found))
    if (newest := newest_of(cycles_seen_by(db(), found.actor))) is not None:
        session[YEAR] = newest.year


def forget_browser() -> None:
    """End the sign-in of this browser, if there is one, and forget what its cookie keeps."""
    if signed_in() is not None:
        accounts.sign_out(db(), actor(), token=this_token(), now=now())
        logout_user()
    session.clear()
    g.pop("csrf_token", None)


def this_token() -> str:
    """The token of the browser that is signed in."""
    return cast("str", current_user.id)


def caller() -> str:
    """The address a request comes from; of version 6 the network, since one caller has all of it."""
    told = flask_request.remote_addr or ""
    try:
        address = ip_address(told)
    except ValueError:
        return told[:64]
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(IPv6Network((address, 64), strict=False))
    return str(getattr(address, "ipv4_mapped", None) or address)
