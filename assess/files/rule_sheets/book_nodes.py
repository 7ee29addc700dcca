"""The tree of sections and items from rows that name their parents."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from typing import Final

from assess.core.flaws import Flaw, Path
from assess.core.schema import Found, hint
from assess.core.sources import WorkbookCell
from assess.core.text import Text
from assess.files.rule_sheets.book_layout import ITEMS, METHODS, place_of
from assess.files.rule_sheets.book_spelling import setting_of, tree_of_cell
from assess.files.rule_sheets.book_tabs import TabRow, TabRows
from assess.files.rule_sheets.book_twigs import TWICE, NodeBuilder, twig_of
from assess.files.rule_sheets.book_widths import narrowed

DEEPEST: Final = 18
"""Levels of sections; YAML holds no more within its own bound."""
NO_PARENT: Final = Text("没有“{id}”这个上级。{hint}", "There is no section or adjustment {id}. {hint}")
CIRCLE: Final = Text("上级关系成了循环：{circle}", "The parents form a circle: {circle}")
TOO_DEEP: Final = Text("层次太深（超过{most}层）。", "There are too many nested levels (more than {most}).")
NOT_A_SETTING: Final = Text(
    "“{line}”应写成“键: 值”，每行一个。", "{line} must be written as `key: value`, one per line."
)


class Node:
    """A row of the items while the tree grows."""

    def __init__(self, row: TabRow, twig: NodeBuilder) -> None:
        self.id = row.texts.get("id", "")
        self.parent = row.texts.get("parent", "")
        self.named_at = row.cells.get("parent", twig.at)
        self.twig = twig
        self.children: list[Node] = []


def grow_nodes(
    rows: TabRows, adjustments: Sequence[NodeBuilder], flaws: Found
) -> tuple[list[NodeBuilder], dict[str, NodeBuilder]]:
    """The top nodes with all that hangs on them, and every node by its id; items of adjustments hang on those."""
    nodes = [Node(row, node_twig(row, rows, flaws)) for row in rows.rows]
    by_id: dict[str, Node] = {}
    for node in nodes:
        by_id.setdefault(node.id, node)
    owners = {str(twig.tree["id"]): twig for twig in reversed(adjustments) if "id" in twig.tree}
    owned: dict[str, list[Node]] = {}
    tops: list[Node] = []
    for node in nodes:
        if node.parent and node.parent in by_id:
            by_id[node.parent].children.append(node)
        elif node.parent in owners:
            owned.setdefault(node.parent, []).append(node)
        else:
            if node.parent:
                known = (*by_id, *owners)
                flaws.append(Flaw(node.named_at, NO_PARENT, {"id": node.parent, "hint": hint(node.parent, known)}))
            tops.append(node)
    tops += circles(nodes, by_id, [*tops, *(node for each in owned.values() for node in each)], flaws)
    for name, each in owned.items():
        hang(owners[name], each, flaws)
    for node in list(tops):
        hang_all(node, flaws)
    for each in owned.values():
        for node in each:
            hang_all(node, flaws)
    return [node.twig for node in tops], {name: node.twig for name, node in by_id.items() if name}


def node_twig(row: TabRow, rows: TabRows, flaws: Found) -> NodeBuilder:
    """The record of a section or item with its settings."""
    own = TabRow(dict(row.texts), dict(row.cells))
    own.texts.pop("parent", None)
    settings = own.texts.pop("settings", "")
    twig = twig_of(own, rows.places, ITEMS.names, flaws)
    if settings:
        add_settings(twig, settings, row.cells["settings"], flaws)
    return twig


def add_settings(twig: NodeBuilder, settings: str, cell: WorkbookCell, flaws: Found) -> None:
    """The other keys of a method, one `key: value` a line; a key it does not have is reported with the record."""
    for line in settings.split("\n"):
        if not line.strip():
            continue
        setting = setting_of(line)
        if setting is None:
            flaws.append(Flaw(cell, NOT_A_SETTING, {"line": line.strip()}))
            continue
        key, text = setting
        place = place_of(METHODS.kinds, key)
        path: Path = (key,) if place is None else place.path
        value = text if place is None else tree_of_cell(narrowed(text, place.kind), place.kind)
        if not twig.put(path, value, cell):
            flaws.append(Flaw(cell, TWICE, {"key": key}))


def circles(nodes: Sequence[Node], by_id: dict[str, Node], rooted: Iterable[Node], flaws: Found) -> list[Node]:
    """Nodes whose parents lead back to them, cut loose so that what they hold is checked as well."""
    reached = {id(node) for root in rooted for node in below(root)}
    loose: list[Node] = []
    for node in nodes:
        if id(node) not in reached:
            way = way_up(node, by_id)
            start = way[-1]
            circle = " → ".join(each.id for each in way[way.index(start) :])
            flaws.append(Flaw(start.named_at, CIRCLE, {"circle": circle}))
            by_id[start.parent].children.remove(start)
            reached |= {id(each) for each in below(start)}
            loose.append(start)
    return loose


def way_up(node: Node, by_id: dict[str, Node]) -> list[Node]:
    """The parents of a node up to the first that comes twice."""
    way, seen = [node], {id(node)}
    while True:
        node = by_id[node.parent]
        way.append(node)
        if id(node) in seen:
            return way
        seen.add(id(node))


def below(root: Node) -> list[Node]:
    """A node and all below it."""
    found, waiting = [], deque([root])
    while waiting:
        node = waiting.popleft()
        found.append(node)
        waiting.extend(node.children)
    return found


def hang_all(root: Node, flaws: Found) -> None:
    """Hang all nodes below one on their parents, as deep as a sheet may go."""
    level = [root]
    for _ in range(DEEPEST):
        for node in level:
            hang(node.twig, node.children, flaws)
        level = [child for node in level for child in node.children]
    for node in level:
        flaws.append(Flaw(node.named_at, TOO_DEEP, {"most": DEEPEST}))


def hang(twig: NodeBuilder, children: Sequence[Node], flaws: Found) -> None:
    """Make nodes the items of one."""
    if children:
        twig.add_list(("items",), children[0].named_at, [child.twig for child in children], flaws)
