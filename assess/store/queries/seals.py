"""Sealed editions and their documents."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, func, select

from assess.core.jobs import JobState
from assess.core.seals import DocumentKind
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
    """A seal that was asked for and is not made, and how its job stands."""

    id: int
    edition: int
    reason: str
    asker: str
    asked_at: datetime
    job: int | None
    state: JobState | None
    message: Text | None
    done: int
    of: int

    @property
    def is_under_way(self) -> bool:
        """Whether a job is at it or will be."""
        return self.state in (JobState.WAITING, JobState.RUNNING)


def seals() -> Select[Seal, SealOrder, Run, str]:
    """Editions with what was asked for, their run and who asked."""
    return (
        select(Seal, SealOrder, Run, func.coalesce(Account.name, ""))
        .join(SealOrder, SealOrder.id == Seal.order_id)
        .join(Run, Run.id == Seal.run_id)
        .outerjoin(Account, Account.id == SealOrder.asked_by)
    )


def seal_row(seal: Seal, order: SealOrder, run: Run, sealer: str) -> SealRow:
    """An edition as pages show it."""
    return SealRow(
        id=seal.id, cycle=seal.cycle_id, edition=seal.edition, run=run.id, run_number=run.number,
        rule_digest=run.rule_digest, inputs_digest=run.inputs_digest, engine=run.engine, log_head=order.log_head,
        replaces=order.replaces, reason=order.reason, unissued=order.unissued, sealer=sealer, sealed_at=order.asked_at,
    )  # fmt: skip


def seals_of(session: Session, *, cycle: int) -> list[SealRow]:
    """The editions of a year, newest first (1 query)."""
    query = seals().where(Seal.cycle_id == cycle).order_by(Seal.edition.desc())
    return [seal_row(*row) for row in session.execute(query)]


def newest_of_run(session: Session, *, run: int) -> SealRow | None:
    """The newest edition that was made of a run (1 query)."""
    query = seals().where(Seal.run_id == run).order_by(Seal.edition.desc()).limit(1)
    row = session.execute(query).one_or_none()
    return None if row is None else seal_row(*row)


def seal_at(session: Session, *, seal: int) -> SealRow:
    """An edition by its row (1 query)."""
    return seal_row(*session.execute(seals().where(Seal.id == seal)).one())


def open_orders(session: Session, *, cycle: int) -> list[SealOrderRow]:
    """The seals that were asked for and are not made, newest first (1 query)."""
    query = (
        select(SealOrder, Account.name, Job)
        .join(Account, Account.id == SealOrder.asked_by)
        .outerjoin(Job, Job.id == SealOrder.job)
        .outerjoin(Seal, Seal.order_id == SealOrder.id)
        .where(SealOrder.cycle_id == cycle, Seal.id.is_(None))
        .order_by(SealOrder.id.desc())
    )
    return [seal_order_row(*row) for row in session.execute(query)]


def seal_order_row(order: SealOrder, asker: str, job: Job | None) -> SealOrderRow:
    """A seal that was asked for, as pages show it."""
    return SealOrderRow(
        id=order.id, edition=order.edition, reason=order.reason, asker=asker, asked_at=order.asked_at,
        job=None if job is None else job.id, state=None if job is None else JobState(job.state),
        message=Text(**job.message) if job is not None and job.message else None,
        done=0 if job is None else job.steps_done, of=0 if job is None else job.steps,
    )  # fmt: skip


Documents = Select[SealedDocument, Cycle, str | None, str | None]


def documents() -> Documents:
    """Sealed documents with their year and the name of their unit."""
    return (
        select(SealedDocument, Cycle, RunUnit.name_zh, RunUnit.name_en)
        .join(Seal, Seal.id == SealedDocument.seal_id)
        .join(Cycle, Cycle.id == Seal.cycle_id)
        .outerjoin(RunUnit, (RunUnit.run_id == Seal.run_id) & (RunUnit.unit == SealedDocument.unit))
    )


def document_row(document: SealedDocument, cycle: Cycle, zh: str | None, en: str | None) -> DocumentRow:
    """A document as pages show it."""
    return DocumentRow(
        id=document.id, seal=document.seal_id, kind=DocumentKind(document.kind), unit=document.unit,
        name=Text(zh or "", en or ""), language="zh" if document.language == "zh" else "en", sha256=document.sha256,
        size=document.size, code=document.code, year=cycle.year, title=cycle.title, demonstration=cycle.demonstration,
    )  # fmt: skip


def found_in(session: Session, query: Documents) -> list[DocumentRow]:
    """What a query of documents finds."""
    return [document_row(*row) for row in session.execute(query)]


def document_at(session: Session, *, cycle: int, row: int) -> DocumentRow | None:
    """A document of a year by its row (1 query)."""
    query = documents().where(SealedDocument.id == row, Seal.cycle_id == cycle)
    return next(iter(found_in(session, query)), None)


def document_by_code(session: Session, *, code: str) -> DocumentRow | None:
    """The document that bears a check code (1 query)."""
    return next(iter(found_in(session, documents().where(SealedDocument.code == code))), None)


def document_by_file(session: Session, *, sha256: str) -> DocumentRow | None:
    """The document that is this very file; the newest where a file was sealed twice over (1 query)."""
    query = documents().where(SealedDocument.sha256 == sha256).order_by(SealedDocument.id.desc()).limit(1)
    return next(iter(found_in(session, query)), None)


def documents_of(
    session: Session, *, seal: int, kind: DocumentKind | None = None, unit: str | None = None
) -> list[DocumentRow]:
    """The documents of an edition, the book first, then the cards in the order of the units (1 query)."""
    query = documents().where(SealedDocument.seal_id == seal)
    if kind is not None:
        query = query.where(SealedDocument.kind == kind.value)
    if unit is not None:
        query = query.where(SealedDocument.unit == unit)
    return found_in(session, query.order_by(SealedDocument.kind, RunUnit.place, SealedDocument.language.desc()))


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
