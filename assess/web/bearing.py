"""Which system a request comes from: its token says so, and no cookie does."""

from __future__ import annotations

from typing import Final, cast

from flask import g
from flask import request as flask_request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import TooManyRequests, Unauthorized

from assess.services import tokens
from assess.services.tokens import Bearer
from assess.web.request import database, now, reader
from assess.web.sign_in import caller

REALM: Final = "assess"


def check_bearer() -> None:
    """Let in who comes with a token that is in force; one that is not is counted against the address.

    Raises:
        Unauthorized: there is no token, or it is not in force.
        TooManyRequests: too many came from the address with no token that is in force.
    """
    told = flask_request.authorization
    secret = told.token if told is not None and told.type == "bearer" else None
    if not secret:
        raise Unauthorized(www_authenticate=WWWAuthenticate("bearer", {"realm": REALM}))
    found = tokens.bearer_with(reader(), secret=secret, now=now())
    if found is None:
        raise refused()
    if not tokens.is_noted(found, now()):
        with database().writing() as writer:
            tokens.note_use(writer, found, now=now())
    g.bearer = found


def refused() -> Unauthorized | TooManyRequests:
    """What comes of a token that is not in force."""
    if tokens.is_shut_out(reader(), address=caller(), now=now()):
        return TooManyRequests(retry_after=int(tokens.SHUT_OUT.total_seconds()))
    with database().writing() as writer:
        tokens.count_refusal(writer, address=caller(), now=now())
    return Unauthorized(www_authenticate=WWWAuthenticate("bearer", {"realm": REALM, "error": "invalid_token"}))


def bearer() -> Bearer:
    """The system that asks; only what is for systems calls this."""
    return cast("Bearer", g.bearer)
