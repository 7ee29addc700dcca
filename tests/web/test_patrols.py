"""Rounds of chiefs on pages: entered, seen, narrowed, added up, withdrawn, and what was found on them."""

from __future__ import annotations

from flask.testing import FlaskClient

from assess.services.patrols import NO_REASON
from assess.store.session import Database
from tests.queries import counted
from tests.services.findings import DUST, a_ledger, closed, record
from tests.web.bureau import english
from tests.web.conftest import SignInAs
from tests.web.pages import submit, visit
from tests.years import CHAOWAI, JIANWAI

ROUNDS, NEW = "/2026/patrols", "/2026/patrols/new"
ROUND = {
    "kind": "river", "chief": "王河长", "day": "2026-11-20", "starts": "09:00", "ends": "11:30",
    "kilometres": "3.5", "route": "坝河左岸",
}  # fmt: skip
HEADS = ["Number of patrols", "Kilometres", "Hours", "Findings per patrol", "Patrols with findings", "Findings closed"]


def test_rounds_are_entered_added_up_and_withdrawn_with_a_reason(database: Database, sign_in_as: SignInAs):
    a_ledger(database)
    official, evaluator = english(sign_in_as(JIANWAI)), english(sign_in_as("evaluator"))

    empty = visit(official, ROUNDS)
    refused = submit(official, visit(official, NEW).form(), {**ROUND, "kilometres": "far", "ends": "08"}, status=422)
    entered = submit(official, refused.form(), ROUND)
    submit(official, visit(official, NEW).form(), {**ROUND, "starts": "14:00", "ends": "15:00", "kilometres": "2"})
    elsewhere = {**ROUND, "unit": CHAOWAI, "kind": "forest", "chief": "李林长", "kilometres": "0"}
    submit(evaluator, visit(evaluator, NEW).form(), elsewhere)
    for _ in range(2):
        record(database, DUST._replace(source="chief"), patrol=1)
    closed(database, 1)

    assert "No patrols match." in empty.main
    assert refused.errors == ["Enter a time such as 09:30.", "Enter the distance in kilometres, such as 3.5."]
    assert "The patrol is recorded." in entered.main
    assert "3.5 km, 2 h 30 min" in entered.main
    with counted(database) as asked:
        listed = visit(evaluator, ROUNDS)
    assert len(asked) <= 12
    assert [row[1:] for row in listed.tables["Patrols: 3, newest first"][1:]] == [
        ["Jianwai Subdistrict", "王河长", "River", "2 km, 1 h 0 min", "none"],
        ["Chaowai Subdistrict", "李林长", "Forest", "0 km, 2 h 30 min", "none"],
        ["Jianwai Subdistrict", "王河长", "River", "3.5 km, 2 h 30 min", "2, of which closed: 1"],
    ]
    assert visit(evaluator, f"{ROUNDS}?by=chief").tables["Patrollers: 2"] == [
        ["Patroller", "Unit", "Type", *HEADS],
        ["王河长", "Jianwai Subdistrict", "River", "2", "5.5", "3.5", "1.0", "50.0%", "50.0%"],
        ["李林长", "Chaowai Subdistrict", "Forest", "1", "0", "2.5", "0.0", "0.0%", "–"],
    ]
    assert visit(official, f"{ROUNDS}?by=unit").tables["Units with patrols: 1"] == [
        ["Unit", *HEADS],
        ["Jianwai Subdistrict", "2", "5.5", "3.5", "1.0", "50.0%", "50.0%"],
    ]
    narrows(official, evaluator)
    withdraws(official)
    visit(official, f"{ROUNDS}/3", status=404)
    visit(english(sign_in_as("receiver")), ROUNDS, status=403)
    assert "Record a patrol" not in visit(english(sign_in_as("leader")), ROUNDS).links


def narrows(official: FlaskClient, evaluator: FlaskClient) -> None:
    """The list of one chief, another's unit, and one round with what was found on it."""
    one = visit(evaluator, f"{ROUNDS}?unit={CHAOWAI}&chief=李林长")
    assert [row[2] for row in one.tables["Patrols: 1, newest first"][1:]] == ["李林长"]
    visit(official, f"{ROUNDS}?unit={CHAOWAI}", status=404)
    shown = visit(evaluator, f"{ROUNDS}/1")
    assert [row[0] for row in shown.tables["Findings of this patrol: 2"][1:]] == [
        "No. 2 Dust建国路 88 号", "No. 1 Dust建国路 88 号",
    ]  # fmt: skip
    assert "Undo the patrol" not in shown.links


def withdraws(official: FlaskClient) -> None:
    """Withdraw the second round, with a reason."""
    form = visit(official, f"{ROUNDS}/2/withdraw").form()
    assert submit(official, form, status=422).errors == [NO_REASON.en]
    assert submit(official, form, {"reason": "重复登记", "seen": None}, status=409)
    withdrawn = submit(official, form, {"reason": "重复登记"})
    assert "is not counted: 重复登记" in withdrawn.main
    assert visit(official, f"{ROUNDS}?by=unit").tables["Units with patrols: 1"][1][:2] == ["Jianwai Subdistrict", "1"]
