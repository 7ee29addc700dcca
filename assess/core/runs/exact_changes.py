"""The exact split of what changes between two results: entry by entry of each total, and of each rank in two."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, NamedTuple

import numpy as np

from assess.core.exact import Column
from assess.core.explanations.lines import ResultLines
from assess.core.kinds import EXACT
from assess.core.methods.scored import Better
from assess.core.scoring.ranking import COMPARED_DIGITS
from assess.core.scoring.results import Results
from assess.core.scoring.splitting import EntryKind, Split

Entry = tuple[EntryKind, str | None]
"""What puts points into a total: its kind, and the id of the node or adjustment."""

ORDER: Final = (
    (EntryKind.ITEM, EntryKind.SECTION),
    (EntryKind.ADJUSTMENT,),
    (EntryKind.BOUNDS,),
    (EntryKind.ROUNDING,),
)
"""Entries are told in this order; inside it in that of the new sheet, then of the old."""


class EntryChange(NamedTuple):
    """What one entry changed in the total of a unit."""

    kind: EntryKind
    id: str | None
    change: Fraction


class RankSplit(NamedTuple):
    """How many places a unit moved by its own total, and how many by all others; below 0 is towards the first."""

    own: Fraction
    others: Fraction


class UnitSide(NamedTuple):
    """What a unit has in one result; the total as it is printed."""

    total: str | None
    rank: Fraction | None
    grade: str | None
    state: str | None


ABSENT: Final = UnitSide(None, None, None, None)
"""What a unit has in a result that does not know it."""


@dataclass(frozen=True, slots=True)
class UnitChange:
    """What changed for one unit.

    Attributes:
        group: that of the new result; of a unit that only the old one knows, the old.
        change: the new total less the old one; None where either is missing.
        split: what each entry changed; together the change.
    """

    unit: str
    group: str | None
    was: UnitSide
    now: UnitSide
    change: Fraction | None
    split: tuple[EntryChange, ...]
    rank_split: RankSplit | None


class EntrySum(NamedTuple):
    """What one entry changed in all totals: for how many units, and what these gained and lost together."""

    kind: EntryKind
    id: str | None
    units: int
    gained: Fraction
    lost: Fraction


@dataclass(frozen=True, slots=True)
class ResultChanges:
    """Two results side by side: the units in the order of the new one, then those of the old alone."""

    old: Results
    new: Results
    units: tuple[UnitChange, ...]
    by_entry: tuple[EntrySum, ...]

    @property
    def changed(self) -> int:
        """How many units have another total."""
        return sum(1 for unit in self.units if unit.change)

    @property
    def ranks_changed(self) -> int:
        """How many of the units that have a rank in both results have another one."""
        return differing((unit.was.rank, unit.now.rank) for unit in self.units)

    @property
    def grades_changed(self) -> int:
        """How many of the units that have a grade in both results have another one."""
        return differing((unit.was.grade, unit.now.grade) for unit in self.units)


def differing(pairs: Iterable[tuple[object, object]]) -> int:
    """How many pairs are complete and differ."""
    return sum(1 for was, now in pairs if was is not None and now is not None and was != now)


def changes_between(old: ResultLines, new: ResultLines) -> ResultChanges:
    """What changed from one result to another, split exactly."""
    common = CommonUnits(old.results, new.results)
    entries = list(entry_changes(old.split, new.split, common))
    changed = changes_of_units(common, new.split.totals.take(common.now) - old.split.totals.take(common.was), entries)
    units = [changed.get(code) or of_new_alone(new.results, code) for code in new.results.inputs.units.codes]
    units += [of_old_alone(old.results, code) for code in old.results.inputs.units.codes if code not in changed]
    return ResultChanges(old.results, new.results, tuple(units), tuple(entry_sum(*each) for each in entries))


class CommonUnits:
    """The units that two results have in common, in the order of the new one, and their places in both."""

    def __init__(self, old: Results, new: Results) -> None:
        self.old, self.new = old, new
        before, after = old.inputs.units.places, new.inputs.units.places
        self.codes = [code for code in new.inputs.units.codes if code in before]
        self.was = np.array([before[code] for code in self.codes], dtype=np.int64)
        self.now = np.array([after[code] for code in self.codes], dtype=np.int64)


def entry_changes(old: Split, new: Split, common: CommonUnits) -> Iterator[tuple[Entry, Column]]:
    """What each entry changed in the totals of the common units, if anything, in the order of the sheets."""
    both = old.totals.take(common.was).present & new.totals.take(common.now).present
    was = {(each.kind, each.id): each.points.take(common.was).filled(0) for each in old.entries}
    now = {(each.kind, each.id): each.points.take(common.now).filled(0) for each in new.entries}
    nothing = Column.constant(0, len(common.codes))
    for kinds in ORDER:
        for entry in (entry for entry in {**now, **was} if entry[0] in kinds):
            change = (now.get(entry, nothing) - was.get(entry, nothing)).only(both)
            if (change != 0).any():
                yield entry, change


def changes_of_units(
    common: CommonUnits, changes: Column, entries: Sequence[tuple[Entry, Column]]
) -> dict[str, UnitChange]:
    """What changed for each of the common units, by its code."""
    splits: list[list[EntryChange]] = [[] for _ in common.codes]
    for (kind, id), column in entries:
        for at in np.flatnonzero(column != 0).tolist():
            splits[at].append(EntryChange(kind, id, column.fraction(at) or Fraction(0)))
    ranks = rank_splits(common)
    was, now = outcomes(common.old, common.was.tolist()), outcomes(common.new, common.now.tolist())
    groups = [group_of(common.new, place) for place in common.now.tolist()]
    rows = zip(common.codes, groups, was, now, changes.fractions(), map(tuple, splits), ranks, strict=True)
    return {row[0]: UnitChange(*row) for row in rows}


def of_new_alone(new: Results, code: str) -> UnitChange:
    """A unit that the old result does not know."""
    place = new.inputs.units.places[code]
    (now,) = outcomes(new, [place])
    return UnitChange(code, group_of(new, place), ABSENT, now, None, (), None)


def of_old_alone(old: Results, code: str) -> UnitChange:
    """A unit that the new result does not know."""
    place = old.inputs.units.places[code]
    (was,) = outcomes(old, [place])
    return UnitChange(code, group_of(old, place), was, ABSENT, None, (), None)


def outcomes(results: Results, places: Sequence[int]) -> list[UnitSide]:
    """What units have in a result."""
    taken = np.array(places, dtype=np.int64)
    totals = results.total.take(taken).printed(results.total_digits)
    ranks = results.ranks.take(taken).fractions()
    return [
        UnitSide(total, rank, results.grade(place), results.state(place))
        for total, rank, place in zip(totals, ranks, places, strict=True)
    ]


def group_of(results: Results, place: int) -> str | None:
    """The id of a unit's group; None in a sheet without groups, and for a unit of none."""
    groups, number = results.inputs.sheet.groups, int(results.groups[place])
    return None if groups is None or number < 0 else groups[number].id


def entry_sum(entry: Entry, changes: Column) -> EntrySum:
    """What one entry changed in all totals."""
    values = [value for value in changes.fractions() if value]
    gained = sum((value for value in values if value > 0), Fraction(0))
    return EntrySum(*entry, len(values), gained, sum(values, Fraction(0)) - gained)


def rank_splits(common: CommonUnits) -> list[RankSplit | None]:
    """The split of the change of each common unit's rank; None without a rank in both, and where the group changed."""
    old, new = common.old, common.new
    was, now = compared_totals(old, new)
    field = ranked_by_group(old, was)
    found: list[RankSplit | None] = []
    for before, after in zip(common.was.tolist(), common.now.tolist(), strict=True):
        rank, is_now, total = old.ranks.fraction(before), new.ranks.fraction(after), now[after]
        if rank is None or is_now is None or total is None or group_of(old, before) != group_of(new, after):
            found.append(None)
            continue
        own_total = was[before]
        others_above = bisect_left(field[int(old.groups[before])], total) - (
            own_total is not None and own_total < total
        )
        reached = 1 + others_above
        found.append(RankSplit(reached - rank, is_now - reached))
    return found


def compared_totals(old: Results, new: Results) -> tuple[list[Fraction | None], list[Fraction | None]]:
    """The totals of both results as the old sheet ranks them, the better the lower."""
    exact = EXACT in (old.inputs.sheet.rounding.total, new.inputs.sheet.rounding.total)
    higher = old.inputs.sheet.ranking.better is Better.HIGHER
    was, now = (each.round(COMPARED_DIGITS) if exact else each for each in (old.total, new.total))
    return (-was if higher else was).fractions(), (-now if higher else now).fractions()


def ranked_by_group(results: Results, totals: Sequence[Fraction | None]) -> dict[int, list[Fraction]]:
    """The totals of the ranked units of each group, the best first."""
    found: dict[int, list[Fraction]] = {}
    for place in np.flatnonzero(results.ranks.present).tolist():
        total = totals[place]
        assert total is not None
        found.setdefault(int(results.groups[place]), []).append(total)
    return {group: sorted(each) for group, each in found.items()}
