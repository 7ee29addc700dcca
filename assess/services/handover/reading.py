"""A hand-over as it is read again: from the very file that was handed over, which must still be what it was."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

from assess.core.actors import Actor, Right
from assess.core.errors import NotFound, Refused
from assess.core.handover.content import Handover
from assess.core.text import Text
from assess.files.handover import read_data
from assess.store.cache import Cache
from assess.store.queries import handovers as queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.handovers import HandoverRow
from assess.store.session import Session
from assess.store.uploads import kept_path

NO_HANDOVER: Final = Text("没有这次移交。", "There is no such handover.")
ALTERED: Final = Text(
    "第{number}号移交的文件与移交时不一致，不能使用。请联系系统管理员。",
    "The file of handover {number} differs from what was handed over and cannot be used. Contact the "
    "system administrator.",
)
READ: Final = Cache(16)
"""Hand-overs by the SHA-256 of their file."""


class SentData(NamedTuple):
    """A hand-over on its way to a receiver's system: the bytes of its file."""

    row: HandoverRow
    data: bytes


def handover_found(session: Session, actor: Actor, *, cycle: CycleRow, number: int | None) -> HandoverRow:
    """A hand-over of a year, the newest where no number is named (1 query).

    Raises:
        NotAllowed: the actor is neither of the office nor a receiver.
        NotFound: there is none.
    """
    actor.check_may(Right.SEE_HANDOVERS)
    found = (
        queries.newest_handover(session, cycle=cycle.id)
        if number is None
        else queries.handover_numbered(session, cycle=cycle.id, number=number)
    )
    if found is None:
        raise NotFound(NO_HANDOVER)
    return found


def handover_read(row: HandoverRow, folder: Path) -> Handover:
    """What was handed over (no query; kept in memory by its content).

    Raises:
        NotFound: the file is gone from the disk.
        Refused: it is not what was handed over.
    """
    return READ.get_or_make(row.data, lambda: read_data(data_of(row, folder)))


def data_of(row: HandoverRow, folder: Path) -> bytes:
    """The bytes of the file that a hand-over is read from.

    Raises:
        NotFound: the file is gone from the disk.
        Refused: it is not what was handed over.
    """
    data = kept_path(folder, row.data).read_bytes()
    if sha256(data).hexdigest() != row.data:
        raise Refused(ALTERED.format(number=row.number))
    return data


def data_to_send(
    session: Session, actor: Actor, *, cycle: CycleRow, folder: Path, number: int | None = None
) -> SentData:
    """A hand-over as a receiver's system gets it, the newest where no number is named (1 query).

    Raises:
        NotAllowed, NotFound, Refused: as `handover_found` and `data_of` say.
    """
    row = handover_found(session, actor, cycle=cycle, number=number)
    return SentData(row, data_of(row, folder))


def handovers_sent(session: Session, actor: Actor, *, cycle: CycleRow) -> list[HandoverRow]:
    """All hand-overs of a year, newest first (1 query).

    Raises:
        NotAllowed: the actor is neither of the office nor a receiver.
    """
    actor.check_may(Right.SEE_HANDOVERS)
    return queries.handovers_of(session, cycle=cycle.id)
