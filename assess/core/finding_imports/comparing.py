"""Findings of a file beside earlier ones: which may repeat another of the same unit and kind at the same spot.

That a kind was found in the unit lately is not proposed here, as it is of a single finding: it holds for too many.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from assess.core.finding_imports.found import FoundRow
from assess.core.findings.places import MapPoint, place_key
from assess.core.findings.repeats import Alike, FindingSpot, why_alike
from assess.core.sources import WorkbookCell

CELL: Final = 2_000
"""Millionths of a degree: more than the metres within which two points are one place, all over China."""
MAX_IN_CELL: Final = 50
"""So many findings of a cell are looked at."""


class Earlier(NamedTuple):
    """An earlier finding of a unit and kind: its row in the ledger, or "" and where it stands in the file."""

    finding: int | None
    place_in_file: str
    unit: str
    kind: str
    spot: FindingSpot


class Spots:
    """Earlier findings by unit and kind, the latest of each place, and of each cell of the map the latest few."""

    def __init__(self) -> None:
        self.by_place: dict[tuple[str, str, str], Earlier] = {}
        self.by_cell: dict[tuple[str, str, int, int], deque[Earlier]] = {}

    def add(self, each: Earlier) -> None:
        """Let a finding be looked up that was found no earlier than those before it."""
        self.by_place[each.unit, each.kind, place_key(each.spot.place)] = each
        if each.spot.point is not None:
            cell = (each.unit, each.kind, *cell_of(each.spot.point))
            self.by_cell.setdefault(cell, deque(maxlen=MAX_IN_CELL)).append(each)

    def alike(self, unit: str, kind: str, spot: FindingSpot) -> Earlier | None:
        """The latest finding at the very place, else the latest close by; None where there is none."""
        same = self.by_place.get((unit, kind, place_key(spot.place)))
        if same is not None or spot.point is None:
            return same
        near = [each for each in self.around(unit, kind, spot.point) if why_alike(spot, each.spot) is Alike.NEAR]
        return max(near, key=lambda each: each.spot.found_on, default=None)

    def around(self, unit: str, kind: str, point: MapPoint) -> Iterator[Earlier]:
        """The findings in the cells around a point."""
        north, east = cell_of(point)
        for up in (-1, 0, 1):
            for right in (-1, 0, 1):
                yield from self.by_cell.get((unit, kind, north + up, east + right), ())


def cell_of(point: MapPoint) -> tuple[int, int]:
    """The cell of the map in which a point lies."""
    return point.latitude // CELL, point.longitude // CELL


def earlier_ones(rows: Sequence[FoundRow], known: Iterable[Earlier]) -> list[Earlier | None]:
    """For each row the finding of the ledger or of the file that it may repeat, None where there is none."""
    spots, waiting = Spots(), deque(sorted(known, key=lambda each: (each.spot.found_on, each.finding or 0)))
    found: list[Earlier | None] = [None] * len(rows)
    for number in in_order(row.read.found_on for row in rows):
        row, read = rows[number], rows[number].read
        while waiting and waiting[0].spot.found_on <= read.found_on:
            spots.add(waiting.popleft())
        spot = FindingSpot(read.place, read.point, read.found_on)
        found[number] = spots.alike(read.unit, read.kind, spot)
        spots.add(Earlier(None, str(WorkbookCell("", row.sheet, str(row.row))), read.unit, read.kind, spot))
    return found


def in_order(days: Iterable[date]) -> list[int]:
    """The order in which findings of a file are numbered: by day, then as they stand in the file."""
    listed = list(days)
    return sorted(range(len(listed)), key=lambda number: (listed[number], number))
