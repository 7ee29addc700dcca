"""What a finding's row keeps is what its history says; lists, boards and figures count as a plain recount does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from shutil import copyfile
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.core.errors import Declined
from assess.core.findings.history import Standing, standing_of
from assess.core.findings.listing import Show
from assess.core.findings.measures import Tally, measured
from assess.core.findings.states import DONE, TO_RECTIFY, FindingState, Relief
from assess.services.findings import board_of, counts_of, findings_of, ledger_figures
from assess.services.findings.pages import steps_for
from assess.services.findings.standing import kept_of
from assess.services.forms.estimating import with_records
from assess.services.forms.unit_form import unit_form
from assess.services.years import year_of
from assess.store.models import Finding
from assess.store.queries.finding_lists import Narrowed, tallies_by
from assess.store.queries.findings import events_of
from assess.store.session import Database
from tests.queries import counted
from tests.services.findings import DUST, TODAY, a_ledger, closed, page_of, record, step
from tests.services.forms import year_2026
from tests.stores import sqlite_address
from tests.years import CHAOWAI, JIANWAI, NOW, person

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


@pytest.fixture
def ledger(database: Database) -> Database:
    return a_ledger(database)


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


def attempt(database: Database, standing: Standing, each: Try, days: int) -> Standing:
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


def standings(database: Database) -> dict[int, Standing]:
    """Where each finding stands by its history."""
    with database.reading() as session:
        rows = session.query(Finding).order_by(Finding.number).all()
        return {row.number: standing_of(each.event for each in events_of(session, row.id)) for row in rows}


def kept(database: Database) -> list[dict[str, Any]]:
    """What each row keeps."""
    names = (*kept_of(Standing(FindingState.FOUND, TODAY, TODAY)), "events")
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


def recounted(truth: Any, day: date) -> Tally:
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
        days=sum((each.fixed_on - each.found_on).days for each in done),
    )


def is_due(standing: Standing, day: date) -> bool:
    """Whether the deadline of an open finding has passed and the unit did not put it right in time."""
    is_running = standing.state is not FindingState.SUSPENDED
    return is_running and standing.deadline is not None and standing.deadline < day and not standing.is_on_time


def check_shown(database: Database, truth: dict[int, Standing], days: int) -> None:
    """Every list holds what belongs into it, and counts it."""
    now = NOW + timedelta(days=days)
    day = TODAY + timedelta(days=days)
    belongs = {
        Show.ALL: lambda each: True,
        Show.OPEN: lambda each: not each.is_done and not each.is_void,
        Show.OVERDUE: lambda each: each.is_overdue(day),
        Show.TO_RECTIFY: lambda each: each.state in TO_RECTIFY,
        Show.ASKED: lambda each: each.asked is not None,
        Show.DONE: lambda each: each.is_done,
        Show.VOID: lambda each: each.is_void,
    }
    office = person(database, "office")
    for show, is_in in belongs.items():
        with database.reading() as session:
            found = findings_of(
                session, office, cycle=year_2026(session), narrowed=Narrowed(), show=show, part=ALL, now=now
            )
        assert sorted(line.number for line in found.lines) == [no for no, each in truth.items() if is_in(each)]
        assert found.number == len(found.lines)


def numbers(
    database: Database, who: str, narrowed: Narrowed | None = None, show: Show = Show.ALL, **given: Any
) -> list[int]:
    """The findings that a person's list shows."""
    actor = person(database, who)
    with database.reading() as session:
        found = findings_of(
            session, actor, cycle=year_2026(session), narrowed=narrowed or Narrowed(), show=show, part=ALL,
            now=given.get("now", NOW),
        )  # fmt: skip
    return [line.number for line in found.lines]


def test_lists_are_narrowed_and_stand_worst_first(ledger: Database):
    record(ledger, DUST)
    record(ledger, DUST._replace(deadline="2026-11-25"))
    record(ledger, DUST._replace(kind="sewage", source="hotline", place="坝河 ３ 号口", deadline=""))
    record(ledger, DUST._replace(unit=CHAOWAI, what="渣土 100% 裸露", deadline="2026-12-01"))
    closed(ledger, 1)

    assert numbers(ledger, "office") == [2, 4, 3, 1]
    assert numbers(ledger, "office", show=Show.OVERDUE) == [2]
    assert numbers(ledger, "office", show=Show.OPEN) == [2, 4, 3]
    assert numbers(ledger, JIANWAI) == [2, 3, 1]
    assert numbers(ledger, CHAOWAI) == [4]
    assert numbers(ledger, "leader", Narrowed(units=[CHAOWAI])) == [4]
    assert numbers(ledger, "office", Narrowed(kind="sewage")) == [3]
    assert numbers(ledger, "office", Narrowed(domain="air", source="patrol")) == [2, 4, 1]
    assert numbers(ledger, "office", Narrowed(words="坝河3号")) == [3]
    assert numbers(ledger, "office", Narrowed(words="0%")) == [4]
    assert numbers(ledger, "office", Narrowed(words="4")) == [4]
    assert numbers(ledger, "office", Narrowed(found=(date(2026, 11, 21), TODAY))) == []
    with pytest.raises(Declined):
        numbers(ledger, JIANWAI, Narrowed(units=[CHAOWAI]))
    with pytest.raises(Declined):
        numbers(ledger, "receiver")
    with ledger.reading() as session:
        own = counts_of(session, person(ledger, JIANWAI), cycle=year_2026(session), now=NOW)
    assert {show: n for show, n in own.items() if n} == {
        Show.OPEN: 2, Show.OVERDUE: 1, Show.TO_ASSIGN: 1, Show.TO_RECTIFY: 1, Show.DONE: 1, Show.ALL: 3,
    }  # fmt: skip


def test_boards_count_by_unit_kind_domain_and_source_worst_first(ledger: Database):
    record(ledger, DUST)
    record(ledger, DUST._replace(deadline="2026-11-25", unit=CHAOWAI))
    record(ledger, DUST._replace(kind="sewage", source="hotline", found_on="2026-10-01", deadline="2026-10-10"))
    closed(ledger, 1)
    boards = {}
    for by in ("unit", "kind", "domain", "source"):
        with ledger.reading() as session:
            boards[by] = board_of(session, person(ledger, "leader"), cycle=year_2026(session), by=by, now=NOW)

    told = {
        by: [(line.id, *line.tally[3:8]) for line in board.lines if line.tally.opened] for by, board in boards.items()
    }
    assert told == {
        "unit": [(JIANWAI, 2, 1, 1, 2, 1), (CHAOWAI, 1, 0, 0, 1, 1)],
        "kind": [("dust", 2, 1, 1, 2, 1), ("sewage", 1, 0, 0, 1, 1)],
        "domain": [("air", 2, 1, 1, 2, 1), ("water", 1, 0, 0, 1, 1)],
        "source": [("patrol", 2, 1, 1, 2, 1), ("hotline", 1, 0, 0, 1, 1)],
    }
    assert {board.all.tally for board in boards.values()} == {
        Tally(opened=3, closed=1, closed_on_time=1, due=3, overdue=2, days=7)
    }
    assert (boards["unit"].all.share_closed, boards["unit"].all.share_on_time) == ("33.3", "33.3")
    assert list(boards["unit"].ages.values()) == [1, 0, 0, 1, 0]
    with ledger.reading() as session:
        own = board_of(session, person(ledger, JIANWAI), cycle=year_2026(session), by="unit", now=NOW)
    assert [(line.id, line.tally.opened) for line in own.lines] == [(JIANWAI, 2)]


def figures_now(database: Database, *, days: int = 0) -> dict[str, str]:
    """The figures of the ledger of the first unit."""
    with database.reading() as session:
        year = year_of(session, year_2026(session))
        found = ledger_figures(session, year, day=TODAY + timedelta(days=days))
        alone = ledger_figures(session, year, day=TODAY + timedelta(days=days), units=[JIANWAI])
    assert alone == {JIANWAI: found[JIANWAI]}
    return found[JIANWAI]


def test_the_figures_of_the_ledger_follow(ledger: Database):
    assert figures_now(ledger) == {"findings_overdue": "0", "findings_returned": "0", "findings_repeated": "0"}
    record(ledger, DUST._replace(deadline="2026-11-25"))
    record(ledger)
    record(ledger, DUST._replace(unit=CHAOWAI))
    assert figures_now(ledger) == {
        "findings_closed": "0", "findings_on_time": "0", "findings_overdue": "1", "findings_returned": "0",
        "findings_repeated": "0",
    }  # fmt: skip
    closed(ledger, 1)
    closed(ledger, 2)
    assert figures_now(ledger) == {
        "findings_closed": "100", "findings_on_time": "50", "findings_overdue": "0", "findings_returned": "0",
        "findings_repeated": "0", "findings_days": "7",
    }  # fmt: skip


def test_a_deduction_appears_on_the_estimate_and_goes_when_the_finding_is_put_right(ledger: Database):
    def points() -> tuple[str | None, str]:
        with ledger.reading() as session:
            form = unit_form(session, person(ledger, JIANWAI), cycle=year_2026(session), unit=JIANWAI, now=NOW)
            line = with_records(session, form).estimate.line("inspection.overdue")
        assert line is not None
        return line.points, line.why.en

    before = points()
    assert before[0] == "1.50"
    record(ledger, DUST._replace(deadline="2026-11-25"))
    assert points()[0] == "1.30"
    closed(ledger)
    assert points() == before


def test_measures_of_all_units_are_one_query_and_lists_and_pages_a_fixed_number(ledger: Database):
    for _ in range(3):
        record(ledger)
    page_of(ledger, "office")
    office, official = person(ledger, "office"), person(ledger, JIANWAI)
    asked = {}
    with ledger.reading() as session:
        cycle = year_2026(session)
        year = year_of(session, cycle)
        for name, ask in {
            "figures": lambda: ledger_figures(session, year, day=TODAY),
            "list": lambda: findings_of(
                session, office, cycle=cycle, narrowed=Narrowed(), show=Show.ALL, part=slice(0, 50), now=NOW
            ),
            "board": lambda: board_of(session, office, cycle=cycle, by="unit", now=NOW),
            "home": lambda: counts_of(session, official, cycle=cycle, now=NOW),
        }.items():
            with counted(ledger) as queries:
                ask()
            asked[name] = len(queries)
    with counted(ledger) as queries:
        page_of(ledger, "evaluator", 3)
    asked["page"] = len(queries) - 3
    assert asked == {"figures": 1, "list": 5, "board": 4, "home": 1, "page": 7}


def test_the_measures_of_rules_agree_with_the_figures(ledger: Database):
    record(ledger, DUST._replace(deadline="2026-11-25"))
    with ledger.reading() as session:
        year = year_of(session, year_2026(session))
        tallied = tallies_by(
            session, cycle=year.cycle.id, day=TODAY, by=("unit", "kind", "domain", "source"), units=[JIANWAI]
        )
    assert tallied == [(JIANWAI, Tally("dust", "air", "patrol", opened=1, due=1, overdue=1))]
    assert measured(year.sheet, {JIANWAI: [tallied[0][1]]}, [JIANWAI])[JIANWAI]["findings_overdue"] == Fraction(1)
