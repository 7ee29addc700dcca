"""A unit's form filled in as a workbook: what is asked, what comes back, and whose file is refused."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from assess.core.figures import from_values
from assess.core.flaws import ValidationError
from assess.core.forms import UnitFormContent, form_of
from assess.core.text import Language
from assess.files.form_book import FilledForm, FormStamp, read_form_book, write_form_book
from tests.demonstration import year_2026
from tests.files.filling import conventions_broken, filled
from tests.tables import told

YEAR = year_2026()
SHEET, UNITS = YEAR.inputs.sheet, YEAR.inputs.units
RIVER, NO_RIVER = YEAR.place("Jianwai Subdistrict"), YEAR.place("Chaowai Subdistrict")
STAMP = FormStamp("7", "sha256:aa", UNITS.codes[RIVER])
LAST_YEAR, _ = from_values(SHEET, UNITS, {UNITS.codes[RIVER]: {"outfalls_done": {"2025-H1": "61.5"}}}, "a test", 2025)
FORM = form_of(SHEET, UNITS, RIVER, tasks=YEAR.tasks, previous=LAST_YEAR)
ANSWERS = {"outfalls_done@2026-H1": "87.5", "vocs_petrol": "yes", "vocs_repair": "no"}


def book(path: Path, language: Language = "zh", answers: dict[str, str] = ANSWERS) -> Path:
    """The form of the street with a river, with these answers and a remark."""
    write_form_book(
        path,
        language,
        FORM,
        STAMP,
        title=SHEET.title,
        unit=UNITS.names[RIVER],
        answers=answers,
        remarks={"vocs_petrol": "=两座加油站"} if answers else {},
        due="2026-12-10",
        contact="考核办 65090000",
    )
    return path


def row_of(key: str) -> int:
    """The row of a field in the workbook."""
    return list(FORM.fields).index(key) + 2


def read(path: Path, form: UnitFormContent = FORM, stamp: FormStamp = STAMP) -> FilledForm:
    return read_form_book(path, form, stamp)


def given(found: FilledForm) -> dict[str, object]:
    """The values that are not blank."""
    return {key: value for key, value in found.values.items() if value is not None}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_answers_and_remarks_come_back_as_they_were_and_blank_cells_as_blank(
    tmp_path: Path, language: Language
) -> None:
    path = book(tmp_path / "form.xlsx", language)
    found = read(path)

    assert given(found) == {"outfalls_done@2026-H1": Fraction("87.5"), "vocs_petrol": True, "vocs_repair": False}
    assert list(found.values) == list(FORM.fields)
    assert (found.remarks, found.flaws, found.warnings) == ({"vocs_petrol": "=两座加油站"}, [], [])
    assert conventions_broken(path) == []


def test_a_field_stands_with_its_period_unit_last_year_target_and_clause(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(book(tmp_path / "form.xlsx"))["填报表"]
    row = row_of("outfalls_done@2026-H1")

    assert [cell.value for cell in sheet[1]] == [
        "字段编号", "考核类别", "数据项", "填报期", "计量单位", "上年值", "目标", "依据", "佐证材料", "填报值*", "备注",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[row]][:8] == [
        "outfalls_done@2026-H1", "水污染防治", "入河排口溯源整治完成率", "上半年", "%", "61.5", "100%",
        "第七条第（五）项 入河排口溯源整治",
    ]  # fmt: skip
    assert [letter for letter in "ABCDEFGHIJK" if not sheet[f"{letter}{row}"].protection.locked] == ["J", "K"]


def test_the_instructions_say_that_remarks_are_filled_in_and_nothing_against_it(tmp_path: Path) -> None:
    guide = openpyxl.load_workbook(book(tmp_path / "form.xlsx"))["填写说明"]
    told = [str(row[0]) for row in guide.iter_rows(values_only=True) if row[0]]

    assert [line for line in told if "备注" in line and ("不读取" in line or "只填" in line)] == [
        "4. 只填“填报值”和“备注”两栏；上年值、目标和依据供参考，已锁定。没有数据的先留空，不要填“无”或“-”。"
    ]


def test_what_is_typed_offline_goes_through_the_same_checks_by_cell(tmp_path: Path) -> None:
    path = book(tmp_path / "form.xlsx")
    outfalls, petrol = row_of("outfalls_done@2026-H2"), row_of("vocs_petrol")
    filled(path, "填报表", {f"J{outfalls}": "１０１%", f"J{petrol}": "也许", f"K{petrol}": "长" * 501})

    found = read(path)

    assert [line.removeprefix(f"{path}:") for line in told(found.flaws)] == [
        f"填报表!J{petrol}: “也许” must be yes or no.",
        f"填报表!K{petrol}: The remark must be 500 characters or fewer.",
        f"填报表!J{outfalls}: “１０１%” is above the maximum of 100. Check it.",
    ]
    assert found.typed["vocs_petrol"] == "也许"
    assert "vocs_petrol" not in found.values


def test_rows_may_be_sorted_and_two_values_of_one_field_are_told(tmp_path: Path) -> None:
    path = book(tmp_path / "form.xlsx")
    last = len(FORM.fields) + 2
    filled(path, "填报表", {f"A{last}": "vocs_petrol", f"J{last}": "否"})

    assert [line.removeprefix(f"{path}:") for line in told(read(path).flaws)] == [
        f"填报表!J{last}: {FORM.fields['vocs_petrol'].question.title.en} has two different values. Keep one."
    ]


def refusal(path: Path, stamp: FormStamp) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        read(path, FORM, stamp)
    return [line.removeprefix(f"{path}: ") for line in told(caught.value.flaws)]


def test_the_form_of_another_unit_or_cycle_and_any_other_workbook_are_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "form.xlsx")
    other = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(other)

    assert refusal(path, FormStamp("7", "sha256:aa", "110105002")) == [
        "This is the form of another unit (110105001). Upload the form of your own unit."
    ]
    assert refusal(path, FormStamp("8", "sha256:aa", STAMP.unit)) == [
        "This is a form of another year (7). Download the form of this year and fill it in."
    ]
    assert refusal(other, STAMP) == [
        "This is not a form from this service. Download your unit's form, fill it in and upload that."
    ]


def test_a_form_from_before_a_correction_of_the_rules_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = book(tmp_path / "form.xlsx")
    now = form_of(SHEET, UNITS, NO_RIVER)

    found = read(path, now, FormStamp("7", "sha256:bb", STAMP.unit))

    assert (given(found), found.flaws) == ({"vocs_petrol": True, "vocs_repair": False}, [])
    assert [line.removeprefix(f"{path}:") for line in told(found.warnings)] == [
        "填报表: The rule sheet changed after the download. What still fits was read. Check the rest.",
        f"填报表!J{row_of('outfalls_done@2026-H1')}: outfalls_done@2026-H1 is no longer asked of this unit. "
        "This value was not read.",
    ]


def test_a_key_that_never_was_and_a_form_without_any_value_are_flaws(tmp_path: Path) -> None:
    path = book(tmp_path / "form.xlsx")
    filled(path, "填报表", {"A2": "nothing", "J2": 3})
    blank = book(tmp_path / "blank.xlsx", answers={})

    assert [line.removeprefix(f"{path}:") for line in told(read(path).flaws)] == [
        "填报表!J2: There is no field nothing. Download the form again."
    ]
    assert [line.removeprefix(f"{blank}:") for line in told(read(blank).flaws)] == [
        "填报表: No values are filled in. Fill in the form, then upload it."
    ]
