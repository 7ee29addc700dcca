"""What `assess score` reads: units, figures wide and long, workbooks, exemptions, and the year before."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from assess.files.rule_sheets import load_sheet
from assess.files.rule_sheets.book_writer import write_book
from tests.cli.running import changed, of_unit, run, scored, scoring, written


def rows_of(file: str) -> list[list[str]]:
    """The cells of a CSV file without quotation marks."""
    return [line.split(",") for line in Path(file).read_text("utf-8").splitlines()]


def as_long(file: str) -> list[str]:
    """The lines of a wide table of figures as a long one."""
    headings, *rows = rows_of(file)
    found = ["unit,figure,period,value"]
    for unit, period, *values in rows:
        found += [f"{unit},{figure},{period},{value}" for figure, value in zip(headings[2:], values, strict=True)]
    return found


def as_book(file: str) -> str:
    """The same table as a workbook."""
    book = openpyxl.Workbook()
    for row in rows_of(file):
        book.active.append([cell or None for cell in row])
    target = Path(file).with_suffix(".xlsx")
    book.save(target)
    return target.name


def flaws(*more: str, **files: str) -> list[str]:
    """The flaws that stop a scoring."""
    ended = run(*scoring("--out", "r.json", "--lang", "en", *more, **files))
    assert (ended.code, ended.out, Path("r.json").exists()) == (1, "", False)
    return ended.err


def test_a_long_table_of_figures_says_the_same_as_a_wide_one(year: Path):
    wide = scored()

    assert scored(figures=written("long.csv", *as_long("figures.csv"))) == wide


def test_workbooks_say_the_same_as_csv_files(year: Path):
    csv = scored()
    books = {name: as_book(f"{file}.csv") for name, file in (
        ("units", "units"), ("figures", "figures"), ("previous", "figures-2025"), ("exemptions", "exemptions")
    )}  # fmt: skip

    assert scored(**books) == csv


def test_a_rule_sheet_says_the_same_as_yaml_and_as_a_workbook(year: Path):
    write_book(load_sheet(Path("rule-sheet.yaml")).sheet, Path("rule-sheet.xlsx"))

    assert scored(rules="rule-sheet.xlsx") == scored()


def test_the_order_of_rows_and_columns_says_nothing_but_that_of_units(year: Path):
    before = scored()
    chance = random.Random(2026)
    for file in ("figures.csv", "figures-2025.csv", "exemptions.csv"):
        headings, *rows = rows_of(file)
        chance.shuffle(rows)
        order = chance.sample(range(len(headings)), len(headings))
        written(file, *(",".join(row[place] for place in order) for row in (headings, *rows)))

    assert scored() == before


def test_a_unit_may_be_named_by_code_name_alias_and_name_without_its_ending(year: Path):
    before = scored()
    for name in ("甲街道", "Jia Street", "甲", "甲街", "s1"):
        rows = [line.replace("s1,", f"{name},") for line in Path("figures.csv").read_text("utf-8").splitlines()]
        assert scored(figures=written("f.csv", *rows)) == before


def test_a_name_that_fits_several_units_is_refused(year: Path):
    changed("units.csv", ("甲;甲街", "东街"), ("s2,乙街道,Yi Street,street,no,", "s2,乙街道,Yi Street,street,no,东街"))

    assert flaws(figures=written("f.csv", "unit,burns", "东街,1")) == [
        "f.csv:2:1: “东街” fits several units (Jia Street s1, Yi Street s2). Enter the unit code instead."
    ]


def test_an_empty_cell_is_missing_and_a_figure_nobody_gave_too(year: Path):
    found = scored(figures=written("f.csv", "unit,river,burns", "s1,90,"))

    assert [of_unit(found, "s1")["scores"][node]["state"] for node in ("air.pm25", "air.burns", "water")] == [
        "missing", "missing", "scored"
    ]  # fmt: skip


def test_unknown_units_figures_and_periods_are_told_at_their_cells(year: Path):
    told = flaws(
        figures=written(
            "f.csv", "unit,figure,period,value", "s9,burns,2026,1", "s1,burn,2026,1", "s1,pm25,2025-Q1,30",
            "s1,pm25,2026-H1,30", "s1,burns,2026-Q1,1", "s1,pm25,soon,30", ",burns,2026,1", "s2,,2026,1",
        )
    )  # fmt: skip

    assert told == [
        "f.csv:2:1: No unit is called “s9”. Check the list of units.",
        "f.csv:3:2: There is no figure “burn”. Did you mean “burns”?",
        "f.csv:4:3: “2025-Q1” is outside 2026. Check the period.",
        (
            "f.csv:5:3: PM2.5: The period “2026-H1” does not fit. This figure is quarterly. "
            "Enter a period such as 2026-Q1."
        ),
        "f.csv:6:3: Open burning: The period “2026-Q1” does not fit. This figure is yearly. Leave the period empty.",
        "f.csv:7:3: “soon” is not a period. Enter it as in 2026, 2026-H1, 2026-Q1 or 2026-01.",
        "f.csv:8:1: This row has values but no unit. Enter the unit.",
        "f.csv:9:2: This row has a value but no figure. Enter the figure.",
    ]


def test_values_are_judged_by_kind_range_and_decimals(year: Path):
    told = flaws(
        figures=written(
            "f.csv", "unit,pm25,burns,river,accident", "s1,30.55,1.5,105.02,maybe", "s2,-1,-2,90%,1", "s3,many,one,x,是"
        )
    )

    assert told == [
        "f.csv:2:2: PM2.5: “30.55” has 2 decimal places. At most 1 are allowed.",
        "f.csv:2:3: Open burning: “1.5” is not a whole number. Enter a count such as 3.",
        "f.csv:2:4: River sections met: “105.02” is above the maximum of 100. Check it.",
        "f.csv:2:5: Accident: “maybe” must be yes or no.",
        "f.csv:3:2: PM2.5: “-1” is below the minimum of 0. Check it.",
        "f.csv:3:3: Open burning: “-2” is below the minimum of 0. Check it.",
        "f.csv:4:2: PM2.5: “many” is not a number. Enter one such as 31.5.",
        "f.csv:4:3: Open burning: “one” is not a number. Enter one such as 3.",
        "f.csv:4:4: River sections met: “x” is not a number. Enter one such as 93.5.",
    ]


def test_a_value_stands_once(year: Path):
    assert flaws(figures=written("f.csv", "unit,burns", "s1,1", "甲街道,2")) == [
        "f.csv:3:2: Open burning of Jia Street for 2026 appears twice, first at f.csv:2:2. Keep one."
    ]
    assert flaws(figures=written("f.csv", "unit,period,pm25", "s1,2026,30", "s1,2026-Q1,31")) == [
        (
            "f.csv:3:3: PM2.5 of Jia Street already has a value for the year (f.csv:2:3). Keep "
            "either that or the values of its periods."
        )
    ]


def test_attributes_are_typed_by_column(year: Path):
    changed("rule-sheet.yaml", ("applies: has_river", 'applies: people > 1000 and zone == "north" and has_river'))
    written(
        "units.csv", "unit,kind,has_river,people,zone", "s1,street,是,2000,north", "s2,street,否,3000,north",
        "s3,street,yes,900,north", "s4,street,true,4000,7", "t1,township,no,5,north", "t2,township,0,5,north",
        "p1,park,1,,",
    )  # fmt: skip
    changed("figures.csv", ("s4,2026,,2,,1,no", "s4,2026,,2,90,1,no"))
    found = scored(exemptions="")

    assert [of_unit(found, code)["scores"]["water"]["state"] for code in ("s1", "s2", "s3", "s4", "t1")] == [
        "scored", "not-applicable", "not-applicable", "not-applicable", "not-applicable"
    ]  # fmt: skip


def test_an_exemption_takes_one_item_from_one_unit_with_reason_and_approver(year: Path):
    exempted = of_unit(scored(), "t1")
    not_exempted = of_unit(scored(exemptions=""), "t1")

    assert exempted["scores"]["water"] == {
        "score": None,
        "of": "40",
        "state": "not-applicable",
        "reason": {
            "zh": "经批准不涉及：河道断流（批准人：考核办），分值由同类其他项折算",
            "en": (
                "not applicable, as approved: 河道断流 (approved by 考核办): its full mark is "
                "redistributed to the other items of its section"
            ),
        },
    }
    assert (exempted["state"], not_exempted["state"]) == ("scored", "blocked")


def test_exemptions_are_of_items_and_all_their_columns_are_filled(year: Path):
    rows = ("unit,item,reason,approver", "t1,air,dry,office", "t1,water,,office", "t9,watr,dry,", "t2,water,dry,office")

    assert flaws(exemptions=written("e.csv", *rows)) == [
        "e.csv:2:2: “air” is a section. Enter its items one by one.",
        "e.csv:3:3: “reason” is missing. Fill in all four columns of an exemption.",
        "e.csv:4:4: “approver” is missing. Fill in all four columns of an exemption.",
        "e.csv:4:1: No unit is called “t9”. Check the list of units.",
        "e.csv:4:2: There is no item “watr”. Did you mean “water”?",
    ]


def test_figures_and_results_of_the_year_before_are_left_out_where_nobody_gives_them(year: Path):
    found = scored(previous="", previous_results="")

    assert of_unit(found, "s2")["adjustments"] == []
    assert [warned["unit"] for warned in found["warnings"] if warned["id"]] == ["s1", "s2", "s3", "s4", "t1", "t2"]


def test_last_years_results_are_what_score_wrote(year: Path):
    scored()
    Path("r.json").rename("last.json")
    found = scored(previous_results="last.json")

    assert of_unit(found, "s3")["adjustments"][-1]["effect"] == "grade at most: good"
    assert "s3" not in [warned["unit"] for warned in found["warnings"]]


def test_figures_of_the_year_before_are_of_that_year(year: Path):
    assert flaws(previous=written("p.csv", "unit,figure,period,value", "s1,burns,2026,3")) == [
        "p.csv:2:3: “2026” is outside 2025. Check the period."
    ]


OBLIGATIONS: dict[str, Any] = {
    "item.done": [3, None, 0], "item.trial": [1, None, 0], "item.days_late": [2, None, None], "progress": [80, 50, None]
}  # fmt: skip


def test_obligations_are_columns_of_the_figures_like_any_other(year: Path):
    written(
        "tasks.yaml", "id: tasks", "title: Tasks", "year: 2026", "missing: exclude",
        "figures: {progress: {kind: percent, from: task-list, tasks: {domain: air}, measure: progress}}", "items:",
        "  - {id: item, points: 10, method: tasks, obligations: {domain: air}, clause: '1', coefficients: {done: 1, "
        "trial: 0.75, started: 0.5, planned: 0.25, none: 0}, late: {per: day, points: 0.5}}",
        "  - {id: share, points: 10, method: ratio, figure: progress, target: 100, better: higher, clause: '2'}",
    )  # fmt: skip
    cells = [["" if cell is None else str(cell) for cell in row] for row in zip(*OBLIGATIONS.values(), strict=True)]
    rows = [",".join([unit, *row]) for unit, row in zip("abc", cells, strict=True)]
    figures = written("f.csv", ",".join(["unit", *OBLIGATIONS]), *rows)
    units = written("u.csv", "unit", "a", "b", "c")
    found = scored(rules="tasks.yaml", units=units, figures=figures, previous="", previous_results="", exemptions="")

    assert [{node: each["score"] for node, each in unit["scores"].items()} for unit in found["units"]] == [
        {"item": "8.375", "share": "8"}, {"item": None, "share": "5"}, {"item": None, "share": None}
    ]  # fmt: skip


@pytest.mark.parametrize("file", ["units.csv", "figures.csv"])
def test_a_file_may_be_in_gb18030_or_have_a_byte_order_mark(year: Path, file: str):
    before = scored()
    text = Path(file).read_text("utf-8")
    for encoding in ("gb18030", "utf-8-sig"):
        Path(file).write_text(text, encoding=encoding)
        assert scored() == before
