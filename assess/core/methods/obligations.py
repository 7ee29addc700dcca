"""Points by the status of a unit's obligations in the annual task list (M12, M14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from assess.core.exact import Column, total
from assess.core.flaws import Path
from assess.core.kinds import Choice, ListOf, MapOf, Number, PlainText, RecordOf
from assess.core.methods.scored import Case, Explained, Inputs, Points, Reckoned, Scored, Share, Told
from assess.core.schema import key, path_field
from assess.core.text import Text

STATUSES = ("done", "trial", "started", "planned", "none")
DAYS_LATE = "days_late"


class LatePer(StrEnum):
    """What lateness is counted in."""

    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which obligations an item counts: by number, by domain, or all."""

    domain: str | None = key(PlainText(), None)
    tasks: tuple[str, ...] | None = key(ListOf(PlainText()), None)
    path: Path = path_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """What each day of delay costs."""

    per: LatePer = key(Choice(LatePer))
    points: Fraction = key(Number(least=Fraction(0)))
    at_most: Fraction | None = key(Number(least=Fraction(0)), None)
    path: Path = path_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tasks:
    """The mean coefficient of the unit's obligations, less what delay costs."""

    obligations: Chosen = key(RecordOf(Chosen))
    coefficients: Mapping[str, Fraction] = key(MapOf(Number(least=Fraction(0))))
    late: Late | None = key(RecordOf(Late), None)
    path: Path = path_field()


PROGRESS = Text("{n} 项任务，平均进度系数 {share}", "obligations: {n}, mean coefficient {share}")
IN_TIME = Text("没有逾期", "none late")
DELAYED = Text("逾期 {days} 天，扣 {points}", "days late: {days}, {points} off")
NO_OBLIGATIONS = Text("任务清单中没有该单位的任务", "the unit has no obligations in the task list")


def tasks(method: Tasks, inputs: Inputs) -> Scored:
    """Full mark × the mean coefficient of the unit's obligations, less what delay costs (项目进度系数).

    Source: domain.md M12, M14.
    """
    counts = {status: inputs.obligations(status).filled(0) for status in STATUSES}
    n = total(list(counts.values()))
    share = total([count * method.coefficients[status] for status, count in counts.items()]) / n
    points = share * inputs.full_mark
    told = [Told((Case(None, PROGRESS),), {"n": Reckoned(n), "share": Share(share)})]
    if method.late is not None:
        cost, delay = lateness(method.late, inputs)
        points = points - cost
        told.append(delay)
    explained = Explained(tuple(told), (Case(points.missing, NO_OBLIGATIONS),))
    return Scored(points, lambda: explained)


def lateness(late: Late, inputs: Inputs) -> tuple[Column, Told]:
    """What the days of delay cost."""
    days = inputs.obligations(DAYS_LATE).filled(0)
    cost = days * late.points
    if late.at_most is not None:
        cost = cost.at_most(late.at_most)
    facts: dict[str, Any] = {"days": Reckoned(days), "points": Points(cost)}
    return cost, Told((Case(days == 0, IN_TIME), Case(None, DELAYED)), facts)
