"""Many findings at once: laid straight into the tables, as their invented histories would have left them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from assess.core.findings.catalogue import COMMON, FindingSource
from assess.core.findings.history import Event, standing_of
from assess.core.findings.places import place_key, sought_in
from assess.core.findings.states import FindingStep as Step
from assess.core.findings.states import Relief
from assess.services.findings.standing import kept_of
from assess.store.models import Finding, FindingCounter, FindingEvent
from assess.store.session import Session
from tests.years import NOW

AT_ONCE = 5_000
INSPECTOR, OFFICIAL, REVIEWER = 1, 2, 3
FIRST, DAYS = date(2026, 1, 2), 300


def add_findings(session: Session, *, cycle: int, units: Sequence[str], count: int, people: Sequence[int]) -> None:
    """So many findings of these units, numbered from 1, spread over the year, most of them closed.

    `people` are the accounts of an inspector, an official and a reviewer.
    """
    chance = random.Random(20260101)
    for start in range(1, count + 1, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, count + 1))
        histories = [history(chance, people) for _ in numbers]
        rows = [row_of(chance, cycle, number, units, each) for number, each in zip(numbers, histories, strict=True)]
        session.execute(insert(Finding), rows)
        session.execute(insert(FindingEvent), list(event_rows(numbers, histories)))
    session.add(FindingCounter(cycle_id=cycle, last=count, changes=1))


def history(chance: random.Random, people: Sequence[int]) -> list[Event]:
    """What happened to a finding; some are late, some returned, some wait."""
    inspector, official, reviewer = people
    day = FIRST + timedelta(days=chance.randrange(DAYS))
    deadline = day + timedelta(days=chance.choice((3, 7, 15, 30)))
    events = [an_event(Step.FIND, inspector, day), an_event(Step.ASSIGN, inspector, day, deadline=deadline)]
    fate = chance.random()
    if fate < 0.03:
        return events[:1]
    if fate < 0.10:
        return events
    if fate < 0.12:
        ask = an_event(Step.ASK, official, day, relief=Relief.SUSPENSION, reason="wait")
        return [*events, ask, an_event(Step.APPROVE, reviewer, day)] if fate < 0.11 else [*events, ask]
    fixed = day + timedelta(days=chance.randrange(1, 40))
    events.append(an_event(Step.REPORT, official, fixed, reason="done"))
    if fate < 0.20:
        events.append(an_event(Step.RETURN, reviewer, fixed, reason="not yet"))
        events.append(an_event(Step.REPORT, official, fixed + timedelta(days=3), reason="done"))
        fixed += timedelta(days=3)
    if fate > 0.24:
        events += [an_event(Step.PASS, reviewer, fixed), an_event(Step.CLOSE, reviewer, fixed)]
    return events


def an_event(step: Step, by: int, day: date, **given: Any) -> Event:
    """An entry that was written down on its day."""
    return Event(step, by, day, datetime(day.year, day.month, day.day, 4, tzinfo=NOW.tzinfo), **given)


def row_of(
    chance: random.Random, cycle: int, number: int, units: Sequence[str], events: Sequence[Event]
) -> dict[str, Any]:  # fmt: skip
    """The row of a finding; its id is its number."""
    found, last = events[0].entered_at, events[-1].entered_at
    kind, what, place = chance.choice(COMMON), "渣土未苫盖，道路有泥", f"第 {chance.randrange(5000)} 号工地"
    row = {
        "id": number, "version": 1, "cycle_id": cycle, "number": number, "unit": chance.choice(units),
        "source": chance.choice(tuple(FindingSource)).value, "kind": kind.id, "domain": str(kind.domain), "what": what,
        "place": place, "place_key": place_key(place), "sought": sought_in(what, place),
        "latitude": 39_900_000 + chance.randrange(100_000), "longitude": 116_400_000 + chance.randrange(200_000),
        "standard": "", "responsible": "", "patrol_id": None,
        "repeat_of": chance.randrange(1, number) if number > 50 and chance.random() < 0.05 else None,
        "recorded_by": events[0].by, "recorded_at": found, **kept_of(standing_of(events)),
        "events": len(events), "changed_at": None if last == found else last,
    }  # fmt: skip
    return {**row, "linked_at": None if row["repeat_of"] is None else found}


def event_rows(numbers: Sequence[int], histories: Sequence[Sequence[Event]]) -> Iterator[dict[str, Any]]:
    """The rows of histories."""
    for number, events in zip(numbers, histories, strict=True):
        for each in events:
            yield {
                "finding_id": number, "step": each.step.value, "done_by": each.by, "day": each.day,
                "entered_at": each.entered_at, "deadline": each.deadline,
                "relief": None if each.relief is None else each.relief.value, "reason": each.reason,
            }  # fmt: skip
