"""Recording what an inspection found: numbered, with the first entry of its history, assigned at once where dated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from assess.core.actors import Actor, Right
from assess.core.calendar import day_of
from assess.core.errors import Refused
from assess.core.findings.filing import ReadFinding, TypedFinding, read_finding
from assess.core.findings.history import Event, FindingStanding
from assess.core.findings.photos import PhotoSubject
from assess.core.findings.places import place_key, sought_in
from assess.core.findings.states import FindingStep
from assess.core.findings.steps import check_event
from assess.core.parsing import ParseError
from assess.core.text import Text
from assess.core.units.objects import ObjectNames
from assess.core.workflow import Act, check_allowed
from assess.services import audit
from assess.services.cycles import lock_year, refused
from assess.services.findings.photos import add_claimed
from assess.services.findings.seeing import catalogue_in
from assess.services.findings.standing import append_event, kept_of, subject_of
from assess.services.years import Year, year_of
from assess.store.models import Finding
from assess.store.numbering import take_numbers
from assess.store.queries import patrols
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session, flush

NOT_SAVED: Final = Text("填写有误，尚未保存，请按下列提示改正。", "Nothing was saved. Correct the errors below.")
NO_PATROL: Final = Text("没有这次巡查，请重新选择。", "There is no such patrol. Select again.")
OTHER_PATROL: Final = Text(
    "该次巡查是{unit}在{day}的巡查，与问题的单位或日期不符。",
    "This patrol was in {unit} on {day}, which does not match the unit or date of the finding.",
)


class Recorded(NamedTuple):
    """The number that a finding was given, and its row."""

    number: int
    id: int


def record_finding(
    session: Session,
    actor: Actor,
    *,
    cycle: CycleRow,
    typed: TypedFinding,
    now: datetime,
    patrol: int | None = None,
    photos: Sequence[str] = (),
) -> Recorded:
    """Record a finding; with a deadline it is assigned to its unit in the same act.

    Args:
        session: the transaction.
        actor: an inspector: an evaluator or the office, of another unit.
        cycle: the year.
        typed: what was typed.
        now: the moment.
        patrol: the round on which it was found.
        photos: SHA-256 of photos that the actor handed in, as they were before.

    Raises:
        NotAllowed: the actor is no inspector, or reports for the unit.
        Refused: the stage does not allow it, or something typed is wrong; by field.
    """
    actor.check_may(Right.INSPECT)
    lock_year(session, cycle)
    check_allowed(cycle.stage, Act.INSPECT)
    year = year_of(session, cycle)
    today = day_of(now)
    read = read_finding(typed, catalogue_in(session, year), units=year.units.places, year=cycle.year, today=today)
    if not isinstance(read, ReadFinding):
        raise Refused(NOT_SAVED, read)
    if patrol is not None:
        check_patrol(session, year, read, patrol)
    row = keep_finding(session, actor, year=year, read=read, patrol=patrol, now=now)
    if photos:
        add_claimed(session, actor, cycle=cycle, row=row, side=PhotoSubject.BEFORE, claims=photos, note="", now=now)
    return Recorded(row.number, row.id)


def keep_finding(
    session: Session, actor: Actor, *, year: Year, read: ReadFinding, patrol: int | None, now: datetime
) -> Finding:
    """Keep a finding that was read, with its number and the beginning of its history.

    Raises:
        NotAllowed: the actor reports for the unit.
        Refused: the deadline is before the day it was found.
    """
    actor.check_other_unit(read.unit, year.name_of(read.unit))
    read = at_its_object(year, read)
    events = beginning(actor, read, now)
    number = take_numbers(session, cycle=year.cycle.id)
    row = Finding(**columns_of(actor, read, events, now), cycle_id=year.cycle.id, number=number, patrol_id=patrol)
    session.add(row)
    flush(session)
    for event in events:
        append_event(session, row, event)
    flush(session)
    audit.record(session, actor, subject=subject_of(year.cycle, row), action="recorded", new=audit_facts(row), now=now)
    return row


def at_its_object(year: Year, read: ReadFinding) -> ReadFinding:
    """The finding; a place that is the code or a name of an object of its unit bears the name of the list.

    So findings at one object are found to be at the same place, whatever it was called.
    """
    found = ObjectNames(year.objects).find(read.place) if year.objects.kinds else None
    if found is None or isinstance(found, ParseError):
        return read
    kind, place = found
    objects = year.objects.kinds[kind]
    own = year.objects.codes_of_unit(kind, year.place_of(read.unit))
    return read._replace(place=objects.names[place].zh) if objects.codes[place] in own else read


def columns_of(actor: Actor, read: ReadFinding, events: Sequence[Event], now: datetime) -> dict[str, Any]:
    """What the row of a finding says that begins with these entries, its year, number and round aside.

    Raises:
        Refused: the deadline is before the day it was found.
    """
    texts = ("unit", "source", "kind", "domain", "what", "place", "standard", "responsible")
    return {
        **{name: getattr(read, name) for name in texts},
        "place_key": place_key(read.place),
        "sought": sought_in(read.what, read.place),
        "latitude": None if read.point is None else read.point.latitude,
        "longitude": None if read.point is None else read.point.longitude,
        "recorded_by": actor.account,
        "recorded_at": now,
        "events": len(events),
        **kept_of(checked(events, actor, now)),
    }


def beginning(actor: Actor, read: ReadFinding, now: datetime) -> list[Event]:
    """The first entries of a history."""
    found = Event(FindingStep.FIND, actor.account, read.found_on, now)
    if read.deadline is None:
        return [found]
    return [found, Event(FindingStep.ASSIGN, actor.account, read.found_on, now, deadline=read.deadline)]


def checked(events: Sequence[Event], actor: Actor, now: datetime) -> FindingStanding:
    """Where a finding stands after its first entries."""
    standing = check_event(None, events[0], actor, day_of(now))
    for event in events[1:]:
        standing = check_event(standing, event, actor, day_of(now))
    return standing


def check_patrol(session: Session, year: Year, read: ReadFinding, patrol: int) -> None:
    """Let a round pass that was made in the unit on the day of the finding.

    Raises:
        Refused: there is none, or it was elsewhere or on another day.
    """
    row = patrols.patrol_at(session, cycle=year.cycle.id, row=patrol)
    if row is None or row.withdrawn_at is not None:
        raise refused("patrol", NO_PATROL)
    days = (day_of(row.started_at), day_of(row.ended_at))
    if row.unit != read.unit or not days[0] <= read.found_on <= days[1]:
        raise refused("patrol", OTHER_PATROL.format(unit=year.name_of(row.unit), day=days[0]))


def audit_facts(row: Finding) -> dict[str, Any]:
    """A finding as the log tells it when it is recorded."""
    names = ("number", "unit", "source", "kind", "domain", "what", "place", "latitude", "longitude", "patrol_id")
    days = {
        "found_on": row.found_on.isoformat(),
        "deadline": None if row.deadline is None else row.deadline.isoformat(),
    }
    return {**{name: getattr(row, name) for name in names}, **days, "state": row.state}
