"""`assess rules`: check, convert and compare rule sheets."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.core.rules.sheet import digest_of
from assess.files.rule_sheets import load_sheet
from tests.cli.running import Ended, changed, run, written

EXAMPLES = """\
- name: {zh: 满分, en: Full}
  units: {a: {kind: street, has_river: no, figures: {pm25: 30, burns: 0, accident: no}}}
  expect: {a: {total: 100, grade: good}}
"""


def digest(file: str) -> str:
    """The digest of a sheet."""
    return digest_of(load_sheet(Path(file)).sheet)


def test_a_sheet_that_passes_is_told_with_its_digest(year: Path):
    told = "The rule sheet small-2026 (2026) is valid: 3 items, full mark 100; no worked examples; "

    ended = run("rules", "check", "rule-sheet.yaml", "--lang", "en")
    assert (ended.code, ended.out) == (
        0,
        told + digest("rule-sheet.yaml") + "\nFiles: rule-sheet.yaml, units.csv, figures.csv\n",
    )


def test_the_worked_examples_beside_a_sheet_are_run(year: Path):
    written("examples.yaml", EXAMPLES)
    ended = run("rules", "check", "rule-sheet.yaml")

    assert ended.code == 0
    assert "1个算例全部相符" in ended.out


def test_a_worked_example_that_does_not_come_out_is_a_flaw(year: Path):
    written("examples.yaml", EXAMPLES.replace("total: 100", "total: 99"))

    assert run("rules", "check", "rule-sheet.yaml", "--lang", "en") == Ended(
        1,
        "Files: rule-sheet.yaml, units.csv, figures.csv, examples.yaml\n",
        ["examples.yaml:3:23: Example “Full”, unit a: the total should be 99, but the rule sheet gives 100.00."],
    )


def test_everything_wrong_in_a_sheet_and_beside_it_is_told_at_once(year: Path):
    changed("rule-sheet.yaml", ("standing: draft", "standng: draft"), ("clause: 一}", "clause: 一, tasks: [9]}"))
    written("units.csv", "code,kind", "s1,street")
    written("tasks.yaml", "tasks:", "  - {no: 1, titel: Cleaner air}")
    written("examples.yaml", "- {names: x}")

    files = "Files: rule-sheet.yaml, units.csv, tasks.yaml, figures.csv, examples.yaml\n"
    assert run("rules", "check", "rule-sheet.yaml", "--lang", "en") == Ended(1, files, [
        "rule-sheet.yaml:4:1: There is no key “standng”. Did you mean “standing”?",
        "rule-sheet.yaml:22:111: The task list has no task 9. Correct the number or add the task.",
        "tasks.yaml:2:5: The key “title” is missing. Add it.",
        "tasks.yaml:2:13: There is no key “titel”. Did you mean “title”?",
        "units.csv: There is no column `unit` with the codes. Add this heading.",
        "examples.yaml:1:4: There is no key “names”. Did you mean “name”?",
    ])  # fmt: skip


def test_a_file_that_cannot_be_read_hides_nothing_wrong_in_the_others(year: Path):
    changed("rule-sheet.yaml", ("standing: draft", "standng: draft"))

    ended = run("rules", "check", "rule-sheet.yaml", "--units", "gone.csv", "--examples", "gone.yaml", "--lang", "en")
    assert ended == Ended(1, "Files: rule-sheet.yaml, gone.csv, figures.csv, gone.yaml\n", [
        "rule-sheet.yaml:4:1: There is no key “standng”. Did you mean “standing”?",
        "gone.csv: The file does not exist. Check the path and the file name.",
        "gone.yaml: The file does not exist. Check the path and the file name.",
    ])  # fmt: skip


def test_a_sheet_is_converted_to_a_workbook_and_back_without_loss(year: Path):
    before = digest("rule-sheet.yaml")

    assert run("rules", "convert", "rule-sheet.yaml", "s.xlsx", "--lang", "en") == Ended(
        0, f"Created s.xlsx, {before}\n", []
    )
    assert run("rules", "convert", "s.xlsx", "t.yaml") == Ended(0, f"已写出 t.yaml，摘要 {before}\n", [])
    assert digest("t.yaml") == before


def test_a_sheet_is_converted_to_yaml_or_a_workbook_and_nothing_else(year: Path):
    assert run("rules", "convert", "rule-sheet.yaml", "s.docx", "--lang", "en") == Ended(
        1, "", ["s.docx: The file name must end in .yaml, .yml or .xlsx."]
    )


def test_a_sheet_with_unreadable_keys_is_not_converted(year: Path):
    changed("rule-sheet.yaml", ("points: 60", "points: sixty"), ("target: 30", "tarket: 30"))

    assert run("rules", "convert", "rule-sheet.yaml", "s.xlsx", "--lang", "en") == Ended(1, "", [
        "rule-sheet.yaml:20:13: “sixty” is not a number. Enter it as in 7.5, 30% or 2/3.",
        "rule-sheet.yaml:22:9: The key “target” is missing. Add it.",
        "rule-sheet.yaml:22:65: There is no key “tarket”. Did you mean “target”?",
    ])  # fmt: skip
    assert not Path("s.xlsx").exists()


def test_two_sheets_are_compared_in_words(year: Path):
    written("new.yaml", Path("rule-sheet.yaml").read_text("utf-8"))
    assert run("rules", "diff", "rule-sheet.yaml", "new.yaml", "--lang", "en") == Ended(0, "No differences.\n", [])

    changed("new.yaml", ("target: 30", "target: 28"))
    ended = run("rules", "diff", "rule-sheet.yaml", "new.yaml", "--lang", "en")
    assert (ended.code, ended.err) == (0, [])
    assert len(ended.out.splitlines()) == 1
    assert "30" in ended.out
    assert "28" in ended.out


@pytest.mark.parametrize(
    ("name", "begins"), [("book.pdf", b"%PDF-1.5"), ("book.html", b"<!DOCTYPE html>"), ("book.docx", b"PK")]
)
def test_a_sheet_is_written_as_a_book_to_read(year: Path, name: str, begins: bytes):
    told = f"Created {name}, rule sheet {digest('rule-sheet.yaml')}\n"

    assert run("rules", "book", "rule-sheet.yaml", "--out", name, "--lang", "en") == Ended(0, told, [])
    assert (year / name).read_bytes().startswith(begins)


def test_a_book_is_of_a_sheet_without_flaws_and_of_a_known_ending(year: Path):
    assert run("rules", "book", "rule-sheet.yaml", "--out", "book.txt") == Ended(
        1, "", ["book.txt: 文件名应以 .pdf、.docx 或 .html 结尾。"]
    )
    changed("rule-sheet.yaml", ("target: 30", "tarket: 30"))
    assert run("rules", "book", "rule-sheet.yaml", "--out", "book.html").code == 1
    assert not (year / "book.html").exists()
