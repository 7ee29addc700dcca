"""What the one-page briefs of a unit and of a year say; every number is already printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from assess.core.runs.since_last_year import ChangeSinceLastYear
from assess.core.scorecard.content import CardRow, DocumentHead, RankingTable, Scorecard
from assess.core.text import Text


class BriefStanding(NamedTuple):
    """What a result is worth, and what every page of a document of it must be marked with beyond that."""

    label: Text
    mark: Text | None


class PastTotal(NamedTuple):
    """A total of an earlier moment: when, as a number, and as it is printed."""

    when: str
    value: Fraction
    printed: str


@dataclass(frozen=True, slots=True)
class UnitBrief:
    """A unit for a meeting.

    Attributes:
        sections: the rows beside the total.
        change: why the total is another one than last year's; None where that is not known.
        totals: those of the months, else of the years, oldest first.
    """

    head: DocumentHead
    standing: BriefStanding
    card: Scorecard
    sections: Sequence[CardRow]
    change: ChangeSinceLastYear | None
    totals: Sequence[PastTotal]


@dataclass(frozen=True, slots=True)
class YearBrief:
    """A year for a meeting: rankings of the groups, and what is still open, each with how many there are."""

    head: DocumentHead
    standing: BriefStanding
    title: Text
    stage: Text
    tables: Sequence[RankingTable]
    matters: Sequence[tuple[Text, int]]
