"""The errors of a file of evidence: marked in the file itself, or listed in a workbook beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from assess.core.flaws import Flaw, ValidationError
from assess.core.sources import WorkbookCell
from assess.core.text import Language, Text
from assess.files.evidence_book.clearing import clear_marks
from assess.files.evidence_book.layout import ERROR_SHEET
from assess.files.evidence_book.losses import losses_of, opened, saved
from assess.files.evidence_book.marks import PLACE, IsHeading, heads_units, listed, set_marks
from assess.files.opening import whole_file
from assess.files.workbooks.books import MAX_MEGABYTES, new_book, write_text
from assess.files.workbooks.packages import OLE, ZIP, look_at_package

BESIDE = Text(
    "错误另列在单独的Excel表格中，原文件未作改动：{why}",
    "The errors are listed in a separate Excel file, and the original is unchanged: {why}",
)
OLD = Text("旧版.xls文件无法标注，另存为.xlsx后即可标注。", "An old .xls file cannot be marked. Save it as .xlsx.")
PLAIN = Text("CSV文件无法标注，另存为.xlsx后即可标注。", "A CSV file cannot be marked. Save it as .xlsx.")
REFUSED = Text("该文件无法打开标注。", "The file cannot be opened for marking.")
TOO_MANY = Text(
    "错误超过{most}处，逐格标注会使文件难以打开。",
    "There are more than {most} errors, too many to mark in an Excel file.",
)
HELD = Text(
    "原文件含有{what}，写入标注会使其丢失或改变。",
    "The file contains {what}, which marking would remove or change.",
)
MAX_MARKED: Final = 60_000
"""Errors that are marked in the file itself, one in every cell of a large district's year."""
LINE: Final = (Text("行", "Row"), Text("列", "Column"), PLACE[2])
LISTED = Text(
    "共发现{number}处错误，请在原文件中修改后重新上传。",
    "Errors found: {number}. Correct them in the original file and upload it again.",
)


@dataclass(frozen=True, slots=True)
class MarkedBook:
    """A workbook that shows what is wrong.

    Attributes:
        data: the workbook.
        in_place: whether it is the person's own, marked.
        why: why it is not.
    """

    data: bytes
    in_place: bool
    why: Text | None = None


def mark_evidence(
    path: Path,
    flaws: Sequence[Flaw],
    language: Language,
    *,
    notices: Sequence[Flaw] = (),
    heads_units: IsHeading = heads_units,
) -> MarkedBook:
    """The person's workbook with its errors marked, or the errors as a workbook of their own and why.

    `notices` join the list of errors without being any. `heads_units` tells which texts are headings of units: the
    lowest row with one is the row of headings.

    Raises:
        ValidationError: the file cannot be read from disk.
    """
    data = whole_file(path, MAX_MEGABYTES)
    why = TOO_MANY.format(most=MAX_MARKED) if len(flaws) > MAX_MARKED else obstacle(data, path)
    if why is not None:
        return MarkedBook(error_book(flaws, notices, why, language), in_place=False, why=BESIDE.format(why=why))
    book = opened(data)
    clear_marks(book)
    if flaws:
        set_marks(book, flaws, notices, language, heads_units)
    return MarkedBook(saved(book, data), in_place=True)


def obstacle(data: bytes, path: Path) -> Text | None:
    """Why a file cannot be marked itself."""
    if data.startswith(OLE):
        return OLD
    if not data.startswith(ZIP):
        return PLAIN
    try:
        look_at_package(data, path)
    except ValidationError:
        return REFUSED
    lost = losses_of(data, path)
    if not lost:
        return None
    names = Text("、".join(text.zh for text in lost), ", ".join(text.en for text in lost))
    return HELD.format(what=names.literal())


def error_book(flaws: Sequence[Flaw], notices: Sequence[Flaw], why: Text, language: Language) -> bytes:
    """The errors as a workbook, and below them the notices."""
    target = BytesIO()
    heads = PLACE if any(isinstance(flaw.where, WorkbookCell) for flaw in flaws) else LINE
    with new_book(target) as book:
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet(ERROR_SHEET.localized(language))
        for number, width in enumerate((24, 12, 100)):
            sheet.set_column(number, number, width)
        write_text(sheet, 0, 0, LISTED.localized(language, number=len(flaws)))
        write_text(sheet, 1, 0, BESIDE.localized(language, why=why))
        for number, name in enumerate(heads):
            write_text(sheet, 2, number, name.localized(language), bold)
        lines = listed(flaws, notices, language)
        for row, line in enumerate(lines, 3):
            for number, text in enumerate(line):
                write_text(sheet, row, number, text, wrapped)
        sheet.autofilter(2, 0, max(3, len(lines) + 2), 2)
        sheet.freeze_panes(3, 0)
    return target.getvalue()
