"""The key `pick`: some of several values count, the worst, the best, or all but both ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from assess.core.flaws import Flaw, Path
from assess.core.kinds import WholeNumberType
from assess.core.schema import BROKEN, key, path_field
from assess.core.text import Text

WAYS: Final = ("worst", "best", "trim")
ONE_WAY = Text("worst、best、trim应写且只写一个，请修改。", "Write exactly one of worst, best, trim.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """So many of the lowest or of the highest, or all without so many at both ends; missing where too few are there."""

    worst: int | None = key(WholeNumberType(least=1), None)
    best: int | None = key(WholeNumberType(least=1), None)
    trim: int | None = key(WholeNumberType(least=1), None)
    at_least: int | None = key(WholeNumberType(least=1), None)
    path: Path = path_field()

    @property
    def fewest(self) -> int:
        """So many values must be there."""
        return max(self.at_least or 1, 1 if self.trim is None else 2 * self.trim + 1)


def check_pick(pick: Pick) -> Iterator[Flaw]:
    """Exactly one way to pick."""
    if pick is not BROKEN and sum(getattr(pick, way) is not None for way in WAYS) != 1:
        yield Flaw(pick.path, ONE_WAY)
