"""Exemptions (不涉及): items that do not apply to a unit, asked for with a reason and approved by the office."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from assess.core.actors import Actor
from assess.core.exemptions import PartFinder
from assess.core.figures.periods import PeriodLabel, periods_of
from assess.core.reasons import checked_reason
from assess.core.rules.figure import PERIOD_AXES
from assess.core.rules.nodes import Item
from assess.core.rules.sheet import RuleSheet, all_items
from assess.core.text import Text
from assess.core.workflow import Act, Request, check_allowed
from assess.services.cycles import lock_year, refused
from assess.services.requests.approvals import EXEMPTIONS, check_asker, keep_request
from assess.services.years import year_of
from assess.store.models import Exemption
from assess.store.queries import requests
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session

NO_ITEM: Final = Text("请从列表中选择考核项。", "Select an item from the list.")
NO_PART: Final = Text(
    "该单位的这一考核项没有这一期或这一对象，请更改或留空。",
    "The item has no such period or object for this unit. Change it or leave it empty.",
)
ALREADY: Final = Text(
    "该单位这一考核项的不涉及申请{state}，不必重复申请。",
    "An exemption of the unit from this item was already requested. State: {state}.",
)


def items_by_id(sheet: RuleSheet) -> Mapping[str, Item]:
    """The items that a unit may be exempt from, in the order of the sheet."""
    return {item.id: item for item in all_items(sheet)}


def periods_of_parts(sheet: RuleSheet) -> tuple[PeriodLabel, ...]:
    """The periods by which items are scored."""
    axes = dict.fromkeys(axis for item in all_items(sheet) for axis in item.by or () if axis in PERIOD_AXES)
    return tuple(label for axis in axes for label in periods_of(PERIOD_AXES[axis], sheet.year))


def ask_exemption(
    session: Session, actor: Actor, *, cycle: CycleRow, unit: str, item: str, reason: str, now: datetime, part: str = ""
) -> Exemption:
    """Ask that an item, or a part of one that is scored by parts, shall not apply to a unit.

    An official asks for the own unit, the office for any. `part` is a period, an object's code or both, as in the file
    of exemptions.

    Raises:
        NotFound: an official named another unit.
        Refused: the stage does not allow it, there is no such unit, item or part, it was asked for, or no reason is
            given.
        Stale: somebody asks for the same at this moment.
    """
    lock_year(session, cycle)
    year = year_of(session, cycle)
    check_asker(actor, year, unit)
    check_allowed(cycle.stage, Act.EXEMPT)
    if item not in items_by_id(year.sheet):
        raise refused("subject", NO_ITEM)
    if part and PartFinder(year.sheet, year.objects).find(item, year.place_of(unit), part) is None:
        raise refused("part", NO_PART)
    held = requests.exempt_parts(session, cycle=cycle.id, unit=unit, item=item)
    state = held.get("") or held.get(part)
    if state is not None:
        raise refused("subject", ALREADY.format(state=state.label))
    row = Exemption(
        cycle_id=cycle.id, unit=unit, item=item, part=part, reason=checked_reason(reason), state=Request.ASKED,
        asked_by=actor.account, asked_at=now,
    )  # fmt: skip
    keep_request(session, actor, EXEMPTIONS, row, cycle=cycle, now=now)
    return row
