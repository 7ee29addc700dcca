"""Findings of uploaded files, thousands at a time: seen beside the ledger, recorded, and brought on together.

Each is a few statements over sets of rows, so that no transaction holds the ledger for long. The caller has locked the
files of findings (`queries.imports.import_to_write`), so two of them never record the same thing at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select, update
from sqlalchemy.orm import aliased

from assess.core.finding_imports.verdicts import RECORDED, Verdict
from assess.core.findings.states import FindingState
from assess.store.base import Json
from assess.store.importing import add_rows, changed_by
from assess.store.models import Finding, FindingEvent, Import, ImportedFinding
from assess.store.session import Session


def add_found(session: Session, rows: Sequence[Json]) -> None:
    """Keep the rows of a file."""
    add_rows(session, ImportedFinding, rows)


def mark_known(session: Session, *, row: Import) -> int:
    """Mark the rows of a file whose findings are recorded already; how many were not marked before (1 statement)."""
    known = (
        select(ImportedFinding.id, func.coalesce(by_number(row), by_words(row)).label("finding"))
        .where(ImportedFinding.import_id == row.id, ImportedFinding.verdict.in_(RECORDED))
        .subquery()
    )
    marked = update(ImportedFinding).where(ImportedFinding.id == known.c.id, known.c.finding.is_not(None))
    return changed_by(session, marked.values(verdict=Verdict.KNOWN, earlier_id=known.c.finding, earlier_row=""))


def by_number(row: Import) -> Any:
    """The finding of the same source that came with the same number."""
    other = aliased(ImportedFinding)
    return (
        select(func.min(Finding.id))
        .join(other, other.finding_id == Finding.id)
        .where(*counting(row), Finding.source == ImportedFinding.source)
        .where(other.external_key == ImportedFinding.external_key, ImportedFinding.external_key != "")
        .correlate(ImportedFinding)
        .scalar_subquery()
    )


def by_words(row: Import) -> Any:
    """The finding that is the same in every word, of a row without number."""
    names = ("unit", "kind", "place_key", "source", "found_on", "what")
    same = (getattr(Finding, name) == getattr(ImportedFinding, name) for name in names)
    return (
        select(func.min(Finding.id))
        .where(*counting(row), *same, ImportedFinding.external_key == "")
        .correlate(ImportedFinding)
        .scalar_subquery()
    )


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
