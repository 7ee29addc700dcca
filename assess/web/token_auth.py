"""Which system a request comes from: its token says so, and no cookie does."""

from __future__ import annotations

from typing import Any, Final, cast

from flask import g
from flask import request as flask_request
from werkzeug.exceptions import TooManyRequests, Unauthorized

from assess.services import tokens
from assess.services.tokens import Bearer
from assess.web.request import database, noting_in_passing, now, reader
from assess.web.sign_in import caller

NO_TOKEN: Final = 'Bearer realm="assess"'
NOT_IN_FORCE: Final = f'{NO_TOKEN}, error="invalid_token"'


class TokenNeeded(Unauthorized):
    """There is no token that is in force; the header of the answer says what is needed."""

    def __init__(self, challenge: str) -> None:
        super().__init__()
        self.challenge = challenge

    def get_headers(self, *_: Any) -> list[tuple[str, str]]:
        """What the answer says besides its status."""
        return [("WWW-Authenticate", self.challenge)]


def check_bearer() -> None:
    """Let in who comes with a token that is in force; one that is not is counted against the address.

    Raises:
        TokenNeeded: there is no token, or it is not in force.
        TooManyRequests: too many came from the address with no token that is in force.
    """
    told = flask_request.authorization
    secret = told.token if told is not None and told.type == "bearer" else None
    if not secret:
        raise TokenNeeded(NO_TOKEN)
    found = tokens.bearer_with(reader(), secret=secret, now=now())
    if found is None:
        raise refused()
    if not tokens.is_noted(found, now()):
        with noting_in_passing() as writer:
            tokens.note_use(writer, found, now=now())
    g.bearer = found


def refused() -> TokenNeeded | TooManyRequests:
    """What comes of a token that is not in force."""
    if tokens.is_shut_out(reader(), address=caller(), now=now()):
        return TooManyRequests(retry_after=int(tokens.SHUT_OUT.total_seconds()))
    with database().writing() as writer:
        tokens.count_refusal(writer, address=caller(), now=now())
    return TokenNeeded(NOT_IN_FORCE)


def bearer() -> Bearer:
    """The system that asks; only what is for systems calls this."""
    return cast("Bearer", g.bearer)
