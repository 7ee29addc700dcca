"""A file of findings comes in: kept as it is, its check asked for; or it is discarded again."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from assess.core.actors import Actor, Right
from assess.core.findings.filing import NO_SOURCE
from assess.core.workflow import Act, check_allowed
from assess.services import audit
from assess.services.cycles import lock_year, refused
from assess.services.documents import UploadedFile
from assess.services.finding_imports.access import held_import, subject_of
from assess.services.findings.seeing import catalogue_in
from assess.services.imports.uploading import check_size, file_of, keep_file, put_aside
from assess.services.years import year_of
from assess.store.models import Import
from assess.store.models.finding_imports import LEDGER
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session

CHECK: Final = "check-findings"


def upload_findings(
    session: Session, actor: Actor, *, cycle: CycleRow, document: UploadedFile, source: str, folder: Path, now: datetime
) -> Import:
    """Keep a file of findings and have it checked; `source` is where those come from that do not say it.

    Raises:
        NotAllowed: the actor is no inspector.
        Refused: the stage does not allow it, there is no such source, or the file is empty or too large.
        Stale: somebody uploads the same file at this very moment.
    """
    actor.check_may(Right.INSPECT)
    check_size(document)
    lock_year(session, cycle)
    check_allowed(cycle.stage, Act.INSPECT)
    if source not in catalogue_in(session, year_of(session, cycle)).sources:
        raise refused("source", NO_SOURCE)
    row = file_of(cycle, LEDGER, document, actor, now)
    row.found = {"source": source}
    keep_file(session, actor, row=row, document=document, folder=folder, kind=CHECK, now=now)
    told = {"file": document.name, "upload": row.upload, "source": source}
    audit.record(session, actor, subject=subject_of(cycle, row.id), action="uploaded", new=told, now=now)
    return row


def discard_findings(session: Session, actor: Actor, *, cycle: CycleRow, row: int, seen: int, now: datetime) -> None:
    """Put a file aside that was not accepted; nothing of it is recorded.

    Raises:
        NotAllowed: the actor is no inspector.
        NotFound: there is no such file.
        Refused: it was accepted, or has ended otherwise.
        Stale: somebody else changed it since it was seen.
    """
    found = held_import(session, actor, cycle=cycle, row=row)
    put_aside(session, actor, row=found, seen=seen, now=now)
    audit.record(session, actor, subject=subject_of(cycle, row), action="discarded", now=now)
