"""Files of findings as their pages show them: the list, one file with what was found in it, and a finding's source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from assess.core.actors import Actor, Right
from assess.core.evidence.verdicts import CheckList as ValidationError
from assess.core.finding_imports.verdicts import OF_FLAWS, FindingCheckList, FindingVerdict
from assess.core.findings.catalogue import Catalogue
from assess.core.text import Text
from assess.core.workflow import Imported
from assess.services.evidence.pages import EvidenceDownload
from assess.services.finding_imports.access import lock_of, seen_import
from assess.services.findings.seeing import catalogue_in
from assess.services.imports.pages import BEFORE, failure_of, marked_sent, original_sent
from assess.services.years import Year, year_of
from assess.store.models.finding_imports import LEDGER
from assess.store.queries import finding_imports as queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.finding_imports import ListedRow, SourceRow
from assess.store.queries.import_lists import FlawRow, ImportList, flaw_rows
from assess.store.queries.imports import ImportRow, imports_of, number_of_imports
from assess.store.session import Session

SIZE: Final = 50
ALL_KNOWN: Final = Text(
    "文件中的{n}个问题均已登记，无需接收。",
    "All {n} findings in this file are already recorded. There is nothing to accept.",
)
NUMBERED: Final = Text("第{number}号", "No. {number}")


class FoundLine(NamedTuple):
    """A row of a file, with its unit, kind and source in words."""

    row: ListedRow
    unit: Text
    kind: Text
    source: Text


class Withdrawal(NamedTuple):
    """A request to withdraw a file: who asked, when and why; whether the reader did."""

    name: str
    at: datetime
    reason: str
    is_own: bool


@dataclass(frozen=True)
class FilesPage:
    """The files of findings of a year, newest first, a page of them; the sources that may be chosen."""

    year: Year
    catalogue: Catalogue
    files: Sequence[ImportRow]
    count: int
    locked: Text | None


@dataclass(frozen=True)
class FilePage:
    """One file: what it was found to be, and one list of it, a page at a time."""

    year: Year
    catalogue: Catalogue
    row: ImportRow
    counts: Mapping[FindingCheckList, int]
    shown: FindingCheckList | None
    lines: Sequence[FoundLine | FlawRow]
    locked: Text | None
    withdrawal: Withdrawal | None

    @property
    def source(self) -> Text:
        """Where those findings come from that do not say it."""
        return self.catalogue.source_called(self.row.found.get("source", ""))

    @property
    def listed(self) -> int:
        """How long the list is that is shown."""
        return 0 if self.shown is None else self.counts[self.shown]

    @property
    def to_record(self) -> int:
        """How many findings would be recorded, or were."""
        return self.row.brings

    @property
    def may_accept(self) -> bool:
        """Whether the file could be accepted now."""
        waits = self.row.state is Imported.CHECKED or (self.row.state is Imported.ACCEPTING and self.row.has_failed)
        return waits and self.locked is None and self.to_record > 0

    @property
    def may_discard(self) -> bool:
        """Whether the file can be discarded."""
        open_states = (Imported.CHECKING, Imported.FLAWED, Imported.CHECKED)
        return self.row.state in open_states or (self.row.state is Imported.ACCEPTING and self.row.has_failed)

    @property
    def may_withdraw(self) -> bool:
        """Whether withdrawing the file can be asked for."""
        return self.row.state is Imported.ACCEPTED and self.locked is None and self.withdrawal is None

    @property
    def notes(self) -> list[Text]:
        """What must be told first."""
        return notes_of(self.row)


def files_page(session: Session, actor: Actor, *, cycle: CycleRow, part: slice) -> FilesPage:
    """The files of findings (2 queries beside those of the year).

    Raises:
        NotAllowed: the actor is no inspector.
    """
    actor.check_may(Right.INSPECT)
    year = year_of(session, cycle)
    return FilesPage(
        year=year,
        catalogue=catalogue_in(session, year),
        files=imports_of(session, cycle=cycle.id, department=LEDGER, start=part.start, size=part.stop - part.start),
        count=number_of_imports(session, cycle=cycle.id, department=LEDGER),
        locked=lock_of(cycle),
    )


def file_page(
    session: Session, actor: Actor, *, cycle: CycleRow, row: int, show: FindingCheckList | None = None, start: int = 0
) -> FilePage:
    """One file with one list of what was found in it (2 queries beside those of the year).

    Raises:
        NotAllowed: the actor is no inspector.
        NotFound: there is no such file.
    """
    found = seen_import(session, actor, cycle=cycle, row=row)
    year = year_of(session, cycle)
    catalogue, counts = catalogue_in(session, year), counts_of(found)
    shown = show if show in counts else next(iter(counts), None)
    return FilePage(
        year=year,
        row=found,
        catalogue=catalogue,
        counts=counts,
        shown=shown,
        lines=lines_of(session, year, catalogue, found, shown=shown, part=slice(start, start + SIZE)),
        locked=lock_of(cycle),
        withdrawal=withdrawal_of(actor, found),
    )


def counts_of(row: ImportRow) -> dict[FindingCheckList, int]:
    """How long each list of a file is; empty ones left out."""
    return {shown: count for shown in FindingCheckList if (count := row.found.get(shown.value, 0))}


def lines_of(
    session: Session, year: Year, catalogue: Catalogue, row: ImportRow, *, shown: FindingCheckList | None, part: slice
) -> Sequence[FoundLine | FlawRow]:
    """A part of a list of a file (1 query)."""
    if shown is None:
        return ()
    if shown in OF_FLAWS:
        listed = ImportList(row.id, ValidationError(shown.value))
        return flaw_rows(session, listed, start=part.start, size=part.stop - part.start)
    rows = queries.listed_rows(session, row=row.id, verdict=FindingVerdict(shown.value), part=part)
    return [line_of(year, catalogue, each) for each in rows]


def line_of(year: Year, catalogue: Catalogue, row: ListedRow) -> FoundLine:
    """A row of a file in words."""
    kind, source = catalogue.kind_called(row.kind), catalogue.source_called(row.source)
    return FoundLine(row, year.name_of(row.unit), kind, source)


def withdrawal_of(actor: Actor, row: ImportRow) -> Withdrawal | None:
    """The request to withdraw a file that waits for its decision."""
    asked = row.found.get("withdrawal")
    if asked is None:
        return None
    at = datetime.fromisoformat(asked["at"])
    return Withdrawal(asked["name"], at, asked["reason"], asked["by"] == actor.account)


def notes_of(row: ImportRow) -> list[Text]:
    """What must be told of a file before anything else."""
    notes = failure_of(row)
    if row.state is Imported.CHECKED:
        if told := row.found.get("told"):
            notes.append(Text(**told))
        if not row.brings:
            notes.append(ALL_KNOWN.format(n=row.found.get("known", 0)))
        elif row.found.get("accepted_before"):
            notes.append(BEFORE)
    return notes


def original_of(session: Session, actor: Actor, *, cycle: CycleRow, row: int, folder: Path) -> EvidenceDownload:
    """The file as it was uploaded (1 query).

    Raises:
        NotAllowed, NotFound: as `seen_import` says, or it is gone from the disk.
    """
    return original_sent(seen_import(session, actor, cycle=cycle, row=row), folder)


def marked_of(session: Session, actor: Actor, *, cycle: CycleRow, row: int, folder: Path) -> EvidenceDownload:
    """The workbook that shows the errors of a file (1 query).

    Raises:
        NotAllowed, NotFound: as `seen_import` says, it has none, or it is gone from the disk.
    """
    return marked_sent(seen_import(session, actor, cycle=cycle, row=row), folder)


def source_of(session: Session, *, finding: int) -> SourceRow | None:
    """The file and row that a finding came with, whose page the reader sees; None where somebody typed it (1 query)."""
    return queries.source_of(session, finding=finding)
