"""How templates print texts, days, moments and numbers."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

from flask import Flask

from assess.core import result_units
from assess.core.calendar import BEIJING
from assess.core.numbers import printed
from assess.core.rules.titles import clause_words
from assess.core.runs.ranks import printed_rank
from assess.core.text import Text
from assess.core.units_of_measure import in_unit
from assess.web.request import language

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def attach(app: Flask) -> None:
    """Teach the templates."""
    for each in (localized, with_unit, of_mark, headed, clause, day, moment, number, rank):
        app.add_template_filter(each)


def localized(text: Text | str | None) -> str:
    """A text in the reader's language."""
    if text is None:
        return ""
    return text.localized(language()) if isinstance(text, Text) else text


def with_unit(value: Text, unit: Text | None) -> str:
    """A value with its unit of measure."""
    return localized(in_unit(value, unit))


def of_mark(points: str, full: str, unit: Text | None = None) -> str:
    """A score of its full mark, in what scores are counted in."""
    return localized(result_units.of_mark(points, full, unit))


def headed(heading: str, unit: Text | None) -> str:
    """The heading of a column of scores, with what they are counted in where that is not points."""
    return localized(result_units.headed(Text.same(heading), unit))


def clause(words: str | None) -> str:
    """The clause of a rule in the reader's language, where it is written in both."""
    return localized(clause_words(words or ""))


def day(value: date | None) -> str:
    """2026年3月5日, 5 March 2026."""
    if value is None:
        return ""
    if language() == "zh":
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def moment(value: datetime | None) -> str:
    """A moment by the district's clock."""
    if value is None:
        return ""
    local = value.astimezone(BEIJING)
    return f"{day(local.date())} {local:%H:%M}"


def number(value: Fraction | int | None) -> str:
    """A number as every page, workbook and PDF prints it."""
    return "" if value is None else printed(Fraction(value))


def rank(doubled: int | None) -> str:
    """A rank that is kept doubled, as ties may share a half; nothing for none."""
    return printed_rank(doubled) or ""
