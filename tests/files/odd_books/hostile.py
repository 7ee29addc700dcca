"""Files made to do harm, and files that are something else: each is refused with one flaw, or costs nothing."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tests.files.odd_books.cases import refused, sound
from tests.files.odd_books.packages import (
    HEAD,
    MAIN,
    OFFICE,
    Sheet,
    a_book,
    changed,
    override,
    packed,
    parts_of,
    relation,
    rows_of,
)
from tests.files.odd_books.values import PM

SHEET_1 = "xl/worksheets/sheet1.xml"
DATA: list[list[Any]] = [["单位", PM], ["三里屯", 31.5]]
MEGABYTE = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PARTS: Mapping[str, str | bytes] = parts_of(Sheet("数据", rows_of(DATA)))


def with_parts(**parts: str | bytes) -> bytes:
    """The workbook with parts added."""
    return packed({**PARTS, **parts})


def with_relation(kind: str, target: str, mode: str = "Internal") -> bytes:
    """The workbook with a relation added."""
    end = "</Relationships>"
    return changed(a_book(*DATA), "xl/_rels/workbook.xml.rels", (end, relation("rId99", kind, target, mode) + end))


def with_prolog(prolog: str, encoding: str = "utf-8") -> bytes:
    """The workbook with words before the first tag of its sheet."""
    xml = str(PARTS[SHEET_1]).replace(HEAD, f'<?xml version="1.0" encoding="{encoding}"?>{prolog}')
    return packed({**PARTS, SHEET_1: xml.encode(encoding)})


@refused("document type")
def quoted_entity_bomb() -> bytes:
    pairs = zip("abcdefghi", "bcdefghij", strict=True)
    entities = "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairs)
    return with_prolog(f'<!DOCTYPE worksheet [<!ENTITY a "ha">{entities}]>')


@refused("document type")
def quadratic_entity_bomb_in_single_quotes() -> bytes:
    return with_prolog(f"<!DOCTYPE worksheet [<!ENTITY a '{'x' * 99_999}'>]>")


@refused("document type")
def entity_of_a_file_of_the_machine_in_utf_16() -> bytes:
    return with_prolog('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "utf-16")


@refused("links to other")
def a_link_to_another_workbook() -> bytes:
    return with_relation("externalLink", "externalLinks/externalLink1.xml")


@refused("links to other")
def a_link_to_data_of_a_server() -> bytes:
    return with_relation("connections", "connections.xml")


@refused("links to other")
def a_formula_that_calls_another_program() -> bytes:
    text = "<f>cmd|' /C calc'!A0</f><v>31.5</v>"
    return changed(a_book(*DATA), SHEET_1, ("<v>31.5</v>", text))


@refused("contains embedded objects")
def an_embedded_object() -> bytes:
    return with_relation("oleObject", "embeddings/oleObject1.bin")


@refused("macros", ending=".xlsm")
def a_macro() -> bytes:
    return with_parts(**{"xl/vbaProject.bin": OLE})


@refused("macros")
def a_kind_with_macros_under_a_harmless_name() -> bytes:
    kinds = str(PARTS["[Content_Types].xml"]).replace("sheet.main+xml", "sheet.macroEnabled.main+xml")
    return packed({**PARTS, "[Content_Types].xml": kinds.replace("openxmlformats-officedocument", "ms-excel")})


@refused("macros")
def macros_under_another_name() -> bytes:
    kinds = str(PARTS["[Content_Types].xml"])
    kind = override("/xl/x.bin", "application/vnd.ms-office.vbaProject")
    return packed({**PARTS, "[Content_Types].xml": kinds.replace("</Types>", f"{kind}</Types>"), "xl/x.bin": OLE})


@refused("password")
def a_password() -> bytes:
    return OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(9000)


@refused("password")
def a_password_on_the_parts() -> bytes:
    data = bytearray(a_book(*DATA))
    for sign, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.index(sign) + place] |= 1
    return bytes(data)


@refused("damaged")
def cut_short() -> bytes:
    data = a_book(*DATA)
    return data[: len(data) * 2 // 3]


@refused("damaged")
def a_flipped_byte() -> bytes:
    data = bytearray(packed(PARTS))
    data[data.index(b"sheet1.xml") + 40] ^= 0xFF
    return bytes(data)


@refused("not an Excel or CSV file but a picture")
def a_png_called_xlsx() -> bytes:
    return b"\x89PNG\r\n\x1a\n" + bytes(2000)


@refused("not an Excel or CSV file but a PDF")
def a_pdf_called_xlsx() -> bytes:
    return b"%PDF-1.7\n" + b"x" * 2000


@refused("not an Excel or CSV file but a PDF", ending=".pdf")
def a_pdf_under_its_own_name() -> bytes:
    return b"%PDF-1.7\n" + bytes(range(256)) * 9


@refused("but a web page (HTML)", ending=".xls")
def a_web_page_that_a_system_calls_a_workbook() -> bytes:
    return (
        "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table><tr><td>单位</td></tr></table></html>".encode()
    )


@refused("but an XML file", ending=".xls")
def an_xml_spreadsheet_of_2003() -> bytes:
    return b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>'


@refused("but a Word document", ending=".doc")
def an_old_letter() -> bytes:
    return OLE + bytes(504) + "WordDocument\0".encode("utf-16-le") + bytes(3000)


@refused("but an archive", ending=".zip")
def an_archive() -> bytes:
    return packed({"a.csv": "unit,pm"})


@refused("but an archive", ending=".rar")
def another_archive() -> bytes:
    return b"Rar!\x1a\x07\x00" + bytes(200)


@refused("but an Apple Numbers table", ending=".numbers")
def a_table_of_numbers() -> bytes:
    return packed({"Index/Document.iwa": "x", "preview.jpg": "x"})


@refused("but a Word document")
def a_letter_called_xlsx() -> bytes:
    kinds = str(PARTS["[Content_Types].xml"]).replace("spreadsheetml", "wordprocessingml")
    return packed({"[Content_Types].xml": kinds, "word/document.xml": "<x/>"})


@refused("save it as .xlsx", ending=".ods")
def an_ods() -> bytes:
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return packed({"mimetype": kind, "content.xml": "<x/>", "META-INF/manifest.xml": "<x/>"})


@refused("Save it as .xlsx", ending=".xlsb")
def an_xlsb() -> bytes:
    types = str(PARTS["[Content_Types].xml"]).replace("/xl/workbook.xml", "/xl/workbook.bin")
    return packed({"[Content_Types].xml": types, "xl/workbook.bin": b"\x83\x01\x00"})


@refused("have the same name")
def a_part_twice() -> bytes:
    target = BytesIO()
    with warnings.catch_warnings(), ZipFile(target, "w", ZIP_DEFLATED) as package:
        warnings.simplefilter("ignore")
        for name, data in [*PARTS.items(), (SHEET_1, b"<x/>")]:
            package.writestr(name, data)
    return target.getvalue()


@refused("points outside")
def a_part_that_leaves_the_package() -> bytes:
    return with_parts(**{"../../etc/cron.d/x": b"x"})


@refused("points outside")
def a_part_that_is_a_link() -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as package:
        for name, data in PARTS.items():
            package.writestr(name, data)
        entry = ZipInfo("xl/x.xml")
        entry.external_attr = 0o120777 << 16
        package.writestr(entry, "/etc/passwd")
    return target.getvalue()


@sound({"u1 pm": "31.5"})
def a_sheet_listed_by_a_name_that_is_markup() -> bytes:
    return packed(parts_of(Sheet("<script>alert(1)</script>"[:31], rows_of(DATA))))


@sound({"u1 pm": "31.5"})
def types_that_name_no_sheet() -> bytes:
    other = override("/xl/workbook.xml", f"{MAIN}.unknown+xml")
    kinds = f'{HEAD}<Types xmlns="{OFFICE}">{other}spreadsheetml</Types>'
    return packed({**PARTS, "[Content_Types].xml": kinds})
