"""The office rules on an appeal, and corrects ex officio, on pages that show what it does before it is done."""

from __future__ import annotations

from flask.testing import FlaskClient
from sqlalchemy import func

from assess.core.actors import YOUR_OWN_WORK
from assess.core.workflow import Stage
from assess.settings import Settings
from assess.store.models import Value
from assess.store.session import Database
from tests.queries import counted
from tests.services.appeals import RATE, SEWAGE, a_noticed_year, lodge, make_and_release, move
from tests.web.bureau import english
from tests.web.conftest import SignInAs
from tests.web.pages import read, submit, visit
from tests.years import CHAOWAI, JIANWAI

APPEALS, CORRECTIONS = "/2026/appeals", "/2026/corrections"
EFFECT = "All units before and after ({}), changed units first"


def test_two_of_the_office_rule_at_once_and_one_is_told_that_it_is_too_late(
    database: Database, settings: Settings, sign_in_as: SignInAs
):
    people = a_noticed_year(database, settings.uploads)
    lodge(database, people[JIANWAI], cell=RATE, asked="100")
    first, second = english(sign_in_as("deputy")), english(sign_in_as("third"))
    app = first.application.extensions["database"]

    assert "Requests and appeals to decide Appeals to decide Appeals: 1" in visit(first, "/").main
    listed = visit(first, APPEALS)
    assert listed.tables["Open: 1, newest first"][1][:4] == [
        "2026-1",
        "Jianwai Subdistrict",
        "Sewage collected and treated",
        "Share of sewage collected and treated should be 100",
    ]
    assert "Draft a decision" in visit(first, f"{APPEALS}/1").main
    form = visit(first, f"{APPEALS}/1/rule").form()
    refused = submit(first, form, {"outcome": "upheld", "reason": "", RATE: "many"}, status=422)
    assert (len(refused.errors), refused.form().values[RATE]) == (2, "many")
    upheld = submit(first, refused.form(), {"outcome": "upheld", "reason": "Checked on site.", RATE: "100"})
    with counted(app) as asked:
        shown = visit(first, upheld.path)
    assert len(asked) <= 12
    moved = shown.tables[EFFECT.format(6)][1]
    assert (moved[0], "→" in moved[1], "→" in moved[4]) == ("Jianwai Subdistrict Changes", True, True)

    other = submit(second, visit(second, f"{APPEALS}/1/rule").form(), {"outcome": "rejected", "reason": "It is right."})
    assert "No points, ranks or grades change." in other.main
    ruled = submit(first, shown.form(), {})
    assert ("Checked on site." in ruled.main, "95.8 → 100" in ruled.main) == (True, True)
    late = submit(second, other.form(), {}, status=409)
    assert late.errors == ["Someone else already decided this, so nothing was saved. Check the decision."]
    assert "Decided but not yet in the released result: 1." in visit(first, APPEALS).main

    number = make_and_release(database, people["office"], settings.uploads)
    check_pages(database, first, number)
    assert "处理决定2026-1" in visit(sign_in_as("office"), f"{APPEALS}/1", language="zh").main


def test_who_had_a_hand_in_it_is_told_in_place_of_a_form(database: Database, settings: Settings, sign_in_as: SignInAs):
    people = a_noticed_year(database, settings.uploads, units=3)
    with database.writing() as session:
        entered = Value.figure == "sewage_rate", Value.year == 2026
        session.query(Value).filter(*entered).update({Value.entered_by: people["office"].account})
    lodge(database, people[JIANWAI])
    office, deputy = english(sign_in_as("office")), english(sign_in_as("deputy"))
    for path in (f"{APPEALS}/1", f"{APPEALS}/1/rule"):
        page = visit(office, path)
        assert YOUR_OWN_WORK.en in page.main
        assert "Draft a decision" not in page.links
        assert [form.action for form in page.forms if form.in_main] == []

    address = f"{CORRECTIONS}/new?unit={CHAOWAI}&item={SEWAGE}"
    submit(deputy, visit(deputy, address).form(address), {RATE: "97", "reason": "A slip of the pen."})
    page = visit(office, f"{CORRECTIONS}/1")
    assert YOUR_OWN_WORK.en in page.main
    assert "Reject" in page.links
    assert [form.action for form in page.forms if form.in_main] == []


def test_who_may_not_rule_as_they_wrote_it_is_told_so_and_loses_nothing(
    database: Database, settings: Settings, sign_in_as: SignInAs
):
    people = a_noticed_year(database, settings.uploads, units=3)
    with database.writing() as session:
        entered = Value.figure == "water_use", Value.year == 2026
        session.query(Value).filter(*entered).update({Value.entered_by: people["office"].account})
    lodge(database, people[JIANWAI], item="water.use")
    office = english(sign_in_as("office"))
    form = visit(office, f"{APPEALS}/1/rule").form()
    page = submit(office, form, {"outcome": "rejected", "reason": "It was checked on site."}, status=422)

    assert page.errors == [YOUR_OWN_WORK.en]
    assert {"outcome": "rejected", "reason": "It was checked on site."}.items() <= page.form().values.items()


def check_pages(database: Database, office: FlaskClient, number: int) -> None:
    """The run, the appeal and the figure say what was ruled."""
    app = office.application.extensions["database"]
    with counted(app) as asked:
        run = visit(office, f"/2026/runs/{number}")
    assert len(asked) <= 12
    assert "Decision 2026-1 Checked on site." in run.main
    with counted(app) as asked:
        seen = visit(office, f"{APPEALS}/1")
    assert len(asked) <= 12
    assert "What changed from run 1 to run 2" in seen.main
    paper = visit(office, f"{APPEALS}/1/paper")
    assert paper.h1 == "Decision 2026-1"
    assert "Reasons of the decision Checked on site." in paper.main
    assert visit(office, APPEALS).tables == {}
    with database.reading() as session:
        newest = session.query(func.max(Value.id)).scalar()
    source = visit(office, f"/2026/source/{newest}")
    assert "How it was supplied Decision 2026-1" in source.main
    assert "Last step Corrected by deputy," in source.main


def test_a_correction_ex_officio_is_confirmed_by_another_and_only_as_it_was_seen(
    database: Database, settings: Settings, sign_in_as: SignInAs
):
    people = a_noticed_year(database, settings.uploads, units=3)
    for stage in (Stage.APPEALS, Stage.FINAL):
        move(database, people["office"], stage)
    office, deputy = english(sign_in_as("office")), english(sign_in_as("deputy"))
    assert "No corrections by the assessment office." in visit(office, CORRECTIONS).main

    for text in ("97", "99"):
        address = f"{CORRECTIONS}/new?unit={CHAOWAI}&item={SEWAGE}"
        shown = submit(office, visit(office, address).form(address), {RATE: text, "reason": "A slip of the pen."})
        assert "You proposed this" in shown.main
    third = english(sign_in_as("third"))
    first, second = visit(third, f"{CORRECTIONS}/1"), visit(deputy, f"{CORRECTIONS}/2")
    assert [form.action for form in visit(office, f"{CORRECTIONS}/1").forms] == ["/sign-out"]
    done = submit(deputy, second.form(), {})
    assert "No run includes this yet" in done.main
    late = submit(third, first.form(), {}, status=409)
    assert late.errors[0].startswith("Figures or the released result changed after you checked the effect")
    assert EFFECT.format(3) in late.tables

    turned = submit(deputy, visit(deputy, f"{CORRECTIONS}/1/turn-down").form(), {"words": "It is put right already."})
    assert "It is put right already." in turned.main
    assert [row[4] for row in visit(office, CORRECTIONS).tables["Newest first: 2"][1:]] == ["Approved", "Rejected"]
    assert read(sign_in_as(JIANWAI).get(CORRECTIONS, buffered=True), 403).h1
