"""The content of scorecards and of the ranked book; every number is already printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from assess.core.rules.sheet import SheetStanding
from assess.core.scorecard.part_content import PartTable
from assess.core.text import EMPTY_TEXT, Text


@dataclass(frozen=True, slots=True)
class Sealing:
    """What a sealed document says of its seal: edition, when (printed), which run, and what it replaces and why.

    `log_head` is the digest of the last entry of the audit log before the seal: a log written anew would not have it.
    """

    edition: int
    at: str
    run: int
    log_head: str
    replaces: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """What a document of a result that is released but not final says: which run it is of, and when it was released.

    The time is printed.
    """

    run: int
    at: str


@dataclass(frozen=True, slots=True)
class DocumentHead:
    """What every page of a document states: which rule, which year, worth what, from which inputs.

    Digests are `sha256:…`; `engine` is the version of the program; `sealing` is None
    where the document is not sealed, `notice` where it is not of a provisional result.
    `unit_of_result` is what scores are counted in, None for points.
    """

    sheet: str
    title: Text
    year: int
    basis: Text | None
    standing: SheetStanding | None
    rule_digest: str
    input_digest: str
    engine: str
    sealing: Sealing | None = None
    notice: Notice | None = None
    unit_of_result: Text | None = None


@dataclass(frozen=True, slots=True)
class EvidencePart:
    """One value as it came in: its period, its text, the very cell or line it came from, and whether it is a number."""

    period: str
    value: Text
    source: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class CardEvidence:
    """One figure behind a card, numbered within it: the year's value, from which period on to which, and from where.

    `parts` are the values it was made of, one a period; `words` tell in both languages the sources that are no places:
    entries of the ledger, rulings.
    """

    number: int
    figure: Text
    period: str
    value: Text
    source: str
    parts: tuple[EvidencePart, ...] = ()
    words: tuple[Text, ...] = ()

    @property
    def short_source(self) -> str:
        """Where it came from, with the sheet of several cells in a row named once."""
        cells = [each.source.rpartition("!") for each in self.parts]
        if not cells or not all(sheet for sheet, _, _ in cells):
            return self.source
        by_sheet = groupby(dict.fromkeys(cells), key=itemgetter(0))
        return "; ".join(f"{sheet}!{', '.join(cell for _, _, cell in found)}" for sheet, found in by_sheet)


@dataclass(frozen=True, slots=True)
class CardCorrection:
    """A figure that was put right after the release: its value now, and by which ruling or correction."""

    number: int
    figure: Text
    value: Text
    by: Text


@dataclass(frozen=True, slots=True)
class CardRow:
    """One section or item of a card.

    `number` counts like 1.2.3, `depth` from 0 (top section). `points` is None without a score; `full` and `points`
    are printed. `mean` is the group's mean of the points, printed. `lost` is what the total lost by it, printed, None
    where it has no part in a total. `share` and `mean_share` are score rates for bars. `off` tells what an item of a
    deduction takes off in place of points of a full mark. `parts` are those of an item that is scored by parts; `why`
    then tells only what they came to.
    """

    id: str
    number: str
    depth: int
    section: bool
    title: Text
    full: str
    points: str | None
    state: str
    why: Text
    clause: str
    evidence: tuple[int, ...]
    mean: str | None
    lost: str | None
    share: Fraction | None
    mean_share: Fraction | None
    off: Text | None = None
    parts: PartTable | None = None


@dataclass(frozen=True, slots=True)
class AdjustmentRow:
    """One adjustment of the sheet; `applied` where it took effect on the unit, which `effect` then states."""

    id: str
    kind: Text
    title: Text
    clause: str
    applied: bool
    effect: Text
    why: Text
    rows: tuple[CardRow, ...] = ()


@dataclass(frozen=True, slots=True)
class BridgeStep:
    """One step of the bridge from the printed lines to the printed total: what it is and its signed amount."""

    what: Text
    amount: str


@dataclass(frozen=True, slots=True)
class WholeLoss:
    """The full mark less the total, and as negative losses what came back: bonuses, floors and rounding."""

    gained: tuple[BridgeStep, ...]
    amount: str


@dataclass(frozen=True, slots=True)
class Before:
    """Last year's result, printed; `change` is the change of rank, positive where the unit rose, None where unknown."""

    total: str | None
    rank: str | None
    of: str | None
    grade: Text | None
    change: int | None


@dataclass(frozen=True, slots=True)
class PostPoints:
    """Points of one post of the leadership team; `why` tells how they came about if they are not those of the unit."""

    post: Text
    points: str | None
    why: Text = EMPTY_TEXT


class OtherStanding(NamedTuple):
    """Where a unit stands in another ranking of the sheet: what that is called, and score, rank and grade in words."""

    title: Text
    told: Text


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Everything the card of one unit says.

    `state` is scored, blocked, not-scored or no-group, `state_why` says why there is no total. `rows` is the tree in
    the order of the sheet, items and sections; `losses` what the total lost, largest first: items, deductions, caps and
    rounding; less what was gained they are the `whole_loss`, None where there is no total or less is better. `bridge`
    is empty where the printed item lines simply add up to the total. `not_applicable` and `missing` are rows of those
    states. `next_grade` says what would lift the unit to the next grade. `tasks` and `findings` are summaries (name,
    value) of figures from the task list and from the ledger. `corrections` are the figures that a ruling corrected.
    `converted_why` says how the converted points came about. `others` are the other rankings of the sheet.
    """

    head: DocumentHead
    unit: str
    name: Text
    group: Text | None
    state: str
    state_why: Text | None
    total: str | None
    full: str
    base: str | None
    grade: Text | None
    rank: str | None
    of: str | None
    before: Before | None
    converted: str | None
    convertible: str | None
    members: tuple[PostPoints, ...]
    rows: tuple[CardRow, ...]
    losses: tuple[CardRow, ...]
    adjustments: tuple[AdjustmentRow, ...]
    bridge: tuple[BridgeStep, ...]
    not_applicable: tuple[CardRow, ...]
    missing: tuple[CardRow, ...]
    warnings: tuple[Text, ...]
    evidence: tuple[CardEvidence, ...]
    tasks: tuple[tuple[Text, Text], ...]
    findings: tuple[tuple[Text, Text], ...]
    next_grade: Text | None
    corrections: tuple[CardCorrection, ...] = ()
    whole_loss: WholeLoss | None = None
    converted_why: Text = EMPTY_TEXT
    others: tuple[OtherStanding, ...] = ()

    @property
    def all_rows(self) -> tuple[CardRow, ...]:
        """All rows, those of bonuses and deductions last."""
        return (*self.rows, *(row for each in self.adjustments for row in each.rows))


@dataclass(frozen=True, slots=True)
class RankedLine:
    """One unit's line in a ranking: section scores in the order of `RankingTable.sections`, as (printed, score rate).

    `marks` are words for vetoes, caps and the like that touched the unit.
    """

    unit: str
    name: Text
    state: str
    rank: str | None
    total: str | None
    grade: Text | None
    converted: str | None
    change: int | None
    sections: tuple[tuple[str | None, Fraction | None], ...]
    marks: tuple[Text, ...]
    why: Text | None = None


@dataclass(frozen=True, slots=True)
class RankingTable:
    """The ranking of one group, best first, units without a rank last; a sheet without groups has one table."""

    title: Text
    of: str
    mean: str | None
    highest: str | None
    lowest: str | None
    sections: tuple[tuple[Text, str], ...]
    rows: tuple[RankedLine, ...]
    totals: tuple[Fraction, ...]
    bounds: tuple[tuple[Text, Fraction], ...]
    """The lower bounds of the grades, for the picture of the distribution."""
    unit: Text | None = None
    """What scores are counted in; None for points."""
    others: tuple[RankingTable, ...] = ()
    """The other rankings of the same group, their scores in the place of totals."""


@dataclass(frozen=True, slots=True)
class Book:
    """The ranked book: tables per group, then the cards in rank order, each made when asked for.

    `units` are code, name and number of the group of each card, -1 for none; `outside` lists the units of no group.
    `warnings` are what a reader should know: the unit's name, None where it concerns all, and the words.
    """

    head: DocumentHead
    tables: tuple[RankingTable, ...]
    cards: Sequence[Callable[[], Scorecard]]
    units: Sequence[tuple[str, Text, int]]
    outside: RankingTable | None = None
    warnings: tuple[tuple[Text | None, Text], ...] = ()

    @property
    def listed(self) -> tuple[RankingTable, ...]:
        """The tables of the groups, then that of the units of no group where there are any: every unit once."""
        return self.tables if self.outside is None else (*self.tables, self.outside)

    def title_of(self, group: int) -> Text:
        """The title of a group by its number, also of those of no group."""
        return self.outside.title if group < 0 and self.outside is not None else self.tables[group].title

    """Code, name and number of the table of each card, in the order of `cards`."""
