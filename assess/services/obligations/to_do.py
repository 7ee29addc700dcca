"""What a unit has to do about its tasks, in numbers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from assess.core.calendar import Due, day_of, due_on
from assess.core.figures.periods import PeriodLabel
from assess.core.obligations.reports import current_period, is_wanting, label_of
from assess.core.obligations.standing import Status
from assess.core.obligations.tasks import ReportFrequency
from assess.core.text import Text
from assess.store.queries.cycles import CycleRow
from assess.store.queries.obligations import to_do_of
from assess.store.session import Session


@dataclass
class ToDo:
    """The tasks of a unit in numbers; `wanting` are the reports to hand in, by their current period and its due day."""

    unit: str
    name: Text
    all: int = 0
    done: int = 0
    overdue: int = 0
    overdue_since: date | None = None
    wanting: dict[tuple[PeriodLabel, date, Due], int] = field(default_factory=dict)


def to_do(session: Session, *, cycle: CycleRow, units: Collection[str], now: datetime) -> list[ToDo]:
    """What some units have to do, in their order (1 query). Whoever calls has checked that they may be seen."""
    today = day_of(now)
    current = {report: current_period(report, cycle.year, today) for report in ReportFrequency}
    found: dict[str, ToDo] = {}
    for row in to_do_of(session, cycle=cycle.id, units=units):
        own = found.setdefault(row.unit, ToDo(row.unit, row.name))
        is_done = row.status == Status.DONE
        own.all += 1
        own.done += is_done
        deadline = row.deadline or date(cycle.year, 12, 31)
        if not is_done and today > deadline:
            own.overdue += 1
            own.overdue_since = min(own.overdue_since or deadline, deadline)
        period = current[ReportFrequency(row.report)]
        label = None if period is None else label_of(period.label, cycle.year)
        if period and label and is_wanting(period, label_of(row.period, cycle.year), row.done_on):
            key = (label, period.due, due_on(period.due, today, period.opens))
            own.wanting[key] = own.wanting.get(key, 0) + 1
    return list(found.values())
