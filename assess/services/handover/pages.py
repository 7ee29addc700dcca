"""Hand-overs as pages show them: the list, one with its receipts, a file on its way, and how far the newest is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from assess.core.actors import Actor, Right
from assess.core.errors import NotFound
from assess.core.handover.content import Handover
from assess.core.handover.words import receipt_number
from assess.files.handover import FILES
from assess.services.evidence.pages import EvidenceDownload
from assess.services.handover.reading import NO_HANDOVER, handover_found, handover_read
from assess.store.queries import handovers as queries
from assess.store.queries import seals as seal_queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.handovers import FileRow, HandoverRow, ReceiptRow
from assess.store.session import Session
from assess.store.uploads import kept_path


class HandoverListing(NamedTuple):
    """A hand-over in the list: who has it, and whether the reader has acknowledged it (None: need not)."""

    row: HandoverRow
    receipts: Sequence[ReceiptRow]
    own: ReceiptRow | None

    @property
    def acknowledged(self) -> int:
        """How many have it."""
        return sum(each.at is not None for each in self.receipts)


@dataclass(frozen=True)
class HandoverList:
    """A page of the hand-overs of a year, newest first; `edition` is the newest sealed one, if there is any."""

    lines: Sequence[HandoverListing]
    number: int
    edition: int | None


@dataclass(frozen=True)
class HandoverPage:
    """One hand-over; `newest` is the number of the year's newest, `own` the reader's line among the receipts."""

    row: HandoverRow
    handover: Handover
    files: Sequence[FileRow]
    receipts: Sequence[ReceiptRow]
    own: ReceiptRow | None
    newest: int

    def receipt(self, line: ReceiptRow) -> str:
        """The number of a receipt; empty where there is none."""
        return "" if line.number is None else receipt_number(self.handover.year, self.row.number, line.number)


class HandoverProgress(NamedTuple):
    """How far the newest hand-over is; `edition` is the newest sealed one."""

    newest: HandoverRow | None
    receipts: Sequence[ReceiptRow]
    edition: int | None

    @property
    def missing(self) -> list[str]:
        """Who has not acknowledged it."""
        return [each.name for each in self.receipts if each.at is None]

    @property
    def is_behind(self) -> bool:
        """Whether a sealed edition waits to be handed over."""
        return self.edition is not None and (self.newest is None or self.newest.edition != self.edition)


def handover_list(session: Session, actor: Actor, *, cycle: CycleRow, start: int, size: int) -> HandoverList:
    """A page of the hand-overs of a year (4 queries).

    Raises:
        NotAllowed: the actor is neither of the office nor a receiver.
    """
    actor.check_may(Right.SEE_HANDOVERS)
    rows = queries.handovers_of(session, cycle=cycle.id, start=start, size=size)
    receipts = queries.receipts_of(session, handovers=[row.id for row in rows])
    lines = [line_of(row, receipts, actor) for row in rows]
    return HandoverList(lines, queries.number_of_handovers(session, cycle=cycle.id), newest_edition(session, cycle))


def line_of(row: HandoverRow, receipts: Sequence[ReceiptRow], actor: Actor) -> HandoverListing:
    """A hand-over with its receipts."""
    of_row = [each for each in receipts if each.handover == row.id]
    return HandoverListing(row, of_row, own_of(of_row, actor))


def own_of(receipts: Sequence[ReceiptRow], actor: Actor) -> ReceiptRow | None:
    """The line of the reader, who receives hand-overs; None for the office."""
    return next((each for each in receipts if each.account == actor.account), None)


def newest_edition(session: Session, cycle: CycleRow) -> int | None:
    """The newest sealed edition of a year (1 query)."""
    return next((each.edition for each in seal_queries.seals_of(session, cycle=cycle.id)), None)


def handover_page(session: Session, actor: Actor, *, cycle: CycleRow, number: int, folder: Path) -> HandoverPage:
    """One hand-over with its files and receipts (4 queries).

    Raises:
        NotAllowed: the actor is neither of the office nor a receiver.
        NotFound: there is no such hand-over, or its file is gone from the disk.
        Refused: its file is not what was handed over.
    """
    row = handover_found(session, actor, cycle=cycle, number=number)
    receipts = queries.receipts_of(session, handovers=[row.id])
    return HandoverPage(
        row=row,
        handover=handover_read(row, folder),
        files=queries.files_of(session, handover=row.id),
        receipts=receipts,
        own=own_of(receipts, actor),
        newest=queries.number_of_handovers(session, cycle=cycle.id),
    )


def file_to_send(
    session: Session, actor: Actor, *, cycle: CycleRow, number: int, row: int, folder: Path
) -> EvidenceDownload:
    """A file of a hand-over (1 query).

    Raises:
        NotAllowed: the actor is neither of the office nor a receiver.
        NotFound: there is no such file, or it is gone from the disk.
    """
    actor.check_may(Right.SEE_HANDOVERS)
    found = queries.file_at(session, cycle=cycle.id, number=number, row=row)
    if found is None:
        raise NotFound(NO_HANDOVER)
    media = next(each.media_type for each in FILES if each.kind is found.kind)
    return EvidenceDownload(kept_path(folder, found.sha256), found.name, media)


def progress_of(session: Session, actor: Actor, *, cycle: CycleRow) -> HandoverProgress:
    """How far the newest hand-over of a year is, for the office (3 queries).

    Raises:
        NotAllowed: the actor is not of the office.
    """
    actor.check_may(Right.ADMINISTER)
    newest = queries.newest_handover(session, cycle=cycle.id)
    receipts = [] if newest is None else queries.receipts_of(session, handovers=[newest.id])
    return HandoverProgress(newest, receipts, newest_edition(session, cycle))
