"""A table as text: headings, columns, and where each cell stands in its document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

from assess.core.flaws import Flaw
from assess.core.naming import folded
from assess.core.sources import Source, StatedFigure
from assess.core.text import Text

EXAMPLE: Final = Text("例：", "e.g. ")
"""What every cell of an example row begins with; such a row of a template is never read."""


class Heading(NamedTuple):
    """The name over a column, and where it stands."""

    name: str
    source: Source


class TableSources(Protocol):
    """Where the cells of a table stand in its document."""

    def __call__(self, row: int, column: int, /) -> Source:
        """The place of a cell; rows and columns count from 0, headings not counted."""


def heading_key(name: str) -> str:
    """A heading without what does not tell headings apart: blanks, width of characters, case, `*`."""
    return folded(name).replace("*", "")


def is_example(cells: Iterable[str]) -> bool:
    """Whether these cells of a row that are not blank only show how to fill it in."""
    texts = [text for text in cells if text]
    return bool(texts) and all(text.startswith(EXAMPLE) for text in texts)


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table read from a document.

    Attributes:
        whole: the document or sheet, for flaws of no single cell.
        headings: one for each column.
        columns: the text of each cell, column by column, without blanks around it; a blank cell is "".
        places: where each cell stands.
        flaws: what was wrong with cells; they are blank in `columns`.
    """

    whole: Source
    headings: tuple[Heading, ...]
    columns: tuple[Sequence[str], ...]
    places: TableSources
    flaws: tuple[Flaw, ...] = ()

    def __len__(self) -> int:
        """How many rows stand below the headings."""
        return len(self.columns[0]) if self.columns else 0

    def column_called(self, names: Sequence[str]) -> int | None:
        """The number of the column with the first of these headings that there is."""
        present = {heading_key(heading.name): number for number, heading in enumerate(self.headings)}
        return next((present[name] for name in map(heading_key, names) if name in present), None)


@dataclass(frozen=True, slots=True)
class GivenPlaces:
    """Places of values that no document holds, told by who gave them and what each row is about."""

    given_by: str
    rows: Sequence[str] = ()

    def __call__(self, row: int, column: int, /) -> Source:
        """The same for every cell of a row."""
        return StatedFigure(f"{self.given_by}, {self.rows[row]}")


def given_table(headings: Sequence[str], rows: Sequence[Sequence[str]], given_by: str, about: Sequence[str]) -> Table:
    """A table of values that no document holds, such as those of a worked example, and what each row is about."""
    whole = StatedFigure(given_by)
    columns = tuple([row[number].strip() for row in rows] for number in range(len(headings)))
    return Table(whole, tuple(Heading(name, whole) for name in headings), columns, GivenPlaces(given_by, about))
