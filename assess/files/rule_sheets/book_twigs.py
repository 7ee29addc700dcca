"""Records of a rule sheet while its workbook is read: pieces of the tree that know the cells they come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from assess.core.flaws import Flaw, Path
from assess.core.kinds import PlainText, Title
from assess.core.schema import Found, Tree
from assess.core.sources import Source, WorkbookCell
from assess.core.text import Text
from assess.files.rule_sheets.book_layout import Kinds, TreePlace
from assess.files.rule_sheets.book_spelling import tree_of_cell
from assess.files.rule_sheets.book_tabs import TabRow

TWICE: Final = Text("“{key}”写了两次，请删去一个。", "{key} appears twice. Delete one.")


@dataclass(slots=True)
class NodeBuilder:
    """A piece of the tree.

    Attributes:
        at: the cell that names it, where flaws of the whole of it are shown.
        cells: the cells of what is in it, by the path from here.
        twigs: the pieces that hang on it, by the path from here.
    """

    tree: dict[str, Tree]
    at: WorkbookCell
    cells: dict[Path, WorkbookCell] = field(default_factory=dict)
    twigs: dict[Path, NodeBuilder] = field(default_factory=dict)

    def put(self, path: Path, value: Tree, cell: WorkbookCell) -> bool:
        """Put a value at a path; False where something stands there already."""
        inside: Tree = self.tree
        for step in path[:-1]:
            inside = inside.setdefault(step, {})
            if not isinstance(inside, dict):
                return False
        if path[-1] in inside:
            return False
        inside[path[-1]] = value
        for length in range(1, len(path) + 1):
            self.cells.setdefault(path[:length], cell)
        return True

    def add_list(self, path: Path, place: WorkbookCell, twigs: Sequence[NodeBuilder], flaws: Found) -> None:
        """Hang a list of pieces on this one; none make no list."""
        if twigs and self.put(path, [twig.tree for twig in twigs], place):
            self.twigs |= {(*path, number): twig for number, twig in enumerate(twigs)}
        elif twigs:
            flaws.append(Flaw(place, TWICE, {"key": ".".join(map(str, path))}))

    def add_mapping(self, name: str, place: WorkbookCell, twigs: Mapping[str, NodeBuilder]) -> None:
        """Hang pieces on this one by their names."""
        if self.put((name,), {key: twig.tree for key, twig in twigs.items()}, place):
            self.twigs |= {(name, key): twig for key, twig in twigs.items()}

    def join_languages(self, kinds: Kinds) -> None:
        """A text that is the same in both languages becomes one, as YAML would have it."""
        for name, kind in kinds.items():
            told = self.tree.get(name)
            if isinstance(kind, Title) and isinstance(told, dict) and told.get("zh") == told.get("en"):
                self.tree[name] = told["zh"]

    def settled(self) -> dict[Path, Source]:
        """The cell of everything in this piece and those that hang on it, by the path from here."""
        found: dict[Path, Source] = {}
        waiting: list[tuple[Path, NodeBuilder]] = [((), self)]
        while waiting:
            path, twig = waiting.pop()
            found[path] = twig.at
            found |= {(*path, *inner): cell for inner, cell in twig.cells.items() if inner not in twig.twigs}
            waiting.extend(((*path, *inner), each) for inner, each in twig.twigs.items())
        return found


def twig_of(row: TabRow, places: Mapping[str, TreePlace], names: str, flaws: Found) -> NodeBuilder:
    """The record that a row describes."""
    twig = NodeBuilder({}, row.cells.get(names, row.first))
    for key, text in row.texts.items():
        place = places[key]
        if not twig.put(place.path, tree_of_cell(text, place.kind), row.cells[key]):
            flaws.append(Flaw(row.cells[key], TWICE, {"key": key}))
    titled = {place.path[0]: Title() for place in places.values() if is_told(place)}
    twig.join_languages({str(name): kind for name, kind in titled.items()})
    return twig


def is_told(place: TreePlace) -> bool:
    """Whether a column is one of the two languages of a text."""
    return isinstance(place.kind, PlainText) and place.path[-1] in ("zh", "en") and len(place.path) == 2
