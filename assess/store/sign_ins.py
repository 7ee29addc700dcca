"""What is forgotten of sign-ins and refused attempts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, or_, update

from assess.store.models import SignIn, SignInFailure
from assess.store.session import Session


def clear_failures(session: Session, *, username: str, address: str | None = None, browser: str = "") -> None:
    """Let refused attempts under a name count no more: those of a known browser or from an address, or all."""
    cleared = update(SignInFailure).where(SignInFailure.username == username).values(cleared=True)
    if address is not None:
        cleared = cleared.where(SignInFailure.browser == browser)
        cleared = cleared if browser else cleared.where(SignInFailure.address == address)
    session.execute(cleared)


def forget_attempt(session: Session, attempt: int) -> None:
    """Forget an attempt that was counted before its password was looked at, and signed somebody in."""
    session.execute(delete(SignInFailure).where(SignInFailure.id == attempt))


def forget_old(session: Session, *, failures: datetime, sign_ins: datetime) -> None:
    """Forget attempts refused, and sign-ins ended or last used, before these moments."""
    session.execute(delete(SignInFailure).where(SignInFailure.at < failures))
    session.execute(delete(SignIn).where(or_(SignIn.ended_at < sign_ins, SignIn.seen_at < sign_ins)))
