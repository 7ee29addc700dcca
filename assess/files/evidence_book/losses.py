"""What a workbook would lose if openpyxl wrote it anew, found by writing it and comparing before and after."""

from __future__ import annotations

import warnings
from io import BytesIO
from pathlib import Path
from typing import Final

from openpyxl import Workbook, load_workbook

from assess.core.text import Text
from assess.files.evidence_book.carried import carry_over
from assess.files.evidence_book.packaged import CONTROL, FORMULA, Inventory, inventory_of
from assess.files.workbooks.cells import MAX_CELLS, At, read_cells, sheets_of
from assess.files.workbooks.lean_books import read_book

UNUSUAL = Text("不常见的内部结构", "an unusual internal structure")
TOO_LARGE = Text("过多的单元格", "too many cells")
TOO_MANY_OBJECTS = Text("过多的格式、规则或名称", "too many formats, rules or names")
OTHER = Text("其他内容", "other content")
NAMES: Final = {
    FORMULA: Text("公式的计算结果", "stored values of formulas"),
    CONTROL: Text("表单控件", "form controls"),
    "worksheet controls": Text("表单控件", "form controls"),
    "worksheet ext {05c60535-1f16-4fd2-b633-f4f36f0b64e0}": Text("迷你图", "sparklines"),
    "worksheet ext {78c0d931-6437-407d-a8ee-f0aad7539e65}": Text("新式条件格式", "newer conditional formats"),
    "worksheet ext {cce6a557-97bc-4b89-adb6-d9c93caab3df}": Text("新式数据有效性", "newer data validation"),
    "worksheet picture": Text("背景图片", "a background picture"),
    "worksheet legacyDrawingHF": Text("页眉页脚图片", "pictures in headers or footers"),
    "worksheet customSheetView": Text("自定义视图", "custom views"),
    "worksheet protectedRange": Text("允许编辑区域", "ranges open for editing"),
    "rich": Text("单元格内多种字体的文字", "text in several fonts within a cell"),
    "worksheet rPh": Text("拼音指南", "phonetic guides"),
    "sst rPh": Text("拼音指南", "phonetic guides"),
    "wsDr sp": Text("文本框或形状", "text boxes or shapes"),
    "wsDr cxnSp": Text("连接线", "connecting lines"),
    "wsDr grpSp": Text("组合形状", "grouped shapes"),
    "wsDr pic": Text("图片", "pictures"),
    "wsDr srcRect": Text("裁剪过的图片", "cropped pictures"),
}  # fmt: skip
PARTS: Final = {
    "cellimage": Text("单元格内的图片", "pictures in cells"),
    "richvalue": Text("单元格内的图片或数据类型", "pictures or data types in cells"),
    "metadata": Text("单元格内的图片或动态数组", "pictures in cells or dynamic arrays"),
    "threadedcomment": Text("会话式批注", "threaded comments"),
    "slicer": Text("切片器", "slicers"),
    "timeline": Text("日程表", "timelines"),
    "customxml": Text("自定义XML数据", "custom XML data"),
    "application/xml": Text("自定义XML数据", "custom XML data"),
    "ctrlprop": Text("表单控件", "form controls"),
    "controlproperties": Text("表单控件", "form controls"),
    "image/": Text("图片", "pictures"),
    "chart": Text("图表", "charts"),
    "diagram": Text("智能图形", "diagrams"),
}
"""What a kind of part is called, by what its type holds."""
NOT_MISSED: Final = {
    "worksheet": ["phoneticPr", "ignoredErrors", "ignoredError", "AlternateContent", "Choice", "Fallback", "extLst",
                  "sheetCalcPr", "sortState", "sortCondition", "is", "t", "v", "cols", "col", "tableParts",
                  "drawing", "headerFooter"],
    "rich": ["r", "t"],
    "sst": ["phoneticPr", "sst", "si", "t"],
    "wsDr": ["wsDr", "extLst", "ext", "picLocks", "graphicFrameLocks", "off", "avLst", "AlternateContent", "Choice",
             "Fallback"],
    "workbook": ["fileVersion", "AlternateContent", "Choice", "absPath", "revisionPtr", "extLst", "fileRecoveryPr",
                 "customWorkbookViews", "customWorkbookView", "definedNames", "definedName", "smartTagPr"],
}  # fmt: skip
"""Tags that may go: nobody sees them, or what they hold is counted otherwise."""
ALL_COUNT: Final = frozenset(["pic", "graphicFrame", "sp", "cxnSp", "grpSp", "contentPart"])
"""Tags of which not one may go; of the others one has to stay."""


MAX_KEPT: Final = 2 * MAX_CELLS
"""Cells, blank ones with a format among them, that are kept in memory to mark a workbook."""
MAX_OBJECTS: Final = 150_000
"""Everything else that is kept; our own marks are a tenth of that."""

SheetContent = tuple[str, list[tuple[int, dict[int, str]]], dict[At, Text], list[tuple[At, At]]]


def opened(data: bytes) -> Workbook:
    """A workbook of openpyxl that can be changed and saved, with the fonts inside its cells.

    LibreOffice splits every text of Chinese and Latin characters into pieces of two fonts.

    Raises:
        Exception: whatever openpyxl makes of a workbook that it does not understand.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return load_workbook(BytesIO(data), rich_text=True)


def saved(book: Workbook, data: bytes) -> bytes:
    """The workbook that was opened from `data`, changed, as bytes."""
    target = BytesIO()
    book.save(target)
    return carry_over(data, target.getvalue())


def losses_of(data: bytes, path: Path) -> list[Text]:
    """What would be lost, in words; nothing where the workbook can be written anew."""
    try:
        before = inventory_of(data)
        if before.cells > MAX_KEPT:
            return [TOO_LARGE]
        if before.objects > MAX_OBJECTS:
            return [TOO_MANY_OBJECTS]
        if before.is_wordy:
            return [UNUSUAL]
        written = saved(opened(data), data)
        lost = missing(before, inventory_of(written))
        return lost or ([] if content_of(data, path) == content_of(written, path) else [UNUSUAL])
    except Exception:  # whatever openpyxl makes of a workbook that it does not understand
        return [UNUSUAL]


def missing(before: Inventory, after: Inventory) -> list[Text]:
    """What there was of each kind and is no more."""
    lost = [key for key, number in before.found.items() if is_lost(key, number, after.found[key])]
    names = dict.fromkeys(map(name_of, lost))
    return [name for name in names if name is not OTHER] or list(names)


def is_lost(key: str, before: int, after: int) -> bool:
    """Whether fewer of a kind than before mean that something is gone."""
    root, _, tag = key.partition(" ")
    if key in (FORMULA, CONTROL, "rich rPr") or root == "part" or tag in ALL_COUNT:
        return after < before
    if tag.startswith("ext "):
        return root == "worksheet"
    return not after and tag not in NOT_MISSED.get(root, ())


def name_of(key: str) -> Text:
    """What a kind is called."""
    if key.startswith("part "):
        return next((name for part, name in PARTS.items() if part in key), OTHER)
    return NAMES.get("rich" if key.startswith("rich ") else key, OTHER)


def content_of(data: bytes, path: Path) -> list[SheetContent]:
    """Every sheet with what its cells hold.

    Raises:
        ValidationError: there are too many.
    """
    book = read_book(data)
    found = [(sheet.title, read_cells(book, sheet, path)) for sheet in sheets_of(book, hidden=True)]
    return [(title, cells.rows, cells.unfit, sorted(cells.merged)) for title, cells in found]
