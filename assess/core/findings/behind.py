"""The findings behind a figure of the ledger, by their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from assess.core.findings.counting import PART, LedgerFigure, ledger_figures
from assess.core.findings.measures import Tally
from assess.core.rules.sheet import RuleSheet
from assess.core.sources import Entries
from assess.core.text import Text

MAX_NAMED: Final = 10
"""So many findings of a figure are named; of the others the number is told."""
OF_LEDGER: Final = Text("问题台账：{told}", "ledger of findings: {told}")
NONE: Final = Text("没有此类问题", "none")
NAMED: Final = Text("第{numbers}号", "{numbers}")
OF_MORE: Final = Text("第{numbers}号等{n}个", "{numbers} and {more} more")
OF_ALL: Final = Text("共{n}个，全部计入", "all {n} of them")
ALL_BUT: Final = Text("共{n}个，计入{part}个，不含{others}", "{part} of {n}, not {others}")


class NumberedTally(NamedTuple):
    """A finding by its number, counted alone; how many days it took, and how often it was returned, may be left out."""

    number: int
    tally: Tally


class FindingsBehindFigure(NamedTuple):
    """The findings behind one figure of a unit.

    Attributes:
        counted: the numbers of those that it counts; of a share, those that it is a share of.
        against: of a share, those among them that do not count for it.
    """

    figure: LedgerFigure
    counted: tuple[int, ...]
    against: tuple[int, ...]

    @property
    def message(self) -> Text:
        """The same in a few words."""
        counted, against = self.counted, self.against
        if not counted:
            return NONE
        if self.figure.measure not in PART:
            return numbered(counted)
        if not against:
            return OF_ALL.format(n=len(counted))
        others = numbered(against)
        return ALL_BUT.format(n=len(counted), part=len(counted) - len(against), others=others)

    @property
    def source(self) -> Entries:
        """The same as the source of a figure's value."""
        return Entries(*OF_LEDGER.format(told=self.message))


class Sorter:
    """Puts findings to the figures of a sheet that count them; what it found out of one kind of tally it remembers."""

    def __init__(self, sheet: RuleSheet) -> None:
        self.figures = tuple(ledger_figures(sheet))
        self.known: dict[Tally, tuple[tuple[int, bool], ...]] = {}

    def behind(self, of_unit: Iterable[NumberedTally]) -> dict[str, FindingsBehindFigure]:
        """The findings behind each figure of the ledger, of one unit."""
        counted: list[list[int]] = [[] for _ in self.figures]
        against: list[list[int]] = [[] for _ in self.figures]
        for number, tally in sorted(of_unit):
            for place, is_against in self.places(tally):
                counted[place].append(number)
                if is_against:
                    against[place].append(number)
        return {
            figure.id: FindingsBehindFigure(figure, tuple(counted[place]), tuple(against[place]))
            for place, figure in enumerate(self.figures)
        }

    def places(self, tally: Tally) -> tuple[tuple[int, bool], ...]:
        """The places of the figures that count a finding, and whether it counts against the share."""
        if tally not in self.known:
            self.known[tally] = tuple(
                (place, figure.measure in PART and not getattr(tally, PART[figure.measure]))
                for place, figure in enumerate(self.figures)
                if figure.counts(tally)
            )
        return self.known[tally]


def numbered(found: Sequence[int]) -> Text:
    """Numbers in words, so many as are named."""
    named = found[:MAX_NAMED]
    words = Text("、".join(map(str, named)), listed_in_english(named))
    if len(named) == len(found):
        return NAMED.format(numbers=words)
    return OF_MORE.format(numbers=words, n=len(found), more=len(found) - len(named))


def listed_in_english(found: Sequence[int]) -> str:
    """Numbers as English lists them."""
    return ("no. " if len(found) == 1 else "nos. ") + ", ".join(map(str, found))
