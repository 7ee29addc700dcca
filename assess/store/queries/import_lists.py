"""What was found in an uploaded file, one list of it, narrowed, a page at a time."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, or_, select
from sqlalchemy.orm import aliased

from assess.core.evidence.verdicts import CheckList, Verdict
from assess.core.text import Text
from assess.store.models import Account, Batch, ImportFlaw, Proposal, Value
from assess.store.queries.imports import listed_as
from assess.store.records import record_columns, select_records
from assess.store.session import Session


class ImportFilter(NamedTuple):
    """What a list of a file is narrowed to: flaws to a sheet and to words they hold, values to a figure and a unit."""

    sheet: str = ""
    words: str = ""
    figure: str = ""
    unit: str = ""


class ImportList(NamedTuple):
    """One list of what was found in a file, by the number of the file."""

    row: int
    shown: CheckList
    narrowed: ImportFilter = ImportFilter()


class FlawRow(NamedTuple):
    """One thing wrong in a file, and where."""

    sheet: str
    cell: str
    what: Text


class ProposalRow(NamedTuple):
    """One value of a file, the value that it was compared with, and the one that it became."""

    id: int
    unit: str
    figure: str
    period: str
    millionths: int | None
    word: str | None
    place: str
    remark: str
    verdict: Verdict
    doubt: Text | None
    explanation: str
    overtaken: bool
    seen: int | None
    old_millionths: int | None
    old_word: str | None
    old_by: str
    old_at: datetime | None
    old_file: str
    kept: int | None


def flaws_in(listed: ImportList) -> ColumnElement[bool]:
    """Which flaws or warnings of a file a list shows."""
    narrowed = listed.narrowed
    asked = [ImportFlaw.import_id == listed.row, ImportFlaw.is_warning == (listed.shown is CheckList.WARNINGS)]
    if narrowed.sheet:
        asked.append(ImportFlaw.sheet == narrowed.sheet)
    if narrowed.words:
        texts = (ImportFlaw.zh, ImportFlaw.en, ImportFlaw.cell)
        asked.append(or_(*(text.icontains(narrowed.words, autoescape=True) for text in texts)))
    return and_(*asked)


def flaw_rows(session: Session, listed: ImportList, *, start: int, size: int) -> list[FlawRow]:
    """Flaws or warnings of a file in its order, a page of them (1 query)."""
    query = select_records(FlawRow, ImportFlaw, what=record_columns(Text, ImportFlaw)).where(flaws_in(listed))
    return list(session.scalars(query.order_by(ImportFlaw.id).offset(start).limit(size)))


def number_of_flaws(session: Session, listed: ImportList) -> int:
    """How many flaws or warnings a list holds (1 query)."""
    query = select(func.count()).select_from(ImportFlaw).where(flaws_in(listed))
    return session.scalar(query) or 0


def sheets_with_flaws(session: Session, *, row: int, shown: CheckList) -> list[str]:
    """The sheets that a list of flaws tells of, in the order of the file (1 query)."""
    query = select(ImportFlaw.sheet).where(flaws_in(ImportList(row, shown))).group_by(ImportFlaw.sheet)
    return list(session.scalars(query.order_by(func.min(ImportFlaw.id))))


def proposals_in(listed: ImportList) -> ColumnElement[bool]:
    """Which values of a file a list shows."""
    narrowed = listed.narrowed
    asked = [Proposal.import_id == listed.row, listed_as(listed.shown)]
    if narrowed.figure:
        asked.append(Proposal.figure == narrowed.figure)
    if narrowed.unit:
        asked.append(Proposal.unit == narrowed.unit)
    return and_(*asked)


def number_of_proposals(session: Session, listed: ImportList) -> int:
    """How many values a list holds (1 query)."""
    query = select(func.count()).select_from(Proposal).where(proposals_in(listed))
    return session.scalar(query) or 0


def proposal_rows(
    session: Session, listed: ImportList, *, batch: int | None, start: int, size: int
) -> list[ProposalRow]:
    """Proposals of a file in its order, a page of them, with the values they were compared with (1 query)."""
    query = (
        select_records(
            ProposalRow,
            Proposal,
            old_millionths=Value.millionths,
            old_word=Value.word,
            old_by=func.coalesce(Account.name, ""),
            old_at=Value.entered_at,
            old_file=func.coalesce(Batch.file_name, ""),
            kept=newest_of(batch),
        )
        .outerjoin(Value, Value.id == Proposal.seen)
        .outerjoin(Batch, Batch.id == Value.batch_id)
        .outerjoin(Account, Account.id == Value.entered_by)
        .where(proposals_in(listed))
        .order_by(Proposal.id)
    )
    return list(session.scalars(query.offset(start).limit(size)))


def newest_of(batch: int | None) -> ScalarSelect[int]:
    """The value that a proposal became in a batch: the last one where it came back since."""
    kept = aliased(Value)
    same = (kept.unit == Proposal.unit, kept.figure == Proposal.figure, kept.period == Proposal.period)
    return select(func.max(kept.id)).where(kept.batch_id == batch, *same).correlate(Proposal).scalar_subquery()
