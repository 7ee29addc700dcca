"""Rounds of chiefs: entered, checked for what cannot be, withdrawn, added up; rates that never pass 100 %."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.core.errors import NotAllowed, NotFound, Refused, Stale
from assess.core.findings.patrols import ReadPatrol, Rounds, TypedPatrol, read_patrol
from assess.services.patrols import Patrols, patrol_seen, patrols_of, record_patrol, withdraw_patrol
from assess.store.models import AuditEntry
from assess.store.session import Database
from tests.services.findings import DUST, a_ledger, closed, record, step
from tests.services.forms import year_2026
from tests.years import CHAOWAI, JIANWAI, NOW, person

ROUND = TypedPatrol(JIANWAI, "river", "王河长", "2026-11-20", "09:00", "11:30", "3.5", "坝河左岸")
PART = slice(0, 50)


@pytest.fixture
def ledger(database: Database) -> Database:
    return a_ledger(database)


@pytest.fixture
def sqlite_ledger(sqlite_url: str) -> Iterator[Database]:
    opened = Database(sqlite_url)
    yield a_ledger(opened)
    opened.close()


def enter(database: Database, typed: TypedPatrol = ROUND, who: str = JIANWAI) -> int:
    actor = person(database, who)
    with database.writing() as session:
        return record_patrol(session, actor, cycle=year_2026(session), typed=typed, now=NOW)


def withdraw(database: Database, row: int, who: str = JIANWAI, reason: str = "重复登记", seen: int = 1) -> None:
    actor = person(database, who)
    with database.writing() as session:
        withdraw_patrol(session, actor, cycle=year_2026(session), row=row, reason=reason, seen=seen, now=NOW)


def seen(database: Database, who: str = "office", **narrowed: str) -> Patrols:
    with database.reading() as session:
        return patrols_of(session, person(database, who), cycle=year_2026(session), part=PART, **narrowed)


def test_rounds_are_added_up_with_distance_hours_and_findings(ledger: Database):
    first = enter(ledger)
    second = enter(ledger, ROUND._replace(starts="14:00", ends="15:00", kilometres="2"))
    enter(ledger, ROUND._replace(unit=CHAOWAI, kind="forest", chief="李林长", kilometres="0"), CHAOWAI)
    for patrol in (first, first, second, None):
        record(ledger, DUST._replace(source="chief"), patrol=patrol)
    closed(ledger, 1)
    step(ledger, "ask", "evaluator", number=2, relief="voiding", reason="误报")
    step(ledger, "approve", "reviewer", number=2)

    whole = seen(ledger)
    assert [(row.chief, row.kind, row.metres, row.findings, row.closed) for row in whole.rows] == [
        ("王河长", "river", 2000, 1, 0), ("李林长", "forest", 0, 0, 0), ("王河长", "river", 3500, 1, 1),
    ]  # fmt: skip
    assert whole.by_unit == {JIANWAI: Rounds(2, 5500, 210, 2, 2, 1), CHAOWAI: Rounds(1, 0, 150, 0, 0, 0)}
    assert (whole.all, whole.number) == (Rounds(3, 5500, 360, 2, 2, 1), 3)
    assert (whole.all.kilometres, whole.all.hours, whole.all.each) == (Fraction("5.5"), 6, Fraction(2, 3))
    assert (whole.all.share_fruitful, whole.all.share_closed) == (Fraction(200, 3), 50)
    assert [(row.chief, row.rounds.rounds) for row in seen(ledger, JIANWAI).by_chief] == [("王河长", 2)]
    assert [row.chief for row in seen(ledger, chief="李林长").rows] == ["李林长"]
    assert seen(ledger, unit=CHAOWAI).number == 1


def test_each_sees_and_enters_the_rounds_of_their_units(sqlite_ledger: Database):
    row = enter(sqlite_ledger)
    assert enter(sqlite_ledger, ROUND._replace(unit=CHAOWAI), "evaluator") == row + 1
    with pytest.raises(NotFound):
        enter(sqlite_ledger, ROUND._replace(unit=CHAOWAI))
    for who in ("leader", "receiver"):
        with pytest.raises(NotAllowed):
            enter(sqlite_ledger, who=who)
    with pytest.raises(NotFound):
        seen(sqlite_ledger, JIANWAI, unit=CHAOWAI)
    with pytest.raises(NotAllowed):
        seen(sqlite_ledger, "receiver")
    with pytest.raises(NotFound), sqlite_ledger.reading() as session:
        patrol_seen(session, person(sqlite_ledger, CHAOWAI), cycle=year_2026(session), row=row)
    assert [list(seen(sqlite_ledger, who).may_record) for who in (JIANWAI, "office", "leader")] == [
        [JIANWAI], [JIANWAI, CHAOWAI], [],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"unit": "x"}, {"unit": "Select a unit from the list."}),
        ({"kind": ""}, {"kind": "Select the type of patrol."}),
        ({"chief": " "}, {"chief": "Enter the name of the person who patrolled."}),
        ({"chief": "王" * 61}, {"chief": "Must be 60 characters or fewer."}),
        ({"route": "a\x07"}, {"route": "This contains invisible control characters. Enter it again."}),
        ({"day": ""}, {"day": "Enter the date of the patrol."}),
        ({"day": "2025-11-20"}, {"day": "The date must be in 2026."}),
        ({"starts": "9", "ends": "24:00"}, dict.fromkeys(("starts", "ends"), "Enter a time such as 09:30.")),
        ({"ends": "09:00"}, {"ends": "The end must be later than the start."}),
        ({"day": "2026-11-27"}, {"ends": "The patrol has not ended yet. Enter it afterwards."}),
        ({"ends": "03:00"}, {"ends": "A patrol lasts at most 16 hours. Enter it in parts."}),
        ({"kilometres": ""}, {"kilometres": "Enter the distance in kilometres, such as 3.5."}),
        ({"kilometres": "-1"}, {"kilometres": "Enter the distance in kilometres, such as 3.5."}),
        ({"kilometres": "1e9"}, {"kilometres": "Enter the distance in kilometres, such as 3.5."}),
        ({"kilometres": "0.0001"}, {"kilometres": "Enter the distance in kilometres, such as 3.5."}),
        ({"kilometres": "301"}, {"kilometres": "A patrol is at most 300 km long."}),
        (
            {"kilometres": "151"},
            {"kilometres": "151 km in 150 minutes is faster than 60 km/h. Check the distance and the times."},
        ),
    ],
)
def test_a_round_that_cannot_be_is_refused_beside_its_field(changed: dict[str, str], said: dict[str, str]):
    wrong = read_patrol(ROUND._replace(**changed), units=(JIANWAI,), year=2026, now=NOW)

    assert isinstance(wrong, dict)
    assert {field: what.en for field, what in wrong.items()} == said


def test_a_round_over_midnight_ends_the_next_day():
    read = read_patrol(
        ROUND._replace(starts="22:30", ends="01:00", kilometres="3.5km"), units=(JIANWAI,), year=2026, now=NOW
    )

    assert isinstance(read, ReadPatrol)
    assert (read.started_at.date(), read.ended_at.date(), read.minutes, read.metres) == (
        date(2026, 11, 20), date(2026, 11, 21), 150, 3500,
    )  # fmt: skip


def test_nobody_is_on_two_rounds_at_once(sqlite_ledger: Database):
    enter(sqlite_ledger)
    for changed in ({}, {"starts": "11:29", "ends": "12:00"}, {"starts": "08:00", "ends": "09:01"}):
        with pytest.raises(Refused) as refused:
            enter(sqlite_ledger, ROUND._replace(**changed))
        assert {field: what.en for field, what in refused.value.fields.items()} == {
            "starts": "王河长 is already recorded for another patrol on 2026-11-20 from 09:00 to 11:30."
        }
    enter(sqlite_ledger, ROUND._replace(starts="11:30", ends="12:00"))
    enter(sqlite_ledger, ROUND._replace(chief="赵河长"))
    assert seen(sqlite_ledger).number == 3


def test_a_round_entered_wrongly_is_withdrawn_with_a_reason_and_counts_no_more(sqlite_ledger: Database):
    row = enter(sqlite_ledger)
    with pytest.raises(Refused, match="Enter the reason for undoing the patrol"):
        withdraw(sqlite_ledger, row, reason=" ")
    with pytest.raises(NotFound):
        withdraw(sqlite_ledger, row, who=CHAOWAI)
    with pytest.raises(Stale):
        withdraw(sqlite_ledger, row, seen=0)
    withdraw(sqlite_ledger, row)

    found = seen(sqlite_ledger)
    assert (found.all, [each.withdrawn_why for each in found.rows]) == (Rounds(), ["重复登记"])
    with pytest.raises(Refused, match="This patrol was already undone"):
        withdraw(sqlite_ledger, row, seen=2)
    with pytest.raises(Refused, match="There is no such patrol"):
        record(sqlite_ledger, patrol=row)
    assert enter(sqlite_ledger) == row + 1
    with sqlite_ledger.reading() as session:
        entries = (
            session.query(AuditEntry).filter_by(subject=f"patrol:2026/{JIANWAI}/{row}").order_by(AuditEntry.number)
        )
        assert [(each.action, each.new) for each in entries] == [
            ("recorded", {"kind": "river", "chief": "王河长", "route": "坝河左岸", "metres": 3500, "minutes": 150,
                          "started_at": "2026-11-20T09:00:00+08:00"}),
            ("withdrawn", {"reason": "重复登记"}),
        ]  # fmt: skip


def test_a_finding_fits_its_round_and_keeps_it(sqlite_ledger: Database):
    row = enter(sqlite_ledger)
    for typed in (DUST._replace(unit=CHAOWAI), DUST._replace(found_on="2026-11-21")):
        with pytest.raises(Refused, match="does not match the unit or date"):
            record(sqlite_ledger, typed, patrol=row)
    with pytest.raises(Refused, match="There is no such patrol"):
        record(sqlite_ledger, patrol=row + 1)
    record(sqlite_ledger, patrol=row)
    with pytest.raises(Refused, match=r"Findings are recorded for this patrol \(1\)"):
        withdraw(sqlite_ledger, row)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=20))
def test_no_rate_is_above_a_hundred(found: list[tuple[int, int]]):
    whole = Rounds()
    for findings, part in found:
        whole = whole.plus(Rounds(1, 0, 1, int(findings > 0), findings, min(part, findings)))
    for rate in (whole.share_fruitful, whole.share_closed):
        assert rate is None or 0 <= rate <= 100
