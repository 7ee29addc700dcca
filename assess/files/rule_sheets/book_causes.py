"""Flaws of a rule sheet's workbook told once, at their cause: without what follows from others."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from assess.core.flaws import Flaw
from assess.core.rules.checking.figures import UNUSED
from assess.core.rules.checking.ids import NO_FIGURE, NO_GRADE, NO_GROUP, TWICE
from assess.core.rules.checking.ids import NO_NODE as NO_NODE_NAMED
from assess.core.rules.checking.marks import NOT_THE_SUM, NOT_THE_TOTAL
from assess.core.rules.nodes import NEITHER
from assess.core.schema import MISSING_KEY, UNKNOWN_KEY
from assess.core.sources import WorkbookCell
from assess.core.text import Text
from assess.files.rule_sheets.book_layout import FIGURES, GRADES, GROUPS, ITEMS, PARTS, ROWS, TABS, Tab
from assess.files.rule_sheets.book_nodes import NO_PARENT, NOT_A_SETTING
from assess.files.rule_sheets.book_parts import NO_NODE, NO_PART
from assess.files.rule_sheets.book_tabs import UNKNOWN_TAB
from assess.files.workbooks.cells import cell_at

OF_LOST_TABS: Final[dict[Text, Tab]] = {
    NO_FIGURE: FIGURES, UNUSED: ITEMS, NO_NODE: ITEMS, NO_NODE_NAMED: ITEMS, NO_GRADE: GRADES, NO_GROUP: GROUPS,
}  # fmt: skip
"""What is said of names that stand in a tab which was not found."""


def first_causes(flaws: Iterable[Flaw]) -> list[Flaw]:
    """The flaws without those that follow from others, and each that recurs down a column once with all its cells."""
    found = list(flaws)
    causes = BookCauses(found)
    return list(gathered([flaw for flaw in found if not causes.explain(flaw)]))


class BookCauses:
    """What is misspelt in a workbook, so that more is said of it elsewhere."""

    def __init__(self, flaws: Sequence[Flaw]) -> None:
        self.keys = list(told(flaws, UNKNOWN_KEY, "key"))
        self.lines = list(told(flaws, NOT_A_SETTING, "line"))
        self.twice = {where._replace(cell=str(row_of(where))) for where, _ in told(flaws, TWICE, "id")}
        self.parents = {name for _, name in told(flaws, NO_PARENT, "id")}
        self.nodes = {name for _, name in told(flaws, NO_NODE, "id")}
        self.parts = {name for _, name in told(flaws, NO_PART, "part")}
        self.figures = {name for _, name in told(flaws, NO_FIGURE, "id")}
        strange = [name for _, name in told(flaws, UNKNOWN_TAB, "name")]
        self.lost = {tab.key for tab in TABS if is_near(tab.name, strange)}

    def explain(self, flaw: Flaw) -> bool:
        """Whether a flaw follows from what is misspelt."""
        if not isinstance(flaw.where, WorkbookCell):
            return False
        if flaw.what == MISSING_KEY:
            return self.explains_missing(flaw.where, str(flaw.facts["key"]))
        if flaw.what == NEITHER:
            return bool(self.parents)
        if flaw.what == UNUSED and is_near(str(flaw.facts["id"]), self.figures):
            return True
        if flaw.what in (NOT_THE_SUM, NOT_THE_TOTAL):
            return bool(self.twice)
        return flaw.what in OF_LOST_TABS and OF_LOST_TABS[flaw.what].key in self.lost

    def explains_missing(self, where: WorkbookCell, key: str) -> bool:
        """Whether a key is missing because it is misspelt, or what holds it was not found."""
        row = row_of(where)
        if key == ITEMS.key and ITEMS.key in self.lost:
            return True
        if key in PARTS and (self.nodes or is_near(key, self.parts) or ROWS.key in self.lost):
            return True
        in_settings = any((at.sheet, row_of(at)) == (where.sheet, row) and key in line for at, line in self.lines)
        misspelt = [name for at, name in self.keys if at.sheet == where.sheet]
        return in_settings or is_near(key, misspelt) or where._replace(cell=str(row)) in self.twice


def told(flaws: Sequence[Flaw], what: Text, fact: str) -> Iterator[tuple[WorkbookCell, str]]:
    """Where one thing is said, and of what."""
    for flaw in flaws:
        if flaw.what == what and isinstance(flaw.where, WorkbookCell) and fact in flaw.facts:
            yield flaw.where, str(flaw.facts[fact])


def row_of(where: WorkbookCell) -> int:
    """The row of a cell; 0 of a whole tab."""
    return cell_at(where.cell)[0] if where.cell else 0


def is_near(name: str, others: Iterable[str]) -> bool:
    """Whether a name may be one of others misspelt."""
    return bool(difflib.get_close_matches(name, list(others), n=1))


def gathered(flaws: Sequence[Flaw]) -> Iterator[Flaw]:
    """Flaws of the same words in one column as one, at the first cell."""
    alike: dict[tuple[str, ...], list[Flaw]] = {}
    for flaw in flaws:
        where = flaw.where
        column = (where.sheet, where.cell.rstrip("0123456789")) if isinstance(where, WorkbookCell) else (str(where),)
        alike.setdefault((*column, flaw.said("zh")), []).append(flaw)
    for first, *others in alike.values():
        yield replace(first, also=tuple(each.where.cell for each in others if isinstance(each.where, WorkbookCell)))
