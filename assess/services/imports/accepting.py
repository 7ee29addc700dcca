"""Accepting a file: all of it or nothing, and nothing that somebody else changed meanwhile is overwritten unseen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from assess.core.actors import Actor
from assess.core.errors import NotFound, Refused
from assess.core.evidence.verdicts import Verdict
from assess.core.text import Text
from assess.core.workflow import IMPORT, Imported, WorkflowStep, advance
from assess.services import audit, jobs
from assess.services.imports.checking import cycle_of, preview_counts
from assess.services.imports.judged import why_judged
from assess.services.imports.uploading import release
from assess.services.imports.windows import NO_IMPORT, check_window, held_import, stage_lock, subject_of
from assess.services.jobs import WORKER, JobType, Progress
from assess.services.years import year_of
from assess.store.importing import compare_proposals, keep_proposals, mark_overtaken
from assess.store.models import Account, Batch, Import
from assess.store.queries import imports as queries
from assess.store.queries.accounts import actor_of
from assess.store.queries.cycles import CycleRow, held_stage
from assess.store.session import Session, check_seen, flush

ACCEPT: Final = "accept-import"
KIND: Final = "import"
"""What brings in the values of an accepted file."""
UNEXPLAINED: Final = Text(
    "还有{n}项存疑数据未作说明，请逐项说明原因，或在文件中修改后重新上传。",
    "Unusual values without an explanation: {n}. Enter an explanation for each, or correct the file "
    "and upload it again.",
)
NOTHING: Final = Text(
    "文件中的数据与现有数据完全相同，无需接收。",
    "All values in the file are already on record. There is nothing to accept.",
)
OTHER_RULES: Final = Text(
    "检查之后评分表有修改，请重新上传文件并检查。",
    "The rule sheet changed after the check. Upload the file again to check it.",
)
GONE: Final = Text(
    "检查之后考核对象名单有变动，名单中不再有：{units}。请删去这些行后重新上传。",
    "The list of units changed after the check and no longer has: {units}. Delete these rows and "
    "upload the file again.",
)
OVERTAKEN: Final = Text(
    "接收时发现其他人已修改其中{n}项数据，没有接收任何内容。请在“其间被他人修改”中核对现值，再决定是否接收。",
    "Someone else changed values in this file meanwhile ({n}), so nothing was accepted. Check them "
    "under Changed meanwhile, then accept again if the file is right.",
)


def accept_import(session: Session, actor: Actor, *, cycle: CycleRow, row: int, seen: int, now: datetime) -> None:
    """Have everything that a checked file proposes count; a job does it.

    Raises:
        NotFound: there is no such file, or it is another department's.
        Refused: it is not waiting to be accepted, supplying figures is closed, a suspicious value is not explained,
            nothing would change, or since the check the rule sheet or the units changed or a panel was named.
        Stale: somebody else changed it since it was seen.
    """
    found = held_import(session, actor, cycle=cycle, row=row)
    check_waits(session, found, seen=seen)
    check_window(session, cycle, found.department, now)
    check_content(session, cycle, found)
    ask_to_accept(session, actor, found, kind=ACCEPT, now=now)
    audit.record(session, actor, subject=subject_of(cycle, found), action="asked to accept", now=now)


def check_waits(session: Session, row: Import, *, seen: int) -> None:
    """Let a file that is held pass where it waits to be accepted, as it was seen.

    Raises:
        Refused: it does not wait.
        Stale: somebody else changed it since it was seen.
    """
    check_seen(row, seen)
    release(session, row)
    advance(IMPORT, Imported(row.state), WorkflowStep.ACCEPT)


def ask_to_accept(session: Session, actor: Actor, row: Import, *, kind: str, now: datetime) -> None:
    """Have a job of a kind accept a file that waits; what an earlier try told is forgotten."""
    row.state = advance(IMPORT, Imported(row.state), WorkflowStep.ACCEPT)
    row.accepted_by, row.accepted_at = actor.account, now
    row.found = {name: each for name, each in (row.found or {}).items() if name != "told"}
    row.job_id = jobs.ask(session, actor, kind=kind, arguments={"import": row.id}, now=now)
    flush(session)


def check_content(session: Session, cycle: CycleRow, row: Import) -> None:
    """Let a file pass whose values can be accepted as they are.

    Raises:
        Refused: they cannot.
    """
    if why := outdated(session, cycle, row):
        raise Refused(why)
    preview = queries.preview_of(session, row=row.id)
    if preview.unexplained:
        raise Refused(UNEXPLAINED.format(n=preview.unexplained))
    if not preview.verdicts.keys() - {Verdict.UNCHANGED}:
        raise Refused(NOTHING)


def outdated(session: Session, cycle: CycleRow, row: Import) -> Text | None:
    """Why what the check found no longer fits the year; None where it does (2 queries beside those of the year)."""
    year = year_of(session, cycle)
    if year.digest != (row.found or {}).get("rules"):
        return OTHER_RULES
    gone = [unit for unit in queries.units_proposed(session, row=row.id) if unit not in year.units.places]
    return GONE.format(units=Text.listed(gone)) if gone else why_judged(session, year, row)


def accepting() -> JobType:
    """The kind of job that lets a file's values count: all in the transaction that says that it is done."""
    return JobType(read=read_size, work=report_size, keep=keep_accepted)


def read_size(session: Session, arguments: Mapping[str, Any]) -> int:
    """How many values there are.

    Raises:
        NotFound: the file's row is gone.
    """
    row = session.get(Import, arguments["import"])
    if row is None:
        raise NotFound(NO_IMPORT)
    return int((row.found or {}).get("values", 0))


def report_size(size: int, progress: Progress) -> None:
    """Nothing can be done before the transaction that keeps all of it."""
    progress(0, size)


def keep_accepted(session: Session, arguments: Mapping[str, Any], _found: None, now: datetime) -> None:
    """Let the values of a file count, or put it back to its preview and say why."""
    row = session.get(Import, arguments["import"])
    if row is None:
        return
    cycle = cycle_of(session, row)
    stage = held_stage(session, cycle=cycle.id) or cycle.stage
    row = queries.import_for_update(session, row=row.id)
    if row is None or row.state != Imported.ACCEPTING:
        return
    if why := stage_lock(stage) or outdated(session, cycle, row):
        put_back(session, cycle, row, why, now)
    elif overtaken := mark_overtaken(session, row=row, year=cycle.year):
        compare_proposals(session, row=row, year=cycle.year)
        put_back(session, cycle, row, OVERTAKEN.format(n=overtaken), now)
    else:
        keep_values(session, cycle, row, now)


def put_back(session: Session, cycle: CycleRow, row: Import, why: Text, now: datetime) -> None:
    """The file waits again to be accepted; nothing of it counts."""
    row.state = advance(IMPORT, Imported(row.state), WorkflowStep.GO_BACK)
    row.found = {**(row.found or {}), **preview_counts(session, row), "told": why._asdict()}
    flush(session)
    told = {"why": why.en}
    audit.record(session, WORKER, subject=subject_of(cycle, row), action="put back", new=told, now=now)


def keep_values(session: Session, cycle: CycleRow, row: Import, now: datetime) -> None:
    """The values of the file count, those before them no longer; what is unchanged stays as it is."""
    account = row.accepted_by or 0
    batch = Batch(
        cycle_id=cycle.id, kind=KIND, upload=row.upload, file_name=row.file_name, facts={"import": row.id},
        made_by=account, made_at=now,
    )  # fmt: skip
    session.add(batch)
    flush(session)
    kept = keep_proposals(session, row=row, year=cycle.year, batch=batch.id, account=account, now=now)
    row.state = advance(IMPORT, Imported(row.state), WorkflowStep.KEEP)
    row.batch_id = batch.id
    flush(session)
    found = row.found or {}
    told = {"batch": batch.id, "file": row.file_name, "upload": row.upload, "values": kept}
    told |= {name: found.get(name, 0) for name in ("new", "changed", "noted", "unchanged", "doubtful")}
    who = session.get(Account, account)
    actor = WORKER if who is None else actor_of(who)
    audit.record(session, actor, subject=subject_of(cycle, row), action="accepted", new=told, now=now)
