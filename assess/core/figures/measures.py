"""Units of measure as people spell them."""

from __future__ import annotations

from typing import Final

from assess.core.naming import folded

SPELLINGS: Final = (
    ("微克", "μg"),
    ("ug", "μg"),
    ("毫克", "mg"),
    ("立方米", "m3"),
    ("平方米", "m2"),
    ("m^", "m"),
)
"""Spellings of one measure, and the one that they are compared by; `folded` has made m³ into m3 before."""


def measure_key(text: str) -> str:
    """A unit of measure without what does not tell measures apart: µg/m³, ug/m3 and 微克/立方米 are one."""
    key = folded(text)
    for written, plain in SPELLINGS:
        key = key.replace(written, plain)
    return key
