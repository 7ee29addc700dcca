"""The week of findings: what it brought and how it left them, the same whenever it is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select

from assess.core.errors import Declined
from assess.core.findings.history import Event, standing_of
from assess.core.findings.states import FindingStep
from assess.core.findings.weekly import Week, Weekly, WeeklyFlow, last_full, weeks_of
from assess.core.text import Text
from assess.services.findings.weekly import week_named, weekly_of
from assess.store.models import FindingEvent
from assess.store.queries.findings import event_record
from assess.store.session import Database
from tests.ledgers import add_findings
from tests.queries import counted
from tests.services.findings import DUST, a_ledger, closed, record, step
from tests.services.forms import year_2026
from tests.years import CHAOWAI, JIANWAI, NOW, person

BEFORE, WEEK, NEXT = (Week(date(2026, 11, day)) for day in (16, 23, 30))
MONDAY = NOW + timedelta(days=3)
AIR, WATER = Text("大气", "Air"), Text("水", "Water")


def asked(database: Database, week: Week, now: datetime, who: str = "leader") -> Weekly:
    """A week as somebody is told of it."""
    with database.reading() as session:
        return weekly_of(session, person(database, who), cycle=year_2026(session), week=week, now=now)


def a_week(database: Database) -> None:
    """Four findings: one closed, one returned, one found the week before and overdue, one that came to be void."""
    early = NOW - timedelta(days=7)
    for typed, moment in (
        (DUST._replace(found_on="2026-11-18", deadline="2026-11-22"), early), (DUST, early),
        (DUST._replace(kind="sewage", deadline=""), NOW), (DUST._replace(unit=CHAOWAI), NOW),
    ):  # fmt: skip
        record(database, typed._replace(found_on=min(typed.found_on, moment.date().isoformat())), now=moment)
    closed(database, 2)
    step(database, "assign", "evaluator", number=3, deadline="2026-12-10")
    step(database, "report", JIANWAI, number=3, reason="已封堵")
    step(database, "return", "reviewer", number=3, reason="仍有渗漏")
    step(database, "ask", CHAOWAI, number=4, relief="voiding", reason="不在辖区")
    step(database, "approve", "reviewer", number=4)


def test_a_week_tells_what_it_brought_by_unit_and_domain_and_stays_as_it_was(database: Database):
    a_ledger(database)
    a_week(database)

    found = asked(database, WEEK, MONDAY)

    flow = WeeklyFlow(before=2, opened=1, assigned=1, reported=2, returned=1, closed=1, left=2, overdue=1, late=1)
    assert [(line.label.en, line.flow) for line in found.units] == [
        ("Jianwai Subdistrict", flow),
        ("Chaowai Subdistrict", WeeklyFlow(opened=1, assigned=1, voided=1, late=2)),
    ]
    assert {line.label: line.flow for line in found.domains if line.flow != WeeklyFlow()} == {
        AIR: WeeklyFlow(before=2, opened=1, assigned=1, reported=1, closed=1, voided=1, left=1, overdue=1, late=2),
        WATER: WeeklyFlow(opened=1, assigned=1, reported=1, returned=1, left=1, late=1),
    }
    assert [(each.number, each.unit.en, each.days) for each in found.longest] == [(1, "Jianwai Subdistrict", 7)]
    assert (found.quiet, found.through, found.is_over, found.demonstration) == ((), date(2026, 11, 29), True, True)

    closed(database, 1, days=4)
    step(database, "report", JIANWAI, number=3, days=4, reason="已封堵")
    assert asked(database, WEEK, MONDAY + timedelta(days=9)) == found
    later = asked(database, NEXT, MONDAY + timedelta(days=1))
    assert (later.all, later.through, later.is_over, [each.en for each in later.quiet]) == (
        WeeklyFlow(before=2, reported=2, closed=1, left=1, overdue_before=1),
        date(2026, 12, 1), False, ["Jianwai Subdistrict", "Chaowai Subdistrict"],
    )  # fmt: skip
    assert asked(database, BEFORE, MONDAY).all == WeeklyFlow(opened=2, assigned=2, left=2)


def test_weeks_of_many_findings_equal_a_recount_follow_from_each_other_and_ask_as_little(database: Database):
    a_ledger(database)
    accounts = [person(database, who).account for who in ("evaluator", JIANWAI, "reviewer")]
    with database.writing() as session:
        cycle = year_2026(session)
        add_findings(session, cycle=cycle.id, units=(JIANWAI, CHAOWAI), count=400, people=accounts)
    weeks = [Week(date(2026, 6, 1) + timedelta(days=7 * at)) for at in range(3)]

    flows = [asked(database, week, NOW).all for week in weeks]
    with database.reading() as session:
        leader, cycle = person(database, "leader"), year_2026(session)
        with counted(database) as queries:
            weekly_of(session, leader, cycle=cycle, week=Week(date(2026, 3, 2)), now=NOW)

    assert len(queries) <= 7
    for flow, following in pairwise(flows):
        assert (flow.left, flow.overdue) == (following.before, following.overdue_before)
    histories = histories_of(database)
    for week, flow in zip(weeks, flows, strict=True):
        assert flow._replace(repeated=0, late=0) == recounted(histories, week)
        assert flow.before + flow.opened + flow.reopened - flow.closed - flow.voided == flow.left


def histories_of(database: Database) -> list[list[Event]]:
    """All histories."""
    histories: dict[int, list[Event]] = {}
    with database.reading() as session:
        query = select(FindingEvent.finding_id, event_record()).order_by(FindingEvent.id)
        for finding, event in session.execute(query):
            histories.setdefault(finding, []).append(event)
    return list(histories.values())


def recounted(entries: list[list[Event]], week: Week) -> WeeklyFlow:
    """A week counted one by one, straight from all histories."""
    steps = Counter(e.step for events in entries for e in events if week.begins <= e.entered_at < week.ends)
    told = {"opened": FindingStep.FIND, "assigned": FindingStep.ASSIGN, "reported": FindingStep.REPORT}
    told |= {"returned": FindingStep.RETURN, "closed": FindingStep.CLOSE}
    stood = []
    for until, day in ((week.begins, week.before), (week.ends, week.last)):
        pasts = ([e for e in events if e.entered_at < until] for events in entries)
        standings = [standing_of(past) for past in pasts if past]
        stood.append(
            (sum(not s.is_done and not s.is_void for s in standings), sum(s.is_overdue(day) for s in standings))
        )
    (before, overdue_before), (left, overdue) = stood
    numbers = {name: steps[each] for name, each in told.items()}
    return WeeklyFlow(**numbers, before=before, overdue_before=overdue_before, left=left, overdue=overdue)


def test_only_weeks_of_the_year_are_told_of_and_only_to_who_sees_all_units(sqlite_ledger: Database):
    weeks = weeks_of(2026, NOW)

    assert (weeks[0], weeks[-1], last_full(weeks, NOW)) == (WEEK, Week(date(2025, 12, 29)), BEFORE)
    assert weeks_of(2027, NOW) == (WEEK,)
    assert weeks_of(2024, NOW)[0] == Week(date(2025, 3, 31))
    assert WEEK.label == Text("2026年第48周（2026-11-23至2026-11-29）", "Week 48 of 2026 (2026-11-23 to 2026-11-29)")
    assert week_named("2026-11-23") == WEEK
    for text in ("2026-11-24", "20261123", "yesterday"):
        with pytest.raises(Declined):
            week_named(text)
    for week, who in ((NEXT, "leader"), (WEEK, JIANWAI), (WEEK, "receiver")):
        with pytest.raises(Declined):
            asked(sqlite_ledger, week, NOW, who)


@pytest.fixture
def sqlite_ledger(sqlite_url: str) -> Iterator[Database]:
    """A year without findings."""
    opened = Database(sqlite_url)
    yield a_ledger(opened)
    opened.close()
