"""Files that are large once they are unzipped, or that reach far: each costs little, whether read or refused."""

from __future__ import annotations

from tests.files.odd_books.cases import flawed, refused, sound
from tests.files.odd_books.hostile import DATA, MEGABYTE, SHEET_1, with_parts
from tests.files.odd_books.packages import Sheet, a_book, changed, merged, packed, parts_of, rows_of, shared
from tests.files.odd_books.values import PM, UNITS


@refused("larger than 128 MB")
def zip_bomb_of_spaces() -> bytes:
    return with_parts(**{"xl/x.xml": b"<x>" + b" " * (129 * MEGABYTE) + b"</x>"})


@refused("larger than 128 MB")
def zip_bomb_of_many_parts() -> bytes:
    return with_parts(**{f"xl/x{part}.xml": b"<x>" + b" " * (13 * MEGABYTE) + b"</x>" for part in range(10)})


@refused("damaged")
def zip_bomb_that_lies_about_its_size() -> bytes:
    data = bytearray(with_parts(**{"xl/x.xml": b"<x>" + b" " * (80 * MEGABYTE) + b"</x>"}))
    size = (80 * MEGABYTE + 7).to_bytes(4, "little")
    assert data.count(size) == 2
    return bytes(data).replace(size, (1000).to_bytes(4, "little"))


@refused("too many formatted blank cells")
def cells_that_only_tags_make_many() -> bytes:
    return with_parts(**{SHEET_1: Sheet("数据", "<row>" + "<c/>" * 5_000_001 + "</row>").xml()})


@refused("too many formatted blank cells")
def styles_by_the_million() -> bytes:
    return changed(a_book(*DATA), "xl/styles.xml", ("</styleSheet>", f"{'<x/>' * 600_000}</styleSheet>"))


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


@flawed(*(f"数据!{column}1: has no figure" for column in ("C", "XFD")))
def headings_to_the_last_column() -> bytes:
    rows = rows_of(DATA).replace("</row>", '<c r="C1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>', 1)
    return packed(parts_of(Sheet("数据", rows)))


@sound({"u1 pm": "31.5"})
def a_million_blank_rows_as_excel_writes_them() -> bytes:
    look = 'spans="1:2" s="1" customFormat="1" ht="20.1" customHeight="1" x14ac:dyDescent="0.3"'
    blank = "".join(f'<row r="{row}" {look}><c r="A{row}" s="1"/></row>' for row in range(3, 1_000_003))
    xml = Sheet("数据", rows_of(DATA) + blank).xml()
    return with_parts(**{SHEET_1: xml.replace("xmlns:r=", 'xmlns:x14ac="urn:x" xmlns:r=', 1)})


@sound({"u1 pm": "31.5"})
def blank_cells_by_the_hundred_thousand_that_do_not_say_their_place() -> bytes:
    blank = '<row><c s="1"/><c/></row>' * 100_000
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
