"""The evidence of a figure on its page: files that come, files that stay after a refusal, files that go out."""

from __future__ import annotations

import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from assess.files.kinds import PROGRAM, TAKEN
from assess.store.models import Attachment, Upload, UploadOwner
from assess.store.session import Database
from tests.services.evidence import a_pdf, attach, hand_in, sha
from tests.services.forms import save, submit
from tests.web.pages import Page, asked, visit
from tests.web.pages import submit as send
from tests.years import CHAOWAI, JIANWAI, person

PAGE = f"/2026/files/{JIANWAI}/vocs_petrol"


@pytest.fixture(autouse=True)
def english(official: FlaskClient) -> None:
    """The official reads English."""
    official.set_cookie("language", "en")


def files(*named: tuple[str, bytes]) -> list[tuple[io.BytesIO, str]]:
    return [(io.BytesIO(data), name) for name, data in named]


def give(client: FlaskClient, *named: tuple[str, bytes], status: int = 303, **values) -> Page:
    form = visit(client, PAGE).form()
    return send(client, form, {"files": files(*named), **values}, status=status)


def forge(client: FlaskClient, address: str, **values) -> tuple[int, str]:
    """Send what no page offers."""
    token = visit(client, "/account").form("/sign-out").values["csrf_token"]
    answer = client.post(address, data={"csrf_token": token, **values})
    return answer.status_code, answer.text


def status_of(client: FlaskClient, address: str) -> int:
    """How an address answers, which may be with a file."""
    with client.get(address) as answer:
        return answer.status_code


def kept(database: Database) -> tuple[int, int, int]:
    """How many uploads, deposits and attachments there are."""
    with database.reading() as session:
        return tuple(session.query(table).count() for table in (Upload, UploadOwner, Attachment))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_several_files_are_attached_at_once_with_where_to_look(database, official, language):
    official.set_cookie("language", language)
    page = give(official, ("台账.pdf", a_pdf()), ("照片.pdf", a_pdf("b")), note="第 3 页")

    table = page.tables["Uploaded files" if language == "en" else "已上传文件"]
    assert [(row[0].split()[0], row[1]) for row in table[1:]] == [("台账.pdf", "第 3 页"), ("照片.pdf", "第 3 页")]
    assert ("Uploaded: 台账.pdf, 照片.pdf" if language == "en" else "已上传：台账.pdf、照片.pdf") in page.main


def test_what_was_uploaded_outlives_a_refusal_and_is_attached_without_a_second_upload(database, official):
    page = give(official, ("good.pdf", a_pdf()), ("bad.pdf", b"MZ\x90"), status=422, note="page 1")

    assert page.errors == [PROGRAM.localized("en", name="bad.pdf", taken=TAKEN)]
    form = page.form()
    assert (form.values["kept"], form.values["note"]) == (sha(a_pdf()), "page 1")
    assert kept(database) == (1, 1, 0)

    again = send(official, form, {"note": "x" * 201}, status=422)
    assert again.form().values["kept"] == sha(a_pdf())
    done = send(official, again.form(), {"note": "page 1"})
    assert [row[:2] for row in done.tables["Uploaded files"][1:]] == [["good.pdf PDF, 1 KB", "page 1"]]
    assert kept(database) == (1, 1, 1)


def test_a_file_of_another_figure_serves_here_by_a_tick(database, official):
    give(official, ("a.pdf", a_pdf()))
    page = visit(official, f"/2026/files/{JIANWAI}/vocs_repair")

    done = send(official, page.form(), {"others": sha(a_pdf())})

    assert "Uploaded: a.pdf" in done.main
    assert [row[0] for row in done.tables["Uploaded files"][1:]] == ["a.pdf PDF, 1 KB"]
    assert "others" not in done.form("/vocs_repair").values


def test_withdrawing_a_file_asks_first_and_leaves_the_history(official):
    page = give(official, ("a.pdf", a_pdf()))

    question = asked(official, page, "/withdraw")
    assert question.h1 == "Withdraw a.pdf?"
    assert visit(official, PAGE).tables == page.tables
    done = send(official, question.form())
    assert official.get(question.path).headers["Location"] == PAGE

    assert "No evidence uploaded." in done.main
    assert re.search(r"Withdrawn files \(1\) a\.pdf withdrawn .* by 110105001", done.main)


def test_the_official_learns_of_another_unit_and_the_office_of_which(database, official, sign_in_as, instance):
    other = person(database, CHAOWAI)
    hand_in(database, instance / "uploads", other, ("theirs.pdf", a_pdf()))
    attach(database, other, sha(a_pdf()), unit=CHAOWAI)

    page = give(official, ("a.pdf", a_pdf()))
    office = sign_in_as("office")
    office.set_cookie("language", "en")

    assert (
        page.main.count("Another unit uploaded a file with the same content. Check that this is the right file.") == 2
    )
    assert "Chaowai" not in page.main
    assert "Chaowai Subdistrict uploaded the same content in 2026." in visit(office, PAGE).main


@pytest.mark.parametrize(
    ("sent", "named"),
    [
        ("../../etc/x.pdf", "x.pdf"),
        ('a"b;c=d.pdf', 'a"b;c=d.pdf'),
        ("台账 2026.PDF", "台账 2026.PDF"),
        ("in\u202efdp.exe", "infdp.pdf"),
        ("a\r\nSet-Cookie: b=c.pdf", "aSet-Cookie: b=c.pdf"),
        ("长" * 300 + ".pdf", "长" * 120 + ".pdf"),
    ],
)
def test_a_file_goes_out_under_a_harmless_name_and_is_never_shown(database, official, instance, sent, named):
    hand_in(database, instance / "uploads", person(database, JIANWAI), (sent, a_pdf()))
    attach(database, person(database, JIANWAI), sha(a_pdf()))
    page = visit(official, PAGE)
    with database.reading() as session:
        row = session.query(Attachment).one()

    with official.get(f"/2026/files/{row.id}", buffered=True) as answer:
        data = answer.data

    assert (row.file_name, answer.status_code, data) == (named, 200, a_pdf())
    assert named in page.main
    headers = {name: answer.headers[name] for name in ("Content-Type", "X-Content-Type-Options", "Cache-Control")}
    assert headers == {
        "Content-Type": "application/pdf",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename=")
    assert named.isascii() or "filename*=UTF-8''" in disposition
    with official.head(f"/2026/files/{row.id}") as head:
        assert (head.status_code, head.headers["Content-Length"]) == (200, str(len(a_pdf())))


@pytest.mark.parametrize("name", ["x\r\nSet-Cookie: a=b.pdf", "a\x00.pdf", "", ".pdf", "/", "a" * 5000])
def test_no_name_of_a_file_breaks_anything(official, name):
    body = (
        b'--b\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n'
        + visit(official, PAGE).form().values["csrf_token"].encode()
        + b'\r\n--b\r\nContent-Disposition: form-data; name="files"; filename="'
        + name.encode()
        + b'"\r\nContent-Type: text/html\r\n\r\n'
        + a_pdf()
        + b"\r\n--b--\r\n"
    )

    answer = official.post(PAGE, data=body, content_type="multipart/form-data; boundary=b")

    assert answer.status_code in (303, 400, 422)
    assert "Set-Cookie: a=b" not in str(answer.headers)


@pytest.mark.parametrize("claim", [sha(a_pdf("theirs")), "0" * 64, "../../../etc/passwd", "%2e%2e", "", "x" * 5000])
def test_a_hash_opens_nothing(database, official, instance, claim):

    hand_in(database, instance / "uploads", person(database, CHAOWAI), ("theirs.pdf", a_pdf("theirs")))

    status, text = forge(official, PAGE, kept=claim)
    other_status, _ = forge(official, PAGE, others=claim)

    assert (status, other_status) == (422, 422)
    assert "theirs.pdf" not in text
    assert kept(database) == (1, 1, 0)


def test_nobody_reaches_a_file_of_another_unit(database, official, sign_in_as):
    give(official, ("a.pdf", a_pdf()))
    with database.reading() as session:
        row = session.query(Attachment).one().id
    stranger, leader = sign_in_as(CHAOWAI), sign_in_as("leader")

    assert [
        status_of(stranger, f"/2026/files/{row}"),
        stranger.get(PAGE).status_code,
        forge(stranger, PAGE)[0],
        forge(stranger, f"{PAGE}/{row}/withdraw")[0],
        status_of(leader, f"/2026/files/{row}"),
        official.get(f"/2026/files/{row + 1}").status_code,
        official.get(f"/2025/files/{row}").status_code,
        forge(official, f"/2026/files/{JIANWAI}/vocs_repair/{row}/withdraw")[0],
    ] == [404, 404, 404, 404, 403, 404, 404, 404]
    for name in ("office", "evaluator", "colleague"):
        assert (name, status_of(sign_in_as(name), f"/2026/files/{row}")) == (name, 200)


def test_a_disk_that_takes_nothing_is_a_fault_of_the_house_told_plainly(database, official, instance, caplog):
    (instance / "uploads").rmdir()

    form = visit(official, PAGE).form()
    answer = official.post(
        form.action,
        data={**form.values, "files": files(("a.pdf", a_pdf()))},
        content_type="multipart/form-data",
    )

    assert (answer.status_code, "was not saved" in answer.text) == (503, True)
    assert not (instance / "uploads").exists()
    assert kept(database) == (0, 0, 0)
    assert "cannot be reached" in caplog.text


def test_a_file_that_is_lost_is_told_and_no_error(database, official, instance):
    give(official, ("a.pdf", a_pdf()))
    next(path for path in (instance / "uploads").rglob("*") if path.is_file()).unlink()
    with database.reading() as session:
        row = session.query(Attachment).one().id

    assert "The file is no longer on the server" in visit(official, f"/2026/files/{row}", status=404).main


def test_nothing_is_kept_of_what_comes_after_the_form_was_submitted(database, official):
    form = visit(official, PAGE).form()

    save(database, person(database, JIANWAI), {"hazard_ledger": "yes"})
    submit(database, person(database, JIANWAI))

    page = send(official, form, {"files": files(("a.pdf", a_pdf()))}, status=422)

    assert "The form has been submitted. To change it, withdraw it first." in page.main
    assert kept(database) == (0, 0, 0)
    assert visit(official, PAGE).forms[-1].action.endswith("/sign-out")


@pytest.mark.parametrize("count", [0, 1, 20])
def test_the_page_of_a_figure_asks_the_database_as_often_for_twenty_files(app: Flask, database, official, count):
    if count:
        give(official, *[(f"{n}.pdf", a_pdf(str(n))) for n in range(count)])
    visit(official, PAGE)
    asked: list[str] = []
    event.listen(app.extensions["database"].engine, "before_cursor_execute", lambda *about: asked.append(about[2]))

    visit(official, PAGE)

    assert len(asked) <= 12, asked
