"""Three thousand findings: as many queries as for three, and what they count equals a recount of the histories."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from assess.core.findings.history import FindingStanding, standing_of
from assess.core.findings.listing import AGES, Aged, FindingView
from assess.core.findings.measures import Tally
from assess.core.findings.reckoning import Counted
from assess.services.findings import board_of, counts_of, finding_page, findings_of
from assess.services.findings.standing import kept_of
from assess.services.ledger_figures import ledger_figures
from assess.services.years import year_of
from assess.store.models import Finding, FindingEvent
from assess.store.queries.finding_lists import Dimension, FindingFilter, tallies_by
from assess.store.queries.findings import event_record
from assess.store.session import Database
from tests.ledgers import add_findings
from tests.queries import counted
from tests.services.findings import TODAY, a_ledger
from tests.services.forms import year_2026
from tests.services.test_findings_histories import recounted
from tests.years import CHAOWAI, JIANWAI, NOW, person

MANY = 3_000


@dataclass(frozen=True)
class Truth:
    """A finding by its history."""

    unit: str
    kind: str
    domain: str
    source: str
    repeats: bool
    standing: FindingStanding


@pytest.fixture
def ledger(database: Database) -> Database:
    return filled(database)


@pytest.fixture
def sqlite_ledger(sqlite_url: str) -> Iterator[Database]:
    opened = Database(sqlite_url)
    yield filled(opened)
    opened.close()


DIMENSIONS: tuple[Dimension, ...] = ("unit", "kind", "domain", "source")


def kept_counts(database: Database) -> dict[Dimension, dict[tuple[str, ...], Tally]]:
    """The findings of the year as boards read them."""
    return tallied(database, None)


def recounts(database: Database) -> dict[Dimension, dict[tuple[str, ...], Tally]]:
    """The same, of units that are named one by one and so counted from their findings."""
    with database.reading() as session:
        units = year_of(session, year_2026(session)).units.codes
    return tallied(database, units)


def tallied(database: Database, units: Collection[str] | None) -> dict[Dimension, dict[tuple[str, ...], Tally]]:
    """Findings by unit, kind, domain and source."""
    with database.reading() as session:
        cycle = year_2026(session).id
        return {
            by: {
                (unit, each.kind, each.domain, each.source): each
                for unit, each in tallies_by(session, cycle=cycle, day=TODAY, by=(by,), units=units)
            }
            for by in DIMENSIONS
        }


def filled(database: Database) -> Database:
    """A year with its findings."""
    a_ledger(database)
    accounts = [person(database, who).account for who in ("evaluator", JIANWAI, "reviewer")]
    with database.writing() as session:
        cycle = year_2026(session).id
        add_findings(session, cycle=cycle, units=(JIANWAI, CHAOWAI), count=MANY, people=accounts)
    return database


def truths(database: Database) -> dict[int, Truth]:
    """Every finding by its history, by its number."""
    histories: dict[int, list[Any]] = {}
    with database.reading() as session:
        query = select(FindingEvent.finding_id, event_record()).order_by(FindingEvent.id)
        for finding, event in session.execute(query):
            histories.setdefault(finding, []).append(event)
        rows = session.query(Finding).order_by(Finding.number).all()
    found = {}
    for row in rows:
        standing = standing_of(histories[row.id])
        assert {name: getattr(row, name) for name in kept_of(standing)} == kept_of(standing)
        found[row.number] = Truth(row.unit, row.kind, row.domain, row.source, row.repeat_of is not None, standing)
    return found


def tally(of: list[Truth], **named: str) -> Tally:
    """Findings counted one by one."""
    repeated = sum(each.repeats and not each.standing.is_void for each in of)
    return recounted([each.standing for each in of], TODAY)._replace(repeated=repeated, **named)


def test_what_is_counted_equals_a_recount_and_lists_stand_worst_first(ledger: Database):
    truth = truths(ledger)
    keys = {(each.unit, each.kind, each.domain, each.source) for each in truth.values()}
    with ledger.reading() as session:
        cycle, office = year_2026(session), person(ledger, "office")
        finest = tallies_by(session, cycle=cycle.id, day=TODAY, by=("unit", "kind", "domain", "source"))
        coarse = tallies_by(session, cycle=cycle.id, day=TODAY, by=("source",), units=[CHAOWAI])
        board = board_of(session, office, cycle=cycle, by="kind", now=NOW)
        whole = findings_of(
            session, office, cycle=cycle, narrowed=FindingFilter(), show=FindingView.ALL, part=slice(0, MANY), now=NOW
        )
        ends = slice(MANY - 10, MANY)
        last = findings_of(
            session, office, cycle=cycle, narrowed=FindingFilter(), show=FindingView.ALL, part=ends, now=NOW
        )

    expected = {}
    for unit, kind, domain, source in keys:
        of = [each for each in truth.values() if (each.unit, each.kind, each.source) == (unit, kind, source)]
        expected[unit, kind, domain, source] = tally(of, kind=kind, domain=domain, source=source)
    assert {(unit, each.kind, each.domain, each.source): each for unit, each in finest} == expected
    assert {each.source: each for _, each in coarse} == {
        source: tally([each for each in truth.values() if (each.unit, each.source) == (CHAOWAI, source)], source=source)
        for source in {each.source for each in truth.values()}
    }
    assert board.all.tally == tally(list(truth.values()))
    assert list(board.ages.values()) == [
        Aged(sum(map(is_open, of_age)), sum(each.standing.is_overdue(TODAY) for each in of_age))
        for of_age in (
            [each for each in truth.values() if first <= each.standing.found_on <= last]
            for first, last in (age.days(TODAY) for age in AGES)
        )
    ]
    order = sorted(truth, key=lambda number: (kept_of(truth[number].standing)["urgency"], number))
    assert [line.number for line in whole.lines] == order
    assert [line.number for line in last.lines] == order[-10:]
    late = sorted(no for no, each in truth.items() if each.standing.is_overdue(TODAY))
    assert sorted(order[: len(late)]) == late
    assert whole.counts[FindingView.OVERDUE] == len(late)


def test_what_the_database_keeps_counted_is_what_there_is(ledger: Database):
    assert kept_counts(ledger) == recounts(ledger)


def test_the_lists_behind_the_numbers_of_a_board_hold_as_many(ledger: Database):
    told, listed = {}, {}
    with ledger.reading() as session:
        cycle, leader = year_2026(session), person(ledger, "leader")
        for line in board_of(session, leader, cycle=cycle, by="domain", now=NOW).lines:
            tally = line.tally
            closed_late = tally.closed - tally.closed_on_time
            told[line.id] = (tally.opened, tally.closed_on_time, closed_late, tally.repeated, line.open, tally.overdue)
            asked = [
                (FindingView.ALL, Counted.OPENED), (FindingView.ALL, Counted.ON_TIME), (FindingView.ALL, Counted.LATE),
                (FindingView.ALL, Counted.REPEATED), (FindingView.OPEN, None), (FindingView.OVERDUE, None),
            ]  # fmt: skip
            listed[line.id] = tuple(
                findings_of(
                    session, leader, cycle=cycle, narrowed=FindingFilter(domain=line.id, counted=counted), show=show,
                    part=slice(0, 0), now=NOW,
                ).number
                for show, counted in asked
            )  # fmt: skip
        returned = findings_of(
            session, leader, cycle=cycle, narrowed=FindingFilter(counted=Counted.RETURNED), show=FindingView.ALL,
            part=slice(0, MANY), now=NOW,
        )  # fmt: skip
    assert listed == told
    assert {line.number for line in returned.lines} == {
        number for number, each in truths(ledger).items() if each.standing.returns and not each.standing.is_void
    }


def is_open(truth: Truth) -> bool:
    return not truth.standing.is_done and not truth.standing.is_void


def test_many_findings_ask_as_many_queries_as_few(sqlite_ledger: Database):
    office, official = person(sqlite_ledger, "office"), person(sqlite_ledger, JIANWAI)
    with sqlite_ledger.reading() as session:
        cycle = year_2026(session)
        year = year_of(session, cycle)

        def listed(**narrowed: Any) -> Callable[[], Any]:
            return lambda: findings_of(
                session,
                office,
                cycle=cycle,
                narrowed=FindingFilter(**narrowed),
                show=FindingView.OPEN,
                part=slice(50, 100),
                now=NOW,
            )

        works: dict[str, tuple[int, Callable[[], Any]]] = {
            "figures": (1, lambda: ledger_figures(session, year, day=TODAY + timedelta(days=1))),
            "home": (1, lambda: counts_of(session, official, cycle=cycle, now=NOW)),
            "board": (4, lambda: board_of(session, office, cycle=cycle, by="unit", now=NOW)),
            "list": (5, listed()),
            "words": (5, listed(words="号工地", kind="dust")),
            "page": (8, lambda: finding_page(session, office, cycle=cycle, number=MANY, now=NOW)),
        }
        for work, (most, ask) in works.items():
            with counted(sqlite_ledger) as queries:
                ask()
            assert len(queries) <= most, work
