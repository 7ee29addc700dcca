"""Figures as a rule sheet describes them: what is measured, by whom, and how periods become the year's value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from assess.core.expressions import Expression
from assess.core.flaws import Path
from assess.core.kinds import (
    Choice,
    Formula,
    ListOf,
    NumberType,
    PlainText,
    RecordOf,
    ReferenceType,
    Title,
    WholeNumberType,
)
from assess.core.methods.scored import Better
from assess.core.methods.traits import ObligationSelection
from assess.core.schema import key, path_field
from assess.core.text import Text


class FigureKind(StrEnum):
    """What a figure's value is."""

    NUMBER = "number"
    COUNT = "count"
    PERCENT = "percent"
    YES_NO = "yes-no"
    CHOICE = "choice"


class PeriodKind(StrEnum):
    """How often a figure is taken."""

    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"


class RollUp(StrEnum):
    """How the periods become the year's value."""

    MEAN = "mean"
    SUM = "sum"
    LAST = "last"
    MAX = "max"
    MIN = "min"


class Measure(StrEnum):
    """What is measured of the task list or of the ledger."""

    PROGRESS = "progress"
    DONE = "done"
    DONE_ON_TIME = "done_on_time"
    OVERDUE = "overdue"
    COUNT = "count"
    OPENED = "opened"
    CLOSED = "closed"
    CLOSED_ON_TIME = "closed_on_time"
    RETURNED = "returned"
    REPEATED = "repeated"
    SHARE_CLOSED = "share_closed"
    SHARE_ON_TIME = "share_on_time"
    MEAN_DAYS = "mean_days"


class Details(StrEnum):
    """Whether each case behind a count needs a row of its own (place, date, document) in the department's file."""

    ALWAYS = "always"
    DEDUCTED = "deducted"
    NONE = "none"


OF_TASK_LIST = frozenset({Measure.PROGRESS, Measure.DONE, Measure.DONE_ON_TIME, Measure.OVERDUE, Measure.COUNT})
OF_LEDGER = frozenset(Measure) - {Measure.PROGRESS, Measure.DONE, Measure.DONE_ON_TIME, Measure.COUNT}

BY_UNIT, BY_TASK_LIST, BY_LEDGER, BY_FORMULA = "unit", "task-list", "ledger", "formula"
SUPPLIERS = (BY_UNIT, BY_TASK_LIST, BY_LEDGER, BY_FORMULA)
"""Who may supply a figure, beside the departments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingSelection:
    """Which findings of the ledger a figure counts."""

    kind: str | None = key(PlainText(), None)
    domain: str | None = key(PlainText(), None)
    source: str | None = key(PlainText(), None)
    path: Path = path_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure (数据项) of a rule sheet."""

    title: Text | None = key(Title(), None)
    note: Text | None = key(Title(), None)
    counting: Text | None = key(Title(), None)
    example: Text | None = key(Title(), None)
    proof: Text | None = key(Title(), None)
    unit: Text | None = key(Title(), None)
    kind: FigureKind = key(Choice(FigureKind))
    choices: tuple[str, ...] | None = key(ListOf(PlainText()), None)
    decimals: int | None = key(WholeNumberType(most=12), None)
    min: Fraction | None = key(NumberType(), None)
    max: Fraction | None = key(NumberType(), None)
    period: PeriodKind = key(Choice(PeriodKind), PeriodKind.YEAR)
    roll_up: RollUp | None = key(Choice(RollUp), None)
    min_periods: int | None = key(WholeNumberType(most=12), None)
    from_: str = key(ReferenceType("department"), name="from")
    certified_by: str | None = key(ReferenceType("department"), None)
    measure: Measure | None = key(Choice(Measure), None)
    findings: FindingSelection | None = key(RecordOf(FindingSelection), None)
    tasks: ObligationSelection | None = key(RecordOf(ObligationSelection), None)
    formula: Expression | None = key(Formula(truth=False), None)
    better: Better | None = key(Choice(Better), None)
    details: Details | None = key(Choice(Details), None, implied=Details.DEDUCTED)
    path: Path = path_field()

    @property
    def is_count(self) -> bool:
        """Whether it counts something."""
        return self.kind is FigureKind.COUNT
