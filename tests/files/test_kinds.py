"""Evidence files are told by their content, whatever their name says."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from assess.core.parsing import ParseError
from assess.files.kinds import EvidenceKind, kind_of, named_after

CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override ContentType="{}"/></Types>'
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def a_picture(form: str) -> bytes:
    stream = BytesIO()
    Image.new("RGB", (8, 8), "red").save(stream, form)
    return stream.getvalue()


def a_pdf() -> bytes:
    stream = BytesIO()
    canvas = Canvas(stream)
    canvas.drawString(72, 720, "proof")
    canvas.save()
    return stream.getvalue()


def an_xlsx() -> bytes:
    stream = BytesIO()
    openpyxl.Workbook().save(stream)
    return stream.getvalue()


def an_xlsm() -> bytes:
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream)
    book.add_worksheet()
    book.close()
    return a_package({"xl/vbaProject.bin": "code"}, stream.getvalue())


def a_package(parts: Mapping[str, str], data: bytes = b"") -> bytes:
    """A package of these parts, added to one there is."""
    stream = BytesIO(data)
    with zipfile.ZipFile(stream, "a" if data else "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return stream.getvalue()


def a_document(kind: str) -> bytes:
    return a_package({"[Content_Types].xml": CONTENT_TYPES.format(kind)})


def old(*streams: str) -> bytes:
    """A compound file with streams of these names."""
    return OLE + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)


def heic(brand: bytes = b"heic") -> bytes:
    return b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0mif1heic" + bytes(40)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (a_pdf(), EvidenceKind.PDF),
        (a_picture("PNG"), EvidenceKind.PNG),
        (a_picture("JPEG"), EvidenceKind.JPEG),
        (a_picture("JPEG") + b"SEFT of a phone", EvidenceKind.JPEG),
        (a_picture("GIF"), EvidenceKind.GIF),
        (a_picture("WEBP"), EvidenceKind.WEBP),
        (heic(), EvidenceKind.HEIC),
        (heic(b"heix"), EvidenceKind.HEIC),
        (b"\0\0\0\x1cftypheic\0\0\0\0mif1heicmiaf" + bytes(40), EvidenceKind.HEIC),
        (b"\0\0\0\x24ftypheic\0\0\0\0mif1MiHEmiafMiHBheic" + bytes(40), EvidenceKind.HEIC),
        (heic(b"mif1"), EvidenceKind.HEIC),
        (an_xlsx(), EvidenceKind.XLSX),
        (a_document(WORD), EvidenceKind.DOCX),
        (a_document(SLIDES), EvidenceKind.PPTX),
        (a_package({"OFD.xml": "<ofd:OFD/>", "Doc_0/Document.xml": "<ofd:Document/>"}), EvidenceKind.OFD),
        (old("Root Entry", "WordDocument", "1Table"), EvidenceKind.DOC),
        (old("Root Entry", "Workbook"), EvidenceKind.XLS),
        (old("Root Entry", "PowerPoint Document"), EvidenceKind.PPT),
    ],
)
def test_evidence_is_what_its_bytes_say_even_under_the_name_of_a_program(data: bytes, kind: EvidenceKind) -> None:
    assert kind_of(data, "setup.exe") is kind


CHOICE = "Upload a PDF, OFD, picture (png, jpg, gif, webp, heic) or a Word, Excel or PowerPoint file."


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "x.pdf is empty. Select another file."),
        (bytes(4096), "x.pdf is empty. Select another file."),
        (b"MZ" + bytes(200), f"x.pdf is a program, which cannot be evidence. It was not saved. {CHOICE}"),
        (b"\x7fELF" + bytes(200), f"x.pdf is a program, which cannot be evidence. It was not saved. {CHOICE}"),
        (b"#!/bin/sh\nrm -rf /\n", f"x.pdf is a program, which cannot be evidence. It was not saved. {CHOICE}"),
        (
            b"\xef\xbb\xbf \n<!DOCTYPE html><script>alert(1)</script>",
            "x.pdf is a web page or a drawing and was not saved. Print it to a PDF, or upload a screenshot.",
        ),
        (
            b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
            "x.pdf is a web page or a drawing and was not saved. Print it to a PDF, or upload a screenshot.",
        ),
        (
            a_package({"a.pdf": "x"}),
            "x.pdf is an archive and was not saved. Unpack it and upload the files one by one.",
        ),
        (
            a_document("application/vnd.oasis.opendocument.text"),
            "x.pdf is an archive and was not saved. Unpack it and upload the files one by one.",
        ),
        (
            b"Rar!\x1a\x07\x00" + bytes(40),
            "x.pdf is an archive and was not saved. Unpack it and upload the files one by one.",
        ),
        (
            b"7z\xbc\xaf\x27\x1c" + bytes(40),
            "x.pdf is an archive and was not saved. Unpack it and upload the files one by one.",
        ),
        (
            b"\x1f\x8b\x08" + bytes(40),
            "x.pdf is an archive and was not saved. Unpack it and upload the files one by one.",
        ),
        (heic(b"isom"), "x.pdf is audio or video and was not saved. Upload screenshots or a written note instead."),
        (an_xlsm(), "x.pdf contains macros and was not saved. Save it without macros and upload it again."),
        (
            a_document(WORD.replace("document.main", "macroEnabled.main")),
            "x.pdf contains macros and was not saved. Save it without macros and upload it again.",
        ),
        (
            old("Root Entry", "WordDocument", "_VBA_PROJECT"),
            "x.pdf contains macros and was not saved. Save it without macros and upload it again.",
        ),
        (
            old("Root Entry", "EncryptedPackage"),
            "x.pdf has a password and was not saved. Remove the password and upload it again.",
        ),
        (old("Root Entry", "SummaryInformation"), f"x.pdf is of an unknown type and was not saved. {CHOICE}"),
        (b"hello", f"x.pdf is of an unknown type and was not saved. {CHOICE}"),
        (a_picture("BMP"), f"x.pdf is of an unknown type and was not saved. {CHOICE}"),
        (a_pdf()[:-400], "x.pdf is incomplete or damaged and was not saved. Upload it again."),
        (a_picture("PNG")[:-12], "x.pdf is incomplete or damaged and was not saved. Upload it again."),
        (an_xlsx()[:-200], "x.pdf is incomplete or damaged and was not saved. Upload it again."),
        (
            a_package({"[Content_Types].xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><Types/>"}),
            "x.pdf is incomplete or damaged and was not saved. Upload it again.",
        ),
        (
            a_package({"[Content_Types].xml": "<Types"}),
            "x.pdf is incomplete or damaged and was not saved. Upload it again.",
        ),
        (
            a_picture("PNG") + a_package({"a.txt": "x"}),
            "x.pdf contains an archive and was not saved. Export it again and upload that.",
        ),
        (
            a_pdf() + a_package({"a.txt": "x"}),
            "x.pdf contains an archive and was not saved. Export it again and upload that.",
        ),
    ],
)
def test_what_is_no_evidence_is_refused_with_what_to_do(data: bytes, why: str) -> None:
    found = kind_of(data, "x.pdf")

    assert isinstance(found, ParseError)
    assert found.what.en == why


@pytest.mark.parametrize(
    ("name", "kind", "kept"),
    [
        ("监测报告.pdf", EvidenceKind.PDF, "监测报告.pdf"),
        ("PHOTO.JPEG", EvidenceKind.JPEG, "PHOTO.JPEG"),
        ("setup.exe", EvidenceKind.PDF, "setup.pdf"),
        ("C:\\用户\\..\\照片", EvidenceKind.HEIC, "照片.heic"),
        ("../../etc/passwd", EvidenceKind.XLSX, "passwd.xlsx"),
        ("a\r\nb\0.png", EvidenceKind.PNG, "ab.png"),
        ("", EvidenceKind.PNG, "file.png"),
        ("...", EvidenceKind.PNG, "file.png"),
        ("长" * 300 + ".pdf", EvidenceKind.PDF, "长" * 120 + ".pdf"),
    ],
)
def test_a_file_is_kept_under_a_harmless_name_with_its_true_ending(name: str, kind: EvidenceKind, kept: str) -> None:
    assert named_after(name, kind) == kept
