"""Where a figure or a flaw stands: in a text file, a workbook, a JSON document, in a ledger or in a ruling."""

from __future__ import annotations

from typing import NamedTuple


class TextPosition(NamedTuple):
    """A place in a text file; line and column count from 1, 0 where unknown."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join([self.file, *(str(part) for part in (self.line, self.column) if part)])


class WorkbookCell(NamedTuple):
    """A cell of a workbook, such as 数据!B2; no cell where the whole sheet is meant, no sheet where the file is."""

    file: str
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        return ":".join(part for part in (self.file, "!".join(p for p in (self.sheet, self.cell) if p)) if part)


class Pointer(NamedTuple):
    """A part of a JSON document by its JSON Pointer, such as /values/3/value; "" for the whole document."""

    file: str
    pointer: str = ""

    def __str__(self) -> str:
        return ":".join(part for part in self if part)


class StatedFigure(NamedTuple):
    """A figure that no document holds: stated in a worked example or in a test."""

    by: str

    def __str__(self) -> str:
        return self.by


class Entries(NamedTuple):
    """Findings of the ledger that a figure counts, in words of either language."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh


class Decided(Entries):
    """The ruling or the ex officio correction that put a figure right, in words of either language."""

    __slots__ = ()


Source = TextPosition | WorkbookCell | Pointer | StatedFigure | Entries
