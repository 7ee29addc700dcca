"""What is forgotten of sign-ins and refused attempts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, or_

from assess.store.models import SignIn, SignInFailure
from assess.store.session import Session


def forget_failures(session: Session, *, username: str, address: str | None = None) -> None:
    """Forget the refused attempts under a name, from one address or from all."""
    gone = delete(SignInFailure).where(SignInFailure.username == username)
    session.execute(gone if address is None else gone.where(SignInFailure.address == address))


def forget_old(session: Session, *, failures: datetime, sign_ins: datetime) -> None:
    """Forget attempts refused, and sign-ins ended or last used, before these moments."""
    session.execute(delete(SignInFailure).where(SignInFailure.at < failures))
    session.execute(delete(SignIn).where(or_(SignIn.ended_at < sign_ins, SignIn.seen_at < sign_ins)))
