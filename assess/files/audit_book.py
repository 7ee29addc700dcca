"""Entries of the audit log as a workbook to read and sort, and as lines to check the chain by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from assess.core.audit.chain import Entry, canonical, said_by
from assess.core.text import Language, Text
from assess.files.workbooks.books import lay_out_for_print, new_book, write_text

SHEET: Final = Text("操作日志", "Audit log")
COLUMNS: Final = (
    (Text("编号", "No."), 9),
    (Text("时间（北京时间）", "Time (Beijing time)"), 19),
    (Text("操作人", "User"), 24),
    (Text("对象", "Subject"), 20),
    (Text("名称", "Name"), 28),
    (Text("操作", "Action"), 22),
    (Text("内容（原值 → 新值）", "Details (old → new)"), 60),
    (Text("日志中的对象", "Subject in the log"), 30),
    (Text("日志中的操作", "Action in the log"), 20),
    (Text("摘要", "Digest"), 20),
    (Text("前一条的摘要", "Digest of previous entry"), 20),
)
"""Headings with the width of their columns in characters."""


class BookLine(NamedTuple):
    """One entry as the workbook shows it, in the reader's language; named as the columns."""

    number: int
    at: str
    who: str
    kind: str
    named: str
    act: str
    facts: str
    subject: str
    action: str
    digest: str
    before: str


def write_audit_book(target: Path, language: Language, lines: Iterable[BookLine]) -> None:
    """Write entries as a workbook, row by row: however many there are, only one is in memory."""
    book = new_book(target)
    sheet = book.add_worksheet(SHEET.localized(language))
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for column, (_, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
    for column, (heading, _) in enumerate(COLUMNS):
        write_text(sheet, 0, column, heading.localized(language), head)
    last = 0
    for last, line in enumerate(lines, start=1):
        sheet.write_number(last, 0, line.number, wrapped)
        for column, text in enumerate(line[1:], start=1):
            write_text(sheet, last, column, text, wrapped)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
    lay_out_for_print(sheet, 0)
    book.close()


def entry_lines(entries: Iterable[Entry]) -> Iterator[bytes]:
    """Each entry on a line of JSON: what its digest covers, names in order and without blanks, and the digest."""
    for entry in entries:
        yield f"{canonical(said_by(entry) | {'digest': entry.digest})}\n".encode()
