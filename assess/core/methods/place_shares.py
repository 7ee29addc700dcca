"""Points by the share of those ranked that a place lies within: the first 20 % so much, to 50 % so much (M17)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column
from assess.core.flaws import Flaw, Path
from assess.core.kinds import ChoiceWords, NumberType
from assess.core.methods.scored import Fact, NumberFact, OutcomeSentence, PointsFact, RatioFact
from assess.core.methods.traits import CheckedItem, SpokenRecord, above_mark
from assess.core.numbers import as_written, reduced
from assess.core.schema import BROKEN, MISSING_KEY, key, path_field
from assess.core.text import Text


class PlaceRounding(ChoiceWords):
    """How a share of those ranked becomes a whole number of places."""

    DOWN = "down", "舍去", "不计"
    UP = "up", "进一", "进位"
    HALF_UP = "half-up", "四舍五入"

    def places(self, share: Column | Fraction, n: Column) -> Column:
        """So many of n places."""
        exact = n * share
        if self is PlaceRounding.HALF_UP:
            return exact.round(0)
        return exact.floor() if self is PlaceRounding.DOWN else exact.ceil()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceShare(SpokenRecord):
    """One entry: the share of those ranked up to which its points are given."""

    to: Fraction | None = key(NumberType(above=Fraction(0)), None, words=Text("名次在前", "the first"))
    points: Fraction = key(NumberType(), words=Text("分", "points"))
    path: Path = path_field()

    def in_words(self) -> Text:
        """The share and what it is worth."""
        points = as_written(self.points)
        return REST.format(points=points) if self.to is None else TO.format(to=as_written(self.to), points=points)


TO = Text("名次在前{to}得{points}分", "the first {to}: {points} points")
REST = Text("其余得{points}分", "the others: {points} points")
OVER_ALL = Text(
    "to应小于100%，其余的名次放在最后一档，只写points。",
    "`to` must be below 100%. The places beyond belong to a last entry with only `points`.",
)
NOT_RISING = Text("to应逐档增大，请按由小到大排列。", "`to` must rise from entry to entry. Put them in order.")
LAST_HAS_NO_TO = Text(
    "最后一档包括其余全部名次，不写to，请删去。", "The last entry takes all other places. Delete its `to`."
)
FIRST_IS_FULL = Text(
    "第一档的points须为分值{full}，请修改。",
    "The points of the first entry must be the full mark, {full}. Change them.",
)
WITHIN = Text(
    "{title} {value}，在{n}个单位中列第{rank}名，在前{share}（前{places}名）之内，对应{points}",
    "{title}: {value}, rank {rank} of {n}, within the first {share} (ranks up to {places}), which earns {points}",
)
BEYOND = Text(
    "{title} {value}，在{n}个单位中列第{rank}名，在前{share}（前{places}名）之外，对应{points}",
    "{title}: {value}, rank {rank} of {n}, beyond the first {share} (ranks up to {places}), which earns {points}",
)
ONLY_ENTRY = Text(
    "{title} {value}，在{n}个单位中列第{rank}名，对应{points}",
    "{title}: {value}, rank {rank} of {n}, which earns {points}",
)


def check_shares(shares: Sequence[PlaceShare], of: CheckedItem) -> Iterator[Flaw]:
    """Shares that rise, a last entry without one, the full mark first and nothing above it."""
    before = Fraction(0)
    for i, entry in enumerate(shares):
        if entry is BROKEN:
            continue
        path, is_last = (*of.path, "shares", i), i == len(shares) - 1
        yield from above_mark(entry.points, (*path, "points"), of)
        if is_last and entry.to is not None:
            yield Flaw((*path, "to"), LAST_HAS_NO_TO)
        elif not is_last and entry.to is None:
            yield Flaw(path, MISSING_KEY, {"key": "to"})
        elif isinstance(entry.to, Fraction):
            if entry.to >= 1:
                yield Flaw((*path, "to"), OVER_ALL)
            elif entry.to <= before:
                yield Flaw((*path, "to"), NOT_RISING)
            before = entry.to
    yield from check_first(shares, of)


def check_first(shares: Sequence[PlaceShare], of: CheckedItem) -> Iterator[Flaw]:
    """The first entry earns the full mark, in every group."""
    wrong = [mark for mark in of.marks if shares[0] is not BROKEN and shares[0].points not in (mark, BROKEN)]
    if wrong:
        yield Flaw((*of.path, "shares", 0, "points"), FIRST_IS_FULL, {"full": reduced(wrong[0])})


@dataclass(frozen=True, slots=True)
class SharedPlaces:
    """The places of units among n, and the entry that each falls into: the first with a place no better than its own.

    Who is compared with nobody has the first entry's points, and belongs to none.
    """

    shares: Sequence[PlaceShare]
    places: Column
    n: Column
    rounding: PlaceRounding

    @property
    def is_alone(self) -> NDArray[np.bool_]:
        """Where nobody else is ranked."""
        return self.n == 1

    def entries(self) -> NDArray[np.int64]:
        """The number of the entry of each unit."""
        shares = [entry.to for entry in self.shares if entry.to is not None]
        beyond = [self.places > self.rounding.places(share, self.n) for share in shares]
        entry = np.sum(beyond, axis=0, dtype=np.int64) if beyond else np.zeros(len(self.places), dtype=np.int64)
        return np.where(self.is_alone, 0, entry)

    def points(self) -> Column:
        """What the places earn."""
        return Column.of(entry.points for entry in self.shares).take(self.entries()).only(self.places.present)

    def told(self) -> tuple[tuple[OutcomeSentence, ...], dict[str, Fact]]:
        """The sentences, and what fills them: the share, how many places it is, the points."""
        facts: dict[str, Fact] = {"points": PointsFact(self.points())}
        last, entries = len(self.shares) - 1, self.entries()
        if not last:
            return (OutcomeSentence(None, ONLY_ENTRY),), facts
        share = Column.of(entry.to for entry in self.shares[:last]).take(np.minimum(entries, last - 1))
        facts |= {"share": RatioFact(share), "places": NumberFact(self.rounding.places(share, self.n))}
        return (OutcomeSentence(entries == last, BEYOND), OutcomeSentence(None, WITHIN)), facts
