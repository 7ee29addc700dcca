"""What a template needs and openpyxl does not write back: ranges that may be edited, errors that Excel overlooks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Final
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZipFile

from assess.files.workbooks.packages import parts_of_sheets

RANGES: Final = re.compile(rb"<protectedRanges>.*?</protectedRanges>", re.DOTALL)
OVERLOOKED: Final = re.compile(rb"<ignoredErrors>.*?</ignoredErrors>", re.DOTALL)
CELLS_END: Final = re.compile(rb"(?:</sheetData>|<sheetData ?/>)(?:<sheetProtection[^>]*/>)?")
NEAR_END: Final = re.compile(rb"<drawing |<legacyDrawing |<tableParts|</worksheet>")


def carry_over(before: bytes, after: bytes) -> bytes:
    """The workbook as openpyxl wrote it, with what it left out of each sheet that there was before.

    Raises:
        ExpatError: what was left out does not stand by itself.
    """
    with ZipFile(BytesIO(before)) as package:
        pieces = {title: (found(RANGES, data), found(OVERLOOKED, data)) for title, _, data in sheets_in(package)}
    if not any(map(any, pieces.values())):
        return after
    target = BytesIO()
    with ZipFile(BytesIO(after)) as package, ZipFile(target, "w", ZIP_DEFLATED) as written:
        changed = {name: inserted(data, *pieces[title]) for title, name, data in sheets_in(package) if title in pieces}
        for name in package.namelist():
            written.writestr(package.getinfo(name), changed.get(name) or package.read(name), ZIP_DEFLATED)
    return target.getvalue()


def sheets_in(package: ZipFile) -> Iterator[tuple[str, str, bytes]]:
    """Title, name and bytes of the part of each sheet."""
    for title, name in parts_of_sheets(package).items():
        yield title, name, package.read(name)


def found(what: re.Pattern[bytes], data: bytes) -> bytes:
    """A piece of a sheet below its cells, nothing where there is none."""
    piece = what.search(data, max(data.rfind(b"</sheetData>"), 0))
    if piece is None:
        return b""
    expat.ParserCreate(namespace_separator="|").Parse(piece[0], True)
    return piece[0]


def inserted(data: bytes, ranges: bytes, overlooked: bytes) -> bytes:
    """A sheet of openpyxl with the pieces at the places that the format wants."""
    cells = list(CELLS_END.finditer(data))[-1].end()
    end = NEAR_END.search(data, cells)
    last = len(data) if end is None else end.start()
    return data[:cells] + ranges + data[cells:last] + overlooked + data[last:]
