"""Tables with periods across whose title names the figure."""

from __future__ import annotations

from assess.core.evidence.pages import EvidencePage
from assess.core.evidence.reading import read_pages
from assess.core.units.unit_list import UnitNames, given_units
from tests.builders import a_sheet, an_item

TITLE = "细颗粒物（PM2.5）浓度"
FIGURES = {
    "pm": {"title": TITLE, "kind": "number", "unit": "µg/m³", "period": "month", "roll_up": "mean", "from": "air"}
}
SHEET = a_sheet(an_item(id="pm", figure="pm"), figures=FIGURES, departments={"air": {"title": "生态环境局"}})
UNITS, _ = given_units({"u1": {"name_zh": "三里屯街道", "kind": "street"}}, "a test")


def test_a_title_with_brackets_names_its_figure_wherever_it_stands() -> None:
    rows = [
        (1, {1: f"2026年各街道（乡镇）{TITLE}（单位：微克/立方米）"}),
        (3, {1: "序号", 2: "考核对象", 3: "1月", 4: "二月", 5: "一季度平均"}),
        (4, {1: "1", 2: "三里屯街道办事处", 3: "31", 4: "28", 5: "30"}),
    ]
    found = read_pages([EvidencePage("t.xlsx", "监测", rows)], SHEET, UnitNames(UNITS), "air", None)

    assert found.flaws == []
    values = [(each.unit, each.figure, each.period, each.millionths, str(each.place)) for each in found.values]
    assert values == [
        ("u1", "pm", "2026-01", 31_000_000, "t.xlsx:监测!C4"),
        ("u1", "pm", "2026-02", 28_000_000, "t.xlsx:监测!D4"),
    ]
    read = [(each.column, each.meaning.zh) for each in found.summary]
    assert read == [("A", ""), ("B", "单位"), ("C", f"{TITLE}（1月）"), ("D", f"{TITLE}（2月）"), ("E", "")]
