"""A file is kept as evidence only where opening it runs, starts, unpacks and floods nothing."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from assess.core.parsing import ParseError
from assess.files.evidence_files import evidence_kind
from assess.files.kinds import EvidenceKind

SCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"


def a_pdf(change: Callable[[PdfWriter], object] = lambda writer: None) -> bytes:
    """A PDF of one page, changed."""
    writer = PdfWriter()
    writer.add_blank_page(300, 300)
    change(writer)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def action(**keys: str) -> DictionaryObject:
    """An action of a PDF."""
    return DictionaryObject({NameObject(f"/{key}"): name(value) for key, value in keys.items()})


def name(value: str) -> Any:
    """A name, or else a text."""
    return NameObject(value) if value.startswith("/") else TextStringObject(value)


def opening_with(writer: PdfWriter, what: DictionaryObject) -> None:
    """Let something happen when the document is opened."""
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(what)


def with_named_script(writer: PdfWriter) -> None:
    """List a script among the names of the document, where it runs unasked."""
    script = writer._add_object(action(S="/JavaScript", JS="app.alert(1)"))
    listed = DictionaryObject({NameObject("/Names"): ArrayObject([TextStringObject("a"), script])})
    writer.root_object[NameObject("/Names")] = DictionaryObject({NameObject("/JavaScript"): listed})


def with_link(writer: PdfWriter, what: DictionaryObject) -> None:
    """Let something happen when a place of the page is chosen."""
    link = DictionaryObject({NameObject("/Subtype"): NameObject("/Link"), NameObject("/A"): what})
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(link)])


def as_objects(*bodies: bytes, root: bytes = b"<< /Type /Catalog /Pages 2 0 R /OpenAction 4 0 R >>") -> bytes:
    """A PDF whose objects from the fourth on are packed in a compressed stream, found by a stream of references."""
    packed = [root, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", b"<< /Type /Page /Parent 2 0 R >>", *bodies]
    index, content = b"", b""
    for number, body in enumerate(packed, 1):
        index += b"%d %d " % (number, len(content))
        content += body + b"\n"
    data = zlib.compress(index + content)
    stream, last = len(packed) + 1, len(packed) + 2
    made = b"%PDF-1.7\n"
    at = len(made)
    head = b"%d 0 obj\n<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d >>\nstream\n"
    made += head % (stream, len(packed), len(index), len(data)) + data + b"\nendstream\nendobj\n"
    start = len(made)
    rows = [struct.pack(">BIH", 0, 0, 65535)]
    rows += [struct.pack(">BIH", 2, stream, place) for place in range(len(packed))]
    rows += [struct.pack(">BIH", 1, at, 0), struct.pack(">BIH", 1, start, 0)]
    table = zlib.compress(b"".join(rows))
    head = b"%d 0 obj\n<< /Type /XRef /Size %d /W [1 4 2] /Root 1 0 R /Filter /FlateDecode /Length %d >>\nstream\n"
    made += head % (last, last + 1, len(table)) + table + b"\nendstream\nendobj\n"
    return made + b"startxref\n%d\n%%%%EOF\n" % start


def encrypted(writer: PdfWriter, password: str) -> None:
    """Lock a document, or only what may be done with it."""
    opening_with(writer, action(S="/JavaScript", JS="app.alert(1)"))
    writer.encrypt(password, owner_password="office", algorithm="AES-256")


SCRIPTS, STARTS, FILES = "contains scripts", "starts other programs", "contains other files"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (a_pdf(lambda writer: with_named_script(writer)), SCRIPTS),
        (a_pdf(lambda writer: opening_with(writer, action(S="/JavaScript", JS="app.alert(1)"))), SCRIPTS),
        (a_pdf(lambda writer: with_link(writer, action(S="/Rendition", JS="app.alert(1)"))), SCRIPTS),
        (a_pdf(lambda writer: with_link(writer, action(S="/Launch", F="calc.exe"))), STARTS),
        (a_pdf(lambda writer: writer.add_attachment("a.exe", b"MZ")), FILES),
        (a_pdf(lambda writer: encrypted(writer, "")), SCRIPTS),
        (a_pdf(lambda writer: encrypted(writer, "secret")), "has a password"),
        (as_objects(SCRIPT), SCRIPTS),
        (as_objects(SCRIPT.replace(b"/JavaScript /JS", b"/#4aavaScript /J#53")), SCRIPTS),
        (as_objects(b"<< /S 5 0 R /F (calc.exe) >>", b"/Launch"), STARTS),
        (b"%PDF-1.7\n1 0 obj\n" + b"[" * 100_000 + SCRIPT + b"\nendobj\n%%EOF", SCRIPTS),
        (as_objects(SCRIPT).replace(b"startxref", b"xx").replace(b"/Root 1 0 R", b""), SCRIPTS),
    ],
    ids=range(12),
)
def test_a_pdf_that_does_something_when_it_is_opened_is_refused(data: bytes, why: str) -> None:
    found = evidence_kind(data, "x.pdf")

    assert isinstance(found, ParseError)
    assert why in found.what.en
    assert "x.pdf" in found.what.zh


@pytest.mark.parametrize(
    "data",
    [
        a_pdf(),
        a_pdf(lambda writer: writer.add_outline_item(title="1", page_number=0)),
        a_pdf(lambda writer: with_link(writer, action(S="/URI", URI="https://example.org"))),
        a_pdf(lambda writer: writer.encrypt("", owner_password="office", algorithm="AES-256")),
        as_objects(b"[3 0 R /Fit]"),
        b"%PDF-1.4\nnothing that anybody could follow\n%%EOF",
    ],
    ids=range(6),
)
def test_a_pdf_that_only_shows_something_is_taken(data: bytes) -> None:
    assert evidence_kind(data, "x.pdf") is EvidenceKind.PDF


def a_picture(form: str, width: int = 8, height: int = 8) -> bytes:
    """A picture that needs little room."""
    stream = BytesIO()
    Image.new("L" if form != "WEBP" else "RGB", (width, height)).save(stream, form)
    return stream.getvalue()


def said_to_be(data: bytes, at: int, size: bytes) -> bytes:
    """A picture whose header states another size."""
    return data[:at] + size + data[at + len(size) :]


def heic(width: int, height: int) -> bytes:
    """The head of a HEIC picture."""
    box = b"ispe" + bytes(4) + struct.pack(">II", width, height)
    return b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + struct.pack(">I", len(box) + 4) + box


JPEG = a_picture("JPEG")
FRAME = JPEG.index(b"\xff\xc0") + 5
PNG = said_to_be(a_picture("PNG"), 16, struct.pack(">II", 50_000, 50_000))
HUGE = {
    "png": said_to_be(PNG, 29, struct.pack(">I", zlib.crc32(PNG[12:29]))),
    "jpg": said_to_be(JPEG, FRAME, struct.pack(">HH", 50_000, 50_000)),
    "gif": said_to_be(a_picture("GIF"), 6, struct.pack("<HH", 50_000, 50_000)),
    "heic": heic(50_000, 50_000),
}


@pytest.mark.parametrize("ending", HUGE)
def test_a_picture_of_more_pixels_than_a_browser_shows_is_refused_by_its_header(ending: str) -> None:
    found = evidence_kind(HUGE[ending], f"x.{ending}")

    assert isinstance(found, ParseError)
    assert found.what.zh == f"“x.{ending}”有50000 × 50000像素，超过限度，尚未保存，请缩小后重新上传。"


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_an_ordinary_picture_is_taken(form: str) -> None:
    data = a_picture(form, 1600, 1200)

    assert evidence_kind(data, "x").value == {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "WEBP": "webp"}[form]
