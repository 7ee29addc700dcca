"""A unit reads its released result line by line, appeals against one, and reads the ruling and what it changed."""

from __future__ import annotations

from io import BytesIO

from flask.testing import FlaskClient

from assess.services.runs import release_provisional
from assess.settings import Settings
from assess.store.queries.runs import UnitResult, lines_of, newest_run, results_of
from assess.store.session import Database
from assess.web.notice_entries import LISTED
from tests.queries import counted
from tests.services.appeals import RATE, SEWAGE, a_noticed_year, lodge, make_and_release, rule
from tests.services.evidence import a_pdf
from tests.services.forms import year_2026
from tests.services.runs import a_run, a_supplied_year
from tests.web.bureau import english
from tests.web.conftest import SignInAs
from tests.web.pages import Page, submit, visit
from tests.years import CHAOWAI, JIANWAI, VERIFIED

RESULT = f"/2026/result/{JIANWAI}"
LINE = f"{RESULT}/lines/{SEWAGE}"
MOST = 12
NAME = "Jianwai Subdistrict"


def seen(client: FlaskClient, path: str) -> Page:
    """A page that asks few queries, also when it is asked for again."""
    visit(client, path)
    with counted(client.application.extensions["database"]) as asked:
        page = visit(client, path)
    assert len(asked) <= MOST, (path, len(asked))
    return page


def own_result(database: Database) -> tuple[UnitResult, dict[str, str | None]]:
    """The result of the first street in the newest run, and its points by line."""
    with database.reading() as session:
        run = newest_run(session, cycle=year_2026(session).id)
        assert run is not None
        rows = lines_of(session, run=run.id, units=[JIANWAI])
        return results_of(session, run=run.id, unit=JIANWAI)[0], {row.node: row.score for row in rows}


def test_an_official_reads_the_result_line_by_line(database: Database, settings: Settings, sign_in_as: SignInAs):
    office = a_supplied_year(database)["office"]
    a_run(database, office, settings.uploads)
    official, (own, points) = english(sign_in_as(JIANWAI)), own_result(database)

    early = seen(official, RESULT)
    assert early.h1 == "Result of Jianwai Subdistrict"
    assert "Figures are certified until 20 December 2026." in early.main
    assert visit(official, LINE, 404).h1 == visit(official, f"/2026/result/{CHAOWAI}", 404).h1
    assert visit(official, f"{LINE}/appeal", 422).main.count("No result has been released.") == 1
    assert "Result and appeals" not in visit(official, "/").main

    with database.writing() as session:
        release_provisional(session, office, cycle=year_2026(session), number=1, now=VERIFIED)
    page = seen(official, RESULT)
    shown = {row[0].split(" ")[0]: row for table, rows in page.tables.items() if " points" in table for row in rows[1:]}
    assert (f"Total score {own.total} of 100" in page.main, "Provisional" in page.main) == (True, True)
    assert {row[1] for row in shown.values()} >= {
        score for node, score in points.items() if node.startswith("air.") and score
    }
    line = shown["2.6"]
    assert (line[1:4], "water.xlsx 数据!D" in line[5]) == ([points[SEWAGE], "1.5", "1.10"], True)
    assert page.tables["From the items to the total"][-1] == ["Total score", own.total]
    assert "÷ full mark 100 × full mark of the conversion 10" in page.main
    assert "weighted average: (" in seen(official, f"{RESULT}/lines/soil.sorting").main
    assert visit(official, f"/2026/result/{CHAOWAI}", 404).status == 404
    one = seen(official, f"{RESULT}/lines/air.pm25-target")
    months = one.tables["Values behind PM2.5"]
    assert (len(months), months[1][0], months[1][2]) == (13, "January", "water.xlsx 数据!D2")
    assert visit(official, one.links[f"{months[1][1]}"]).h1 == "Where this value comes from: PM2.5"
    assert f"{own.total} points" in seen(official, "/").main
    assert "建外街道考核结果" in visit(sign_in_as(JIANWAI), RESULT, language="zh").h1

    make_and_release(database, office, settings.uploads)
    assert "Run 2 has replaced this result." in seen(official, f"{RESULT}?run=1").main
    assert visit(official, f"{RESULT}?run=7", 404).status == 404


def test_a_unit_appeals_and_reads_what_the_ruling_changed(database: Database, settings: Settings, sign_in_as: SignInAs):
    people = a_noticed_year(database, settings.uploads)
    official, (before, points) = english(sign_in_as(JIANWAI)), own_result(database)

    form = seen(official, f"{LINE}/appeal").form()
    typed = {"cell": RATE, "asked": "1000", "files": [(BytesIO(a_pdf("proof")), "proof.pdf")]}
    refused = submit(official, form, typed, status=422)
    assert refused.errors == ["Enter what is wrong"]
    assert submit(official, refused.form(), {"what": "x" * 3000}, status=422).errors
    refused = submit(official, refused.form(), {"what": "The new plant is missing."}, status=422)
    assert len(refused.errors) == 1
    lodged = submit(official, refused.form(), {"asked": "100"})
    assert lodged.h1 == "Appeal 2026-1: Sewage collected and treated"
    assert ("should be 100" in lodged.main, "proof.pdf" in lodged.main) == (True, True)
    assert "is still open" in visit(official, f"{LINE}/appeal").main
    [more] = [each for each in lodged.forms if each.multipart]
    assert "more.pdf" in submit(official, more, {"files": [(BytesIO(a_pdf("more")), "more.pdf")]}).main
    withdrawn = submit(official, visit(official, f"{lodged.path}/withdraw").form(), {"reason": "a better one follows"})
    assert ("Withdrawn" in withdrawn.main, "a better one follows" in withdrawn.main) == (True, True)
    again = submit(official, visit(official, f"{LINE}/appeal").form(), {"what": "Again.", "cell": RATE, "asked": "100"})
    rows = seen(official, f"{RESULT}/appeals").tables["Newest first"]
    assert [row[0::3] for row in rows[1:]] == [["2026-2", "Open"], ["2026-1", "Withdrawn"]]
    assert "Appeal 2026-2 Open" in seen(official, RESULT).main
    assert visit(english(sign_in_as(CHAOWAI)), f"/2026/result/{CHAOWAI}/appeals/2", 404).status == 404

    rule(database, people["deputy"], 2, figures={RATE: "100"})
    assert "is shown here once it is scored again and released" in visit(official, again.path).main
    make_and_release(database, people["office"], settings.uploads)
    after, now = own_result(database)
    ruled = seen(official, again.path)
    difference = dict(tuple(row) for row in ruled.tables["Effect: run 1 → run 2"][1:])
    assert difference["Points of this item"] == f"{points[SEWAGE]} → {now[SEWAGE]}"
    assert difference["Total score"] == f"{before.total} → {after.total}"
    assert "Upheld" in seen(official, RESULT).main
    assert "Appeal 2026-2" in visit(official, "/").main


def test_all_appeals_of_a_unit_are_found_from_its_home_page(
    database: Database, settings: Settings, sign_in_as: SignInAs
):
    people = a_noticed_year(database, settings.uploads)
    items = ("air.pm25-target", "air.pm25-rank", "air.pm25-change", SEWAGE, "water.use", "air.road-dust")
    for item in items[:LISTED]:
        lodge(database, people[JIANWAI], item=item)
    official = english(sign_in_as(JIANWAI))
    assert ("Appeal 2026-1" in seen(official, "/").links, f"All appeals of {NAME}" in seen(official, "/").links) == (
        True,
        False,
    )
    lodge(database, people[JIANWAI], item=items[LISTED])
    home = seen(official, "/")
    assert ("Appeal 2026-1" in home.links, "Appeal 2026-6" in home.links) == (False, True)
    assert home.links[f"All appeals of {NAME}"] == f"{RESULT}/appeals"
