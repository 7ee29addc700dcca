"""The list of findings: what each person sees of it, worst first, narrowed by its address, a page at a time."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from assess.core.workflow import Stage
from assess.settings import Settings
from assess.store.models import Cycle
from assess.store.session import Database
from tests.ledgers import add_findings
from tests.queries import counted
from tests.services.findings import DUST, a_ledger, a_photo, closed, hand_in, record, step
from tests.services.forms import year_2026
from tests.web.bureau import english
from tests.web.conftest import SignInAs
from tests.web.finding_pages import LEDGER, stop_the_clock
from tests.web.pages import Page, visit
from tests.years import CHAOWAI, JIANWAI, NOW, person

FUMES = DUST._replace(kind="fumes", source="hotline", what="油烟净化器未开", place="秀水街 8 号", deadline="2026-12-01")
WASTE = DUST._replace(unit=CHAOWAI, kind="garbage", source="citizen", what="建筑垃圾", place="朝外大街", deadline="")


def listed(page: Page) -> list[str]:
    """The numbers of the findings that a list shows, in its order."""
    (rows,) = page.tables.values() if page.tables else ([[""]],)
    return [found[0] for row in rows[1:] if (found := re.search(r"\d+", row[0]))]


def tabs(page: Page) -> dict[str, str]:
    """How many findings each list holds, as its tab says; those that hold none left out."""
    told = [text.removesuffix(")").rpartition(" (") for text in page.links if text.endswith(")")]
    return {name: number for name, _between, number in told if number.isdigit() and number != "0"}


NARROWED = {
    "show=all": "2134", "show=overdue": "2", "show=done": "4", "show=asked": "1", "unit=" + CHAOWAI: "3",
    "kind=fumes": "", "kind=fumes&show=all": "4", "source=citizen": "3", "domain=soil": "3", "words=朝外": "3",
    "words=4&show=all": "4", "repeated=yes": "", "counted=on-time&show=all": "4", "patrol=7&show=all": "",
    "from=2026-11-21&show=all": "", "from=2026-11-20&to=2026-11-20&show=void": "", "to=2026-11-20": "213",
    "show=nonsense": "213", "from=yesterday": "213", "kind=nonsense": "", "page=2": "", "page=x": "213",
}  # fmt: skip
"""The numbers of the findings that addresses lead to, in the order of the list."""


@pytest.fixture
def ledger(app: Flask, database: Database, settings: Settings) -> Database:
    """Dust with a photo and a request, dust that is overdue, waste of another unit, and fumes that are closed."""
    stop_the_clock(app)
    a_ledger(database)
    photo = hand_in(database, settings.uploads, person(database, "evaluator"), ("IMG.jpg", a_photo())).files[0].sha256
    record(database, DUST, photos=[photo])
    record(database, DUST._replace(deadline="2026-11-24"))
    record(database, WASTE)
    record(database, FUMES)
    closed(database, 4)
    step(database, "ask", JIANWAI, number=1, relief="extension", deadline="2026-12-20", reason="等待手续")
    return database


def test_findings_are_listed_worst_first_and_narrowed_as_the_address_says(ledger: Database, sign_in_as: SignInAs):
    evaluator = english(sign_in_as("evaluator"))
    with counted(ledger) as asked:
        page = visit(evaluator, LEDGER)

    assert len(asked) <= 9
    assert page.tables["Open: 3, most urgent first"] == [
        ["Finding", "Unit", "Source", "Status", "Deadline of correction", "Found"],
        ["No. 2 Dust建国路 88 号渣土未苫盖", "Jianwai Subdistrict", "Daily patrol", "Assigned",
         "24 November 20263 days overdue", "20 November 20267 days ago"],
        ["No. 1 Dust建国路 88 号渣土未苫盖", "Jianwai Subdistrict", "Daily patrol", "Assigned Request pending",
         "4 December 20267 days left", "20 November 20267 days ago"],
        ["No. 3 Dumped waste朝外大街建筑垃圾", "Chaowai Subdistrict", "Report by a citizen", "To be assigned",
         "Not set yet", "20 November 20267 days ago"],
    ]  # fmt: skip
    assert '<span class="assess-late">3 days overdue</span>' in page.html
    assert '<img class="assess-finding__photo" src="/2026/findings/photos/1/thumbnail"' in page.html
    assert tabs(page) == {
        "Open": "3", "Overdue": "1", "To be assigned": "1", "To be corrected": "2", "Requests pending": "1",
        "Closed": "1", "All": "4",
    }  # fmt: skip
    assert {asked: "".join(listed(visit(evaluator, f"{LEDGER}?{asked}"))) for asked in NARROWED} == NARROWED
    linked = visit(evaluator, f"{LEDGER}?show=all&unit={JIANWAI}&from=2026-11-01")
    assert linked.links["Overdue (1)"] == f"{LEDGER}?show=overdue&unit={JIANWAI}&from=2026-11-01"
    assert linked.form().values["from"] == "2026-11-01"
    assert "Enter a date such as 2026-03-25" in visit(evaluator, f"{LEDGER}?from=yesterday").main
    visit(evaluator, f"{LEDGER}?unit=nonsense", status=404)


def test_a_unit_reads_its_own_findings_and_leaders_those_of_all(ledger: Database, sign_in_as: SignInAs):
    evaluator, official, leader = (sign_in_as(who) for who in ("evaluator", JIANWAI, "leader"))

    own = visit(official, f"{LEDGER}?show=all")
    assert (own.h1, listed(own), "unit" in own.form().values) == ("问题台账", ["2", "1", "4"], False)
    assert "逾期3天" in own.main
    visit(official, f"{LEDGER}?unit={CHAOWAI}", status=404)
    assert listed(visit(leader, LEDGER)) == ["2", "1", "3"]
    recording = ["登记问题" in visit(client, LEDGER).links for client in (evaluator, official, leader)]
    assert recording == [True, False, False]
    assert sign_in_as("receiver").get(LEDGER).status_code == 403


def test_a_long_ledger_comes_a_page_at_a_time(database: Database, sign_in_as: SignInAs):
    a_ledger(database)
    known = [person(database, who).account for who in ("evaluator", JIANWAI, "reviewer")]
    with database.writing() as session:
        add_findings(session, cycle=year_2026(session).id, units=(JIANWAI, CHAOWAI), count=120, people=known)
    leader = english(sign_in_as("leader"))

    with counted(database) as asked:
        pages = [visit(leader, f"{LEDGER}?show=all&kind=&page={number}") for number in (1, 2, 3, 4)]

    assert len(asked) <= 4 * 9
    assert [len(listed(page)) for page in pages] == [50, 50, 20, 0]
    assert sorted(int(number) for page in pages for number in listed(page)) == list(range(1, 121))
    assert (pages[1].links["Previous page"], pages[1].links["Next page"]) == (
        f"{LEDGER}?show=all&kind=&page=1",
        f"{LEDGER}?show=all&kind=&page=3",
    )


def test_the_home_page_says_which_findings_wait_for_whom(app: Flask, database: Database, sign_in_as: SignInAs):
    clock = stop_the_clock(app)
    a_ledger(database)
    official, evaluator, office = (english(sign_in_as(who)) for who in (JIANWAI, "evaluator", "office"))
    assert "Findings to correct" not in visit(official, "/").main
    assert "No finding needs your action." in visit(office, "/").main
    for typed in (DUST, FUMES, *[DUST] * 5, WASTE):
        record(database, typed)
    step(database, "report", JIANWAI, number=2, reason="已开启")
    step(database, "return", "reviewer", number=2, reason="滤网未清洗")
    step(database, "ask", JIANWAI, number=3, relief="extension", deadline="2026-12-20", reason="等待手续")
    step(database, "report", JIANWAI, number=4, reason="已苫盖")
    clock.append(NOW + timedelta(days=8))

    own, theirs, all_units = visit(official, "/"), visit(evaluator, "/"), visit(office, "/")

    assert (
        "Finding 2: 油烟净化器未开Findings to correct · Deadline 1 December 2026 (4 days overdue) returned at review "
        "Finding 1: 渣土未苫盖Findings to correct · Deadline 4 December 2026 (1 day overdue) overdue "
    ) in own.main
    assert "More findings to correct Findings: 1" in own.main
    assert (own.links["Finding 2: 油烟净化器未开"], own.links["More findings to correct"]) == (
        f"{LEDGER}/2",
        f"{LEDGER}?show=to-rectify",
    )
    assert (
        "Findings To be assigned Findings: 1 To be reviewed Findings: 1 Requests pending Findings: 1 "
        "Overdue Findings: 6"
    ) in theirs.main
    assert "Findings Requests pending Findings: 1 Overdue Findings: 6" in all_units.main
    assert all_units.links["Requests pending"] == f"{LEDGER}?show=asked"
    with database.writing() as session:
        session.query(Cycle).update({Cycle.stage: Stage.ARCHIVED})
    assert "Findings to correct" not in visit(official, "/").main
