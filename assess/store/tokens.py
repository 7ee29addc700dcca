"""When tokens were used, noted beside everything else that is kept of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, update

from assess.store.models import Token
from assess.store.session import Session


def note_token_used(session: Session, *, token: int, at: datetime) -> None:
    """Note that a token was used at a moment, unless it was used later (1 statement)."""
    earlier = or_(Token.used_at.is_(None), Token.used_at < at)
    session.execute(update(Token).where(Token.id == token, earlier).values(used_at=at))
