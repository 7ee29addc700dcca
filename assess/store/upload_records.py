"""Rows of kept files: what is kept, what was made of photos, who handed it in, and what is forgotten."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, delete, event, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from assess.store.faults import fault_of
from assess.store.models import Photo, Upload, UploadOwner
from assess.store.session import Session
from assess.store.uploads import path_of

INSERT: Final[dict[str, Callable[[Any], Any]]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
log = logging.getLogger("assess")
WAITING: Final = "files that go once this transaction is committed"


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


def note_photo(
    session: Session, *, upload: str, picture: str, thumbnail: str, width: int, height: int, taken_on: date | None
) -> None:
    """Say what was made of a photo; made again by a newer library, the newer pictures count."""
    insert = INSERT[session.get_bind().dialect.name]
    made = {"picture": picture, "thumbnail": thumbnail, "width": width, "height": height, "taken_on": taken_on}
    noted = insert(Photo).values(upload=upload, **made)
    session.execute(noted.on_conflict_do_update(index_elements=["upload"], set_=made))


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
