"""Rounds of river, forest and field chiefs: entered, withdrawn, listed, added up."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from assess.core.actors import Actor, Right
from assess.core.calendar import BEIJING
from assess.core.errors import NotFound, Refused
from assess.core.findings.patrols import PatrolKind, ReadPatrol, Rounds, TypedPatrol, read_patrol
from assess.core.reasons import checked_reason
from assess.core.text import Text
from assess.core.workflow import Act, check_allowed
from assess.services import audit
from assess.services.cycles import lock_unit, refused
from assess.services.findings.seeing import is_own, units_seen
from assess.services.years import Year, year_of
from assess.store.models import Patrol
from assess.store.queries import patrols as queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.patrols import PatrolRow, RoundsRow
from assess.store.session import Session, check_seen, flush

NOT_SAVED: Final = Text("填写有误，尚未保存，请按下列提示改正。", "Nothing was saved. Correct the errors below.")
NO_PATROL: Final = Text(
    "没有这次巡查，或您无权查看。", "There is no such patrol, or you do not have permission to see it."
)
MEANWHILE: Final = Text(
    "{chief}在{day}{starts}至{ends}已登记一次巡查。",
    "{chief} is already recorded for another patrol on {day} from {starts} to {ends}.",
)
WITHDRAWN: Final = Text("这次巡查已撤销。", "This patrol was already undone.")
HAS_FINDINGS: Final = Text(
    "有{n}个问题登记在这次巡查下，不能撤销。", "Findings are recorded for this patrol ({n}), so it cannot be undone."
)
NO_REASON: Final = Text("请填写撤销理由。", "Enter the reason for undoing the patrol.")


@dataclass(frozen=True)
class Patrols:
    """Rounds that a person may see.

    Attributes:
        rows: a part of the list, newest first; those that were withdrawn stay in it and count nowhere.
        number: how many the list holds.
        by_chief: rounds that count, added up by unit, chief and what was patrolled.
        may_record: the units for which the person may enter rounds now.
    """

    year: Year
    rows: tuple[PatrolRow, ...]
    number: int
    by_chief: tuple[RoundsRow, ...]
    may_record: Collection[str]

    @cached_property
    def by_unit(self) -> Mapping[str, Rounds]:
        """The rounds of each unit that made any, in the order of the units."""
        found: dict[str, Rounds] = {}
        for row in self.by_chief:
            found[row.unit] = found.get(row.unit, Rounds()).plus(row.rounds)
        return {unit: found[unit] for unit in self.year.units.codes if unit in found}

    @cached_property
    def all(self) -> Rounds:
        """All rounds together."""
        whole = Rounds()
        for row in self.by_chief:
            whole = whole.plus(row.rounds)
        return whole

    def kind_called(self, row: PatrolRow | RoundsRow) -> Text:
        """What was patrolled, in words."""
        return PatrolKind(row.kind).label


def record_patrol(session: Session, actor: Actor, *, cycle: CycleRow, typed: TypedPatrol, now: datetime) -> int:
    """Enter a round; gives the number of its row.

    Args:
        session: the transaction.
        actor: an official of the unit, an evaluator or the office.
        cycle: the year.
        typed: what was typed.
        now: the moment.

    Raises:
        NotAllowed: the person neither inspects nor reports for a unit.
        NotFound: an official named another unit.
        Refused: the stage does not allow it, something typed is wrong, or the same chief was on another round then; by
            field.
    """
    actor.check_may(Right.TAKE_PART)
    year = year_of(session, cycle)
    read = read_patrol(typed, units=year.units.places, year=cycle.year, now=now)
    if not isinstance(read, ReadPatrol):
        raise Refused(NOT_SAVED, read)
    check_records(actor, read.unit)
    lock_unit(session, cycle, read.unit)
    check_allowed(cycle.stage, Act.INSPECT)
    check_elsewhere(session, cycle, read)
    row = Patrol(
        cycle_id=cycle.id, unit=read.unit, kind=read.kind.value, chief=read.chief, route=read.route,
        started_at=read.started_at, ended_at=read.ended_at, metres=read.metres, minutes=read.minutes,
        recorded_by=actor.account, recorded_at=now,
    )  # fmt: skip
    session.add(row)
    flush(session)
    audit.record(session, actor, subject=subject_of(cycle, row), action="recorded", new=audit_facts(row), now=now)
    return row.id


def check_records(actor: Actor, unit: str) -> None:
    """Let inspectors pass, and officials of the unit.

    Raises:
        NotFound: another unit.
    """
    if not actor.may(Right.INSPECT):
        actor.check_unit(unit)


def check_elsewhere(session: Session, cycle: CycleRow, read: ReadPatrol) -> None:
    """Let a round pass while whose time its chief was on no other.

    Raises:
        Refused: the chief was; says when.
    """
    others = queries.patrols_between(
        session, cycle=cycle.id, unit=read.unit, started=read.started_at, ended=read.ended_at
    )
    for other in others:
        if other.chief == read.chief:
            began, ended = (each.astimezone(BEIJING) for each in (other.started_at, other.ended_at))
            times = {"day": began.date(), "starts": f"{began:%H:%M}", "ends": f"{ended:%H:%M}"}
            raise refused("starts", MEANWHILE.format(chief=Text.same(read.chief), **times))


def withdraw_patrol(
    session: Session, actor: Actor, *, cycle: CycleRow, row: int, reason: str, seen: int, now: datetime
) -> None:
    """Withdraw a round that was entered wrongly; it stays in the list and counts nowhere.

    Raises:
        NotFound: there is no such round, or the actor may not enter rounds of its unit.
        Refused: the stage does not allow it, it was withdrawn, findings were made on it, or no reason is given.
        Stale: somebody else changed it since it was seen.
    """
    found = queries.patrol_at(session, cycle=cycle.id, row=row)
    if found is None or not may_record(actor, found.unit):
        raise NotFound(NO_PATROL)
    lock_unit(session, cycle, found.unit)
    check_allowed(cycle.stage, Act.INSPECT)
    patrol = queries.patrol_for_update(session, cycle=cycle.id, row=row)
    if patrol is None or patrol.withdrawn_at is not None:
        raise Refused(WITHDRAWN)
    check_seen(patrol, seen)
    linked = queries.linked_findings(session, patrol=row)
    if linked:
        raise Refused(HAS_FINDINGS.format(n=linked))
    patrol.withdrawn_why = checked_reason(reason, missing=NO_REASON)
    patrol.withdrawn_at, patrol.withdrawn_by = now, actor.account
    flush(session)
    subject, new = subject_of(cycle, patrol), {"reason": patrol.withdrawn_why}
    audit.record(session, actor, subject=subject, action="withdrawn", old=audit_facts(patrol), new=new, now=now)


def may_record(actor: Actor, unit: str) -> bool:
    """Whether a person may enter rounds of a unit."""
    return actor.may(Right.INSPECT) or is_own(actor, unit)


def patrols_of(
    session: Session, actor: Actor, *, cycle: CycleRow, part: slice, unit: str = "", chief: str = ""
) -> Patrols:
    """The rounds that a person may see, narrowed to a unit and to a chief (5 queries).

    Raises:
        NotAllowed: the person sees none.
        NotFound: there is no such unit, or the person may not see it.
        Refused: no rule sheet is published.
    """
    units = units_seen(actor)
    year = year_of(session, cycle)
    if unit:
        year.place_of(unit)
        if units is not None:
            actor.check_unit(unit)
        units = [unit]
    rows = queries.patrol_list(session, cycle=cycle.id, units=units, chief=chief, part=part)
    number = queries.number_of_patrols(session, cycle=cycle.id, units=units, chief=chief)
    by_chief = queries.rounds_by_chief(session, cycle=cycle.id, units=units)
    recordable = [code for code in year.units.codes if may_record(actor, code)]
    return Patrols(year, tuple(rows), number, tuple(by_chief), recordable)


def patrol_seen(session: Session, actor: Actor, *, cycle: CycleRow, row: int) -> PatrolRow:
    """One round (1 query).

    Raises:
        NotAllowed: the person sees none.
        NotFound: there is none of this number, or the person may not see its unit.
    """
    units = units_seen(actor)
    found = queries.patrol_at(session, cycle=cycle.id, row=row)
    if found is None or (units is not None and found.unit not in units):
        raise NotFound(NO_PATROL)
    return found


def subject_of(cycle: CycleRow, row: Patrol) -> str:
    """What the audit log calls a round."""
    return f"patrol:{cycle.year}/{row.unit}/{row.id}"


def audit_facts(row: Patrol) -> dict[str, Any]:
    """A round as the log tells it."""
    names = ("kind", "chief", "route", "metres", "minutes")
    return {**{name: getattr(row, name) for name in names}, "started_at": row.started_at.isoformat()}
