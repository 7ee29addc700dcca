"""A file of findings, read: workbook of today or old, or CSV; a template of ours or an export of another system."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from assess.core.evidence.heads import HEADING_ROWS
from assess.core.finding_imports.found import FoundFindings
from assess.core.finding_imports.reading import NO_HEADINGS, read_pages
from assess.core.finding_imports.rows import FindingRowReader
from assess.core.naming import quoted
from assess.core.text import Text
from assess.files.evidence_book.layout import ERROR_SHEET
from assess.files.evidence_book.reading import OTHER_YEAR
from assess.files.evidence_book.sheets import open_sheets
from assess.files.finding_book.writing import KIND
from assess.files.opening import refusal

OTHER_KIND: Final = Text(
    "这是本系统的另一种表格，不是问题导入模板，请下载问题导入模板。",
    "This is another form of this service, not the template for findings. Download the template for findings.",
)


def read_finding_book(path: Path, reader: FindingRowReader) -> FoundFindings:
    """What a file says, with every flaw at its cell.

    Raises:
        ValidationError: with one flaw, if the file is refused as a whole: unsafe, damaged, too large, of another
            kind, or the template of another year.
    """
    opened = open_sheets(path)
    pages = [page for page in opened.pages if page.name not in ERROR_SHEET]
    if not pages:
        raise refusal(path, NO_HEADINGS, rows=HEADING_ROWS)
    is_stamped = "kind" in opened.stamp
    if is_stamped and opened.stamp["kind"] != KIND:
        raise refusal(path, OTHER_KIND)
    if is_stamped and opened.stamp.get("year") != str(reader.year):
        raise refusal(path, OTHER_YEAR, year=quoted(opened.stamp.get("year", "?")), ours=reader.year)
    return read_pages(pages, reader, is_template=is_stamped)
