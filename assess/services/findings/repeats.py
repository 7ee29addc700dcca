"""Repeats: earlier findings that one may repeat, and the link between the two."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from assess.core.actors import Actor, Right
from assess.core.errors import Refused
from assess.core.findings.repeats import Alike, FindingSpot, metres_apart, why_alike
from assess.core.findings.states import FindingState
from assess.core.reasons import checked_reason
from assess.core.text import Text
from assess.core.workflow import Act, check_allowed
from assess.services import audit
from assess.services.cycles import lock_year, refused
from assess.services.findings.seeing import finding_held
from assess.services.findings.standing import subject_of
from assess.services.years import year_of
from assess.store.models import Finding
from assess.store.numbering import count_change
from assess.store.queries import findings as queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.findings import FindingRow
from assess.store.session import Session, check_seen, flush

MAX_PROPOSED: Final = 10
NO_EARLIER: Final = Text("没有这个问题，请重新选择。", "There is no such finding. Select again.")
NOT_ALIKE: Final = Text(
    "第{number}号问题与本问题的单位或类型不同，不能认定为重复。",
    "Finding {number} has another unit or type, so this is not a repeat of it.",
)
NOT_EARLIER: Final = Text("第{number}号问题不早于本问题。", "Finding {number} is not earlier than this one.")
IS_VOID: Final = Text("第{number}号问题已作废。", "Finding {number} is void.")
SELF_VOID: Final = Text("该问题已作废，不认定为重复。", "The finding is void and cannot be marked as a repeat.")
LINKED: Final = Text("该问题已认定为重复。", "The finding is already marked as a repeat.")
NOT_LINKED: Final = Text("该问题未认定为重复。", "The finding is not marked as a repeat.")


class Candidate(NamedTuple):
    """An earlier finding that one may repeat, and why; `metres` between the two where both points are known."""

    row: FindingRow
    why: Alike
    metres: int | None


def repeats_proposed(session: Session, cycle: CycleRow, of: FindingRow) -> tuple[Candidate, ...]:
    """The earlier findings that one may repeat, the likeliest first, at most ten (1 query)."""
    spot, found = spot_of(of), []
    for row in queries.earlier_alike(session, cycle=cycle.id, of=of):
        why = why_alike(spot, spot_of(row))
        if why is not None:
            found.append(Candidate(row, why, metres_apart(spot, spot_of(row))))
    found.sort(key=lambda each: (list(Alike).index(each.why), -each.row.number))
    return tuple(found[:MAX_PROPOSED])


def spot_of(row: FindingRow) -> FindingSpot:
    """Where and when a finding was."""
    return FindingSpot(row.place, row.point, row.found_on)


def link_repeat(
    session: Session, actor: Actor, *, cycle: CycleRow, number: int, earlier: int, seen: int, now: datetime
) -> None:
    """Say that a finding repeats an earlier one of the same unit and kind.

    Raises:
        NotAllowed: the actor is no inspector, or reports for the unit.
        NotFound: there is no such finding.
        Refused: the stage does not allow it, it is linked already, or the other is no earlier one of the same.
        Stale: somebody else changed it since it was seen.
    """
    row = held(session, actor, cycle=cycle, number=number, seen=seen)
    if row.repeat_of is not None:
        raise Refused(LINKED)
    if row.state == FindingState.VOID:
        raise Refused(SELF_VOID)
    other = queries.finding_at(session, cycle=cycle.id, number=earlier)
    if other is None:
        raise refused("earlier", NO_EARLIER)
    check_repeats(row, other)
    row.repeat_of, row.linked_at = other.id, now
    flush(session)
    told = {"repeat_of": other.number}
    audit.record(session, actor, subject=subject_of(cycle, row), action="linked", new=told, now=now)
    count_change(session, cycle=cycle.id)


def check_repeats(row: Finding, other: FindingRow) -> None:
    """Let an earlier finding pass that another may repeat.

    Raises:
        Refused: it is of another unit or kind, not earlier, or void.
    """
    if (other.unit, other.kind) != (row.unit, row.kind):
        raise refused("earlier", NOT_ALIKE.format(number=other.number))
    if other.number >= row.number or other.found_on > row.found_on:
        raise refused("earlier", NOT_EARLIER.format(number=other.number))
    if other.state is FindingState.VOID:
        raise refused("earlier", IS_VOID.format(number=other.number))


def unlink_repeat(
    session: Session, actor: Actor, *, cycle: CycleRow, number: int, reason: str, seen: int, now: datetime
) -> None:
    """Say that a finding repeats none after all, and why.

    Raises:
        NotAllowed: the actor is no inspector, or reports for the unit.
        NotFound: there is no such finding.
        Refused: the stage does not allow it, it is not linked, or no reason is given.
        Stale: somebody else changed it since it was seen.
    """
    row = held(session, actor, cycle=cycle, number=number, seen=seen)
    if row.repeat_of is None:
        raise Refused(NOT_LINKED)
    why = checked_reason(reason)
    old = queries.number_of_finding(session, row.repeat_of)
    row.repeat_of = row.linked_at = None
    flush(session)
    subject, new = subject_of(cycle, row), {"reason": why}
    audit.record(session, actor, subject=subject, action="unlinked", old={"repeat_of": old}, new=new, now=now)
    count_change(session, cycle=cycle.id)


def held(session: Session, actor: Actor, *, cycle: CycleRow, number: int, seen: int) -> Finding:
    """A finding whose link may be changed, as it was seen."""
    actor.check_may(Right.INSPECT)
    lock_year(session, cycle)
    row = finding_held(session, actor, cycle=cycle, number=number)
    check_allowed(cycle.stage, Act.INSPECT)
    check_seen(row, seen)
    actor.check_other_unit(row.unit, year_of(session, cycle).name_of(row.unit))
    return row
