"""What pages show of archives, and an archive on its way to a reader."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

from assess.core.actors import Actor, Right
from assess.core.errors import NotFound
from assess.core.text import Text
from assess.services.evidence.pages import EvidenceDownload
from assess.store.queries import archives as queries
from assess.store.queries.archives import ArchiveOrderRow, ArchiveRow
from assess.store.queries.cycles import CycleRow
from assess.store.queries.seals import SealRow, seals_of
from assess.store.session import Session
from assess.store.uploads import kept_path

MAX_LISTED: Final = 20
"""So many archives of a year are listed, the newest."""
NO_ARCHIVE: Final = Text("没有这份年度档案。", "There is no such archive.")


class ArchivePage(NamedTuple):
    """The archives of a year, newest first, the one that is under way or failed, and the sealed editions."""

    archives: list[ArchiveRow]
    orders: list[ArchiveOrderRow]
    editions: list[SealRow]


def archive_page(session: Session, actor: Actor, *, cycle: CycleRow) -> ArchivePage:
    """The archives of a year, for the office (3 queries).

    Raises:
        NotAllowed: the actor is not of the office.
    """
    actor.check_may(Right.ADMINISTER)
    return ArchivePage(
        queries.archives_of(session, cycle=cycle.id, most=MAX_LISTED),
        queries.archive_orders_open(session, cycle=cycle.id),
        seals_of(session, cycle=cycle.id),
    )


def archive_to_send(session: Session, actor: Actor, *, cycle: CycleRow, number: int, folder: Path) -> EvidenceDownload:
    """An archive, to the office (1 query).

    Raises:
        NotAllowed: the actor is not of the office.
        NotFound: there is no such archive.
    """
    actor.check_may(Right.ADMINISTER)
    found = queries.archive_numbered(session, cycle=cycle.id, number=number)
    if found is None:
        raise NotFound(NO_ARCHIVE)
    return EvidenceDownload(kept_path(folder, found.sha256), f"{cycle.year} archive {number}.zip", "application/zip")
