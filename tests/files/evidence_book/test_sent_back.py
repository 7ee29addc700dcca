"""A department's template sent back: untouched it is always accepted, and a changed count needs its rows.

Figures are those of the demonstration; none of its counts has a row of details.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from assess.core.evidence.asked import asked_of
from assess.core.evidence.found import CountedCase, FoundEvidence
from assess.core.evidence.known import known_of
from assess.core.evidence.left_out import left_out
from assess.core.rules.sheet import digest_of
from assess.core.sources import StatedFigure
from assess.core.text import Language
from assess.core.units.unit_list import UnitNames
from assess.files.evidence_book.layout import EvidenceStamp
from assess.files.evidence_book.reading import read_evidence
from assess.files.evidence_book.writing import EarlierValue, Filled, write_evidence_book
from tests.demonstration import year_2026

YEAR = year_2026()
SHEET, UNITS = YEAR.inputs.sheet, YEAR.inputs.units
NAMES, LEFT_OUT, DIGEST = UnitNames(UNITS), left_out(SHEET, UNITS), digest_of(SHEET)
DEPARTMENTS = [name for name in SHEET.departments or {} if asked_of(SHEET, name).figures]
URBAN, BURNS = "urban-management", "burns"
JIANWAI, CHAOWAI = UNITS.codes[:2]


def sent_out(path: Path, department: str, language: Language = "zh", **filled: Any) -> Path:
    """The template of a department."""
    stamp = EvidenceStamp(sheet=SHEET.id, year="2026", rules=DIGEST, department=department, language=language)
    content = Filled(left_out=LEFT_OUT, **filled)
    write_evidence_book(path, asked_of(SHEET, department), UNITS, content, stamp, title=SHEET.title)
    return path


def read(path: Path, department: str = URBAN) -> FoundEvidence:
    """What the department's file says."""
    return read_evidence(path, SHEET, UNITS, NAMES, department)


def flaws_of(evidence: FoundEvidence) -> list[str]:
    """Its flaws in Chinese."""
    return [flaw.what.localized("zh", **flaw.facts) for flaw in evidence.flaws]


def shipped(department: str) -> dict[tuple[str, str, str], EarlierValue]:
    """The figures of a department as a file without any details brought them in."""
    return {key: EarlierValue(text) for key, text in known_of(asked_of(SHEET, department), YEAR.inputs.figures).items()}


@pytest.mark.parametrize("department", DEPARTMENTS)
def test_a_template_that_nobody_touched_is_accepted_whatever_stands_in_it(tmp_path: Path, department: str) -> None:
    known = shipped(department)
    for language, filled in (("zh", known), ("en", known), ("zh", {})):
        path = sent_out(tmp_path / "t.xlsx", department, language, known=filled)  # type: ignore[arg-type]

        found = read(path, department)

        assert flaws_of(found) == []
        assert {(each.unit, each.figure, each.period) for each in found.values} == set(filled)


CASES = [
    CountedCase(JIANWAI, BURNS, "2026-Q2", date(2026, 4, day), "建国路", "焚烧枯叶", "", StatedFigure("a file"))
    for day in (1, 2)
]  # fmt: skip
KNOWN: Mapping[tuple[str, str, str], EarlierValue] = {
    (JIANWAI, BURNS, "2026-Q2"): EarlierValue("2"),
    (JIANWAI, BURNS, "2026-Q3"): EarlierValue("5"),
    (CHAOWAI, BURNS, "2026-Q3"): EarlierValue("5"),
}


def changed(path: Path, cells: Mapping[tuple[str, str], Any], *rows: list[Any], without_row: int = 0) -> Path:
    """The template with other counts of fires by unit and period, further rows of details, and one less."""
    book = openpyxl.load_workbook(path)
    data = book["数据（按季度）"]
    column = next(cell.column for cell in data[1] if str(cell.value).startswith("露天焚烧"))
    for row in data.iter_rows(min_row=3):
        if (row[0].value, row[2].value) in cells:
            data.cell(row[0].row, column).value = cells[row[0].value, row[2].value]
    for each in rows:
        book["明细"].append(each)
    if without_row:
        book["明细"].delete_rows(without_row)
    book.save(path)
    return path


def test_only_a_count_that_was_changed_needs_a_row_for_each_case(tmp_path: Path) -> None:
    path = sent_out(tmp_path / "t.xlsx", URBAN, known=KNOWN, occurrences=CASES)
    changed(path, {(JIANWAI, "2026-Q3"): 2, (CHAOWAI, "2026-Q3"): 0})

    assert flaws_of(read(path)) == [
        ("建外街道的“露天焚烧”（2026-Q3）填报2起，但明细表没有逐条填写；请补充明细，或把数量改为0。")
    ]


def test_a_count_whose_rows_were_changed_must_agree_with_them(tmp_path: Path) -> None:
    path = sent_out(tmp_path / "t.xlsx", URBAN, known=KNOWN, occurrences=CASES)
    changed(path, {}, ["朝外街道", "露天焚烧", "2026-Q3", "2026-07-03", "朝外大街", "焚烧枯叶"], without_row=3)

    assert flaws_of(read(path)) == [
        ("建外街道的“露天焚烧”（2026-Q2）填报2起，但明细表有1行；请补充或删去明细，或把数量改为1。"),
        ("朝外街道的“露天焚烧”（2026-Q3）填报5起，但明细表有1行；请补充或删去明细，或把数量改为1。"),
    ]


def test_a_count_that_no_deduction_or_award_names_needs_no_rows(tmp_path: Path) -> None:
    path = sent_out(tmp_path / "t.xlsx", "citizen-hotline")
    book = openpyxl.load_workbook(path)
    sheet = book["数据（按月）"]
    heads = {str(cell.value).partition("（")[0].rstrip("*"): cell.column for cell in sheet[1]}
    sheet.cell(3, heads["生态环境类诉求量"]).value = 240
    book.save(path)
    found = read(path, "citizen-hotline")

    assert (flaws_of(found), found.counted) == ([], 1)


def test_a_template_of_before_it_said_what_it_held_is_accepted_with_its_counts(tmp_path: Path) -> None:
    path = sent_out(tmp_path / "t.xlsx", URBAN, known=KNOWN)
    book = openpyxl.load_workbook(path)
    stamp = book["stamp"]
    for row in reversed(range(1, stamp.max_row + 1)):
        if str(stamp.cell(row, 1).value).startswith("counts:"):
            stamp.delete_rows(row)
    stamp["B2"] = "1"
    book.save(path)

    assert flaws_of(read(path)) == []
