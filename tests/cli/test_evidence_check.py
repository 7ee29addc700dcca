"""`assess evidence check`: a department's file read on files alone, its flaws by cell, as lines and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.running import Ended, changed, run

FILES = ("--rules", "rule-sheet.yaml", "--units", "units.csv", "--department", "bureau")
HEADS = ["单位", "露天焚烧（起）", "表扬", "污染事故"]


def check(file: str, *more: str, files: tuple[str, ...] = FILES) -> Ended:
    """The command for a file of the working directory, in English."""
    return run("evidence", "check", file, *files, "--lang", "en", *more)


def a_book(*rows: list[Any], file: str = "t.xlsx") -> str:
    """A workbook of their own."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "数据"
    for row in rows:
        sheet.append(row)
    for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
        cell.data_type = "s"
    book.save(file)
    return file


def test_a_sound_file_tells_how_many_values_it_holds(year: Path) -> None:
    file = a_book(HEADS, ["甲街", "１起", 3, "否"], ["s2", 0, None, "是"], ["合计", 1, 3, None])
    left_out = "数据!A4: “合计” is a total of other rows and was left out."

    assert check(file) == Ended(0, "Values checked: 5. No errors found.\n", [left_out])
    assert check(file, "--json") == Ended(0, '{"values": 5, "flaws": []}\n', [left_out])


def test_every_flaw_is_told_with_its_cell_and_what_to_do(year: Path) -> None:
    file = a_book(
        [*HEADS, "河道达标率"], ["甲街", "many", 3, "=1+1 <b>"], ["戊乡", 0, 1.5, "否"], ["庚", 1, None, None]
    )
    flaws = {
        "数据!E1": "“河道达标率” is supplied by the units themselves, not by this department. Delete the column.",
        "数据!B2": "Open burning: “many” is not a number. Enter one such as 3.",
        "数据!D2": "Accident: “=1+1 <b>” must be yes or no.",
        "数据!C3": "Praise: “1.5” is not a whole number. Enter a count such as 3.",
        "数据!A4": "No unit is called “庚”. Check the list of units.",
    }

    assert check(file) == Ended(1, "".join(f"{where}: {what}\n" for where, what in flaws.items()), [])
    ended = check(file, "--json")
    assert (ended.code, ended.err) == (1, [])
    assert json.loads(ended.out) == {"flaws": [{"where": where, "what": what} for where, what in flaws.items()]}
    assert run("evidence", "check", file, *FILES).out.startswith("数据!E1: “河道达标率”由各街乡提供")


def test_a_file_that_is_refused_has_one_flaw(year: Path) -> None:
    Path("t.xlsx").write_bytes(b"\x89PNG" + bytes(99))
    told = "This is not an Excel or CSV file but a picture. Select a table, or save it as .xlsx in Excel or WPS."

    assert check("t.xlsx") == Ended(1, f"t.xlsx: {told}\n", [])
    assert check("t.xlsx", "--json").out == json.dumps({"flaws": [{"where": "t.xlsx", "what": told}]}) + "\n"
    assert check("none.xlsx", "--json").out.startswith(
        '{"flaws": [{"where": "none.xlsx", "what": "The file does not exist'
    )


def test_what_it_is_checked_against_may_be_wrong_too(year: Path) -> None:
    changed("rule-sheet.yaml", ("kind: yes-no, from: bureau", "kind: yes-no, from: burau"))
    Path("units.csv").write_text("name\n", encoding="utf-8")

    ended = check(a_book(HEADS, ["甲街", 1]), "--json", "--marked", "m.xlsx")
    found = json.loads(ended.out)

    assert (ended.code, ended.err, Path("m.xlsx").exists()) == (1, [], False)
    assert [flaw["where"].partition(":")[0] for flaw in found["flaws"]] == ["rule-sheet.yaml", "units.csv"]


def test_the_template_is_filled_in_checked_marked_mended_and_sound(year: Path) -> None:
    run("evidence", "template", *FILES, "--figures", "figures.csv", "--out", "t.xlsx")
    book = openpyxl.load_workbook("t.xlsx")
    for row in book["数据"].iter_rows(3):
        row[2].value = row[4].value = None
    book["数据"]["G4"] = "可能"
    book.save("t.xlsx")

    ended = check("t.xlsx", "--marked", "m.xlsx")
    marked = openpyxl.load_workbook("m.xlsx")
    sheet = marked["数据"]
    mark = "Accident: “可能” must be yes or no."

    assert ended == Ended(1, f"数据!G4: {mark}\n", ["Created the Excel file with errors marked: m.xlsx"])
    assert (sheet["G4"].comment.text.strip().endswith(mark), sheet["I1"].value) == (True, "Errors")
    assert marked.sheetnames == ["Errors", *book.sheetnames[:-1], "stamp", "marks"]
    sheet["G4"] = "否"
    marked.save("m.xlsx")
    assert check("m.xlsx", "--json", "--marked", "n.xlsx") == Ended(
        0, '{"values": 13, "flaws": []}\n', ["No errors found, so n.xlsx was not created."]
    )
    assert not Path("n.xlsx").exists()


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("t.xlsx", "This is the file to check. Enter another name."),
        ("m.csv", "The file name must end in .xlsx."),
        ("nowhere/m.xlsx", "The folder does not exist. Create it first."),
    ],
)
def test_the_marked_workbook_never_takes_the_place_of_another_file(year: Path, target: str, told: str) -> None:
    file = a_book(HEADS, ["甲街", "many"])
    before = Path(file).read_bytes()

    assert check(file, "--marked", target) == Ended(1, "", [f"{target}: {told}"])
    assert Path(file).read_bytes() == before


def test_a_file_that_cannot_be_marked_gets_its_errors_beside_it(year: Path) -> None:
    Path("t.csv").write_text("单位,表扬\n甲街,=1+1\n", encoding="gb18030")

    ended = check("t.csv", "--marked", "m.xlsx")
    rows = list(openpyxl.load_workbook("m.xlsx")["Errors"].iter_rows(values_only=True))

    assert (ended.code, ended.out) == (1, "B2: Praise: “=1+1” is not a number. Enter one such as 3.\n")
    assert ended.err[0].startswith(
        "The errors are listed in a separate Excel file, and the original is unchanged: A CSV file cannot be marked"
    )
    assert rows[-1] == ("", "B2", "Praise: “=1+1” is not a number. Enter one such as 3.")
