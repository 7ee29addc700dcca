"""Excluded data: values of a unit that force majeure spoiled, asked for with a reason and approved by the office."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from assess.core.actors import NOT_YOUR_DEPARTMENT, Actor, Right
from assess.core.errors import NotAllowed
from assess.core.figures.period_words import read_label
from assess.core.figures.periods import PeriodLabel, misfit_of, periods_of, year_label
from assess.core.parsing import ParseError
from assess.core.reasons import checked_reason
from assess.core.rules.figure import Figure
from assess.core.rules.sheet import RuleSheet
from assess.core.text import Text
from assess.core.workflow import Act, Request, check_allowed
from assess.services.cycles import lock_year, refused
from assess.services.requests.approvals import EXCLUSIONS, NO_UNIT, check_asker, keep_request
from assess.services.years import Year, year_of
from assess.store.models import Exclusion
from assess.store.queries import requests
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session

NO_FIGURE: Final = Text("请从列表中选择数据项。", "Select a figure from the list.")
ALREADY: Final = Text(
    "该数据{period}的剔除申请{state}，不必重复申请。",
    "Excluding this figure was already requested ({period}). State: {state}.",
)


def excludable(sheet: RuleSheet) -> Mapping[str, Figure]:
    """The figures of which a value may be excluded: those that somebody enters, in the order of the sheet."""
    return {name: figure for name, figure in sheet.figures.items() if figure.is_entered}


def figures_to_ask_for(actor: Actor, sheet: RuleSheet) -> Mapping[str, Figure]:
    """The figures for which a person may ask: evaluators who are nothing else, only for those of their departments."""
    if actor.may(Right.REQUEST_EXEMPTIONS):
        return excludable(sheet)
    return {name: each for name, each in excludable(sheet).items() if is_theirs(actor, each)}


def is_theirs(actor: Actor, figure: Figure) -> bool:
    """Whether an evaluator's department supplies or certifies a figure."""
    return actor.may(Right.CERTIFY) and not actor.departments.isdisjoint({figure.department, figure.certified_by})


def ask_exclusion(
    session: Session, actor: Actor, *, cycle: CycleRow, unit: str, figure: str, period: str, reason: str, now: datetime
) -> Exclusion:
    """Ask that a value of a unit shall not count; "" is the whole year, which takes all its periods.

    Raises:
        NotAllowed: an evaluator named a figure of another department.
        NotFound: an official named another unit.
        Refused: the stage does not allow it, there is no such unit, figure or period, it was asked for, or no reason
            is given.
        Stale: somebody asks for the same at this moment.
    """
    lock_year(session, cycle)
    year = year_of(session, cycle)
    check_allowed(cycle.stage, Act.EXEMPT)
    stated = excludable(year.sheet).get(figure)
    check_may_exclude(actor, year, unit, stated)
    if stated is None:
        raise refused("subject", NO_FIGURE)
    label = checked_period(period, stated, cycle.year)
    held = requests.excluded_periods(session, cycle=cycle.id, unit=unit, figure=figure)
    for each in (label, year_label(cycle.year)):
        if str(each) in held:
            what = ALREADY.format(period=each.label, state=held[str(each)].label)
            raise refused("period", what)
    row = Exclusion(
        cycle_id=cycle.id, unit=unit, figure=figure, period=str(label), reason=checked_reason(reason),
        state=Request.ASKED, asked_by=actor.account, asked_at=now,
    )  # fmt: skip
    keep_request(session, actor, EXCLUSIONS, row, cycle=cycle, now=now)
    return row


def check_may_exclude(actor: Actor, year: Year, unit: str, figure: Figure | None) -> None:
    """Let the office, the unit's officials, and the evaluators of the figure's departments ask.

    Raises:
        NotAllowed, NotFound, Refused: as `ask_exclusion` says.
    """
    if figure is not None and is_theirs(actor, figure):
        if unit not in year.units.places:
            raise refused("unit", NO_UNIT)
    elif actor.may(Right.REQUEST_EXEMPTIONS):
        check_asker(actor, year, unit)
    elif figure is not None:
        raise NotAllowed(NOT_YOUR_DEPARTMENT)


def checked_period(text: str, figure: Figure, year: int) -> PeriodLabel:
    """The period that is meant.

    Raises:
        Refused: it is none of the figure's.
    """
    label = read_label(text, year) if text.strip() else year_label(year)
    wrong = label if isinstance(label, ParseError) else misfit_of(label, figure.period)
    if isinstance(wrong, ParseError):
        raise refused("period", wrong.what)
    assert isinstance(label, PeriodLabel)
    return label


def periods_to_choose(sheet: RuleSheet, year: int) -> tuple[PeriodLabel, ...]:
    """The periods of all figures of which a value may be excluded, the whole year first."""
    taken = dict.fromkeys(figure.period for figure in excludable(sheet).values())
    parts = [label for period in taken for label in periods_of(period, year) if not label.is_year]
    return (year_label(year), *parts)
