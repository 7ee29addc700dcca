"""Who may open which page: every view says so, and one that says nothing answers nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue
from flask_login import LoginManager

from assess.core.actors import Role
from assess.web.expired_forms import sign_in_first
from assess.web.request import actor, signed_in
from assess.web.token_auth import check_bearer

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])

ANYONE: Final = "anyone"
"""Open to the public, signed in or not."""
SYSTEMS: Final = "systems"
"""Open to departments' systems that come with a token; to nobody by a browser."""
ASKED: Final = "who_may_open"
"""Where a view keeps who may open it."""

Readers = frozenset[Role] | str


def for_anyone(view: View) -> View:
    """A page that the public may open."""
    setattr(view, ASKED, ANYONE)
    return view


def for_everybody_signed_in(view: View) -> View:
    """A page for whoever is signed in, whatever the role."""
    setattr(view, ASKED, frozenset(Role))
    return view


def for_systems(view: View) -> View:
    """An address for departments' systems, which come with a token."""
    setattr(view, ASKED, SYSTEMS)
    return view


def for_roles(*roles: Role) -> Callable[[View], View]:
    """A page for people who have one of these roles."""

    def marked(view: View) -> View:
        setattr(view, ASKED, frozenset(roles))
        return view

    return marked


def readers_of(app: Flask, endpoint: str) -> Readers | None:
    """Who may open a page; None where its view does not say."""
    if endpoint == "static":
        return ANYONE
    readers: Readers | None = getattr(app.view_functions[endpoint], ASKED, None)
    return readers


def check_reader() -> ResponseReturnValue | None:
    """Let in whom the page is for; send who is not signed in to the sign-in page."""
    if request.endpoint is None:
        return None
    readers = readers_of(current_app, request.endpoint)
    if readers is None:
        raise LookupError(f"{request.endpoint} does not say who may open it")
    if readers == ANYONE:
        return None
    if readers == SYSTEMS:
        check_bearer()
        return None
    if signed_in() is None:
        return sign_in_first()
    actor().check_role(*(role for role in Role if role in readers))
    return None


def attach(app: Flask, login: LoginManager) -> None:
    """Ask at every page."""
    login.init_app(app, add_context_processor=False)
    app.before_request(check_reader)
