"""Plain trees that remember where each part of them stands in its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assess.core.flaws import Flaw, Path
from assess.core.schema import Tree
from assess.core.sources import Source, TextPosition


@dataclass(frozen=True)
class PlacedTree:
    """A plain tree, the place of each of its values and keys, and what was wrong in the file itself.

    `places` has at least that of the whole tree, at the empty path; `keys` only those that differ from the place of
    the key's value.
    """

    tree: Tree
    places: Mapping[Path, Source]
    keys: Mapping[Path, Source] = field(default_factory=dict)
    flaws: tuple[Flaw, ...] = ()

    def locate(self, path: Path) -> Source:
        """The place of a value, or of the nearest thing around it that stands in the file."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places[path]

    def begun(self, path: Path) -> Source:
        """Where a thing begins: one with a name at its name, one in a list at its first key."""
        tree = self.tree
        for step in path:
            tree = tree[step]
        if path and isinstance(path[-1], int) and isinstance(tree, Mapping) and tree:
            path = (*path, next(iter(tree)))
        return self.keys.get(path) or self.locate(path)

    def located(self, flaw: Flaw) -> Flaw:
        """A flaw found in the tree, at its place in the file: a key that should not be there at the key, all else at
        the value."""
        path = flaw.where
        if type(path) is not tuple:
            return flaw
        if path in self.keys and flaw.facts.get("key") == path[-1]:
            return flaw.at(self.keys[path])
        return flaw.at(self.locate(path))


def in_file_order(flaw: Flaw) -> tuple[int, int]:
    """Flaws by line and column; those of cells keep the order in which they were found."""
    return (flaw.where.line, flaw.where.column) if isinstance(flaw.where, TextPosition) else (0, 0)
