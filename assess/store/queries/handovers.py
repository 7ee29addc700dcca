"""Hand-overs of a year, their files, and who acknowledged them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, and_, func, or_, select

from assess.core.actors import Right, roles_with
from assess.core.handover.words import FileKind
from assess.store.models import Account, Grant, HandedOver, HandoverFile, HandoverReceipt, Seal, SealOrder
from assess.store.records import select_records
from assess.store.session import Session


class HandoverRow(NamedTuple):
    """A hand-over as pages list it; `data` is the SHA-256 of the file that it is read from, `reason` the seal's own."""

    id: int
    cycle: int
    number: int
    seal: int
    edition: int
    reason: str
    data: str
    handed_by: str
    handed_at: datetime


class FileRow(NamedTuple):
    """A file of a hand-over; `language` is empty for those that programs read."""

    id: int
    handover: int
    kind: FileKind
    language: str
    name: str
    sha256: str
    size: int


class ReceiptRow(NamedTuple):
    """Whether somebody who receives hand-overs acknowledged one: the number of the receipt and when, None where not."""

    handover: int
    account: int
    name: str
    number: int | None
    at: datetime | None


def handovers() -> Select[HandoverRow]:
    """Hand-overs with their edition and who made them."""
    is_data = and_(HandoverFile.handover_id == HandedOver.id, HandoverFile.kind == FileKind.DATA.value)
    return (
        select_records(
            HandoverRow,
            HandedOver,
            Seal,
            SealOrder,
            cycle=HandedOver.cycle_id,
            seal=Seal.id,
            data=HandoverFile.sha256,
            handed_by=func.coalesce(Account.name, ""),
        )
        .join(Seal, Seal.id == HandedOver.seal_id)
        .join(SealOrder, SealOrder.id == Seal.order_id)
        .join(HandoverFile, is_data)
        .outerjoin(Account, Account.id == HandedOver.handed_by)
    )


def handovers_of(session: Session, *, cycle: int, start: int = 0, size: int = 1000) -> list[HandoverRow]:
    """The hand-overs of a year, newest first, a page of them (1 query)."""
    query = handovers().where(HandedOver.cycle_id == cycle).order_by(HandedOver.number.desc())
    return list(session.scalars(query.offset(start).limit(size)))


def number_of_handovers(session: Session, *, cycle: int) -> int:
    """How many hand-overs a year has (1 query)."""
    return session.scalar(select(func.count()).select_from(HandedOver).where(HandedOver.cycle_id == cycle)) or 0


def newest_handover(session: Session, *, cycle: int) -> HandoverRow | None:
    """The newest hand-over of a year (1 query)."""
    return next(iter(handovers_of(session, cycle=cycle, size=1)), None)


def handover_numbered(session: Session, *, cycle: int, number: int) -> HandoverRow | None:
    """A hand-over of a year by its number (1 query)."""
    query = handovers().where(HandedOver.cycle_id == cycle, HandedOver.number == number)
    return session.scalars(query).one_or_none()


def files_of(session: Session, *, handover: int) -> list[FileRow]:
    """The files of a hand-over in the order in which they were made (1 query)."""
    query = handover_files().where(HandoverFile.handover_id == handover).order_by(HandoverFile.id)
    return list(session.scalars(query))


def file_at(session: Session, *, cycle: int, number: int, row: int) -> FileRow | None:
    """A file of a hand-over of a year (1 query)."""
    query = handover_files().join(HandedOver, HandedOver.id == HandoverFile.handover_id)
    known = (HandedOver.cycle_id == cycle, HandedOver.number == number, HandoverFile.id == row)
    return session.scalars(query.where(*known)).one_or_none()


def handover_files() -> Select[FileRow]:
    """Files of hand-overs."""
    return select_records(FileRow, HandoverFile, handover=HandoverFile.handover_id)


def receipts_of(session: Session, *, handovers: Collection[int]) -> list[ReceiptRow]:
    """Everybody who acknowledged one of these, and who of today's receivers has not, by name (1 query).

    A receiver whose account was closed is left out unless there is a receipt.
    """
    receives = and_(
        Account.closed_at.is_(None),
        select(Grant.id)
        .where(Grant.account_id == Account.id, Grant.role.in_(roles_with(Right.ACKNOWLEDGE_HANDOVERS)))
        .exists(),
    )
    query = (
        select(HandedOver.id, Account.id, Account.name, HandoverReceipt.number, HandoverReceipt.at)
        .select_from(HandedOver)
        .join(Account, Account.id > 0)
        .outerjoin(
            HandoverReceipt,
            and_(HandoverReceipt.handover_id == HandedOver.id, HandoverReceipt.account_id == Account.id),
        )
        .where(HandedOver.id.in_(handovers), or_(HandoverReceipt.id.is_not(None), receives))
        .order_by(HandedOver.number.desc(), HandoverReceipt.number.is_(None), HandoverReceipt.number, Account.name)
    )
    return [ReceiptRow(*row) for row in session.execute(query.order_by(Account.id))]


def receipt_of(session: Session, *, handover: int, account: int) -> HandoverReceipt | None:
    """The receipt of a person for a hand-over (1 query)."""
    query = select(HandoverReceipt).where(
        HandoverReceipt.handover_id == handover, HandoverReceipt.account_id == account
    )
    return session.scalars(query).one_or_none()


def number_of_receipts(session: Session, *, handover: int) -> int:
    """How many receipts a hand-over has (1 query)."""
    query = select(func.count()).select_from(HandoverReceipt).where(HandoverReceipt.handover_id == handover)
    return session.scalar(query) or 0
