"""Imports: files of evidence with what was found in them, page by page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, true
from sqlalchemy.orm import aliased

from assess.core.evidence.verdicts import CHANGES, DOUBTED, NOTHING_TO_ACCEPT, CheckList, Verdict
from assess.core.finding_imports.verdicts import RECORDED
from assess.core.jobs import JobState
from assess.core.text import Text
from assess.core.workflow import Imported
from assess.store.base import Json
from assess.store.models import Account, Import, ImportFlaw, Job, Occurrence, Proposal, Value
from assess.store.queries.jobs import JobStatus, job_status
from assess.store.records import select_records
from assess.store.session import Session

BRINGS: Final = {each.value for each in (*CHANGES, *RECORDED)}
"""The counts of a check that accepting brings in, of values or of findings."""
OPEN = (Imported.CHECKING, Imported.CHECKED, Imported.ACCEPTING)


@dataclass(frozen=True)
class ImportRow:
    """An uploaded file as pages show it, with its job as far as it has one; who by name, "" for the operator."""

    id: int
    version: int
    cycle_id: int
    department: str
    upload: str
    file_name: str
    state: Imported
    job: JobStatus | None
    found: Json
    marked: str | None
    marked_why: Text | None
    made_by: str
    made_at: datetime
    accepted_by: str
    accepted_at: datetime | None
    ended_by: str
    ended_at: datetime | None
    batch: int | None

    @property
    def has_failed(self) -> bool:
        """Whether its job has failed for good; one that is forgotten has."""
        has_ended = self.job is None or self.job.state is JobState.FAILED
        return self.state in (Imported.CHECKING, Imported.ACCEPTING) and has_ended

    @property
    def is_worked_on(self) -> bool:
        """Whether its job waits or runs."""
        return self.state in (Imported.CHECKING, Imported.ACCEPTING) and not self.has_failed

    @property
    def brings(self) -> int:
        """How many values or findings accepting it brings in, or brought in."""
        return sum(self.found.get(each, 0) for each in BRINGS)

    @property
    def has_nothing(self) -> bool:
        """Whether it was checked and would change nothing, so that nobody has to go on with it."""
        return self.state is Imported.CHECKED and not self.brings

    @property
    def label(self) -> Text:
        """How it stands, in words."""
        return NOTHING_TO_ACCEPT if self.has_nothing else self.state.label


class ImportPreviewRow(NamedTuple):
    """How many proposals there are by verdict, how many of them are suspicious, not explained, or overtaken."""

    verdicts: dict[Verdict, int]
    doubtful: int
    unexplained: int
    overtaken: int


def imports_of(session: Session, *, cycle: int, department: str, start: int, size: int) -> list[ImportRow]:
    """The files of a department in a year, newest first, a page of them (1 query)."""
    query = import_rows().where(Import.cycle_id == cycle, Import.department == department)
    return list(session.scalars(query.offset(start).limit(size)))


def number_of_imports(session: Session, *, cycle: int, department: str) -> int:
    """How many files a department uploaded in a year (1 query)."""
    query = select(func.count()).select_from(Import).where(Import.cycle_id == cycle, Import.department == department)
    return session.scalar(query) or 0


def import_at(session: Session, *, cycle: int, row: int) -> ImportRow | None:
    """One file of a year (1 query)."""
    return session.scalars(import_rows().where(Import.cycle_id == cycle, Import.id == row)).one_or_none()


def import_rows() -> Select[ImportRow]:
    """Imports, newest first, with their jobs and the names of people."""
    accepted, ended = aliased(Account), aliased(Account)
    found = func.coalesce(Import.found, literal({}, Import.found.type))
    return (
        select_records(
            ImportRow,
            Import,
            job=job_status(),
            found=found,
            batch=Import.batch_id,
            made_by=func.coalesce(Account.name, ""),
            accepted_by=func.coalesce(accepted.name, ""),
            ended_by=func.coalesce(ended.name, ""),
        )
        .outerjoin(Job, Job.id == Import.job_id)
        .outerjoin(Account, Account.id == Import.made_by)
        .outerjoin(accepted, accepted.id == Import.accepted_by)
        .outerjoin(ended, ended.id == Import.ended_by)
        .order_by(Import.id.desc())
    )


def import_for_update(session: Session, *, row: int) -> Import | None:
    """One file, while nobody else changes any of its department in its year before the transaction ends (2 queries)."""
    mine = select(Import.cycle_id, Import.department).where(Import.id == row).subquery()
    locked = session.scalars(
        select(Import)
        .join(mine, and_(mine.c.cycle_id == Import.cycle_id, mine.c.department == Import.department))
        .order_by(Import.id)
        .with_for_update(of=Import)
        .execution_options(populate_existing=True)
    )
    return next((each for each in locked if each.id == row), None)


def accepted_before(session: Session, *, cycle: int, department: str, upload: str, row: int) -> datetime | None:
    """When the same file was accepted last, as another import that still stands (1 query)."""
    query = select(func.max(Import.accepted_at)).where(
        Import.cycle_id == cycle, Import.department == department, Import.upload == upload, Import.id != row,
        Import.state == Imported.ACCEPTED,
    )  # fmt: skip
    return session.scalar(query)


def explanations_of(session: Session, *, cycle: int, department: str) -> dict[tuple[str, str, str, int | None], str]:
    """What was explained in earlier files of a department, by unit, figure, period and value; newest (1 query)."""
    query = (
        select(Proposal.unit, Proposal.figure, Proposal.period, Proposal.millionths, Proposal.explanation)
        .join(Import, Import.id == Proposal.import_id)
        .where(Import.cycle_id == cycle, Import.department == department, Proposal.explanation != "")
        .order_by(Proposal.id)
    )
    return {(unit, figure, period, value): words for unit, figure, period, value, words in session.execute(query)}


def preview_of(session: Session, *, row: int) -> ImportPreviewRow:
    """How many proposals of a file there are of each sort (1 query)."""
    doubtful = and_(Proposal.doubt.is_not(None), Proposal.verdict.in_(DOUBTED))
    query = select(
        Proposal.verdict,
        func.count(),
        func.count().filter(doubtful),
        func.count().filter(doubtful, Proposal.explanation == ""),
        func.count().filter(Proposal.overtaken),
    ).where(Proposal.import_id == row)
    found = list(session.execute(query.group_by(Proposal.verdict).order_by(Proposal.verdict)))
    return ImportPreviewRow(
        {Verdict(verdict): count for verdict, count, *_ in found},
        sum(each[2] for each in found),
        sum(each[3] for each in found),
        sum(each[4] for each in found),
    )


def units_proposed(session: Session, *, row: int) -> list[str]:
    """The units that a file has values of, by code (1 query)."""
    query = select(Proposal.unit).where(Proposal.import_id == row).distinct().order_by(Proposal.unit)
    return list(session.scalars(query))


def flaw_counts(session: Session, *, row: int) -> tuple[int, int]:
    """How many flaws and how many warnings a file has (1 query)."""
    query = select(func.count().filter(~ImportFlaw.is_warning), func.count().filter(ImportFlaw.is_warning))
    flaws, warnings = session.execute(query.where(ImportFlaw.import_id == row)).one()
    return flaws, warnings


def listed_as(shown: CheckList) -> ColumnElement[bool]:
    """Which proposals a list shows."""
    if shown is CheckList.DOUBTFUL:
        return and_(Proposal.doubt.is_not(None), Proposal.verdict.in_(DOUBTED))
    if shown is CheckList.OVERTAKEN:
        return Proposal.overtaken == true()
    return Proposal.verdict == Verdict(shown.value)


def proposals_to_explain(session: Session, *, row: int, numbers: Collection[int]) -> list[Proposal]:
    """Suspicious proposals of a file by their numbers (1 query)."""
    query = select(Proposal).where(Proposal.import_id == row, Proposal.id.in_(numbers), listed_as(CheckList.DOUBTFUL))
    return list(session.scalars(query.order_by(Proposal.id)))


def keys_present(
    session: Session, *, cycle: int, year: int, figures: Collection[str], row: int
) -> set[tuple[str, str, str]]:
    """Unit, figure and period of what counts now of some figures, and of what a file proposes (1 query)."""
    counting = select(Value.unit, Value.figure, Value.period).where(
        Value.cycle_id == cycle, Value.year == year, Value.superseded_at.is_(None), Value.figure.in_(figures),
        Value.millionths.is_not(None) | Value.word.is_not(None),
    )  # fmt: skip
    proposed = select(Proposal.unit, Proposal.figure, Proposal.period).where(Proposal.import_id == row)
    return {(unit, figure, period) for unit, figure, period in session.execute(counting.union(proposed))}


def numbers_of(
    session: Session, *, cycle: int, year: int, figures: Collection[str]
) -> list[tuple[str, str, str, int | None, str | None]]:
    """Unit, figure, period, millionths and word of the values that count now of some figures (1 query)."""
    query = (
        select(Value.unit, Value.figure, Value.period, Value.millionths, Value.word)
        .where(Value.cycle_id == cycle, Value.year == year, Value.superseded_at.is_(None), Value.figure.in_(figures))
        .where(Value.millionths.is_not(None) | Value.word.is_not(None))
        .order_by(Value.unit, Value.figure, Value.period)
    )
    return list(session.execute(query))


def newest_and_open(session: Session, *, cycle: int, departments: Collection[str]) -> list[ImportRow]:
    """The newest file of each of these departments, and all that are not ended yet, newest first (1 query)."""
    newest = (
        select(func.max(Import.id))
        .where(Import.cycle_id == cycle, Import.department.in_(departments))
        .group_by(Import.department)
    )
    query = import_rows().where(Import.cycle_id == cycle, Import.department.in_(departments))
    return list(session.scalars(query.where(or_(Import.id.in_(newest), Import.state.in_(OPEN)))))


class KnownRow(NamedTuple):
    """A value that counts now, and the remark beside it."""

    unit: str
    figure: str
    period: str
    millionths: int | None
    word: str | None
    remark: str


def known_values(session: Session, *, cycle: int, year: int, figures: Collection[str]) -> list[KnownRow]:
    """The values of these figures that count now, excluded ones too (1 query)."""
    query = (
        select_records(KnownRow, Value)
        .where(
            Value.cycle_id == cycle, Value.year == year, Value.figure.in_(figures), Value.superseded_at.is_(None)
        )
        .order_by(Value.unit, Value.figure, Value.period)
    )  # fmt: skip
    return list(session.scalars(query))


def known_occurrences(session: Session, *, cycle: int, year: int, figures: Collection[str]) -> list[Occurrence]:
    """The cases behind the counts that count now, in the order of their files (1 query)."""
    query = (
        select(Occurrence)
        .join(Import, Import.id == Occurrence.import_id)
        .join(
            Value,
            and_(
                Value.batch_id == Import.batch_id,
                Value.unit == Occurrence.unit,
                Value.figure == Occurrence.figure,
                Value.period == Occurrence.period,
            ),
        )
        .where(
            Value.cycle_id == cycle, Value.year == year, Value.figure.in_(figures), Value.superseded_at.is_(None)
        )
        .order_by(Occurrence.import_id, Occurrence.id)
    )  # fmt: skip
    return list(session.scalars(query))
