"""The pages of departments' files: what is suspicious, accepting, discarding and undoing."""

from __future__ import annotations

from assess.core.actors import Role
from assess.services.accounts import Duty
from assess.store.session import OVERTAKEN
from tests.services.imports import DEPARTMENT, FIRST, a_book, accepted
from tests.web.bureau import LIST, RATES, Bureau, address
from tests.web.conftest import SignInAs
from tests.web.pages import asked, confirm, submit, visit
from tests.years import CHAOWAI, a_person, person


def test_a_file_is_previewed_accepted_and_undone(bureau: Bureau):
    found = bureau.uploads(*FIRST)
    assert found.h1 == "water.xlsx"
    assert "Ready to accept" in found.main
    assert "3 values are new and will count." in found.main
    assert found.tables["New"] == [
        ["Unit", "Figure", "Value", "Place", "Remark"],
        ["Jianwai Subdistrict", "Share of sewage collected and treated", "95.5%", "数据!B2", "–"],
        ["Chaowai Subdistrict", "Share of sewage collected and treated", "96%", "数据!B3", "–"],
        ["Jianwai Subdistrict", "Water use allowed in the year", "800 10 000 m³", "数据!C2", "–"],
    ]

    assert "Sheets and columns: 3 read, 0 not read" in found.main
    assert found.tables["Sheets and columns of the file"] == [
        ["Place", "Heading", "Read as"],
        ["数据!A", "单位", "Unit"],
        ["数据!B", "污水收集处理率", "Share of sewage collected and treated"],
        ["数据!C", "年度用水总量指标", "Water use allowed in the year"],
    ]

    done = bureau.accepts(found)
    assert "Accepted by evaluator" in done.main
    assert "New values: 3. Changed: 0. Unchanged: 0." in done.main
    source = next(href for text, href in done.links.items() if text.startswith("95.5%"))
    assert "数据" in visit(bureau.client, source).main
    assert [row[0] for row in visit(bureau.client, LIST).tables["Newest first"][1:]] == ["water.xlsx"]

    asked = visit(bureau.client, done.links["Undo the file"])
    assert "3 values that it added no longer count and are missing again." in asked.main
    undone = submit(bureau.client, asked.form())
    assert "The file is undone. The earlier values count again." in undone.main
    assert "Undone by evaluator" in undone.main
    assert visit(bureau.client, LIST).tables["Newest first"][1][1].startswith("Undone")


def test_what_is_changed_unchanged_and_missing_stands_in_lists_of_its_own(bureau: Bureau):
    bureau.accepts(bureau.uploads(*FIRST))
    found = bureau.uploads(["建外", 95.5, 850], ["八里庄", 90, None], name="again.xlsx")

    assert "1 value replaces the current one, which stays on record." in found.main
    changed = visit(bureau.client, found.links["Changed (1)"]).tables["Changed"]
    assert changed[0] == ["Unit", "Figure", "Value", "Current value, set by", "Place", "Remark"]
    assert changed[1][2] == "800 Water use allowed in the year, Jianwai Subdistrict → 850 10 000 m³"
    assert changed[1][3].startswith("evaluator")
    assert changed[1][3].endswith("water.xlsx")
    assert visit(bureau.client, found.links["Unchanged (1)"]).tables["Unchanged"][1][2].startswith("95.5%")
    missing = next(href for text, href in found.links.items() if text.startswith("Missing ("))
    page = visit(bureau.client, f"{missing}&unit={CHAOWAI}&figure=water_quota")
    assert page.tables["Missing"][1:] == [["Chaowai Subdistrict", "Water use allowed in the year"]]
    assert "Page 2 of" in visit(bureau.client, visit(bureau.client, missing).links["Next page"]).main


def test_a_wholly_unchanged_file_is_said_to_be_so_and_only_discarded(bureau: Bureau):
    bureau.accepts(bureau.uploads(*FIRST))
    found = bureau.uploads(*FIRST)

    assert "It was uploaded before, and there is nothing to accept." in found.main
    assert "Status Nothing to accept Uploaded" in found.main
    assert "needs no further action. You can discard it" in found.main
    assert not [form for form in found.forms if form.action.endswith("/accept")]
    discarded = confirm(bureau.client, found, "/discard")
    assert "The file is discarded. None of its values count." in discarded.main
    assert "Discarded by evaluator" in discarded.main


def test_suspicious_values_are_explained_one_by_one_or_all_at_once_before_accepting(bureau: Bureau):
    found = bureau.uploads(*RATES, ["建外", 1, None], ["八里庄", 9.5, None], ["团结湖", 9.6, None])
    assert "3 unusual values have no explanation yet. Explain them before accepting the file." in found.main
    rows = found.tables["Unusual values"]
    assert rows[1][3].startswith("the median of 14 units is")
    form = found.form("/explain?show=doubtful") if "?" in found.path else found.form("/explain")
    field = next(name for name in form.values if name.startswith("explain-"))

    long = submit(bureau.client, form, {field: "x" * 1001}, status=422)
    assert long.form("/explain").values[field].strip() == "x" * 1001
    assert long.errors == ["Must be 1000 characters or fewer. It has 1001."]
    after = submit(bureau.client, form, {field: "a new sewer"})
    assert "2 unusual values have no explanation yet." in after.main
    assert after.form("/explain").values[field].strip() == "a new sewer"

    blank = submit(bureau.client, after.form("/explain-all"), {"words": " "}, status=422)
    assert blank.errors == ["Enter the explanation."]
    all_told = submit(bureau.client, blank.form("/explain-all"), {"words": "checked on site"})
    assert "2 values are explained." in all_told.main
    assert "Accepted by evaluator" in bureau.accepts(all_told).main


def test_whoever_presses_twice_or_in_another_tab_is_shown_what_came_of_it(bureau: Bureau):
    found = bureau.uploads(*FIRST)
    discarding = asked(bureau.client, found, "/discard")

    submit(bureau.client, found.form("/accept"))
    again = submit(bureau.client, found.form("/accept"))
    assert (again.errors, "The values are being accepted" in again.main) == ([], True)
    done = bureau.sees(address(found))
    assert submit(bureau.client, found.form("/accept")).errors == []
    told = submit(bureau.client, discarding.form(), status=409)
    assert told.errors == [OVERTAKEN.en]
    assert "Accepted by evaluator" in told.main

    undoing = visit(bureau.client, done.links["Undo the file"])
    submit(bureau.client, undoing.form())
    assert submit(bureau.client, undoing.form()).errors == []
    with bureau.client.get(undoing.path) as answer:
        assert (answer.status_code, answer.location) == (303, address(found))


def test_what_somebody_else_changed_meanwhile_is_shown_and_nothing_is_overwritten(bureau: Bureau, sign_in_as: SignInAs):
    with bureau.database.writing() as session:
        a_person(session, "second", Duty(Role.EVALUATOR, department=DEPARTMENT))
    found = bureau.uploads(["建外", None, 820])
    accepted(bureau.database, person(bureau.database, "second"), bureau.settings.uploads, a_book(["建外", None, 810]))

    told = bureau.accepts(found)
    assert "Someone else changed values in this file meanwhile (1), so nothing was accepted." in told.main
    row = told.tables["Changed meanwhile"][1]
    assert row[2] == "810 Water use allowed in the year, Jianwai Subdistrict → 820 10 000 m³"
    assert row[3].startswith("second")
    assert "New values: 0. Changed: 1." in bureau.accepts(told).main
