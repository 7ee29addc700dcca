"""Rule sheets from Excel workbooks: the same plain tree that YAML gives, and the cell of everything in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from assess.core.flaws import Flaw, ValidationError
from assess.core.kinds import Title
from assess.core.schema import MISSING_KEY, UNKNOWN_KEY, Found, hint
from assess.core.sources import WorkbookCell
from assess.core.text import Text
from assess.files.placed_trees import PlacedTree
from assess.files.rule_sheets.book_content import main_keys
from assess.files.rule_sheets.book_layout import (
    ADJUSTMENTS,
    DEPARTMENTS,
    FIGURES,
    GRADES,
    GROUPS,
    ITEMS,
    MAIN,
    MEMBERS,
    OBJECTS,
    RESULTS,
    ROWS,
    SHEET,
    TABS,
    place_of,
)
from assess.files.rule_sheets.book_nodes import grow_nodes
from assess.files.rule_sheets.book_parts import add_parts
from assess.files.rule_sheets.book_spelling import tree_of_cell
from assess.files.rule_sheets.book_tabs import FlawReport, TabRows, read_tabs
from assess.files.rule_sheets.book_twigs import TWICE, NodeBuilder, twig_of
from assess.files.rule_sheets.book_widths import narrowed
from assess.files.workbooks.books import open_book

NO_TABS: Final = Text(
    "Excel表格中没有评分表的工作表（{names}），请选择正确的文件。",
    "The Excel file has none of the sheets of a rule sheet ({names}). Select the right file.",
)
NO_RANKING: Final = Text("“其他排名”中没有“{id}”。{hint}", "There is no ranking {id} in 其他排名. {hint}")
NO_NAME: Final = Text("本行没有填写“{key}”，请补上。", "This row has no {key}. Add it.")
NO_KEY: Final = Text("本行没有键名，请在“键”一列填写。", "This row has no key. Enter it in the column key.")
ONE_VALUE: Final = Text(
    "“{key}”不分语言，请填在“内容”（value）一列。", "{key} is the same in both languages. Enter it in the column value."
)


class BookTree(PlacedTree):
    """A plain tree and the cell of everything in it."""

    def located(self, flaw: Flaw) -> Flaw:
        """The same flaw at its cell; where a whole tab is missing, at that tab."""
        place = self.places[()]
        tab = next((tab.name for tab in TABS if tab.key == flaw.facts.get("key")), None)
        if flaw.where == () and flaw.what is MISSING_KEY and tab is not None and isinstance(place, WorkbookCell):
            return flaw.at(WorkbookCell(place.file, tab))
        return super().located(flaw)


def read_book(path: Path) -> PlacedTree:
    """The plain tree of a rule sheet's workbook.

    Raises:
        ValidationError: it is no workbook that can be read, or none of a rule sheet.
    """
    flaws = FlawReport(str(path))
    tabs = read_tabs(open_book(path), path, flaws)
    if not tabs:
        names = ", ".join(tab.name for tab in TABS[:5])
        raise ValidationError([Flaw(WorkbookCell(str(path)), NO_TABS, {"names": names})])
    root = NodeBuilder({}, tabs[SHEET.key].place if SHEET.key in tabs else WorkbookCell(str(path)))
    if SHEET.key in tabs:
        add_main(root, tabs[SHEET.key], flaws)
    for tab in (DEPARTMENTS, OBJECTS, FIGURES):
        if tab.key in tabs:
            add_named(root, tabs[tab.key], flaws)
    if GROUPS.key in tabs:
        root.add_list((GROUPS.key,), tabs[GROUPS.key].place, twigs_in(tabs[GROUPS.key], flaws), flaws)
    add_rankings(root, tabs, flaws)
    if MEMBERS.key in tabs:
        members = tabs[MEMBERS.key]
        root.add_list(("conversion", "members"), members.place, twigs_in(members, flaws), flaws)
    add_items(root, tabs, flaws)
    return BookTree(root.tree, root.settled(), flaws=tuple(flaws))


def add_rankings(root: NodeBuilder, tabs: Mapping[str, TabRows], flaws: Found) -> None:
    """The grades of the sheet, and the other rankings with theirs."""
    rankings = twigs_in(tabs[RESULTS.key], flaws) if RESULTS.key in tabs else []
    grades: dict[str, list[NodeBuilder]] = {str(twig.tree.get("id", "")): [] for twig in rankings}
    own: list[NodeBuilder] = []
    if GRADES.key in tabs:
        for row, twig in zip(tabs[GRADES.key].rows, twigs_in(tabs[GRADES.key], flaws), strict=True):
            name = twig.tree.pop("result", None)
            if name is None:
                own.append(twig)
            elif name in grades:
                grades[str(name)].append(twig)
            else:
                facts = {"id": name, "hint": hint(str(name), tuple(grades))}
                flaws.append(Flaw(row.cells["result"], NO_RANKING, facts))
        place = tabs[GRADES.key].place
        root.add_list((GRADES.key,), place, own, flaws)
        for twig in rankings:
            twig.add_list((GRADES.key,), place, grades.pop(str(twig.tree.get("id", "")), []), flaws)
    if rankings:
        root.add_list((RESULTS.key,), tabs[RESULTS.key].place, rankings, flaws)


def add_items(root: NodeBuilder, tabs: Mapping[str, TabRows], flaws: Found) -> None:
    """The adjustments, and the tree of sections and items with their parts."""
    adjustments = twigs_in(tabs[ADJUSTMENTS.key], flaws) if ADJUSTMENTS.key in tabs else []
    if ITEMS.key in tabs:
        tops, by_id = grow_nodes(tabs[ITEMS.key], adjustments, flaws)
        if ROWS.key in tabs:
            add_parts(by_id, tabs[ROWS.key], flaws)
        root.add_list((ITEMS.key,), tabs[ITEMS.key].place, tops, flaws)
    elif ROWS.key in tabs:
        add_parts({}, tabs[ROWS.key], flaws)
    if adjustments:
        root.add_list((ADJUSTMENTS.key,), tabs[ADJUSTMENTS.key].place, adjustments, flaws)


def twigs_in(rows: TabRows, flaws: Found) -> list[NodeBuilder]:
    """One record for each row of a tab."""
    return [twig_of(row, rows.places, rows.tab.names, flaws) for row in rows.rows]


def add_named(root: NodeBuilder, rows: TabRows, flaws: Found) -> None:
    """The rows of a tab as a mapping by their id."""
    name, found = rows.tab.key, {}
    for row, twig in zip(rows.rows, twigs_in(rows, flaws), strict=True):
        key = row.texts.get("id")
        if key is None:
            flaws.append(Flaw(twig.at, NO_NAME, {"key": "id"}))
        elif key in found:
            flaws.append(Flaw(twig.at, TWICE, {"key": key}))
        else:
            del twig.tree["id"]
            found[key] = twig
    if found:
        root.add_mapping(name, rows.place, found)


def add_main(root: NodeBuilder, rows: TabRows, flaws: Found) -> None:
    """The keys of the sheet itself, one a row."""
    for row in rows.rows:
        key = row.texts.get("key")
        if key is None:
            flaws.append(Flaw(row.first, NO_KEY))
            continue
        place = place_of(MAIN.kinds, key)
        if place is None:
            known = tuple(name for name, _ in main_keys(MAIN.kinds))
            flaws.append(Flaw(row.cells["key"], UNKNOWN_KEY, {"key": key, "hint": hint(key, known)}))
            continue
        for column, text in row.texts.items():
            language = column.partition(".")[2]
            if column == "key":
                continue
            if language and not isinstance(place.kind, Title):
                flaws.append(Flaw(row.cells[column], ONE_VALUE, {"key": key}))
                continue
            path = (*place.path, language) if language else place.path
            if not root.put(path, tree_of_cell(narrowed(text, place.kind), place.kind), row.cells[column]):
                flaws.append(Flaw(row.cells[column], TWICE, {"key": key}))
    root.join_languages(MAIN.kinds)
