from __future__ import annotations

import copy
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assess.core.actors import Role
from assess.services.accounts import Duty
from assess.services.forms.submissions import CONFIRM_MISSING, first_of
from assess.settings import Settings
from assess.store.models import Cycle, Obligation, SheetVersion, TeamMember
from assess.store.session import Database
from tests.queries import counted
from tests.services.evidence import a_pdf, attach
from tests.services.evidence import hand_in as keep_evidence
from tests.services.forms import SOIL, an_open_year, form_now, save
from tests.services.forms import submit as hand_in
from tests.web.bureau import english
from tests.web.conftest import SignInAs
from tests.web.official import FORM, SECTION, fill, kept
from tests.web.pages import asked, submit, visit
from tests.years import CHAOWAI, JIANWAI, a_person, person


def test_the_home_page_and_the_form_list_the_sections_with_how_they_stand(official: FlaskClient, database: Database):
    save(database, person(database, JIANWAI), {"hazard_ledger": "yes"})
    save(database, person(database, JIANWAI), {"quiet_places": "1"}, section="noise")

    for path in ("/", FORM):
        page = visit(official, path, language="zh")
        assert "已完成2/31" in page.main
        assert "大气污染防治已填0项，共9项 未开始" in page.main
        assert "土壤与固体废物已填1项，共5项 填报中" in page.main
        assert "噪声污染防治已填1项，共1项 已填齐" in page.main
        assert page.links["土壤与固体废物"] == SECTION
        assert page.links["核对并报送"] == f"{FORM}/check"


def test_beside_a_question_stand_target_clause_full_mark_and_proof(official: FlaskClient):
    page = visit(official, SECTION, language="zh")

    assert (
        "居民垃圾分类参与率 上年数据无数据 目标值95% "
        "计入考核项居民分类参与率（满分1分），第八条第（四）项 "
        "核定部门区城市管理委 佐证材料抽样调查表（任务38：居民分类参与率提升） 本年 (%)"
    ) in page.main
    assert page.form().choices["answer-hazard_ledger"] == ["yes", "no", ""]


def test_a_saved_section_comes_back_with_an_estimate_that_says_why(official: FlaskClient):
    page = fill(official, {"sorting_join": "94.5", "hazard_ledger": "yes", "hazard_storage": "yes"})

    form = page.form()
    assert (form.values["answer-sorting_join"], form.values["answer-hazard_ledger"]) == ("94.5", "yes")
    assert form.values["seen"] == "1"
    table = page.tables["Items that use this section"]
    assert table[0] == ["Item", "Points", "Full mark", "Why"]
    assert table[1] == [
        "Households that sort",
        "0.80",
        "1",
        "Full mark 1 point; Share of households that sort: 94.5%, 0.5 percentage points below the target of 95%, "
        "0.2 points for each 5 percentage points, part steps rounded up, 0.2 points off; 0.80 points",
    ]
    assert "Saved last by 110105001 on" in page.main


def test_wrong_input_keeps_what_was_typed_and_is_named_twice(official: FlaskClient, database: Database):
    page = fill(official, {"sorting_join": "almost all", "waste_free_cells": "3"}, status=422)

    assert page.title.startswith("Error: ")
    assert page.errors == ["Share of households that sort: “almost all” is not a number. Enter one such as 93.5."]
    assert page.form().values["answer-sorting_join"] == "almost all"
    assert page.form().values["answer-waste_free_cells"] == "3"
    assert kept(database) == [0, 0, 0, 0]


def test_two_editors_of_a_section_settle_only_what_both_changed_and_by_choice(
    official: FlaskClient, sign_in_as: SignInAs, database: Database
):
    colleague = sign_in_as("colleague")
    for client in (official, colleague):
        client.set_cookie("language", "en")
    page = visit(colleague, SECTION)
    own = {"answer-sorting_join": "92.5", "answer-waste_free_cells": "3", "remark-sorting_join": "surveyed"}
    submit(official, visit(official, SECTION).form(), own, press="Save and stay here")

    typed = {"answer-sorting_join": "90", "answer-hazard_ledger": "yes"}
    both = submit(colleague, page.form(), typed, status=409)

    assert both.h1 == "Two changes to the same entry"
    assert "110105001 saved this section on" in both.main
    assert "Share of households that sort 92.5% saved by 110105001 90% entered by you here, not saved" in both.main
    assert both.form().values["answer-sorting_join"] is None
    assert "waste-free" not in both.main
    none_chosen = submit(colleague, both.form(), {}, press="Save", status=422)
    assert none_chosen.errors == ["Select which value to keep: Share of households that sort"]
    assert form_now(database, person(database, JIANWAI)).answers == {"sorting_join": "92.5", "waste_free_cells": "3"}

    submit(colleague, none_chosen.form(), {"answer-sorting_join": "90"}, press="Save")
    form = form_now(database, person(database, JIANWAI))
    assert form.answers == {"sorting_join": "90", "waste_free_cells": "3", "hazard_ledger": "yes"}
    assert form.remarks == {"sorting_join": "surveyed"}


def test_other_answers_of_two_editors_are_merged_without_a_question(
    official: FlaskClient, sign_in_as: SignInAs, database: Database
):
    colleague = sign_in_as("colleague")
    colleague.set_cookie("language", "en")
    page = visit(colleague, SECTION)
    fill(official, {"sorting_join": "92.5"})

    saved = submit(colleague, page.form(), {"answer-waste_free_cells": "3"}, press="Save and stay here")

    assert "Saved. The changes that 110105001 saved meanwhile are also kept." in saved.main
    assert form_now(database, person(database, JIANWAI)).answers == {"sorting_join": "92.5", "waste_free_cells": "3"}


def test_a_section_sent_without_the_version_seen_overwrites_nothing(official: FlaskClient, database: Database):
    page = visit(official, SECTION)
    fill(official, {"sorting_join": "92.5"})

    submit(official, page.form(), {"answer-sorting_join": "90", "seen": None, "base": None}, status=409)

    assert form_now(database, person(database, JIANWAI)).answers == {"sorting_join": "92.5"}


def test_who_works_in_two_windows_is_called_by_name(official: FlaskClient):
    page = visit(official, SECTION)
    fill(official, {"sorting_join": "92.5"})

    both = submit(official, page.form(), {"answer-sorting_join": "90"}, status=409)

    assert "You (110105001) saved this section in another window on" in both.main


def test_a_form_is_checked_submitted_and_has_a_receipt(official: FlaskClient, database: Database):
    with database.writing() as session:
        cycle = session.query(Cycle).one().id
        session.add(TeamMember(cycle_id=cycle, unit=JIANWAI, post="secretary", name="王建国"))
    fill(official, SOIL)

    page = visit(official, f"{FORM}/check")
    assert "Leadership team: 王建国" in page.main
    refused = submit(official, page.form(), {"leader": ""}, status=422)
    assert refused.errors == [
        "Enter the name of the responsible leader.",
        CONFIRM_MISSING.format(n=26, which=first_of(form_now(database, person(database, JIANWAI)).missing)).en,
    ]
    receipt = submit(official, refused.form(), {"leader": "王建国", "without": "26"})

    assert receipt.h1 == "Receipt 2026-110105001-01"
    assert "Responsible leader 王建国 Submitted by 110105001 Entries 5 of 31 entries" in receipt.main
    again = submit(official, page.form(), {"leader": "王建国", "without": "26"}, status=422)
    assert again.errors == ["The form has been submitted. To change it, withdraw it first."]
    assert kept(database) == [1, 5, 1, 5]


def test_a_submitted_form_is_read_only_until_it_is_withdrawn(official: FlaskClient, database: Database):
    page = fill(official, SOIL)
    hand_in(database, person(database, JIANWAI))

    refused = submit(official, page.form(), {"answer-sorting_join": "1"}, status=422)
    assert refused.errors == ["The form has been submitted. To change it, withdraw it first."]
    assert visit(official, SECTION).forms[0].in_main is False
    question = asked(official, visit(official, FORM), "/withdraw")
    assert question.h1 == "Withdraw the form?"
    assert "counts as not submitted" in question.main
    assert visit(official, SECTION).forms[0].in_main is False
    back = submit(official, question.form())
    assert "The form is withdrawn." in back.main
    again = submit(official, question.form(), status=409)
    assert "The state of the form changed meanwhile, so nothing was done." in again.main
    receipt = visit(official, f"{FORM}/receipt")
    assert "After this receipt the form was withdrawn or returned, so it counts as not submitted." in receipt.main
    assert official.get(question.path).headers["Location"] == FORM
    assert visit(official, SECTION).form().values["answer-sorting_join"] == "92.5"


def test_the_office_returns_a_form_and_the_unit_sees_why_and_shows_what_changed(
    official: FlaskClient, sign_in_as: SignInAs, database: Database
):
    fill(official, SOIL)
    hand_in(database, person(database, JIANWAI))
    office = sign_in_as("office")
    office.set_cookie("language", "en")

    listing = visit(office, "/2026/submissions?state=submitted")
    assert [row[:4] for row in listing.tables["Self-assessment forms"][1:]] == [
        ["Jianwai Subdistrict", "Submitted", "5 of 31", "1"]
    ]
    page = visit(office, f"/2026/submissions/{JIANWAI}/return")
    assert submit(office, page.form(), status=422).errors == [
        "Enter the reason for returning the form, with what must be changed."
    ]
    shown = submit(office, page.form(), {"reason": "Ledgers <b>are</b> incomplete", "figures": ["hazard_ledger"]})
    assert "Returned: Ledgers <b>are</b> incomplete" in shown.main

    home = visit(official, "/")
    assert "Returned: Ledgers <b>are</b> incomplete (Producers of hazardous waste keep their ledgers)" in home.main
    fill(official, {"hazard_ledger": "no"})
    check = visit(official, f"{FORM}/check")
    changed = [["Producers of hazardous waste keep their ledgers", "yes → no"]]
    assert check.tables["Changed values"][1:] == changed
    receipt = submit(official, check.form(), {"leader": "王建国", "without": "26"})
    assert receipt.h1 == "Receipt 2026-110105001-02"
    assert receipt.tables["Changed values"][1:] == changed
    assert visit(office, f"/2026/submissions/{JIANWAI}").tables["Changed values"][1:] == changed


def test_the_estimate_item_by_item_holds_what_is_scored_from_the_task_list(official: FlaskClient, database: Database):
    with database.writing() as session:
        session.query(Obligation).filter_by(unit=JIANWAI).update({"status": "started", "progress": 98_000_000})
    official.set_cookie("language", "en")

    check = visit(official, f"{FORM}/check")
    items = visit(official, check.links["Estimated points, item by item"])
    table = items.tables["Estimated points by item"]
    sums = [re.findall(r"Estimate (\S+ of \S+ points)", page.main) for page in (check, items)]
    assert len(sums[0]) == 1
    assert sums[0] == sums[1]
    assert [row[:3] for row in table if row[0].endswith("annual tasks") or row[0] == "Tasks done on time"] == [
        ["Progress of the annual tasks", "2.00", "2"],
        ["Tasks done on time", "0.00", "1"],
    ]
    places = {link.get("href", "") for link in items.markup.all("a")}
    fields = {place for place in places if "#question-" in place}
    assert f"/2026/obligations/{JIANWAI}" in places
    assert len(fields) > 10
    for page, anchor in (place.split("#") for place in fields):
        assert visit(official, page).markup.called(anchor) is not None


@pytest.mark.parametrize("section", ["check", "receipt", "withdraw", "workbook", "signed"])
def test_a_section_may_be_called_like_any_page_of_a_form(official: FlaskClient, database: Database, section: str):
    with database.writing() as session:
        version = session.query(SheetVersion).one()
        tree = copy.deepcopy(version.tree)
        next(each for each in tree["items"] if each["id"] == "soil")["id"] = section
        version.tree, version.digest = tree, section * 8

    official.set_cookie("language", "en")
    page = visit(official, visit(official, FORM).links["Soil and waste"])
    saved = submit(official, page.form(), {"answer-sorting_join": "94.5"}, press="Save and stay here")
    assert saved.form().values["answer-sorting_join"] == "94.5"


def test_an_official_of_two_units_finds_both_forms(database: Database, sign_in_as: SignInAs):
    an_open_year(database)
    with database.writing() as session:
        duties = [Duty(Role.OFFICIAL, unit=code) for code in (CHAOWAI, JIANWAI)]
        a_person(session, "both", *duties)
    client = sign_in_as("both")

    page = visit(client, "/", language="zh")

    assert "自评填报表：建外街道" in page.main
    assert "自评填报表：朝外街道" in page.main
    assert "水污染防治 不涉及" in page.main
    assert "已批准" not in page.main
    assert "入河排口溯源整治完成率不涉及（适用于" in visit(client, f"/2026/form/{CHAOWAI}/section/water").main


@pytest.mark.parametrize("units", [1, 3, 43])
def test_pages_ask_the_database_as_often_however_many_units_there_are(
    app: Flask, database: Database, sign_in_as: SignInAs, units: int
):
    an_open_year(database, units)
    save(database, person(database, JIANWAI), SOIL)
    hand_in(database, person(database, JIANWAI))
    clients = {name: sign_in_as(name) for name in (JIANWAI, "office")}
    found = {}
    for name, path in (
        (JIANWAI, "/"),
        (JIANWAI, FORM),
        (JIANWAI, SECTION),
        (JIANWAI, f"{FORM}/check"),
        (JIANWAI, f"{FORM}/receipt"),
        ("office", "/2026/submissions"),
        ("office", f"/2026/submissions/{JIANWAI}"),
        ("office", f"/2026/submissions/{JIANWAI}/return"),
    ):
        visit(clients[name], path)
        with counted(app.extensions["database"]) as statements:
            visit(clients[name], path)
        found[f"{name} {path}"] = len([each for each in statements if each.lstrip().startswith("SELECT")])

    assert found.pop(f"{JIANWAI} /") <= 12
    assert found == {
        f"{JIANWAI} {FORM}": 9,
        f"{JIANWAI} {SECTION}": 10,
        f"{JIANWAI} {FORM}/check": 12,
        f"{JIANWAI} {FORM}/receipt": 11,
        "office /2026/submissions": 7,
        f"office /2026/submissions/{JIANWAI}": 11,
        f"office /2026/submissions/{JIANWAI}/return": 8,
    }


def test_the_bar_of_a_section_leads_to_what_lacks_an_answer_or_evidence(
    official: FlaskClient, database: Database, settings: Settings
):
    person_of = person(database, JIANWAI)
    save(database, person_of, {"hazard_ledger": "yes", "sorting_join": "94.5"})
    english(official)
    page = visit(official, SECTION, language="en")
    assert "2 of 5 entries Not answered: 3" in page.main
    assert "Without evidence: 2" in page.main

    files = keep_evidence(database, settings.uploads, person_of, ("ledger.pdf", a_pdf("ledger")))
    attach(database, person_of, *(file.sha256 for file in files.files), figure="hazard_ledger")

    page = visit(official, SECTION, language="en")
    assert "Without evidence: 1" in page.main
    gaps = re.findall(r'<li><a class="govuk-link" href="#question-(\w+)"', page.html)
    assert gaps == ["hazard_storage", "hazard_contract", "waste_free_cells", "sorting_join"]
    check = visit(official, f"{FORM}/check", language="en")
    assert re.findall(r'<li><a class="govuk-link" href="/2026/files/\w+/(\w+)"', check.html) == ["sorting_join"]


def test_evidence_of_several_figures_is_named_once_for_a_section(official: FlaskClient):
    english(official)
    page = visit(official, f"{FORM}/section/air", language="en")

    assert page.main.count("Records and test reports (task 15: Vapour recovery at petrol stations)") == 1
    assert page.main.count("List of kitchens, cleaning records (task 11: Kitchen fume purifiers cleaned)") == 1
    named = page.html.partition("Evidence for several figures")[2].partition("</dl>")[0]
    assert re.findall(r'href="#question-(\w+)"', named) == ["vocs_petrol", "vocs_repair", "vocs_printing"] * 2


COUNTING, EXAMPLE, PROOF = "抽查一百户，参与分类的户数占比。", "查九十四户，填94。", "街道盖章的抽样调查表"
WORDS = "居民分类参与率达到百分之九十五。"


def test_the_words_with_which_a_sheet_explains_a_figure_stand_where_it_is_filled_in_proven_and_read(
    official: FlaskClient, database: Database
):
    explain(database)
    save(database, person(database, JIANWAI), {"hazard_ledger": "yes", "sorting_join": "94.5"})

    page = visit(official, SECTION, language="zh")
    explained = page.html.partition('id="question-sorting_join"')[2].partition("</details>")[0]
    places = [explained.index(text) for text in (WORDS, COUNTING, EXAMPLE, PROOF)]
    assert places == sorted(places)
    assert page.main.count("填报说明") == 1, "nothing is said of the other figures"

    assert PROOF in visit(official, f"/2026/files/{JIANWAI}/sorting_join").main
    check = visit(official, f"{FORM}/check")
    assert re.findall(r'<li><a class="govuk-link" href="/2026/files/\w+/(\w+)"', check.html) == ["sorting_join"]
    assert "缺佐证材料：1项" in page.main
    table = visit(official, "/2026/rules").main
    assert WORDS in table
    assert "印发单位 朝阳区 印发日期 2026年1月5日" in table


def explain(database: Database) -> None:
    """Let the sheet explain one figure, the clause of its item, and where the sheet itself is from."""
    with database.writing() as session:
        version = session.query(SheetVersion).one()
        tree = copy.deepcopy(version.tree)
        tree["figures"]["sorting_join"] |= {"counting": COUNTING, "example": EXAMPLE, "proof": PROOF}
        (item,) = [each for section in tree["items"] for each in section["items"] if "sorting_join" in str(each)]
        item["text"] = WORDS
        tree |= {"issued_by": "朝阳区", "issued_on": "2026年1月5日"}
        version.tree, version.digest = tree, "sha256:explained"
