"""Two runs side by side: who moved, by which items, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from assess.core.actors import Actor, Right
from assess.core.errors import NotFound
from assess.core.figures.entry import as_shown, read_entry, to_stored
from assess.core.numbers import exact
from assess.core.parsing import ParseError
from assess.core.rules.sheet import RuleSheet
from assess.core.runs.adding_up import TotalChange, change_of_total
from assess.core.runs.comparing import MovedLine, ValueChange, difference, moved_lines
from assess.core.text import Text
from assess.services.imports.sources import measure_of
from assess.services.runs.reading import NO_RUN, lines_of_run
from assess.services.years import known_sheet
from assess.store.cache import cached
from assess.store.queries import runs as queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.runs import RunRow, UnitResult, lines_changed, values_changed
from assess.store.queries.years import sheet_tree
from assess.store.session import Session


@dataclass(frozen=True, slots=True)
class UnitMoved:
    """One unit in both runs; None where a run does not know it.

    Attributes:
        total: the points gained or lost in all, signed; None where either run has no total.
        places: how many places it rose (negative: fell), doubled as ranks are; None where either run has no rank.
        lines: the items that differ, with why.
    """

    unit: str
    name: Text
    was: UnitResult | None
    now: UnitResult | None
    total: str | None
    places: int | None
    lines: tuple[MovedLine, ...]

    @property
    def has_moved(self) -> bool:
        """Whether its total, rank, grade or state differs, or any of its lines."""
        if self.was is None or self.now is None or self.lines:
            return True
        return any(
            getattr(self.was, each) != getattr(self.now, each) for each in ("total", "rank", "grade", "state", "of")
        )


@dataclass(frozen=True, eq=False)
class Comparison:
    """What parts a run from another.

    Attributes:
        units: those that moved in any way, the largest moves in rank first.
        same_inputs: whether both were made of the same figures, exemptions, units and results of the year before.
        values: how many figures differ.
    """

    before: RunRow
    after: RunRow
    sheet: RuleSheet
    units: tuple[UnitMoved, ...]
    unmoved: int
    same_rules: bool
    same_inputs: bool
    values: int


def compare_runs(session: Session, actor: Actor, *, cycle: CycleRow, before: int, after: int) -> Comparison:
    """What parts two runs of a year, by their numbers (4 to 6 queries).

    Raises:
        NotAllowed: the actor is not of the office.
        NotFound: there is no such run.
    """
    actor.check_may(Right.ADMINISTER)
    rows = queries.runs_numbered(session, cycle=cycle.id, numbers=(before, after))
    if before not in rows or after not in rows:
        raise NotFound(NO_RUN)
    was, now = rows[before], rows[after]
    sheets = sheet_of(session, was), sheet_of(session, now)
    values = values_changed(session, before=was.id, after=now.id)
    lines = moved_lines(sheets, lines_changed(session, before=was.id, after=now.id), values)
    moved = side_by_side(session, was, now, lines)
    return Comparison(
        before=was, after=now, sheet=sheets[1], units=tuple(sorted(filter(has_moved, moved), key=furthest)),
        unmoved=len(moved) - sum(map(has_moved, moved)), same_rules=was.rule_digest == now.rule_digest,
        same_inputs=was.inputs_digest == now.inputs_digest, values=len(values),
    )  # fmt: skip


@dataclass(frozen=True)
class LastRun:
    """A run, and how many units differ from the run before it; None where it is the first."""

    run: RunRow
    changed: int | None


def last_run(session: Session, actor: Actor, *, cycle: CycleRow, number: int) -> LastRun:
    """A run by its number beside the one before (no query once it is in memory: runs never change).

    Raises:
        NotAllowed: the actor is not of the office.
    """
    actor.check_may(Right.ADMINISTER)
    return cached(session, ("last run", cycle.id, number), lambda: read_last_run(session, cycle, number))


def read_last_run(session: Session, cycle: CycleRow, number: int) -> LastRun:
    """The same, read (1 query, and 2 of what differs from the run before)."""
    found = queries.runs_numbered(session, cycle=cycle.id, numbers=(number - 1, number))
    was = found.get(number - 1)
    return LastRun(found[number], None if was is None else units_moved(session, was, found[number]))


def units_moved(session: Session, was: RunRow, now: RunRow) -> int:
    """How many units differ between two runs (2 queries, and 1 for each sheet that is not in memory)."""
    sheets = sheet_of(session, was), sheet_of(session, now)
    lines = moved_lines(sheets, lines_changed(session, before=was.id, after=now.id), ())
    return sum(map(has_moved, side_by_side(session, was, now, lines)))


def changes_of_totals(found: Comparison, units: Sequence[UnitMoved], *, folder: Path) -> dict[str, TotalChange]:
    """What the items of some units changed in their totals, by unit, as far as both runs have one (no query).

    Raises:
        NotFound: the frozen inputs of a run are gone from the disk.
        Refused: they cannot be read any more.
    """
    before, after = (lines_of_run(run, folder=folder) for run in (found.before, found.after))
    changes = {each.unit: change_of_total(before, after, each.unit, each.lines) for each in units}
    return {unit: change for unit, change in changes.items() if change is not None}


class MainReason(NamedTuple):
    """What moved the total of a unit most: an item, or all else where `title` is None; `worth` is signed."""

    title: Text | None
    worth: str


def main_reason(unit: UnitMoved, change: TotalChange | None) -> MainReason | None:
    """What moved a unit most the way its total went; None where no points of its own changed."""
    told = change or TotalChange({each.change.node: each.difference for each in unit.lines if each.difference}, None)
    found = [
        MainReason(each.title, told.items[each.change.node]) for each in unit.lines if each.change.node in told.items
    ]
    found += [MainReason(None, told.rest)] if told.rest else []
    direction = -1 if (unit.total or "").startswith("-") else 1
    return max(found, key=lambda each: direction * exact(each.worth.lstrip("≈")), default=None)


def sheet_of(session: Session, run: RunRow) -> RuleSheet:
    """The rule sheet of a run (1 query where it is not in memory)."""
    key = ("sheet", run.rule_digest)
    return cached(session, key, lambda: known_sheet(run.rule_digest, sheet_tree(session, run.sheet_version)))


def side_by_side(session: Session, was: RunRow, now: RunRow, lines: dict[str, list[MovedLine]]) -> list[UnitMoved]:
    """Every unit of either run, in the order of the newer list (1 query)."""
    before, after = queries.results_of_runs(session, runs=(was.id, now.id))
    return [moved_unit(unit, before.get(unit), after.get(unit), lines.get(unit, [])) for unit in {**after, **before}]


def moved_unit(unit: str, was: UnitResult | None, now: UnitResult | None, lines: list[MovedLine]) -> UnitMoved:
    """One unit in both runs."""
    known = now or was
    assert known is not None
    ranks = (None, None) if was is None or now is None else (was.rank, now.rank)
    places = None if ranks[0] is None or ranks[1] is None else ranks[0] - ranks[1]
    total = difference(was.total if was else None, now.total if now else None)
    return UnitMoved(unit, known.name, was, now, total, places, tuple(lines))


def has_moved(unit: UnitMoved) -> bool:
    """Whether anything of a unit differs."""
    return unit.has_moved


def furthest(unit: UnitMoved) -> tuple[int, Fraction]:
    """The order of units that moved: by places, then by points."""
    points = Fraction(0) if unit.total is None else abs(Fraction(unit.total))
    return -abs(unit.places or 0), -points


def told_value(sheet: RuleSheet, value: ValueChange, text: str | None) -> Text:
    """A figure of a run as it is shown, with its unit of measure; a dash where the run had none."""
    if text is None:
        return Text("—", "—")
    figure = sheet.figures.get(value.figure)
    read = None if figure is None else read_entry(figure, text)
    if figure is None or read is None or isinstance(read, ParseError):
        return Text.same(text)
    shown, measure = as_shown(figure, *to_stored(read)), measure_of(figure)
    return shown if measure is None else Text(f"{shown.zh} {measure.zh}", f"{shown.en} {measure.en}")
