"""Workbooks that nobody should send: each is refused with one flaw before anything reads it."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.core.flaws import ValidationError
from assess.core.text import Text
from assess.files import opening
from assess.files.tables import read_table
from assess.files.workbooks import packages, tables
from tests.rounds import examples
from tests.tables import a_workbook, replaced, rewritten, same, told

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refused(path: Path) -> list[str]:
    """Why a workbook is not read at all, without the name of its folder."""
    with pytest.raises(ValidationError) as caught:
        read_table(path, ["unit", "单位"])
    return [line.removeprefix(f"{path.parent}{os.sep}") for line in told(caught.value.flaws)]


def relation(kind: str, target: str, mode: str = "Internal") -> Callable[[str, bytes], bytes]:
    """The change that gives a workbook one more relation of its own."""
    line = f'<Relationship Id="rId99" Type="{RELATIONS}/{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'
    return lambda name, data: (
        data.replace(b"</Relationships>", line.encode()) if name == "xl/_rels/workbook.xml.rels" else data
    )


def without(part: str) -> Callable[[str, bytes], bytes | None]:
    """The change that takes a part out."""
    return lambda name, data: None if name == part else data


def typed_in_utf_16(name: str, data: bytes) -> bytes:
    """The texts of a workbook with a document type, in UTF-16."""
    if "sharedStrings" not in name:
        return data
    return data.decode().replace("UTF-8", "UTF-16").replace("<sst", "<!DOCTYPE x><sst").encode("utf-16")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"unit,a\nu1,1\n", packages.NOT_A_WORKBOOK),
        (b"PK\x03\x04" + b"x" * 99, packages.DAMAGED),
        (OLE + bytes(999), packages.OLD_FORMAT),
        (OLE + "EncryptedPackage".encode("utf-16-le"), packages.PASSWORD),
        (b"x" * (10 * 1024 * 1024 + 1), opening.TOO_LARGE.format(most=10)),
        (b"", opening.EMPTY),
    ],
)
def test_a_file_that_is_no_workbook_has_one_flaw(tmp_path: Path, data: bytes, what: Text) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(data)

    assert refused(path) == [f"t.xlsx: {what.en}"]


def test_a_workbook_cut_short_has_one_flaw(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "t.xlsx", ["unit", "a"], ["u1", 1])
    for kept in (100, len(path.read_bytes()) - 200, len(path.read_bytes()) - 1):
        cut = tmp_path / "cut.xlsx"
        cut.write_bytes(path.read_bytes()[:kept])

        assert refused(cut) == [f"cut.xlsx: {packages.DAMAGED.en}"]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (replaced("Content_Types", b"sheet.main", b"sheet.macroEnabled.main"), packages.MACROS),
        (replaced("Content_Types", b"spreadsheetml", b"wordprocessingml"), packages.NOT_A_WORKBOOK),
        (relation("externalLink", "externalLinks/externalLink1.xml"), packages.LINKS),
        (relation("connections", "connections.xml"), packages.LINKS),
        (relation("attachedTemplate", "file:///c:/x.xltx", "External"), packages.LINKS),
        (relation("oleObject", "embeddings/x.bin"), packages.EMBEDDED),
        (replaced("sheet1", b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet'), packages.DOCUMENT_TYPE),
        (typed_in_utf_16, packages.DOCUMENT_TYPE),
        (
            replaced("sheet1", b"<sheetData>", b"<sheetData><row>" + b"<c/>" * 5_000_001 + b"</row>"),
            packages.TOO_MUCH_INSIDE,
        ),
        (without("[Content_Types].xml"), packages.NOT_A_WORKBOOK),
        (without("xl/workbook.xml"), packages.DAMAGED),
        (replaced("sheet1", b'r="A1"', b'r="A0"'), packages.DAMAGED),
        (replaced("sheet1", b"</sheetData>", b""), packages.DAMAGED),
        (replaced("sheet1", b'UTF-8"', b'GBK"'), packages.DAMAGED),
        (replaced("sheet1", b"<v>0</v>", b"<v>99</v>"), packages.DAMAGED),
        (replaced("sheet1", b"<v>1</v>", b"<v>one</v>"), packages.DAMAGED),
        (replaced("sharedStrings", b"unit", b"name"), tables.NO_TABLE.format(names="unit / 单位", rows=20)),
    ],
)
def test_a_workbook_that_is_not_safe_to_read_has_one_flaw(
    tmp_path: Path, change: Callable[[str, bytes], bytes | None], what: Text
) -> None:
    path = rewritten(a_workbook(tmp_path / "t.xlsx", ["unit", "a"], ["u1", 1]), change)

    assert refused(path) == [f"t.xlsx: {what.en}"]


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        ({"xl/vbaProject.bin": b"x"}, packages.MACROS),
        ({"xl/WORKBOOK.xml": b"<x/>"}, packages.SAME_NAMES),
        ({"../x.xml": b"<x/>"}, packages.STRAY_NAMES),
        ({"/x.xml": b"<x/>"}, packages.STRAY_NAMES),
        ({"c:\\x.xml": b"<x/>"}, packages.STRAY_NAMES),
        ({"xl/x.xml": b"<x>" + b" " * (128 * 1024 * 1024)}, packages.TOO_LARGE_INSIDE.format(most=128)),
        ({f"x/{number}.bin": b"" for number in range(1000)}, packages.TOO_MANY_PARTS.format(most=1000)),
    ],
)
def test_a_package_that_holds_what_it_should_not_has_one_flaw(
    tmp_path: Path, parts: dict[str, bytes], what: Text
) -> None:
    path = rewritten(a_workbook(tmp_path / "t.xlsx", ["unit", "a"], ["u1", 1]), same, **parts)

    assert refused(path) == [f"t.xlsx: {what.en}"]


def test_a_link_in_the_package_is_refused(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "t.xlsx", ["unit"])
    link = zipfile.ZipInfo("xl/link.xml")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "a") as package:
        package.writestr(link, "/etc/passwd")

    assert refused(path) == ["t.xlsx: A part of the Excel file points outside it. Save it again as .xlsx."]


def test_workbooks_are_read_by_the_reader_that_refuses_hostile_xml() -> None:
    assert (openpyxl.DEFUSEDXML, openpyxl.LXML) == (True, False)


def test_two_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "t.xlsx", ["unit"])
    with zipfile.ZipFile(path, "a") as package, pytest.warns(UserWarning, match="Duplicate name"):
        package.writestr("xl/workbook.xml", "<x/>")

    assert refused(path) == ["t.xlsx: Parts of the Excel file have the same name. Save it again as .xlsx."]


@settings(max_examples=examples(100))
@given(st.data())
def test_a_part_with_stray_bytes_is_read_or_refused_with_one_flaw(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        path = a_workbook(Path(folder) / "t.xlsx", ["unit", "a"], ["u1", 1])
        part = data.draw(st.sampled_from(["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"]))
        place = data.draw(st.integers(60, 400))
        stray = data.draw(st.sampled_from([b"", b"<x>", b"<x/>", b"9", b'"', b"<c r='ZZZ1'/>", b"\xff", b"&amp;"]))
        gone = data.draw(st.integers(0, 20))
        rewritten(path, lambda name, old: old[:place] + stray + old[place + gone :] if name == part else old)
        try:
            read_table(path, ["unit"])
        except ValidationError as flawed:
            assert len(flawed.flaws) == 1
