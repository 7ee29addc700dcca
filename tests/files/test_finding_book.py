"""Files of findings: the template filled in, exports in every format, what is refused, and the marked workbook."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from assess.core.finding_imports.found import FoundFindings
from assess.core.finding_imports.headings import COLUMNS
from assess.core.finding_imports.rows import FindingRowReader
from assess.core.finding_imports.words import Vocabulary
from assess.core.flaws import ValidationError
from assess.core.text import Language, Text
from assess.core.units.unit_list import UnitNames
from assess.files.evidence_book.marking import mark_evidence
from assess.files.finding_book import FindingStamp, read_finding_book, write_finding_book
from assess.services.finding_imports.checking import heads_units
from tests.core.test_finding_imports import CATALOGUE, GOOD, HEAD, UNITS
from tests.files.filling import conventions_broken, filled

YEAR = Text("2026年考核", "Assessment of 2026")


def read(path: Path, *, year: int = 2026) -> FoundFindings:
    """What a file says, as of 27 November 2026."""
    vocabulary = Vocabulary(CATALOGUE)
    reader = FindingRowReader(UnitNames(UNITS), vocabulary, year=year, today=date(2026, 11, 27), source="hotline")
    return read_finding_book(path, reader)


def a_template(folder: Path, language: Language) -> Path:
    """The template of the year."""
    made = folder / f"{language}.xlsx"
    write_finding_book(made, UNITS, CATALOGUE, FindingStamp(2026, language), title=YEAR)
    return made


def saved(book: Any, path: Path) -> Path:
    """A workbook on the disk."""
    book.save(path)
    return path


def a_book(*rows: Any) -> Workbook:
    """A workbook with one sheet."""
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    return book


@pytest.mark.parametrize(("language", "sheet"), [("zh", "问题清单"), ("en", "Findings")])
def test_the_template_says_what_it_takes_and_is_read_back(tmp_path: Path, language: Language, sheet: str):
    made = a_template(tmp_path, language)
    assert conventions_broken(made) == []
    heads = [cell.value for cell in load_workbook(made)[sheet][1]]
    assert [head.rstrip("*") for head in heads] == [each.localized(language) for each in COLUMNS.values()]
    assert [str(flaw.where).partition("!")[0].rpartition(":")[2] for flaw in read(made).flaws] == [sheet]
    row = {
        "A3": "26-1", "B3": "联合执法", "C3": "建外街道", "D3": "扬尘", "F3": "裸土", "G3": "建国路",
        "H3": date(2026, 3, 5), "I3": date(2026, 4, 2), "J3": "张三", "K3": "条例", "L3": 116.4432, "M3": 39.9218,
    }  # fmt: skip

    found = read(filled(made, sheet, row))

    assert (found.flaws, found.warnings, found.is_template) == ([], [], True)
    assert [
        (each.row, each.external, each.read.source, each.read.point, each.read.deadline) for each in found.rows
    ] == [(3, "26-1", "joint", (39_921_800, 116_443_200), date(2026, 4, 2))]
    with pytest.raises(ValidationError, match=r"This is the template of 2026. Download the template of 2027"):
        read(made, year=2027)


def test_workbooks_and_text_in_both_encodings_say_the_same(tmp_path: Path):
    text = "\n".join(",".join(row) for row in (HEAD, GOOD))
    (tmp_path / "utf.csv").write_bytes(text.encode("utf-8-sig"))
    (tmp_path / "gb.csv").write_bytes(text.encode("gb18030"))
    dated = (*GOOD[:4], datetime(2026, 3, 5, 14, 22, 10), GOOD[5], date(2026, 3, 12))
    files = [
        saved(a_book(HEAD, GOOD), tmp_path / "text.xlsx"), saved(a_book(HEAD, dated), tmp_path / "dates.xlsx"),
        tmp_path / "utf.csv", tmp_path / "gb.csv",
    ]  # fmt: skip

    found = [read(each) for each in files]

    assert [each.flaws for each in found] == [[]] * 4
    assert len({(each.rows[0].row, each.rows[0].external, each.rows[0].read) for each in found}) == 1


def test_titles_above_two_lines_of_headings_formulas_and_other_sheets_are_coped_with(tmp_path: Path):
    book = a_book(
        ["12345 工单"],
        ["序号", "工单编号", "工单信息", None, None, "整改", None],
        [None, None, "诉求内容", "地址", "受理时间", "承办单位", "问题类型"],
        [1, "26-1", "裸土", "建国路", "=DATE(2026,3,5)", "建外", "扬尘"],
    )
    for area in ("A1:G1", "A2:A3", "B2:B3", "C2:E2", "F2:G2"):
        book.active.merge_cells(area)
    book.create_sheet("说明").append(["统计口径"])

    found = read(saved(book, tmp_path / "titled.xlsx"))

    assert [flaw.localized("en").partition("titled.xlsx:")[2] for flaw in (*found.flaws, *found.warnings)] == [
        "Sheet!E4: found on: The formula has no stored result. Open and save the file in Excel, or enter the value.",
        "说明: This sheet has no headings of findings and was left out.",
    ]


def test_a_marked_workbook_is_mended_and_read_again(tmp_path: Path):
    wrong = ("26-2", "建外", "", "建国路", "2026-03-05", "怪味", "")
    path = saved(a_book(HEAD, GOOD, wrong), tmp_path / "wrong.xlsx")

    marked = mark_evidence(path, read(path).flaws, "en", heads_units=heads_units)

    assert marked.in_place
    book = load_workbook(BytesIO(marked.data))
    assert book.sheetnames[:2] == ["Errors", "Sheet"]
    assert [book["Sheet"].cell(row, 8).value for row in (1, 2)] == ["Errors", None]
    assert book["Sheet"].cell(3, 8).value.startswith("C3 what was found: Enter what was found.\nF3 kind: ")
    book["Sheet"]["C3"], book["Sheet"]["F3"] = "异味", "油烟"
    mended = read(saved(book, tmp_path / "mended.xlsx"))
    assert (mended.flaws, mended.warnings, len(mended.rows)) == ([], [], 2)
