"""What a finding's row keeps, lists hold and measures count is what the histories say, whatever people do."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from shutil import copyfile
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.core.errors import Declined
from assess.core.findings.history import FindingStanding, standing_of
from assess.core.findings.listing import FindingView
from assess.core.findings.measures import Tally
from assess.core.findings.states import DONE, TO_RECTIFY, FindingState, Relief
from assess.services.findings import findings_of
from assess.services.findings.pages import steps_for
from assess.services.findings.standing import kept_of
from assess.store.models import Finding
from assess.store.queries.finding_lists import FindingFilter, tallies_by
from assess.store.queries.findings import events_of
from assess.store.session import Database
from tests.services.findings import DUST, TODAY, a_ledger, record, step
from tests.services.forms import year_2026
from tests.stores import sqlite_address
from tests.years import JIANWAI, NOW, person

ALL = slice(0, 1000)
PEOPLE = (JIANWAI, "colleague", "evaluator", "reviewer", "office")


class Try(NamedTuple):
    """What somebody does with one of three findings, so many days on: one of the steps that are open to them."""

    number: int
    choice: int
    who: str
    days: int
    until: int
    relief: Relief


def tries() -> st.SearchStrategy[list[Try]]:
    """Whatever people may do, in any order."""
    each = st.builds(
        Try, st.integers(1, 3), st.integers(0, 60), st.sampled_from(PEOPLE), st.integers(0, 3),
        st.integers(-3, 20), st.sampled_from(Relief),
    )  # fmt: skip
    return st.lists(each, min_size=10, max_size=25)


@pytest.fixture(scope="module")
def filled(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year with three findings, to be copied."""
    file = copyfile(sqlite_template, tmp_path_factory.mktemp("filled") / "assess.db")
    with opened(file) as database:
        a_ledger(database)
        for typed in (DUST, DUST._replace(kind="sewage", deadline=""), DUST._replace(kind="noise", source="hotline")):
            record(database, typed)
    return file


@contextmanager
def opened(file: Path) -> Iterator[Database]:
    """The database in a file."""
    database = Database(sqlite_address(file))
    yield database
    database.close()


def attempt(database: Database, standing: FindingStanding, each: Try, days: int) -> FindingStanding:
    """Take a step that is open to a person, if any is; a few are turned down. Gives where the finding stands then."""
    steps = steps_for(person(database, each.who), standing, JIANWAI)
    until = (TODAY + timedelta(days=days + each.until)).isoformat()
    try:
        return step(
            database, steps[each.choice % len(steps)].value, each.who, number=each.number, days=days, deadline=until,
            relief=each.relief.value, reason="because",
        ) if steps else standing  # fmt: skip
    except Declined:
        return standing


def standings(database: Database) -> dict[int, FindingStanding]:
    """Where each finding stands by its history."""
    with database.reading() as session:
        rows = session.query(Finding).order_by(Finding.number).all()
        return {row.number: standing_of(each.event for each in events_of(session, row.id)) for row in rows}


def kept(database: Database) -> list[dict[str, Any]]:
    """What each row keeps."""
    names = (*kept_of(FindingStanding(FindingState.FOUND, TODAY, TODAY)), "events")
    with database.reading() as session:
        return [{name: getattr(row, name) for name in names} for row in session.query(Finding).order_by(Finding.number)]


@settings(max_examples=5, deadline=None)
@given(tries())
def test_after_whatever_people_try_rows_lists_and_measures_say_what_the_histories_say(
    filled: Path, tmp_path_factory: pytest.TempPathFactory, attempts: list[Try]
):
    days = 0
    with opened(copyfile(filled, tmp_path_factory.mktemp("tried") / "assess.db")) as database:
        reached = standings(database)
        for each in attempts:
            days += each.days
            reached[each.number] = attempt(database, reached[each.number], each, days)
        truth = standings(database)
        assert truth == reached
        with database.reading() as session:
            lengths = [len(events_of(session, row.id)) for row in session.query(Finding).order_by(Finding.number)]
        assert kept(database) == [
            {**kept_of(standing), "events": n} for standing, n in zip(truth.values(), lengths, strict=True)
        ]
        for day in (TODAY, TODAY + timedelta(days=days // 2), TODAY + timedelta(days=days + 30)):
            assert tally_now(database, day) == recounted(truth.values(), day)
        check_shown(database, truth, days)


def tally_now(database: Database, day: date) -> Tally:
    """The findings of the unit as one query counts them."""
    with database.reading() as session:
        found = tallies_by(session, cycle=year_2026(session).id, day=day)
    return dict(found).get(JIANWAI, Tally())


def recounted(truth: Collection[FindingStanding], day: date) -> Tally:
    """The same counted one by one."""
    counting = [each for each in truth if not each.is_void]
    done = [each for each in counting if each.state in DONE]
    return Tally(
        opened=len(counting),
        closed=len(done),
        closed_on_time=sum(each.is_on_time for each in done),
        due=sum(each.state in DONE or is_due(each, day) for each in counting),
        overdue=sum(each.is_overdue(day) for each in counting),
        returned=sum(each.returns for each in counting),
        days=sum(0 if each.fixed_on is None else (each.fixed_on - each.found_on).days for each in done),
    )


def is_due(standing: FindingStanding, day: date) -> bool:
    """Whether the deadline of an open finding has passed and the unit did not put it right in time."""
    is_running = standing.state is not FindingState.SUSPENDED
    return is_running and standing.deadline is not None and standing.deadline < day and not standing.is_on_time


def check_shown(database: Database, truth: dict[int, FindingStanding], days: int) -> None:
    """Every list holds what belongs into it, and counts it."""
    now = NOW + timedelta(days=days)
    day = TODAY + timedelta(days=days)
    belongs: dict[FindingView, Callable[[FindingStanding], bool]] = {
        FindingView.ALL: lambda each: True,
        FindingView.OPEN: lambda each: not each.is_done and not each.is_void,
        FindingView.OVERDUE: lambda each: each.is_overdue(day),
        FindingView.TO_RECTIFY: lambda each: each.state in TO_RECTIFY,
        FindingView.ASKED: lambda each: each.asked is not None,
        FindingView.DONE: lambda each: each.is_done,
        FindingView.VOID: lambda each: each.is_void,
    }
    office = person(database, "office")
    for show, is_in in belongs.items():
        with database.reading() as session:
            found = findings_of(
                session, office, cycle=year_2026(session), narrowed=FindingFilter(), show=show, part=ALL, now=now
            )
        assert sorted(line.number for line in found.lines) == [no for no, each in truth.items() if is_in(each)]
        assert found.number == len(found.lines)
