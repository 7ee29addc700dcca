"""What a value is of within its unit: a period of the year, of the unit itself or of an object of it.

Written as a column `part` of exemptions writes it: `2026-01`, `W1 2026`, `W1 2026-01`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from assess.core.figures.period_words import read_label
from assess.core.figures.periods import PeriodLabel
from assess.core.parsing import ParseError
from assess.core.text import Text
from assess.core.units.objects import UnitObjects

OF_OBJECT = Text("{object}{period}", "{object}, {period}")


class PartLabel(NamedTuple):
    """A period, and the code of the object; empty where the value is of the unit."""

    object: str
    period: PeriodLabel

    def __str__(self) -> str:
        return f"{self.object} {self.period}".lstrip()

    def called(self, objects: UnitObjects) -> Text | None:
        """What it is called; None for the whole year of the unit."""
        return self.named({self.object: objects.name_of(self.object)})

    def named(self, names: Mapping[str, Text]) -> Text | None:
        """The same, by the names of objects by their codes; one that has none is called by its code."""
        period = None if self.period.is_year else self.period.label
        if not self.object:
            return period
        name = names.get(self.object, Text.same(self.object))
        return name if period is None else OF_OBJECT.format(object=name, period=period)


def split_part(text: str) -> tuple[str, str]:
    """The code of the object and the label of the period that a part is written as; either may be empty."""
    code, _, period = text.rpartition(" ")
    return code, period


def part_called(text: str, year: int, objects: UnitObjects) -> Text:
    """What a part is called that names a period, an object alone, or both."""
    part = read_part(text, year)
    if isinstance(part, ParseError):
        return objects.name_of(text)
    return part.called(objects) or part.period.label


def is_of_object(text: str) -> bool:
    """Whether a part that `PartLabel` wrote is of an object, which no other unit has under the same code."""
    return bool(split_part(text)[0])


def year_of_part(text: str) -> int:
    """The year of a part that `PartLabel` wrote."""
    return int(split_part(text)[1][:4])


def read_part(text: str, year: int) -> PartLabel | ParseError:
    """The part that a text names, as `PartLabel` writes it; an empty period is the year."""
    code, period = split_part(text)
    label = read_label(period or str(year), year)
    return label if isinstance(label, ParseError) else PartLabel(code, label)
