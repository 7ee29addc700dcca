"""What scores are counted in: points unless the rule sheet says otherwise, as money does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assess.core.text import Language, Text
from assess.core.units_of_measure import ONE, in_english, with_unit

POINTS: Final = re.compile(r"(?<=[}\d])分")
IN_ENGLISH: Final = re.compile(r"(?<=[}\d])( more)? points?\b")
HEADED: Final = Text("{heading}（{unit}）", "{heading} ({unit})")
OF_MARK: Final = Text("{points}分（满分{full}分）", "{points} of {full} points")
ALONE: Final = Text("{points}分", "{points} points")
OF_FULL: Final = Text("{points} / {full}", "{points} of {full}")


def counted_in(sentence: Text, unit: Text | None) -> Text:
    """A sentence whose blanks and numbers are points, with what scores are counted in."""
    if unit is None:
        return sentence
    zh, en = unit.literal()
    chinese = with_unit("", zh)
    return Text(
        POINTS.sub(lambda _: chinese, sentence.zh), IN_ENGLISH.sub(lambda more: f"{more[1] or ''} {en}", sentence.en)
    )


def in_points(numbers: Sequence[str], language: Language, unit: Text | None = None) -> list[str]:
    """Printed numbers as points, or in what scores are counted in; one of them is a point in English."""
    if unit is not None:
        told = with_unit if language == "zh" else in_english
        return [told(number, unit.localized(language)) for number in numbers]
    if language == "zh":
        return [f"{number}分" for number in numbers]
    return [f"{number} point" if number in ONE else f"{number} points" for number in numbers]


def headed(heading: Text, unit: Text | None) -> Text:
    """The heading of a column or figure of scores, with what they are counted in where that is not points."""
    return heading if unit is None else HEADED.format(heading=heading, unit=unit)


def of_full(points: str, full: str) -> Text:
    """A score of its full mark; the score alone where it has none."""
    return OF_FULL.format(points=points, full=full) if full else Text.same(points)


def of_mark(points: str, full: str, unit: Text | None) -> Text:
    """A score of its full mark in a sentence; the score alone where it has none."""
    return counted_in(OF_MARK if full else ALONE, unit).format(points=points, full=full)
