"""Evidence by the API: sent, checked, accepted; everything wrong told by its place."""

from __future__ import annotations

from io import BytesIO

from assess.core.workflow import Imported
from assess.files.evidence_json import AS_TEXT
from assess.services import imports
from assess.services.imports.accepting import UNEXPLAINED
from assess.services.imports.sources import SPREADSHEET
from assess.store.models import Value
from assess.web.api.answers import CHANGED_MEANWHILE
from tests.services.imports import FIRST, OF_FIRST, a_book, the_cycle, values
from tests.services.tokens import SENT
from tests.web.api.calling import EVIDENCE, System
from tests.web.conftest import SignInAs
from tests.web.pages import visit
from tests.years import JIANWAI, NOW, person

NONE_WRONG = {"flaws": [], "warnings": [], "suspicious": [], "overtaken": [], "next": None}
COUNTS = {"values": 0, "new": 0, "changed": 0, "noted": 0, "unchanged": 0, "doubtful": 0, "missing": 0, "overtaken": 0,
          "flaws": 0, "warnings": 0, "unexplained": 0}  # fmt: skip


def test_figures_are_taken_in_checked_and_accepted_and_then_count(system: System):
    sent = system.sends()
    assert (sent.status, sent.headers["Location"], sent.headers["Retry-After"]) == (202, "/api/v1/2026/imports/1", "2")
    assert {name: sent.body[name] for name in ("id", "year", "department", "state", "is_worked_on", "may_accept")} == {
        "id": 1, "year": 2026, "department": "water-bureau", "state": "checking", "is_worked_on": True,
        "may_accept": False,
    }  # fmt: skip
    assert sent.body["file"]["name"].startswith("水务监测平台 ")
    assert sent.body["file"]["name"].endswith(".json")

    system.works()
    checked = system.get(sent.body["address"])
    missing = checked.body["counts"]["missing"]
    assert checked.body["counts"] == {**COUNTS, "values": 3, "new": 3, "missing": missing}
    assert {name: checked.body[name] for name in NONE_WRONG} == NONE_WRONG
    assert (checked.body["state"], checked.body["state_called"], checked.body["may_accept"], checked.body["page"]) == (
        "checked", "ready to accept", True, "/2026/imports/file/1",
    )  # fmt: skip
    assert values(system.database) == {}

    done = system.accepted(checked)
    assert (done.body["state"], done.body["may_accept"]) == ("accepted", False)
    assert values(system.database) == OF_FIRST


def test_a_workbook_is_taken_in_as_a_whole_body_or_as_the_file_of_a_form(system: System):
    book = a_book(*FIRST)
    sent = system.sends(book.data, content_type=SPREADSHEET)
    assert (sent.status, sent.body["file"]["name"][-5:]) == (202, ".xlsx")

    again = system.ask("POST", EVIDENCE, data={"file": (BytesIO(book.data), "water.xlsx")})
    assert (again.status, again.body["id"]) == (200, sent.body["id"])
    other = system.ask("POST", EVIDENCE, data={"file": (BytesIO(a_book(["朝外街道", 97, 1]).data), "x.XLSX")})
    assert (other.status, other.body["file"]["name"][-5:]) == (202, ".xlsx")
    system.works()
    system.accepted(system.get(sent.body["address"]))
    assert values(system.database) == OF_FIRST


def test_everything_wrong_is_told_by_its_place_in_the_language_that_is_asked_for(system: System):
    wrong = {"values": [*SENT["values"], {"unit": "建外街到", "figure": "sewage_rate", "value": 95.5}]}
    found = system.checked(wrong)
    assert (found.body["state"], found.body["counts"]) == ("flawed", {**COUNTS, "flaws": 2})
    assert found.flaws == {
        "/values/3/unit": "No unit is called “建外街到”. Did you mean “Jianwai Subdistrict”?",
        "/values/3/value": AS_TEXT.localized("en", text="95.5"),
    }

    chinese = system.get(found.body["address"], headers={"Accept-Language": "zh-CN"})
    assert chinese.flaws["/values/3/value"] == (
        '“95.5”是带小数的JSON数字，会丢失精度，请写成带引号的文本，例如"12.5"。'
    )
    assert (chinese.body["state_called"], chinese.headers["Content-Language"]) == ("有错误", "zh-CN")


def test_flaws_of_a_workbook_are_told_by_their_cells(system: System):
    sent = system.sends(a_book(["建外街道", "九十五", None]).data, content_type=SPREADSHEET)
    system.works()

    assert list(system.get(sent.body["address"]).flaws) == ["数据!B2"]


def test_many_flaws_are_told_part_by_part(system: System):
    found = system.checked({"values": [{"unit": "x", "figure": "sewage_rate", "value": "1"}] * 1100})
    assert (len(found.body["flaws"]), found.body["next"]) == (500, f"{found.body['address']}?start=500")
    second = system.get(found.body["next"])
    third = system.get(second.body["next"])

    assert (third.body["flaws"][-1]["where"], len(third.body["flaws"]), third.body["next"]) == (
        "/values/1099/unit", 100, None,
    )  # fmt: skip
    for odd in ("-1", "x", "²", "9" * 30, ""):
        assert system.get(f"{found.body['address']}?start={odd}").status == 200


def test_the_same_body_is_taken_once_while_it_is_open_and_is_said_to_be_unchanged_afterwards(system: System):
    first = system.checked()
    assert (system.sends().status, system.sends().body["id"]) == (200, first.body["id"])
    system.accepted(first)

    again = system.checked()
    assert again.body["id"] != first.body["id"]
    assert (again.body["counts"]["unchanged"], again.body["may_accept"], again.body["notes"]) == (
        3, False,
        ["All 3 values in this file are already on record. It was uploaded before, and there is nothing to accept."],
    )  # fmt: skip
    refused = system.post(f"{again.body['address']}/accept", {"seen": again.body["version"]})
    assert (refused.status, refused.body["detail"]) == (
        422, "All values in the file are already on record. There is nothing to accept.",
    )  # fmt: skip
    aside = system.post(f"{again.body['address']}/discard", {"seen": again.body["version"]})
    assert (aside.status, aside.body["state"]) == (200, "discarded")


def test_suspicious_values_wait_until_somebody_of_the_department_explains_them(system: System):
    rates = [("95.0", 1), ("95.1", 2), ("95.2", 3), ("95.3", 4), ("95.4", 5), ("95.5", 6), ("95.6", 7), ("9.6", 8)]
    told = [{"unit": f"11010500{place}", "figure": "sewage_rate", "value": text} for text, place in rates]
    found = system.checked({"values": told})
    (line,) = found.body["suspicious"]
    assert (line["where"], line["explanation"], found.body["may_accept"]) == ("/values/7/value", "", False)
    assert (found.body["counts"]["doubtful"], found.body["counts"]["unexplained"]) == (1, 1)
    refused = system.post(f"{found.body['address']}/accept", {"seen": found.body["version"]})
    assert (refused.status, refused.body["detail"]) == (
        422,
        UNEXPLAINED.localized("en", n=1),
    )

    with system.database.writing() as session:
        evaluator = person(system.database, "evaluator")
        imports.explain_all(session, evaluator, cycle=the_cycle(session), row=found.body["id"], words="已复核", now=NOW)
    explained = system.get(found.body["address"])
    assert (explained.body["suspicious"][0]["explanation"], explained.body["may_accept"]) == ("已复核", True)
    assert system.accepted(explained).body["state"] == "accepted"


def test_values_that_somebody_else_changed_meanwhile_are_told(system: System):
    found = system.checked()
    other = system.checked({"values": [{"unit": JIANWAI, "figure": "sewage_rate", "value": "90"}]})
    system.accepted(other)

    back = system.accepted(found)
    assert (back.body["state"], back.body["overtaken"]) == (
        "checked", [{"where": "/values/0/value", "what": CHANGED_MEANWHILE.localized("en", old="90", new="95.5")}],
    )  # fmt: skip


def test_who_looked_at_an_earlier_version_is_told_so(system: System):
    found = system.checked()
    stale = system.post(f"{found.body['address']}/accept", {"seen": found.body["version"] - 1})

    assert (stale.status, stale.body["title"]) == (409, "Someone else changed this")
    assert system.get(found.body["address"]).body["state"] == Imported.CHECKED


def test_what_looks_like_a_formula_is_kept_as_text(system: System):
    found = system.checked(
        {
            "values": [
                {
                    "unit": JIANWAI,
                    "figure": "sewage_rate",
                    "value": "95.5",
                    "remark": "=1+1|<script>alert(1)</script>{{7*7}}",
                }
            ]
        }
    )

    assert (found.body["state"], system.accepted(found).body["state"]) == ("checked", "accepted")


def test_people_of_the_department_find_what_was_sent_on_their_pages(system: System, sign_in_as: SignInAs):
    wrong = system.checked({"values": [{"unit": "建外街到", "figure": "sewage_rate", "value": "95.5"}]})
    system.accepted(system.checked())
    evaluator = sign_in_as("evaluator")
    evaluator.set_cookie("language", "en")

    assert "/values/0/unit" in visit(evaluator, wrong.body["page"]).main
    with system.database.reading() as session:
        (value,) = session.query(Value.id).where(Value.figure == "water_quota").one()
    page = visit(evaluator, f"/2026/source/{value}")
    assert page.tables["/values/1/value"][2][1:4] == ["建外街道", "water_quota", ""]
    assert "▸ 800" in page.main
