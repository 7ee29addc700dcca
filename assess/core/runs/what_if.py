"""The inputs of a run read by another rule sheet: what-if of a draft, before anybody is scored by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from assess.core.exact import Column
from assess.core.exemptions import Exemptions
from assess.core.expressions import TextColumn
from assess.core.figures import FigureTable, Layer
from assess.core.figures.headings import obligation_columns
from assess.core.figures.periods import misfit_of
from assess.core.figures.stored import figures_to_give
from assess.core.figures.table import value_text
from assess.core.figures.values import read_column
from assess.core.rules.figure import Figure
from assess.core.rules.nodes import Item
from assess.core.rules.sheet import RuleSheet, all_items
from assess.core.scoring.inputs import ScoringInputs


@dataclass(frozen=True, slots=True)
class OtherInputs:
    """The same inputs by another sheet, and what of them the two sheets do not share.

    Attributes:
        left_out: ids of figures some of whose values the other sheet does not take.
        lacking: ids of figures that the other sheet asks for and the inputs never had.
        exemptions_left_out: ids of items whose exemptions mean nothing in the other sheet.
    """

    inputs: ScoringInputs
    left_out: tuple[str, ...]
    lacking: tuple[str, ...]
    exemptions_left_out: tuple[str, ...]


class TakenTable(NamedTuple):
    """A table of figures by another sheet, and the figures some of whose values it does not take."""

    table: FigureTable
    left_out: frozenset[str]


def inputs_by(sheet: RuleSheet, given: ScoringInputs) -> OtherInputs:
    """What a scoring by a sheet stands on if all else is as given; the sheet counts as one of the year of the inputs.

    `assess score` comes to the same bytes by the sheet and the files, less what is left out.
    """
    sheet = replace(sheet, year=given.sheet.year)
    now = taken_by(sheet, given.figures, sheet.year)
    last_year = None if given.last_year is None else taken_by(sheet, given.last_year, sheet.year - 1)
    earlier = [taken_by(sheet, table, sheet.year - back) for back, table in enumerate(given.earlier, start=2)]
    exemptions, without_item = exemptions_by(sheet, given)
    inputs = replace(
        given, sheet=sheet, figures=now.table, last_year=None if last_year is None else last_year.table,
        earlier=tuple(each.table for each in earlier), exemptions=exemptions,
    )  # fmt: skip
    left_out: set[str] = set().union(*(each.left_out for each in (now, last_year, *earlier) if each is not None))
    known = figures_to_give(given.sheet, sheet.year)
    lacking = tuple(name for name in figures_to_give(sheet, sheet.year) if name not in known)
    return OtherInputs(inputs, tuple(sorted(left_out)), lacking, without_item)


def taken_by(sheet: RuleSheet, given: FigureTable, year: int) -> TakenTable:
    """A table of one year by a sheet; values that it does not take are left out."""
    old = {**given.sheet.figures, **obligation_columns(given.sheet)}
    new = {**figures_to_give(sheet, year), **obligation_columns(sheet)}
    layers: dict[str, tuple[Layer, ...]] = {}
    left_out: set[str] = set()
    for name, each in given.layers.items():
        found = layers_by(new[name], old[name], each) if name in new else ()
        kept = tuple(layer for layer in found if not layer.values.missing.all())
        if values_in(kept) < values_in(each):
            left_out.add(name)
        if kept:
            layers[name] = kept
    return TakenTable(FigureTable(sheet, given.units, layers, given.places, given.objects), frozenset(left_out))


def layers_by(new: Figure, old: Figure, layers: tuple[Layer, ...]) -> tuple[Layer, ...]:
    """The values of a figure as another sheet reads it: by its own periods, kind and bounds."""
    if new.of != old.of:
        return ()
    fitting = tuple(layer for layer in layers if misfit_of(layer.label, new.period) is None)
    if reading_of(new) == reading_of(old):
        return fitting
    return tuple(replace(layer, values=reread(new, old, layer.values)) for layer in fitting)


def reading_of(figure: Figure) -> tuple[object, ...]:
    """What decides how a text is read as a value of a figure."""
    return figure.kind, figure.decimals, figure.min, figure.max, figure.choices


def reread(new: Figure, old: Figure, values: Column | TextColumn) -> Column | TextColumn:
    """The values that were read for one figure, read for another; missing where they do not fit it."""
    missing = values.missing.tolist()
    texts = ["" if gone else value_text(old, values, place).zh for place, gone in enumerate(missing)]
    return read_column(new, texts)[0]


def values_in(layers: tuple[Layer, ...]) -> int:
    """How many values there are."""
    return sum(int((~layer.values.missing).sum()) for layer in layers)


def exemptions_by(sheet: RuleSheet, given: ScoringInputs) -> tuple[Exemptions | None, tuple[str, ...]]:
    """The exemptions from items that a sheet has, and the items whose exemptions are left out.

    Those from parts stay where the item has the same parts.
    """
    if given.exemptions is None:
        return None, ()
    old, new = (by_id(each) for each in (given.sheet, sheet))
    whole, parts = given.exemptions.entries, given.exemptions.parts
    kept = Exemptions(
        given.units,
        {item: entries for item, entries in whole.items() if item in new},
        {item: entries for item, entries in parts.items() if item in new and new[item].by == old[item].by},
    )
    dropped = (whole.keys() - kept.entries.keys()) | (parts.keys() - kept.parts.keys())
    return kept, tuple(sorted(dropped))


def by_id(sheet: RuleSheet) -> Mapping[str, Item]:
    """The items of a sheet by id."""
    return {item.id: item for item in all_items(sheet)}
