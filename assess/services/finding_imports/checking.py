"""The job that checks a file of findings: read, seen beside the ledger; then its flaws or its rows are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final, cast

from assess.core.calendar import day_of
from assess.core.errors import NotFound
from assess.core.finding_imports.comparing import Earlier, earlier_ones
from assess.core.finding_imports.found import FoundFindings, FoundRow
from assess.core.finding_imports.headings import meaning_of
from assess.core.finding_imports.rows import FindingRowReader
from assess.core.finding_imports.verdicts import RECORDED, FindingVerdict
from assess.core.finding_imports.words import Vocabulary
from assess.core.findings.catalogue import Catalogue
from assess.core.findings.places import place_key
from assess.core.flaws import ValidationError
from assess.core.naming import folded
from assess.core.text import Language
from assess.core.workflow import IMPORT, Imported, WorkflowStep, advance
from assess.files.evidence_book.marking import mark_evidence
from assess.files.finding_book import read_finding_book
from assess.services import audit
from assess.services.documents import kept_document
from assess.services.finding_imports.access import subject_of
from assess.services.findings.seeing import catalogue_in
from assess.services.imports.checking import MarkedImport, cycle_of, flaw_rows, keep_flawed, kept_marked
from assess.services.imports.windows import NO_IMPORT
from assess.services.jobs import WORKER, JobType, Progress
from assess.services.years import Year, year_of
from assess.store.base import Json
from assess.store.finding_importing import add_found, mark_known
from assess.store.importing import add_flaws
from assess.store.models import Account, Import
from assess.store.models.finding_imports import LEDGER
from assess.store.queries.finding_imports import earlier_of, verdict_counts
from assess.store.queries.imports import accepted_before, import_for_update
from assess.store.session import Session, flush

STEPS: Final = 3
"""Read, marked or compared, written down."""
TEXTS: Final = ("unit", "source", "kind", "domain", "what", "place", "standard", "responsible")


@dataclass(frozen=True, eq=False)
class FindingCheckInput:
    """What checking a file needs; `source` is that of findings that do not say theirs."""

    row: int
    upload: str
    file_name: str
    language: Language
    year: Year
    catalogue: Catalogue
    source: str
    today: date
    earlier: Sequence[Earlier]


@dataclass(frozen=True, eq=False)
class CheckedFindings:
    """What checking a file found: its flaws, or its rows."""

    flaws: list[Json]
    warnings: list[Json]
    rows: list[Json]
    marked: MarkedImport | None
    is_template: bool


def checking_in(folder: Path) -> JobType:
    """The kind of job that checks files kept in a folder."""
    return JobType(read=read_needed, work=partial(check_file, folder), keep=keep_checked)


def read_needed(session: Session, arguments: Mapping[str, Any]) -> FindingCheckInput:
    """Everything the check needs, from the database.

    Raises:
        NotFound: the file's row is gone.
    """
    row = session.get(Import, arguments["import"])
    if row is None:
        raise NotFound(NO_IMPORT)
    year = year_of(session, cycle_of(session, row))
    maker = session.get(Account, row.made_by)
    return FindingCheckInput(
        row=row.id,
        upload=row.upload,
        file_name=row.file_name,
        language=cast("Language", maker.language) if maker else "zh",
        year=year,
        catalogue=catalogue_in(session, year),
        source=(row.found or {}).get("source", ""),
        today=day_of(row.made_at),
        earlier=earlier_of(session, cycle=row.cycle_id),
    )


def check_file(folder: Path, needed: FindingCheckInput, progress: Progress) -> CheckedFindings:
    """Read the file, and mark it or compare it; outside any transaction."""
    progress(0, STEPS)
    found, marked = read_and_mark(folder, needed, progress)
    progress(2, STEPS)
    made = CheckedFindings(
        flaws=flaw_rows(needed.row, found.flaws, is_warning=False),
        warnings=flaw_rows(needed.row, found.warnings, is_warning=True),
        rows=[] if found.flaws else found_rows(needed, found.rows),
        marked=marked,
        is_template=found.is_template,
    )
    progress(STEPS, STEPS)
    return made


def read_and_mark(
    folder: Path, needed: FindingCheckInput, progress: Progress
) -> tuple[FoundFindings, MarkedImport | None]:
    """What the file says, and the marked workbook where it has flaws; what is refused outright is not marked."""
    year, vocabulary = needed.year, Vocabulary(needed.catalogue)
    reader = FindingRowReader(year.names, vocabulary, year=year.cycle.year, today=needed.today, source=needed.source)
    try:
        with kept_document(folder, sha256=needed.upload, name=needed.file_name).lying() as path:
            found = read_finding_book(path, reader)
            progress(1, STEPS)
            if not found.flaws:
                return found, None
            return found, kept_marked(
                folder, mark_evidence(path, found.flaws, needed.language, heads_units=heads_units)
            )
    except ValidationError as flawed:
        return FoundFindings(flaws=flawed.flaws), None


def heads_units(text: str) -> bool:
    """Whether a text stands over the units of a file of findings."""
    meaning = meaning_of(text)
    return meaning is not None and meaning[0] == "unit"


def found_rows(needed: FindingCheckInput, rows: Sequence[FoundRow]) -> list[Json]:
    """The rows of a file as they are kept, each beside the earlier finding that it may repeat."""
    beside = earlier_ones(rows, needed.earlier)
    return [found_row(needed.row, row, earlier) for row, earlier in zip(rows, beside, strict=True)]


def found_row(file: int, row: FoundRow, earlier: Earlier | None) -> Json:
    """One row as it is kept."""
    read = row.read
    return {
        "import_id": file,
        "sheet": row.sheet,
        "row": row.row,
        "external": row.external,
        "external_key": folded(row.external),
        "verdict": FindingVerdict.NEW if earlier is None else FindingVerdict.ALIKE,
        **{name: getattr(read, name) for name in TEXTS},
        "place_key": place_key(read.place),
        "found_on": read.found_on,
        "deadline": read.deadline,
        "latitude": None if read.point is None else read.point.latitude,
        "longitude": None if read.point is None else read.point.longitude,
        "earlier_id": None if earlier is None else earlier.finding,
        "earlier_row": "" if earlier is None else earlier.place_in_file,
    }


def keep_checked(session: Session, arguments: Mapping[str, Any], found: CheckedFindings, now: datetime) -> None:
    """Keep what the check found, unless the file was discarded meanwhile."""
    row = import_for_update(session, row=arguments["import"])
    if row is None or row.state != Imported.CHECKING:
        return
    add_flaws(session, [*found.flaws, *found.warnings])
    add_found(session, found.rows)
    if found.flaws:
        keep_flawed(session, row, found.marked, now)
    else:
        mark_known(session, row=row)
        row.state = advance(IMPORT, Imported(row.state), WorkflowStep.PASS_CHECK)
    before = accepted_before(session, cycle=row.cycle_id, department=LEDGER, upload=row.upload, row=row.id)
    row.found = {
        "source": (row.found or {}).get("source", ""),
        "template": found.is_template,
        "flaws": len(found.flaws),
        "warnings": len(found.warnings),
        "accepted_before": before and before.isoformat(),
        **preview_counts(session, row),
    }
    flush(session)
    subject = subject_of(cycle_of(session, row), row.id)
    audit.record(session, WORKER, subject=subject, action="checked", new=row.found, now=now)


def preview_counts(session: Session, row: Import) -> Json:
    """How many rows there are of each sort, and how many of them would be recorded."""
    counts = verdict_counts(session, row=row.id)
    return {**{each.value: n for each, n in counts.items()}, "values": sum(counts[each] for each in RECORDED)}
