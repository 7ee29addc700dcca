"""The job that checks an uploaded file: read, compared, doubted; then its flaws or its proposals are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple, cast

from assess.core.completeness import Demands
from assess.core.errors import NotFound
from assess.core.evidence.found import FoundEvidence
from assess.core.evidence.verdicts import Verdict
from assess.core.flaws import Flaw, ValidationError
from assess.core.sources import Pointer, TextPosition, WorkbookCell
from assess.core.text import Language, Text
from assess.core.workflow import IMPORT, Imported, WorkflowStep, advance
from assess.files.evidence_book.marking import MarkedBook as MarkedBook
from assess.files.evidence_book.marking import mark_evidence
from assess.files.evidence_book.reading import read_evidence
from assess.files.evidence_json import read_evidence_json
from assess.services import audit
from assess.services.documents import UploadedFile, kept_document, place_in_file, without_file
from assess.services.imports.comparing import DepartmentValues, demands_in, known_in, missing_of, proposals_of
from assess.services.imports.judged import judged_in, refusing_judged
from assess.services.imports.windows import NO_IMPORT
from assess.services.jobs import WORKER, JobType, Progress
from assess.services.years import Year, year_of
from assess.store.base import Json
from assess.store.importing import add_flaws, add_occurrences, add_proposals, compare_proposals
from assess.store.models import Account, Cycle, Import
from assess.store.queries import headings
from assess.store.queries import imports as queries
from assess.store.queries.cycles import CycleRow, cycle_of_year
from assess.store.session import Session, flush
from assess.store.upload_records import record_created_file
from assess.store.uploads import keep_bytes

JSON: Final = ".json"
"""How the names of documents end that systems send."""
STEPS: Final = 4
"""Read, marked or compared, written down, kept."""
MAX_TEXT_LENGTH: Final = 1000
"""Characters of a place or of words that are kept of a file."""


@dataclass(frozen=True, eq=False)
class ImportCheckInput:
    """What checking a file needs."""

    row: int
    department: str
    upload: str
    file_name: str
    language: Language
    year: Year
    demands: Demands
    known: DepartmentValues
    judged: frozenset[str]
    remembered: Mapping[str, str]


class MarkedImport(NamedTuple):
    """The marked workbook as it was kept, and why it is not the file itself that was marked."""

    sha256: str
    size: int
    why: Text | None


@dataclass(frozen=True, eq=False)
class CheckedImport:
    """What checking a file found: its flaws, or what it proposes."""

    rules: str
    flaws: list[Json]
    warnings: list[Json]
    proposals: list[Json]
    occurrences: list[Json]
    marked: MarkedImport | None
    is_template: bool
    unread: list[str]
    summary: list[Json]
    unknown: list[Json]
    missing: int


def checking_in(folder: Path) -> JobType:
    """The kind of job that checks files kept in a folder."""
    return JobType(read=read_needed, work=partial(check_file, folder), keep=keep_checked)


def read_needed(session: Session, arguments: Mapping[str, Any]) -> ImportCheckInput:
    """Everything the check needs, from the database.

    Raises:
        NotFound: the file's row is gone.
    """
    row = session.get(Import, arguments["import"])
    if row is None:
        raise NotFound(NO_IMPORT)
    cycle = cycle_of(session, row)
    year = year_of(session, cycle)
    maker = session.get(Account, row.made_by)
    return ImportCheckInput(
        row=row.id,
        department=row.department,
        upload=row.upload,
        file_name=row.file_name,
        language=cast("Language", maker.language) if maker else "zh",
        year=year,
        demands=demands_in(session, year),
        known=known_in(session, year, row.department),
        judged=judged_in(session, year),
        remembered=headings.remembered_in(session, department=row.department),
    )


def cycle_of(session: Session, row: Import) -> CycleRow:
    """The year that a file belongs to."""
    found = session.get(Cycle, row.cycle_id)
    cycle = None if found is None else cycle_of_year(session, year=found.year)
    if cycle is None:
        raise NotFound(NO_IMPORT)
    return cycle


def check_file(folder: Path, needed: ImportCheckInput, progress: Progress) -> CheckedImport:
    """Read the file, and mark it or compare it; outside any transaction."""
    progress(0, STEPS)
    document = kept_document(folder, sha256=needed.upload, name=needed.file_name)
    evidence, marked = read_and_mark(folder, needed, document, progress)
    progress(2, STEPS)
    sound = not evidence.flaws
    proposals = proposals_of(needed.year, needed.known, needed.row, evidence) if sound else []
    progress(3, STEPS)
    have = needed.known.present | {(each.unit, each.figure, each.period) for each in evidence.values}
    found = CheckedImport(
        rules=needed.year.digest,
        flaws=flaw_rows(needed.row, evidence.flaws, is_warning=False),
        warnings=flaw_rows(needed.row, evidence.warnings, is_warning=True),
        proposals=proposals,
        occurrences=occurrence_rows(needed.row, evidence) if sound else [],
        marked=marked,
        is_template=evidence.is_template,
        unread=list(evidence.unread),
        summary=[each._asdict() | {"meaning": each.meaning._asdict()} for each in evidence.summary],
        unknown=[each._asdict() for each in evidence.unknown] if evidence.flaws else [],
        missing=len(missing_of(needed.year, needed.demands, needed.department, have, needed.judged)) if sound else 0,
    )
    progress(STEPS, STEPS)
    return found


def read_and_mark(
    folder: Path, needed: ImportCheckInput, document: UploadedFile, progress: Progress
) -> tuple[FoundEvidence, MarkedImport | None]:
    """What the file says, and the marked workbook where it has flaws.

    What is refused outright is not marked, nor is what a system sent as JSON.
    """
    year = needed.year
    try:
        with document.lying() as path:
            if document.ending == JSON:
                return without_judged(needed, read_evidence_json(path, year.sheet, year.names, needed.department)), None
            evidence = read_evidence(
                path, year.sheet, year.units, year.names, needed.department, remembered=needed.remembered
            )
            evidence = without_judged(needed, evidence)
            progress(1, STEPS)
            if not evidence.flaws:
                return evidence, None
            marked = mark_evidence(path, evidence.flaws, needed.language, notices=evidence.warnings)
            return evidence, kept_marked(folder, marked)
    except ValidationError as flawed:
        return FoundEvidence(flaws=flawed.flaws), None


def kept_marked(folder: Path, made: MarkedBook) -> MarkedImport:
    """A marked workbook, once it is kept."""
    return MarkedImport(keep_bytes(folder, made.data), len(made.data), made.why)


def without_judged(needed: ImportCheckInput, evidence: FoundEvidence) -> FoundEvidence:
    """What a file says, points that a panel gives being flaws."""
    return refusing_judged(evidence, needed.year, needed.judged, needed.known.numbers)


def flaw_rows(row: int, flaws: Sequence[Flaw], *, is_warning: bool) -> list[Json]:
    """Flaws as they are kept: place and words in both languages."""
    return [flaw_row(row, flaw, is_warning) for flaw in without_file(flaws)]


def flaw_row(row: int, flaw: Flaw, is_warning: bool) -> Json:
    """One flaw as it is kept."""
    match flaw.where:
        case WorkbookCell(sheet=sheet, cell=cell):
            place = (sheet, cell)
        case Pointer(pointer=pointer):
            place = ("", pointer)
        case TextPosition(line=line, column=column) if line:
            place = ("", f"{line}:{column}" if column else str(line))
        case _:
            place = ("", "")
    what = flaw.what.format(**flaw.facts) if flaw.facts else flaw.what
    words = {"zh": what.zh[:MAX_TEXT_LENGTH], "en": what.en[:MAX_TEXT_LENGTH]}
    return {"import_id": row, "is_warning": is_warning, "sheet": place[0], "cell": place[1], **words}


def occurrence_rows(row: int, evidence: FoundEvidence) -> list[Json]:
    """The cases behind counts as they are kept."""
    return [
        {
            "import_id": row, "unit": each.unit, "figure": each.figure, "period": each.period, "day": each.day,
            "location": each.location, "what": each.what, "photo": each.photo, "place": place_in_file(each.place),
        }
        for each in evidence.occurrences
    ]  # fmt: skip


def keep_checked(session: Session, arguments: Mapping[str, Any], found: CheckedImport, now: datetime) -> None:
    """Keep what the check found, unless the file was discarded meanwhile."""
    row = queries.import_for_update(session, row=arguments["import"])
    if row is None or row.state != Imported.CHECKING:
        return
    cycle = cycle_of(session, row)
    add_flaws(session, [*found.flaws, *found.warnings])
    add_proposals(session, found.proposals)
    add_occurrences(session, found.occurrences)
    if found.flaws:
        keep_flawed(session, row, found.marked, now)
    else:
        compare_proposals(session, row=row, year=cycle.year)
        row.state = advance(IMPORT, Imported(row.state), WorkflowStep.PASS_CHECK)
    row.found = counts_of(session, row, found)
    flush(session)
    subject = f"import:{cycle.year}/{row.department}/{row.id}"
    audit.record(session, WORKER, subject=subject, action="checked", new=row.found, now=now)


def keep_flawed(session: Session, row: Import, marked: MarkedImport | None, now: datetime) -> None:
    """The file has flaws: nothing of it is proposed, and its marked workbook can be fetched."""
    row.state = advance(IMPORT, Imported(row.state), WorkflowStep.FIND_FLAWS)
    if marked is not None:
        record_created_file(
            session, sha256=marked.sha256, size=marked.size, kind="xlsx", file_name=row.file_name,
            account=row.made_by, now=now,
        )  # fmt: skip
        row.marked = marked.sha256
        row.marked_why = None if marked.why is None else marked.why._asdict()


def counts_of(session: Session, row: Import, found: CheckedImport) -> Json:
    """What the preview says of the file as a whole."""
    before = queries.accepted_before(
        session, cycle=row.cycle_id, department=row.department, upload=row.upload, row=row.id
    )
    return {
        "rules": found.rules,
        "template": found.is_template,
        "unread": found.unread,
        "columns": found.summary,
        "unknown": found.unknown,
        "flaws": len(found.flaws),
        "warnings": len(found.warnings),
        "values": len(found.proposals),
        "occurrences": len(found.occurrences),
        "missing": found.missing,
        "accepted_before": before and before.isoformat(),
        **preview_counts(session, row),
    }


def preview_counts(session: Session, row: Import) -> Json:
    """How many proposals there are of each sort."""
    preview = queries.preview_of(session, row=row.id)
    counts = {verdict.value: preview.verdicts.get(verdict, 0) for verdict in Verdict}
    return {**counts, "doubtful": preview.doubtful, "overtaken": preview.overtaken}
