"""The pages of departments' files: the list, a department, and a file from its upload to its undoing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from assess.core.actors import Role
from assess.core.jobs import JobState
from assess.services.accounts import Duty
from assess.services.documents import Document
from assess.settings import Settings
from assess.store.models import Job
from assess.store.session import Database
from tests.queries import counted
from tests.services.forms import dated
from tests.services.imports import DEPARTMENT, FIRST, a_book, a_water_year, accepted, work
from tests.web.conftest import SignInAs
from tests.web.hostile import multipart, pairs_of
from tests.web.pages import Page, read, submit, visit
from tests.years import CHAOWAI, a_person, person

LIST = f"/2026/imports/{DEPARTMENT}"
OTHERS = ["朝外", "呼家楼", "三里屯", "左家庄", "香河园", "和平街", "安贞", "亚运村", "小关", "酒仙桥", "麦子店"]
RATES = [[name, 95 + place / 10, None] for place, name in enumerate(OTHERS)]
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For tests of pages alone: what they read and write is tried on both engines elsewhere."""


class Bureau:
    """An evaluator of the water bureau at the pages, and a worker behind them."""

    def __init__(self, client: FlaskClient, database: Database, settings: Settings) -> None:
        self.client, self.database, self.settings = client, database, settings

    def sends(self, document: Document, status: int = 303) -> Page:
        """Upload a file; the page that comes."""
        form = visit(self.client, LIST).form()
        return submit(self.client, form, {"file": (BytesIO(document.data), document.name)}, status=status)

    def uploads(self, *rows: Sequence[Any], name: str = "water.xlsx") -> Page:
        """The page of a file that was uploaded and checked."""
        sent = self.sends(a_book(*rows, name=name))
        return self.sees(sent.path)

    def sees(self, path: str) -> Page:
        """A page once the worker has done all that waits."""
        work(self.database, self.settings.uploads)
        return visit(self.client, path)

    def accepts(self, page: Page) -> Page:
        """The page of a file that was accepted."""
        return self.sees(submit(self.client, page.form("/accept")).path)


@pytest.fixture
def bureau(database: Database, settings: Settings, sign_in_as: SignInAs) -> Bureau:
    """The bureau while figures are supplied."""
    a_water_year(database)
    with database.writing() as session:
        dated(session)
    return Bureau(english(sign_in_as("evaluator")), database, settings)


def address(page: Page) -> str:
    """Where a file stands, whatever list of it is in view."""
    return page.path.partition("?")[0]


def english(client: FlaskClient) -> FlaskClient:
    """The same person, reading English."""
    client.set_cookie("language", "en")
    return client


def test_a_file_is_previewed_accepted_and_undone(bureau: Bureau):
    found = bureau.uploads(*FIRST)
    assert found.h1 == "water.xlsx"
    assert "Ready to accept" in found.main
    assert "3 values are new and will count." in found.main
    assert found.tables["New"] == [
        ["Unit", "Figure", "Value", "Place", "Remark"],
        ["Jianwai Subdistrict", "Share of sewage collected and treated", "95.5 %", "数据!B2", "–"],
        ["Chaowai Subdistrict", "Share of sewage collected and treated", "96 %", "数据!B3", "–"],
        ["Jianwai Subdistrict", "Water use allowed in the year", "800 10 000 m³", "数据!C2", "–"],
    ]

    done = bureau.accepts(found)
    assert "Accepted by evaluator" in done.main
    assert "New values: 3. Changed: 0. Unchanged, left as they were: 0." in done.main
    source = next(href for text, href in done.links.items() if text.startswith("95.5 %"))
    assert "数据" in visit(bureau.client, source).main
    assert [row[0] for row in visit(bureau.client, LIST).tables["Newest first"][1:]] == ["water.xlsx"]

    asked = visit(bureau.client, done.links["Undo the file"])
    assert "3 values that it brought in for the first time count no longer and are missing again." in asked.main
    undone = submit(bureau.client, asked.form())
    assert "The file is undone. What counted before it counts again." in undone.main
    assert "Undone by evaluator" in undone.main
    assert visit(bureau.client, LIST).tables["Newest first"][1][1].startswith("Undone")


@on_sqlite
def test_every_wrong_cell_is_listed_narrowed_and_marked_and_the_mended_file_goes_in_right_there(bureau: Bureau):
    found = bureau.uploads(["建外街道", "many", 800], ["不存在街道", 96, None])
    assert "Nothing of this file was kept." in found.main
    assert [row[0] for row in found.tables["Errors"]] == ["Place", "数据!B2", "数据!A3"]
    assert found.tables["Errors"][1][1].endswith("many is not a number: write one such as 93.5")
    narrowed = submit(bureau.client, found.form(address(found)), {"words": "A3"})
    assert [row[0] for row in narrowed.tables["Errors"]] == ["Place", "数据!A3"]
    assert "Nothing in this list fits." in submit(bureau.client, found.form(address(found)), {"words": "%_"}).main

    with bureau.client.get(found.links["Your workbook with the errors marked"]) as answer:
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert "filename=water-marked.xlsx" in answer.headers["Content-Disposition"]
        book = load_workbook(BytesIO(answer.data))
    assert book["数据"]["B2"].comment is not None
    book["数据"]["B2"] = 95.5
    book["数据"]["A3"] = "朝外街道"
    mended = BytesIO()
    book.save(mended)
    mended.seek(0)
    sent = submit(bureau.client, found.form(DEPARTMENT), {"file": (mended, "mended.xlsx")})
    assert "3 values are new and will count." in bureau.sees(sent.path).main


@on_sqlite
def test_a_csv_comes_with_its_errors_in_a_workbook_beside_it_and_says_why(bureau: Bureau):
    sent = bureau.sends(Document("water.csv", "单位,污水收集处理率\n建外街道,many\n".encode()))

    found = bureau.sees(sent.path)
    assert "Your workbook with the errors marked" not in found.links
    with bureau.client.get(found.links["The errors as a workbook of their own"]) as answer:
        assert "filename=water-errors.xlsx" in answer.headers["Content-Disposition"]
    assert "CSV" in found.main


@on_sqlite
def test_a_file_that_is_no_workbook_is_refused_whole(bureau: Bureau):
    sent = bureau.sends(Document("<script>alert(1)</script>.xlsx", b"\x89PNG\r\n\x1a\nnothing"))

    found = bureau.sees(sent.path)
    assert found.h1 == "<script>alert(1)</script>.xlsx"
    assert [row[0] for row in found.tables["Errors"]] == ["Place", "Whole file"]
    assert not {"Your workbook with the errors marked", "The errors as a workbook of their own"} & set(found.links)


@on_sqlite
def test_what_is_changed_unchanged_and_missing_stands_in_lists_of_its_own(bureau: Bureau):
    bureau.accepts(bureau.uploads(*FIRST))
    found = bureau.uploads(["建外", 95.5, 850], ["八里庄", 90, None], name="again.xlsx")

    assert "1 value takes the place of the one that counts now, which stays on record." in found.main
    changed = visit(bureau.client, found.links["Changed (1)"]).tables["Changed"]
    assert changed[0] == ["Unit", "Figure", "Value", "Value so far, set by", "Place", "Remark"]
    assert changed[1][2] == "800 Water use allowed in the year, Jianwai Subdistrict → 850 10 000 m³"
    assert changed[1][3].startswith("evaluator")
    assert changed[1][3].endswith("water.xlsx")
    assert visit(bureau.client, found.links["Unchanged (1)"]).tables["Unchanged"][1][2].startswith("95.5 %")
    missing = next(href for text, href in found.links.items() if text.startswith("Missing ("))
    page = visit(bureau.client, f"{missing}&unit={CHAOWAI}&figure=water_quota")
    assert page.tables["Missing"][1:] == [["Chaowai Subdistrict", "Water use allowed in the year"]]
    assert "Page 2 of" in visit(bureau.client, visit(bureau.client, missing).links["Next page"]).main


@on_sqlite
def test_a_wholly_unchanged_file_is_said_to_be_so_and_only_put_aside(bureau: Bureau):
    bureau.accepts(bureau.uploads(*FIRST))
    found = bureau.uploads(*FIRST)

    assert "it was uploaded again unchanged, and there is nothing to accept." in found.main
    assert not [form for form in found.forms if form.action.endswith("/accept")]
    aside = submit(bureau.client, found.form("/discard"))
    assert "The file is put aside. Nothing of it counts." in aside.main
    assert "Put aside by evaluator" in aside.main


@on_sqlite
def test_suspicious_values_are_explained_one_by_one_or_all_at_once_before_accepting(bureau: Bureau):
    found = bureau.uploads(*RATES, ["建外", 1, None], ["八里庄", 9.5, None], ["团结湖", 9.6, None])
    assert "3 suspicious values have no reason yet: give them, then the file can be accepted." in found.main
    rows = found.tables["Suspicious"]
    assert rows[1][3].startswith("the middle of 14 units is")
    form = found.form("/explain?show=doubtful") if "?" in found.path else found.form("/explain")
    field = next(name for name in form.values if name.startswith("explain-"))

    long = submit(bureau.client, form, {field: "x" * 501}, status=422)
    assert long.form("/explain").values[field].strip() == "x" * 501
    assert long.errors == ["Write at most 500 characters, this has 501"]
    after = submit(bureau.client, form, {field: "a new sewer"})
    assert "2 suspicious values have no reason yet" in after.main
    assert after.form("/explain").values[field].strip() == "a new sewer"

    blank = submit(bureau.client, after.form("/explain-all"), {"words": " "}, status=422)
    assert blank.errors == ["write the reason"]
    all_told = submit(bureau.client, blank.form("/explain-all"), {"words": "checked on site"})
    assert "2 values are explained." in all_told.main
    assert "Accepted by evaluator" in bureau.accepts(all_told).main


@on_sqlite
def test_whoever_presses_twice_or_in_another_tab_is_shown_what_came_of_it(bureau: Bureau):
    found = bureau.uploads(*FIRST)

    submit(bureau.client, found.form("/accept"))
    again = submit(bureau.client, found.form("/accept"))
    assert (again.errors, "The values are being accepted" in again.main) == ([], True)
    done = bureau.sees(address(found))
    assert submit(bureau.client, found.form("/accept")).errors == []
    told = submit(bureau.client, found.form("/discard"), status=409)
    assert told.errors == [
        "Somebody else changed this while you were at work. Open the page again, compare, and save once more."
    ]
    assert "Accepted by evaluator" in told.main

    asked = visit(bureau.client, done.links["Undo the file"])
    submit(bureau.client, asked.form())
    assert submit(bureau.client, asked.form()).errors == []
    with bureau.client.get(asked.path) as answer:
        assert (answer.status_code, answer.location) == (303, address(found))


@on_sqlite
def test_what_somebody_else_changed_meanwhile_is_shown_and_nothing_is_overwritten(bureau: Bureau, sign_in_as: SignInAs):
    with bureau.database.writing() as session:
        a_person(session, "second", Duty(Role.EVALUATOR, department=DEPARTMENT))
    found = bureau.uploads(["建外", None, 820])
    accepted(bureau.database, person(bureau.database, "second"), bureau.settings.uploads, a_book(["建外", None, 810]))

    told = bureau.accepts(found)
    assert "Somebody else changed 1 of these values meanwhile, so nothing was accepted." in told.main
    row = told.tables["Changed meanwhile"][1]
    assert row[2] == "810 Water use allowed in the year, Jianwai Subdistrict → 820 10 000 m³"
    assert row[3].startswith("second")
    assert "New values: 0. Changed: 1." in bureau.accepts(told).main


@on_sqlite
def test_without_a_file_or_with_one_that_is_empty_or_too_large_nothing_is_kept(bureau: Bureau):
    nothing = submit(bureau.client, visit(bureau.client, LIST).form(), {"file": (BytesIO(), "")}, status=422)
    assert nothing.errors == ["Choose a file"]
    assert bureau.sends(Document("blank.xlsx", b""), 422).errors == ["the file is empty: choose the right one"]
    token = {"csrf_token": nothing.form().values["csrf_token"]}
    kind, body = multipart(pairs_of(token), [("file", "big.xlsx", bytes(10_485_761))])
    large = read(bureau.client.post(LIST, data=body, content_type=kind), 422)
    assert large.errors == ["The file is larger than 10 MB"]
    assert "No file has been uploaded yet." in visit(bureau.client, LIST).main


@on_sqlite
def test_once_supplying_is_over_files_are_read_and_nothing_is_done_with_them(bureau: Bureau):
    found = bureau.uploads(*FIRST)
    with bureau.database.writing() as session:
        dated(session, ends=date(2026, 1, 1))

    page = visit(bureau.client, LIST)
    assert "Supplying figures closed on 2026-01-01" in page.main
    assert not [form for form in page.forms if form.multipart]
    assert "Supplying figures closed on 2026-01-01" in submit(bureau.client, found.form("/accept"), status=422).main
    assert "/accept" not in visit(bureau.client, address(found)).html
    assert "The workbook in English" in page.links


@on_sqlite
def test_work_that_goes_on_shows_how_far_it_is_and_what_failed_says_what_to_do(bureau: Bureau):
    sent = bureau.sends(a_book(*FIRST))
    assert "The file is being checked." in sent.main
    assert f'data-refresh="{sent.path}" data-state="checking"' in sent.html
    assert sent.links["See how far it is now"] == sent.path
    with bureau.database.writing() as session:
        session.query(Job).update({Job.state: JobState.RUNNING, Job.steps_done: 1, Job.steps: 4})
    assert "1 of 4 complete" in visit(bureau.client, sent.path).main
    with bureau.database.writing() as session:
        session.query(Job).update({Job.state: JobState.FAILED, Job.told: {"zh": "坏了。", "en": "Broken."}})

    failed = visit(bureau.client, sent.path)
    assert "Broken. Put this file aside and upload it again." in failed.main
    assert "data-refresh" not in failed.html
    assert "Put aside by evaluator" in submit(bureau.client, failed.form("/discard")).main


@on_sqlite
def test_the_office_sees_every_department_and_an_evaluator_the_own_one_alone(bureau: Bureau, sign_in_as: SignInAs):
    found = bureau.uploads(*FIRST)
    office = english(sign_in_as("office"))
    rows = {row[0]: row for row in visit(office, "/2026/imports").tables["Departments (10)"]}
    assert rows["District Water Bureau"][1:3] == ["0 of 43", "0 of 326 complete"]
    assert "water.xlsx Ready to accept" in rows["District Water Bureau"][5]
    assert rows["District Landscape and Forestry Bureau"][4:] == ["none yet", "–"]
    assert "Ready to accept" in visit(office, address(found)).main

    with bureau.client.get("/2026/imports") as answer:
        assert (answer.status_code, answer.location) == (303, LIST)
    for path, status in (("/2026/imports/housing", 403), ("/2026/imports/nobody", 403)):
        with bureau.client.get(path) as answer:
            assert (path, answer.status_code) == (path, status)
    with bureau.database.writing() as session:
        a_person(session, "builder", Duty(Role.EVALUATOR, department="housing"))
    builder = english(sign_in_as("builder"))
    for path in (address(found), f"{address(found)}/original", f"{address(found)}/undo"):
        with builder.get(path) as answer:
            assert (path, answer.status_code) == (path, 404)
    with builder.get(LIST) as answer:
        assert answer.status_code == 403


@on_sqlite
def test_the_template_is_taken_away_in_either_language_and_the_upload_as_it_came(bureau: Bureau):
    page = visit(bureau.client, LIST)
    for code, link in (("zh", "The workbook in Chinese"), ("en", "The workbook in English")):
        with bureau.client.get(page.links[link]) as answer:
            assert f"evidence-water-bureau-2026-{code}.xlsx" in answer.headers["Content-Disposition"]
            assert load_workbook(BytesIO(answer.data)).sheetnames
    document = a_book(*FIRST)
    found = bureau.sends(document)
    with bureau.client.get(found.links["The file as it was uploaded"]) as answer:
        assert answer.data == document.data


@on_sqlite
@pytest.mark.parametrize("rows", [FIRST, [*RATES, ["建外", 1, None]], [["建外街道", "many", 800]]])
def test_the_pages_are_whole_in_chinese_and_ask_the_database_at_most_twelve_times(bureau: Bureau, rows: list[Any]):
    found = bureau.uploads(*rows)
    bureau.client.set_cookie("language", "zh")

    for path in (LIST, *(href for href in found.links.values() if href.startswith(f"{address(found)}?show"))):
        assert visit(bureau.client, path, language="zh").h1 in ("部门数据（Excel）", "water.xlsx")
        with counted(bureau.client.application.extensions["database"]) as asked:
            visit(bureau.client, path)
        assert (path, len(asked) <= 12, asked) == (path, True, asked)
