"""A workbook opened for reading: its sheets, shared texts and number formats, and nothing built of all the rest.

openpyxl makes an object of every style, text and name, reads each sheet to its end for its size, and gives up at
styles that Excel forgives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from posixpath import join, normpath
from typing import IO, Final, NamedTuple
from xml.parsers import expat
from zipfile import ZipFile

from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from assess.files.workbooks.packages import BOOK
from assess.files.workbooks.shared_texts import MAIN, shared_texts
from assess.files.workbooks.spelling import Spelling, spelling_of

RELATION: Final = "http://schemas.openxmlformats.org/package/2006/relationships|Relationship"
ROOT_RELATIONS: Final = "_rels/.rels"
SHEET, SETTINGS = MAIN + "sheet", MAIN + "workbookPr"
NO_STYLES: Final = b"<styleSheet/>"

Tag = tuple[str, dict[str, str]]


class LeanSheet(NamedTuple):
    """A sheet of cells: its title, `visible`, `hidden` or `veryHidden`, and the part that holds it."""

    title: str
    state: str
    part: str


@dataclass(frozen=True, slots=True, eq=False)
class LeanBook:
    """A workbook that is read.

    Attributes:
        package: the parts.
        sheets: those of cells, in order; sheets of charts are left out.
        texts: what cells share.
        spelling: how numbers are written.
    """

    package: ZipFile
    sheets: Sequence[LeanSheet]
    texts: Sequence[str]
    spelling: Spelling

    def opened(self, sheet: LeanSheet) -> IO[bytes]:
        """The XML of a sheet, to be closed by the reader."""
        return self.package.open(sheet.part)


class Related(NamedTuple):
    """What a part is related to: of which kind, and which part."""

    kind: str
    part: str


def read_book(data: bytes) -> LeanBook:
    """A workbook whose package was looked at.

    Raises:
        ExpatError, KeyError, ValueError and others: it is damaged.
    """
    package = ZipFile(BytesIO(data))
    roots = (each.part for each in relations_of(package, ROOT_RELATIONS, "").values() if each.kind == "officeDocument")
    book = next(roots, BOOK)
    folder, _, name = book.rpartition("/")
    related = relations_of(package, f"{folder}/_rels/{name}.rels".lstrip("/"), folder)
    parts = {each.kind: each.part for each in reversed(related.values())}
    tags = tags_of(package.read(book))
    is_1904 = any(stated.get("date1904") in ("1", "true") for tag, stated in tags if tag == SETTINGS)
    with package.open(parts["sharedStrings"]) if "sharedStrings" in parts else BytesIO() as texts:
        shared = shared_texts(texts)
    styles = package.read(parts["styles"]) if "styles" in parts else NO_STYLES
    spelling = spelling_of(styles, epoch_of(is_1904))
    return LeanBook(package, sheets_listed(tags, related), shared, spelling)


def epoch_of(is_1904: bool) -> datetime:
    """The day from which dates count."""
    epoch: datetime = CALENDAR_MAC_1904 if is_1904 else CALENDAR_WINDOWS_1900
    return epoch


def sheets_listed(tags: Sequence[Tag], related: Mapping[str, Related]) -> list[LeanSheet]:
    """The sheets of cells among the tags of a workbook.

    Raises:
        KeyError: one has no name, or leads nowhere.
    """
    listed = [stated for tag, stated in tags if tag == SHEET]
    found = [(each, next((text for key, text in each.items() if key.endswith("|id")), "")) for each in listed]
    return [
        LeanSheet(each["name"], each.get("state", "visible"), related[name].part)
        for each, name in found
        if name and related[name].kind == "worksheet"
    ]


def relations_of(package: ZipFile, name: str, folder: str) -> dict[str, Related]:
    """What a part in a folder is related to, by id; nothing where it states nothing."""
    if name not in package.namelist():
        return {}
    return {
        stated["Id"]: Related(
            stated.get("Type", "").rpartition("/")[2], normpath(join("/", folder, stated.get("Target", ""))).lstrip("/")
        )
        for tag, stated in tags_of(package.read(name))
        if tag == RELATION
    }


def tags_of(data: bytes) -> list[Tag]:
    """The name of every tag of a document, its namespace before it, and its attributes."""
    found: list[Tag] = []
    parser = expat.ParserCreate(namespace_separator="|")
    parser.StartElementHandler = lambda name, attributes: found.append((name, attributes))
    parser.Parse(data, True)
    return found
