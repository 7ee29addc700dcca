"""Evidence that a system sends with a token: taken in as an uploaded file is, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from assess.core.actors import Actor
from assess.core.calendar import AHEAD
from assess.core.errors import NotFound, Refused
from assess.core.evidence.verdicts import CheckList
from assess.core.text import Text
from assess.files.json_syntax import WholeDigits, parsed
from assess.services import imports
from assess.services.documents import UploadedFile
from assess.services.imports import ImportPage
from assess.services.imports.checking import JSON
from assess.services.imports.lists import EVERYTHING, Line, list_of
from assess.services.imports.uploading import check_size
from assess.services.imports.windows import NO_IMPORT, check_department
from assess.services.years import year_of
from assess.store.queries import tokens as queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.imports import import_at
from assess.store.session import Session

MAX_SENT: Final = 30
WINDOW: Final = timedelta(minutes=15)
"""So many files may a token send in this time."""
PART: Final = 500
"""So many lines of each list are told at once."""
TOLD: Final = (CheckList.FLAWS, CheckList.WARNINGS, CheckList.DOUBTFUL, CheckList.OVERTAKEN)
"""The lists of what somebody has to look at."""
NO_SEEN: Final = Text(
    '请写明看过的版本，例如{"seen": 3}，即上次查询所得的version。',
    'Send the version you looked at, such as {"seen": 3}. It is the `version` of the last answer.',
)
DIGITS: Final = 18


@dataclass(frozen=True)
class SentPage:
    """What became of a file: how it stands, and of each list a part that begins at `start`."""

    page: ImportPage
    lists: Mapping[CheckList, tuple[int, Sequence[Line]]]
    start: int

    @property
    def next_start(self) -> int | None:
        """Where the next part begins; None where every list has ended."""
        after = self.start + PART
        return after if any(length > after for length, _ in self.lists.values()) else None


class ReceivedFile(NamedTuple):
    """A file that was taken in, or stood already: sent before with the same content, and still open."""

    row: int
    is_new: bool


def send_evidence(
    session: Session,
    actor: Actor,
    *,
    cycle: CycleRow,
    department: str,
    document: UploadedFile,
    folder: Path,
    now: datetime,
) -> ReceivedFile:
    """Take in what a department's system sends; the same content that is worked on or waits stays as it is.

    Raises:
        NotAllowed, NotFound, Refused, Stale: as `upload_import` says.
        ValidationError: what goes for JSON is none.
    """
    check_department(actor, department)
    check_size(document)
    if document.ending == JSON:
        parsed(document.data, Path(document.name))
    before = sent_before(session, actor, cycle, document)
    if before is not None:
        return ReceivedFile(before, is_new=False)
    row = imports.upload_import(
        session, actor, cycle=cycle, department=department, document=document, folder=folder, now=now
    )
    return ReceivedFile(row.id, is_new=True)


def sent_before(session: Session, actor: Actor, cycle: CycleRow, document: UploadedFile) -> int | None:
    """The file of the same content that is still open and good for these rules (at most 4 queries)."""
    same = queries.still_open(session, cycle=cycle.id, token=actor.token or 0, upload=document.sha256)
    row = None if same is None else import_at(session, cycle=cycle.id, row=same.id)
    if row is None or row.has_failed:
        return None
    is_good = row.found.get("rules") in (None, year_of(session, cycle).digest)
    return row.id if is_good else None


def seconds_to_wait(session: Session, actor: Actor, *, now: datetime) -> int:
    """How long a token waits before it may send again; 0 where it need not (1 query)."""
    span = (now - WINDOW, now + AHEAD)
    sent = queries.moments_sent(session, token=actor.token or 0, span=span, most=MAX_SENT)
    return max(1, int((sent[-1] + WINDOW - now).total_seconds())) if len(sent) == MAX_SENT else 0


def sent_page(session: Session, actor: Actor, *, cycle: CycleRow, row: int, now: datetime, start: int = 0) -> SentPage:
    """What became of a file that was sent with the actor's token (at most 18 queries).

    Raises:
        NotFound: there is none in this year, or it was not sent with this token.
    """
    check_sent(session, actor, cycle, row)
    page = imports.import_page(session, actor, cycle=cycle, row=row, now=now, size=1)
    part = slice(start, start + PART)
    lists = {
        shown: list_of(session, page.year, page.row, shown=shown, narrowed=EVERYTHING, part=part)
        for shown in TOLD
        if shown in page.counts
    }
    return SentPage(page, lists, start)


def accept_sent(session: Session, actor: Actor, *, cycle: CycleRow, row: int, seen: int, now: datetime) -> None:
    """Have everything count that a file proposes which was sent with the actor's token.

    Raises:
        NotFound: there is none in this year, or it was not sent with this token.
        Refused, Stale: as `accept_import` says.
    """
    check_sent(session, actor, cycle, row)
    imports.accept_import(session, actor, cycle=cycle, row=row, seen=seen, now=now)


def discard_sent(session: Session, actor: Actor, *, cycle: CycleRow, row: int, seen: int, now: datetime) -> None:
    """Put a file aside that was sent with the actor's token.

    Raises:
        NotFound: there is none in this year, or it was not sent with this token.
        Refused, Stale: as `discard_import` says.
    """
    check_sent(session, actor, cycle, row)
    imports.discard_import(session, actor, cycle=cycle, row=row, seen=seen, now=now)


def check_sent(session: Session, actor: Actor, cycle: CycleRow, row: int) -> None:
    """Let a file pass that was sent with the actor's token (1 query).

    Raises:
        NotFound: it was not.
    """
    if queries.sent_with(session, cycle=cycle.id, token=actor.token or 0, row=row) is None:
        raise NotFound(NO_IMPORT)


def seen_in(data: bytes) -> int:
    """The version that a request says was looked at.

    Raises:
        ValidationError: it is no JSON.
        Refused: it states none.
    """
    tree = parsed(data, Path("request.json"))
    seen = tree.get("seen") if isinstance(tree, dict) and tree.keys() == {"seen"} else None
    if not isinstance(seen, WholeDigits) or not seen.isdigit() or len(seen) > DIGITS:
        raise Refused(NO_SEEN)
    return int(seen)
