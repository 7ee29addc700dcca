"""Who may open which page: every view says so, and one that says nothing answers nobody."""

from __future__ import annotations

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_login import LoginManager

from assess.core.actors import Right
from assess.web.expired_forms import sign_in_first
from assess.web.pages import Audience, registry
from assess.web.request import actor, signed_in
from assess.web.token_auth import check_bearer


def check_reader() -> ResponseReturnValue | None:
    """Let in whom the page is for; send who is not signed in to the sign-in page."""
    if request.endpoint is None:
        return None
    readers = registry().pages[request.endpoint].readers
    if readers is Audience.ANYONE:
        return None
    if readers is Audience.SYSTEMS:
        check_bearer()
        return None
    if signed_in() is None:
        return sign_in_first()
    if isinstance(readers, Right):
        actor().check_may(readers)
    return None


def attach(app: Flask, login: LoginManager) -> None:
    """Ask at every page."""
    login.init_app(app, add_context_processor=False)
    app.before_request(check_reader)
