"""The parts of items of one unit in a run, as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from assess.core.rules.nodes import Item
from assess.core.scorecard.paper import parts_on_paper
from assess.core.scorecard.part_content import PartTable
from assess.services.runs.reading import maker_of_run
from assess.store.queries.runs import RunRow, UsedValue


def parts_in_run(run: RunRow, items: Iterable[Item], unit: str, *, folder: Path) -> dict[str, PartTable]:
    """The parts of those of some items that are scored by parts, by id (no query).

    Raises:
        NotFound: the frozen inputs are gone from the disk.
    """
    by_parts = [item for item in items if item.by is not None]
    if not by_parts:
        return {}
    maker = maker_of_run(run, folder=folder)
    place = maker.results.inputs.units.places[unit]
    found = ((item.id, maker.parts_of(item, place)) for item in by_parts)
    return {id: parts_on_paper(parts) for id, parts in found if parts is not None}


def parts_of_line(run: RunRow, item: Item, unit: str, *, folder: Path) -> PartTable | None:
    """The parts of one item; None where it is not scored by parts or has none (no query).

    Raises:
        NotFound: the frozen inputs are gone from the disk.
    """
    return parts_in_run(run, [item], unit, folder=folder).get(item.id)


def values_at_parts(used: Iterable[UsedValue], year: int) -> Mapping[tuple[str, str], int]:
    """The rows of the kept values of a year, by figure and part."""
    return {
        (each.figure, each.period or str(year)): each.value
        for each in used
        if each.year == year and each.value is not None
    }
