"""Accepting a file of findings: all that are new are recorded in one transaction, their numbers in a row, or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from assess.core.actors import Actor
from assess.core.errors import Refused
from assess.core.findings.filing import ReadFinding
from assess.core.findings.places import MapPoint
from assess.core.text import Text
from assess.core.workflow import IMPORT, Act, Imported, WorkflowStep, advance, check_allowed
from assess.services import audit
from assess.services.finding_imports.access import held_import, lock_of, subject_of
from assess.services.finding_imports.checking import TEXTS, preview_counts
from assess.services.findings.recording import beginning, columns_of
from assess.services.findings.seeing import catalogue_in
from assess.services.findings.standing import event_columns
from assess.services.imports.accepting import GONE, OTHER_RULES, ask_to_accept, check_waits, read_size, report_size
from assess.services.imports.checking import cycle_of
from assess.services.jobs import WORKER, JobType
from assess.services.years import year_of
from assess.store.base import Json
from assess.store.finding_importing import add_events, add_findings, mark_known, note_findings
from assess.store.models import Account, Import, ImportedFinding
from assess.store.numbering import take_numbers
from assess.store.queries import finding_imports as queries
from assess.store.queries.accounts import actor_of
from assess.store.queries.cycles import CycleRow, held_stage
from assess.store.queries.imports import import_for_update
from assess.store.session import Session, flush

ACCEPT: Final = "accept-findings"
NOTHING: Final = Text(
    "文件中的问题均已登记，无需接收。", "All findings in the file are already recorded. There is nothing to accept."
)
OVERTAKEN: Final = Text(
    "接收时发现其中{n}个问题已由他人登记，没有接收任何内容。请在“已登记”中核对，再决定是否接收其余问题。",
    "Someone else already recorded findings in this file ({n}), so nothing was accepted. Check them "
    "under Already recorded, then accept the rest.",
)


def accept_findings(session: Session, actor: Actor, *, cycle: CycleRow, row: int, seen: int, now: datetime) -> None:
    """Have the new findings of a checked file recorded; a job does it.

    Raises:
        NotAllowed: the actor is no inspector, or reports for a unit of the file.
        NotFound: there is no such file.
        Refused: it is not waiting to be accepted, the stage does not allow it, nothing is new, or since the check the
            rule sheet or the units changed.
        Stale: somebody else changed it since it was seen.
    """
    found = held_import(session, actor, cycle=cycle, row=row)
    check_waits(session, found, seen=seen)
    check_allowed(cycle.stage, Act.INSPECT)
    check_content(session, actor, cycle, found)
    ask_to_accept(session, actor, found, kind=ACCEPT, now=now)
    audit.record(session, actor, subject=subject_of(cycle, row), action="asked to accept", now=now)


def check_content(session: Session, actor: Actor, cycle: CycleRow, row: Import) -> None:
    """Let a file pass whose findings this person may record as they are.

    Raises:
        NotAllowed: the person reports for a unit of the file.
        Refused: nothing is new, or the year no longer knows something in it.
    """
    words = queries.words_to_record(session, row=row.id)
    if not words:
        raise Refused(NOTHING)
    if why := outdated(session, cycle, words):
        raise Refused(why)
    year = year_of(session, cycle)
    for unit in sorted({unit for unit, *_ in words}):
        actor.check_other_unit(unit, year.name_of(unit))


def outdated(session: Session, cycle: CycleRow, words: list[tuple[str, str, str, str]]) -> Text | None:
    """Why what the check found no longer fits the year; None where it does (the queries of the year)."""
    year = year_of(session, cycle)
    catalogue = catalogue_in(session, year)
    gone = sorted({unit for unit, *_ in words} - year.units.places.keys())
    if gone:
        return GONE.format(units=Text.listed(gone))
    knows = all(
        source in catalogue.sources and kind in catalogue.kinds and domain in catalogue.domains
        for _, source, kind, domain in words
    )
    return None if knows else OTHER_RULES


def accepting() -> JobType:
    """The kind of job that records a file's findings: all in the transaction that says that it is done."""
    return JobType(read=read_size, work=report_size, keep=keep_accepted)


def keep_accepted(session: Session, arguments: Mapping[str, Any], _found: None, now: datetime) -> None:
    """Record the findings of a file, or put it back to its preview and say why."""
    row = session.get(Import, arguments["import"])
    if row is None:
        return
    cycle = cycle_of(session, row)
    cycle = replace(cycle, stage=held_stage(session, cycle=cycle.id) or cycle.stage)
    row = import_for_update(session, row=row.id)
    if row is None or row.state != Imported.ACCEPTING:
        return
    known = mark_known(session, row=row)
    why = lock_of(cycle) or outdated(session, cycle, queries.words_to_record(session, row=row.id))
    if why or known:
        put_back(session, cycle, row, why or OVERTAKEN.format(n=known), now)
    else:
        keep_findings(session, cycle, row, now)


def put_back(session: Session, cycle: CycleRow, row: Import, why: Text, now: datetime) -> None:
    """The file waits again to be accepted; nothing of it is recorded."""
    row.state = advance(IMPORT, Imported(row.state), WorkflowStep.GO_BACK)
    row.found = {**(row.found or {}), **preview_counts(session, row), "told": why._asdict()}
    flush(session)
    told = {"why": why.en}
    audit.record(session, WORKER, subject=subject_of(cycle, row.id), action="put back", new=told, now=now)


def keep_findings(session: Session, cycle: CycleRow, row: Import, now: datetime) -> None:
    """Record the findings in the order of their days, in the name of whoever accepted the file.

    Raises:
        NotAllowed: that person inspects no longer.
    """
    account = session.get_one(Account, row.accepted_by)
    actor, rows = actor_of(account), queries.rows_to_record(session, row=row.id)
    histories = [beginning(actor, read_of(each), now) for each in rows]
    columns: list[Json] = [
        columns_of(actor, read_of(each), events, now) for each, events in zip(rows, histories, strict=True)
    ]
    first = take_numbers(session, cycle=cycle.id, count=len(rows))
    ids = add_findings(session, cycle=cycle.id, first=first, rows=columns)
    add_events(
        session,
        [event_columns(number, event) for number, events in zip(ids, histories, strict=True) for event in events],
    )
    note_findings(session, {each.id: number for each, number in zip(rows, ids, strict=True)})
    row.state = advance(IMPORT, Imported(row.state), WorkflowStep.KEEP)
    row.found = {**(row.found or {}), "first": first, "last": first + len(rows) - 1}
    flush(session)
    told = {"file": row.file_name, "upload": row.upload, "first": first, "last": first + len(rows) - 1}
    told["known"] = (row.found or {}).get("known", 0)
    audit.record(session, actor, subject=subject_of(cycle, row.id), action="accepted", new=told, now=now)


def read_of(row: ImportedFinding) -> ReadFinding:
    """A row of a file as a finding that may be kept."""
    is_known = row.latitude is not None and row.longitude is not None
    point = MapPoint(row.latitude or 0, row.longitude or 0) if is_known else None
    texts = {name: getattr(row, name) for name in TEXTS}
    return ReadFinding(found_on=row.found_on, deadline=row.deadline, point=point, **texts)
