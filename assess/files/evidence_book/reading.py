"""A file of evidence, read: workbook of Excel, old workbook or CSV, a template of ours or one of their own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from assess.core.evidence.asked import asked_of
from assess.core.evidence.found import FoundEvidence
from assess.core.evidence.heads import HEADING_ROWS
from assess.core.evidence.names import Template, plain_heading
from assess.core.evidence.pages import EvidencePage
from assess.core.evidence.reading import NO_HEADINGS, read_pages
from assess.core.naming import quoted
from assess.core.rules.sheet import RuleSheet, digest_of
from assess.core.text import Text
from assess.core.units.unit_list import UnitNames, Units
from assess.files.evidence_book.layout import (
    COLUMN_OF,
    ERROR_SHEET,
    FIRST_VERSION,
    FOUND,
    KIND,
    REMARK_OF,
    counts_from_stamp,
)
from assess.files.evidence_book.sheets import OpenedBook, open_sheets
from assess.files.opening import refusal
from assess.files.workbooks.input_books import GUIDE

OTHER_YEAR = Text(
    "这是{year}年度的模板，请下载{ours}年度的模板填写。",
    "This is the template of {year}. Download the template of {ours} and fill it in.",
)
OTHER_DEPARTMENT = Text(
    "这是另一部门（{department}）的模板，请使用本部门的模板。",
    "This is the template of another department ({department}). Use the template of your department.",
)
OTHER_KIND: Final = Text(
    "这是本系统的另一种表格，不是部门数据模板，请下载本部门的数据模板。",
    "This is another form of this service, not a department data template. Download the template of your department.",
)


def read_evidence(
    path: Path,
    sheet: RuleSheet,
    units: Units,
    names: UnitNames,
    department: str,
    *,
    remembered: Mapping[str, str] = MappingProxyType({}),
) -> FoundEvidence:
    """What a file says of the figures that a department supplies, with every flaw at its cell.

    `remembered` holds what the department said headings stand for, by their keys.

    Raises:
        ValidationError: with one flaw, if the file is refused as a whole: unsafe, damaged, too large, of another
            kind, or the template of another department or year.
    """
    opened = open_sheets(path)
    if not opened.pages:
        raise refusal(path, NO_HEADINGS, rows=HEADING_ROWS)
    template = template_of(opened, path, sheet, department)
    pages = [page for page in opened.pages if not is_for_people(page, is_template=template is not None)]
    return read_pages(pages or opened.pages, sheet, names, department, template, remembered=remembered)


def is_for_people(page: EvidencePage, *, is_template: bool) -> bool:
    """Whether a sheet is one that we wrote for people alone: the instructions of a template, or a list of errors."""
    if is_template and page.name in GUIDE:
        return True
    first = next((text for _, cells in page.rows[:1] for text in cells.values()), "")
    return page.name.startswith(tuple(ERROR_SHEET)) and first.startswith(
        tuple(text.partition("{")[0] for text in FOUND)
    )


def template_of(opened: OpenedBook, path: Path, sheet: RuleSheet, department: str) -> Template | None:
    """What the stamp of a template says; None where the workbook is one of their own.

    Raises:
        ValidationError: it is the template of another department or year, or another form of ours.
    """
    stamp = opened.stamp
    if "kind" not in stamp:
        return None
    if stamp.get("kind") != KIND:
        raise refusal(path, OTHER_KIND)
    if stamp.get("year") != str(sheet.year):
        raise refusal(path, OTHER_YEAR, year=quoted(stamp.get("year", "?")), ours=sheet.year)
    if stamp.get("department") != department:
        other = asked_of(sheet, stamp.get("department", "?")).title
        raise refusal(path, OTHER_DEPARTMENT, department=Text(*map(quoted, other)))
    columns, remarks = (
        {plain_heading(name.removeprefix(start)): figure for name, figure in stamp.items() if name.startswith(start)}
        for start in (COLUMN_OF, REMARK_OF)
    )
    return Template(
        columns=columns,
        remarks=remarks,
        unequal=counts_from_stamp(stamp),
        forgets_counts=stamp.get("version") == FIRST_VERSION,
        is_older=stamp.get("rules") != digest_of(sheet),
    )
