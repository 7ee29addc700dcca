"""Removing kept files: only once the transaction that forgets their rows is committed, and only where nobody brings
the same file again meanwhile."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, delete, event, insert
from sqlalchemy.exc import IntegrityError

from assess.store.faults import fault_of
from assess.store.models import Upload
from assess.store.session import Session
from assess.store.uploads import path_of

log = logging.getLogger("assess")

WAITING: Final = "files that go once this transaction is committed"


def forget_after_commit(session: Session, folder: Path, upload: Upload) -> None:
    """Remove a kept file once the transaction is committed that removed its row."""
    row = {column.key: getattr(upload, column.key) for column in Upload.__table__.columns}
    waiting: list[tuple[Path, dict[str, Any]]] = session.info.setdefault(WAITING, [])
    if not waiting:
        event.listen(session, "after_commit", remove_waiting, once=True)
        event.listen(session, "after_rollback", lambda _session: waiting.clear(), once=True)
    waiting.append((folder, row))


def remove_waiting(session: Session) -> None:
    """Remove the files whose rows are gone; one that cannot be removed stays, unnamed, and does no harm."""
    engine = session.get_bind()
    for folder, row in session.info.pop(WAITING, []):
        try:
            remove(engine.engine, folder, row)
        except Exception as error:
            if fault_of(error) is None:
                raise
            log.warning("the file %s was forgotten and could not be removed: %s", row["sha256"], error)


def remove(engine: Engine, folder: Path, row: dict[str, Any]) -> None:
    """Remove a file, holding its name meanwhile: whoever brings the same bytes waits, and keeps them anew."""
    try:
        with engine.begin() as connection:
            connection.execute(insert(Upload).values(row))
            path_of(folder, row["sha256"]).unlink(missing_ok=True)
            connection.execute(delete(Upload).where(Upload.sha256 == row["sha256"]))
    except IntegrityError:
        return
