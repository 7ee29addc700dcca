"""Files of findings as the hotline exports them, sent to the service and worked on by a worker of its own."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from assess.core.calendar import day_of
from assess.core.finding_imports.verdicts import FindingCheckList
from assess.services import finding_imports
from assess.services.documents import UploadedFile
from assess.services.finding_imports import FilePage
from assess.store.queries.findings import FindingRow, finding_rows
from assess.store.session import Database
from assess.worker import Worker
from tests.services.imports import a_book, the_cycle
from tests.store.appending import QUICK
from tests.years import JIANWAI, NOW, person

HEAD: Final = ("工单编号", "承办单位", "诉求内容", "地址", "受理时间", "问题类型", "办理时限", "来电人")
FIRST: Final = (
    ("2026-0002", "建外街道", "工地裸土未苫盖", "建国路 88 号", "2026-11-20 09:30:00", "扬尘", "2026-12-04", "张某"),
    ("2026-0001", "朝外街道", "夜间施工扰民", "朝外大街 6 号", "2026年11月18日", "施工噪声", "", "李某"),
)


def an_export(*rows: Sequence[Any], head: Sequence[Any] = HEAD, name: str = "hotline.xlsx") -> UploadedFile:
    """A workbook of the hotline."""
    return a_book(*rows, head=head, name=name)


def upload(
    database: Database, folder: Path, document: UploadedFile, *, who: str = "evaluator", now: datetime = NOW
) -> int:
    """The number of a file that was uploaded, not yet checked."""
    actor = person(database, who)
    with database.writing() as session:
        return finding_imports.upload_findings(
            session, actor, cycle=the_cycle(session), document=document, source="hotline", folder=folder, now=now
        ).id


def work(database: Database, folder: Path) -> None:
    """Do every job that waits."""
    kinds = {
        finding_imports.CHECK: finding_imports.checking_in(folder),
        finding_imports.ACCEPT: finding_imports.accepting(),
    }
    worker = Worker(database, kinds, threading.Event(), QUICK)
    while worker.work_on_one():
        pass


def checked(
    database: Database, folder: Path, document: UploadedFile, *, who: str = "evaluator", now: datetime = NOW
) -> int:
    """The number of a file that was uploaded and checked."""
    row = upload(database, folder, document, who=who, now=now)
    work(database, folder)
    return row


def ask_to_accept(database: Database, row: int, *, who: str = "evaluator", now: datetime = NOW) -> None:
    """Somebody asks for a file to be accepted as it is seen now."""
    actor = person(database, who)
    seen = page(database, row).row.version
    with database.writing() as session:
        finding_imports.accept_findings(session, actor, cycle=the_cycle(session), row=row, seen=seen, now=now)


def accepted(
    database: Database, folder: Path, document: UploadedFile, *, who: str = "evaluator", now: datetime = NOW
) -> int:
    """The number of a file whose findings are recorded."""
    row = checked(database, folder, document, who=who, now=now)
    ask_to_accept(database, row, who=who, now=now)
    work(database, folder)
    return row


def ask_to_withdraw(database: Database, row: int, *, who: str = "evaluator", now: datetime = NOW) -> None:
    """Somebody asks that a file be withdrawn as it is seen now."""
    actor = person(database, who)
    given = {"row": row, "reason": "导错了文件", "seen": page(database, row).row.version, "now": now}
    with database.writing() as session:
        finding_imports.ask_withdrawal(session, actor, cycle=the_cycle(session), **given)


def decide(database: Database, row: int, step: str, *, who: str, reason: str = "", now: datetime = NOW) -> None:
    """Somebody decides on a request to withdraw a file as it is seen now."""
    actor = person(database, who)
    given = {"row": row, "step": step, "reason": reason, "seen": page(database, row).row.version, "now": now}
    with database.writing() as session:
        finding_imports.decide_withdrawal(session, actor, cycle=the_cycle(session), **given)


def page(database: Database, row: int, show: FindingCheckList | None = None, *, who: str = "evaluator") -> FilePage:
    """A file as a page shows it."""
    actor = person(database, who)
    with database.reading() as session:
        return finding_imports.file_page(session, actor, cycle=the_cycle(session), row=row, show=show)


def ledger(database: Database) -> list[FindingRow]:
    """Every finding, in the order of their numbers."""
    with database.reading() as session:
        return sorted(session.scalars(finding_rows()), key=lambda row: row.number)


def several_files(database: Database, folder: Path, *, now: datetime) -> None:
    """Four files: accepted, accepted and to be withdrawn, flawed, and waiting with a finding that is known."""
    day = day_of(now).isoformat()
    rows = [(f"26-{n}", JIANWAI, "noise at night", f"{n} North Road", day, "noise", "2099-12-01") for n in range(3)]
    accepted(database, folder, an_export(rows[0]), now=now)
    ask_to_withdraw(database, accepted(database, folder, an_export(rows[1], name="wrong.xlsx"), now=now), now=now)
    checked(database, folder, an_export(("26-9", "nobody", *rows[2][2:]), name="flawed.xlsx"), now=now)
    checked(database, folder, an_export(rows[0], rows[2], name="waiting.xlsx"), now=now)
