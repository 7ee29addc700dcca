"""Files of findings: their rows beside the ledger, page by page, and where a finding came from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from sqlalchemy import func, literal, or_, select
from sqlalchemy.orm import aliased

from assess.core.finding_imports.comparing import Earlier
from assess.core.finding_imports.verdicts import RECORDED, FindingVerdict
from assess.core.findings.history import Event
from assess.core.findings.places import MapPoint
from assess.core.findings.repeats import FindingSpot
from assess.core.findings.states import FindingState
from assess.store.models import Account, Finding, FindingEvent, FindingPhoto, Import, ImportedFinding
from assess.store.queries.findings import event_record
from assess.store.records import record_columns, select_records
from assess.store.session import Session

AT_ONCE: Final = 500
"""So many histories are read at once."""


class EarlierRow(NamedTuple):
    """A finding of the ledger that a row of a file stands beside."""

    number: int
    what: str
    place: str
    found_on: date


class ListedRow(NamedTuple):
    """A row of a file: what it says, the finding it stands beside, and the number of what it became, None before."""

    sheet: str
    row: int
    external: str
    unit: str
    source: str
    kind: str
    domain: str
    what: str
    place: str
    found_on: date
    deadline: date | None
    earlier: EarlierRow | None
    earlier_row: str
    number: int | None


class SourceRow(NamedTuple):
    """Where a finding came from: the file with its SHA-256, the row, its number elsewhere, who accepted it and when."""

    file: int
    file_name: str
    upload: str
    sheet: str
    row: int
    external: str
    accepted_by: str
    accepted_at: datetime | None


def verdict_counts(session: Session, *, row: int) -> dict[FindingVerdict, int]:
    """How many rows of a file there are of each sort (1 query)."""
    query = select(ImportedFinding.verdict, func.count()).where(ImportedFinding.import_id == row)
    found = dict(list(session.execute(query.group_by(ImportedFinding.verdict))))
    return {verdict: found.get(verdict, 0) for verdict in FindingVerdict}


def listed_rows(session: Session, *, row: int, verdict: FindingVerdict, part: slice) -> list[ListedRow]:
    """Rows of a file in its order, a page of them, with the findings they stand beside (1 query)."""
    earlier, became = aliased(Finding), aliased(Finding)
    query = (
        select_records(ListedRow, ImportedFinding, earlier=record_columns(EarlierRow, earlier), number=became.number)
        .outerjoin(earlier, earlier.id == ImportedFinding.earlier_id)
        .outerjoin(became, became.id == ImportedFinding.finding_id)
        .where(ImportedFinding.import_id == row, ImportedFinding.verdict == verdict)
        .order_by(ImportedFinding.id)
        .offset(part.start)
        .limit(part.stop - part.start)
    )
    return list(session.scalars(query))


def rows_to_record(session: Session, *, row: int) -> list[ImportedFinding]:
    """The rows of a file that become findings, in the order in which these are numbered (1 query)."""
    query = select(ImportedFinding).where(ImportedFinding.import_id == row, ImportedFinding.verdict.in_(RECORDED))
    return list(session.scalars(query.order_by(ImportedFinding.found_on, ImportedFinding.id)))


def words_to_record(session: Session, *, row: int) -> list[tuple[str, str, str, str]]:
    """Unit, source, kind and domain of the rows of a file that become findings, each once (1 query)."""
    columns = (ImportedFinding.unit, ImportedFinding.source, ImportedFinding.kind, ImportedFinding.domain)
    query = select(*columns).where(ImportedFinding.import_id == row, ImportedFinding.verdict.in_(RECORDED))
    return [(unit, source, kind, domain) for unit, source, kind, domain in session.execute(query.distinct())]


def findings_of(session: Session, *, row: int) -> list[Finding]:
    """The findings that a file became, in the order of their numbers, to be changed together (1 query)."""
    query = (
        select(Finding)
        .join(ImportedFinding, ImportedFinding.finding_id == Finding.id)
        .where(ImportedFinding.import_id == row)
        .order_by(Finding.number)
        .with_for_update(of=Finding)
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(query))


def earlier_of(session: Session, *, cycle: int) -> list[Earlier]:
    """The findings of a year that are not void, as later ones may repeat them (1 query)."""
    spot = record_columns(FindingSpot, Finding, point=record_columns(MapPoint, Finding))
    query = select_records(Earlier, Finding, finding=Finding.id, place_in_file=literal(""), spot=spot)
    query = query.where(Finding.cycle_id == cycle, Finding.state != FindingState.VOID)
    return list(session.scalars(query.order_by(Finding.id)))


def histories_of(session: Session, *, findings: Sequence[int]) -> dict[int, list[Event]]:
    """The histories of findings, by the id of each (1 query for each 500)."""
    found: dict[int, list[Event]] = {finding: [] for finding in findings}
    for start in range(0, len(findings), AT_ONCE):
        query = select(FindingEvent.finding_id, event_record())
        query = query.where(FindingEvent.finding_id.in_(findings[start : start + AT_ONCE]))
        for finding, event in session.execute(query.order_by(FindingEvent.id)):
            found[finding].append(event)
    return found


def touched(session: Session, *, row: int, version: int) -> list[int]:
    """The numbers of the findings of a file that somebody went on with since they had a version (1 query).

    Somebody changed them, added a photo, or linked another finding as their repeat.
    """
    repeat = aliased(Finding)
    photo = select(FindingPhoto.id).where(FindingPhoto.finding_id == Finding.id, FindingPhoto.withdrawn_at.is_(None))
    repeated = select(repeat.id).where(repeat.repeat_of == Finding.id)
    query = (
        select(Finding.number)
        .join(ImportedFinding, ImportedFinding.finding_id == Finding.id)
        .where(ImportedFinding.import_id == row)
        .where(or_(Finding.version != version, photo.exists(), repeated.exists()))
        .order_by(Finding.number)
    )
    return list(session.scalars(query))


def source_of(session: Session, *, finding: int) -> SourceRow | None:
    """The file that a finding came with; None where somebody typed it (1 query)."""
    query = (
        select_records(SourceRow, ImportedFinding, Import, file=Import.id, accepted_by=func.coalesce(Account.name, ""))
        .join(Import, Import.id == ImportedFinding.import_id)
        .outerjoin(Account, Account.id == Import.accepted_by)
        .where(ImportedFinding.finding_id == finding)
    )
    return session.scalars(query).first()
