"""Numbers with their units of measure, in Chinese and in English."""

from __future__ import annotations

import re
from typing import Final

from assess.core.text import Text

STANDS_CLOSE: Final = re.compile(r"[%％‰°℃\u4e00-\u9fff]")
"""How a unit of measure begins that follows its number without a blank."""
ONE: Final = frozenset({"1", "-1"})
HEAD_ENDS: Final = re.compile(r"(?<=[a-z])(?= (?:of|per|in|for|a) |$)")
NO_PLURALS: Final = frozenset({"series", "species", "means", "gas", "bus"})


def in_english(number: str, unit: str) -> str:
    """A number with its unit of measure in English; of one it is singular."""
    return with_unit(number, singular(unit) if number in ONE else unit)


def singular(unit: str) -> str:
    """One of a unit of measure that is written in the plural: case, percentage point, tonne of coal."""
    head, rest = HEAD_ENDS.split(unit, maxsplit=1) if HEAD_ENDS.search(unit) else (unit, "")
    word = head.rpartition(" ")[2]
    if not word.isalpha() or len(word) < 4 or not word.endswith("s") or word.endswith("ss") or word in NO_PLURALS:
        return unit
    if word.endswith("ies"):
        return head.removesuffix("ies") + "y" + rest
    return head.removesuffix("es" if word.endswith(SIBILANTS) else "s") + rest


SIBILANTS: Final = ("sses", "ches", "shes", "xes")


def in_unit(number: Text, unit: Text | None) -> Text:
    """A number with its unit of measure in both languages."""
    return number if unit is None else Text(with_unit(number.zh, unit.zh), in_english(number.en, unit.en))


def with_unit(number: str, unit: str) -> str:
    """A number with its unit of measure; percent and Chinese stand close, others after a space."""
    if not unit:
        return number
    return number + unit if STANDS_CLOSE.match(unit) else f"{number} {unit}"
