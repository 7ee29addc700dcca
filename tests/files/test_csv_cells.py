"""What a person typed is no formula in a CSV file of ours, and comes back letter by letter where it is read again."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

from hypothesis import given
from hypothesis import strategies as st

from assess.core.runs.frozen import Frozen, FrozenValue
from assess.core.runs.kinds import Origin
from assess.files.csv_cells import as_written_by_hand, inert
from assess.files.frozen_inputs import frozen_values, frozen_zip, read_frozen, sources_in
from tests.builders import a_sheet, an_item

SHEET = a_sheet(
    an_item("award", id="money", lines=[{"figure": "money", "points": 1, "partial": "up"}]),
    figures={"money": {"kind": "number", "from": "unit"}},
)
LIVE = ("=", "+", "-", "@", "\t", "\r")


@given(st.text(alphabet="'=+-@\t\r1.a", max_size=6))
def test_a_cell_comes_back_as_it_was_and_only_numbers_begin_as_formulas_do(text: str) -> None:
    cell = inert(text)

    assert isinstance(cell, str)
    assert as_written_by_hand([cell]) == [text]
    assert not cell.startswith(LIVE) or float(cell) is not None


def test_numbers_below_zero_stay_numbers() -> None:
    assert list(map(inert, ["-2.5", "+3", -1, None, "=1+1", "-", "'=x"])) == [
        "-2.5", "+3", -1, None, "'=1+1", "'-", "''=x",
    ]  # fmt: skip


def test_frozen_inputs_hold_no_formula_and_are_read_as_they_were() -> None:
    name, reason = '=HYPERLINK("http://x")', "@SUM(1+1)*cmd|' /C calc'!A0"
    value = FrozenValue("u1", "money", "", "-2.5", Origin.VALUE, 7, "+cmd.xlsx", "a" * 64, "=1+1!B2", "-张三", "2026")
    data = frozen_zip(
        Frozen(
            sheet=SHEET, units=[("unit", "name_zh", "kind"), ("u1", name, "street"), ("u2", "'=b", "street")],
            values=[value], before=None, results_before=None, exemptions=[("u1", "money", "", reason, "-李四")],
        )
    )  # fmt: skip

    with ZipFile(BytesIO(data)) as archive:
        texts = {each: archive.read(each).decode() for each in archive.namelist() if each.endswith(".csv")}
    cells = [cell for text in texts.values() for row in csv.reader(StringIO(text)) for cell in row]
    assert [cell for cell in cells if cell.startswith(LIVE)] == ["-2.5"]
    inputs = read_frozen(data)
    assert [each.zh for each in inputs.units.names] == [name, "'=b"]
    assert [(each.reason, each.approver) for each in inputs.exemptions.entries["money"].values()] == [(reason, "-李四")]
    assert frozen_values(data).now == [value]
    assert sources_in(data) == {"a" * 64: "+cmd.xlsx"}


def test_frozen_inputs_of_before_are_read_as_they_were_too(tmp_path: Path) -> None:
    value = FrozenValue("u1", "money", "", "-2.5", Origin.VALUE, 7, "a.xlsx", "a" * 64, "数据!B2", "张三", "2026")
    units = [("unit", "name_zh", "kind"), ("u1", "=三里屯", "street")]
    made = frozen_zip(
        Frozen(sheet=SHEET, units=units, values=[value], before=None, results_before=None, exemptions=[])
    )  # fmt: skip
    old = BytesIO()
    with ZipFile(BytesIO(made)) as now, ZipFile(old, "w") as before:
        for each in now.namelist():
            before.writestr(each, now.read(each).replace(b"'=", b"="))

    assert [each.zh for each in read_frozen(old.getvalue()).units.names] == ["=三里屯"]
