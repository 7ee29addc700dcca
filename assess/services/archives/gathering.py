"""What goes into an archive, read in one moment: editions with their documents, runs, appeals, stages."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from assess.core.findings.catalogue import Catalogue
from assess.services.findings.seeing import catalogue_in
from assess.services.years import year_of
from assess.store.models import ArchiveOrder
from assess.store.queries import archives as queries
from assess.store.queries import runs as run_queries
from assess.store.queries import seals as seal_queries
from assess.store.queries import stages
from assess.store.queries.appeals import AppealRow
from assess.store.queries.cycles import CycleRow
from assess.store.queries.handovers import FileRow, HandoverRow, files_of, handovers_of
from assess.store.queries.runs import RunRow
from assess.store.queries.seals import DocumentRow, SealRow
from assess.store.queries.stages import MoveRow
from assess.store.session import Session


class SealedEdition(NamedTuple):
    """An edition with its documents and the certificates of its key."""

    seal: SealRow
    documents: list[DocumentRow]
    certificates: str


class Gathered(NamedTuple):
    """What was asked for, and what goes into it; `first` to `last` are the entries of the log."""

    order: int
    number: int
    asked_at: datetime
    cycle: CycleRow
    first: int
    last: int
    head: str
    editions: list[SealedEdition]
    runs: list[RunRow]
    appeals: list[AppealRow]
    moves: list[MoveRow]
    deliveries: list[tuple[HandoverRow, list[FileRow]]]
    catalogue: Catalogue

    @property
    def newest(self) -> SealedEdition:
        """The edition that counts."""
        return self.editions[0]

    @property
    def run(self) -> RunRow:
        """The run of the edition that counts."""
        return next(each for each in self.runs if each.id == self.newest.seal.run)


def gather(session: Session, order: ArchiveOrder, cycle: CycleRow) -> Gathered:
    """Read all of it (10 queries, and one for each edition and each hand-over)."""
    certificates = queries.certificates_of(session, cycle=cycle.id)
    editions = [
        SealedEdition(seal, seal_queries.documents_of(session, seal=seal.id), certificates[seal.edition])
        for seal in seal_queries.seals_of(session, cycle=cycle.id)
    ]
    counted = set(queries.runs_that_counted(session, cycle=cycle.id))
    return Gathered(
        order=order.id, number=order.number, asked_at=order.asked_at, cycle=cycle,
        first=queries.first_entry_of_year(session, year=cycle.year, to=order.log_last), last=order.log_last,
        head=order.log_head, editions=editions,
        runs=[each for each in run_queries.runs_of(session, cycle=cycle.id) if each.id in counted],
        appeals=queries.appeals_made(session, cycle=cycle.id),
        moves=stages.moves_of(session, cycle.id),
        deliveries=[(each, files_of(session, handover=each.id)) for each in handovers_of(session, cycle=cycle.id)],
        catalogue=catalogue_in(session, year_of(session, cycle)),
    )  # fmt: skip
