"""Sealed editions and their documents."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, func, select

from assess.core.seals.kinds import DocumentKind
from assess.core.text import Language, Text
from assess.store.models import (
    Account,
    AuditEntry,
    CheckLook,
    Cycle,
    Job,
    Run,
    RunUnit,
    Seal,
    SealedDocument,
    SealOrder,
)
from assess.store.queries.jobs import JobStatus, job_status
from assess.store.records import record_columns, select_records
from assess.store.session import Session


class SealRow(NamedTuple):
    """A sealed edition as pages show it."""

    id: int
    cycle: int
    edition: int
    run: int
    run_number: int
    rule_digest: str
    inputs_digest: str
    engine: str
    log_head: str
    replaces: int | None
    reason: str
    unissued: str | None
    sealer: str
    sealed_at: datetime


class DocumentRow(NamedTuple):
    """A sealed document; `name` is that of the unit, empty for a book."""

    id: int
    seal: int
    kind: DocumentKind
    unit: str
    name: Text
    language: Language
    sha256: str
    size: int
    code: str
    year: int
    title: Text
    demonstration: bool


class SealOrderRow(NamedTuple):
    """A seal that was asked for and is not made, and how its job stands (None: forgotten)."""

    id: int
    edition: int
    reason: str
    asker: str
    asked_at: datetime
    job: JobStatus | None


def seals() -> Select[SealRow]:
    """Editions with what was asked for, their run and who asked."""
    return (
        select_records(
            SealRow,
            Seal,
            SealOrder,
            Run,
            cycle=Seal.cycle_id,
            run=Run.id,
            run_number=Run.number,
            sealer=func.coalesce(Account.name, ""),
            sealed_at=SealOrder.asked_at,
        )
        .join(SealOrder, SealOrder.id == Seal.order_id)
        .join(Run, Run.id == Seal.run_id)
        .outerjoin(Account, Account.id == SealOrder.asked_by)
    )


def seals_of(session: Session, *, cycle: int) -> list[SealRow]:
    """The editions of a year, newest first (1 query)."""
    return list(session.scalars(seals().where(Seal.cycle_id == cycle).order_by(Seal.edition.desc())))


def newest_of_run(session: Session, *, run: int) -> SealRow | None:
    """The newest edition that was made of a run (1 query)."""
    query = seals().where(Seal.run_id == run).order_by(Seal.edition.desc()).limit(1)
    return session.scalars(query).one_or_none()


def seal_at(session: Session, *, seal: int) -> SealRow:
    """An edition by its row (1 query)."""
    return session.scalars(seals().where(Seal.id == seal)).one()


def open_orders(session: Session, *, cycle: int) -> list[SealOrderRow]:
    """The seals that were asked for and are not made, newest first (1 query)."""
    query = (
        select_records(SealOrderRow, SealOrder, asker=Account.name, job=job_status())
        .join(Account, Account.id == SealOrder.asked_by)
        .outerjoin(Job, Job.id == SealOrder.job)
        .outerjoin(Seal, Seal.order_id == SealOrder.id)
        .where(SealOrder.cycle_id == cycle, Seal.id.is_(None))
        .order_by(SealOrder.id.desc())
    )
    return list(session.scalars(query))


def documents() -> Select[DocumentRow]:
    """Sealed documents with their year and the name of their unit."""
    name = record_columns(Text, zh=func.coalesce(RunUnit.name_zh, ""), en=func.coalesce(RunUnit.name_en, ""))
    return (
        select_records(DocumentRow, SealedDocument, Cycle, seal=SealedDocument.seal_id, name=name)
        .join(Seal, Seal.id == SealedDocument.seal_id)
        .join(Cycle, Cycle.id == Seal.cycle_id)
        .outerjoin(RunUnit, (RunUnit.run_id == Seal.run_id) & (RunUnit.unit == SealedDocument.unit))
    )


def document_at(session: Session, *, cycle: int, row: int) -> DocumentRow | None:
    """A document of a year by its row (1 query)."""
    return session.scalars(documents().where(SealedDocument.id == row, Seal.cycle_id == cycle)).one_or_none()


def document_by_code(session: Session, *, code: str) -> DocumentRow | None:
    """The document that bears a check code (1 query)."""
    return session.scalars(documents().where(SealedDocument.code == code)).one_or_none()


def document_by_file(session: Session, *, sha256: str) -> DocumentRow | None:
    """The document that is this very file; the newest where a file was sealed twice over (1 query)."""
    query = documents().where(SealedDocument.sha256 == sha256).order_by(SealedDocument.id.desc()).limit(1)
    return session.scalars(query).one_or_none()


def documents_of(
    session: Session, *, seal: int, kind: DocumentKind | None = None, unit: str | None = None
) -> list[DocumentRow]:
    """The documents of an edition, the book first, then the cards in the order of the units (1 query)."""
    query = documents().where(SealedDocument.seal_id == seal)
    if kind is not None:
        query = query.where(SealedDocument.kind == kind.value)
    if unit is not None:
        query = query.where(SealedDocument.unit == unit)
    in_order = query.order_by(SealedDocument.kind, RunUnit.place, SealedDocument.language.desc())
    return list(session.scalars(in_order))


def looks_from(session: Session, *, address: str, since: datetime, until: datetime) -> int:
    """How many looks at the check page from an address were counted between two moments (1 query)."""
    query = select(func.count()).where(CheckLook.address == address, CheckLook.at > since, CheckLook.at <= until)
    return session.scalar(query) or 0


def certificates_used(session: Session) -> list[str]:
    """The certificates of every key that ever sealed here, as PEM (1 query)."""
    return list(session.scalars(select(Seal.certificates).distinct().order_by(Seal.certificates)))


def log_head(session: Session) -> str:
    """The digest of the last entry of the audit log (1 query)."""
    newest = select(AuditEntry.digest).order_by(AuditEntry.number.desc()).limit(1)
    return session.scalar(newest) or ""
