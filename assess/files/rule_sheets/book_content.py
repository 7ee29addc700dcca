"""What the tabs of a rule sheet's workbook hold, row by row, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from assess.core.kinds import PlainText, RecordOf, Title
from assess.core.schema import FieldType, Tree
from assess.files.rule_sheets.book_layout import (
    ADJUSTMENTS,
    DEPARTMENTS,
    FIGURES,
    GRADES,
    GROUPS,
    ITEMS,
    LIST_PARTS,
    MAIN,
    MAP_PARTS,
    MEMBERS,
    METHODS,
    PARTS,
    ROWS,
    SHEET,
    Kinds,
    Tab,
    kinds_of,
)
from assess.files.rule_sheets.book_spelling import Spelled, spelled

Row = dict[str, Spelled]
"""The cells of a row by their key."""
Content = dict[str, list[Row]]
"""The rows of each tab."""
BY_ROWS: Final = "conversion.members"


def content_of(tree: Mapping[str, Tree]) -> Content:
    """All rows of a sheet's tree."""
    content: Content = {SHEET.key: list(main_rows(tree)), ITEMS.key: [], ROWS.key: []}
    for tab in (DEPARTMENTS, FIGURES):
        content[tab.key] = [a_row(tab, {"id": name} | each) for name, each in tree.get(tab.key, {}).items()]
    for tab in (GROUPS, ADJUSTMENTS, GRADES):
        content[tab.key] = [a_row(tab, each) for each in tree.get(tab.key, ())]
    content[MEMBERS.key] = [a_row(MEMBERS, each) for each in tree.get("conversion", {}).get("members", ())]
    for node in tree["items"]:
        add_node(node, "", content)
    for adjustment in tree.get(ADJUSTMENTS.key, ()):
        for item in adjustment.get("items", ()):
            add_node(item, adjustment["id"], content)
    return content


def a_row(tab: Tab, tree: Mapping[str, Tree]) -> Row:
    """The cells of a record in the columns of its tab."""
    return {cell.key: cell for cell in spelled(tree, tab.kinds)}


def words(**cells: str) -> Row:
    """Cells of plain text."""
    return {key: Spelled(key, text, PlainText()) for key, text in cells.items() if text}


def add_node(node: Mapping[str, Tree], parent: str, content: Content) -> None:
    """The row of a section or item, those of its parts, and those of all below it."""
    in_settings = {name: value for name, value in node.items() if name in METHODS.kinds and name not in ITEMS.columns}
    row = words(parent=parent) | a_row(ITEMS, {name: node[name] for name in node if name not in in_settings})
    settings = list(spelled(in_settings, METHODS.kinds))
    row |= {cell.key: cell for cell in settings if "\n" in cell.text}
    row |= words(settings="\n".join(f"{cell.key}: {cell.text}" for cell in settings if "\n" not in cell.text))
    content[ITEMS.key].append(row)
    for part in PARTS:
        for number, cells in enumerate(part_rows(part, node.get(part, [])), 1):
            content[ROWS.key].append(words(node=node["id"], part=part, no=str(number)) | cells)
    for child in node.get("items", ()):
        add_node(child, node["id"], content)


def part_rows(part: str, tree: Tree) -> Iterator[Row]:
    """The rows of one part of an item."""
    if isinstance(tree, Mapping) and part not in MAP_PARTS:
        yield a_row(ROWS, tree)
    elif isinstance(tree, Mapping):
        for name, worth in tree.items():
            yield from entry_rows(MAP_PARTS[part], name, worth)
    else:
        for each in tree:
            if isinstance(each, Mapping):
                yield a_row(ROWS, each)
            else:
                worths = [each] if isinstance(each, str) else each
                yield a_row(ROWS, dict(zip(LIST_PARTS[part], worths, strict=True)))


def entry_rows(column: str, name: str, worth: Tree) -> Iterator[Row]:
    """The row of one entry of a table, or one for each choice of a second figure."""
    across = worth if isinstance(worth, Mapping) else {"": worth}
    for other, each in across.items():
        yield words(key=name, across=other) | a_row(ROWS, {column: each})


def main_rows(tree: Mapping[str, Tree]) -> Iterator[Row]:
    """Every key of the sheet itself, those it does not have with a blank value to fill in."""
    given = {cell.key: cell for cell in spelled(tree, MAIN.kinds)}
    for key, kind in main_keys(MAIN.kinds):
        inner = [name for name in given if name.startswith(f"{key}.")]
        if isinstance(kind, Title):
            told = {f"value.{name.rpartition('.')[2]}": given[name] for name in inner}
            yield words(key=key) | told
        elif inner:
            yield from (words(key=name) | {"value": given[name]} for name in inner)
        elif key in given:
            yield words(key=key) | {"value": given[key]}
        elif key != BY_ROWS:
            yield words(key=key)


def main_keys(kinds: Kinds, outer: str = "") -> Iterator[tuple[str, FieldType]]:
    """The keys of the sheet itself, dotted, with what they hold."""
    for name, kind in kinds.items():
        if isinstance(kind, RecordOf):
            yield from main_keys(kinds_of(kind.record), f"{outer}{name}.")
        else:
            yield outer + name, kind
