"""Evidence: what is attached to what, who handed a file in, and where else the same content serves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Column, ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from assess.core.text import Text
from assess.store.base import Base
from assess.store.models import Account, Attachment, Cycle, Photo, Unit, Upload, UploadOwner
from assess.store.records import select_records
from assess.store.session import Session

NAMING: Final = ("upload", "signed_copy", "marked", "picture", "thumbnail", "inputs", "results")
"""What a column is called that holds the SHA-256 of a kept file."""


@dataclass(frozen=True)
class AttachedRow:
    """A file attached to a subject of a unit; `note` says where to look, `by` who attached it.

    `is_repeated` says that the same content serves another unit too, or served in an earlier year.
    """

    id: int
    cycle: int
    unit: str
    subject: str
    sha256: str
    file_name: str
    size: int
    kind: str
    note: str
    by: str
    attached_at: datetime
    withdrawn_at: datetime | None
    withdrawn_by: str
    is_repeated: bool


class KeptRow(NamedTuple):
    """A file that a person handed in: its SHA-256, the name the person gave it, and what its content is."""

    sha256: str
    file_name: str
    kind: str


class UseRow(NamedTuple):
    """Content of this unit's evidence that serves elsewhere: in another unit, or in an earlier year."""

    sha256: str
    year: int
    unit: str
    name: Text
    subject: str


def attached_rows() -> Select[AttachedRow]:
    """Attachments with size, kind, the names of who attached and withdrew them, and whether they serve elsewhere."""
    withdrawer = aliased(Account)
    return (
        select_records(
            AttachedRow,
            Attachment,
            Upload,
            cycle=Attachment.cycle_id,
            sha256=Attachment.upload,
            by=Account.name,
            withdrawn_by=func.coalesce(withdrawer.name, ""),
            is_repeated=is_repeated(),
        )
        .join(Upload, Upload.sha256 == Attachment.upload)
        .join(Cycle, Cycle.id == Attachment.cycle_id)
        .join(Account, Account.id == Attachment.attached_by)
        .outerjoin(withdrawer, withdrawer.id == Attachment.withdrawn_by)
        .order_by(Attachment.subject, Attachment.id)
    )


def is_repeated() -> ColumnElement[bool]:
    """Whether another unit in the same year, or anybody in an earlier one, attached the same content."""
    other, year = aliased(Attachment), aliased(Cycle)
    elsewhere = or_(year.year < Cycle.year, and_(year.id == Cycle.id, other.unit != Attachment.unit))
    query = select(other.id).join(year, year.id == other.cycle_id).correlate(Attachment, Cycle)
    return query.where(other.upload == Attachment.upload, other.withdrawn_at.is_(None), elsewhere).exists()


def attachments_of(session: Session, *, cycle: int, unit: str) -> dict[str, list[AttachedRow]]:
    """What is attached in a year to each subject of a unit, in the order of attaching (1 query)."""
    query = attached_rows().where(
        Attachment.cycle_id == cycle, Attachment.unit == unit, Attachment.withdrawn_at.is_(None)
    )
    found: dict[str, list[AttachedRow]] = {}
    for row in session.scalars(query):
        found.setdefault(row.subject, []).append(row)
    return found


def attachments_to(
    session: Session, *, cycle: int, units: Collection[str], subjects: Collection[str]
) -> dict[tuple[str, str], list[AttachedRow]]:
    """What is attached in a year to some subjects of some units, by unit and subject (1 query)."""
    query = attached_rows().where(
        Attachment.cycle_id == cycle,
        Attachment.unit.in_(units),
        Attachment.subject.in_(subjects),
        Attachment.withdrawn_at.is_(None),
    )
    found: dict[tuple[str, str], list[AttachedRow]] = {}
    for row in session.scalars(query):
        found.setdefault((row.unit, row.subject), []).append(row)
    return found


def all_attachments_of(session: Session, *, cycle: int, unit: str) -> list[AttachedRow]:
    """What is and was attached in a year to the subjects of a unit, in the order of attaching (1 query)."""
    return list(session.scalars(attached_rows().where(Attachment.cycle_id == cycle, Attachment.unit == unit)))


def attachment_at(session: Session, *, cycle: int, row: int) -> AttachedRow | None:
    """One attachment of a year, withdrawn or not (1 query)."""
    query = attached_rows().where(Attachment.cycle_id == cycle, Attachment.id == row)
    return session.scalars(query).one_or_none()


def attachment_for_update(session: Session, *, cycle: int, unit: str, subject: str, row: int) -> Attachment | None:
    """An attachment of a subject that is not withdrawn yet (1 query)."""
    query = select(Attachment).where(
        Attachment.cycle_id == cycle,
        Attachment.unit == unit,
        Attachment.subject == subject,
        Attachment.id == row,
        Attachment.withdrawn_at.is_(None),
    )
    return session.scalars(query).one_or_none()


def handed_in(session: Session, *, account: int, uploads: Collection[str]) -> dict[str, KeptRow]:
    """Which of these files a person handed in, by SHA-256 (1 query)."""
    query = (
        select_records(KeptRow, UploadOwner, Upload, sha256=UploadOwner.upload)
        .join(Upload, Upload.sha256 == UploadOwner.upload)
        .where(UploadOwner.account_id == account, UploadOwner.upload.in_(uploads))
        .order_by(UploadOwner.upload)
    )
    return {row.sha256: row for row in session.scalars(query)}


def uses_elsewhere(session: Session, *, cycle: int, year: int, unit: str) -> list[UseRow]:
    """Where content that a unit attached in a year also serves: other units up to then, itself before (1 query)."""
    mine = aliased(Attachment)
    own = select(mine.upload).where(mine.cycle_id == cycle, mine.unit == unit, mine.withdrawn_at.is_(None))
    query = (
        select_records(UseRow, Attachment, Cycle, Unit, sha256=Attachment.upload)
        .distinct()
        .join(Cycle, Cycle.id == Attachment.cycle_id)
        .join(Unit, and_(Unit.cycle_id == Attachment.cycle_id, Unit.code == Attachment.unit))
        .where(Attachment.upload.in_(own), Attachment.withdrawn_at.is_(None), is_elsewhere(year, unit))
        .order_by(Attachment.upload, Cycle.year, Attachment.unit, Attachment.subject)
    )
    return list(session.scalars(query))


def is_elsewhere(year: int, unit: str) -> ColumnElement[bool]:
    """Another unit in this year or before, or the same one before."""
    return or_(Cycle.year < year, and_(Cycle.year == year, Attachment.unit != unit))


def unclaimed_uploads(session: Session, *, before: datetime) -> list[Upload]:
    """Files that no row of any table names and nobody handed in since a moment, oldest first (1 query)."""
    query = select(Upload).where(Upload.kept_at < before).order_by(Upload.kept_at, Upload.sha256)
    for column in naming_columns():
        query = query.where(~select(column).where(column == Upload.sha256).exists())
    recent = select(UploadOwner.id).where(UploadOwner.upload == Upload.sha256, UploadOwner.kept_at >= before)
    return list(session.scalars(query.where(~recent.exists()).with_for_update(skip_locked=True, of=Upload)))


def naming_columns() -> list[Column[Any]]:
    """Every column by which a row needs a kept file; that somebody handed it in, or drew it anew, is no need."""
    no_need = (UploadOwner.__table__.c.upload, Photo.__table__.c.upload)
    columns = [column for table in Base.metadata.sorted_tables for column in table.c if names_a_file(column)]
    return [column for column in columns if not any(column is each for each in no_need)]


def names_a_file(column: Column[Any]) -> bool:
    """Whether a column holds the SHA-256 of a kept file: by its name, or by what it refers to."""
    return column.name in NAMING or any(key.target_fullname == "upload.sha256" for key in column.foreign_keys)


def needless_rows(session: Session, *, upload: str) -> list[UploadOwner | Photo]:
    """Who handed a file in, and what was drawn of it: rows that go with it (2 queries)."""
    deposits = session.scalars(select(UploadOwner).where(UploadOwner.upload == upload).order_by(UploadOwner.id))
    return [*deposits, *session.scalars(select(Photo).where(Photo.upload == upload))]
