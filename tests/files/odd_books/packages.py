"""Workbooks written tag by tag, so that they can be as odd as any program makes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PERCENT, DAY, CHINESE_DAY, DAY_TIME, OTHER_PERCENT, QUOTED_PERCENT = range(1, 7)
"""The styles of cells that every workbook has."""
FORMATS: Final = (0, 10, 14, 57, 22, 164, 165)
STYLES: Final = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="0.00%;[Red]-0.00%"/>'
    '<numFmt numFmtId="165" formatCode="0.0&quot;%&quot;"/></numFmts><fonts count="1"><font/></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
    f'<cellXfs count="{len(FORMATS)}">'
    + "".join(f'<xf numFmtId="{number}" applyNumberFormat="1"/>' for number in FORMATS)
    + "</cellXfs></styleSheet>"
)


@dataclass(frozen=True)
class Tag:
    """A cell written out, without its reference: attributes, and what stands inside."""

    attributes: str
    inside: str


def number(text: object, style: int = 0) -> Tag:
    """A number as its digits stand in the file."""
    return Tag(f's="{style}"' if style else "", f"<v>{text}</v>")


def formula(text: str, value: str | None, kind: str = "") -> Tag:
    """A formula with its stored value, if it has one."""
    stored = "" if value is None else f"<v>{escape(value)}</v>"
    return Tag(f't="{kind}"' if kind else "", f"<f>{escape(text)}</f>{stored}")


def error(text: str) -> Tag:
    """A cell that shows an error."""
    return Tag('t="e"', f"<v>{text}</v>")


def truth(value: bool) -> Tag:
    """A cell of yes or no."""
    return Tag('t="b"', f"<v>{value:d}</v>")


def shared(place: int) -> Tag:
    """A text of the shared ones."""
    return Tag('t="s"', f"<v>{place}</v>")


def letters(column: int) -> str:
    """The letters of a column, which counts from 1."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def cell(value: Any, reference: str) -> str:
    """One cell: a tag, a number or a text; None is blank."""
    if value is None:
        return ""
    if isinstance(value, Tag):
        return f'<c r="{reference}" {value.attributes}>{value.inside}</c>'
    if isinstance(value, str):
        text = f'<t xml:space="preserve">{escape(value)}</t>'
        return f'<c r="{reference}" t="inlineStr"><is>{text}</is></c>'
    return f'<c r="{reference}"><v>{value}</v></c>'


def rows_of(rows: Iterable[Sequence[Any]], first: int = 1, hidden: Iterable[int] = ()) -> str:
    """Rows one below the other."""
    left_out = frozenset(hidden)
    return "".join(
        f'<row r="{at}"{" hidden=" + quoteattr("1") if at in left_out else ""}>'
        + "".join(cell(value, f"{letters(column)}{at}") for column, value in enumerate(row, 1))
        + "</row>"
        for at, row in enumerate(rows, first)
    )


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, the rows, and what stands before and after them."""

    name: str
    rows: str
    before: str = ""
    after: str = ""
    state: str = ""

    def xml(self) -> str:
        """The part of the sheet."""
        cells = f"{self.before}<sheetData>{self.rows}</sheetData>{self.after}"
        return f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{cells}</worksheet>'


def merged(*areas: str) -> str:
    """Merged areas."""
    return f"<mergeCells>{''.join(f'<mergeCell ref={quoteattr(area)}/>' for area in areas)}</mergeCells>"


def parts_of(*sheets: Sheet, is_1904: bool = False, names: str = "", strings: str = "") -> dict[str, str | bytes]:
    """The parts of a workbook."""
    listed = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{at}" r:id="rId{at}"'
        + (f' state="{sheet.state}"/>' if sheet.state else "/>")
        for at, sheet in enumerate(sheets, 1)
    )
    relations = "".join(
        relation(f"rId{at}", "worksheet", f"worksheets/sheet{at}.xml") for at in range(1, len(sheets) + 1)
    )
    overrides = "".join(
        override(f"/xl/worksheets/sheet{at}.xml", f"{SHEET_TYPE}.worksheet+xml") for at in range(1, len(sheets) + 1)
    )
    return {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + override("/xl/workbook.xml", f"{SHEET_TYPE}.sheet.main+xml")
        + override("/xl/styles.xml", f"{SHEET_TYPE}.styles+xml")
        + override("/xl/sharedStrings.xml", f"{SHEET_TYPE}.sharedStrings+xml")
        + f"{overrides}</Types>",
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        + relation("rId1", "officeDocument", "xl/workbook.xml")
        + "</Relationships>",
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        f"<workbookPr{' date1904=' + quoteattr('1') if is_1904 else ''}/><sheets>{listed}</sheets>{names}</workbook>",
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{relations}'
        + relation("rId901", "styles", "styles.xml")
        + relation("rId902", "sharedStrings", "sharedStrings.xml")
        + "</Relationships>",
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f'{HEAD}<sst xmlns="{MAIN}">{strings}</sst>',
        **{f"xl/worksheets/sheet{at}.xml": sheet.xml() for at, sheet in enumerate(sheets, 1)},
    }


def relation(name: str, kind: str, target: str, mode: str = "Internal") -> str:
    """A relation of a part."""
    return f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target={quoteattr(target)} TargetMode="{mode}"/>'


def override(part: str, kind: str) -> str:
    """The type of a part."""
    return f'<Override PartName="{part}" ContentType="{kind}"/>'


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Parts as a package."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return target.getvalue()


def a_book(*rows: Sequence[Any], after: str = "", before: str = "", **of_book: Any) -> bytes:
    """A workbook of one sheet 数据."""
    return packed(parts_of(Sheet("数据", rows_of(rows), before, after), **of_book))


def changed(data: bytes, part: str, *pairs: tuple[str, str]) -> bytes:
    """A workbook with words of one part replaced, each of which must stand there."""
    with ZipFile(BytesIO(data)) as package:
        parts: dict[str, str | bytes] = {name: package.read(name) for name in package.namelist()}
    text = bytes(parts[part]).decode()
    for old, new in pairs:
        assert old in text, (part, old)
        text = text.replace(old, new)
    return packed({**parts, part: text})
