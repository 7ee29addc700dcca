"""The departments of a year and each alone: how complete its figures are, its files, and what waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from assess.core.actors import Actor, Right
from assess.core.calendar import day_of
from assess.core.completeness import CompletenessRow, Demands, Entered, matrix_of
from assess.core.errors import NotFound
from assess.core.evidence.asked import AskedFigure, asked_of
from assess.core.evidence.departments import departments_in
from assess.core.text import Text
from assess.core.workflow import Imported
from assess.services.completeness import entered_in
from assess.services.imports.comparing import demands_in
from assess.services.imports.uploading import NO_DEPARTMENT
from assess.services.imports.windows import SupplyWindow, check_department, window_of, window_today
from assess.services.years import Year, year_of
from assess.store.queries.cycles import CycleRow
from assess.store.queries.imports import ImportRow, imports_of, newest_and_open, number_of_imports
from assess.store.queries.reopenings import open_reopenings
from assess.store.session import Session


@dataclass(frozen=True)
class DepartmentLine:
    """A department: for how many units its figures are complete, how many values there are of those asked, its files.

    Attributes:
        units: the units that it is asked about.
        done, needed: figures of units that are there, and that are asked for.
        last: the newest file; None where there is none.
        waiting: files that are being checked or accepted, or wait to be accepted; the newest one where it is flawed.
    """

    department: str
    title: Text
    window: SupplyWindow
    complete: int
    units: int
    done: int
    needed: int
    last: ImportRow | None
    waiting: tuple[ImportRow, ...]

    @property
    def is_complete(self) -> bool:
        """Whether everything that is asked for is there."""
        return self.done == self.needed


@dataclass(frozen=True)
class DepartmentProgress:
    """A department, and of how many units it has not supplied all its figures."""

    department: str
    title: Text
    left: int


@dataclass(frozen=True)
class DepartmentPage:
    """A department with the figures that it is asked for, and a page of its files, newest first; `count` of all."""

    year: Year
    line: DepartmentLine
    figures: tuple[AskedFigure, ...]
    imports: list[ImportRow]
    count: int


def departments_page(
    session: Session, actor: Actor, *, cycle: CycleRow, now: datetime
) -> tuple[Year, list[DepartmentLine]]:
    """The departments that are asked for figures and that the person sees (7 queries, more where the year changed).

    Raises:
        Refused: no rule sheet is published.
    """
    year = year_of(session, cycle)
    return year, department_lines(session, actor, year, demands_in(session, year), now=now)


def department_lines(
    session: Session, actor: Actor, year: Year, demands: Demands, *, now: datetime
) -> list[DepartmentLine]:
    """The departments that are asked for figures and that the person sees (2 queries, 3 once supplying is over)."""
    cycle, today = year.cycle, day_of(now)
    seen = [each for each in departments_in(year.sheet) if is_shown(year, actor, each)]
    entered = entered_in(session, cycle, "")
    files = newest_and_open(session, cycle=cycle.id, departments=seen)
    is_over = window_of(cycle, "", (), today).locked is not None
    reopenings = open_reopenings(session, cycle.id, today) if is_over else ()
    return [
        line_of(
            year,
            department,
            window_of(cycle, department, reopenings, today),
            rows_of(year, demands, entered, department),
            [each for each in files if each.department == department],
        )
        for department in seen
    ]


def progress_of(session: Session, year: Year, demands: Demands) -> list[DepartmentProgress]:
    """How far the departments of a year are that are asked for figures (1 query)."""
    entered = entered_in(session, year.cycle, "")
    return [
        DepartmentProgress(
            department,
            asked_of(year.sheet, department).title,
            sum(not row.is_complete for row in rows_of(year, demands, entered, department)),
        )
        for department in departments_in(year.sheet)
    ]


def department_page(
    session: Session, actor: Actor, *, cycle: CycleRow, department: str, now: datetime, start: int = 0, size: int = 50
) -> DepartmentPage:
    """What a department is asked for and uploaded in a year (6 queries, more where the year changed).

    Raises:
        NotAllowed: the actor is neither of the department nor of the office.
        NotFound: there is no such department.
    """
    check_department(actor, department)
    year = year_of(session, cycle)
    if department not in departments_in(year.sheet):
        raise NotFound(NO_DEPARTMENT)
    files = imports_of(session, cycle=cycle.id, department=department, start=start, size=size)
    rows = rows_of(year, demands_in(session, year), entered_in(session, cycle, ""), department)
    return DepartmentPage(
        year=year,
        line=line_of(year, department, window_today(session, cycle, department, now), rows, files),
        figures=asked_of(year.sheet, department).figures,
        imports=files,
        count=number_of_imports(session, cycle=cycle.id, department=department),
    )


def is_shown(year: Year, actor: Actor, department: str) -> bool:
    """Whether a department is asked for anything, and is the person's own or the person of the office."""
    mine = actor.may(Right.ADMINISTER) or department in actor.departments
    return mine and bool(asked_of(year.sheet, department).figures)


def rows_of(
    year: Year, demands: Demands, entered: Mapping[tuple[str, str], Entered], department: str
) -> tuple[CompletenessRow, ...]:
    """How far the figures of a department are, unit by unit, as far as any is asked of a unit."""
    shown = frozenset(asked.figure for asked in demands.asked if asked.supplier == department)
    return tuple(row for row in matrix_of(demands, year.units, entered, shown).rows if row.needed)


def line_of(
    year: Year, department: str, window: SupplyWindow, rows: tuple[CompletenessRow, ...], files: list[ImportRow]
) -> DepartmentLine:
    """A department with its files, newest first."""
    last = next(iter(files), None)
    return DepartmentLine(
        department=department,
        title=asked_of(year.sheet, department).title,
        window=window,
        complete=sum(row.is_complete for row in rows),
        units=len(rows),
        done=sum(row.done for row in rows),
        needed=sum(row.needed for row in rows),
        last=last,
        waiting=tuple(each for each in files if waits(each, last)),
    )


def waits(row: ImportRow, last: ImportRow | None) -> bool:
    """Whether somebody or something has to go on with a file."""
    is_open = row.state in (Imported.CHECKING, Imported.CHECKED, Imported.ACCEPTING)
    return (is_open and not row.has_nothing) or (row.state is Imported.FLAWED and row is last)
