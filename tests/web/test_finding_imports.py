"""The pages of files of findings: upload, errors, preview, the ledger, withdrawing by two people."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from assess.services.documents import UploadedFile
from assess.settings import Settings
from assess.store.session import Database
from tests.queries import counted
from tests.services.finding_imports import FIRST, an_export, work
from tests.services.findings import a_ledger
from tests.web.bureau import english
from tests.web.conftest import SignInAs
from tests.web.pages import Page, confirm, submit, visit

FILES = "/2026/findings/files"
MARKED = "Your Excel file with the errors marked"


class Inspector:
    """Somebody at the pages of files of findings, and a worker behind them."""

    def __init__(self, client: FlaskClient, database: Database, settings: Settings) -> None:
        self.client, self.database, self.settings = english(client), database, settings

    def uploads(self, document: UploadedFile) -> Page:
        """The page of a file that was uploaded and checked."""
        sent = submit(self.client, visit(self.client, FILES).form(), {"file": (BytesIO(document.data), document.name)})
        return self.sees(sent.path)

    def sees(self, path: str) -> Page:
        """A page once the worker has done all that waits."""
        work(self.database, self.settings.uploads)
        return visit(self.client, path)


@pytest.fixture
def inspector(database: Database, settings: Settings, sign_in_as: SignInAs) -> Inspector:
    """An evaluator with a ledger."""
    a_ledger(database)
    return Inspector(sign_in_as("evaluator"), database, settings)


def test_a_file_goes_from_its_errors_to_the_ledger_and_is_known_when_it_comes_again(inspector: Inspector):
    wrong = [*FIRST, ("2026-0003", "不存在街道", "污水", "坝河", "2027-01-01", "怪味", "", "")]
    flawed = inspector.uploads(an_export(*wrong))
    assert [row[0] for row in flawed.tables["Errors"]] == ["Place", "数据!B4", "数据!E4", "数据!F4"]
    assert flawed.tables["Errors"][1][1] == ("unit: No unit is called “不存在街道”. Check the list of units.")
    with inspector.client.get(flawed.links[MARKED]) as answer:
        book = load_workbook(BytesIO(answer.data))
    assert book["数据"]["I1"].value == "错误"
    book["数据"]["B4"], book["数据"]["E4"], book["数据"]["F4"] = "朝外", "2026-11-19", "污水"
    mended = BytesIO()
    book.save(mended)

    found = inspector.uploads(UploadedFile("mended.xlsx", mended.getvalue()))
    assert "3 findings will be recorded. Those with a deadline go to their units at once." in found.main
    assert found.tables["New"][1] == [
        "建国路 88 号工地裸土未苫盖Work order 2026-0002sheet 数据, row 2", "Jianwai Subdistrict", "Dust12345 hotline",
        "20 November 2026", "4 December 2026",
    ]  # fmt: skip
    with counted(inspector.database) as asked:
        visit(inspector.client, found.path)
    assert len(asked) <= 12
    kept = inspector.sees(submit(inspector.client, found.form("/accept")).path)
    assert "Its findings are in the ledger: Findings no. 1 to 3." in kept.main
    assert kept.links["No. 3"] == "/2026/findings/3"
    of_file = visit(inspector.client, "/2026/findings/1")
    assert "mended.xlsx sheet 数据, row 3Work order 2026-0001Accepted by evaluator" in of_file.main
    assert of_file.links["mended.xlsx"] == found.path

    again = inspector.uploads(an_export(*FIRST))
    assert "All 2 findings in this file are already recorded. There is nothing to accept." in again.main
    assert "Status Nothing to accept Uploaded" in again.main
    assert "needs no further action. You can discard it" in again.main
    assert again.tables["Already recorded"][1][5].startswith("No. 3 20 November 2026建国路 88 号")
    assert "/accept" not in again.html
    discarded = confirm(inspector.client, again, "/discard")
    assert "The file is discarded. Nothing in it is recorded." in discarded.text
    assert [row[:2] for row in visit(inspector.client, FILES).tables["Newest first"][1:]] == [
        ["hotline.xlsx", "DiscardedAlready recorded 2 · Warnings 1"],
        ["mended.xlsx", "AcceptedNew 3 · Warnings 1"],
        ["hotline.xlsx", "Has errorsErrors 3 · Warnings 1"],
    ]


def test_an_accepted_file_is_withdrawn_by_two_people_as_long_as_nobody_went_on(
    inspector: Inspector, app: Flask, sign_in_as: SignInAs
):
    found = inspector.uploads(an_export(*FIRST))
    kept = inspector.sees(submit(inspector.client, found.form("/accept")).path)
    asking = visit(inspector.client, kept.links["Request withdrawal of the file"])
    assert submit(inspector.client, asking.form("/withdraw"), status=422).errors == ["Enter the reason."]
    asked = submit(inspector.client, asking.form("/withdraw"), {"reason": "导入的文件有误"})
    assert "Withdrawal requested" in asked.main
    twice = submit(inspector.client, asking.form("/withdraw"), {"reason": "导入的文件有误"}, status=409)
    assert twice.h1 == "Cancel the request?"
    own = visit(inspector.client, asked.links["Withdraw the request"])
    assert own.h1 == "Cancel the request?"
    assert "Request withdrawal of the file" in submit(inspector.client, own.form("/take-back")).links
    again = visit(inspector.client, f"{asked.path}/withdraw")
    submit(inspector.client, again.form("/withdraw"), {"reason": "确实导错了"})

    reviewer = english(sign_in_as("reviewer"))
    assert visit(reviewer, f"{asked.path}/withdraw").h1 == "Withdraw this file?"
    deciding = visit(reviewer, visit(reviewer, asked.path).links["Decide on the request"])
    refused = submit(reviewer, deciding.form("/decide"), status=422)
    assert refused.errors == ["Select whether to withdraw or keep the file."]
    done = submit(reviewer, deciding.form("/decide"), {"step": "approve"})
    assert "Its findings are void. They keep their numbers and are not counted anywhere." in done.main
    assert "Withdrawn with the consent of reviewer" in done.main

    ended = submit(reviewer, deciding.form("/decide"), {"step": "approve"}, status=409)
    assert (ended.h1, len(ended.errors)) == ("hotline.xlsx", 1)
    official = sign_in_as("110105001")
    for path in (FILES, found.path, f"{found.path}/original", f"{FILES}/template/zh"):
        with official.get(path) as answer:
            assert (path, answer.status_code) == (path, 403)
    with inspector.client.get(visit(inspector.client, FILES).links["Template in English"]) as answer:
        assert "findings-2026-en.xlsx" in answer.headers["Content-Disposition"]
