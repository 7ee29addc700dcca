"""What an expression comes to for every unit, and what it asks of the names it uses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column
from assess.core.exact.integers import Flags, no_gaps
from assess.core.text import Text


@dataclass(frozen=True, slots=True, eq=False)
class TextColumn:
    """A column of texts, one per unit; what `values` holds where a text is missing does not matter."""

    values: NDArray[np.object_]
    missing: Flags

    def __len__(self) -> int:
        return len(self.values)

    @classmethod
    def of(cls, texts: Iterable[str | None]) -> TextColumn:
        """These texts, None where one is missing."""
        given = list(texts)
        missing = np.array([text is None for text in given], dtype=np.bool_)
        return cls(np.array(["" if text is None else text for text in given], dtype=object), missing)

    @classmethod
    def constant(cls, text: str, size: int) -> TextColumn:
        """The same text for every unit."""
        return cls(np.full(size, text, dtype=object), no_gaps(size))

    @classmethod
    def absent(cls, size: int) -> TextColumn:
        """Nothing but missing texts."""
        return cls(np.full(size, "", dtype=object), np.ones(size, dtype=np.bool_))


Value: TypeAlias = Column | TextColumn
Reason: TypeAlias = tuple[Flags, Text]
"""For which units, and why their value is missing."""


class PartsOfPlace(Protocol):
    """The parts that a place falls into along an axis."""

    @property
    def names(self) -> NameValues:
        """What names stand for at the parts."""

    @property
    def exist(self) -> tuple[Flags, ...]:
        """For the first part of each unit, the second and so on: where there is one."""

    def apart(self, column: Column) -> list[Column]:
        """A column of the parts as one column a part; missing where a unit has no such part."""


class ComparedPlaces(NamedTuple):
    """Who is compared with whom: `groups` has a number for each entry, negative for none; `back` leads from there to
    the entries of the place that asked.

    `others` are the values of all others where `names` holds what each entry by itself might have had.
    """

    names: NameValues
    groups: NDArray[np.int64]
    back: NDArray[np.int64]
    others: NameValues | None = None


class NameValues(Protocol):
    """What the names of an expression stand for; every column has one entry per unit."""

    @property
    def size(self) -> int:
        """The number of units."""

    def value(self, name: str) -> Value:
        """The value of a figure, of a unit attribute, or of `total` and its like."""

    def previous(self, name: str, years: int = 1) -> Value:
        """The value so many years back."""

    def before(self, name: str) -> Value:
        """The value of the period before."""

    def at(self, period: str) -> NameValues:
        """The same names at a period of the year, written 01 to 12, Q1 to Q4, H1 or H2."""

    def along(self, axis: str) -> PartsOfPlace:
        """The same names at each part of an axis: month, quarter, half or a kind of object."""

    def among_units(self, is_all: bool) -> ComparedPlaces:
        """The same names without an object, and who is compared with whom there."""

    def score(self, node: str) -> Column:
        """The score of an item or section."""

    def rate(self, node: str) -> Column:
        """The score rate of an item or section, 1 for the full mark."""

    def reasons(self, name: str) -> tuple[Reason, ...]:
        """Why a plain name has no value, where more can be said than that."""

    def title(self, name: str) -> Text:
        """What a plain name is called on a page."""

    def node_title(self, node: str) -> Text:
        """What an item or section is called on a page."""


@dataclass(frozen=True, slots=True, eq=False)
class EvaluatedColumn:
    """A value per unit; where it is missing, the first reason that marks the unit says why."""

    value: Value
    reasons: tuple[Reason, ...] = ()


def first_reasons(several: Iterable[tuple[Reason, ...]]) -> tuple[Reason, ...]:
    """Reasons one after the other, each as far as none before it marks the unit: only the first is ever told.

    So there are never more than units, however often a formula names the same missing figure.
    """
    kept: list[Reason] = []
    told: Flags | None = None
    for units, why in (reason for reasons in several for reason in reasons):
        left = units if told is None else units & ~told
        if left.any():
            kept.append((left, why))
            told = left if told is None else told | left
    return tuple(kept)


def within(reasons: tuple[Reason, ...], units: Flags) -> tuple[Reason, ...]:
    """The reasons as far as they concern these units."""
    return sum((because(mask & units, why) for mask, why in reasons), ())


def because(units: Flags, why: Text) -> tuple[Reason, ...]:
    """A reason, unless it marks no unit."""
    return ((units, why),) if units.any() else ()
