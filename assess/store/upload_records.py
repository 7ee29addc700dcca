"""Rows of kept files: what is kept, and who handed it in; safe for several people at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from sqlalchemy.dialects import postgresql, sqlite

from assess.store.models import Upload, UploadOwner
from assess.store.session import Session

INSERT: Final[dict[str, Callable[[Any], Any]]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def record_upload(
    session: Session, *, sha256: str, size: int, kind: str, file_name: str, account: int, now: datetime
) -> None:
    """Say that a file is kept and that a person handed it in; who does it again gives it another name.

    The row of the file is written where it stands already, so that nobody forgets the file meanwhile; what its
    content is counts more than what the name of somebody's document said.
    """
    record_created_file(session, sha256=sha256, size=size, kind=kind, file_name=file_name, account=account, now=now)
    insert = INSERT[session.get_bind().dialect.name]
    handed_in = insert(UploadOwner).values(upload=sha256, account_id=account, file_name=file_name, kept_at=now)
    named = {"file_name": handed_in.excluded.file_name, "kept_at": handed_in.excluded.kept_at}
    session.execute(handed_in.on_conflict_do_update(index_elements=["upload", "account_id"], set_=named))


def record_created_file(
    session: Session, *, sha256: str, size: int, kind: str, file_name: str, account: int, now: datetime
) -> None:
    """Say that a file is kept, such as one that the service made itself; nobody handed it in."""
    insert = INSERT[session.get_bind().dialect.name]
    kept = insert(Upload).values(
        sha256=sha256, size=size, kind=kind, first_name=file_name, kept_by=account, kept_at=now
    )
    session.execute(kept.on_conflict_do_update(index_elements=["sha256"], set_={"kind": kept.excluded.kind}))
