"""Any file in any form that takes one: a plain message, and nothing kept but what nobody claimed."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO

import pytest

from assess.settings import Settings
from tests.rounds import some
from tests.services.evidence import a_pdf
from tests.stores import sqlite_address
from tests.web.full_house import JIANWAI, a_full_house
from tests.web.hostile import multipart, urlencoded
from tests.web.sweeping import COUNTED, Found, Sweep, flaws_in, forms_in, forms_on, pages, pairs_as_filled, wrong_with
from tests.years import RULES


def bomb() -> bytes:
    """A workbook of half a megabyte that unpacks to half a gigabyte."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        with package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(128):
                part.write(bytes(4 * 1024 * 1024))
    return packed.getvalue()


UNITS = (RULES / "units.csv").read_bytes()
FILES = {
    "no file": ("", b""),
    "an empty file": ("units.csv", b""),
    "a workbook that is none": ("units.xlsx", b"\x00\xff" * 500),
    "a workbook that unpacks to half a gigabyte": ("units.xlsx", bomb()),
    "a broken workbook": ("units.xlsx", b"PK\x03\x04" + b"x" * 200),
    "text that is none": ("units.csv", b"\xff\xfe\x00\xd8" * 300),
    "a tree without end": ("rules.yaml", b"&a [*a, " * 3000),
    "nested without end": ("rules.yaml", b"[" * 50_000),
    "a list without end": ("previous.json", b"[" * 100_000),
    "a program": ("units.pdf", b"MZ\x90\x00" + bytes(300)),
    "a path as a name": ("../../../etc/passwd", UNITS),
    "a page as a name": ("<script>alert(1)</script>.csv", UNITS),
    "a name without end": ("x" * 3000 + ".csv", UNITS),
    "a name with an end": ("units.csv\\x00.pdf", UNITS),
    "a picture that is a page": ("proof.png", b"<html><script>alert(1)</script></html>"),
    "a document named as a picture": ("proof.jpg", a_pdf("other")),
}
"""Name and content by what is wrong with them."""
TOO_LARGE = 65 * 1024 * 1024


@pytest.fixture(scope="module")
def sweep(tmp_path_factory: pytest.TempPathFactory, sqlite_template) -> Iterator[Sweep]:
    folder = tmp_path_factory.mktemp("house")
    file = folder / "assess.db"
    file.write_bytes(sqlite_template.read_bytes())
    made = Sweep(a_full_house(Settings(instance=folder, database_url=sqlite_address(file))), file)
    yield made
    made.close()


def forms_of(sweep: Sweep) -> list[Found]:
    """Every form of every page, once."""
    return forms_in(sweep.house, ((who, address, sweep.get(who, address)) for who, address in pages(sweep.house)))


def test_any_file_is_taken_or_refused_in_plain_words(sweep: Sweep):
    wrong = []
    for turn, found in enumerate(each for each in forms_of(sweep) if each.form.multipart):
        name = next(each for each in ("file", "files", "photos") if each in found.form.values)
        for called in some(list(FILES), turn, 3):
            file, data = FILES[called]
            answer = sweep.post(found.who, found.form.action, *multipart(pairs_as_filled(found), [(name, file, data)]))
            told = wrong_with(answer) or flaws_in(answer)
            if answer.status_code >= 400 and (kept := set(sweep.changed()) - COUNTED):
                told = f"{answer.status} and yet {sorted(kept)} changed"
            if told or "<script>alert" in answer.text:
                wrong.append(f"{found.named}: {called}: {told}")
            sweep.restore()
        answer = sweep.post(found.who, found.form.action, *multipart([], [(name, "a.pdf", bytes(TOO_LARGE))]))
        assert (found.named, answer.status_code, flaws_in(answer)) == (found.named, 413, [])
    assert wrong == []


def test_more_fields_than_any_page_has_are_refused(sweep: Sweep):
    many = [(f"field-{number}", b"x") for number in range(5_001)]

    for body in (multipart(many), urlencoded(many)):
        answer = sweep.post("office", "/people/new", *body)

        assert answer.status_code in (400, 413)
        assert flaws_in(answer) == []
    for kind, body in (
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=a"),
        ("multipart/form-data", b"--x\r\n\r\n--x--"),
        ("application/json", b'{"csrf_token": 1}'),
        ("text/plain; charset=no-such", b"csrf_token=x"),
        ("application/x-www-form-urlencoded; charset=utf-16", b"\xff\xfea=b"),
    ):
        answer = sweep.post("office", "/people/new", kind, body)

        assert (kind, answer.status_code, flaws_in(answer)) == (kind, 400, [])
    assert sweep.changed() == []


def test_where_the_disk_takes_nothing_the_page_says_so(sweep: Sweep):
    uploads = sweep.house.settings.uploads
    uploads.rename(uploads.with_name("away"))
    uploads.write_text("no folder")
    pages_told = {}
    for action, name, file, data in (
        ("/2027/setup/units", "file", "units.csv", UNITS),
        (f"/2026/files/{JIANWAI}/vocs_petrol", "files", "a.pdf", a_pdf("full")),
        (f"/2026/obligations/{JIANWAI}/files/4", "files", "a.pdf", a_pdf("full")),
    ):
        who = JIANWAI if name == "files" else "office"
        form = next(each for each in forms_on(sweep.house, who, action, sweep.get(who, action)) if each.form.multipart)
        answer = sweep.post(who, form.form.action, *multipart(pairs_as_filled(form), [(name, file, data)]))
        pages_told[action] = (answer.status_code, flaws_in(answer), sweep.changed())
    uploads.unlink()
    uploads.with_name("away").rename(uploads)

    assert set(map(str, pages_told.values())) == {"(503, [], [])"}
