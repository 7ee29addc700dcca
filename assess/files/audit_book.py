"""Entries of the audit log as a workbook to read and sort, and as lines to check the chain by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from assess.core.audit.chain import Entry, canonical, said_by
from assess.core.columns import TableColumn
from assess.core.text import Language, Text
from assess.files.workbooks.books import lay_out_for_print, new_book, write_text

SHEET: Final = Text("操作日志", "Audit log")


class BookLine(NamedTuple):
    """One entry as the workbook shows it, in the reader's language."""

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


COLUMNS: Final[tuple[TableColumn[BookLine], ...]] = (
    TableColumn("", Text("编号", "No."), 9, lambda line: line.number, is_number=True),
    TableColumn("", Text("时间（北京时间）", "Time (Beijing time)"), 19, lambda line: line.at),
    TableColumn("", Text("操作人", "User"), 24, lambda line: line.who),
    TableColumn("", Text("对象", "Subject"), 20, lambda line: line.kind),
    TableColumn("", Text("名称", "Name"), 28, lambda line: line.named),
    TableColumn("", Text("操作", "Action"), 22, lambda line: line.act),
    TableColumn("", Text("内容（原值 → 新值）", "Details (old → new)"), 60, lambda line: line.facts),
    TableColumn("", Text("日志中的对象", "Subject in the log"), 30, lambda line: line.subject),
    TableColumn("", Text("日志中的操作", "Action in the log"), 20, lambda line: line.action),
    TableColumn("", Text("摘要", "Digest"), 20, lambda line: line.digest),
    TableColumn("", Text("前一条的摘要", "Digest of previous entry"), 20, lambda line: line.before),
)


def write_audit_book(target: Path, language: Language, lines: Iterable[BookLine]) -> None:
    """Write entries as a workbook, row by row: however many there are, only one is in memory."""
    book = new_book(target)
    sheet = book.add_worksheet(SHEET.localized(language))
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for at, column in enumerate(COLUMNS):
        sheet.set_column(at, at, column.width)
        write_text(sheet, 0, at, column.title.localized(language), head)
    last = 0
    for last, line in enumerate(lines, start=1):
        for at, column in enumerate(COLUMNS):
            text = column.text(line, language)
            if column.is_number:
                sheet.write_number(last, at, int(text), wrapped)
            else:
                write_text(sheet, last, at, text, wrapped)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
    lay_out_for_print(sheet, 0)
    book.close()


def entry_lines(entries: Iterable[Entry]) -> Iterator[bytes]:
    """Each entry on a line of JSON: what its digest covers, names in order and without blanks, and the digest."""
    for entry in entries:
        yield f"{canonical(said_by(entry) | {'digest': entry.digest})}\n".encode()
