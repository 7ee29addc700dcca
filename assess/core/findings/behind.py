"""The findings behind a figure of the ledger, by their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from assess.core.findings.counting import PART, LedgerFigure, ledger_figures
from assess.core.findings.measures import Tally
from assess.core.rules.sheet import RuleSheet
from assess.core.sources import Entries
from assess.core.text import Text

MOST_NAMED: Final = 10
"""So many findings of a figure are named; of the others the number is told."""
OF_LEDGER: Final = Text("问题台账：{told}", "ledger of findings: {told}")
NONE: Final = Text("没有此类问题", "none")
NAMED: Final = Text("第{numbers}号", "{numbers}")
OF_MORE: Final = Text("第{numbers}号等 {n} 件", "{numbers} and {more} more")
OF_ALL: Final = Text("共 {n} 件，全部计入", "all {n} of them")
ALL_BUT: Final = Text("共 {n} 件，计入 {part} 件，不含{others}", "{part} of {n}, not {others}")


class Numbered(NamedTuple):
    """A finding by its number, counted alone."""

    number: int
    tally: Tally


class Behind(NamedTuple):
    """The findings behind one figure of a unit.

    Attributes:
        counted: the numbers of those that it counts; of a share, those that it is a share of.
        against: of a share, those among them that do not count for it.
    """

    figure: LedgerFigure
    counted: tuple[int, ...]
    against: tuple[int, ...]

    @property
    def told(self) -> Text:
        """The same in a few words."""
        counted, against = self.counted, self.against
        if not counted:
            return NONE
        if self.figure.measure not in PART:
            return numbered(counted)
        if not against:
            return OF_ALL.filled(n=len(counted))
        others = numbered(against)
        return ALL_BUT.filled(n=len(counted), part=len(counted) - len(against), others=others)

    @property
    def source(self) -> Entries:
        """The same as the source of a figure's value."""
        return Entries(*OF_LEDGER.filled(told=self.told))


def behind(sheet: RuleSheet, of_unit: Iterable[Numbered]) -> dict[str, Behind]:
    """The findings behind each figure of the ledger, of one unit."""
    findings = sorted(of_unit)
    return {figure.id: of_figure(figure, findings) for figure in ledger_figures(sheet)}


def of_figure(figure: LedgerFigure, findings: Sequence[Numbered]) -> Behind:
    """The findings behind one figure."""
    counted = [each for each in findings if figure.counts(each.tally)]
    part = PART.get(figure.measure)
    against = () if part is None else tuple(numbers(each for each in counted if not getattr(each.tally, part)))
    return Behind(figure, tuple(numbers(counted)), against)


def numbers(findings: Iterable[Numbered]) -> Iterator[int]:
    """Their numbers."""
    return (each.number for each in findings)


def numbered(found: Sequence[int]) -> Text:
    """Numbers in words, so many as are named."""
    named = found[:MOST_NAMED]
    words = Text("、".join(map(str, named)), listed_in_english(named))
    if len(named) == len(found):
        return NAMED.filled(numbers=words)
    return OF_MORE.filled(numbers=words, n=len(found), more=len(found) - len(named))


def listed_in_english(found: Sequence[int]) -> str:
    """Numbers as English lists them."""
    return ("no. " if len(found) == 1 else "nos. ") + ", ".join(map(str, found))
