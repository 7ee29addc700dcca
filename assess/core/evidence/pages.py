"""The sheets of an uploaded file as text, whatever kind of file it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assess.core.flaws import Flaw
from assess.core.naming import trimmed
from assess.core.sources import WorkbookCell
from assess.core.text import Text

At = tuple[int, int]
"""Row and column of a cell, both from 1."""


@dataclass(frozen=True, slots=True, eq=False)
class EvidencePage:
    """One visible sheet.

    Attributes:
        file: the file as its reader named it.
        name: the name of the sheet, "" where the file is one sheet without a name.
        rows: the number of each row that holds something and, by the number of the column, its texts.
        unfit: cells that hold no usable value, and why; they are not among `rows`.
        merged: first and last cell of each merged area.
    """

    file: str
    name: str
    rows: Sequence[tuple[int, Mapping[int, str]]]
    unfit: Mapping[At, Text] = field(default_factory=dict)
    merged: Sequence[tuple[At, At]] = ()

    @property
    def whole(self) -> WorkbookCell:
        """The sheet itself, for flaws of no single cell."""
        return WorkbookCell(self.file, self.name)

    def place(self, row: int, column: int) -> WorkbookCell:
        """Where a cell stands."""
        return WorkbookCell(self.file, self.name, f"{letters(column)}{row}")

    def below(self, start: int, last: int) -> list[tuple[int, Mapping[int, str]]]:
        """The rows from a position on, without blanks around texts, and with rows that hold only unfit cells."""
        rows = [(number, sound(cells)) for number, cells in self.rows[start:]]
        if self.unfit:
            known = {number for number, _ in rows}
            rows += [(number, {}) for number in sorted({row for row, _ in self.unfit} - known) if number > last]
            rows.sort(key=lambda each: each[0])
        return rows


def sound(cells: Mapping[int, str]) -> Mapping[int, str]:
    """The texts without blanks and zero-width characters around them; what then is empty is left out."""
    if "".join(cells.values()).isascii():
        return cells
    return {column: text for column, each in cells.items() if (text := trimmed(each))}


def letters(column: int) -> str:
    """The letters of a column: 1 is A."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


class Notes:
    """What is wrong with the cells of several sheets, put into the order of the file in the end."""

    def __init__(self, pages: Sequence[EvidencePage]) -> None:
        self.noted: list[tuple[int, int, int, Flaw]] = []
        self.order = {page.name: number for number, page in enumerate(pages)}
        self.whole = WorkbookCell(pages[0].file)

    def cell(self, page: EvidencePage, row: int, column: int, what: Text, /, **facts: object) -> None:
        """Note what is wrong with a cell."""
        self.noted.append((self.order[page.name], row, column, Flaw(page.place(row, column), what, facts)))

    def sheet(self, page: EvidencePage, what: Text, /, **facts: object) -> None:
        """Note what is wrong with a whole sheet."""
        self.noted.append((self.order[page.name], 0, 0, Flaw(page.whole, what, facts)))

    def file(self, what: Text, **facts: object) -> None:
        """Note what is wrong with the whole file."""
        self.noted.append((-1, 0, 0, Flaw(self.whole, what, facts)))

    @property
    def flaws(self) -> list[Flaw]:
        """All of them, in the order of the file."""
        return [flaw for *_, flaw in sorted(self.noted, key=lambda each: each[:3])]
