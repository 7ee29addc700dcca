"""Runs on the office's pages: what is missing, scoring, the ranking, two side by side, and the release."""

from __future__ import annotations

from flask.testing import FlaskClient

from assess.services.runs.papers import NOT_RELEASED
from assess.settings import Settings
from assess.store.session import Database
from tests.queries import counted
from tests.services.moves import long_past
from tests.services.runs import a_supplied_year, change, work
from tests.web.bureau import english
from tests.web.conftest import SignInAs
from tests.web.pages import Page, submit, visit
from tests.years import CHAOWAI, JIANWAI

RUNS = "/2026/runs"
MOST = 12
VETO = "veto: the grade becomes Fail: Veto after a serious pollution accident (Art. 18(2))"


def seen(database: Database, client: FlaskClient, path: str) -> Page:
    """A page that asks few queries."""
    with counted(database) as asked:
        page = visit(client, path)
    assert len(asked) <= MOST, (path, len(asked))
    return page


def test_the_office_checks_scores_compares_and_releases(database: Database, settings: Settings, sign_in_as: SignInAs):
    a_supplied_year(database, units=3)
    long_past(database)
    office = english(sign_in_as("office"))
    app = office.application.extensions["database"]
    assert "There is no run yet." in seen(app, office, RUNS).main
    visit(office, f"{RUNS}/new")
    before = seen(app, office, f"{RUNS}/new")
    assert "Items with missing figures" in before.main
    refused = submit(office, before.form(), {"day": "2099-01-01"}, status=422)
    assert "The date must not be later than today" in refused.errors[0]
    asked = submit(office, refused.form(), {"day": "2026-11-27", "words": "the first"})
    assert "waiting" in asked.main.lower()
    submit(office, visit(office, f"{RUNS}/new").form(), {"day": ""}, status=422)
    work(database, settings.uploads)

    with database.writing() as session:
        for month in range(1, 13):
            change(session, CHAOWAI, "pm25", f"2026-{month:02}", "90")
        change(session, CHAOWAI, "pollution_accident", "2026", "yes")
    submit(office, visit(office, f"{RUNS}/new").form(), {"kind": "working"})
    work(database, settings.uploads)
    listed = seen(app, office, RUNS)
    assert [row[0] for row in listed.tables["Newest first: 2"][1:]] == ["Run 2 Scoring", "Run 1 Scoring"]
    shown = seen(app, office, f"{RUNS}/2")
    ranking = next(rows for caption, rows in shown.tables.items() if caption.endswith("3 units"))
    assert [row[0] for row in ranking[1:]] == ["1", "2", "3"]
    assert next(row[-1] for row in ranking if row[1] == "Chaowai Subdistrict").count(VETO) == 1
    lines = seen(app, office, f"{RUNS}/2/units/{JIANWAI}").main
    assert [each in lines for each in ("µg/m³", "Art. 6(1)", "average: (", "第六条")] == [True, True, True, False]
    chinese = sign_in_as("office")
    for path in ("", "/new", "/2", "/2/compare", "/2/release", f"/2/units/{JIANWAI}"):
        visit(chinese, RUNS + path, language="zh")
    compare_them(app, office)
    assert office.get(f"{RUNS}/1/inputs", buffered=True).data[:2] == b"PK"
    assert office.get(f"{RUNS}/1/results", buffered=True).json["units"][0]["unit"] == JIANWAI

    release_the_newest(office)
    refuse_everybody_else(sign_in_as)


def compare_them(app: Database, office: FlaskClient) -> None:
    """Two runs beside each other begin with one table."""
    compared = seen(app, office, f"{RUNS}/2/compare?against=1")
    assert all(told in compared.main for told in ("90 µg/m³", "Fail", "Change in the total"))
    assert "Figures of other units that differ: 12" in compared.main
    reason = "Improvement of annual mean PM2.5 on the year before"
    assert compared.tables["Units that changed"] == [
        ["Unit", "Total score", "Difference", "Rank", "Grade", "Main reason"],
        ["Chaowai Subdistrict", "79.56 → 75.96", "-3.6", "2 → 3", "Fail", f"{reason} -1.6"],
        ["Jianwai Subdistrict", "77.83 → 80.23", "+2.4", "3 → 2", "Fail → Pass", f"{reason} +1.6"],
        ["Hujialou Subdistrict", "83.48 → 84.95", "+1.47", "1", "Pass", f"{reason} +1.47"],
    ]


def release_the_newest(office: FlaskClient) -> None:
    """The newest run is released, and no earlier one."""
    old = seen(office.application.extensions["database"], office, f"{RUNS}/1/release")
    assert "This run was replaced by run 2" in submit(office, old.form(), status=422).main
    released = submit(office, visit(office, f"{RUNS}/2/release").form(), {"words": "as decided"})
    assert "Released: Provisional" in released.main
    notice = visit(office, f"{RUNS}/2/paper")
    assert notice.h1 == "Notice of provisional results"
    (table,) = notice.tables.values()
    assert [row[1] for row in table[1:]] == ["Hujialou Subdistrict", "Jianwai Subdistrict", "Chaowai Subdistrict"]
    assert NOT_RELEASED.en in office.get(f"{RUNS}/1/paper").text


def refuse_everybody_else(sign_in_as: SignInAs) -> None:
    """No page of runs, released or not, is for anybody but the office."""
    clients = [sign_in_as(who) for who in (JIANWAI, "leader", "evaluator", "receiver")]
    for path in ("", "/2", f"/2/units/{JIANWAI}", "/2/compare", "/2/results", "/2/release", "/new"):
        assert [client.get(RUNS + path, buffered=True).status_code for client in clients] == [403] * 4
