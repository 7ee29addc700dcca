"""How far a unit's obligations are, and the figures that follow from them (from: task-list)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Final, NamedTuple

from assess.core.errors import Refused
from assess.core.figures.entry import KEPT_DECIMALS
from assess.core.methods.obligations import DAYS_LATE, STATUSES
from assess.core.methods.traits import ObligationSelection
from assess.core.numbers import reduced, round_half_up
from assess.core.obligations.tasks import ALL_YEAR, ListedTask, TaskList, TaskObligation
from assess.core.rules.figure import BY_TASK_LIST, Measure
from assess.core.rules.sheet import RuleSheet, all_items
from assess.core.text import Text
from assess.core.workflow import LabeledEnum

WHOLE: Final = Fraction(100)
EVERY: Final = ObligationSelection()

NOT_A_SHARE = Text("进度须在0到100之间。", "The progress must be between 0 and 100.")
NO_DAY = Text("已完成的任务请填写完成日期。", "Enter the date the task was completed.")
FUTURE_DAY = Text("完成日期不能晚于今天（{today}）。", "The date cannot be later than today, {today}.")
NOT_DONE = Text(
    "任务尚未完成，不填完成日期，请改状态为“完成”或删去日期。",
    "A task that is not done has no completion date. Set the status to “Done”, or clear the date.",
)


class Status(LabeledEnum):
    """How far an obligation is."""

    NONE = "none", "未启动", "Not started"
    PLANNED = "planned", "前期准备", "Planned"
    STARTED = "started", "实施中", "Started"
    TRIAL = "trial", "试运行", "On trial"
    DONE = "done", "完成", "Done"


class ReportedProgress(NamedTuple):
    """What a unit reports of one obligation; `share` is in percent."""

    status: Status = Status.NONE
    share: Fraction = Fraction(0)
    done_on: date | None = None

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return self.status is Status.DONE

    @property
    def counted(self) -> Fraction:
        """The share that counts: what is done counts whole."""
        return WHOLE if self.is_done else self.share


class ObligationState(NamedTuple):
    """One obligation of a unit: how far it is, and its deadline."""

    task: ListedTask
    progress: ReportedProgress
    deadline: date | None

    @property
    def is_on_time(self) -> bool:
        """Whether it was done by its deadline; done on an unknown day is not."""
        done_on = self.progress.done_on
        return self.progress.is_done and done_on is not None and (self.deadline is None or done_on <= self.deadline)

    def days_late(self, day: date) -> int:
        """How many days it was late when it was done, or is on a day where it is not; 0 in time."""
        until = self.progress.done_on if self.progress.is_done else day
        return 0 if self.deadline is None or until is None else max(0, (until - self.deadline).days)

    def is_overdue(self, day: date) -> bool:
        """Whether its deadline has passed and it is not done."""
        return not self.progress.is_done and self.days_late(day) > 0


def check_progress(progress: ReportedProgress, today: date) -> None:
    """Let a report on an obligation pass.

    Raises:
        Refused: the share is impossible, or the day and the status do not agree; says which by field.
    """
    wrong: dict[str, Text] = {}
    if not 0 <= progress.share <= WHOLE:
        wrong["share"] = NOT_A_SHARE
    if progress.is_done and progress.done_on is None:
        wrong["done_on"] = NO_DAY
    if progress.done_on is not None and not progress.is_done:
        wrong["done_on"] = NOT_DONE
    elif progress.done_on is not None and progress.done_on > today:
        wrong["done_on"] = FUTURE_DAY.format(today=today)
    if wrong:
        raise Refused(next(iter(wrong.values())), wrong)


def deadline_of(task: ListedTask, year: int) -> date | None:
    """The last day for a task; one of the whole year lasts to its end."""
    if task.deadline == ALL_YEAR:
        return date(year, 12, 31)
    return task.deadline if isinstance(task.deadline, date) else None


def standings(
    tasks: TaskList, reported: Mapping[TaskObligation, ReportedProgress], year: int
) -> dict[str, tuple[ObligationState, ...]]:
    """How the obligations of each unit stand, in the order of `reported`; tasks no longer listed are left out."""
    listed = {task.no: task for task in tasks.tasks}
    found: dict[str, list[ObligationState]] = {}
    for obligation, progress in reported.items():
        task = listed.get(obligation.task)
        if task is not None:
            found.setdefault(obligation.unit, []).append(ObligationState(task, progress, deadline_of(task, year)))
    return {unit: tuple(each) for unit, each in found.items()}


def measured(
    sheet: RuleSheet, by_unit: Mapping[str, Sequence[ObligationState]], units: Iterable[str], day: date
) -> dict[str, dict[str, Fraction]]:
    """The figures `from: task-list` and the columns of `tasks` items, exact, by unit code and name.

    A unit without the obligations that a figure or item chooses has no progress and no columns; its counts are 0.

    Args:
        sheet: the year's rule sheet.
        by_unit: how the obligations stand.
        units: the codes of all units.
        day: the day on which what is not done counts as late.
    """
    found: dict[str, dict[str, Fraction]] = {}
    for unit in units:
        own = by_unit.get(unit, ())
        found[unit] = {**dict(figures_of(sheet, own, day)), **dict(columns_of(sheet, own, day))}
    return found


def figures_of(sheet: RuleSheet, own: Sequence[ObligationState], day: date) -> Iterator[tuple[str, Fraction]]:
    """The figures of the task list for one unit."""
    for name, figure in sheet.figures.items():
        if figure.from_ == BY_TASK_LIST and figure.measure is not None:
            value = measure(figure.measure, chosen(own, figure.tasks or EVERY), day)
            if value is not None:
                yield name, value


def measure(what: Measure, of: Sequence[ObligationState], day: date) -> Fraction | None:
    """One measure of obligations; the mean of none is missing."""
    match what:
        case Measure.PROGRESS:
            return sum((each.progress.counted for each in of), Fraction(0)) / len(of) if of else None
        case Measure.DONE:
            return Fraction(sum(each.progress.is_done for each in of))
        case Measure.DONE_ON_TIME:
            return Fraction(sum(each.is_on_time for each in of))
        case Measure.OVERDUE:
            return Fraction(sum(each.is_overdue(day) for each in of))
        case Measure.COUNT:
            return Fraction(len(of))
    return None


def columns_of(sheet: RuleSheet, own: Sequence[ObligationState], day: date) -> Iterator[tuple[str, Fraction]]:
    """What `tasks` items read of one unit: obligations by status, and all days of delay together."""
    for item in all_items(sheet):
        which = item.method.obligations_counted
        counted = () if which is None else chosen(own, which)
        if counted:
            for status in STATUSES:
                yield f"{item.id}.{status}", Fraction(sum(each.progress.status == status for each in counted))
            yield f"{item.id}.{DAYS_LATE}", Fraction(sum(each.days_late(day) for each in counted))


def chosen(own: Iterable[ObligationState], which: ObligationSelection) -> tuple[ObligationState, ...]:
    """The obligations of a domain or of these tasks; all where neither is named."""
    return tuple(
        each
        for each in own
        if (which.domain is None or each.task.domain == which.domain)
        and (which.tasks is None or each.task.no in which.tasks)
    )


def as_texts(sheet: RuleSheet, values: Mapping[str, Mapping[str, Fraction]]) -> dict[str, dict[str, str]]:
    """Measured values as `core.figures.from_values` takes them, with the decimals that may be entered, six at most."""
    return {
        unit: {name: reduced(round_half_up(value, decimals_of(sheet, name))) for name, value in named.items()}
        for unit, named in values.items()
    }


def decimals_of(sheet: RuleSheet, name: str) -> int:
    """How many decimals a figure or column may have."""
    figure = sheet.figures.get(name)
    stated = None if figure is None else figure.decimals
    return KEPT_DECIMALS if stated is None else min(stated, KEPT_DECIMALS)
