"""Points by the status of a unit's obligations in the annual task list (M12, M14)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from assess.core.exact import Column, total
from assess.core.flaws import Flaw, Path
from assess.core.kinds import Choice, ChoiceWords, MapOf, NumberType, RecordOf
from assess.core.methods.cutting import TruncatedAmounts
from assess.core.methods.scored import (
    Explained,
    ExplanationClause,
    Fact,
    MeasuredFact,
    MethodInputs,
    MethodResult,
    NumberFact,
    OutcomeSentence,
    PointsFact,
    RatioFact,
)
from assess.core.methods.traits import (
    COUNTED_BITS,
    NO_TARGETS,
    CheckedItem,
    DivisorBits,
    FiguresTaken,
    ObligationSelection,
    ScoringMethod,
)
from assess.core.schema import BROKEN, hint, key, path_field
from assess.core.text import Text

STATUSES = ("done", "trial", "started", "planned", "none")
DAYS_LATE = "days_late"


class LatePer(ChoiceWords):
    """What lateness is counted in."""

    DAY = "day", "每天", "天"


@dataclass(frozen=True, slots=True, kw_only=True)
class DelayCost:
    """What each day of delay costs."""

    per: LatePer = key(Choice(LatePer))
    points: Fraction = key(NumberType(least=Fraction(0)), words=Text("扣分", "points lost"))
    at_most: Fraction | None = key(NumberType(least=Fraction(0)), None, words=Text("最多扣", "at most"))
    path: Path = path_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tasks(ScoringMethod):
    """The mean coefficient of the unit's obligations, less what delay costs."""

    name = "tasks"
    chinese_name = "任务进度"
    figures_taken = FiguresTaken.NUMBERS
    targets = NO_TARGETS
    amounts = frozenset()

    obligations: ObligationSelection = key(RecordOf(ObligationSelection))
    coefficients: Mapping[str, Fraction] = key(MapOf(NumberType(least=Fraction(0))))
    late: DelayCost | None = key(RecordOf(DelayCost), None)

    def score(self, inputs: MethodInputs) -> MethodResult:
        """Full mark × the mean coefficient of the unit's obligations, less what delay costs (项目进度系数).

        Source: rules/README.md M12, M14.
        """
        counts = {status: inputs.obligations(status).filled(0) for status in STATUSES}
        share = total([count * self.coefficients[status] for status, count in counts.items()]) / total(
            [*counts.values()]
        )
        points = share * inputs.full_mark
        if self.late is not None:
            points = points - lateness(self.late, inputs)
        return MethodResult(points, partial(tasks_explained, self, inputs, counts, share))

    def check(self, of: CheckedItem) -> Iterator[Flaw]:
        """Every status has its coefficient."""
        if self.coefficients is BROKEN:
            return
        for status in STATUSES:
            if status not in self.coefficients:
                yield Flaw((*of.path, "coefficients"), STATUS_LEFT_OUT, {"status": status})
        for status in self.coefficients:
            if status not in STATUSES:
                facts = {"key": status, "status": status, "hint": hint(status, STATUSES)}
                yield Flaw((*of.path, "coefficients", status), NOT_A_STATUS, facts)

    @property
    def obligations_counted(self) -> ObligationSelection | None:
        """Those it names."""
        return self.obligations

    def divisor_bits(self, bits: DivisorBits) -> int:
        """Divided by how many obligations there are."""
        return COUNTED_BITS


STATUS_LEFT_OUT = Text("coefficients中没有“{status}”，请补上。", "`coefficients` lacks “{status}”. Add it.")
NOT_A_STATUS = Text("“{status}”不是任务状态。{hint}", "“{status}” is not a status of tasks. {hint}")
COUNTED = {
    "done": Text("完成{n}项，系数{coefficient}", "{n} done, coefficient {coefficient}"),
    "trial": Text("试运行{n}项，系数{coefficient}", "{n} on trial, coefficient {coefficient}"),
    "started": Text("实施中{n}项，系数{coefficient}", "{n} started, coefficient {coefficient}"),
    "planned": Text("前期准备{n}项，系数{coefficient}", "{n} planned, coefficient {coefficient}"),
    "none": Text("未启动{n}项，系数{coefficient}", "{n} not started, coefficient {coefficient}"),
}
ALL_DONE = Text("{n}任务全部完成，计{full}", "{n}, all done, {full}")
PROGRESS = Text("{n}任务平均，计{full}的{share}", "{n}, on average {share} of {full}")
OBLIGATIONS = Text("项", "tasks")
IN_TIME = Text("没有逾期", "none late")
DELAYED = Text("逾期{days}，每天扣{price}，扣{points}", "{days} late at {price} a day, {points} off")
MAX_DELAYED = Text(
    "逾期{days}，每天扣{price}，最多扣{most}，扣{points}",
    "{days} late at {price} a day, at most {most}, {points} off",
)
DAYS = Text("天", "days")
NO_OBLIGATIONS = Text("任务清单中没有该单位的任务", "the unit has no tasks in the task list")


def tasks_explained(method: Tasks, inputs: MethodInputs, counts: Mapping[str, Column], share: Column) -> Explained:
    """How many obligations are how far, what that makes on average, and what delay cost."""
    n = total([*counts.values()])
    all_done = (counts["done"] == n) & (share == 1)
    told = [
        ExplanationClause(
            (OutcomeSentence((count != 0) & ~all_done, COUNTED[status]),),
            {"n": NumberFact(count), "coefficient": NumberFact(method.coefficients[status])},
        )
        for status, count in counts.items()
    ]
    facts: dict[str, Fact] = {
        "n": MeasuredFact(n, OBLIGATIONS),
        "share": RatioFact(share),
        "full": PointsFact(inputs.full_mark),
    }
    told.append(ExplanationClause((OutcomeSentence(all_done, ALL_DONE), OutcomeSentence(None, PROGRESS)), facts))
    if method.late is not None:
        told.append(late_told(method.late, inputs))
    way = partial(tasks_as_shown, method, inputs, share)
    return Explained(tuple(told), (OutcomeSentence(share.missing, NO_OBLIGATIONS),), (way,))


def tasks_as_shown(method: Tasks, inputs: MethodInputs, share: Column, shown: TruncatedAmounts) -> Column:
    """The points by the share and the cost of delay as the sentence shows them."""
    points = shown.share(share) * inputs.full_mark
    return points if method.late is None else points - shown.number(lateness(method.late, inputs))


def lateness(late: DelayCost, inputs: MethodInputs) -> Column:
    """What the days of delay cost."""
    cost = inputs.obligations(DAYS_LATE).filled(0) * late.points
    return cost if late.at_most is None else cost.at_most(late.at_most)


def late_told(late: DelayCost, inputs: MethodInputs) -> ExplanationClause:
    """The days of delay, and what they cost."""
    days = inputs.obligations(DAYS_LATE).filled(0)
    facts: dict[str, Fact] = {
        "days": MeasuredFact(days, DAYS),
        "price": PointsFact(late.points),
        "points": PointsFact(lateness(late, inputs)),
    }
    cases = [OutcomeSentence(days == 0, IN_TIME)]
    if late.at_most is not None:
        facts["most"] = PointsFact(late.at_most)
        cases.append(OutcomeSentence(days * late.points > late.at_most, MAX_DELAYED))
    return ExplanationClause((*cases, OutcomeSentence(None, DELAYED)), facts)
