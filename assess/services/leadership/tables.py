"""The ranking of each group as a leader reads it: sorted, narrowed, best or worst first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final, NamedTuple

from assess.core.explanations.lines import ResultLines
from assess.core.rules.sheet import RuleSheet, title_of
from assess.core.runs.interim import There, figures_there
from assess.core.runs.ranks import BETWEEN_IN_SHORT, STABLE, range_of_ranks
from assess.core.scorecard.book import BookMaker, parts_of
from assess.core.scorecard.content import RankedLine, RankingTable
from assess.core.scorecard.paper import table_on_paper
from assess.core.text import Text
from assess.services.leadership.seeing import View
from assess.services.runs.reading import lines_of_run
from assess.store.cache import Cache
from assess.store.queries import runs as queries
from assess.store.queries.runs import RunRow, UnitResult
from assess.store.session import Session

MAKERS: Final = Cache(4)
"""Makers of cards and tables, by the SHA-256 of the inputs; they hold the same results that runs keep in memory."""
TABLES: Final = Cache(64)
"""Tables of rankings by the same."""
THERE: Final = Cache(64)
"""How complete the figures of each unit are, by the same."""
LAST: Final = 10**9
"""The place of a unit that has a total and no rank: a vetoed one, which the worst-first view puts at the top."""


class RankedGroup(NamedTuple):
    """A group of the sheet (its id is empty where the sheet has none) with its ranking."""

    id: str
    table: RankingTable


class RankedUnit(NamedTuple):
    """A unit in the ranking: its printed line, its row of the run, its range of ranks, and its available figures."""

    row: RankedLine
    result: UnitResult
    stability: Text | None
    there: There | None


class RankingView(NamedTuple):
    """How a ranking is narrowed and sorted; by rank, best first, where nothing is said."""

    group: str = ""
    grade: str = ""
    words: str = ""
    by: str = "rank"
    descending: bool = False


@dataclass(frozen=True)
class RankingInView:
    """The ranking in view.

    Attributes:
        groups: those that have a unit that fits, with the units that fit.
        all_groups: every group that has units.
        sections: id and title of the sections beside the total, in the order of the sheet.
        outside: units of no group.
    """

    view: View
    sheet: RuleSheet
    groups: Sequence[tuple[RankedGroup, Sequence[RankedUnit]]]
    all_groups: Sequence[RankedGroup]
    sections: Sequence[tuple[str, Text]]
    grades: Sequence[tuple[str, Text]]
    outside: Sequence[Text]

    @property
    def number(self) -> int:
        """How many units fit."""
        return sum(len(rows) for _, rows in self.groups)

    def part(self, place: slice) -> list[tuple[RankedGroup, Sequence[RankedUnit], int]]:
        """Some of the units by their groups, each with how many units of the group fit in all."""
        found, start = [], 0
        for group, rows in self.groups:
            shown = rows[max(place.start - start, 0) : max(place.stop - start, 0)]
            found += [(group, shown, len(rows))] if shown else []
            start += len(rows)
        return found

    @property
    def has_before(self) -> bool:
        """Whether any unit's change from last year is known."""
        return any(row.change is not None for group in self.all_groups for row in group.table.rows)

    @property
    def has_converted(self) -> bool:
        """Whether results are converted into points of the performance evaluation."""
        return any(row.converted is not None for group in self.all_groups for row in group.table.rows)


def maker_of(run: RunRow, *, folder: Path) -> BookMaker:
    """Makes the cards and tables of a run (no query).

    Raises:
        NotFound: the frozen inputs are gone from the disk.
    """
    return MAKERS.get_or_make(run.inputs, lambda: BookMaker(lines_of_run(run, folder=folder)))


def groups_of(run: RunRow, *, folder: Path) -> tuple[RankedGroup, ...]:
    """The ranking of each group that has units, in the order of the sheet (no query)."""
    return TABLES.get_or_make(run.inputs, lambda: tuple(made(maker_of(run, folder=folder))))


def made(maker: BookMaker) -> list[RankedGroup]:
    """The ranking of each group, as pages print it."""
    results = maker.results
    ids = [group.id for group in results.inputs.sheet.groups or ()] or [""]
    tables = (
        RankedGroup(ids[number], table_on_paper(maker.table(number, summary.title)))
        for number, summary in enumerate(results.summaries)
    )
    return [group for group in tables if group.table.rows]


def ranking(session: Session, view: View, wanted: RankingView, *, folder: Path) -> RankingInView:
    """The ranking in view, narrowed and sorted (1 query)."""
    lines: ResultLines = lines_of_run(view.run, folder=folder)
    sheet = lines.results.inputs.sheet
    results = {each.unit: each for each in queries.results_of(session, run=view.run.id)}
    groups, there = groups_of(view.run, folder=folder), there_in(view, folder=folder)
    narrowed = []
    for group in groups:
        if wanted.group in ("", group.id):
            fitting = [each for each in placed(group, results, there) if fits(each, wanted)]
            narrowed.append((group, in_order(fitting, wanted, sheet)))
    return RankingInView(
        view=view,
        sheet=sheet,
        groups=[(group, rows) for group, rows in narrowed if rows],
        all_groups=groups,
        sections=[(node.id, title_of(node, node.id)) for node in parts_of(sheet.items)],
        grades=[(grade.id, title_of(grade, grade.id)) for grade in sheet.grades or ()],
        outside=[each.name for each in results.values() if each.state == "no-group"],
    )


def there_in(view: View, *, folder: Path) -> Mapping[str, There]:
    """How complete the figures of each unit are, of an interim ranking; nothing of a result (no query)."""
    if not view.is_interim:
        return {}
    inputs = lines_of_run(view.run, folder=folder).results.inputs
    return dict(zip(inputs.units.codes, THERE.get_or_make(view.run.inputs, lambda: figures_there(inputs)), strict=True))


def placed(group: RankedGroup, results: dict[str, UnitResult], there: Mapping[str, There]) -> list[RankedUnit]:
    """The units of a group with what the run keeps of them."""
    found = []
    for row in group.table.rows:
        kept = results[row.unit]
        ranks = range_of_ranks(kept.best, kept.worst, stable=STABLE, between=BETWEEN_IN_SHORT)
        found.append(RankedUnit(row, kept, ranks, there.get(row.unit)))
    return found


def fits(unit: RankedUnit, wanted: RankingView) -> bool:
    """Whether a unit is among those asked for."""
    words, names = wanted.words.strip().casefold(), (unit.row.name.zh, unit.row.name.en, unit.row.unit)
    return wanted.grade in ("", unit.result.grade) and (not words or any(words in each.casefold() for each in names))


def in_order(units: Sequence[RankedUnit], wanted: RankingView, sheet: RuleSheet) -> list[RankedUnit]:
    """Units sorted by a column; those that have nothing in it come last, whichever way it is sorted."""
    nodes = [node.id for node in parts_of(sheet.items)]
    grades = [grade.id for grade in sheet.grades or ()]
    keyed = [(key_of(unit, wanted.by, nodes, grades), unit) for unit in units]
    known = [(key, unit) for key, unit in keyed if key is not None]
    known.sort(key=lambda pair: pair[0], reverse=wanted.descending)
    return [*(unit for _, unit in known), *(unit for key, unit in keyed if key is None)]


def key_of(unit: RankedUnit, by: str, nodes: Sequence[str], grades: Sequence[str]) -> Fraction | None:
    """What a unit is sorted by."""
    row, result = unit.row, unit.result
    found: Fraction | int | None
    match by:
        case "unit":
            found = result.place
        case "total":
            found = result.total_millionths
        case "change":
            found = row.change
        case "grade":
            found = grades.index(result.grade) if result.grade in grades else None
        case "converted":
            found = None if result.converted is None else Fraction(result.converted)
        case _ if by in nodes:
            found = row.sections[nodes.index(by)][1]
        case _:
            found = result.rank if result.rank is not None or result.total is None else LAST
    return None if found is None else Fraction(found)
