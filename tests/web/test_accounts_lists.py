"""People loaded from a list."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import Workbook, load_workbook

from assess.core.actors import Role
from assess.services.accounts import Duty
from assess.services.accounts.loading import NO_UNITS
from assess.store.models import AuditEntry, Upload
from assess.store.queries.accounts import account_called, number_of_accounts
from assess.store.session import Database
from tests.services.forms import an_open_year
from tests.web.conftest import SignInAs
from tests.web.pages import Page, read, submit, visit
from tests.web.test_accounts_people import link_on
from tests.years import CHAOWAI, JIANWAI, NOW, a_person, person

FLAWED = "Nothing was saved because the file has errors, listed below. Correct them and upload the file again."
HEADINGS = ["账号", "姓名", "邮箱", "角色", "单位", "部门"]
LI = ["li.na", "李娜", "li@example.com", "街乡工作人员", "建外街道;朝外街道", ""]
OFFICE = ["office", "office", "", "考核办", "", ""]


@pytest.fixture
def office(database: Database, sign_in_as: SignInAs) -> FlaskClient:
    """Somebody of the office, in English, where the year 2026 has its people."""
    an_open_year(database, 43)
    client = sign_in_as("office")
    client.set_cookie("language", "en")
    return client


def a_list(*rows: list[str]) -> tuple[BytesIO, str]:
    """A workbook of these rows."""
    book = Workbook()
    for row in (HEADINGS, *rows):
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    file.seek(0)
    return file, "people.xlsx"


def uploaded(client: FlaskClient, *rows: list[str], status: int = 200) -> Page:
    """The page that answers the upload of a list."""
    return submit(client, visit(client, "/people/load").form(), {"file": a_list(*rows)}, status=status)


def test_a_list_is_looked_at_accepted_and_each_new_person_gets_a_link(
    app: Flask, office: FlaskClient, database: Database
):
    preview = uploaded(office, LI, ["evaluator", "evaluator", "", "考评部门人员;领导", "", "区水务局"], OFFICE)
    before = person(database, "evaluator")
    done = submit(office, preview.form(), status=200)

    assert list(preview.tables) == ["New: 1", "Changed: 1"]
    assert "Unchanged: 1" in preview.main
    assert before.roles == {Role.EVALUATOR}
    assert person(database, "evaluator").roles == {Role.EVALUATOR, Role.LEADER}
    assert (person(database, "li.na").units, person(database, "li.na").name) == ({JIANWAI, CHAOWAI}, "李娜")
    assert "李娜 Username li.na Link " in done.main
    assert visit(app.test_client(), link_on(done)).status == 200
    with database.reading() as session:
        acts = [(each.subject, each.action) for each in session.query(AuditEntry).order_by(AuditEntry.number)][-3:]
    assert acts == [("account:li.na", "added"), ("account:li.na", "link made"), ("account:evaluator", "changed")]


def test_a_list_with_flaws_is_told_cell_by_cell_and_nothing_is_kept(office: FlaskClient, database: Database):
    with database.reading() as session:
        before = number_of_accounts(session)

    page = uploaded(
        office, LI, ["Li Na", "李娜", "x", "国王", "", ""], ["zhao", "赵强", "", "街乡工作人员", "", ""], status=422
    )

    assert page.errors == [FLAWED]
    assert {title: sorted(row[0] for row in rows[1:]) for title, rows in page.tables.items()} == {
        "Sheet Sheet": ["A3", "C3", "D3", "E4"]
    }
    with database.reading() as session:
        assert (number_of_accounts(session), session.query(Upload).all()) == (before, [])


def test_a_flaw_of_a_text_file_is_told_by_line_and_column(office: FlaskClient):
    text = "\n".join(",".join(row) for row in (HEADINGS, ["li.na", "李娜", "", "国王", "", ""])).encode()

    page = submit(office, visit(office, "/people/load").form(), {"file": (BytesIO(text), "people.csv")}, status=422)

    assert {title: [row[0] for row in rows[1:]] for title, rows in page.tables.items()} == {
        "The file": ["Line 2, column 4"]
    }


@pytest.mark.parametrize(
    "file",
    [(b"", "empty.xlsx"), (b"no workbook", "x.xlsx"), (b"\x00\xff" * 1000, "x.csv"), (b"<script>", "<script>.xlsx")],
)
def test_what_is_no_list_is_refused_plainly(office: FlaskClient, file: tuple[bytes, str]):
    form = visit(office, "/people/load").form()

    page = submit(office, form, {"file": (BytesIO(file[0]), file[1])}, status=422)

    assert len(page.errors) == 1


def test_without_a_file_one_is_asked_for(office: FlaskClient):
    assert submit(office, visit(office, "/people/load").form(), status=422).errors == ["Select a file"]


def test_a_preview_that_is_no_longer_true_is_not_accepted(office: FlaskClient, database: Database):
    preview = uploaded(office, LI)
    with database.writing() as session:
        a_person(session, "li.na", Duty(Role.LEADER))

    page = submit(office, preview.form(), status=409)

    assert "Someone else changed this" in page.main
    assert person(database, "li.na").roles == {Role.LEADER}


@pytest.mark.parametrize("word", ["", "x", "é", "A" * 100_000])
def test_a_preview_that_was_not_shown_is_not_accepted(office: FlaskClient, word: str):
    token = visit(office, "/people/load").form().values["csrf_token"]

    answer = office.post("/people/accept", data={"csrf_token": token, "document": word})

    assert "Upload the file again" in read(answer, 404).main


def test_a_list_that_leaves_nobody_in_the_office_is_refused_whole(office: FlaskClient, database: Database):
    preview = uploaded(office, LI, ["office", "office", "", "领导", "", ""])

    page = submit(office, preview.form(), status=422)

    assert "This is the last assessment office account" in page.main
    with database.reading() as session:
        assert account_called(session, "li.na") is None


def test_a_list_may_hand_the_office_over(office: FlaskClient, database: Database):
    preview = uploaded(office, ["office", "office", "", "领导", "", ""], ["leader", "leader", "", "考核办", "", ""])

    submit(office, preview.form(), status=200)

    assert (person(database, "office").roles, person(database, "leader").roles) == ({Role.LEADER}, {Role.OFFICE})


def test_closed_accounts_stay_closed(office: FlaskClient, database: Database):
    with database.writing() as session:
        leader = account_called(session, "leader")
        assert leader is not None
        leader.closed_at = NOW

    preview = uploaded(office, ["leader", "leader", "", "考核办", "", ""])

    assert "Closed accounts that stay closed: leader" in preview.main
    assert "The list changes nothing, so there is nothing to import." in preview.main


def test_the_list_to_fill_in_holds_everybody_and_changes_nothing_when_it_comes_back(office: FlaskClient):
    answer = office.get("/people/template")
    book = load_workbook(BytesIO(answer.data))

    form = visit(office, "/people/load").form()
    preview = submit(office, form, {"file": (BytesIO(answer.data), "people.xlsx")}, status=200)

    assert book.sheetnames[1] == "人员"
    assert "Unchanged: 7" in preview.main
    assert "The list changes nothing, so there is nothing to import." in preview.main


def test_a_list_of_hundreds_is_loaded(office: FlaskClient, database: Database):
    rows = [[f"p{n:03}", f"人员{n}", "", "街乡工作人员", "建外街道", ""] for n in range(300)]

    done = submit(office, uploaded(office, *rows).form(), status=200)

    assert "New: 300" in done.main
    with database.reading() as session:
        assert number_of_accounts(session) == 307


def test_without_units_no_list_can_be_checked(database: Database, sign_in_as: SignInAs):
    with database.writing() as session:
        a_person(session, "office", Duty(Role.OFFICE))
    client = sign_in_as("office")
    client.set_cookie("language", "en")

    page = uploaded(client, LI, status=422)

    assert page.errors == [NO_UNITS.en]
    assert visit(client, "/people/template", status=422).status == 422
