"""What a rule sheet may say that its workbook form cannot: found before anything is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assess.core.flaws import Flaw, ValidationError
from assess.core.naming import quoted
from assess.core.rules.adjustments import Bonus, Deduction
from assess.core.rules.nodes import Item, Node, walk
from assess.core.rules.sheet import RuleSheet, tree_of
from assess.core.schema import FieldType
from assess.core.text import Language, Text
from assess.files.rule_sheets.book_content import Content, content_of
from assess.files.rule_sheets.book_layout import MAIN, METHODS, SHEET, TABS, place_of
from assess.files.rule_sheets.book_spelling import Spelled, setting_of
from assess.files.rule_sheets.book_widths import narrowed
from assess.files.workbooks.books import MAX_TEXT_LENGTH

SAME_ID: Final = Text(
    "编号“{id}”重复，Excel表格无法区分，请修改其中一个。",
    "The ID {id} appears twice, and an Excel file cannot tell them apart. Change one of them.",
)
NOT_A_PAIR: Final = Text("points_at的每个点应为[数据值, 得分]。", "Each entry of points_at must be a pair [x, points].")
CANNOT_HOLD: Final = Text(
    "“{text}”为空白、首尾有空格、含有控制字符、编号或表达式中有全角字符，或超过{most}字，无法写入单元格，请修改。",
    "{text} is blank, begins or ends with a blank, has a control character, full-width characters in an ID "
    "or expression, or more than {most} characters, so it does not fit in a cell. Change it.",
)
SETTINGS: Final = "settings"
NOT_FOR_EXCEL: Final = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|^<r>.*</r>$|x005F_", re.DOTALL)
"""Control characters, and what XlsxWriter and openpyxl take for marks of their own."""


def holdable(sheet: RuleSheet, language: Language) -> Content:
    """The rows of a sheet's workbook in a language.

    Raises:
        ValidationError: with all that the workbook could not say, by its place in the sheet.
    """
    flaws = [*same_ids(sheet), *not_pairs(sheet)]
    if not flaws:
        content = content_of(tree_of(sheet), language)
        facts = ({"text": quoted(text), "most": MAX_TEXT_LENGTH} for text in unholdable(content))
        flaws = [Flaw((), CANNOT_HOLD, each) for each in facts]
    if flaws:
        raise ValidationError(flaws)
    return content


def nodes_of(sheet: RuleSheet) -> Iterator[Node]:
    """Every section and item, those of adjustments included."""
    yield from walk(sheet.items)
    for adjustment in sheet.adjustments:
        if isinstance(adjustment, Bonus | Deduction):
            yield from walk(adjustment.items)


def same_ids(sheet: RuleSheet) -> Iterator[Flaw]:
    """Rows name their parent by its id, so that an id must stand once."""
    for things in ((*nodes_of(sheet), *sheet.adjustments), sheet.results or ()):
        seen: set[str] = set()
        for named in things:
            if named.id in seen:
                yield Flaw(named.path, SAME_ID, {"id": named.id})
            seen.add(named.id)


def not_pairs(sheet: RuleSheet) -> Iterator[Flaw]:
    """Points of a line that are no pairs."""
    methods = (node.method for node in nodes_of(sheet) if isinstance(node, Item))
    for method in methods:
        points = getattr(method, "points_at", None) or ()
        for number, point in enumerate(points):
            if len(point) != 2:
                yield Flaw((*method.path, "points_at", number), NOT_A_PAIR)


def unholdable(content: Content) -> Iterator[str]:
    """The texts and keys that would not come back as they are."""
    for tab in TABS:
        for row in content[tab.key]:
            for column, cell in row.items():
                if not comes_back(cell.text) or not all(each == narrowed(each, kind) for each, kind in read_in(cell)):
                    yield cell.text
                elif not (comes_back(column) and place_of(tab.kinds, column)):
                    yield column
            if tab is SHEET and place_of(MAIN.kinds, row["key"].text) is None:
                yield row["key"].text


def read_in(cell: Spelled) -> Iterator[tuple[str, FieldType]]:
    """The texts that are read in a cell, and as what; several in a cell of settings."""
    yield cell.text, cell.kind
    for line in cell.text.split("\n") if cell.key == SETTINGS else ():
        setting = setting_of(line)
        place = None if setting is None else place_of(METHODS.kinds, setting[0])
        if setting is not None and place is not None:
            yield setting[1], place.kind


def comes_back(text: str) -> bool:
    """Whether a cell gives a text back as it is."""
    return 0 < len(text) <= MAX_TEXT_LENGTH and text == text.strip() and not NOT_FOR_EXCEL.search(text)
