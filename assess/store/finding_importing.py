"""Findings of uploaded files, thousands at a time: seen beside the ledger, recorded, and brought on together.

Each is a few statements over sets of rows, so that no transaction holds the ledger for long. The caller has locked the
files of findings (`queries.imports.import_for_update`), so two of them never record the same thing at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, bindparam, select, update

from assess.core.finding_imports.verdicts import RECORDED, FindingVerdict
from assess.core.findings.states import FindingState
from assess.core.sources import WorkbookCell
from assess.store.base import Json
from assess.store.importing import add_rows
from assess.store.models import Finding, FindingEvent, Import, ImportedFinding
from assess.store.session import Session

AT_ONCE: Final = 500
"""So many numbers are looked up at once."""
Words = tuple[str, str, str, str, date, str]
"""Unit, kind, place, source, day and words of a finding."""


def add_found(session: Session, rows: Sequence[Json]) -> None:
    """Keep the rows of a file."""
    add_rows(session, ImportedFinding, rows)


def mark_known(session: Session, *, row: Import) -> int:
    """Mark the rows of a file whose findings are recorded already; how many were not marked before.

    What may repeat such a row is said to repeat its finding.
    Rows are compared here: the database would have to guess which of them are many, and may take hours.
    """
    query = select(ImportedFinding).where(ImportedFinding.import_id == row.id, ImportedFinding.verdict.in_(RECORDED))
    rows = list(session.scalars(query.order_by(ImportedFinding.id)))
    numbered = recorded_numbers(session, row, sorted({each.external_key for each in rows if each.external_key}))
    worded = recorded_words(session, row, [each for each in rows if not each.external_key])
    known: dict[str, int] = {}
    for each in rows:
        key = (each.source, each.external_key)
        finding = numbered.get(key) if each.external_key else worded.get(words_in(each))
        if finding is not None:
            each.verdict, each.earlier_id = FindingVerdict.KNOWN, finding
            known[str(WorkbookCell("", each.sheet, str(each.row)))] = finding
    for each in rows:
        if each.verdict == FindingVerdict.KNOWN:
            each.earlier_row = ""
        elif each.earlier_row in known:
            each.earlier_id, each.earlier_row = known[each.earlier_row], ""
    session.flush()
    return len(known)


def recorded_numbers(session: Session, row: Import, keys: Sequence[str]) -> dict[tuple[str, str], int]:
    """The findings of the year that came with some numbers, by source and number (1 query for each 500)."""
    found: dict[tuple[str, str], int] = {}
    for start in range(0, len(keys), AT_ONCE):
        query = (
            select(Finding.source, ImportedFinding.external_key, Finding.id)
            .join(ImportedFinding, ImportedFinding.finding_id == Finding.id)
            .where(ImportedFinding.external_key.in_(keys[start : start + AT_ONCE]), *counting(row))
        )
        for source, key, finding in session.execute(query.order_by(Finding.id)):
            found.setdefault((source, key), finding)
    return found


def recorded_words(session: Session, row: Import, rows: Sequence[ImportedFinding]) -> dict[Words, int]:
    """The findings of the year that may be the same as some rows, by all that they say (1 query, none without rows)."""
    if not rows:
        return {}
    days = [each.found_on for each in rows]
    query = select(Finding).where(
        *counting(row),
        Finding.unit.in_({each.unit for each in rows}),
        Finding.kind.in_({each.kind for each in rows}),
        Finding.found_on.between(min(days), max(days)),
    )
    return {words_in(each): each.id for each in session.scalars(query.order_by(Finding.id.desc()))}


def words_in(row: Finding | ImportedFinding) -> Words:
    """All that tells a finding without number from others."""
    return row.unit, row.kind, row.place_key, row.source, row.found_on, row.what


def counting(row: Import) -> tuple[ColumnElement[bool], ...]:
    """Which findings are recorded in the year of a file; what is void is not."""
    return Finding.cycle_id == row.cycle_id, Finding.state != FindingState.VOID


def add_findings(session: Session, *, cycle: int, first: int, rows: Sequence[Json]) -> list[int]:
    """Record findings with the numbers from `first` on; their ids in the same order (2 statements)."""
    numbered = [{**each, "cycle_id": cycle, "number": number, "version": 1} for number, each in enumerate(rows, first)]
    add_rows(session, Finding, numbered)
    last = first + len(rows) - 1
    query = select(Finding.id).where(Finding.cycle_id == cycle, Finding.number.between(first, last))
    return list(session.scalars(query.order_by(Finding.number)))


def add_events(session: Session, rows: Sequence[Json]) -> None:
    """Append entries to the histories of findings."""
    add_rows(session, FindingEvent, rows)


def note_findings(session: Session, found: Mapping[int, int]) -> None:
    """Note which finding each row of a file became, by the ids of both."""
    if found:
        linked = update(ImportedFinding.__table__).where(ImportedFinding.__table__.c.id == bindparam("imported"))  # type: ignore[arg-type]
        rows = [{"imported": row, "finding": finding} for row, finding in found.items()]
        session.connection().execute(linked.values(finding_id=bindparam("finding")), rows)
