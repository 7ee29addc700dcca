"""What pages show of seals: the editions of a year with their documents, and a document on its way to a reader."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

from assess.core.actors import Actor, Right
from assess.core.errors import NotFound
from assess.core.runs.kinds import RunKind
from assess.core.seals.kinds import DocumentKind
from assess.core.text import Text
from assess.core.workflow import Act, is_allowed
from assess.services.evidence.pages import EvidenceDownload
from assess.services.seals.asking import nothing_new, unissued_sheet
from assess.store.queries import seals as queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.runs import newest_run
from assess.store.queries.seals import DocumentRow, SealOrderRow, SealRow
from assess.store.session import Session
from assess.store.uploads import kept_path

NO_DOCUMENT: Final = Text(
    "没有这份文件，或您无权查看。", "There is no such document, or you do not have permission to see it."
)
"""Who may read every sealed document."""


class SealPage(NamedTuple):
    """The editions, newest first, the documents of the newest, and seals that are under way or failed.

    `unissued` says why the rule sheet should not be sealed by, `nothing_new` why no edition can replace the newest;
    each is None where it may.
    """

    editions: list[SealRow]
    documents: list[DocumentRow]
    orders: list[SealOrderRow]
    unissued: Text | None
    nothing_new: Text | None

    @property
    def is_under_way(self) -> bool:
        """Whether an edition is being made, so that no other can be asked for."""
        return any(order.job and order.job.is_under_way for order in self.orders)


def seal_page(session: Session, actor: Actor, *, cycle: CycleRow) -> SealPage:
    """The seals of a year, for the office (3 queries, 3 more where it may be sealed).

    Raises:
        NotAllowed: the actor is not of the office.
    """
    actor.check_may(Right.ADMINISTER)
    editions = queries.seals_of(session, cycle=cycle.id)
    documents = queries.documents_of(session, seal=editions[0].id) if editions else []
    orders = queries.open_orders(session, cycle=cycle.id)[:1]
    if not is_allowed(cycle.stage, Act.SEAL):
        return SealPage(editions, documents, orders, unissued=None, nothing_new=None)
    newest = newest_run(session, cycle=cycle.id, kind=RunKind.WORKING)
    same = nothing_new(next(iter(editions), None), newest)
    return SealPage(editions, documents, orders, unissued=unissued_sheet(session, cycle), nothing_new=same)


def document_to_send(session: Session, actor: Actor, *, cycle: CycleRow, row: int, folder: Path) -> EvidenceDownload:
    """A sealed document: to the office and to leaders any, to officials the cards of their own units (1 query).

    Raises:
        NotFound: there is none, or it is not for this person.
    """
    found = queries.document_at(session, cycle=cycle.id, row=row)
    if found is None or not may_read(actor, found):
        raise NotFound(NO_DOCUMENT)
    called = found.name.localized(found.language) or found.kind.label.localized(found.language)
    return EvidenceDownload(kept_path(folder, found.sha256), f"{found.year} {called}.pdf", "application/pdf")


def may_read(actor: Actor, document: DocumentRow) -> bool:
    """Whether a document is for a person."""
    own = document.kind is DocumentKind.CARD and actor.may(Right.REPORT) and document.unit in actor.units
    return actor.may(Right.SEE_ALL_RESULTS) or own
