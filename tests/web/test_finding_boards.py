"""Boards of findings: worst first, every number with the findings behind it, overdue in red and in words."""

from __future__ import annotations

import re

from flask import Flask

from assess.store.session import Database
from tests.ledgers import add_findings
from tests.queries import counted
from tests.services.findings import DUST, a_ledger, closed, record, step
from tests.services.forms import year_2026
from tests.web.bureau import english
from tests.web.conftest import SignInAs
from tests.web.finding_pages import LEDGER, stop_the_clock
from tests.web.pages import visit
from tests.years import CHAOWAI, JIANWAI, person

BOARDS = f"{LEDGER}/boards"


def three_findings(database: Database) -> None:
    """One that was returned and closed, one overdue for months, one that has time yet."""
    a_ledger(database)
    record(database, DUST)
    record(
        database,
        DUST._replace(unit=CHAOWAI, kind="sewage", source="hotline", found_on="2026-08-01", deadline="2026-08-10"),
    )
    record(database, DUST._replace(unit=CHAOWAI))
    step(database, "report", JIANWAI, reason="已苫盖")
    step(database, "return", "reviewer", reason="仍有裸露")
    closed(database)


def test_leaders_see_what_is_open_and_overdue_worst_first_and_come_from_a_number_to_its_findings(
    app: Flask, database: Database, sign_in_as: SignInAs
):
    stop_the_clock(app)
    three_findings(database)
    leader = english(sign_in_as("leader"))

    boards = {}
    for by in ("unit", "domain", "age"):
        with counted(database) as asked:
            boards[by] = visit(leader, f"{BOARDS}?by={by}")
        assert len(asked) <= 7, by

    unit, age = boards["unit"], boards["age"]
    assert unit.tables == {
        "By unit, most overdue first": [
            ["Unit", "Recorded", "Open", "Overdue", "Times returned", "Repeats", "Closed", "… on time", "Share closed",
             "Share on time", "Average days"],
            ["Total", "3", "2", "1 overdue", "1", "0", "1", "1", "33.3%", "50.0%", "7.0"],
            ["Chaowai Subdistrict", "2", "2", "1 overdue", "0", "0", "0", "0", "0.0%", "0.0%", "–"],
            ["Jianwai Subdistrict", "1", "0", "0", "1", "0", "1", "1", "100.0%", "100.0%", "7.0"],
        ]
    }  # fmt: skip
    assert [row[:4] for row in boards["domain"].tables["By domain, most overdue first"][1:4]] == [
        ["Total", "3", "2", "1 overdue"], ["Water", "1", "1", "1 overdue"], ["Air", "2", "1", "0"],
    ]  # fmt: skip
    assert age.tables["Open findings by age, oldest first"] == [
        ["Age", "Open", "Overdue"], ["more than 60 days old", "1", "1 overdue"], ["31 to 60 days old", "0", "0"],
        ["16 to 30 days old", "0", "0"], ["8 to 15 days old", "0", "0"], ["0 to 7 days old", "1", "0"],
    ]  # fmt: skip
    assert '<span class="assess-late">1 overdue</span>' in unit.html
    for page in boards.values():
        for path, number in re.findall(
            r'<td[^>]*><a class="govuk-link" href="([^"]*)">(?:<span[^>]*>)?(\d+)', page.html
        ):
            assert f": {number}, most urgent first" in visit(leader, path.replace("&amp;", "&")).main, path


def test_a_board_is_drawn_too_and_told_in_chinese(app: Flask, database: Database, sign_in_as: SignInAs):
    stop_the_clock(app)
    three_findings(database)
    leader = english(sign_in_as("leader"))

    picture = leader.get(f"{BOARDS}/chart.svg?by=unit")
    assert (picture.mimetype, re.findall(r">([^<>\n]+)</text>", picture.text)) == (
        "image/svg+xml",
        ["overdue", "open", "Chaowai Subdistrict", "1", "2"],
    )
    leader.set_cookie("language", "zh")
    assert "逾期1项" in visit(leader, f"{BOARDS}?by=nonsense").main
    assert sign_in_as(JIANWAI).get(BOARDS).status_code == 403


def test_a_board_of_nothing_says_so_and_one_of_many_asks_no_more(database: Database, sign_in_as: SignInAs):
    a_ledger(database, units=43)
    office = english(sign_in_as("office"))
    assert "No findings recorded yet." in visit(office, BOARDS).main
    known = [person(database, who).account for who in ("evaluator", JIANWAI, "reviewer")]
    with database.writing() as session:
        add_findings(session, cycle=year_2026(session).id, units=(JIANWAI, CHAOWAI), count=60, people=known)

    with counted(database) as asked:
        page = visit(office, f"{BOARDS}?by=unit")

    assert len(asked) <= 7
    (rows,) = page.tables.values()
    assert (len(rows), sum(int(row[1]) for row in rows[2:])) == (45, int(rows[1][1]))
