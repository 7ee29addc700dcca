"""Browsers in which somebody signed in before: known by a cookie, they do not wait for what strangers try."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Final

from flask import Response, after_this_request, current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from assess.services.accounts import hashed
from assess.store.queries.accounts import folded
from assess.web.request import settings

COOKIE: Final = "assess_known"
LIFE: Final = timedelta(days=180)
MAX_NAMES: Final = 20
"""So many people may use one browser; who has not signed in for longest is forgotten first."""


def serializer() -> URLSafeTimedSerializer:
    """What signs the cookie."""
    return URLSafeTimedSerializer(str(current_app.config["SECRET_KEY"]), salt="known-browser")


def known_names() -> dict[str, str]:
    """The browser's identifier by the digest of each name that signed in there; none where the cookie is not ours."""
    try:
        names = serializer().loads(request.cookies.get(COOKIE, ""), max_age=int(LIFE.total_seconds()))
    except BadData:
        return {}
    return names if isinstance(names, dict) else {}


def known_browser(username: str) -> str:
    """The identifier of this browser if somebody signed in here under the name; empty otherwise."""
    return known_names().get(digest(username), "")


def remember_browser(username: str) -> None:
    """Give the answer of this request a cookie by which the browser is known under the name."""
    names, name = known_names(), digest(username)
    identifier = names.pop(name, "") or secrets.token_urlsafe(12)
    newest = dict([*names.items(), (name, identifier)][-MAX_NAMES:])

    @after_this_request
    def give(response: Response) -> Response:
        response.set_cookie(
            COOKIE,
            serializer().dumps(newest),
            max_age=LIFE,
            secure=settings().secure,
            httponly=True,
            samesite="Lax",
        )
        return response


def digest(username: str) -> str:
    """What the cookie holds in the place of a name, so that nobody reads in it who works here."""
    return hashed(folded(username))[:16]
