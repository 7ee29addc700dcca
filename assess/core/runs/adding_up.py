"""What the change of each item is worth in the total of a unit: with all else it adds up to the change of the total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from assess.core.explanations.lines import ResultLines
from assess.core.explanations.sentences import shown
from assess.core.numbers import exact
from assess.core.rules.sheet import adjustment_items
from assess.core.runs.comparing import MovedLine
from assess.core.scoring.splitting import EntryKind


class TotalChange(NamedTuple):
    """What each item that differs changed in the total, printed; `rest` is what all else changed, None for nothing."""

    items: Mapping[str, str]
    rest: str | None


class RunTotal(NamedTuple):
    """A total of one run, and what each item put into it."""

    total: Fraction
    items: Mapping[str, Fraction]


def change_of_total(
    before: ResultLines, after: ResultLines, unit: str, moved: Sequence[MovedLine]
) -> TotalChange | None:
    """What the items that differ, and all else, changed in the total of a unit; None where a run has no total of it.

    Items of an adjustment count as they stand: what its cap leaves out is in the rest, as are sections, bounds and
    rounding, and items that differ only by how much they count.
    """
    was, now = side_of(before, unit), side_of(after, unit)
    if was is None or now is None:
        return None
    adjusting = {each.id for lines in (before, after) for each in adjustment_items(lines.results.inputs.sheet)}
    changes: dict[str, Fraction] = {}
    for line in moved:
        item = line.change.node
        if item in was.items or item in now.items:
            changes[item] = now.items.get(item, Fraction(0)) - was.items.get(item, Fraction(0))
        elif item in adjusting and line.difference is not None:
            changes[item] = exact(line.difference)
    rest = now.total - was.total - sum(changes.values())
    return TotalChange({item: signed(change) for item, change in changes.items()}, signed(rest) if rest else None)


def side_of(lines: ResultLines, unit: str) -> RunTotal | None:
    """The total of a unit and what its items put into it; None without a total."""
    place = lines.results.inputs.units.places.get(unit)
    total = None if place is None else lines.split.totals.fraction(place)
    if place is None or total is None:
        return None
    items = {
        entry.id: entry.points.fraction(place) or Fraction(0)
        for entry in lines.split.entries
        if entry.kind is EntryKind.ITEM and entry.id is not None
    }
    return RunTotal(total, items)


def signed(change: Fraction) -> str:
    """A change with its sign, cut where it has too many decimals; 0 without."""
    text = shown(abs(change))[0]
    sign = "+" if change > 0 else "-" if change < 0 else ""
    return f"≈{sign}{text.removeprefix('≈')}" if text.startswith("≈") else f"{sign}{text}"
