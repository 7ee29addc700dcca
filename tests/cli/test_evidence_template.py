"""`assess evidence template`: the workbook of a department, written from files alone."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.cli.running import Ended, changed, run


def template(*more: str, department: str = "bureau", out: str = "t.xlsx") -> Ended:
    """The command for the files of the working directory, in English."""
    files = ["--rules", "rule-sheet.yaml", "--units", "units.csv"]
    return run("evidence", "template", *files, "--department", department, "--out", out, "--lang", "en", *more)


def test_a_department_gets_its_figures_with_what_is_known(year: Path) -> None:
    ended = template("--figures", "figures.csv", "--due", "2026-12-20", "--contact", "the office, 65090000")
    book = openpyxl.load_workbook("t.xlsx")
    quarters = [row[:4] for row in book["Data (quarters)"].iter_rows(3, values_only=True) if row[3] is not None]

    assert ended == Ended(0, "Created t.xlsx: Ecology bureau. Figures: 4. Units: 7.\n", [
        "PM2.5 is supplied by period, so yearly values were left out of the template. Units affected: 1.",
    ])  # fmt: skip
    assert book.sheetnames == ["Instructions", "Data", "Data (quarters)", "Details", "stamp"]
    assert [cell.value for cell in book["Data"][1]] == [
        "unit code", "unit", "Open burning (cases)*", "Remark: Open burning", "Praise (times)*", "Remark: Praise",
        "Accident*", "Remark: Accident",
    ]  # fmt: skip
    assert [cell.value for cell in book["Instructions"]["A"]][2:5] == [
        "1. To be filled in by: Ecology bureau", "2. Due: 2026-12-20", "3. Contact: the office, 65090000",
    ]  # fmt: skip
    assert [(row[0], *row[2::2]) for row in book["Data"].iter_rows(3, values_only=True)] == [
        ("s1", 1, 3, "no"), ("s2", 0, 0, "no"), ("s3", 10, None, "yes"), ("s4", 2, 1, "no"), ("t1", 2, 9, "no"),
        ("t2", None, None, "no"), ("p1", 3, 1, "no"),
    ]  # fmt: skip
    assert quarters == [
        ("s1", "Jia Street", "2026-Q1", 31.5), ("s2", "Yi Street", "2026-Q1", 28), ("s3", "Bing Street", "2026-Q1", 40),
        ("s1", "Jia Street", "2026-Q2", 30.5), ("t1", "Wu Township", "2026-Q3", 33.3),
        ("s4", "Ding Street", "2026-Q4", 30),
    ]  # fmt: skip


def test_a_department_is_told_when_there_is_nothing_for_it_to_fill_in(year: Path) -> None:
    changed("rule-sheet.yaml", ("departments: {", "departments: {press: {title: {zh: 宣传部, en: Press office}}, "))

    assert template(department="press") == Ended(1, "", [
        ("--department: The rule sheet asks Press office for no figures. There is nothing to "
         "fill in. Departments that supply figures: bureau (Ecology bureau)."),
    ])  # fmt: skip
    assert template(department="buro") == Ended(1, "", [
        ("--department: The rule sheet has no department “buro”. Did you mean “bureau”? All "
         "departments: press (Press office), bureau (Ecology bureau)."),
    ])  # fmt: skip
    assert not Path("t.xlsx").exists()


def test_flaws_of_every_file_are_told_at_once_and_nothing_is_written(year: Path) -> None:
    changed("rule-sheet.yaml", ("kind: yes-no, from: bureau", "kind: yes-no, from: burau"))
    Path("units.csv").write_text("name\n", encoding="utf-8")

    ended = template()

    assert (ended.code, ended.out) == (1, "")
    assert [line.partition(":")[0] for line in ended.err] == ["rule-sheet.yaml", "units.csv"]
    assert not Path("t.xlsx").exists()


def test_the_workbook_is_never_written_over_what_is_read_nor_under_another_ending(year: Path) -> None:
    before = Path("units.csv").read_bytes()

    assert template(out="t.xls") == Ended(1, "", ["t.xls: The file name must end in .xlsx."])
    assert template(out="units.csv") == Ended(1, "", ["units.csv: This is an input file. Enter another name."])
    assert template(out="nowhere/t.xlsx") == Ended(
        1, "", ["nowhere/t.xlsx: The folder does not exist. Create it first."]
    )  # fmt: skip
    assert Path("units.csv").read_bytes() == before
