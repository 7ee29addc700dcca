"""What the tabs of a rule sheet's workbook hold, row by row, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from assess.core.kinds import PlainText, RecordOf, Title
from assess.core.rules.figure import supplier_word
from assess.core.schema import FieldType, Tree
from assess.core.text import Language
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
    OBJECTS,
    PARTS,
    RESULTS,
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


def content_of(tree: Mapping[str, Tree], language: Language) -> Content:
    """All rows of a sheet's tree, the words of lists in a language."""
    content: Content = {SHEET.key: list(main_rows(tree, language)), ITEMS.key: [], ROWS.key: []}
    named = [(tab, tree.get(tab.key, {})) for tab in (DEPARTMENTS, OBJECTS)]
    for tab, things in (*named, (FIGURES, figures_in(tree, language))):
        content[tab.key] = [a_row(tab, {"id": name} | each, language) for name, each in things.items()]
    for tab in (GROUPS, ADJUSTMENTS, GRADES):
        content[tab.key] = [a_row(tab, each, language) for each in tree.get(tab.key, ())]
    content[RESULTS.key] = []
    for ranking in tree.get(RESULTS.key, ()):
        own = {name: value for name, value in ranking.items() if name != GRADES.key}
        content[RESULTS.key].append(a_row(RESULTS, own, language))
        graded = [{"result": ranking["id"], **grade} for grade in ranking.get(GRADES.key, ())]
        content[GRADES.key] += [a_row(GRADES, grade, language) for grade in graded]
    content[MEMBERS.key] = [a_row(MEMBERS, each, language) for each in tree.get("conversion", {}).get("members", ())]
    nodes = NodeRows(content, language)
    for node in tree["items"]:
        nodes.add(node, "")
    for adjustment in tree.get(ADJUSTMENTS.key, ()):
        for item in adjustment.get("items", ()):
            nodes.add(item, adjustment["id"])
    return content


def figures_in(tree: Mapping[str, Tree], language: Language) -> Mapping[str, Tree]:
    """The figures of a sheet's tree, each with the word for its supplier that it is read by."""
    departments, figures = tree.get(DEPARTMENTS.key), tree.get(FIGURES.key, {})
    return {id: each | {"from": supplier_word(each, departments, language)} for id, each in figures.items()}


def a_row(tab: Tab, tree: Mapping[str, Tree], language: Language) -> Row:
    """The cells of a record in the columns of its tab."""
    return {cell.key: cell for cell in spelled(tree, tab.kinds, language)}


def words(**cells: str) -> Row:
    """Cells of plain text."""
    return {key: Spelled(key, text, PlainText()) for key, text in cells.items() if text}


class NodeRows:
    """Adds the rows of sections and items, and of their parts."""

    def __init__(self, content: Content, language: Language) -> None:
        self.content = content
        self.language = language

    def add(self, node: Mapping[str, Tree], parent: str) -> None:
        """The row of a section or item, those of its parts, and those of all below it."""
        in_settings = {key: value for key, value in node.items() if key in METHODS.kinds and key not in ITEMS.columns}
        others = {name: node[name] for name in node if name not in in_settings}
        row = words(parent=parent) | a_row(ITEMS, others, self.language)
        settings = list(spelled(in_settings, METHODS.kinds, self.language))
        row |= {cell.key: cell for cell in settings if "\n" in cell.text}
        row |= words(settings="\n".join(f"{cell.key}: {cell.text}" for cell in settings if "\n" not in cell.text))
        self.content[ITEMS.key].append(row)
        for part in PARTS:
            for number, cells in enumerate(self.part_rows(part, node.get(part, [])), 1):
                self.content[ROWS.key].append(words(node=node["id"], part=part, no=str(number)) | cells)
        for child in node.get("items", ()):
            self.add(child, node["id"])

    def part_rows(self, part: str, tree: Tree) -> Iterator[Row]:
        """The rows of one part of an item."""
        if isinstance(tree, Mapping) and part not in MAP_PARTS:
            yield a_row(ROWS, tree, self.language)
        elif isinstance(tree, Mapping):
            for name, worth in tree.items():
                yield from self.entry_rows(MAP_PARTS[part], name, worth)
        else:
            for each in tree:
                if isinstance(each, Mapping):
                    yield a_row(ROWS, each, self.language)
                else:
                    worths = [each] if isinstance(each, str) else each
                    yield a_row(ROWS, dict(zip(LIST_PARTS[part], worths, strict=True)), self.language)

    def entry_rows(self, column: str, name: str, worth: Tree) -> Iterator[Row]:
        """The row of one entry of a table, or one for each choice of a second figure."""
        across = worth if isinstance(worth, Mapping) else {"": worth}
        for other, each in across.items():
            yield words(key=name, across=other) | a_row(ROWS, {column: each}, self.language)


def main_rows(tree: Mapping[str, Tree], language: Language) -> Iterator[Row]:
    """Every key of the sheet itself, those it does not have with a blank value to fill in."""
    given = {cell.key: cell for cell in spelled(tree, MAIN.kinds, language)}
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
