"""What the audit log of a database says."""

from __future__ import annotations

from assess.store.models import AuditEntry
from assess.store.session import Session


def entries(session: Session, subject: str = "") -> list[AuditEntry]:
    """The entries in their order, all or those whose subject begins so."""
    found = session.query(AuditEntry).order_by(AuditEntry.number).all()
    return [entry for entry in found if entry.subject.startswith(subject)]
