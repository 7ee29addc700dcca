"""Reports on obligations: the periods that are asked for, and what a unit wrote for one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Final, NamedTuple

from assess.core.calendar import Due, DueState, due_on
from assess.core.errors import Refused
from assess.core.figures.entry import UNSEEN, read_entry
from assess.core.figures.period_words import read_label
from assess.core.figures.periods import PARTS, PeriodLabel, labels, periods_of, year_label
from assess.core.obligations.standing import WHOLE, ReportedProgress, Status, check_progress
from assess.core.obligations.tasks import ListedTask, ReportFrequency
from assess.core.parsing import ParseError, read_date
from assess.core.rules.figure import BY_UNIT, Figure, FigureKind, PeriodKind
from assess.core.text import Text
from assess.core.workflow import LabeledEnum

REPORT_DAY: Final = 25
"""The day of the month by which a report on a task is due."""
MAX_WORDS_LENGTH: Final = 1000
SHARE: Final = Figure(
    kind=FigureKind.PERCENT,
    unit=Text.same("%"),
    decimals=1,
    min=Fraction(0),
    max=WHOLE,
    from_=BY_UNIT,
)
"""The progress of an obligation as it is typed."""
OFTEN: Final = {ReportFrequency.MONTHLY: PeriodKind.MONTH, ReportFrequency.QUARTERLY: PeriodKind.QUARTER}
"""Which periods a report is for."""

NO_STATUS = Text("请选择任务状态。", "Select the status of the task.")
NO_SHARE = Text("请填写进度，0至100。", "Enter the progress, from 0 to 100.")
NOT_WHOLE = Text(
    "任务已完成，进度应为100，请改进度或状态。",
    "The progress of a completed task must be 100. Change the progress or the status.",
)
NOT_BEGUN = Text(
    "任务未启动，进度应为0，请改进度或状态。",
    "The progress of a task not started must be 0. Change the progress or the status.",
)
OTHER_YEAR = Text("完成日期不能早于{year}年1月1日。", "The date cannot be before 1 January {year}.")
TOO_LONG = Text("说明最多{most}字，现有{n}字，请精简。", "Must be {most} characters or fewer. It has {n}.")


class ReportPeriod(NamedTuple):
    """One report on a task: the period, its first day, the first day to report and the last."""

    label: str
    starts: date
    opens: date
    due: date


@lru_cache(maxsize=1024)
def report_periods(report: ReportFrequency, year: int, done_on: date | None = None) -> tuple[ReportPeriod, ...]:
    """The reports that a task asks for in a year, each due by the 25th of the last month of its period.

    After the period in which the task was done nothing more is asked.
    """
    if report is ReportFrequency.NONE:
        return ()
    period, months = (PeriodKind.MONTH, 1) if report is ReportFrequency.MONTHLY else (PeriodKind.QUARTER, 3)
    periods = [report_period(label, year, part * months, months) for part, label in enumerate(labels(period, year), 1)]
    return tuple(each for each in periods if done_on is None or each.starts <= done_on)


def report_period(label: str, year: int, last_month: int, months: int) -> ReportPeriod:
    """A period of so many months that ends with a month."""
    starts = date(year, last_month - months + 1, 1)
    return ReportPeriod(label, starts, date(year, last_month, 1), date(year, last_month, REPORT_DAY))


class ReportState(LabeledEnum):
    """Where the report for one period stands."""

    NOT_YET = "not-yet", "未到填报期", "Not open yet"
    OPEN = "open", "待报送", "Due"
    MISSED = "missed", "逾期未报", "Overdue"
    IN_TIME = "in-time", "已报送", "Submitted"
    LATE = "late", "逾期报送", "Submitted late"


class RequiredReport(NamedTuple):
    """A report that a task asks for: its period, when it was first handed in, and how that stands on a day.

    `period` of a task without periodic reports is the whole year, which nobody is late for.
    """

    period: ReportPeriod
    label: PeriodLabel
    is_periodic: bool
    handed_in: date | None
    due: Due

    @property
    def state(self) -> ReportState:
        """Where it stands."""
        if self.handed_in is not None:
            late = self.is_periodic and self.handed_in > self.period.due
            return ReportState.LATE if late else ReportState.IN_TIME
        if not self.is_periodic:
            return ReportState.OPEN
        by_due = {DueState.OVERDUE: ReportState.MISSED, DueState.DUE: ReportState.OPEN}
        return by_due.get(self.due.state, ReportState.NOT_YET)

    @property
    def is_open(self) -> bool:
        """Whether a report may be handed in, a late or a corrected one too."""
        return self.state is not ReportState.NOT_YET

    @property
    def is_wanted(self) -> bool:
        """Whether a periodic report could be handed in and was not."""
        return self.is_periodic and self.state in (ReportState.OPEN, ReportState.MISSED)


class TypedReport(NamedTuple):
    """What somebody typed for one obligation, as typed."""

    status: str
    share: str = ""
    done_on: str = ""
    words: str = ""


class ReadReport(NamedTuple):
    """A report that may be kept."""

    progress: ReportedProgress
    words: str


def asked_of(
    task: ListedTask, progress: ReportedProgress, handed_in: Mapping[str, date], year: int, today: date
) -> tuple[RequiredReport, ...]:
    """The reports that a task asks a unit for, in the order of their periods.

    After the period in which the task was done nothing more is asked; what was handed in stays.

    Args:
        task: the task.
        progress: how far it is.
        handed_in: the day of the first report, by period.
        year: the year of the list.
        today: the district's day.
    """
    if task.report is ReportFrequency.NONE:
        whole = ReportPeriod(str(year), date(year, 1, 1), date(year, 1, 1), date(year, 12, 31))
        return (RequiredReport(whole, year_label(year), False, handed_in.get(whole.label), Due(DueState.UNDATED)),)
    still = {each.label for each in report_periods(task.report, year, progress.done_on)}
    every = zip(report_periods(task.report, year), periods_of(OFTEN[task.report], year), strict=True)
    return tuple(
        RequiredReport(each, label, True, handed_in.get(each.label), due_on(each.due, today, each.opens))
        for each, label in every
        if each.label in still or each.label in handed_in
    )


def newest_wanted(reports: Sequence[RequiredReport]) -> RequiredReport | None:
    """The report to hand in next: the newest that is open or was missed; None where none is wanted."""
    return next((each for each in reversed(reports) if each.is_wanted), None)


def is_wanting(period: ReportPeriod | None, reported: PeriodLabel | None, done_on: date | None) -> bool:
    """Whether the report for a period is wanting where the latest was for another.

    Args:
        period: the period, None where no report is asked.
        reported: the latest period that was reported on.
        done_on: when the task was done; after the period of that day nothing is asked.
    """
    if period is None or (done_on is not None and done_on < period.starts):
        return False
    return reported is None or last_month(reported) < period.due.month


def made_up_by(period: ReportPeriod) -> tuple[str, ...]:
    """The periods, as they are kept, after a report for which the one for this period is not wanting."""
    every = (label for often in PARTS for label in periods_of(often, period.due.year))
    return tuple(str(label) for label in every if last_month(label) >= period.due.month)


def replaces(period: PeriodLabel, before: PeriodLabel | None) -> bool:
    """Whether what is reported for a period says how the task stands now: not where a later one was reported on.

    A report for the whole year, as tasks without periodic reports have it, always does.
    """
    return before is None or period.is_year or last_month(period) >= last_month(before)


def last_month(label: PeriodLabel) -> int:
    """The month with which a period ends, 0 for a whole year: what is reported of it may be of any day."""
    return 0 if label.is_year else label.part * 12 // PARTS[label.period]


def label_of(period: str | None, year: int) -> PeriodLabel | None:
    """The period of a kept label; None for none, or one of another year."""
    label = None if period is None else read_label(period, year)
    return label if isinstance(label, PeriodLabel) else None


def current_period(report: ReportFrequency, year: int, today: date) -> ReportPeriod | None:
    """The newest period that can be reported on; None where nothing is asked, or not yet."""
    opened = [each for each in report_periods(report, year) if each.opens <= today]
    return opened[-1] if opened else None


def read_report(typed: TypedReport, year: int, today: date) -> ReadReport | dict[str, Text]:
    """The report that was typed, or what is wrong with it by field: status, share, done_on, words."""
    wrong: dict[str, Text] = {}
    status = next((each for each in Status if each.value == typed.status), None)
    if status is None:
        wrong["status"] = NO_STATUS
    share = read_share(typed.share, status)
    if isinstance(share, ParseError):
        wrong["share"] = share.what
    done_on = read_date(typed.done_on) if typed.done_on.strip() else None
    if isinstance(done_on, ParseError):
        wrong["done_on"] = done_on.what
    elif done_on is not None and done_on < date(year, 1, 1):
        wrong["done_on"] = OTHER_YEAR.format(year=year)
    words = typed.words.strip()
    if (what := wrong_words(words)) is not None:
        wrong["words"] = what
    if status is None or isinstance(share, ParseError) or isinstance(done_on, ParseError) or wrong:
        return wrong
    progress = ReportedProgress(status, share, done_on)
    return misfits(progress, today) or ReadReport(progress, words)


def read_share(text: str, status: Status | None) -> Fraction | ParseError:
    """The progress; where nothing is typed what the status says by itself."""
    value = read_entry(SHARE, text)
    if isinstance(value, ParseError):
        return value
    if isinstance(value, Fraction):
        return value
    by_itself = {Status.DONE: WHOLE, Status.NONE: Fraction(0)}
    return by_itself[status] if status in by_itself else ParseError(NO_SHARE)


def misfits(progress: ReportedProgress, today: date) -> dict[str, Text]:
    """What does not agree within a report, by field."""
    wrong: dict[str, Text] = {}
    try:
        check_progress(progress, today)
    except Refused as refusal:
        wrong.update(refusal.fields)
    if progress.is_done and progress.share != WHOLE:
        wrong.setdefault("share", NOT_WHOLE)
    if progress.status is Status.NONE and progress.share:
        wrong.setdefault("share", NOT_BEGUN)
    return wrong


def wrong_words(words: str) -> Text | None:
    """What is wrong with the words of a report."""
    if len(words) > MAX_WORDS_LENGTH:
        return TOO_LONG.format(most=MAX_WORDS_LENGTH, n=len(words))
    if any(not (letter.isprintable() or letter in "\r\n\t\u3000\u00a0") for letter in words):
        return UNSEEN
    return None
