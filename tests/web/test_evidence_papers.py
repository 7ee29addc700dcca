"""The form taken away: filled in as a workbook and brought back, printed, signed, sealed and scanned."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from assess.files.foreign import FOREIGN, PDF
from assess.files.workbooks.packages import NOT_A_WORKBOOK
from assess.store.models import Attachment, AuditEntry, Submission, Upload
from assess.store.session import Database
from tests.files.filling import filled
from tests.services.evidence import a_pdf
from tests.services.forms import form_now, save
from tests.services.forms import submit as hand_in_form
from tests.web.pages import Page, confirm, submit, visit
from tests.years import CHAOWAI, JIANWAI, person

FORM = f"/2026/form/{JIANWAI}"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(13) + b"IEND\xaeB`\x82"


@pytest.fixture(autouse=True)
def english(official: FlaskClient) -> None:
    """The official reads English."""
    official.set_cookie("language", "en")


@pytest.fixture
def book(official: FlaskClient, tmp_path: Path) -> Path:
    """The form's workbook as it is downloaded."""
    return download(official, f"{FORM}/workbook", tmp_path / "form.xlsx")


def download(client: FlaskClient, address: str, path: Path) -> Path:
    with client.get(address, buffered=True) as answer:
        assert answer.status_code == 200
        path.write_bytes(answer.data)
    return path


def row_of(path: Path, key: str) -> int:
    """The row of a field in the workbook."""
    sheet = openpyxl.load_workbook(path)["Form"]
    return next(row[0].row for row in sheet.iter_rows() if row[0].value == key)


def fill(path: Path, values: dict[str, object], remarks: dict[str, str] | None = None) -> Path:
    """The workbook with values and remarks by the key of their field."""
    cells = {f"J{row_of(path, key)}": value for key, value in values.items()}
    cells |= {f"K{row_of(path, key)}": words for key, words in (remarks or {}).items()}
    return filled(path, "Form", cells)


def bring(client: FlaskClient, path: Path, status: int = 303) -> Page:
    """Upload the workbook."""
    page = visit(client, f"{FORM}/workbook/upload")
    return submit(client, page.form(), {"file": (io.BytesIO(path.read_bytes()), "form.xlsx")}, status=status)


def answers(database: Database) -> dict[str, str]:
    return form_now(database, person(database, JIANWAI)).answers


def test_a_workbook_is_previewed_and_then_saved_through_the_same_checks(database, official, tmp_path):
    save(database, person(database, JIANWAI), {"hazard_ledger": "yes", "waste_free_cells": "3", "sorting_join": "90"})
    path = download(official, f"{FORM}/workbook", tmp_path / "form.xlsx")
    fill(path, {"waste_free_cells": 4, "vocs_petrol": "yes", "hazard_ledger": None}, {"vocs_petrol": "两座加油站"})

    page = bring(official, path)

    assert page.tables["Changed"][1:] == [
        ["无废细胞建设数量" if page.language == "zh" else page.tables["Changed"][1][0], "3", "4"]
    ]
    assert [row[1] for row in page.tables["New"][1:]] == ["yes", "两座加油站"]
    assert "New: 2. Changed: 1. Unchanged: 1. Blank in the file but saved before: 1." in page.main
    assert answers(database)["waste_free_cells"] == "3"

    done = submit(official, page.form())

    assert done.path == FORM
    assert answers(database) == {
        "vocs_petrol": "yes", "hazard_ledger": "yes", "sorting_join": "90", "waste_free_cells": "4",
    }  # fmt: skip
    assert form_now(database, person(database, JIANWAI)).remarks == {"vocs_petrol": "两座加油站"}
    with database.reading() as session:
        last = session.query(AuditEntry).order_by(AuditEntry.number.desc()).first()
        assert (last.subject, last.action, last.new["changes"]) == (f"form:2026/{JIANWAI}", "workbook accepted", 3)


def test_every_wrong_cell_of_a_workbook_is_named_and_nothing_is_kept(database, official, book):
    fill(book, {"waste_free_cells": "many", "vocs_petrol": "perhaps", "hazard_ledger": "yes"})

    page = bring(official, book, 422)

    rows = {row[0]: row[1] for row in page.tables["Sheet Form"][1:]}
    assert rows == {
        f"J{row_of(book, 'waste_free_cells')}": rows[f"J{row_of(book, 'waste_free_cells')}"],
        f"J{row_of(book, 'vocs_petrol')}": "“perhaps” must be yes or no.",
    }
    assert "many" in rows[f"J{row_of(book, 'waste_free_cells')}"]
    assert answers(database) == {}
    with database.reading() as session:
        assert session.query(Upload).count() == 0


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", ["Select a file", "empty"]),
        (b"not a workbook", [NOT_A_WORKBOOK.en]),
        (a_pdf(), [FOREIGN.en.format(kind=PDF.en)]),
    ],
)
def test_what_is_no_workbook_of_this_form_is_refused_in_plain_words(official, data, words):
    page = visit(official, f"{FORM}/workbook/upload")

    told = submit(official, page.form(), {"file": (io.BytesIO(data), "form.xlsx")}, status=422)

    assert any(each in told.main for each in words)


def test_the_workbook_of_another_unit_is_refused(official, sign_in_as, tmp_path):
    theirs = download(sign_in_as(CHAOWAI), f"/2026/form/{CHAOWAI}/workbook", tmp_path / "theirs.xlsx")

    assert (
        "This is the form of another unit (110105002). Upload the form of your own unit."
        in bring(official, theirs, 422).main
    )


def test_what_somebody_saved_since_the_preview_is_not_overwritten(database, official, book):
    fill(book, {"waste_free_cells": 4})
    preview = bring(official, book)
    save(database, person(database, "colleague"), {"waste_free_cells": "7"})

    told = submit(official, preview.form(), status=409)

    assert "Someone else changed this" in told.errors[0]
    assert [row[1:] for row in told.tables["Changed"][1:]] == [["7", "4"]]
    submit(official, told.form())
    assert answers(database) == {"waste_free_cells": "4"}


def test_a_preview_is_good_for_its_own_person_and_unit_only(official, sign_in_as, book):
    fill(book, {"waste_free_cells": 4})
    address = bring(official, book).path

    assert official.get(address).status_code == 200
    assert sign_in_as("colleague").get(address).status_code == 404
    assert sign_in_as(CHAOWAI).get(address.replace(JIANWAI, CHAOWAI)).status_code == 404
    assert official.get(f"{FORM}/workbook/preview?document=../../etc/passwd").status_code == 404


def test_the_paper_is_a_draft_until_the_form_is_submitted_and_bears_the_receipt_then(database, official, tmp_path):
    save(database, person(database, JIANWAI), {"hazard_ledger": "yes"})
    before = text_of(download(official, f"{FORM}/print.pdf", tmp_path / "a.pdf"))
    receipt = hand_in_form(database, person(database, JIANWAI))
    after = text_of(download(official, f"{FORM}/print.pdf", tmp_path / "b.pdf"))

    assert ("Draft – not submitted" in before, receipt in before) == (True, False)
    assert ("Draft – not submitted" in after, receipt in after, "王建国" in after) == (False, True, True)


def text_of(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def test_the_signed_scan_belongs_to_what_was_submitted(database, official, sign_in_as):
    early = visit(official, f"{FORM}/signed")
    assert "Submit the form first" in early.main
    save(database, person(database, JIANWAI), {"hazard_ledger": "yes"})
    hand_in_form(database, person(database, JIANWAI))

    page = visit(official, f"{FORM}/signed")
    wrong = submit(official, page.form(), {"files": [(io.BytesIO(b"GIF89a" + bytes(20)), "a.gif")]}, status=422)
    empty = submit(official, page.form(), status=422)
    scans = [(io.BytesIO(a_pdf("page 1")), "盖章 1.pdf"), (io.BytesIO(PNG), "盖章 2.png")]
    done = submit(official, page.form(), {"files": scans})

    assert (wrong.errors, empty.errors) == (
        ["a.gif is not a scan and was not saved. Upload a PDF, JPG or PNG file."],
        ["Select the scan."],
    )
    assert done.path == f"{FORM}/receipt"
    with database.reading() as session:
        rows = session.query(Attachment).order_by(Attachment.id).all()
        assert [(row.subject, row.file_name) for row in rows] == [
            ("signed-form", "盖章 1.pdf"),
            ("signed-form", "盖章 2.png"),
        ]
        assert session.query(Submission).one().signed_copy == rows[0].upload

    page = visit(official, f"{FORM}/signed")
    confirm(official, page, f"/signed/{rows[0].id}/withdraw")
    with database.reading() as session:
        assert session.query(Submission).one().signed_copy == rows[1].upload


def test_only_the_unit_brings_its_workbook_and_its_scan(official, sign_in_as):
    other, office = sign_in_as(CHAOWAI), sign_in_as("office")

    for end in ("workbook/upload", "signed", "workbook/preview"):
        assert (end, other.get(f"{FORM}/{end}").status_code, office.get(f"{FORM}/{end}").status_code) == (end, 404, 403)
    for end in ("workbook", "print.pdf"):
        assert other.get(f"{FORM}/{end}").status_code == 404
        with office.get(f"{FORM}/{end}", buffered=True) as answer:
            assert answer.status_code == 200
