"""What the office sees before a run, and which run counts afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from assess.core.errors import NotAllowed, Refused
from assess.core.runs.kinds import RunKind
from assess.core.workflow import Stage
from assess.services import runs, stages
from assess.services.runs.freezing import Why
from assess.store.models import Value
from assess.store.session import Database
from tests.services.forms import year_2026
from tests.services.runs import a_run, a_supplied_year
from tests.years import CHAOWAI, JIANWAI, NOW, VERIFIED


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    """An empty database on the embedded engine."""
    opened = Database(sqlite_url)
    yield opened
    opened.close()


def test_what_is_missing_or_does_not_count_is_told_before_a_run(database: Database):
    people = a_supplied_year(database)
    with pytest.raises(NotAllowed), database.reading() as session:
        runs.readiness_of_run(session, people[JIANWAI], cycle=year_2026(session), now=NOW)
    with database.writing() as session:
        reported = Value.figure == "hazard_ledger", Value.unit == JIANWAI, Value.year == 2026
        session.execute(update(Value).where(*reported).values(state="reported"))
        gone = Value.figure == "pm25", Value.unit == CHAOWAI, Value.year == 2026
        session.execute(update(Value).where(*gone).values(superseded_at=NOW))
    with database.reading() as session:
        found = runs.readiness_of_run(session, people["office"], cycle=year_2026(session), now=NOW)

    (uncertified,) = found.trial.not_counted
    assert (uncertified.why, uncertified.figure, uncertified.values) == (Why.UNCERTIFIED, "hazard_ledger", 1)
    missing = {gap.item: gap for gap in found.trial.gaps}
    assert {gap.en for gap in missing["air.pm25-target"].units} == {"Chaowai Subdistrict"}
    assert missing["air.pm25-target"].why.zh.startswith("缺少“细颗粒物（PM2.5）浓度”")
    assert missing["air.pm25-target"].supplier.zh == "区生态环境局"
    assert (found.trial.refused, found.same_as, found.is_ready) == ((), None, False)


def test_a_working_run_is_released_with_the_notice_and_a_year_that_goes_back_shows_nothing(
    database: Database, instance: Path
):
    folder, office = instance / "uploads", a_supplied_year(database, units=2)["office"]
    a_run(database, office, folder)
    a_run(database, office, folder, kind=RunKind.INTERIM)

    def release(number: int, days: int = 0) -> None:
        with database.writing() as session:
            runs.release_provisional(
                session, office, cycle=year_2026(session), number=number, now=VERIFIED + timedelta(days=days)
            )

    def released() -> int | None:
        with database.reading() as session:
            found = runs.released_run(session, year_2026(session))
            return found and found[1].number

    with pytest.raises(Refused):
        release(2)
    assert released() is None
    release(1)
    with database.reading() as session:
        assert year_2026(session).stage is Stage.PROVISIONAL
    with pytest.raises(Refused):
        release(1)
    assert released() == 1

    a_run(database, office, folder)
    assert released() == 1
    release(3, days=1)
    assert released() == 3
    for to in (Stage.VERIFYING, Stage.PROVISIONAL):
        with database.writing() as session:
            stages.move_year(session, office, cycle=year_2026(session), to=to, now=VERIFIED, reason="补正数据")
        assert released() is None
