"""One way to read tables: a workbook says the same as a CSV file, and its flaws stand at cells."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from assess.core.figures import Use, read_figures
from assess.core.sources import WorkbookCell
from assess.core.text import Text
from assess.core.units.unit_list import UNIT, UnitNames
from assess.files.tables import read_table
from tests.tables import a_sheet, a_workbook, shown, some_units, told

SHEET = a_sheet(
    {
        "pm25": {
            "title": "PM2.5",
            "kind": "number",
            "unit": "µg/m³",
            "from": "unit",
            "period": "month",
            "roll_up": "mean",
        },
        "rate": {"title": "处置率", "kind": "percent", "from": "unit"},
        "plan": {"kind": "yes-no", "from": "unit"},
    }
)
UNITS = some_units(u1="建外街道", u2="三里屯街道")


def test_a_workbook_of_an_office_says_the_same_as_a_plain_csv_file(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(
        "unit,period,pm25,rate,plan\nu1,2026-01,31.5,,\nu1,2026-02,30,,\nu1,,,98.765,yes\nu2,2026-01,28,,\n"
    )
    path = tmp_path / "t.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("数据")
    percent, month = (book.add_format({"num_format": each}) for each in ("0.0%", "yyyy年m月"))
    sheet.write_row(0, 0, ["朝阳区监测数据"])
    sheet.write_row(1, 0, ["序号", "街道*", "期间", "PM2.5（μg/m³）", "处置率", "plan", "备注"])
    sheet.write_row(2, 0, [1, "三里屯", "", 28, "", "", "停电三日"])
    sheet.write_number(2, 2, 46023, month)
    sheet.write_row(3, 0, [2, "建外街道", "2026年2月", "30 µg/m³"])
    sheet.write_row(4, 0, [3, "建外街道", "2026-1", "３１．５０"])
    sheet.write_row(5, 0, [4, "建外", "", "", "", True])
    sheet.write_number(5, 4, 0.98765, percent)
    sheet.write_row(6, 0, ["", "合计"])
    book.close()

    tables = [
        read_figures(SHEET, UNITS, UnitNames(UNITS), read_table(tmp_path / f, UNIT), 2026) for f in ("t.csv", "t.xlsx")
    ]

    assert [told(flaws) for _, flaws in tables] == [[], []]
    assert tables[0][0].canonical() == tables[1][0].canonical()
    assert tables[1][0].uses("pm25", 0) == (
        Use("2026-01", Text.same("31.5"), WorkbookCell(str(path), "数据", "D5")),
        Use("2026-02", Text.same("30"), WorkbookCell(str(path), "数据", "D4")),
    )


def test_every_wrong_cell_of_a_workbook_is_named_with_what_to_do(tmp_path: Path) -> None:
    rows = [["单位", "PM2.5", "处置率"], ["三里屯街道", "many", 105], ["三里屯", "12", ""], ["不存在街道", 1, "约90"]]
    path = a_workbook(tmp_path / "t.xlsx", *rows)

    _, flaws = read_figures(SHEET, UNITS, UnitNames(UNITS), read_table(path, UNIT), 2026)

    assert [line.removeprefix(f"{path}:") for line in told(flaws)] == [
        "数据!B2: PM2.5: “many” is not a number. Enter one such as 31.5.",
        f"数据!B3: PM2.5 of 三里屯街道 for 2026 appears twice, first at {path}:数据!B2. Keep one.",
        "数据!A4: No unit is called “不存在街道”. Check the list of units.",
        "数据!C4: 处置率: “约90” is not a number. Enter one such as 93.5.",
    ]


def test_an_example_row_of_a_template_is_never_read_in_whatever_file(tmp_path: Path) -> None:
    rows = [["单位*", "PM2.5"], ["例：三里屯街道", ""], ["e.g. Jianwai", "e.g. 31.5"], ["三里屯", "例：31.5"]]
    path = a_workbook(tmp_path / "t.xlsx", *rows)
    (tmp_path / "t.csv").write_text("\n".join(map(",".join, rows)), encoding="utf-8")

    tables = [read_table(tmp_path / name, UNIT) for name in ("t.csv", "t.xlsx")]

    assert [shown(table) for table in tables] == [[["单位*", "PM2.5"], ["三里屯", "例：31.5"]]] * 2
    assert tables[1].places(0, 0) == WorkbookCell(str(path), "数据", "A4")
