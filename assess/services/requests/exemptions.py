"""Exemptions (不涉及): items that do not apply to a unit, asked for with a reason and approved by the office."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from assess.core.actors import Actor
from assess.core.reasons import checked_reason
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
ALREADY: Final = Text(
    "该单位这一考核项的不涉及申请{state}，不必重复申请。",
    "An exemption of the unit from this item was already requested. State: {state}.",
)


def items_by_id(sheet: RuleSheet) -> Mapping[str, Item]:
    """The items that a unit may be exempt from, in the order of the sheet."""
    return {item.id: item for item in all_items(sheet)}


def ask_exemption(
    session: Session, actor: Actor, *, cycle: CycleRow, unit: str, item: str, reason: str, now: datetime
) -> Exemption:
    """Ask that an item shall not apply to a unit: as its official, or as the office.

    Raises:
        NotFound: an official named another unit.
        Refused: the stage does not allow it, there is no such unit or item, it was asked for, or no reason is given.
        Stale: somebody asks for the same at this moment.
    """
    lock_year(session, cycle)
    year = year_of(session, cycle)
    check_asker(actor, year, unit)
    check_allowed(cycle.stage, Act.EXEMPT)
    if item not in items_by_id(year.sheet):
        raise refused("subject", NO_ITEM)
    state = requests.exemption_state(session, cycle=cycle.id, unit=unit, item=item)
    if state is not None:
        raise refused("subject", ALREADY.format(state=state.label))
    row = Exemption(
        cycle_id=cycle.id, unit=unit, item=item, reason=checked_reason(reason), state=Request.ASKED,
        asked_by=actor.account, asked_at=now,
    )  # fmt: skip
    keep_request(session, actor, EXEMPTIONS, row, cycle=cycle, now=now)
    return row
