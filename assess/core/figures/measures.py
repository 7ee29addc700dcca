"""Units of measure as people spell them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from assess.core.naming import folded

SYNONYMS: Final[Sequence[tuple[str, ...]]] = (
    ("μg", "ug", "mcg", "微克"),
    ("mg", "毫克"),
    ("kg", "公斤", "千克"),
    ("g", "克"),
    ("t", "吨", "公吨"),
    ("m3", "m^3", "立方米", "立米", "cubicmetre", "cubicmeter"),
    ("m2", "m^2", "平方米", "平米", "squaremetre", "squaremeter"),
    ("km2", "km^2", "平方公里", "平方千米"),
    ("km", "公里", "千米"),
    ("m", "米"),
    ("l", "升"),
    ("ml", "毫升"),
    ("db", "分贝"),
    ("kw·h", "kwh", "千瓦时", "千瓦·时"),
    ("mwh", "兆瓦时", "兆瓦·时"),
    ("tce", "吨标准煤", "吨标煤"),
    ("hm2", "hm^2", "ha", "公顷"),
    ("yuan", "元", "rmb"),
    ("d", "天", "日", "day", "days"),
    ("h", "小时", "hour", "hours"),
    ("%", "百分比", "percent"),
)
"""Spellings of one unit of measure, the one they are compared by first. A number means the same in all of a line."""
KEYS: Final[Mapping[str, str]] = {folded(way): ways[0] for ways in SYNONYMS for way in ways}
THOUSANDS: Final = re.compile(r"(?:万|10,?000)(.+)")
PER: Final = re.compile(r"(.+?)[·.*⋅∙](.+?)[-−]([123])")
"""A measure by another with a negative exponent: μg·m-3."""
STATED: Final = re.compile(r"(?:计量)?单位:?|unit:")


def measure_key(text: str) -> str:
    """A unit of measure without what does not tell measures apart: µg/m³, ug/m3 and 微克/立方米 are one."""
    key = STATED.sub("", folded(text), count=1).replace("每", "/")
    if found := PER.fullmatch(key):
        key = f"{found[1]}/{found[2]}{found[3].replace('1', '')}"
    return "/".join(map(part_key, key.split("/")))


def part_key(part: str) -> str:
    """One part of a unit of measure; 万m³ and 万立方米 are one, as are the spellings of m³."""
    found = None if part in KEYS else THOUSANDS.fullmatch(part)
    return f"万{KEYS.get(found[1], found[1])}" if found else KEYS.get(part, part)


def is_measure(text: str) -> bool:
    """Whether a text is a unit of measure of the table, so that it can be told from a place or a period."""
    key = measure_key(text)
    return any(part.removeprefix("万") in KEYS for part in key.split("/"))
