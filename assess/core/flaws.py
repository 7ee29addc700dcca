"""Flaws: what is wrong in a document, where, and what to do; collected, never raised one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from assess.core.sources import Source
from assess.core.text import Language, Text

Path = tuple[str | int, ...]
"""The way from the root of a plain tree to a node: keys of mappings and positions in lists."""


ALSO: Final = Text("（{cells}也是）", " (Also at {cells}.)")
MAX_CELLS: Final = 10
"""So many other cells are named; who has more sees the column."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing wrong in a document.

    `where` is a path in a plain tree until the reader of the file turns it into a spot or a cell.
    `what` says what is wrong and what to do; its blanks are filled from `facts`.
    `also` are other cells of which the same is said.
    """

    where: Source | Path
    what: Text
    facts: Mapping[str, Any] = field(default_factory=dict)
    also: tuple[str, ...] = ()

    def localized(self, language: Language) -> str:
        """`file:line:column: what is wrong`, in the reader's language."""
        place = ".".join(map(str, self.where)) if type(self.where) is tuple else str(self.where)
        return f"{place}: {self.said(language)}" if place else self.said(language)

    def said(self, language: Language) -> str:
        """What is wrong, and in which other cells."""
        told = self.what.localized(language, **self.facts)
        if not self.also:
            return told
        cells = Text.listed([*self.also[:MAX_CELLS], *(["…"] if len(self.also) > MAX_CELLS else [])])
        return told + ALSO.localized(language, cells=cells)

    def at(self, where: Source | Path) -> Flaw:
        """The same flaw at another place."""
        return replace(self, where=where)


class ValidationError(Exception):
    """A document cannot be used; carries every flaw found in it."""

    def __init__(self, flaws: Iterable[Flaw]) -> None:
        self.flaws = tuple(flaws)
        super().__init__(" ".join(flaw.localized("en") for flaw in self.flaws))
