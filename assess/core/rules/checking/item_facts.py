"""What the checks of methods know of an item, and what they all ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from assess.core.flaws import Flaw, Path
from assess.core.numbers import reduced
from assess.core.rules.figure import Figure
from assess.core.text import Text

ONE_OF = Text("{keys}应写且只写一个，请更改。", "Write exactly one of {keys}.")
ABOVE_MARK = Text(
    "{points}分超过分值{full}，请改低，或提高分值。",
    "{points} points is above the full mark of {full}. Lower the points, or raise the full mark.",
)


class Of(NamedTuple):
    """What a check of a method knows: its path, the full mark in each group, the most points, the sheet's figures."""

    path: Path
    marks: Sequence[Fraction]
    most: Fraction | None
    figures: dict[str, Figure]


def exactly_one(method: object, keys: tuple[str, ...], of: Of) -> Iterator[Flaw]:
    """A flaw unless one and only one of the keys is there."""
    if sum(getattr(method, name) is not None for name in keys) != 1:
        yield Flaw(of.path, ONE_OF, {"keys": Text.listed(keys)})


def above_mark(points: Fraction, path: Path, of: Of) -> Iterator[Flaw]:
    """A flaw where stated points are more than can be earned."""
    if of.most is not None and isinstance(points, Fraction) and points > of.most:
        yield Flaw(path, ABOVE_MARK, {"points": reduced(points), "full": reduced(of.most)})
