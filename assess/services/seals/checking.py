"""What the public may learn of a sealed document: by the code that stands on it, or by the file itself.

Whoever has the code has the paper, so the answer tells what the head of that paper says, and nothing of other units.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final, NamedTuple

from assess.core.calendar import AHEAD
from assess.core.errors import NotFound, Refused
from assess.core.explanations.effects import with_reason
from assess.core.handover.words import STANDINGS
from assess.core.rules.sheet import RuleSheet, title_of
from assess.core.runs.ranks import printed_rank
from assess.core.seals.check_codes import read_check_code
from assess.core.seals.kinds import DocumentKind, SealVerdict
from assess.core.text import Text
from assess.files.sealing.checking import check_seal
from assess.services.runs.comparing import sheet_of
from assess.store.access import forget_looks
from assess.store.models import CheckLook
from assess.store.queries import runs as run_queries
from assess.store.queries import seals as queries
from assess.store.queries.runs import UnitResult
from assess.store.queries.seals import DocumentRow, SealRow
from assess.store.session import Session, flush

NO_SUCH_CODE: Final = Text(
    "没有封存过带有此校验码的文件。请逐位核对；确认无误的，这份文件不是本系统封存的。",
    "No document with this check code was sealed here. Compare the code with the paper. If it is "
    "right, the paper is not from this service.",
)
CLAIMED: Final = re.compile(rb"check\\057([0-9A-Z]{4}(?:\\055|-)[0-9A-Z]{4}(?:\\055|-)[0-9A-Z]{4})")
"""The address of the check page as the seal of a file states it."""


MAX_LOOKS: Final = 30
WINDOW: Final = timedelta(minutes=15)
"""So many looks from one address in this time, and no more are answered until they are past."""


def looks_left(session: Session, *, address: str, now: datetime) -> int:
    """How many more looks from an address are answered (1 query)."""
    return MAX_LOOKS - queries.looks_from(session, address=address, since=now - WINDOW, until=now + AHEAD)


def count_look(session: Session, *, address: str, now: datetime) -> None:
    """Count a look that found nothing, or that sends a file; older ones are forgotten."""
    forget_looks(session, before=now - WINDOW)
    session.add(CheckLook(address=address, at=now))
    flush(session)


class IdentifiedDocument(NamedTuple):
    """A sealed document: which edition of what, what its head says, and the edition that counts now.

    `result` is that of the unit, None for a book; `counting` is another edition where this one was replaced; `sheet`
    are the rules by which it was scored.
    """

    document: DocumentRow
    seal: SealRow
    result: UnitResult | None
    counting: SealRow
    sheet: RuleSheet

    @property
    def standing(self) -> Text | None:
        """What the rule sheet makes the result worth, as the paper prints it."""
        return None if self.sheet.standing is None else STANDINGS.get(self.sheet.standing.value)

    @property
    def grade(self) -> Text | None:
        """What the grade of the unit is called."""
        found = (each for each in self.sheet.grades or () if self.result is not None and each.id == self.result.grade)
        return next((title_of(each, each.id) for each in found), None)

    @property
    def adjustments(self) -> list[Text]:
        """What took effect on the unit beside its items, each with its name and clause."""
        listed = [] if self.result is None else self.result.adjustments
        return [with_reason(Text(*each["words"]), Text(*each["title"]), each["clause"]) for each in listed]

    @property
    def is_replaced(self) -> bool:
        """Whether a later edition counts."""
        return self.counting.id != self.seal.id

    @property
    def rank(self) -> str | None:
        """The rank of the unit as its card prints it."""
        return None if self.result is None else printed_rank(self.result.rank)


class SealCheck(NamedTuple):
    """What a file turned out to be; `known` is the document that it is, or says it is where it was altered."""

    verdict: SealVerdict
    known: IdentifiedDocument | None
    sha256: str


def check_code_typed(session: Session, typed: str) -> IdentifiedDocument:
    """The document that bears a code (5 queries, 1 more where its rule sheet is not in memory).

    Raises:
        Refused: it cannot be a code; says what is wrong with it.
        NotFound: no document bears it.
    """
    found = queries.document_by_code(session, code=read_check_code(typed))
    if found is None:
        raise NotFound(NO_SUCH_CODE, {"code": NO_SUCH_CODE})
    return known(session, found)


def check_file(session: Session, data: bytes) -> SealCheck:
    """What a file is: one that was sealed, to the byte, or how it differs (at most 7 queries)."""
    digest = sha256(data).hexdigest()
    found = queries.document_by_file(session, sha256=digest)
    if found is not None:
        return SealCheck(SealVerdict.GENUINE, known(session, found), digest)
    verdict = check_seal(data, queries.certificates_used(session))
    claimed = claimed_in(session, data) if verdict in (SealVerdict.ADDED, SealVerdict.ALTERED) else None
    if verdict is SealVerdict.GENUINE:
        verdict = SealVerdict.UNKNOWN
    return SealCheck(verdict, None if claimed is None else known(session, claimed), digest)


def claimed_in(session: Session, data: bytes) -> DocumentRow | None:
    """The document that an altered file says it is (at most 1 query)."""
    found = CLAIMED.search(data)
    if found is None:
        return None
    try:
        code = read_check_code(found[1].replace(b"\\055", b"-").decode("ascii"))
    except Refused:
        return None
    return queries.document_by_code(session, code=code)


def known(session: Session, document: DocumentRow) -> IdentifiedDocument:
    """What is told of a document (4 queries, 1 more where its rule sheet is not in memory)."""
    seal = queries.seal_at(session, seal=document.seal)
    counting = queries.seals_of(session, cycle=seal.cycle)[0]
    result = None
    if document.kind is DocumentKind.CARD:
        result = next(iter(run_queries.results_of(session, run=seal.run, unit=document.unit)), None)
    run = run_queries.run_at(session, run=seal.run)
    assert run is not None
    return IdentifiedDocument(document, seal, result, counting, sheet_of(session, run))
