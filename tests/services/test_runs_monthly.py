"""The interim ranking of each month, asked for by itself: once a month and year, on the day that the office sets."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from assess.core.actors import Actor
from assess.core.errors import NotAllowed, Refused
from assess.core.runs.kinds import RunKind
from assess.core.workflow import Stage
from assess.services import runs
from assess.services.runs import monthly
from assess.store.models import Cycle, Job, RunOrder, StageMove
from assess.store.session import Database
from assess.worker import Worker
from tests.services.forms import year_2026
from tests.years import JIANWAI, a_year, people

BEGUN = datetime.now(UTC) - timedelta(days=62)
NEXT_YEAR = BEGUN.year + 1


def at(month: int, day: int, hour: int = 4) -> datetime:
    """A moment of the year after, by the clock of the world."""
    return datetime(NEXT_YEAR, month, day, hour, tzinfo=UTC)


def a_collecting_year(database: Database) -> dict[str, Actor]:
    """A year whose reporting began more than a month ago."""
    with database.writing() as session:
        cycle = a_year(session, units=3)
        known = people(session, (JIANWAI,))
        session.add(
            StageMove(
                cycle_id=cycle.id, origin="preparing", target="collecting", reason=None, accepted=None,
                moved_by=known["office"].account, moved_at=BEGUN,
            )
        )  # fmt: skip
    return known


def look(database: Database) -> None:
    """An idle worker looks once."""
    Worker(database, {}, threading.Event()).rank_each_month()


def orders(database: Database) -> list[tuple[str, str, int]]:
    """What was asked for: its kind, its words, and on whose behalf."""
    with database.reading() as session:
        query = select(RunOrder.kind, RunOrder.words, RunOrder.asked_by).order_by(RunOrder.id)
        return [tuple(row) for row in session.execute(query)]


def asked(database: Database, now: datetime) -> int:
    """How many rankings are asked for at a moment; the job of each is taken as done at once."""
    with database.writing() as session:
        is_due = monthly.is_due(session, now=now)
        jobs = monthly.ask_due(session, now=now)
        session.query(Job).update({Job.state: "done"})
    assert is_due is bool(jobs)
    return len(jobs)


def test_two_idle_workers_ask_for_the_ranking_of_the_month_once(database: Database):
    known = a_collecting_year(database)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(look, [database, database]))
    look(database)

    assert orders(database) == [("interim", "每月自动计算 / automatic monthly ranking", known["office"].account)]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_ranking_comes_on_the_day_that_the_office_sets_unless_it_asked_by_hand(database: Database):
    known = a_collecting_year(database)

    def set_day(day: str, who: str = "office") -> None:
        with database.writing() as session:
            monthly.set_day(session, known[who], cycle=year_2026(session), day=day, now=at(1, 1))

    assert [asked(database, at(1, 1)), asked(database, at(1, 31)), asked(database, at(1, 31, 16))] == [1, 0, 1]
    set_day("15")
    assert [asked(database, at(3, 14)), asked(database, at(3, 15)), asked(database, at(3, 16))] == [0, 1, 0]
    with database.writing() as session:
        runs.ask_run(session, known["office"], cycle=year_2026(session), kind=RunKind.INTERIM, now=at(4, 2))
    assert asked(database, at(4, 20)) == 0
    for wrong in ("29", "0", "x", "1.5"):
        with pytest.raises(Refused):
            set_day(wrong)
    with pytest.raises(NotAllowed):
        set_day("1", "leader")
    set_day("")
    assert asked(database, at(5, 20)) == 0
    set_day("1")
    with database.writing() as session:
        session.query(Cycle).update({Cycle.stage: Stage.PROVISIONAL.value})
    assert asked(database, at(6, 20)) == 0
