"""The figures `from: task-list`, as the obligations stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from fractions import Fraction

from assess.core.figures.entry import MILLION
from assess.core.obligations.standing import ObligationState, ReportedProgress, Status, as_texts, measured, standings
from assess.core.obligations.tasks import TaskObligation
from assess.services.years import Year
from assess.store.queries.obligations import ObligationRow, PeriodRow, obligations_of
from assess.store.session import Session


def task_figures(
    session: Session, year: Year, *, day: date, units: Collection[str] | None = None
) -> dict[str, dict[str, str]]:
    """What follows from the task list, by unit and by figure or by `<item>.<status>` and `<item>.days_late` (1 query).

    The texts go into `core.figures.from_values` or into an estimate, beside the other figures.

    Args:
        session: the session.
        year: the year.
        day: the day on which what is not done counts as late.
        units: the codes of the units that are wanted; all unless given.
    """
    wanted = year.units.codes if units is None else tuple(units)
    rows = obligations_of(session, cycle=year.cycle.id, units=units)
    return as_texts(year.sheet, measured(year.sheet, standings_of(year, rows), wanted, day))


def standings_of(year: Year, rows: Iterable[ObligationRow]) -> dict[str, tuple[ObligationState, ...]]:
    """How obligations stand, by unit; none before a task list is loaded."""
    if year.tasks is None:
        return {}
    return standings(
        year.tasks, {TaskObligation(row.task, row.unit): progress_of(row) for row in rows}, year.cycle.year
    )


def progress_of(row: ObligationRow | PeriodRow) -> ReportedProgress:
    """What was reported of an obligation, or of one period."""
    return ReportedProgress(Status(row.status), Fraction(row.progress, MILLION), row.done_on)
