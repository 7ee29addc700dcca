"""Lists, boards and figures of findings, on either engine: what they hold, their order, and what they ask."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from assess.core.errors import Declined
from assess.core.findings.listing import FindingView
from assess.core.findings.measures import Tally, measured
from assess.services.findings import board_of, counts_of, findings_of
from assess.services.forms.estimating import with_records
from assess.services.forms.unit_form import unit_form
from assess.services.ledger_figures import ledger_figures
from assess.services.years import year_of
from assess.store.queries.finding_lists import FindingFilter, tallies_by
from assess.store.session import Database
from tests.queries import counted
from tests.services.findings import DUST, TODAY, a_ledger, closed, page_of, record
from tests.services.forms import year_2026
from tests.years import CHAOWAI, JIANWAI, NOW, person

ALL = slice(0, 1000)


@pytest.fixture
def ledger(database: Database) -> Database:
    return a_ledger(database)


def numbers(
    database: Database,
    who: str,
    narrowed: FindingFilter | None = None,
    show: FindingView = FindingView.ALL,
    **given: Any,
) -> list[int]:
    """The findings that a person's list shows."""
    actor = person(database, who)
    with database.reading() as session:
        found = findings_of(
            session, actor, cycle=year_2026(session), narrowed=narrowed or FindingFilter(), show=show, part=ALL,
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
    assert numbers(ledger, "office", show=FindingView.OVERDUE) == [2]
    assert numbers(ledger, "office", show=FindingView.OPEN) == [2, 4, 3]
    assert numbers(ledger, JIANWAI) == [2, 3, 1]
    assert numbers(ledger, CHAOWAI) == [4]
    assert numbers(ledger, "leader", FindingFilter(units=[CHAOWAI])) == [4]
    assert numbers(ledger, "office", FindingFilter(kind="sewage")) == [3]
    assert numbers(ledger, "office", FindingFilter(domain="air", source="patrol")) == [2, 4, 1]
    assert numbers(ledger, "office", FindingFilter(words="坝河3号")) == [3]
    assert numbers(ledger, "office", FindingFilter(words="0%")) == [4]
    assert numbers(ledger, "office", FindingFilter(words="4")) == [4]
    assert numbers(ledger, "office", FindingFilter(found=(date(2026, 11, 21), TODAY))) == []
    with pytest.raises(Declined):
        numbers(ledger, JIANWAI, FindingFilter(units=[CHAOWAI]))
    with pytest.raises(Declined):
        numbers(ledger, "receiver")
    with ledger.reading() as session:
        own = counts_of(session, person(ledger, JIANWAI), cycle=year_2026(session), now=NOW)
    assert {show: n for show, n in own.items() if n} == {
        FindingView.OPEN: 2,
        FindingView.OVERDUE: 1,
        FindingView.TO_ASSIGN: 1,
        FindingView.TO_RECTIFY: 1,
        FindingView.DONE: 1,
        FindingView.ALL: 3,
    }


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
    assert list(boards["unit"].ages.values()) == [(1, 1), (0, 0), (0, 0), (1, 1), (0, 0)]
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
                session, office, cycle=cycle, narrowed=FindingFilter(), show=FindingView.ALL, part=slice(0, 50), now=NOW
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
