"""Numbers of findings: unique and without gaps, however many people file at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from assess.core.errors import Declined
from assess.core.findings.states import Relief
from assess.services.findings import finding_page, record_finding
from assess.store.models import FindingCounter
from assess.store.session import Database
from tests.services.findings import DUST, a_ledger, record, step
from tests.services.forms import year_2026
from tests.services.test_findings_many import kept_counts, recounts
from tests.years import CHAOWAI, JIANWAI, NOW, person


@pytest.fixture
def ledger(database: Database) -> Database:
    return a_ledger(database)


def test_a_number_whose_finding_is_rolled_back_is_given_again(ledger: Database):
    actor = person(ledger, "evaluator")
    with ledger.writing_session() as session:
        record_finding(session, actor, cycle=year_2026(session), typed=DUST, now=NOW)
        session.rollback()
    assert [record(ledger).number for _ in range(2)] == [1, 2]


def test_fifty_inspectors_file_at_once_and_no_number_is_left_out(ledger: Database):
    actors = [person(ledger, who) for who in ("evaluator", "reviewer", "office")]

    def file(place: int) -> int:
        with ledger.writing() as session:
            typed = DUST._replace(place=f"第 {place} 处")
            actor, cycle = actors[place % len(actors)], year_2026(session)
            number = record_finding(session, actor, cycle=cycle, typed=typed, now=NOW).number
            if place % 10 == 9:
                session.rollback()
                return 0
            return number

    with ThreadPoolExecutor(50) as pool:
        numbers = list(pool.map(file, range(50)))
    assert sorted(numbers) == [0] * 5 + list(range(1, 46))
    with ledger.reading() as session:
        assert session.query(FindingCounter).one().last == 45
        places = {
            finding_page(session, actors[0], cycle=year_2026(session), number=number, now=NOW).row.place
            for number in range(1, 46)
        }
    assert places == {f"第 {place} 处" for place in range(50) if place % 10 != 9}


def test_counts_follow_many_who_file_and_take_steps_at_once(ledger: Database):
    units = (JIANWAI, CHAOWAI)
    for place in range(12):
        record(ledger, DUST._replace(unit=units[place % 2], deadline="2026-11-25", place=f"第 {place} 处"))

    def work(turn: int) -> None:
        number, unit = turn // 3 + 1, units[turn // 3 % 2]
        with suppress(Declined):
            if turn % 3 == 0:
                record(ledger, DUST._replace(unit=unit, place=f"新 {number}"))
            elif turn % 3 == 1:
                step(ledger, "report", unit, number=number, reason="swept")
            else:
                step(ledger, "ask", "evaluator", number=number, relief=Relief.VOIDING.value, reason="seen twice")

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(work, range(36)))

    kept = kept_counts(ledger)
    assert kept == recounts(ledger)
    assert sum(each.opened for each in kept["unit"].values()) == 24
