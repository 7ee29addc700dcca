"""Who may see a finding, and who may do something with it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from assess.core.actors import Actor, Right
from assess.core.errors import NotFound
from assess.core.findings.catalogue import Catalogue, catalogue_of
from assess.core.findings.states import TAKEN_BY, FindingStep
from assess.core.text import Text
from assess.services.years import Year
from assess.store.cache import cached
from assess.store.models import Finding
from assess.store.queries import findings as queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.findings import FindingRow
from assess.store.session import Session

"""Who sees the findings of all units."""
NO_FINDING: Final = Text(
    "没有这个问题，或您无权查看。", "There is no such finding, or you do not have permission to see it."
)


def units_seen(actor: Actor) -> Collection[str] | None:
    """The units whose findings a person sees; None for all.

    Raises:
        NotAllowed: the person sees none.
    """
    if actor.may(Right.SEE_ALL_FINDINGS):
        return None
    actor.check_may(Right.SEE_FINDINGS)
    return actor.units


def check_sees(actor: Actor, unit: str) -> None:
    """Let a person pass who sees the findings of a unit.

    Raises:
        NotFound: whether there is such a finding is not told.
    """
    if not actor.may(Right.SEE_ALL_FINDINGS) and not is_own(actor, unit):
        raise NotFound(NO_FINDING)


def is_own(actor: Actor, unit: str) -> bool:
    """Whether a person reports for a unit."""
    return actor.may(Right.REPORT) and unit in actor.units


def finding_seen(session: Session, actor: Actor, *, cycle: CycleRow, number: int) -> FindingRow:
    """A finding (1 query).

    Raises:
        NotFound: there is none of this number, or the person may not see it.
    """
    row = queries.finding_at(session, cycle=cycle.id, number=number)
    if row is None:
        raise NotFound(NO_FINDING)
    check_sees(actor, row.unit)
    return row


def finding_held(session: Session, actor: Actor, *, cycle: CycleRow, number: int) -> Finding:
    """A finding that nobody else changes before the transaction ends; its year is held before it.

    Raises:
        NotFound: there is none of this number, or the person may not see it.
    """
    row = queries.finding_for_update(session, cycle=cycle.id, number=number)
    if row is None:
        raise NotFound(NO_FINDING)
    check_sees(actor, row.unit)
    return row


def is_on_side(actor: Actor, step: FindingStep, unit: str) -> bool:
    """Whether a step of a unit's finding is for this person: the unit's own, or nobody's of the unit."""
    own = is_own(actor, unit)
    if TAKEN_BY[step] is Right.REPORT:
        return own
    if TAKEN_BY[step] is Right.INSPECT:
        return actor.may(Right.INSPECT) and not own
    return own or actor.may(Right.INSPECT)


def check_side(actor: Actor, step: FindingStep, unit: str, name: Text) -> None:
    """Let a person pass who is on the side of a step.

    Raises:
        NotAllowed: the role does not include it, or whoever reports for the unit would judge its finding.
        NotFound: another unit.
    """
    actor.check_may(TAKEN_BY[step])
    if TAKEN_BY[step] is Right.REPORT:
        actor.check_unit(unit)
    elif TAKEN_BY[step] is Right.INSPECT:
        actor.check_other_unit(unit, name)
    elif not actor.may(Right.INSPECT):
        actor.check_unit(unit)


def catalogue_in(session: Session, year: Year) -> Catalogue:
    """What findings of a year may be; kept in memory while the sheet stays the same."""
    return cached(session, ("findings", year.digest), lambda: catalogue_of(year.sheet))
