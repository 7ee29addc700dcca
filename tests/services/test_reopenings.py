"""One unit or department may report after the deadline."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from assess.core.errors import NotAllowed, NotFound, Refused, Stale
from assess.core.workflow import Stage
from assess.services import reopenings
from assess.store.queries.reopenings import open_reopenings
from assess.store.session import Database
from tests.audit import entries
from tests.services.forms import an_open_year, form_now, year_2026
from tests.years import CHAOWAI, JIANWAI, NOW, a_year, people, person

LATER = date(2026, 12, 15)
AFTER_THE_DEADLINE = NOW + timedelta(days=15)


@pytest.fixture
def year(database: Database) -> Database:
    an_open_year(database)
    return database


def reopen(
    database: Database,
    whom: str = f"unit:{JIANWAI}",
    until: date | None = LATER,
    reason: str = "系统故障",
    by: str = "office",
) -> int:
    """Reopen for a unit or department; the number of the reopening."""
    with database.writing() as session:
        actor, cycle = person(database, by), year_2026(session)
        return reopenings.reopen(session, actor, cycle=cycle, whom=whom, until=until, reason=reason, now=NOW).id


def end(database: Database, row: int, seen: int = 1, by: str = "office") -> None:
    """End a reopening."""
    with database.writing() as session:
        reopenings.end_reopening(session, person(database, by), cycle=year_2026(session), row=row, seen=seen, now=NOW)


def is_open(database: Database, unit: str) -> bool:
    """Whether the form of a unit can be filled in after the deadline."""
    return form_now(database, person(database, unit), unit, AFTER_THE_DEADLINE).is_open


def test_a_reopened_unit_reports_after_the_deadline_until_it_is_ended(year: Database):
    row = reopen(year)
    assert (is_open(year, JIANWAI), is_open(year, CHAOWAI)) == (True, False)
    end(year, row)

    assert is_open(year, JIANWAI) is False
    with year.reading() as session:
        assert [entry.action for entry in entries(session, "reopening:")] == ["reopened", "ended"]


def test_the_reopenings_of_a_day_are_those_of_units_and_departments_that_hold(year: Database):
    reopen(year), reopen(year, "department:water-bureau", date(2026, 12, 22))
    with year.reading() as session:
        found = {
            day: [(row.unit, row.department) for row in open_reopenings(session, year_2026(session).id, day)]
            for day in (LATER, LATER + timedelta(days=1), date(2026, 12, 23))
        }
    assert found == {
        LATER: [(JIANWAI, None), (None, "water-bureau")],
        LATER + timedelta(days=1): [(None, "water-bureau")],
        date(2026, 12, 23): [],
    }


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"whom": "unit:110105999"}, "whom"),
        ({"whom": "department:nobody"}, "whom"),
        ({"whom": ""}, "whom"),
        ({"until": None}, "until"),
        ({"until": date(2026, 11, 26)}, "until"),
        ({"until": date(2026, 12, 10)}, "until"),
        ({"until": date(2026, 12, 21)}, "until"),
        ({"whom": "department:water-bureau", "until": date(2026, 12, 20)}, "until"),
        ({"whom": "department:water-bureau", "until": date(2026, 12, 28)}, "until"),
        ({"reason": " "}, "reason"),
    ],
)
def test_what_cannot_be_reopened_is_told_beside_its_field(year: Database, facts: dict[str, object], field: str):
    with pytest.raises(Refused) as refused:
        reopen(year, **facts)

    assert set(refused.value.fields) == {field}


def test_a_unit_is_reopened_once_at_a_time(year: Database):
    row = reopen(year)
    with pytest.raises(Refused):
        reopen(year)
    end(year, row)

    assert reopen(year) > row


def test_a_reopening_ends_once(year: Database):
    row = reopen(year)
    with pytest.raises(Stale):
        end(year, row, seen=7)
    end(year, row)
    with pytest.raises(Refused):
        end(year, row, seen=2)
    with pytest.raises(NotFound):
        end(year, row + 1)


def test_only_the_office_reopens(year: Database):
    row = reopen(year)
    for username in (JIANWAI, "evaluator", "leader"):
        with pytest.raises(NotAllowed):
            reopen(year, f"unit:{CHAOWAI}", by=username)
        with pytest.raises(NotAllowed):
            end(year, row, by=username)


def test_nothing_is_reopened_once_results_are_out(database: Database):
    with database.writing() as session:
        a_year(session, stage=Stage.PROVISIONAL, units=1)
        people(session, [JIANWAI])
    with pytest.raises(Refused):
        reopen(database)
