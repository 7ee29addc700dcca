"""Who comes with a token; those who come with none that is in force are counted, and shut out after too many."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from assess.core.accounts.throttle import WINDOW
from assess.core.calendar import AHEAD, day_of
from assess.services.accounts import A_TOKEN, hashed
from assess.store.access import note_token_used
from assess.store.models import SignInFailure
from assess.store.queries.failed_sign_ins import failures_of_address
from assess.store.queries.tokens import Bearer, bearer_of
from assess.store.session import Session, flush

SEEN_EVERY: Final = timedelta(minutes=1)
MAX_SECRET_LENGTH: Final = 200
MAX_OF_ADDRESS: Final = 30
SHUT_OUT: Final = WINDOW
"""How long an address is shut out at most."""


def bearer_with(session: Session, *, secret: str, now: datetime) -> Bearer | None:
    """Whoever comes with a secret, if its token is in force (2 queries)."""
    return bearer_of(session, secret=hashed(secret), today=day_of(now)) if len(secret) <= MAX_SECRET_LENGTH else None


def is_shut_out(session: Session, *, address: str, now: datetime) -> bool:
    """Whether too many came from an address with no token that is in force (1 query)."""
    return (
        failures_of_address(session, address=counter_key(address), since=now - WINDOW, until=now + AHEAD)
        >= MAX_OF_ADDRESS
    )


def count_refusal(session: Session, *, address: str, now: datetime) -> None:
    """Count one who came with no token that is in force; apart from those who sign in from the same address."""
    session.add(SignInFailure(username=A_TOKEN, address=counter_key(address), at=now))
    flush(session)


def counter_key(address: str) -> str:
    """What refused tokens of an address are counted under."""
    return f"{A_TOKEN} from {address}"


def note_use(session: Session, bearer: Bearer, *, now: datetime) -> None:
    """Note when a token was used."""
    note_token_used(session, token=bearer.token, at=now)


def is_noted(bearer: Bearer, now: datetime) -> bool:
    """Whether the use of a token was noted a moment ago."""
    return bearer.used_at is not None and now - bearer.used_at <= SEEN_EVERY
