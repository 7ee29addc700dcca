"""Who may not decide: whoever had a hand in what is decided on, or reports for the unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from assess.core.actors import Actor, Right
from assess.core.appeals.cells import PARTS
from assess.core.appeals.filing import EXEMPT
from assess.core.appeals.rulings import Exempting, changes_in, figures_changed
from assess.core.appeals.states import AppealStep, check_taker
from assess.core.errors import NotAllowed
from assess.core.rules.figure import BY_UNIT
from assess.core.rules.needed_figures import figures_by_record
from assess.core.text import Text
from assess.services.years import Year
from assess.store.queries import appeals as queries
from assess.store.queries.appeals import AppealRow
from assess.store.queries.certifying import authors_of
from assess.store.session import Session

NOTHING: Final[Mapping[str, Any]] = {"figures": (), "exempt": Exempting.NONE.value}
"""A decision that puts nothing right."""


@dataclass(frozen=True)
class DecisionSubject:
    """What is decided on: a line of a unit, the figures of it that matter, and whether it applies at all."""

    unit: str
    item: str
    figures: frozenset[str]
    exempting: bool


def about(year: Year, kept: Mapping[str, Any], *, unit: str, item: str, cell: str = "") -> DecisionSubject:
    """What a decision is about: the figures that it puts right and that the unit names; all of the line where none.

    Args:
        year: the year.
        kept: what is put right, as it is kept.
        unit: the code of the unit.
        item: the item.
        cell: what the unit says is wrong.
    """
    changes, exempt = changes_in(kept)
    named = figures_changed(changes) | ({cell.partition(PARTS)[0]} if PARTS in cell else frozenset())
    whole = frozenset(each.figure for each in figures_by_record(year.sheet).get(item, ()) if not each.last_year)
    return DecisionSubject(unit, item, named or whole, exempt is not Exempting.NONE or cell == EXEMPT)


def check_ruler(
    session: Session, actor: Actor, year: Year, what: DecisionSubject, *, step: AppealStep, lodger: int
) -> None:
    """Let a person rule who had no hand in what an appeal is about.

    Raises:
        NotAllowed: the person is not of the office, reports for the unit, lodged the appeal, or had a hand in it.
    """
    actor.check_may(Right.ADMINISTER)
    parties = {lodger, *parties_of(session, year, what)}
    check_taker(actor, step, unit=what.unit, name=year.name_of(what.unit), parties=parties)


def why_never_ruler(session: Session, actor: Actor, year: Year, appeal: AppealRow) -> Text | None:
    """Why a person can rule on an appeal in no way; None where one way is open to them (1 to 3 queries a figure)."""
    widest, why = about(year, NOTHING, unit=appeal.unit, item=appeal.item, cell=appeal.cell), None
    named = PARTS in appeal.cell or not widest.figures
    narrowest = [widest] if named else [replace(widest, figures=frozenset({each})) for each in sorted(widest.figures)]
    for what in narrowest:
        try:
            check_ruler(session, actor, year, what, step=AppealStep.REJECT, lodger=appeal.lodger)
        except NotAllowed as error:
            why = error.what
        else:
            return None
    return why


def check_confirmer(session: Session, actor: Actor, year: Year, what: DecisionSubject, *, proposer: int) -> None:
    """Let a person confirm a correction who neither proposed it nor had a hand in the figures.

    Raises:
        NotAllowed: the person did, or reports for the unit.
    """
    actor.check_other_unit(what.unit, year.name_of(what.unit))
    actor.check_other_person(proposer, *parties_of(session, year, what))


def parties_of(session: Session, year: Year, what: DecisionSubject) -> frozenset[int]:
    """The accounts of all who reported, entered, certified, judged or granted what is decided on (1 to 3 queries)."""
    found = set(queries.hands_in_figures(session, cycle=year.cycle.id, unit=what.unit, figures=what.figures))
    if any(name in year.sheet.figures and year.sheet.figures[name].from_ == BY_UNIT for name in what.figures):
        found |= authors_of(session, cycle=year.cycle.id, units=[what.unit]).get(what.unit, frozenset())
    if what.exempting:
        found |= queries.hands_in_exemption(session, cycle=year.cycle.id, unit=what.unit, item=what.item)
    return frozenset(found)
