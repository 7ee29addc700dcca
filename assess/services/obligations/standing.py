"""How the obligations of a unit stand on a day: what is done, overdue, and to be reported."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Final, NamedTuple

from assess.core.calendar import Due, DueState, due_on
from assess.core.errors import NotFound
from assess.core.figures.periods import PeriodLabel
from assess.core.forms.making import target_of
from assess.core.numbers import round_half_up
from assess.core.obligations.reports import ReportState, RequiredReport, newest_wanted
from assess.core.obligations.standing import ObligationState, ReportedProgress, measure
from assess.core.obligations.tasks import ListedTask
from assess.core.rules.figure import Measure
from assess.core.rules.sheet import RuleSheet, all_nodes, title_of
from assess.core.text import Text
from assess.core.workflow import LabeledEnum
from assess.services.reporting_windows import ReportingWindow
from assess.services.years import Year
from assess.store.queries.obligations import ObligationRow

NO_TASK: Final = Text(
    "本单位没有这项任务，可能因任务清单更正而调整。请从任务清单重新进入。",
    "The unit has no such task. A corrected task list may have changed it. Start from the task list.",
)
NO_DOMAIN: Final = Text("其他", "Other")


class TaskState(LabeledEnum):
    """Where an obligation stands on a day."""

    DONE = "done", "按期完成", "Done on time"
    DONE_LATE = "done-late", "逾期完成", "Done late"
    OVERDUE = "overdue", "逾期", "Overdue"
    GOING = "going", "进行中", "Under way"
    WAITING = "waiting", "未启动", "Not started"


class Narrow(LabeledEnum):
    """What a list of obligations may be narrowed to."""

    OVERDUE = "overdue", "逾期未完成", "Overdue"
    REPORT = "report", "待报送进展", "Report due"
    OPEN = "open", "未完成", "Not done"
    DONE = "done", "已完成", "Done"


@dataclass(frozen=True)
class UnitTask:
    """One obligation of a unit on a day, with the reports it asks for; `told` is what they say, by period."""

    row: ObligationRow
    standing: ObligationState
    reports: tuple[RequiredReport, ...]
    reported: Mapping[str, ReportedProgress]
    today: date

    @property
    def task(self) -> ListedTask:
        """The task."""
        return self.standing.task

    @property
    def target(self) -> Text | None:
        """The target with its unit of measure."""
        return target_of(self.task)

    @property
    def progress(self) -> ReportedProgress:
        """How far it is."""
        return self.standing.progress

    @property
    def due(self) -> Due:
        """How its deadline stands."""
        return due_on(self.standing.deadline, self.today)

    @property
    def days_late(self) -> int:
        """How many days it was late when it was done, or is now."""
        return self.standing.days_late(self.today)

    @property
    def lateness(self) -> Text:
        """The same in words."""
        return Due(DueState.OVERDUE, self.days_late).message

    @property
    def state(self) -> TaskState:
        """Where it stands."""
        return state_of(self.standing, self.today)

    @cached_property
    def wanted(self) -> RequiredReport | None:
        """The report to hand in next; None where none is wanted."""
        return newest_wanted(self.reports)

    @property
    def missed(self) -> int:
        """How many reports are overdue."""
        return sum(each.state is ReportState.MISSED for each in self.reports)

    @property
    def open_reports(self) -> tuple[RequiredReport, ...]:
        """The periods that may be reported on."""
        return tuple(each for each in self.reports if each.is_open)

    @property
    def default_period(self) -> str:
        """The period that a report is most likely for: the one wanted, else the last reported, else the last open."""
        if self.wanted is not None:
            return self.wanted.period.label
        labels = [each.period.label for each in self.open_reports]
        return self.row.period if self.row.period in labels else labels[-1] if labels else ""

    def last_told(self, period: str) -> ReportedProgress:
        """What was reported for a period, or for the latest before it."""
        labels = [each.period.label for each in self.reports]
        before = labels[: labels.index(period) + 1] if period in labels else labels
        return next((self.reported[label] for label in reversed(before) if label in self.reported), ReportedProgress())

    def report_for(self, period: str) -> RequiredReport | None:
        """The report for a period that may be handed in; None where it may not."""
        return next((each for each in self.open_reports if each.period.label == period), None)

    def is_in(self, narrow: Narrow | None) -> bool:
        """Whether it belongs into a narrowed list."""
        match narrow:
            case Narrow.OVERDUE:
                return self.state is TaskState.OVERDUE
            case Narrow.REPORT:
                return self.wanted is not None
            case Narrow.OPEN:
                return not self.progress.is_done
            case Narrow.DONE:
                return self.progress.is_done
        return True


class ObligationCounts(NamedTuple):
    """Obligations counted; `progress` is their mean with one decimal, None where there are none."""

    all: int
    done: int
    on_time: int
    overdue: int
    reports: int
    progress: Fraction | None


class ReportingPeriod(NamedTuple):
    """One period and the obligations that may be reported on for it."""

    label: PeriodLabel
    asked: RequiredReport
    tasks: tuple[UnitTask, ...]

    @property
    def wanted(self) -> int:
        """How many reports are still to be handed in; none where they are not periodic."""
        return sum(1 for each in self.tasks for asked in each.reports if asked.label == self.label and asked.is_wanted)


@dataclass(frozen=True)
class UnitTasks:
    """The obligations of one unit on a day, in the order of the task list."""

    year: Year
    unit: str
    today: date
    tasks: tuple[UnitTask, ...]
    window: ReportingWindow
    may_edit: bool

    @property
    def name(self) -> Text:
        """What the unit is called."""
        return self.year.name_of(self.unit)

    @property
    def is_open(self) -> bool:
        """Whether the reader may report now."""
        return self.may_edit and self.window.locked is None

    @cached_property
    def counts(self) -> ObligationCounts:
        """All of them counted."""
        return counted([each.standing for each in self.tasks], self.today, sum(map(wants_report, self.tasks)))

    @cached_property
    def domains(self) -> dict[str, Text]:
        """The domains in the order of the list, by their id; "" for none."""
        ids = dict.fromkeys(each.task.domain for each in self.tasks)
        return {domain or "": domain_title(self.year.sheet, domain) for domain in ids}

    @cached_property
    def periods(self) -> tuple[ReportingPeriod, ...]:
        """The periods that may be reported on, in order, those of the whole year last."""
        found: dict[PeriodLabel, list[tuple[RequiredReport, UnitTask]]] = {}
        for task in self.tasks:
            for asked in task.open_reports:
                found.setdefault(asked.label, []).append((asked, task))
        order = sorted(found, key=lambda label: (found[label][0][0].period.due, label.is_year, str(label)))
        return tuple(
            ReportingPeriod(label, found[label][0][0], tuple(task for _, task in found[label])) for label in order
        )

    def task(self, no: str) -> UnitTask:
        """One obligation.

        Raises:
            NotFound: the unit has none of this number.
        """
        found = next((each for each in self.tasks if each.task.no == no), None)
        if found is None:
            raise NotFound(NO_TASK)
        return found

    def by_domain(self, domain: str | None, narrow: Narrow | None) -> dict[str, list[UnitTask]]:
        """The obligations of a domain, or of all, in a narrowed list, by domain."""
        found: dict[str, list[UnitTask]] = {}
        for each in self.tasks:
            if domain in (None, each.task.domain or "") and each.is_in(narrow):
                found.setdefault(each.task.domain or "", []).append(each)
        return found

    def default_period(self) -> ReportingPeriod | None:
        """The period to report on next: the newest with reports that are wanting, else the last one."""
        newest_first = tuple(reversed(self.periods))
        return next(iter([*(each for each in newest_first if each.wanted), *newest_first]), None)


def counted(standings: Collection[ObligationState], today: date, reports: int) -> ObligationCounts:
    """Obligations counted as the figures of the task list count them."""
    of = tuple(standings)
    mean = measure(Measure.PROGRESS, of, today)
    return ObligationCounts(
        all=len(of),
        done=sum(each.progress.is_done for each in of),
        on_time=sum(each.is_on_time for each in of),
        overdue=sum(each.is_overdue(today) for each in of),
        reports=reports,
        progress=None if mean is None else round_half_up(mean, 1),
    )


def state_of(standing: ObligationState, today: date) -> TaskState:
    """Where an obligation stands on a day."""
    if standing.progress.is_done:
        return TaskState.DONE if standing.is_on_time else TaskState.DONE_LATE
    if standing.is_overdue(today):
        return TaskState.OVERDUE
    return TaskState.GOING if standing.progress != ReportedProgress() else TaskState.WAITING


def wants_report(task: UnitTask) -> bool:
    """Whether a report on it is to be handed in."""
    return task.wanted is not None


def domain_title(sheet: RuleSheet, domain: str | None) -> Text:
    """What a domain is called: as the section of the rule sheet of the same id, else as it is written."""
    if domain is None:
        return NO_DOMAIN
    return title_of(all_nodes(sheet).get(domain), domain)
