"""What a unit earns by its findings: alone, or among all units where an item compares them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from assess.core.estimates import alone, own_inputs
from assess.core.exemptions import Exemptions
from assess.core.explanations.lines import ResultLines
from assess.core.figures import FigureTable, from_values
from assess.core.findings.measures import Tally, measured
from assess.core.obligations.standing import as_texts
from assess.core.rules.figure import BY_LEDGER, BY_TASK_LIST
from assess.core.rules.needed_figures import compares_units, figures_by_record
from assess.core.rules.nodes import Item
from assess.core.rules.sheet import RuleSheet
from assess.core.scoring.inputs import ScoringInputs
from assess.core.text import Text
from assess.core.units.objects import UnitObjects
from assess.core.units.unit_list import Units

Texts = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class UnitFacts:
    """What is known of a unit on a day.

    Attributes:
        place: where the unit stands among the units.
        tallies: its findings, counted by everything that figures of the sheet are narrowed to.
        values: what else it can be scored by on its own, as `core.estimates.own_inputs` takes it.
        everyone: the figures of the ledger of all units, for items that compare; None where nothing compares.
        objects: those of all units.
    """

    sheet: RuleSheet
    units: Units
    place: int
    day: date
    tallies: Collection[Tally]
    values: Texts = field(default_factory=dict)
    exemptions: Exemptions | None = None
    previous: FigureTable | None = None
    earlier: tuple[FigureTable, ...] = ()
    everyone: Mapping[str, Texts] | None = None
    objects: UnitObjects | None = None

    @property
    def unit(self) -> str:
        """The code of the unit."""
        return self.units.codes[self.place]

    def ledger(self, tallies: Collection[Tally]) -> Texts:
        """The figures of the ledger by some findings."""
        return as_texts(self.sheet, measured(self.sheet, {self.unit: tallies}, [self.unit]))[self.unit]


class ItemPoints(NamedTuple):
    """What an item earns, printed; None where it has no score."""

    points: str | None
    full: str
    why: Text


def inputs_of(known: UnitFacts, ledger: Texts) -> ScoringInputs:
    """What the unit alone can be scored by."""
    values = {**known.values, **ledger}
    return own_inputs(
        known.sheet, known.units, known.place, values, exemptions=known.exemptions, previous=known.previous,
        earlier=known.earlier, objects=known.objects,
    )  # fmt: skip


def suppliers_of(items: Iterable[Item], sheet: RuleSheet) -> frozenset[str]:
    """Who supplies this year's figures that items rest on, the task list for obligations too."""
    asked = figures_by_record(sheet)
    suppliers = {sheet.figures[each.figure].from_ for item in items for each in asked[item.id] if not each.last_year}
    if any(item.method.obligations_counted is not None for item in items):
        suppliers.add(BY_TASK_LIST)
    return frozenset(suppliers)


def asks_last_year(items: Iterable[Item], sheet: RuleSheet) -> bool:
    """Whether items rest on figures of the year before."""
    asked = figures_by_record(sheet)
    return any(each.last_year for item in items for each in asked[item.id])


def compares(items: Iterable[Item], sheet: RuleSheet) -> bool:
    """Whether any item compares units."""
    return any(compares_units(item, sheet) for item in items)


def is_compared(item: Item, known: UnitFacts) -> bool:
    """Whether an item compares units by nothing but figures of the ledger, which are known of all."""
    figures = known.sheet.figures
    asked = figures_by_record(known.sheet)[item.id]
    return (
        known.everyone is not None
        and compares([item], known.sheet)
        and all(figures[each.figure].from_ == BY_LEDGER and not each.last_year for each in asked)
    )


def earned_alone(items: tuple[Item, ...], known: UnitFacts, ledger: Texts) -> dict[str, ItemPoints]:
    """What the unit's own figures earn."""
    return earned_at(0, items, inputs_of(known, ledger)) if items else {}


def earned_among_all(items: tuple[Item, ...], known: UnitFacts, ledger: Texts) -> dict[str, ItemPoints]:
    """What the unit earns among all units."""
    if not items:
        return {}
    given = {**(known.everyone or {}), known.unit: ledger}
    table, _ = from_values(known.sheet, known.units, given, "an estimate")
    return earned_at(known.place, items, ScoringInputs(known.sheet, known.units, table, None, None, known.exemptions))


def earned_at(place: int, items: tuple[Item, ...], inputs: ScoringInputs) -> dict[str, ItemPoints]:
    """What the unit at a place earns, by item."""
    lines, found = ResultLines(alone(items, inputs)), {}
    for item in items:
        line = lines.of(item.id)
        full = line.full[place]
        found[item.id] = ItemPoints(line.scores[place], full, Text(line.whys["zh"][place], line.whys["en"][place]))
    return found
