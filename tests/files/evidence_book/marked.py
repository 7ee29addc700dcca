"""Workbooks of the person's own, and what they look like once marked."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

from assess.core.flaws import Flaw
from assess.core.sources import WorkbookCell
from assess.core.text import Text
from assess.files.evidence_book.marking import MarkedBook, mark_evidence

WORDS = Text("“{text}”不是数字", "{text} is not a number")


def a_flaw(cell: str, text: str = "x", sheet: str = "数据") -> Flaw:
    """A flaw at a cell."""
    return Flaw(WorkbookCell("t.xlsx", sheet, cell), WORDS, {"text": text})


def a_book(path: Path, fill: Callable[[Any, Any], object] = lambda book, sheet: None) -> Path:
    """A workbook of two streets, with whatever else is put into it."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    sheet = book.add_worksheet("数据")
    sheet.write_row(0, 0, ["单位", "PM2.5", "备注"])
    sheet.write_row(1, 0, ["三里屯", "many", "=1+1 as text"])
    sheet.write_row(2, 0, ["建外", 31.5])
    fill(book, sheet)
    book.close()
    return path


def marked(path: Path, *flaws: Flaw, language: Any = "en") -> Any:
    """The workbook with these flaws marked in it, saved under the same name."""
    outcome = mark_evidence(path, flaws, language)
    assert (outcome.in_place, outcome.why) == (True, None)
    path.write_bytes(outcome.data)
    return openpyxl.load_workbook(path)


def beside(path: Path, *flaws: Flaw, language: Any = "en") -> tuple[str, list[list[Any]]]:
    """Why the errors come in a workbook of their own, and what that says below its headings."""
    outcome: MarkedBook = mark_evidence(path, flaws, language)
    assert not outcome.in_place
    assert outcome.why is not None
    assert "{" not in "".join(outcome.why)
    sheet = openpyxl.load_workbook(BytesIO(outcome.data)).active
    assert sheet["A2"].value == outcome.why.localized(language)
    return outcome.why.en, [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]


def tint_of(cell: Any) -> str | None:
    """The colour behind a cell."""
    return cell.fill.fgColor.rgb if cell.fill.fill_type else None


def content_of(book: Any) -> dict[str, Any]:
    """What a person sees of a workbook: values, tints, comments, widths and filters of every sheet."""
    return {
        sheet.title: (
            sheet.auto_filter.ref,
            {
                cell.coordinate: (cell.value, tint_of(cell), cell.comment and cell.comment.text)
                for row in sheet.iter_rows()
                for cell in row
                if cell.value is not None or cell.comment or cell.fill.fill_type
            },
        )
        for sheet in book
    }
