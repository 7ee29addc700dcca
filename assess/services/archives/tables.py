"""The tables of an archive that come from the database: the ledger of findings with its history, and appeals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from assess.core.audit.facts import NO, YES
from assess.core.calendar import BEIJING
from assess.core.findings.catalogue import Catalogue
from assess.core.findings.states import FindingStep
from assess.core.rules.nodes import walk
from assess.core.rules.sheet import RuleSheet
from assess.core.text import Text
from assess.files.archives.tables_book import (
    APPEALS,
    COURSE,
    FINDINGS,
    HISTORY,
    LEDGER,
    MOVES,
    OBJECTIONS,
    STEPS,
    ArchiveTable,
    Cell,
)
from assess.services.archives.gathering import Gathered
from assess.store.queries import archives as queries
from assess.store.queries.findings import FindingRow
from assess.store.queries.stages import MoveRow
from assess.store.session import Database

Names = Mapping[str, Text]


def finding_tables(database: Database, needed: Gathered, names: Names) -> Sequence[ArchiveTable]:
    """The ledger and its history; rows are read a part at a time while they are written."""
    return (
        ArchiveTable(LEDGER, FINDINGS, ledger(database, needed, names)),
        ArchiveTable(STEPS, HISTORY, history(database, needed.cycle.id)),
    )


def ledger(database: Database, needed: Gathered, names: Names) -> Iterator[Sequence[Cell]]:
    """The findings of the year."""
    after = 0
    while True:
        with database.reading() as session:
            rows = queries.findings_after(session, cycle=needed.cycle.id, after=after)
        if not rows:
            return
        yield from (finding_told(row, names, needed.catalogue) for row in rows)
        after = rows[-1].number


def finding_told(row: FindingRow, names: Names, catalogue: Catalogue) -> Sequence[Cell]:
    """One finding."""
    return (
        row.number, names.get(row.unit, Text.same(row.unit)), row.state.label, catalogue.source_called(row.source),
        catalogue.kind_called(row.kind), catalogue.domain_called(row.domain), row.what, row.place, row.found_on,
        row.deadline, row.fixed_on, row.closed_on, row.returns, row.repeat_of, row.responsible, row.recorded_by,
    )  # fmt: skip


def history(database: Database, cycle: int) -> Iterator[Sequence[Cell]]:
    """What was done about the findings of the year."""
    after = 0
    while True:
        with database.reading() as session:
            rows = queries.histories_after(session, cycle=cycle, after=after)
        if not rows:
            return
        for row in rows:
            yield row.number, row.day, FindingStep(row.step).label, row.who, row.deadline, row.reason
        after = rows[-1].row


def appeal_tables(needed: Gathered, names: Names, sheet: RuleSheet) -> Sequence[ArchiveTable]:
    """The appeals of the year, and how it went from stage to stage."""
    titles = {node.id: node.title for node in walk(sheet.items)}
    rows = [
        (
            row.number,
            names.get(row.unit, Text.same(row.unit)),
            titles.get(row.item, Text.same(row.item)),
            row.run_number,
            row.what,
            row.asked,
            row.state.label,
            day(row.lodged_at),
            row.reason,
            row.decided_by,
            None if row.decided_at is None else day(row.decided_at),
        )
        for row in needed.appeals
    ]
    return (ArchiveTable(OBJECTIONS, APPEALS, rows), ArchiveTable(COURSE, MOVES, list(moves_told(needed.moves, names))))


def moves_told(moves: Sequence[MoveRow], names: Names) -> Iterator[Sequence[Cell]]:
    """How the year went from stage to stage, oldest first: a row for each move, and one for each kind of silence."""
    for move in reversed(moves):
        stands = None if not move.silences and move.cut_short is None else NO if move.undone else YES
        about = (
            move.origin.label, move.target.label, day(move.when), move.who, move.approver, move.reason,
            move.cut_short,
        )  # fmt: skip
        for words, units in move.silences or ((None, ()),):
            called = [names.get(unit, Text.same(unit)) for unit in units]
            listed = Text("、".join(name.zh for name in called), ", ".join(name.en for name in called))
            yield *about, words, listed if units else None, stands


def day(moment: datetime) -> str:
    """The day of the district."""
    return moment.astimezone(BEIJING).date().isoformat()
