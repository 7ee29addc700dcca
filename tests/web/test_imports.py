"""The pages of departments' files: the list, a department, and a file with what was found in it."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from assess.core.actors import Role
from assess.core.jobs import JobState
from assess.services.accounts import Duty
from assess.services.documents import UploadedFile
from assess.services.imports.pages import UNREAD
from assess.store.models import Job
from tests.queries import counted
from tests.services.forms import dated
from tests.services.imports import DEPARTMENT, FIRST, a_book
from tests.web.bureau import LIST, RATES, Bureau, address, english
from tests.web.conftest import SignInAs
from tests.web.hostile import multipart, pairs_of
from tests.web.pages import confirm, read, submit, visit
from tests.years import a_person


def test_every_wrong_cell_is_listed_narrowed_and_marked_and_the_mended_file_goes_in_right_there(bureau: Bureau):
    found = bureau.uploads(["建外街道", "many", 800], ["不存在街道", 96, None])
    assert "Nothing in this file was saved." in found.main
    assert [row[0] for row in found.tables["Errors"]] == ["Place", "数据!B2", "数据!A3"]
    assert found.tables["Errors"][1][1].endswith("“many” is not a number. Enter one such as 93.5.")
    narrowed = submit(bureau.client, found.form(address(found)), {"words": "A3"})
    assert [row[0] for row in narrowed.tables["Errors"]] == ["Place", "数据!A3"]
    assert "Nothing in this list matches." in submit(bureau.client, found.form(address(found)), {"words": "%_"}).main

    with bureau.client.get(found.links["Your Excel file with the errors marked"]) as answer:
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


def test_a_csv_comes_with_its_errors_in_a_workbook_beside_it_and_says_why(bureau: Bureau):
    sent = bureau.sends(UploadedFile("water.csv", "单位,污水收集处理率\n建外街道,many\n".encode()))

    found = bureau.sees(sent.path)
    assert "Your Excel file with the errors marked" not in found.links
    with bureau.client.get(found.links["List of errors (separate Excel file)"]) as answer:
        assert "filename=water-errors.xlsx" in answer.headers["Content-Disposition"]
    assert "CSV" in found.main


def test_a_csv_of_unknown_headings_is_not_said_to_have_sheets(bureau: Bureau):
    sent = bureau.sends(UploadedFile("water.csv", "甲,乙\n一,二\n".encode()))

    found = bureau.sees(sent.path)
    assert len(found.tables["Errors"]) == 2
    assert UNREAD.en.partition("{")[0] not in found.main


def test_a_file_that_is_no_workbook_is_refused_whole(bureau: Bureau):
    sent = bureau.sends(UploadedFile("<img src=x onerror=alert(1)>.xlsx", b"\x89PNG\r\n\x1a\nnothing"))

    found = bureau.sees(sent.path)
    assert found.h1 == "<img src=x onerror=alert(1)>.xlsx"
    assert [row[0] for row in found.tables["Errors"]] == ["Place", "Whole file"]
    assert not {"Your Excel file with the errors marked", "List of errors (separate Excel file)"} & set(found.links)


def test_without_a_file_or_with_one_that_is_empty_or_too_large_nothing_is_kept(bureau: Bureau):
    nothing = submit(bureau.client, visit(bureau.client, LIST).form(), {"file": (BytesIO(), "")}, status=422)
    assert nothing.errors == ["Select a file"]
    assert bureau.sends(UploadedFile("blank.xlsx", b""), 422).errors == ["The file is empty. Select another file."]
    token = {"csrf_token": nothing.form().values["csrf_token"]}
    kind, body = multipart(pairs_of(token), [("file", "big.xlsx", bytes(10_485_761))])
    large = read(bureau.client.post(LIST, data=body, content_type=kind), 422)
    assert large.errors == ["The file is larger than 10 MB and was not saved. Remove what is not needed."]
    assert "No file has been uploaded yet." in visit(bureau.client, LIST).main


def test_once_supplying_is_over_files_are_read_and_nothing_is_done_with_them(bureau: Bureau):
    found = bureau.uploads(*FIRST)
    with bureau.database.writing() as session:
        dated(session, ends=date(2026, 1, 1))

    page = visit(bureau.client, LIST)
    assert "Submission of department data closed on 2026-01-01" in page.main
    assert not [form for form in page.forms if form.multipart]
    assert (
        "Submission of department data closed on 2026-01-01"
        in submit(bureau.client, found.form("/accept"), status=422).main
    )
    assert "/accept" not in visit(bureau.client, address(found)).html
    assert "Template in English" in page.links


def test_work_that_goes_on_shows_how_far_it_is_and_what_failed_says_what_to_do(bureau: Bureau):
    sent = bureau.sends(a_book(*FIRST))
    assert "The file is being checked." in sent.main
    assert f'data-refresh="{sent.path}" data-state="checking"' in sent.html
    assert sent.links["Refresh the progress"] == sent.path
    with bureau.database.writing() as session:
        session.query(Job).update({Job.state: JobState.RUNNING, Job.steps_done: 1, Job.steps: 4})
    assert "1 of 4 complete" in visit(bureau.client, sent.path).main
    with bureau.database.writing() as session:
        session.query(Job).update({Job.state: JobState.FAILED, Job.message: {"zh": "坏了。", "en": "Broken."}})

    failed = visit(bureau.client, sent.path)
    assert "Broken. Discard this file and upload it again." in failed.main
    assert "data-refresh" not in failed.html
    assert "Discarded by evaluator" in confirm(bureau.client, failed, "/discard").main


def test_the_office_sees_every_department_and_an_evaluator_the_own_one_alone(bureau: Bureau, sign_in_as: SignInAs):
    found = bureau.uploads(*FIRST)
    office = english(sign_in_as("office"))
    rows = {row[0]: row for row in visit(office, "/2026/imports").tables["Departments (10)"]}
    assert rows["District Water Bureau"][1:3] == ["0 of 43", "0 of 326 complete"]
    assert "water.xlsx Ready to accept" in rows["District Water Bureau"][5]
    assert rows["District Landscape and Forestry Bureau"][4:] == ["None yet", "–"]
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


def test_the_template_is_taken_away_in_either_language_and_the_upload_as_it_came(bureau: Bureau):
    page = visit(bureau.client, LIST)
    for code, link in (("zh", "Template in Chinese"), ("en", "Template in English")):
        with bureau.client.get(page.links[link]) as answer:
            assert f"evidence-water-bureau-2026-{code}.xlsx" in answer.headers["Content-Disposition"]
            assert load_workbook(BytesIO(answer.data)).sheetnames
    document = a_book(*FIRST)
    found = bureau.sends(document)
    with bureau.client.get(found.links["The file as it was uploaded"]) as answer:
        assert answer.data == document.data


@pytest.mark.parametrize("rows", [FIRST, [*RATES, ["建外", 1, None]], [["建外街道", "many", 800]]])
def test_the_pages_are_whole_in_chinese_and_ask_the_database_at_most_twelve_times(bureau: Bureau, rows: list[Any]):
    found = bureau.uploads(*rows)
    bureau.client.set_cookie("language", "zh")

    for path in (LIST, *(href for href in found.links.values() if href.startswith(f"{address(found)}?show"))):
        assert visit(bureau.client, path, language="zh").h1 in ("部门数据（Excel）", "water.xlsx")
        with counted(bureau.client.application.extensions["database"]) as asked:
            visit(bureau.client, path)
        assert (path, len(asked) <= 12, asked) == (path, True, asked)
