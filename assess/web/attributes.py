"""What the columns of a list of units are called on pages, where the district's own headings are known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import Flask

from assess.core.text import Text
from assess.web.filters import told

TITLES: Final[Mapping[str, Text]] = {
    "has_river": Text("有考核河道", "River"),
    "water_sections": Text("水质考核断面数", "Water sections"),
    "has_small_water": Text("有小微水体", "Small waters"),
    "has_farmland": Text("有农用地", "Farmland"),
    "has_villages": Text("有行政村", "Villages"),
    "has_plots": Text("有建设用地地块", "Building plots"),
    "has_construction": Text("有施工工地", "Building sites"),
    "airport": Text("机场地区", "Airport"),
    "pm25_target": Text("细颗粒物（PM2.5）目标", "Target of PM2.5"),
    "green_target": Text("绿化覆盖率目标", "Target of green cover"),
    "new_green_target": Text("新增绿化面积目标", "Target of new green space"),
    "charging_target": Text("公共充电桩目标", "Target of charging points"),
}
"""Headings of lists of units; any other heading is shown as it stands."""
WORDS: Final[Mapping[str, Text]] = {
    "yes": Text("是", "yes"),
    "no": Text("否", "no"),
    "street": Text("街道", "street"),
    "township": Text("地区（乡）", "township"),
}
"""Words of such lists; any other is shown as it stands."""


def attach(app: Flask) -> None:
    """Teach the templates."""
    app.add_template_filter(heading)
    app.add_template_filter(word)


def heading(name: str) -> str:
    """The title of an attribute."""
    return told(TITLES.get(name, name))


def word(text: str) -> str:
    """A value of an attribute, or the kind of a unit."""
    return told(WORDS.get(text, text))
