"""What a finding costs, on its page; and the findings behind an item, on the estimate of the unit."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assess.core.errors import NotFound
from assess.services.findings.behind import ledger_sources
from assess.services.findings.costing import costs_of
from assess.services.years import year_of
from assess.store.models import Finding
from assess.store.session import Database
from tests.queries import counted
from tests.services.findings import DUST, TODAY, a_ledger, closed, record
from tests.services.forms import year_2026
from tests.web.bureau import english
from tests.web.conftest import SignInAs
from tests.web.pages import Page, visit
from tests.web.served import stop_clock
from tests.years import CHAOWAI, JIANWAI, NOW, person

ESTIMATE = f"/2026/form/{JIANWAI}/estimate"

COSTS = [
    [
        "Findings put right in time: counts as not corrected on time (overdue since 2026-11-25)",
        "costs 0.42 points: 0.83 of 2.5 now, 1.25 without this finding"
        "The rule sheet says: In proportion, as rectification feedback in Xiang'an's villages.",
    ],
    [
        "Findings closed: counts as not closed yet",
        "costs nothing more: the item has its minimum of 0.00 either way"
        "The rule sheet says: Straight line with a hard floor; the share is read as in Yueqing's river chief reports.",
    ],
    [
        "Findings overdue: overdue since 2026-11-25",
        "costs 0.2 points: 1.10 of 1.5 now, 1.30 without this finding"
        "The rule sheet says: So much for each, returned ones at most 0.5.",
    ],
    [
        "Findings repeated: repeat of no. 2",
        "costs 0.2 points: 0.80 of 1 now, 1.00 without this findingThe rule sheet says: What comes back costs more.",
    ],
]
"""Why each item counts no. 3, and what it costs."""


@pytest.fixture(autouse=True)
def clock(app: Flask) -> None:
    """Every request comes on 27 November."""
    stop_clock(app, NOW)


def rows(page: Page, caption: str, *heads: str) -> list[list[str]]:
    """The rows of a table, only those of certain heads where some are named."""
    return [row for row in page.tables[caption][1:] if not heads or row[0] in heads]


def a_busy_ledger(database: Database) -> None:
    """No. 1 is overdue, no. 2 closed, no. 3 an overdue repeat of it, no. 4 of another unit."""
    a_ledger(database)
    record(database, DUST._replace(deadline="2026-11-25"))
    record(database)
    closed(database, 2)
    record(database, DUST._replace(deadline="2026-11-24"))
    record(database, DUST._replace(unit=CHAOWAI))
    with database.writing() as session:
        found = {row.number: row for row in session.query(Finding)}
        found[3].repeat_of = found[2].id


def test_the_page_of_a_finding_says_what_it_costs_and_the_estimate_which_findings_count(
    app: Flask, database: Database, sign_in_as: SignInAs
):
    a_busy_ledger(database)
    official: FlaskClient = english(sign_in_as(JIANWAI))
    visit(official, "/2026/findings/3")

    with counted(app.extensions["database"]) as queries:
        page = visit(official, "/2026/findings/3")
    assert len(queries) <= 12
    assert "Estimate: this finding currently costs 0.82 points." in page.main
    assert [row[1:] for row in rows(page, "Items that count this finding")] == COSTS
    assert visit(official, page.links["Findings repeated"]).path.endswith(f"&unit={JIANWAI}&counted=repeated")

    with counted(app.extensions["database"]) as queries:
        estimate = visit(official, ESTIMATE)
    assert len(queries) <= 12
    items = ("Findings put right in time", "Overdue and returned", "Repeated problems")
    assert [row[3] for row in rows(estimate, "Estimated points by item", *items)] == [
        "Findings put right in time: 33.333333%, target 100%, so 33.333333% of 2.5 points (figure ÷ target); "
        "≈0.8333 points, rounded to 0.83Findings put right in time: 1 of 3, not nos. 1, 3",
        "Full mark 1.5 points; Findings overdue: 2 cases, 0.2 points for each case, 0.4 points off; "
        "Findings returned at review: 0 cases, no points off; 1.10 pointsFindings overdue: nos. 1, "
        "3Findings returned at review: none",
        "Full mark 1 point; Findings repeated: 1 case, 0.2 points for each case, 0.2 points off; "
        "0.80 pointsFindings repeated: no. 3",
    ]
    supplied = visit(official, f"/2026/supplied/{JIANWAI}").tables["Figures of the ledger"]
    assert supplied[1:4] == [
        ["Findings put right in time", "33.333333%", "1 of 3, not nos. 1, 3"],
        ["Findings closed", "33.333333%", "1 of 3, not nos. 1, 3"],
        ["Findings overdue", "2 cases", "nos. 1, 3"],
    ]
    listed = visit(official, estimate.links["Findings overdue"])
    assert sorted(text for text in listed.links if text.startswith("No. ")) == ["No. 1 Dust", "No. 3 Dust"]
    visit(official, "/2026/findings/4", status=404)


def test_costs_and_sources_are_asked_of_either_engine_in_a_fixed_number_of_queries(database: Database):
    a_busy_ledger(database)
    official = person(database, JIANWAI)
    with database.reading() as session:
        cycle = year_2026(session)
        year = year_of(session, cycle)
        with counted(database) as queries:
            found = costs_of(session, official, cycle=cycle, number=3, day=TODAY)
            sources = ledger_sources(session, year, day=TODAY)
        with pytest.raises(NotFound):
            costs_of(session, official, cycle=cycle, number=4, day=TODAY)

    assert (str(found.points), len(queries)) == ("41/50", 6)
    assert {name: str(each) for name, each in sources[CHAOWAI].items()} == {
        "findings_on_time": "问题台账：没有此类问题",
        "findings_closed": "问题台账：共1个，计入0个，不含第4号",
        "findings_overdue": "问题台账：没有此类问题",
        "findings_returned": "问题台账：没有此类问题",
        "findings_repeated": "问题台账：没有此类问题",
        "findings_days": "问题台账：没有此类问题",
    }
    assert str(sources[JIANWAI]["findings_overdue"]) == "问题台账：第1、3号"
