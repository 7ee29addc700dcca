"""What if the units were scored by another version of the rule sheet: tried on the inputs of a run, nothing kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Final, NamedTuple

from assess.core.actors import Actor, Right
from assess.core.errors import Refused
from assess.core.explanations.lines import ResultLines
from assess.core.numbers import printed
from assess.core.rules.sheet import RuleSheet, all_nodes, digest_of, title_of
from assess.core.runs.change_tables import ChangeTables
from assess.core.runs.exact_changes import EntryChange, EntrySum, ResultChanges, UnitChange, changes_between
from assess.core.runs.interim import interim_rules
from assess.core.runs.kinds import RunKind
from assess.core.runs.what_if import inputs_by
from assess.core.scorecard.paper import on_paper
from assess.core.scoring.inputs import ScoringInputs
from assess.core.scoring.judging import judged_flaws
from assess.core.scoring.run import score
from assess.core.text import Language, Text
from assess.files.table_book import write_table_book
from assess.services.documents import check
from assess.services.rules import CheckContext, misfits, object_kinds, sheet_of
from assess.services.runs.reading import lines_of_run
from assess.store.cache import Cache
from assess.store.queries import cycles as years
from assess.store.queries import runs as queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.runs import RunRow
from assess.store.session import Session

NO_RUN: Final = Text(
    "尚无计分结果可供试算。请先在本年度计分，或待上一年度有计分结果。",
    "There is no run to try it on. Score this year first, or wait until another year has a run.",
)
NEWEST_RUNS: Final = 10
"""How many runs of the year itself are offered."""
TRIED: Final = Cache(2)
"""What was tried, by the inputs and the digest of the sheet; the largest district's takes some 60 MB."""


class TrialBasis(NamedTuple):
    """A run on whose inputs a sheet may be tried, and the year that it is of."""

    year: int
    run: RunRow

    @property
    def key(self) -> str:
        """How an address names it."""
        return f"{self.year}-{self.run.number}"


class GradeCount(NamedTuple):
    """How many units have a grade by the sheet of the run, and by the tried one; no title stands for none."""

    title: Text | None
    was: int
    now: int


@dataclass(frozen=True, eq=False)
class TriedSheet:
    """What a sheet changes on the inputs of a run.

    Attributes:
        left_out: titles of figures of the run some of whose values the sheet does not take.
        lacking: titles of figures that the sheet asks for and the run never had.
        exemptions_left_out: titles of items of the run whose exemptions mean nothing in the sheet.
    """

    changes: ResultChanges
    left_out: tuple[Text, ...]
    lacking: tuple[Text, ...]
    exemptions_left_out: tuple[Text, ...]


@dataclass(frozen=True, eq=False)
class WhatIf:
    """A version of the sheet tried on the inputs of a run; the units that it moves furthest come first."""

    number: int
    sheet: RuleSheet
    bases: tuple[TrialBasis, ...]
    basis: TrialBasis
    tried: TriedSheet
    tables: ChangeTables
    units: tuple[UnitChange, ...]
    grades: tuple[GradeCount, ...]

    @property
    def rose(self) -> int:
        """How many units have a better rank."""
        return sum(1 for unit in self.units if (places_gained(unit) or 0) > 0)

    @property
    def fell(self) -> int:
        """How many units have a worse rank."""
        return sum(1 for unit in self.units if (places_gained(unit) or 0) < 0)

    @property
    def causes(self) -> list[EntrySum]:
        """What each entry changed in all totals, what moves most points first."""
        return sorted(self.tried.changes.by_entry, key=lambda each: each.lost - each.gained)

    def main_cause(self, unit: UnitChange) -> EntryChange:
        """What moved the total of a unit most, the way it went."""
        direction = -1 if unit.change is not None and unit.change < 0 else 1
        return max(unit.split, key=lambda each: direction * each.change)

    def name_of(self, unit: UnitChange) -> Text:
        """What a unit is called."""
        known = self.tried.changes.new.inputs.units
        return known.names[known.places[unit.unit]]


def what_if(session: Session, actor: Actor, *, cycle: CycleRow, number: int, on: str, folder: Path) -> WhatIf:
    """What a version of the sheet, a draft too, changes on the inputs of a run (4 queries; nothing is kept).

    `on` is the key of a basis; any other stands for the newest run of the year, else of the year before it.

    Raises:
        NotAllowed: the actor is not of the office.
        NotFound: there is no such version, or the inputs of the run are gone from the disk.
        Refused: there is no run yet.
        ValidationError: the sheet does not fit the units of the run.
    """
    actor.check_may(Right.ADMINISTER)
    sheet = sheet_of(session, cycle, number)
    bases = bases_of(session, cycle)
    basis = next((each for each in bases if each.key == on), bases[0])
    key = (basis.run.inputs, digest_of(sheet))
    tried = TRIED.get_or_make(key, lambda: tried_on(sheet, basis.run, lines_of_run(basis.run, folder=folder)))
    moved = sorted(filter(is_changed, tried.changes.units), key=furthest)
    grades = tuple(grade_counts(tried.changes))
    return WhatIf(number, sheet, bases, basis, tried, ChangeTables.of(tried.changes), tuple(moved), grades)


def bases_of(session: Session, cycle: CycleRow) -> tuple[TrialBasis, ...]:
    """The newest runs of a year, then the newest run of each other year, newest first (2 queries and 1 a year).

    Raises:
        Refused: there is none.
    """
    own = queries.runs_of(session, cycle=cycle.id, size=NEWEST_RUNS)
    found = [TrialBasis(cycle.year, run) for run in own]
    for other in years.all_cycles(session):
        run = None if other.id == cycle.id else queries.newest_run(session, cycle=other.id, kind=RunKind.WORKING)
        found += [] if run is None else [TrialBasis(other.year, run)]
    if not found:
        raise Refused(NO_RUN)
    return tuple(found)


def tried_on(sheet: RuleSheet, run: RunRow, lines: ResultLines) -> TriedSheet:
    """A sheet scored on the inputs of a run, beside what the run came to.

    Raises:
        ValidationError: it does not fit the units or objects of the run, or points awarded by hand are too many for it.
    """
    given = lines.results.inputs
    check(misfits(sheet, context_of(given)))
    other = inputs_by(interim_rules(sheet) if run.kind is RunKind.INTERIM else sheet, given)
    check(judged_flaws(other.inputs))
    old = given.sheet
    return TriedSheet(
        changes_between(lines, ResultLines(score(other.inputs))),
        titles_of_figures(old, other.left_out),
        titles_of_figures(sheet, other.lacking),
        titles_of_items(old, other.exemptions_left_out),
    )


def context_of(given: ScoringInputs) -> CheckContext:
    """What a sheet is checked against where it is tried: the units and objects of the run."""
    objects = None if given.objects is None else object_kinds(given.objects)
    return CheckContext(units=given.units, tasks=None, objects=objects)


def titles_of_figures(sheet: RuleSheet, names: Iterable[str]) -> tuple[Text, ...]:
    """What figures are called; a column of obligations by its id."""
    return tuple(title_of(sheet.figures[name], name) if name in sheet.figures else Text.same(name) for name in names)


def titles_of_items(sheet: RuleSheet, ids: Iterable[str]) -> tuple[Text, ...]:
    """What items are called."""
    nodes = all_nodes(sheet)
    return tuple(title_of(nodes[id], id) for id in ids)


def is_changed(unit: UnitChange) -> bool:
    """Whether anything of a unit differs."""
    return unit.was != unit.now or bool(unit.split)


def places_gained(unit: UnitChange) -> Fraction | None:
    """How many places a unit rose, below 0 where it fell; None where it has no rank by one of the sheets."""
    return None if unit.was.rank is None or unit.now.rank is None else unit.was.rank - unit.now.rank


def furthest(unit: UnitChange) -> tuple[bool, Fraction, Fraction]:
    """The order of units: by places, then by points; those that only one of the sheets scores come first."""
    by_one = (unit.was.total is None) != (unit.now.total is None)
    return not by_one, -abs(places_gained(unit) or Fraction(0)), -abs(unit.change or Fraction(0))


def grade_counts(changes: ResultChanges) -> Iterator[GradeCount]:
    """How many units have each grade before and after: those of the tried sheet in order, then of the old alone."""
    was, now = (Counter(getattr(unit, side).grade for unit in changes.units) for side in ("was", "now"))
    titles = {
        grade.id: title_of(grade, grade.id)
        for results in (changes.new, changes.old)
        for grade in results.inputs.sheet.grades or ()
    }
    if titles:
        for id in (*titles, *((None,) if was[None] or now[None] else ())):
            yield GradeCount(None if id is None else titles[id], was[id], now[id])


def signed(change: Fraction) -> str:
    """A change as pages show it, long numbers cut and marked ≈; the workbook has all digits."""
    return on_paper(f"{'+' if change > 0 else ''}{printed(change)}")


def written_what_if(found: WhatIf, language: Language) -> BytesIO:
    """The units and the entries of the split as a workbook, as `assess rules what-if` writes it."""
    book = BytesIO()
    write_table_book(found.tables.made(), book, language)
    book.seek(0)
    return book
