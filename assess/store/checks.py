"""What is forgotten of looks at the check page."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from assess.store.models import CheckLook
from assess.store.session import Session


def forget_looks(session: Session, *, before: datetime) -> None:
    """Forget looks before a moment."""
    session.execute(delete(CheckLook).where(CheckLook.at < before))
