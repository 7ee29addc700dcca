"""The small year that the odd workbooks are about: seven figures of a department, three of others, six units."""

from __future__ import annotations

from typing import Any, Final

from assess.core.units.unit_list import UnitNames, Units, given_units
from tests.builders import a_sheet, an_item

DEPARTMENT, OTHER_DEPARTMENT = "bureau", "fire"
FIGURES: Final[dict[str, dict[str, Any]]] = {
    "pm": {"title": {"zh": "PM2.5浓度", "en": "PM2.5"}, "kind": "number", "decimals": 1, "min": 0, "max": 500,
           "unit": "µg/m³", "from": "bureau"},
    "share": {"title": {"zh": "达标率", "en": "compliance"}, "kind": "percent", "decimals": 3, "min": 0, "max": 100,
              "from": "bureau"},
    "cases": {"title": {"zh": "案件数", "en": "cases"}, "kind": "count", "unit": {"zh": "起", "en": "cases"},
              "details": "always", "from": "bureau"},
    "level": {"title": {"zh": "评价等级", "en": "level"}, "kind": "choice", "choices": ["优", "良", "差"],
              "from": "bureau"},
    "online": {"title": {"zh": "是否联网", "en": "online"}, "kind": "yes-no", "from": "bureau"},
    "money": {"title": {"zh": "投入资金", "en": "spending"}, "kind": "number", "decimals": 2,
              "unit": {"zh": "万元", "en": "10,000 yuan"}, "from": "bureau"},
    "water": {"title": {"zh": "断面水质", "en": "water"}, "kind": "number", "decimals": 2, "period": "month",
              "roll_up": "mean", "from": "bureau"},
    "fires": {"title": {"zh": "火灾起数", "en": "fires"}, "kind": "count", "unit": {"zh": "起", "en": "fires"},
              "from": "fire"},
    "each": {"title": {"zh": "人均投入", "en": "spending a head"}, "kind": "number", "unit": {"zh": "元", "en": "yuan"},
             "from": "formula", "formula": "money * 100 / fires"},
    "own": {"title": {"zh": "自评次数", "en": "own reviews"}, "kind": "count", "from": "unit"},
}  # fmt: skip
ITEMS = (
    *(an_item(id=name, figure=name) for name in ("pm", "share", "cases", "money", "water", "fires", "each", "own")),
    an_item("lookup", id="level", figure="level", table={"优": 10, "良": 5, "差": 0}),
    an_item("done", id="online", figures=["online"]),
)
DEPARTMENTS: Final = {"bureau": {"title": "生态环境局"}, "fire": {"title": "消防救援支队"}}
SHEET = a_sheet(
    *ITEMS,
    figures=FIGURES,
    departments=DEPARTMENTS,
)


def units_of(*rows: tuple[str, str, str, str]) -> Units:
    """Units by code, names and alias."""
    given = {code: {"name_zh": zh, "name_en": en, "kind": "street", "alias": alias} for code, zh, en, alias in rows}
    units, flaws = given_units(given, "a test")
    assert flaws == []
    return units


UNITS = units_of(
    ("u1", "三里屯街道", "Sanlitun Subdistrict", ""),
    ("u2", "建国门外街道", "Jianguomenwai Subdistrict", "建外"),
    ("u3", "金盏地区", "Jinzhan Area", "金盏乡政府"),
    ("u4", "小红门乡", "Xiaohongmen Township", ""),
    ("u5", "太阳宫地区", "Taiyanggong Area", ""),
    ("u6", "太阳宫乡", "Taiyanggong Township", ""),
)
NAMES = UnitNames(UNITS)
