"""Workbooks of an archive that are plain tables: the ledger of findings with its history, and appeals with rulings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from assess.core.text import Language, Text
from assess.files.workbooks.books import lay_out_for_print, new_book, write_text

Cell = Text | str | int | date | None


class ArchiveTable(NamedTuple):
    """A sheet: its name, headings with the width of their columns in characters, and rows as they come."""

    name: Text
    columns: Sequence[tuple[Text, int]]
    rows: Iterable[Sequence[Cell]]


FINDINGS: Final = (
    (Text("编号", "No."), 8), (Text("单位", "Unit"), 20), (Text("状态", "State"), 12), (Text("来源", "Source"), 14),
    (Text("类型", "Type"), 16), (Text("领域", "Domain"), 10),
    (Text("问题", "Finding"), 50), (Text("地点", "Place"), 30),
    (Text("发现日期", "Found"), 12), (Text("整改期限", "Deadline"), 12), (Text("整改完成", "Corrected"), 12),
    (Text("销账日期", "Closed"), 12), (Text("退回次数", "Returned"), 9), (Text("重复于", "Repeat of"), 9),
    (Text("责任人", "Responsible"), 16), (Text("记录人", "Recorded by"), 16),
)  # fmt: skip
HISTORY: Final = (
    (Text("问题编号", "Finding"), 10), (Text("日期", "Date"), 12), (Text("办理", "Step"), 20),
    (Text("经办人", "By"), 16), (Text("期限", "Deadline"), 12), (Text("说明", "Reason"), 60),
)  # fmt: skip
APPEALS: Final = (
    (Text("编号", "No."), 8), (Text("单位", "Unit"), 20), (Text("考核项", "Item"), 30), (Text("计分", "Run"), 8),
    (Text("申诉内容", "Appeal"), 50), (Text("主张的数值", "Value claimed"), 16), (Text("状态", "State"), 14),
    (Text("提出日期", "Submitted"), 12), (Text("处理理由", "Reason for decision"), 50),
    (Text("处理人", "Decided by"), 16), (Text("处理日期", "Decided on"), 12),
)  # fmt: skip
MOVES: Final = (
    (Text("原阶段", "From"), 14), (Text("转入阶段", "To"), 14), (Text("日期", "Date"), 12), (Text("经办人", "By"), 16),
    (Text("批准人", "Approved by"), 16), (Text("理由", "Reason"), 50),
    (Text("提前结束（原定截止日期）", "Ended early, before"), 14),
    (Text("视为认可", "Considered accepted"), 50), (Text("单位", "Units"), 50), (Text("是否仍有效", "Still valid"), 14),
)  # fmt: skip
COURSE: Final = Text("阶段经过", "Stages")
LEDGER, STEPS, OBJECTIONS = Text("问题台账", "Findings"), Text("处理经过", "History"), Text("申诉", "Appeals")


def write_tables(target: Path, language: Language, tables: Sequence[ArchiveTable]) -> None:
    """Write a workbook, row by row; the same rows give the same bytes."""
    book = new_book(target)
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for table in tables:
        sheet = book.add_worksheet(table.name.localized(language))
        for column, (heading, width) in enumerate(table.columns):
            sheet.set_column(column, column, width)
            write_text(sheet, 0, column, heading.localized(language), head)
        last = 0
        for last, row in enumerate(table.rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(last, column, cell, wrapped)
                elif cell is not None:
                    write_text(sheet, last, column, printed(cell, language), wrapped)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, last, len(table.columns) - 1)
        lay_out_for_print(sheet, 0)
    book.close()


def printed(cell: Text | str | date, language: Language) -> str:
    """A cell as text."""
    return cell.localized(language) if isinstance(cell, Text) else str(cell)
