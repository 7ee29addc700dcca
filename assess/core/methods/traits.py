"""What the engine asks of a scoring method: its traits, and what every one of them answers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction
from typing import Any, ClassVar, Final, NamedTuple, Protocol

from assess.core.expressions import Expression
from assess.core.flaws import Flaw, Path
from assess.core.kinds import ListOf, PlainText
from assess.core.methods.scored import Amount, MethodInputs, MethodResult
from assess.core.numbers import reduced
from assess.core.schema import complete, key, path_field
from assess.core.text import Text

TARGET_ALONE: Final[Mapping[str, Text]] = {"target": Text("{value}", "{value}")}
"""Of a method whose key `target` is shown as it is."""
NO_TARGETS: Final[Mapping[str, Text]] = {}
"""Of a method that has no key for a target."""
COUNTED_BITS: Final = 24
"""Bits of a divisor that counts units, obligations or steps."""

ONE_OF = Text("{keys}应写且只写一个，请修改。", "Write exactly one of {keys}.")
ABOVE_MARK = Text(
    "{points}分超过分值{full}，请改低，或提高分值。",
    "{points} points is above the full mark of {full}. Lower the points, or raise the full mark.",
)


class FiguresTaken(Enum):
    """Which figures a method can score; a yes or no is no amount."""

    AMOUNTS = auto()
    NUMBERS = auto()
    YES_NO = auto()
    CHOICES = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationSelection:
    """Which obligations an item counts: by number, by domain, or all."""

    domain: str | None = key(PlainText(), None)
    tasks: tuple[str, ...] | None = key(ListOf(PlainText()), None, words=Text("任务序号", "numbers of tasks"))
    path: Path = path_field()


class CheckedFigure(Protocol):
    """What the check of a method may know of a figure; a bound or choices that could not be read are BROKEN."""

    @property
    def is_count(self) -> bool: ...

    @property
    def min(self) -> Fraction | None: ...

    @property
    def max(self) -> Fraction | None: ...

    @property
    def choices(self) -> tuple[str, ...] | None: ...


class CheckedItem(NamedTuple):
    """The item whose method is checked: its path, the full mark in each group, the most points, the sheet's figures."""

    path: Path
    marks: Sequence[Fraction]
    most: Fraction | None
    figures: Mapping[str, CheckedFigure]

    def is_count(self, figure: str) -> bool:
        """Whether a figure is known and counts something."""
        return figure in self.figures and self.figures[figure].is_count

    def choices(self, figure: str) -> tuple[str, ...]:
        """The choices of a figure; none of one that is not known, or whose choices could not be read."""
        return complete(self.figures[figure].choices) if figure in self.figures else ()


class DivisorBits(Protocol):
    """Sizes in bits of what a method divides by, as far as units differ in it.

    `varied` is that of the figures themselves, `divided` that of points that are divided by one of them.
    """

    @property
    def varied(self) -> int: ...

    @property
    def divided(self) -> int: ...

    def expression(self, expression: Expression) -> int:
        """What the value of an expression brings."""

    def value(self, value: Any) -> int:
        """What dividing by a value position brings; nothing for a plain number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoringMethod(ABC):
    """A scoring method: a record of its keys that says what it is, scores whole columns and tells how.

    What has no value here a method declares itself; `tests/core/methods/test_completeness.py` says what is missing.

    Attributes:
        name, chinese_name, other_names: what `method` says in a sheet, in English and in Chinese.
        figures_taken: which figures it can score.
        targets: the keys that set a target for their figure, and the words that a form shows it in.
        amounts: the keys that hold an amount of the figure; those of a percent figure are written in percent.
        compares_units: whether the points of a unit depend on other units.
        may_exceed_mark: whether points have no bounds but those that the item states, else 0 and the full mark.
        counts_up: whether points grow from 0, so that they can be taken off a total.
    """

    name: ClassVar[str]
    chinese_name: ClassVar[str]
    other_names: ClassVar[tuple[str, ...]] = ()
    figures_taken: ClassVar[FiguresTaken]
    targets: ClassVar[Mapping[str, Text]]
    amounts: ClassVar[frozenset[str]]
    compares_units: ClassVar[bool] = False
    may_exceed_mark: ClassVar[bool] = False
    counts_up: ClassVar[bool] = False

    path: Path = path_field()

    @abstractmethod
    def score(self, inputs: MethodInputs) -> MethodResult:
        """Exact points of every unit, and their explanation."""

    @abstractmethod
    def divisor_bits(self, bits: DivisorBits) -> int:
        """Bits below the line that differ from unit to unit in the points, at most."""

    def check(self, of: CheckedItem) -> Iterator[Flaw]:
        """What is wrong with keys that were read one by one."""
        yield from ()

    def own_targets(self, figure: str, inputs: MethodInputs) -> Iterator[Text]:
        """The targets for a figure that no single key sets."""
        yield from ()

    def is_target(self, value: Any) -> bool:
        """Whether the value of a key that sets a target is one."""
        return True

    def is_percentage(self, record: object, key: str) -> bool:
        """Whether the key of a line is in percent, whatever its figure."""
        return False

    @property
    def needs_mark(self) -> bool:
        """Whether its points are reckoned from the full mark, so that an item without one cannot use it."""
        return True

    @property
    def judged_figure(self) -> str | None:
        """The figure whose value is the points, as somebody judged them."""
        return None

    @property
    def figures_with_headroom(self) -> tuple[str, ...]:
        """The figures of which it is told how little would gain points; each once, in the order of the sheet."""
        return ()

    def turning_points(self, figure: str, inputs: MethodInputs) -> Iterable[Amount] | None:
        """Where the points turn or jump as one of these figures grows: between these they only rise or only fall.

        None where that cannot be told.
        """
        return None

    @property
    def figures_in_lines(self) -> frozenset[str]:
        """The figures of which every step costs or earns points."""
        return frozenset()

    @property
    def obligations_counted(self) -> ObligationSelection | None:
        """The obligations that the points rest on; None where they rest on figures alone."""
        return None


class SpokenRecord(ABC):
    """An entry of a list that says itself in a few words, and not key by key."""

    __slots__ = ()

    @abstractmethod
    def in_words(self) -> Text | None:
        """The entry; None where it is incomplete, so that its keys have to be told."""


def exactly_one(method: object, keys: tuple[str, ...], of: CheckedItem) -> Iterator[Flaw]:
    """A flaw unless one and only one of the keys is there."""
    if sum(getattr(method, name) is not None for name in keys) != 1:
        yield Flaw(of.path, ONE_OF, {"keys": Text.listed(keys)})


def above_mark(points: Fraction, path: Path, of: CheckedItem) -> Iterator[Flaw]:
    """A flaw where stated points are more than can be earned."""
    if of.most is not None and isinstance(points, Fraction) and points > of.most:
        yield Flaw(path, ABOVE_MARK, {"points": reduced(points), "full": reduced(of.most)})
