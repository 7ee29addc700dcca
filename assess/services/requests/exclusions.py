"""Excluded data: values of a unit that force majeure spoiled, asked for with a reason and approved by the office."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from assess.core.actors import NOT_YOUR_DEPARTMENT, Actor, Right
from assess.core.errors import NotAllowed
from assess.core.figures.part_labels import PartLabel, read_part
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
NO_OBJECT: Final = Text(
    "该单位的这一数据项没有这个对象，请更改或留空。",
    "The figure has no such object in this unit. Change it or leave it empty.",
)
WITH_ANOTHER: Final = Text(
    "该对象的数据由{unit}填报，请由该单位申请。",
    "The figures of this object stand with {unit}. That unit has to ask.",
)
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
    part = checked_part(period, stated, year, unit)
    held = requests.excluded_periods(session, cycle=cycle.id, unit=unit, figure=figure)
    whole = year_label(cycle.year)
    for each in (part, part._replace(period=whole), PartLabel("", whole)):
        if str(each) in held:
            called = each.called(year.objects) or whole.label
            raise refused("period", ALREADY.format(period=called, state=held[str(each)].label))
    row = Exclusion(
        cycle_id=cycle.id, unit=unit, figure=figure, period=str(part), reason=checked_reason(reason),
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


def checked_part(text: str, figure: Figure, year: Year, unit: str) -> PartLabel:
    """The period that is meant, and the object where one is named.

    Raises:
        Refused: it is none of the figure's, or the value stands with another unit that shares the object.
    """
    part = read_part(text.strip(), year.cycle.year)
    wrong = part if isinstance(part, ParseError) else misfit_of(part.period, figure.period)
    if isinstance(wrong, ParseError):
        raise refused("period", wrong.what)
    assert isinstance(part, PartLabel)
    own = () if figure.of is None else year.objects.codes_of_unit(figure.of, year.units.places[unit])
    is_named = part.object or not part.period.is_year
    if (part.object or figure.of is not None) and is_named and part.object not in own:
        raise refused("object", NO_OBJECT)
    if (standing := year.standing_unit(unit, str(part))) != unit:
        raise refused("object", WITH_ANOTHER.format(unit=year.name_of(standing)))
    return part


def periods_to_choose(sheet: RuleSheet, year: int) -> tuple[PeriodLabel, ...]:
    """The periods of all figures of which a value may be excluded, the whole year first."""
    taken = dict.fromkeys(figure.period for figure in excludable(sheet).values())
    parts = [label for period in taken for label in periods_of(period, year) if not label.is_year]
    return (year_label(year), *parts)
