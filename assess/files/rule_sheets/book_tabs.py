"""The tabs of a rule sheet's workbook as rows of keys and texts, and what is wrong with them as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from openpyxl.utils import get_column_letter

from assess.core.flaws import Flaw, ValidationError
from assess.core.schema import UNKNOWN_KEY, Found, hint
from assess.core.sources import WorkbookCell
from assess.core.text import Text
from assess.files.rule_sheets.book_layout import FIRST_ROW, GUIDE, TABS, Tab, TreePlace, place_of
from assess.files.rule_sheets.book_widths import narrowed
from assess.files.workbooks.cells import At, SheetCells, read_cells, sheets_of
from assess.files.workbooks.lean_books import LeanBook, LeanSheet
from assess.files.workbooks.tables import MERGED
from assess.files.yaml_files.wording import TOO_MANY

FORMULA: Final = Text(
    "此处是公式，评分表不能使用公式，请改为数值或文字。", "This is a formula. Enter the value itself."
)
UNKNOWN_TAB: Final = Text(
    "没有“{name}”这张工作表。{hint}备忘请写在以“备注”或“说明”开头的工作表里。",
    "A rule sheet has no sheet {name}. {hint} Keep your own notes in a sheet whose name begins with 备注 or 说明.",
)
SAME_TAB: Final = Text(
    "与工作表“{other}”是同一张，请只保留一张。", "This is the same sheet as {other}. Keep one of them."
)
HIDDEN_TAB: Final = Text("工作表被隐藏，请取消隐藏，或删去。", "This sheet is hidden. Show it, or delete it.")
NO_KEYS: Final = Text(
    "第2行应为键名（如{keys}），请从导出的评分表复制前两行。",
    "Row 2 must contain the keys, such as {keys}. Copy the first two rows from an exported rule sheet.",
)
SAME_KEY: Final = Text(
    "键“{key}”在第2行出现两次，请只保留一列。", "The key {key} appears twice in row 2. Keep one column."
)
NO_KEY: Final = Text(
    "本列有内容而第2行没有键名，请补上，或把表头改为“备注”。",
    "This column has values but no key in row 2. Add it, or change the heading to 备注.",
)
MAX_CELLS: Final = 100_000
"""Cells with a value, several times what the largest sheets hold; the bound keeps hostile files cheap."""
MAX_FLAWS: Final = 100
REMARKS: Final = ("序号", "备注", "说明")
"""Columns and tabs whose names begin like this are the author's own."""


class FlawReport(list[Flaw]):
    """The flaws of one workbook; one with very many is not read to its end.

    Raises:
        ValidationError: as soon as there are as many as anybody would mend at once.
    """

    def __init__(self, file: str) -> None:
        super().__init__()
        self.file = file

    def append(self, flaw: Flaw) -> None:
        """Note a flaw."""
        super().append(flaw)
        if len(self) == MAX_FLAWS:
            raise ValidationError([*self, Flaw(WorkbookCell(self.file), TOO_MANY)])

    def extend(self, flaws: Iterable[Flaw]) -> None:
        """Note several."""
        for flaw in flaws:
            self.append(flaw)


@dataclass(slots=True)
class TabRow:
    """One row of a tab: its texts by key, in the order of the columns, and where each stands."""

    texts: dict[str, str]
    cells: dict[str, WorkbookCell]

    @property
    def first(self) -> WorkbookCell:
        """The first cell that is filled in."""
        return next(iter(self.cells.values()))


@dataclass(slots=True)
class TabRows:
    """A tab as read: its rows, and what each of its keys leads to."""

    tab: Tab
    place: WorkbookCell
    places: Mapping[str, TreePlace] = field(default_factory=dict)
    rows: list[TabRow] = field(default_factory=list)


def read_tabs(book: LeanBook, path: Path, flaws: Found) -> dict[str, TabRows]:
    """Every tab of a rule sheet that the workbook has, by its English name."""
    found: dict[str, TabRows] = {}
    room = MAX_CELLS
    for sheet in sheets_of(book, hidden=True):
        place = WorkbookCell(str(path), sheet.title)
        tab = tab_called(sheet.title)
        if tab is None:
            flaws.extend(flaws_of_stranger(book, sheet, path))
        elif tab.key in found:
            flaws.append(Flaw(place, SAME_TAB, {"other": found[tab.key].place.sheet}))
        else:
            if sheet.state != "visible":
                flaws.append(Flaw(place, HIDDEN_TAB))
            cells = read_cells(book, sheet, path, room)
            room -= sum(len(row) for _, row in cells.rows)
            found[tab.key] = read_tab(tab, cells, place, flaws)
    return found


def tab_called(name: str) -> Tab | None:
    """The tab of this name, Chinese or English."""
    plain = name.strip().casefold()
    return next((tab for tab in TABS if plain in (tab.name, tab.key)), None)


def flaws_of_stranger(book: LeanBook, sheet: LeanSheet, path: Path) -> Iterator[Flaw]:
    """A visible tab with content that no rule sheet has may be a misspelt one, so it is not passed over."""
    if sheet.state != "visible" or sheet.title.strip().startswith((GUIDE, *REMARKS)):
        return
    if read_cells(book, sheet, path, MAX_CELLS).rows:
        names = tuple(tab.name for tab in TABS)
        facts = {"name": sheet.title, "hint": hint(sheet.title.strip(), names)}
        yield Flaw(WorkbookCell(str(path), sheet.title), UNKNOWN_TAB, facts)


def read_tab(tab: Tab, cells: SheetCells, place: WorkbookCell, flaws: Found) -> TabRows:
    """The rows of one tab below its keys."""
    by_number = dict(cells.rows)
    headings, keys = by_number.get(1, {}), by_number.get(2, {})
    result = TabRows(tab, place)
    if not any(number >= FIRST_ROW - 1 for number in by_number):
        return result
    columns = columns_of(tab, keys, place, flaws)
    ours = {number for number, text in headings.items() if number not in keys and text.startswith(REMARKS)}
    result.places = dict(columns.values())
    flaws.extend(flaws_of_cells(cells, place, ours))
    if not columns:
        return result
    bare: set[int] = set()
    for number, texts in cells.rows:
        if number >= FIRST_ROW:
            row = TabRow({}, {})
            for column in sorted(texts):
                at = place._replace(cell=f"{get_column_letter(column)}{number}")
                if column in columns:
                    key, where = columns[column]
                    row.texts[key], row.cells[key] = narrowed(texts[column], where.kind), at
                elif column not in keys and column not in ours and column not in bare:
                    bare.add(column)
                    flaws.append(Flaw(at, NO_KEY))
            if row.texts:
                result.rows.append(row)
    return result


def columns_of(
    tab: Tab, keys: Mapping[int, str], place: WorkbookCell, flaws: Found
) -> dict[int, tuple[str, TreePlace]]:
    """Key and meaning of each column that has a key of the tab; the others are reported."""
    found: dict[int, tuple[str, TreePlace]] = {}
    unknown: list[Flaw] = []
    seen: set[str] = set()
    for column in sorted(keys):
        key = keys[column]
        at = place._replace(cell=f"{get_column_letter(column)}2")
        where = place_of(tab.kinds, key)
        if where is None:
            known = tuple(dict.fromkeys((*tab.columns, *tab.kinds)))
            unknown.append(Flaw(at, UNKNOWN_KEY, {"key": key, "hint": hint(key, known)}))
        elif key in seen:
            unknown.append(Flaw(at, SAME_KEY, {"key": key}))
        else:
            found[column] = (key, where)
        seen.add(key)
    if found:
        flaws.extend(unknown)
    else:
        keys_told = Text("、".join(tab.columns[:3]), ", ".join(tab.columns[:3]))
        flaws.append(Flaw(place._replace(cell="A2"), NO_KEYS, {"keys": keys_told}))
    return found


def flaws_of_cells(cells: SheetCells, place: WorkbookCell, ours: set[int]) -> Iterator[Flaw]:
    """From the keys down: formulas, unusable cells and merged areas, but for columns of the author's own."""
    found: dict[At, Text] = cells.unfit | dict.fromkeys(cells.formulas, FORMULA)
    last = max((number for number, _ in cells.rows), default=0)
    for first, end in cells.merged:
        if end[0] >= FIRST_ROW - 1 and first[0] <= last and not all(c in ours for c in range(first[1], end[1] + 1)):
            found[first] = MERGED
    for at in sorted(found):
        if (at[0] >= FIRST_ROW - 1 or found[at] is MERGED) and at[1] not in ours:
            yield Flaw(place._replace(cell=f"{get_column_letter(at[1])}{at[0]}"), found[at])
