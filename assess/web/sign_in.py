"""Who a browser is signed in as: its cookie holds a token, the database knows whose it is."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from flask import session
from flask_login import LoginManager, UserMixin, login_user

from assess.core.actors import Actor
from assess.services import accounts
from assess.store.queries.accounts import SignedIn, sign_in_of_token
from assess.web.request import database, now, reader

IDLE: Final = timedelta(minutes=30)
"""Without a page for so long, a browser is signed out."""
ABSOLUTE: Final = timedelta(hours=10)
"""After so long, whatever it does."""
SEEN_EVERY: Final = timedelta(minutes=1)


class Person(UserMixin):  # type: ignore[misc]
    """The signed-in person, as Flask-Login wants it; `id` is the token of the cookie."""

    def __init__(self, token: str, found: SignedIn) -> None:
        self.id = token
        self.actor: Actor = found.actor


def login_manager() -> LoginManager:
    """The keeper of the cookie."""
    manager = LoginManager()
    manager.user_loader(person_of)
    return manager


def person_of(token: str) -> Person | None:
    """Whoever the token stands for, if the sign-in still holds."""
    found = sign_in_of_token(reader(), token=accounts.hashed(token))
    if found is None or now() - found.seen_at > IDLE or now() - found.started_at > ABSOLUTE:
        return None
    if now() - found.seen_at > SEEN_EVERY:
        with database().writing() as writer:
            accounts.note_seen(writer, sign_in=found.sign_in, now=now())
    return Person(token, found)


def remember(token: str, found: SignedIn) -> None:
    """Let the browser keep the token; whatever it kept before is forgotten."""
    session.clear()
    login_user(Person(token, found))
