"""Files made to do harm, and files that are something else: each is refused with one flaw, or costs nothing."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tests.files.odd_books.cases import flawed, refused, sound
from tests.files.odd_books.packages import (
    HEAD,
    MAIN,
    OFFICE,
    Sheet,
    a_book,
    changed,
    merged,
    override,
    packed,
    parts_of,
    relation,
    rows_of,
    shared,
)
from tests.files.odd_books.values import PM, UNITS

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


@refused("larger than 64 MB")
def zip_bomb_of_spaces() -> bytes:
    return with_parts(**{"xl/x.xml": b"<x>" + b" " * (65 * MEGABYTE) + b"</x>"})


@refused("larger than 64 MB")
def zip_bomb_of_many_parts() -> bytes:
    return with_parts(**{f"xl/x{part}.xml": b"<x>" + b" " * (7 * MEGABYTE) + b"</x>" for part in range(10)})


@refused("damaged")
def zip_bomb_that_lies_about_its_size() -> bytes:
    data = bytearray(with_parts(**{"xl/x.xml": b"<x>" + b" " * (80 * MEGABYTE) + b"</x>"}))
    size = (80 * MEGABYTE + 7).to_bytes(4, "little")
    assert data.count(size) == 2
    return bytes(data).replace(size, (1000).to_bytes(4, "little"))


@refused("larger than 64 MB")
def cells_that_only_tags_make_many() -> bytes:
    return with_parts(**{SHEET_1: Sheet("数据", "<row>" + "<c/>" * 5_000_001 + "</row>").xml()})


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


@refused("embeds other objects")
def an_embedded_object() -> bytes:
    return with_relation("oleObject", "embeddings/oleObject1.bin")


@refused("macros", ending=".xlsm")
def a_macro() -> bytes:
    return with_parts(**{"xl/vbaProject.bin": OLE})


@refused("macros")
def a_kind_with_macros_under_a_harmless_name() -> bytes:
    kinds = str(PARTS["[Content_Types].xml"]).replace("sheet.main+xml", "sheet.macroEnabled.main+xml")
    return packed({**PARTS, "[Content_Types].xml": kinds.replace("openxmlformats-officedocument", "ms-excel")})


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


@refused("not an Excel workbook")
def a_png_called_xlsx() -> bytes:
    return b"\x89PNG\r\n\x1a\n" + bytes(2000)


@refused("not an Excel workbook")
def a_pdf_called_xlsx() -> bytes:
    return b"%PDF-1.7\n" + b"x" * 2000


@refused("not an Excel workbook")
def a_letter_called_xlsx() -> bytes:
    kinds = str(PARTS["[Content_Types].xml"]).replace("spreadsheetml", "wordprocessingml")
    return packed({"[Content_Types].xml": kinds, "word/document.xml": "<x/>"})


@refused("save it as .xlsx", ending=".ods")
def an_ods() -> bytes:
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return packed({"mimetype": kind, "content.xml": "<x/>", "META-INF/manifest.xml": "<x/>"})


@refused("save it as .xlsx", ending=".xlsb")
def an_xlsb() -> bytes:
    types = str(PARTS["[Content_Types].xml"]).replace("/xl/workbook.xml", "/xl/workbook.bin")
    return packed({"[Content_Types].xml": types, "xl/workbook.bin": b"\x83\x01\x00"})


@refused("share a name")
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


@refused("more than 1000 parts")
def parts_by_the_thousand() -> bytes:
    return with_parts(**{f"xl/media/{number}.xml": b"<x/>" for number in range(1001)})


@refused("damaged")
def seventeen_thousand_columns() -> bytes:
    return a_book(["单位", PM, *range(17_000)], ["三里屯", 31.5])


@refused("damaged")
def seventeen_thousand_columns_without_references() -> bytes:
    cells = "<c><v>1</v></c>" * 17_000
    return packed(parts_of(Sheet("数据", f"{rows_of(DATA)}<row>{cells}</row>")))


@flawed(*(f"数据!{column}1: no figure" for column in ("C", "XFD")))
def headings_to_the_last_column() -> bytes:
    rows = rows_of(DATA).replace("</row>", '<c r="C1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>', 1)
    return packed(parts_of(Sheet("数据", rows)))


@sound({"u1 pm": "31.5"})
def a_million_blank_rows_with_a_format() -> bytes:
    blank = "".join(f'<row r="{row}"><c s="1"/></row>' for row in range(3, 1_000_003))
    return packed(parts_of(Sheet("数据", rows_of(DATA) + blank)))


@sound({"u1 pm": "31.5"})
def a_format_in_the_farthest_cell() -> bytes:
    return packed(parts_of(Sheet("数据", rows_of(DATA) + '<row r="1048576"><c r="XFD1048576" s="1"/></row>')))


@flawed("数据!XFD1048576: no heading")
def a_value_in_the_farthest_cell() -> bytes:
    far = '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>建外</t></is></c><c r="B1048576"><v>3</v></c>'
    return packed(parts_of(Sheet("数据", f'{rows_of(DATA)}{far}<c r="XFD1048576"><v>1</v></c></row>')))


@refused("more than 200000 cells")
def two_hundred_thousand_values_and_one() -> bytes:
    cells = "<c><v>1</v></c>" * 4000
    return packed(parts_of(Sheet("数据", rows_of(DATA) + f"<row>{cells}</row>" * 50)))


@refused("more than 200000 cells")
def two_hundred_thousand_values_on_hidden_sheets() -> bytes:
    cells = f"<row>{'<c><v>1</v></c>' * 4000}</row>" * 20
    hidden = (Sheet(f"s{number}", cells, state="veryHidden") for number in range(3))
    return packed(parts_of(Sheet("数据", rows_of(DATA)), *hidden))


@sound({"u1 pm": "31.5"})
def merged_areas_of_the_whole_sheet() -> bytes:
    return a_book(*DATA, after=merged("A5:XFD1048576", "D1:XFD4"))


@flawed("数据!A2: merged", "数据!B2: merged")
def one_merged_area_a_hundred_thousand_times() -> bytes:
    return a_book(*DATA, after=merged(*["A2:A9", "B2:B3"] * 50_000))


@sound({"u1 pm": "31.5"})
def tags_nested_a_hundred_thousand_deep() -> bytes:
    return a_book(*DATA, after=f"<extLst>{'<x>' * 100_000}{'</x>' * 100_000}</extLst>")


@sound({"u1 pm": "31.5"})
def styles_nested_a_hundred_thousand_deep() -> bytes:
    deep = f"{'<x>' * 100_000}{'</x>' * 100_000}"
    return changed(a_book(*DATA), "xl/styles.xml", ("</styleSheet>", f"{deep}</styleSheet>"))


@sound({"u1 pm": "31.5"})
def shared_texts_by_the_million_that_nobody_uses() -> bytes:
    return a_book(*DATA, strings="<si><t>三里屯</t></si>" * 1_000_000)


@flawed(*(f"数据!B{row}: too long" for row in range(2, 8)))
def six_cells_that_share_one_text_of_a_megabyte() -> bytes:
    rows = [["单位", PM], *([unit, shared(0)] for unit in UNITS)]
    return a_book(*rows, strings=f"<si><t>{'x' * MEGABYTE}</t></si>")


@sound({"u1 pm": "31.5"})
def a_sheet_listed_by_a_name_that_is_markup() -> bytes:
    return packed(parts_of(Sheet("<script>alert(1)</script>"[:31], rows_of(DATA))))


@sound({"u1 pm": "31.5"})
def types_that_name_no_sheet() -> bytes:
    other = override("/xl/workbook.xml", f"{MAIN}.unknown+xml")
    kinds = f'{HEAD}<Types xmlns="{OFFICE}">{other}spreadsheetml</Types>'
    return packed({**PARTS, "[Content_Types].xml": kinds})
