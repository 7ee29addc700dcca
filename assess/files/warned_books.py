"""Workbooks of rule sheets that say in comments what their author most likely did not mean."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from assess.core.rules.sheet import RuleSheet
from assess.core.sources import WorkbookCell
from assess.core.text import Language, Text
from assess.files.input_warnings import warnings_of
from assess.files.rule_sheets import load_sheet
from assess.files.rule_sheets.book_writer import write_book

COMMENT: Final = Text("提示：{words}", "Warning: {words}")
WHOLE_TAB: Final = "A1"
"""Where the comment stands on what concerns a whole tab."""


def write_warned_book(sheet: RuleSheet, path: Path, language: Language) -> None:
    """Write a sheet as a workbook in a language, with its warnings beside the cells they are about.

    Raises:
        ValidationError: what a workbook cannot say.
    """
    write_book(sheet, path, language)
    comments = comments_of(path, language)
    if comments:
        write_book(sheet, path, language, comments)


def comments_of(path: Path, language: Language) -> dict[str, dict[str, str]]:
    """The warnings of the sheet in a workbook, by tab and cell."""
    found: dict[str, dict[str, str]] = {}
    for warning in warnings_of(load_sheet(path), None, None):
        assert isinstance(warning.where, WorkbookCell)
        cells, cell = found.setdefault(warning.where.sheet, {}), warning.where.cell or WHOLE_TAB
        said = COMMENT.localized(language, words=warning.words)
        cells[cell] = f"{cells[cell]}\n{said}" if cell in cells else said
    return found
