"""One unit as a leader reads it: its scorecard on screen, what it lost most by, and how it stood before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Final, NamedTuple

from assess.core.errors import NotFound
from assess.core.rules.nodes import Item, Node, Section
from assess.core.rules.sheet import RuleSheet, adjustment_items, title_of
from assess.core.runs.interim import There
from assess.core.runs.kinds import RunKind
from assess.core.runs.ranks import printed_rank, range_of_ranks
from assess.core.scorecard.book import BookMaker, parts_of
from assess.core.scorecard.content import CardEvidence, CardRow, Scorecard
from assess.core.scorecard.evidence import Register
from assess.core.scorecard.losses import LossList, listed
from assess.core.scorecard.paper import card_on_paper
from assess.core.text import Text
from assess.services.leadership.seeing import View
from assess.services.leadership.since_last_year import LastYearCompared, compared_with_last_year
from assess.services.leadership.tables import maker_of, there_in
from assess.store.cache import Cache
from assess.store.queries import runs as queries
from assess.store.queries.leadership import UnitOutcome, interim_outcomes, items_missing, released_outcomes
from assess.store.queries.runs import RunRow, UnitResult
from assess.store.session import Session

CARDS: Final = Cache(64)
"""Cards as pages print them, by the SHA-256 of the inputs and the unit."""
MAX_LOSSES: Final = 5
NO_UNIT: Final = Text("这次结果中没有这个单位。", "This unit is not in the result.")
GIVEN: Final = Text("上年结果（导入）", "Last year's results (imported)")


class Proof(NamedTuple):
    """A figure behind the card; `figure` is its id where the ledger of findings counts it for this year, else empty."""

    evidence: CardEvidence
    figure: str


class CardSection(NamedTuple):
    """A part of the sheet with all that is below it."""

    head: CardRow
    rows: tuple[CardRow, ...]


class Past(NamedTuple):
    """How a unit stood in a year: where that is known from, its result, and how many places it rose on the year before.

    `number` is that of an interim ranking, else 0; `day` the day as of which it was made; `missing` counts the lines
    that lacked a figure, of all units; `lacking` the items of this unit that did, of an interim ranking.
    """

    year: int
    known: Text
    total: str | None
    rank: str | None
    of: int | str | None
    grade: Text | None
    change: int | None
    number: int = 0
    day: date | None = None
    missing: int = 0
    lacking: int | None = None


@dataclass(frozen=True)
class LeaderUnitPage:
    """All that a leader reads of one unit.

    Attributes:
        sections: the rows that the charts show.
        losses: the five largest, and what all come to.
        proofs: the figures behind the lines, as they are numbered.
        years: this year and the years before, newest first; `months` the interim rankings, the last of each month.
        since: why the total is another one than last year's; None where nothing is compared.
    """

    view: View
    sheet: RuleSheet
    card: Scorecard
    result: UnitResult
    stability: Text | None
    sections: Sequence[CardRow]
    parts: Sequence[CardSection]
    losses: LossList
    proofs: Sequence[Proof]
    years: Sequence[Past]
    months: Sequence[Past]
    there: There | None
    since: LastYearCompared | None

    @property
    def comparable_years(self) -> list[Past]:
        """The years whose totals stand on all figures: an interim ranking that lacks some is no year's total."""
        return [each for each in self.years if not each.missing]


def place_of(maker: BookMaker, unit: str) -> int:
    """Where a unit stands in the list of a run.

    Raises:
        NotFound: the run does not know it.
    """
    found = maker.results.inputs.units.places.get(unit)
    if found is None:
        raise NotFound(NO_UNIT)
    return found


def card_of(run: RunRow, unit: str, *, folder: Path) -> Scorecard:
    """The scorecard of a unit as pages print it (no query).

    Raises:
        NotFound: the run does not know the unit, or its frozen inputs are gone from the disk.
    """
    maker = maker_of(run, folder=folder)
    place = place_of(maker, unit)
    return CARDS.get_or_make((run.inputs, unit), lambda: card_on_paper(maker.card(place)))


def shown_sections(run: RunRow, unit: str, *, folder: Path) -> list[CardRow]:
    """The rows beside a unit's total (no query).

    Raises:
        NotFound: the run does not know the unit, or its frozen inputs are gone from the disk.
    """
    return sections_of(maker_of(run, folder=folder).results.inputs.sheet, card_of(run, unit, folder=folder))


def unit_page(session: Session, view: View, unit: str, *, folder: Path) -> LeaderUnitPage:
    """A unit in the result in view (4 queries).

    Raises:
        NotFound: the run does not know it.
    """
    maker = maker_of(view.run, folder=folder)
    card = card_of(view.run, unit, folder=folder)
    sheet = maker.results.inputs.sheet
    [result] = queries.results_of(session, run=view.run.id, unit=unit)
    return LeaderUnitPage(
        view=view,
        sheet=sheet,
        card=card,
        result=result,
        stability=range_of_ranks(result.best, result.worst),
        sections=sections_of(sheet, card),
        parts=list(parts_in(card.rows)),
        losses=listed(card, MAX_LOSSES),
        proofs=list(proofs_of(maker, card, place_of(maker, unit))),
        years=years_of(session, view, card, sheet),
        months=months_of(session, view, unit, sheet),
        there=there_in(view, folder=folder).get(unit),
        since=compared_with_last_year(session, view, card, folder=folder),
    )


def sections_of(sheet: RuleSheet, card: Scorecard) -> list[CardRow]:
    """The rows beside the total."""
    shown = {node.id for node in parts_of(sheet.items)}
    return [row for row in card.rows if row.id in shown]


def parts_in(rows: Sequence[CardRow]) -> list[CardSection]:
    """The rows by the part of the sheet that they stand in."""
    heads = [place for place, row in enumerate(rows) if row.depth == 0]
    ends = [*heads[1:], len(rows)]
    return [CardSection(rows[head], tuple(rows[head + 1 : end])) for head, end in zip(heads, ends, strict=True)]


def proofs_of(maker: BookMaker, card: Scorecard, unit: int) -> list[Proof]:
    """The figures behind the lines with their ids, numbered as on the card."""
    sheet, register = maker.results.inputs.sheet, Register(maker.results, unit)
    for item in (*items_below(sheet.items), *adjustment_items(sheet)):
        register.numbers_of(maker.means.asked_by(item))
    asked = {number: each for (each, _), number in register.numbers.items() if number}
    found = []
    for each in card.evidence:
        known = asked.get(each.number)
        is_of_unit = known is not None and not maker.results.inputs.figures.is_of_objects(known.figure)
        found.append(Proof(each, known.figure if known and is_of_unit and not known.last_year else ""))
    return found


def items_below(nodes: Sequence[Node]) -> list[Item]:
    """The items below some nodes, in the order of the sheet."""
    found: list[Item] = []
    for node in nodes:
        found += items_below(node.items) if isinstance(node, Section) else [node]
    return found


def years_of(session: Session, view: View, card: Scorecard, sheet: RuleSheet) -> list[Past]:
    """This year, the years that were assessed here, and last year as it was brought in, newest first (1 query)."""
    before = [past(each, sheet) for each in released_outcomes(session, before=sheet.year, unit=card.unit)]
    given = card.before
    if given is not None and not any(each.year == sheet.year - 1 for each in before):
        before.insert(0, Past(sheet.year - 1, GIVEN, given.total, given.rank, given.of, given.grade, None))
    known = view.run.kind.label if view.release is None else view.release.standing.label
    missing = view.run.missing if view.is_interim else 0
    now = Past(sheet.year, known, card.total, card.rank, card.of, card.grade, None, 0, view.run.day, missing)
    years = with_changes([now, *before], card)
    return [years[0]._replace(change=None), *years[1:]] if view.lacks_figures else years


def with_changes(years: Sequence[Past], card: Scorecard) -> list[Past]:
    """Years, newest first, each with how many places the unit rose on the year before it, where that is the next."""
    found = []
    for place, each in enumerate(years):
        older = next((other for other in years[place + 1 :] if other.year == each.year - 1), None)
        change = risen(older, each) if older else None
        found.append(each._replace(change=card.before.change if place == 0 and card.before else change))
    return found


def risen(older: Past, newer: Past) -> int | None:
    """How many places a unit rose, negative where it fell; None where either rank is unknown or shared by halves."""
    if not (older.rank and newer.rank and older.rank.isdecimal() and newer.rank.isdecimal()):
        return None
    return int(older.rank) - int(newer.rank)


def months_of(session: Session, view: View, unit: str, sheet: RuleSheet) -> list[Past]:
    """The last interim ranking of each month, newest first (2 queries)."""
    found: dict[tuple[int, int], UnitOutcome] = {}
    for each in interim_outcomes(session, cycle=view.run.cycle, unit=unit):
        found.setdefault((each.day.year, each.day.month), each)
    lacking = items_missing(session, runs=[each.run for each in found.values()], items=ids_of_items(sheet), unit=unit)
    months = [past(each, sheet)._replace(lacking=lacking.get((each.run, unit), 0)) for each in found.values()]
    return [
        each._replace(change=None if before is None or each.missing or before.missing else risen(before, each))
        for each, before in zip_longest(months, months[1:])
    ]


def ids_of_items(sheet: RuleSheet) -> list[str]:
    """The ids of the items below the sections of a sheet."""
    return [item.id for item in items_below(sheet.items)]


def past(each: UnitOutcome, sheet: RuleSheet) -> Past:
    """An outcome in words."""
    grades = {grade.id: title_of(grade, grade.id) for grade in sheet.grades or ()}
    lacks = each.standing is None and each.missing > 0
    return Past(
        year=each.year,
        known=RunKind.INTERIM.label if each.standing is None else each.standing.label,
        total=each.total,
        rank=printed_rank(each.rank),
        of=each.of,
        grade=None if each.grade is None or not grades or lacks else grades.get(each.grade, Text.same(each.grade)),
        change=None,
        number=each.number if each.standing is None else 0,
        day=each.day,
        missing=each.missing if each.standing is None else 0,
    )
