"""What is noted and forgotten of sign-ins, refused attempts, tokens and looks at the check page."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, or_, update

from assess.store.models import CheckLook, SignIn, SignInFailure, Token
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


def forget_looks(session: Session, *, before: datetime) -> None:
    """Forget looks before a moment."""
    session.execute(delete(CheckLook).where(CheckLook.at < before))


def note_token_used(session: Session, *, token: int, at: datetime) -> None:
    """Note that a token was used at a moment, unless it was used later (1 statement)."""
    earlier = or_(Token.used_at.is_(None), Token.used_at < at)
    session.execute(update(Token).where(Token.id == token, earlier).values(used_at=at))
