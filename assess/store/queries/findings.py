"""Findings: one with its history and photos, those like it, and those to be changed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select
from sqlalchemy.orm import aliased

from assess.core.findings.history import Event
from assess.core.findings.places import MapPoint, place_key
from assess.core.findings.states import FindingState
from assess.store.models import Account, Finding, FindingEvent, FindingPhoto, Photo, Upload, UploadOwner
from assess.store.queries.evidence import KeptRow
from assess.store.records import RecordColumns, record_columns, select_records
from assess.store.session import Session

MAX_ALIKE: Final = 200
"""So many findings like another are looked at."""
NEARBY: Final = 2_500
"""Millionths of a degree: some 200 metres in China, rather more than count."""


class FindingRow(NamedTuple):
    """A finding as it stands; `recorded_by` by name, `repeat_of` by number."""

    id: int
    number: int
    version: int
    unit: str
    source: str
    kind: str
    domain: str
    what: str
    place: str
    point: MapPoint | None
    standard: str
    responsible: str
    patrol: int | None
    repeat_of: int | None
    recorded_by: str
    recorded_at: datetime
    state: FindingState
    found_on: date
    since: date
    deadline: date | None
    fixed_on: date | None
    closed_on: date | None
    days: int | None
    returns: int
    reopenings: int
    extensions: int
    suspensions: int
    waits_for_decision: bool


class FindingEventRow(NamedTuple):
    """An entry of a finding's history, and who made it by name."""

    event: Event
    who: str


class PhotoRow(NamedTuple):
    """A photo of a finding: SHA-256 of what was handed in, of the picture and of the small one; `by` is a name.

    `is_repeated` says that the same photo serves another finding too.
    """

    id: int
    finding: int
    side: str
    upload: str
    picture: str
    thumbnail: str
    width: int
    height: int
    taken_on: date | None
    file_name: str
    kind: str
    note: str
    by: str
    added_by: int
    added_at: datetime
    withdrawn_at: datetime | None
    is_repeated: bool


def finding_rows() -> Select[FindingRow]:
    """Findings with the name of whoever recorded them and the number of the earlier one that they repeat."""
    earlier = aliased(Finding)
    return (
        select_records(
            FindingRow,
            Finding,
            point=record_columns(MapPoint, Finding),
            patrol=Finding.patrol_id,
            repeat_of=earlier.number,
            recorded_by=Account.name,
        )
        .join(Account, Account.id == Finding.recorded_by)
        .outerjoin(earlier, earlier.id == Finding.repeat_of)
    )


def finding_at(session: Session, *, cycle: int, number: int) -> FindingRow | None:
    """A finding by its number (1 query)."""
    return session.scalars(finding_rows().where(Finding.cycle_id == cycle, Finding.number == number)).one_or_none()


def finding_for_update(session: Session, *, cycle: int, number: int) -> Finding | None:
    """A finding that nobody else changes before the transaction ends (1 query)."""
    query = select(Finding).where(Finding.cycle_id == cycle, Finding.number == number).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def number_of_finding(session: Session, finding: int) -> int | None:
    """The number of a finding by its id (1 query)."""
    return session.scalar(select(Finding.number).where(Finding.id == finding))


def events_of(session: Session, finding: int) -> list[FindingEventRow]:
    """The history of a finding from its beginning (1 query)."""
    query = (
        select_records(FindingEventRow, FindingEvent, event=event_record(), who=Account.name)
        .join(Account, Account.id == FindingEvent.done_by)
        .where(FindingEvent.finding_id == finding)
        .order_by(FindingEvent.id)
    )
    return list(session.scalars(query))


def event_record() -> RecordColumns[Event]:
    """The entries of histories as the rules take them."""
    return record_columns(Event, FindingEvent, by=FindingEvent.done_by)


def repeats_of(session: Session, finding: int) -> list[FindingRow]:
    """The later findings that are linked to one as its repeats, in the order of their numbers (1 query)."""
    return list(session.scalars(finding_rows().where(Finding.repeat_of == finding).order_by(Finding.number)))


def repeats_for_update(session: Session, finding: int) -> list[Finding]:
    """The same to be changed (1 query)."""
    return list(session.scalars(select(Finding).where(Finding.repeat_of == finding).order_by(Finding.id)))


def earlier_alike(session: Session, *, cycle: int, of: FindingRow) -> list[FindingRow]:
    """Findings of the same unit and kind, recorded before another and not void (1 query).

    Those at the same place or near it come first, then the newest; at most 200.
    """
    is_there = or_(Finding.place_key == place_key(of.place), is_near(of))
    query = (
        finding_rows()
        .where(Finding.cycle_id == cycle, Finding.unit == of.unit, Finding.kind == of.kind)
        .where(Finding.number < of.number, Finding.found_on <= of.found_on, Finding.state != FindingState.VOID)
        .order_by(case((is_there, 0), else_=1), Finding.number.desc())
        .limit(MAX_ALIKE)
    )
    return list(session.scalars(query))


def is_near(of: FindingRow) -> ColumnElement[bool]:
    """Whether a finding lies within some 200 metres of another."""
    if of.point is None:
        return false()
    latitude, longitude = of.point
    return and_(
        Finding.latitude.between(latitude - NEARBY, latitude + NEARBY),
        Finding.longitude.between(longitude - NEARBY, longitude + NEARBY),
    )


def photos_of(session: Session, finding: int) -> list[PhotoRow]:
    """The photos of a finding, those that were withdrawn too, in the order of adding (1 query)."""
    return list(session.scalars(photo_rows().where(FindingPhoto.finding_id == finding)))


def photo_at(session: Session, *, cycle: int, row: int) -> tuple[str, PhotoRow] | None:
    """A photo of a year with the unit of its finding (1 query)."""
    query = (
        photo_rows()
        .add_columns(Finding.unit)
        .join(Finding, Finding.id == FindingPhoto.finding_id)
        .where(FindingPhoto.id == row, Finding.cycle_id == cycle)
    )
    found = session.execute(query).one_or_none()
    return None if found is None else (found[1], found[0])


def photo_rows() -> Select[PhotoRow]:
    """Photos with what was made of them, the kind of what was handed in, who added them, and whether they repeat."""
    other = aliased(FindingPhoto)
    repeated = (
        select(other.id)
        .where(other.upload == FindingPhoto.upload, other.finding_id != FindingPhoto.finding_id)
        .where(other.withdrawn_at.is_(None))
        .correlate(FindingPhoto)
        .exists()
    )
    return (
        select_records(
            PhotoRow,
            FindingPhoto,
            Photo,
            Upload,
            finding=FindingPhoto.finding_id,
            by=Account.name,
            is_repeated=repeated,
        )
        .join(Photo, Photo.upload == FindingPhoto.upload)
        .join(Upload, Upload.sha256 == FindingPhoto.upload)
        .join(Account, Account.id == FindingPhoto.added_by)
        .order_by(FindingPhoto.id)
    )


def first_photos(session: Session, findings: Collection[int]) -> dict[int, int]:
    """The first photo of each of some findings that has one, by the ids of both (1 query)."""
    query = (
        select(FindingPhoto.finding_id, func.min(FindingPhoto.id))
        .where(FindingPhoto.finding_id.in_(findings), FindingPhoto.withdrawn_at.is_(None))
        .group_by(FindingPhoto.finding_id)
    )
    return dict(list(session.execute(query)))


def photo_for_update(session: Session, *, finding: int, row: int) -> FindingPhoto | None:
    """A photo of a finding that was not withdrawn (1 query)."""
    query = select(FindingPhoto).where(FindingPhoto.finding_id == finding, FindingPhoto.id == row)
    return session.scalars(query.where(FindingPhoto.withdrawn_at.is_(None)).with_for_update()).one_or_none()


def photos_handed_in(session: Session, *, account: int, uploads: Collection[str]) -> dict[str, KeptRow]:
    """The photos among these files that a person handed in, by SHA-256 (1 query)."""
    query = (
        select_records(KeptRow, UploadOwner, Upload, sha256=UploadOwner.upload)
        .join(Upload, Upload.sha256 == UploadOwner.upload)
        .join(Photo, Photo.upload == UploadOwner.upload)
        .where(UploadOwner.account_id == account, UploadOwner.upload.in_(uploads))
        .order_by(UploadOwner.upload)
    )
    return {row.sha256: row for row in session.scalars(query)}
