"""What a proposed decision does to all units, scored from the inputs of now and kept in memory by their content."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from assess.core.appeals.cells import FigureCell, OwnObjects, cells_of
from assess.core.appeals.effects import LineScoring, UnitEffect, UnitStanding, corrected, effects, standings
from assess.core.appeals.rulings import changes_in
from assess.core.explanations.lines import ResultLines
from assess.core.figures.part_labels import is_of_object
from assess.core.rules.adjustments import Adjustment
from assess.core.rules.nodes import Item
from assess.core.rules.sheet import RuleSheet, items_taken_off, title_of
from assess.core.runs.frozen import Frozen
from assess.core.scoring.results import Results
from assess.core.text import Text
from assess.files.frozen_inputs import frozen_zip
from assess.services.requests.exemptions import items_by_id
from assess.services.runs.freezing import freeze
from assess.services.runs.scoring import scored
from assess.services.years import Year, year_of
from assess.store.cache import Cache, cached
from assess.store.queries import runs as run_queries
from assess.store.queries.audit import newest_number
from assess.store.queries.corrections import CorrectionRow, waiting_for_run
from assess.store.queries.cycles import CycleRow
from assess.store.queries.runs import RunRow, UnitResult
from assess.store.session import Session

SCORED: Final = Cache(16)
"""Scorings by the SHA-256 of their inputs and the line that was asked about."""


@dataclass(frozen=True, eq=False)
class LineBrief:
    """A line of a unit as pages tell it: names, the figures that count now by key, and whether it does not apply.

    `takes_off` where its points are taken off the total.
    """

    unit: Text
    title: Text
    clause: str
    cells: dict[str, FigureCell]
    is_exempt: bool
    is_item: bool
    takes_off: bool


@dataclass(frozen=True, eq=False)
class DecisionEffect:
    """What a decision does.

    Attributes:
        run: the run that is released now.
        units: every unit, in the order of the list.
        line: points and state of the line now, and after.
        about: the line as it stands now.
        waiting: what was decided before and the released run does not contain.
        digest: stands for all of it: another digest, another effect.
    """

    run: RunRow
    units: tuple[UnitEffect, ...]
    line: tuple[tuple[str | None, str], tuple[str | None, str]]
    about: LineBrief
    waiting: tuple[CorrectionRow, ...]
    digest: str

    @property
    def moved(self) -> tuple[UnitEffect, ...]:
        """The units that it changes, those that move furthest first."""
        return tuple(sorted((each for each in self.units if each.moves), key=furthest))


def furthest(effect: UnitEffect) -> tuple[int, int]:
    """Where a unit stands among those that move."""
    return -abs(effect.places or 0), effect.after.rank or 0


@dataclass(frozen=True, eq=False)
class LineNow:
    """A line of a unit with the inputs of now: its figures by key, and whether the item does not apply."""

    year: Year
    frozen: Frozen
    cells: dict[str, FigureCell]
    is_exempt: bool


def line_now(session: Session, cycle: CycleRow, run: RunRow, *, unit: str, item: str) -> LineNow:
    """A line with the inputs of now, as of the day of the released run (6 to 8 queries)."""
    year = year_of(session, cycle)
    frozen = freeze(session, year, day=run.day).frozen
    is_exempt = (unit, item, "") in {tuple(row[:3]) for row in frozen.exemptions}
    own = year.objects.names_of_unit(year.place_of(unit))
    return LineNow(year, frozen, cells_now(frozen, unit, item, own), is_exempt)


def brief(line: LineNow, unit: str, item: str) -> LineBrief:
    """The same, as pages tell it."""
    subject = subjects_of(line.year.sheet).get(item)
    clause = "" if subject is None else subject.clause
    is_item = isinstance(subject, Item)
    name, title = line.year.name_of(unit), title_of(subject, item)
    takes_off = item in items_taken_off(line.year.sheet)
    return LineBrief(name, title, clause, line.cells, line.is_exempt, is_item, takes_off)


def brief_now(session: Session, cycle: CycleRow, run: RunRow, *, unit: str, item: str) -> LineBrief:
    """The same, kept in memory until the next entry of the log (1 query, about 8 more where there was one)."""
    key = ("line", cycle.id, unit, item, run.id, newest_number(session))
    return cached(session, key, lambda: brief(line_now(session, cycle, run, unit=unit, item=item), unit, item))


def subjects_of(sheet: RuleSheet) -> dict[str, Item | Adjustment]:
    """What a correction may be about, in the order of the sheet: the items, then vetoes, caps and other adjustments."""
    return {**items_by_id(sheet), **{each.id: each for each in sheet.adjustments}}


def cells_now(frozen: Frozen, unit: str, item: str, own: OwnObjects) -> dict[str, FigureCell]:
    """The figures of a line as they count now."""
    year = frozen.sheet.year
    known = [
        (each.figure, each.part or str(year - back), each.text)
        for back, values in enumerate(frozen.figures.by_years_back)
        for each in values
        if each.unit == unit or is_of_object(each.part)
    ]
    cells = cells_of(frozen.sheet, item, known, years_back=frozen.years_back, own=own)
    return {each.key: each for each in cells}


def effect_of(session: Session, cycle: CycleRow, row: CorrectionRow, run: RunRow) -> DecisionEffect:
    """What a proposed decision does (2 queries, about 8 more where anything happened since it was asked last)."""
    key = ("effect", row.id, row.version, run.id, newest_number(session))
    return cached(session, key, lambda: worked_out(session, cycle, row, run))


def worked_out(session: Session, cycle: CycleRow, row: CorrectionRow, run: RunRow) -> DecisionEffect:
    """The same, scored."""
    line = line_now(session, cycle, run, unit=row.unit, item=row.item)
    changes, exempt = changes_in(row.changes)
    after = corrected(line.frozen, unit=row.unit, item=row.item, changes=changes, exempt=exempt, reason=row.reason)
    zips = frozen_zip(line.frozen), frozen_zip(after)
    was, now = (scored_line(each, row.unit, row.item) for each in zips)
    released = {each.unit: standing_in(each) for each in run_queries.results_of(session, run=run.id)}
    return DecisionEffect(
        run=run, units=tuple(effects(released, was, now)), line=(was.line, now.line),
        about=brief(line, row.unit, row.item), waiting=tuple(waiting_for_run(session, cycle=cycle.id, run=run.id)),
        digest=digest_of_effect(row, run, zips),
    )  # fmt: skip


def scored_line(data: bytes, unit: str, item: str) -> LineScoring:
    """A scoring of frozen inputs.

    Raises:
        Refused: they have flaws.
    """

    def score() -> LineScoring:
        results = scored(data)
        units = results.inputs.units
        names = dict(zip(units.codes, units.names, strict=True))
        return LineScoring(standings(results), names, line_in(results, item, units.places[unit]))

    return SCORED.get_or_make((sha256(data).hexdigest(), unit, item), score)


def line_in(results: Results, item: str, place: int) -> tuple[str | None, str]:
    """Points and state of a line; nothing for a veto or another adjustment, which has none."""
    if item not in results.scores:
        return None, ""
    made = ResultLines(results).of(item)
    return made.scores[place], made.states[place]


def standing_in(row: UnitResult) -> UnitStanding:
    """How a unit stands in a run."""
    return UnitStanding(row.total, row.rank, row.of, row.grade, row.converted)


def digest_of_effect(row: CorrectionRow, run: RunRow, zips: Sequence[bytes]) -> str:
    """What stands for an effect: the decision, the released run, and the inputs before and after."""
    parts = [row.id, row.version, run.id, *(sha256(each).hexdigest() for each in zips)]
    return sha256(json.dumps(parts).encode()).hexdigest()
