"""What columns of the lists of units are called: the lists have names alone, sheets have no titles of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from assess.core.text import Text

UNIT_COLUMN_TITLES: Final[Mapping[str, Text]] = {
    "kind": Text("类型", "kind"),
    "has_river": Text("有考核河道", "has an assessed river"),
    "water_sections": Text("水质考核断面数", "water sections"),
    "has_small_water": Text("有小微水体", "has small waters"),
    "has_farmland": Text("有农用地", "has farmland"),
    "has_villages": Text("有行政村", "has villages"),
    "has_plots": Text("有建设用地地块", "has building plots"),
    "has_construction": Text("有施工工地", "has building sites"),
    "airport": Text("机场地区", "airport"),
    "map_row": Text("地图行", "row of the map"),
    "map_column": Text("地图列", "column of the map"),
    "pm25_target": Text("细颗粒物（PM2.5）目标", "target of PM2.5"),
    "green_target": Text("绿化覆盖率目标", "target of green cover"),
    "new_green_target": Text("新增绿化面积目标", "target of new green space"),
    "charging_target": Text("公共充电桩目标", "target of charging points"),
}
"""A column of any other name is told by its name."""
