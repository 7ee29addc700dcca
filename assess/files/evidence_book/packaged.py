"""What the package of a workbook holds, counted: kinds of parts, tags in them, and cells to keep in memory."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise
from typing import Any, Final
from xml.parsers import expat
from zipfile import ZipFile

from openpyxl.utils.cell import range_boundaries

from assess.files.workbooks.package_parts import PIECE, attributes_in, pieces_of
from assess.files.workbooks.packages import CONTENT_TYPES

FORMULA, CONTROL = "stored formula", "control"
LOOKED_INTO: Final = frozenset(["worksheet", "chartsheet", "sst", "wsDr", "workbook"])
"""Roots whose tags are counted; in other documents only the document itself is."""
REWRITTEN: Final = (
    ".worksheet+xml", ".styles+xml", ".theme+xml", ".sharedstrings+xml", "ml.comments+xml", ".vmldrawing",
    ".relationships+xml",
    ".core-properties+xml", ".extended-properties+xml", ".custom-properties+xml", ".calcchain+xml", ".printersettings",
    ".person+xml", ".chartstyle+xml", ".chartcolorstyle+xml", ".drawing+xml",
)  # fmt: skip
"""Ends of the types of parts that are made anew, or that nobody would miss; what a drawing holds is counted by tags,
since LibreOffice gives a sheet a drawing that holds nothing."""
HEADERS: Final = frozenset(["oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"])
"""What is counted only where it says something."""
IN_CELLS: Final = frozenset(["c", "row", "v", "f", "is", "t"])
RUN: Final = re.compile(rb"<(?:\w+:)?r[ >]")
SHARED_KIND: Final = re.compile(rb"""\bt\s*=\s*["']s["']""")
SHARED_CELL: Final = re.compile(rb"""<(?:\w+:)?c\b[^>]*\bt="s"[^>]*>\s*<(?:\w+:)?v>([0-9]+)</""")
SAYS_NOTHING: Final = frozenset(["false", "0", "none", "baseline"])
"""Values of the fonts of LibreOffice that are those of a font that says nothing."""
NOT_KEPT: Final = frozenset(["sst", "xml"])
"""Roots of texts, which cells hold, and of the shapes of comments, which are made anew."""
WEIGHT_OF_AREA: Final = 5
"""A merged area takes openpyxl so many times as long as another tag."""
AREAS: Final = frozenset(["mergeCell", "hyperlink", "comment"])
"""What openpyxl spreads over every cell of its area."""


@dataclass(slots=True)
class Inventory:
    """What a package holds.

    Attributes:
        found: how many there are of each kind of part, tag (after the root it stands below) and extension.
        cells: how many cells openpyxl would keep in memory.
        objects: how many formats, rules, names, comments and the like.
        is_wordy: whether a megabyte stands between two tags, which no cell holds.
    """

    found: Counter[str] = field(default_factory=Counter)
    cells: int = 0
    objects: int = 0
    is_wordy: bool = False


def inventory_of(data: bytes) -> Inventory:
    """What the package of a workbook holds; it must have passed `look_at_package`."""
    held = Inventory()
    with ZipFile(BytesIO(data)) as package:
        types = types_of(package)
        used = shared_in_use(package, types)
        for name in package.namelist():
            kind = types(name)
            if not kind.endswith(REWRITTEN) and not name.endswith("/") and not name.startswith("docProps/thumbnail"):
                held.found[f"part {kind}"] += 1
            if kind.endswith(("xml", "vmldrawing")):
                TagCounter(held, used).read(pieces_of(package, package.getinfo(name)))
    return held


def shared_in_use(package: ZipFile, types: Types) -> Set[int] | None:
    """The places of the shared texts that cells show; None where some cell does not plainly say so, or none is rich.

    Programs leave texts in the list that no cell shows any more; they are not missed.
    """
    kinds = {name: types(name) for name in package.namelist()}
    listed = [name for name, kind in kinds.items() if kind.endswith(".sharedstrings+xml")]
    if not any(RUN.search(package.read(name)) for name in listed):
        return None
    used: set[int] = set()
    for name in (name for name, kind in kinds.items() if kind.endswith(".worksheet+xml")):
        data = package.read(name)
        found = SHARED_CELL.findall(data)
        if len(found) != len(SHARED_KIND.findall(data)):
            return None
        used.update(map(int, found))
    return used


class Types:
    """The type of each part by its name."""

    def __init__(self, tags: list[dict[str, str]]) -> None:
        self.by_name = {each["PartName"].casefold(): each["ContentType"] for each in tags if "PartName" in each}
        self.by_ending = {each["Extension"].casefold(): each["ContentType"] for each in tags if "Extension" in each}

    def __call__(self, name: str) -> str:
        """The type, in small letters."""
        ending = name.rpartition(".")[2].casefold()
        return (self.by_name.get(f"/{name}".casefold()) or self.by_ending.get(ending, ending)).casefold()


def types_of(package: ZipFile) -> Types:
    """The types that a package states."""
    return Types(attributes_in(package.read(CONTENT_TYPES)))


class TagCounter:
    """Counts the tags of one document; what an extension holds counts as that extension."""

    def __init__(self, held: Inventory, used: Set[int] | None) -> None:
        self.held, self.used = held, used
        self.shared = -1
        self.path: list[str] = []
        self.extensions = 0
        self.has_formula = False
        self.parser = expat.ParserCreate(namespace_separator="|")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end

    def read(self, pieces: Iterable[bytes]) -> None:
        """Count what a document holds."""
        for piece in pieces:
            self.held.is_wordy = self.held.is_wordy or (len(piece) == PIECE and b"<" not in piece)
            self.parser.Parse(piece)
        self.parser.Parse(b"", True)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag opens."""
        tag = name.rpartition("|")[2]
        self.path.append(tag)
        root = self.path[0]
        if tag == "ClientData" and attributes.get("ObjectType", "Note") != "Note":
            self.held.found[CONTROL] += 1
        if root not in NOT_KEPT and tag not in IN_CELLS:
            self.held.objects += WEIGHT_OF_AREA if tag == "mergeCell" else 1
        if tag in AREAS:
            self.held.cells += area_of(attributes.get("ref", ""))
        if self.extensions or root not in LOOKED_INTO:
            return
        if tag == "si":
            self.shared += 1
        if tag in HEADERS:
            self.parser.CharacterDataHandler = self.said
            return
        if self.is_in_run():
            if not self.is_unused() and attributes.get("val") not in SAYS_NOTHING:
                self.held.found[f"rich {tag}"] += 1
            return
        if tag == "ext" and "uri" in attributes:
            self.held.found[f"{root} ext {attributes['uri'].casefold()}"] += 1
            self.extensions = len(self.path)
            return
        self.held.found[f"{root} {tag}"] += 1
        self.look_at_cell(tag)

    def look_at_cell(self, tag: str) -> None:
        """Count what a cell has that only looking at several tags tells."""
        if tag in ("c", "row"):
            self.held.cells += 1
            self.has_formula = False
        elif tag == "f":
            self.has_formula = True
        elif tag == "v" and self.has_formula:
            self.parser.CharacterDataHandler = self.stored

    def is_in_run(self) -> bool:
        """Whether the tag is a piece of a text in one font, or inside one; they move from shared texts into cells."""
        return any(tag == "r" and above in ("si", "is") for above, tag in pairwise(self.path))

    def is_unused(self) -> bool:
        """Whether the tag stands in a shared text that no cell shows."""
        return self.path[0] == "sst" and self.used is not None and self.shared not in self.used

    def said(self, text: str) -> None:
        """Count a header or footer by the first piece of what it says."""
        self.held.found[f"{self.path[0]} {self.path[-1]}"] += 1
        self.parser.CharacterDataHandler = None

    def stored(self, text: str) -> None:
        """Count a formula by the first piece of its value."""
        self.held.found[FORMULA] += 1
        self.parser.CharacterDataHandler = None

    def end(self, name: str) -> None:
        """A tag closes."""
        self.parser.CharacterDataHandler = None
        if self.extensions == len(self.path):
            self.extensions = 0
        self.path.pop()


def area_of(reference: str) -> int:
    """How many cells a reference such as B2:C9 has.

    Raises:
        ValueError: it is none, or has no end.
    """
    area: Any = range_boundaries(reference)
    left, top, right, bottom = area
    if None in area:
        raise ValueError(reference)
    return int((right - left + 1) * (bottom - top + 1))
