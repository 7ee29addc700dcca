"""What the audit log of a database says."""

from __future__ import annotations

from assess.store.audit_chain import digest_of
from assess.store.models import AuditEntry
from assess.store.session import Database, Session


def entries(session: Session, subject: str = "") -> list[AuditEntry]:
    """The entries in their order, all or those whose subject begins so."""
    found = session.query(AuditEntry).order_by(AuditEntry.number).all()
    return [entry for entry in found if entry.subject.startswith(subject)]


def whole_log(database: Database) -> list[AuditEntry]:
    """The whole log, which must have no gap and bear the right digests."""
    with database.reading() as session:
        found = entries(session)
    assert [entry.number for entry in found] == list(range(1, len(found) + 1))
    assert [entry.before for entry in found] == ["", *(entry.digest for entry in found[:-1])]
    assert [entry.digest for entry in found] == [digest_of(entry) for entry in found]
    return found
