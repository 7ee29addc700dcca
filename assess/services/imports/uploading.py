"""A department's file comes in: kept as it is, its check asked for; or it is discarded again."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from assess.core.actors import Actor
from assess.core.errors import NotFound, Refused
from assess.core.evidence.asked import asked_of
from assess.core.jobs import JobState
from assess.core.text import Text
from assess.core.workflow import IMPORT, Imported, WorkflowStep, advance
from assess.files.workbooks.books import MAX_MEGABYTES
from assess.services import audit, jobs
from assess.services.cycles import lock_year, refused
from assess.services.documents import MAX_NAME_LENGTH, UploadedFile, keep_document
from assess.services.imports.windows import check_department, check_window, held_import, subject_of
from assess.services.years import year_of
from assess.store.models import Import, Job
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session, check_seen, flush

CHECK: Final = "check-import"
MAX_UPLOAD_MEGABYTES: Final = MAX_MEGABYTES
"""Megabytes of a file at most."""
MEGABYTE: Final = 1024 * 1024
NO_DEPARTMENT: Final = Text("没有这个部门。", "There is no such department.")
NOTHING_ASKED: Final = Text(
    "本年度该部门不需要提供数据，无需上传。",
    "This department supplies no figures this year. There is nothing to upload.",
)
EMPTY: Final = Text("文件没有内容，请重新选择。", "The file is empty. Select another file.")
TOO_LARGE: Final = Text(
    "文件超过{most} MB，尚未保存，请删去无关内容或拆分后上传。",
    "The file is larger than {most} MB and was not saved. Remove what is not needed, or split it.",
)


def upload_import(
    session: Session,
    actor: Actor,
    *,
    cycle: CycleRow,
    department: str,
    document: UploadedFile,
    folder: Path,
    now: datetime,
) -> Import:
    """Keep a file of a department's figures and have it checked.

    Raises:
        NotAllowed: the actor is neither of the department nor of the office.
        NotFound: there is no such department.
        Refused: supplying figures is closed, the sheet asks the department for none, or the file is empty or too large.
        Stale: somebody uploads the same file at this very moment.
    """
    check_department(actor, department)
    check_size(document)
    lock_year(session, cycle)
    check_window(session, cycle, department, now)
    sheet = year_of(session, cycle).sheet
    if department not in (sheet.departments or {}):
        raise NotFound(NO_DEPARTMENT)
    if not asked_of(sheet, department).figures:
        raise Refused(NOTHING_ASKED)
    row = file_of(cycle, department, document, actor, now)
    keep_file(session, actor, row=row, document=document, folder=folder, kind=CHECK, now=now)
    told = {"file": document.name, "upload": row.upload}
    audit.record(session, actor, subject=subject_of(cycle, row), action="uploaded", new=told, now=now)
    return row


def file_of(cycle: CycleRow, department: str, document: UploadedFile, actor: Actor, now: datetime) -> Import:
    """The row of a file that waits to be checked."""
    return Import(
        cycle_id=cycle.id, department=department, upload=document.sha256, file_name=document.name[-MAX_NAME_LENGTH:],
        state=Imported.CHECKING, made_by=actor.account, made_at=now, token_id=actor.token,
    )  # fmt: skip


def keep_file(
    session: Session, actor: Actor, *, row: Import, document: UploadedFile, folder: Path, kind: str, now: datetime
) -> None:
    """Keep a file with its row, and ask for the job that checks it.

    Raises:
        Stale: somebody uploads the same file at this very moment.
    """
    keep_document(session, actor, folder=folder, document=document, now=now)
    ask_to_check(session, actor, row=row, kind=kind, now=now)


def ask_to_check(session: Session, actor: Actor, *, row: Import, kind: str, now: datetime) -> None:
    """Add the row of a kept file, and ask for the job that checks it."""
    session.add(row)
    flush(session)
    row.job_id = jobs.ask(session, actor, kind=kind, arguments={"import": row.id}, now=now)
    flush(session)


def check_size(document: UploadedFile) -> None:
    """Let a file pass that a workbook can be.

    Raises:
        Refused: it is empty or too large.
    """
    if not document.data:
        raise refused("file", EMPTY)
    if len(document.data) > MAX_UPLOAD_MEGABYTES * MEGABYTE:
        raise refused("file", TOO_LARGE.format(most=MAX_UPLOAD_MEGABYTES))


def discard_import(session: Session, actor: Actor, *, cycle: CycleRow, row: int, seen: int, now: datetime) -> None:
    """Put a file aside that was not accepted; nothing of it counts.

    Raises:
        NotFound: there is no such file, or it is another department's.
        Refused: it was accepted, or has ended otherwise.
        Stale: somebody else changed it since it was seen.
    """
    found = held_import(session, actor, cycle=cycle, row=row)
    put_aside(session, actor, row=found, seen=seen, now=now)
    audit.record(session, actor, subject=subject_of(cycle, found), action="discarded", now=now)


def put_aside(session: Session, actor: Actor, *, row: Import, seen: int, now: datetime) -> None:
    """End a file that is held and was not accepted.

    Raises:
        Refused: it was accepted, or has ended otherwise.
        Stale: somebody else changed it since it was seen.
    """
    check_seen(row, seen)
    release(session, row)
    row.state = advance(IMPORT, Imported(row.state), WorkflowStep.DISCARD)
    row.ended_by, row.ended_at = actor.account, now
    flush(session)


def release(session: Session, row: Import) -> None:
    """Put a file back to its preview whose accepting has failed for good."""
    if row.state != Imported.ACCEPTING:
        return
    job = None if row.job_id is None else session.get(Job, row.job_id)
    if job is None or job.state == JobState.FAILED:
        row.state = advance(IMPORT, Imported(row.state), WorkflowStep.GO_BACK)
