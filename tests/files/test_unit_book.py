"""The list of units as a workbook: downloaded, edited, uploaded."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assess.core.text import Language, Text
from assess.core.units.renames import Rename
from assess.core.units.unit_list import no_units
from assess.files.unit_book import load_units, write_unit_book
from tests.demonstration import FOLDER, year_2026
from tests.files.filling import conventions_broken, filled
from tests.tables import a_workbook, some_units, told

UNITS = year_2026().inputs.units
RENAMED = Rename("110105033", Text("常营街道", "Changying Subdistrict"), date(2026, 7, 1))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_units_of_the_district_come_back_with_aliases_attributes_and_renames(
    tmp_path: Path, language: Language
) -> None:
    path = tmp_path / "units.xlsx"
    write_unit_book(path, language, UNITS, [RENAMED])
    loaded = load_units(path)

    assert loaded.units.canonical() == UNITS.canonical()
    assert (loaded.units.names, dict(loaded.units.kinds)) == (UNITS.names, dict(UNITS.kinds))
    assert (loaded.renames, loaded.flaws) == ((RENAMED,), ())
    assert conventions_broken(path) == []


def test_a_unit_added_and_one_renamed_offline_are_read(tmp_path: Path) -> None:
    path = tmp_path / "units.xlsx"
    write_unit_book(path, "zh", some_units(u1="建外街道"))
    filled(path, "单位", {"A3": "u2", "B3": "朝外街道", "D3": "street", "E3": "朝外大街；朝阳门外"})
    filled(path, "更名", {"A2": "建外", "B2": "建国门外街道", "D2": "2026年7月1日", "A3": "u9", "B3": "x"})

    loaded = load_units(path)

    assert (loaded.units.codes, loaded.units.aliases) == (("u1", "u2"), ((), ("朝外大街", "朝阳门外")))
    assert loaded.renames == (Rename("u1", Text.same("建国门外街道"), date(2026, 7, 1)),)
    assert [line.removeprefix(f"{path}:") for line in told(loaded.flaws)] == [
        "更名!D3: “renamed_on” is missing. Enter it.",
        "更名!A3: No unit is called “u9”. Check the list of units.",
    ]


def test_a_csv_file_and_a_workbook_of_their_own_need_no_renames(tmp_path: Path) -> None:
    own = a_workbook(tmp_path / "own.xlsx", ["单位代码", "名称"], ["u1", "建外街道"])

    assert load_units(FOLDER / "units.csv").units.canonical() == UNITS.canonical()
    assert (load_units(own).units.names, load_units(own).renames) == ((Text.same("建外街道"),), ())


def test_an_empty_list_is_a_template_to_fill_in(tmp_path: Path) -> None:
    path = tmp_path / "units.xlsx"
    write_unit_book(path, "en", no_units())
    filled(path, "Units", {"A2": "u1", "B2": "建外街道", "D2": "street"})

    loaded = load_units(path)

    assert (loaded.units.codes, loaded.units.names, loaded.flaws) == (("u1",), (Text.same("建外街道"),), ())
