"""How complete a year is: units by figures, each cell with how far its value has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assess.core.exemptions import Exemptions
from assess.core.expressions import holds
from assess.core.figures import empty
from assess.core.figures.periods import periods_of
from assess.core.forms.asked_objects import objects_of_form
from assess.core.forms.making import outlines
from assess.core.rules.adjustments import Adjustment
from assess.core.rules.figure import PeriodKind
from assess.core.rules.needed_figures import figures_by_record
from assess.core.rules.nodes import Item, Node
from assess.core.rules.sheet import RuleSheet, title_of
from assess.core.scoring.inputs import ScopeValues, ScoringInputs
from assess.core.text import Text
from assess.core.units.objects import UnitObjects
from assess.core.units.unit_list import Units
from assess.core.workflow import LabeledEnum


class CellState(LabeledEnum):
    """How far a figure of a unit has come."""

    CERTIFIED = "certified", "已核定", "Certified"
    ENTERED = "entered", "已报送", "Submitted"
    RETURNED = "returned", "已退回", "Returned"
    DRAFT = "draft", "草稿", "Draft"
    PART = "part", "部分填报", "Partly filled in"
    MISSING = "missing", "未填报", "Missing"
    NOT_APPLICABLE = "not-applicable", "不涉及", "Not applicable"


DONE = frozenset({CellState.CERTIFIED, CellState.ENTERED})


class Entered(NamedTuple):
    """What there is of a figure of a unit: values by state, drafted ones, and whether one is for the whole year."""

    reported: int = 0
    returned: int = 0
    certified: int = 0
    drafted: int = 0
    whole_year: bool = False


class RequiredFigure(NamedTuple):
    """A figure that somebody must enter: in which section of the sheet, by whom, for how many periods."""

    figure: str
    title: Text
    section: str
    supplier: str
    periods: int


@dataclass(frozen=True, eq=False)
class Demands:
    """What is asked of every unit: a row a figure, an entry a unit.

    Attributes:
        applies: whether the figure is asked for.
        objects: of how many objects of the unit; 1 for a figure of units.
    """

    asked: tuple[RequiredFigure, ...]
    applies: NDArray[np.bool_]
    sections: tuple[tuple[str, Text], ...]
    objects: NDArray[np.int64]


class CompletenessRow(NamedTuple):
    """One unit: the state of each figure shown, and how many of those that apply are done."""

    unit: str
    states: tuple[CellState, ...]

    @property
    def needed(self) -> int:
        """How many figures apply."""
        return sum(state is not CellState.NOT_APPLICABLE for state in self.states)

    @property
    def done(self) -> int:
        """How many of them were submitted or certified."""
        return sum(state in DONE for state in self.states)

    @property
    def is_complete(self) -> bool:
        """Whether all that apply are done."""
        return self.done == self.needed

    @property
    def has_started(self) -> bool:
        """Whether anything was entered or drafted."""
        return any(state not in (CellState.MISSING, CellState.NOT_APPLICABLE) for state in self.states)


@dataclass(frozen=True)
class Matrix:
    """Units by figures."""

    asked: tuple[RequiredFigure, ...]
    rows: tuple[CompletenessRow, ...]

    @cached_property
    def done_by_figure(self) -> tuple[tuple[int, int], ...]:
        """For each figure how many units are done, of those it applies to."""
        columns = zip(*(row.states for row in self.rows), strict=True) if self.rows else iter(())
        return tuple(
            (sum(state in DONE for state in column), sum(state is not CellState.NOT_APPLICABLE for state in column))
            for column in columns
        )


def demands_of(sheet: RuleSheet, units: Units, exemptions: Exemptions, objects: UnitObjects | None = None) -> Demands:
    """Every figure that units or departments enter, in the order of the sheet, and to which units it applies.

    A figure applies to a unit where any item or adjustment that rests on it does; one of objects needs objects too.
    """
    values = ScopeValues(ScoringInputs(sheet, units, empty(sheet, units)))
    resting = figures_by_record(sheet)
    applies: dict[str, NDArray[np.bool_]] = {}
    users: dict[str, list[tuple[Node | Adjustment, NDArray[np.bool_]]]] = {}
    first: dict[str, str] = {}
    sections: dict[str, Text] = {}
    for outline in outlines(sheet):
        for record in outline.records:
            wanted = applying(record, values, exemptions) if isinstance(record, Item) else np.ones(len(units), bool)
            for name in (asked.figure for asked in resting[record.id] if not asked.last_year):
                if sheet.figures[name].is_entered:
                    sections.setdefault(outline.id, outline.title)
                    first.setdefault(name, outline.id)
                    users.setdefault(name, []).append((record, wanted))
                    applies[name] = applies[name] | wanted if name in applies else wanted
    asked = tuple(asked_for(sheet, name, section) for name, section in first.items())
    table = np.array([applies[each.figure] for each in asked], bool).reshape(len(asked), len(units))
    counts = np.ones(table.shape, np.int64)
    of_objects = {each.figure: row for row, each in enumerate(asked) if sheet.figures[each.figure].of is not None}
    for place in range(len(units)) if of_objects else ():
        known = objects_of_form(sheet, UnitObjects(units) if objects is None else objects, place, exemptions)
        for name, row in of_objects.items():
            own = (record for record, wanted in users[name] if wanted[place])
            counts[row, place] = len(known.of(sheet.figures[name].of or "", own).asked)
    for row in of_objects.values():
        table[row] = counts[row] > 0
    return Demands(asked, table, tuple(sections.items()), counts)


def asked_for(sheet: RuleSheet, name: str, section: str) -> RequiredFigure:
    """One figure that is asked for."""
    figure = sheet.figures[name]
    periods = 1 if figure.period is PeriodKind.YEAR else len(periods_of(figure.period, sheet.year))
    return RequiredFigure(name, title_of(figure, name), section, figure.from_, periods)


def applying(item: Item, values: ScopeValues, exemptions: Exemptions) -> NDArray[np.bool_]:
    """To which units an item applies; where that cannot be told, it does."""
    wanted: NDArray[np.bool_] = np.ones(values.size, bool)
    if item.applies is not None:
        true, unknown = holds(values.evaluate(item.applies))
        wanted = true | unknown
    exempt = exemptions.of(item.id)
    return wanted if exempt is None else wanted & ~exempt


def matrix_of(
    demands: Demands, units: Units, entered: Mapping[tuple[str, str], Entered], shown: frozenset[str]
) -> Matrix:
    """The state of the figures shown, of every unit.

    Args:
        demands: what is asked.
        units: all units.
        entered: what there is, by unit code and figure.
        shown: the figures that the matrix shows.
    """
    columns = [number for number, asked in enumerate(demands.asked) if asked.figure in shown]
    asked = tuple(demands.asked[number] for number in columns)
    nothing = Entered()
    rows = tuple(
        CompletenessRow(
            code,
            tuple(
                state_of(each, entered.get((code, each.figure), nothing), int(demands.objects[number, place]))
                if demands.applies[number, place]
                else CellState.NOT_APPLICABLE
                for number, each in zip(columns, asked, strict=True)
            ),
        )
        for place, code in enumerate(units.codes)
    )
    return Matrix(asked, rows)


def state_of(asked: RequiredFigure, entered: Entered, objects: int = 1) -> CellState:
    """How far a figure that applies has come, of so many objects."""
    handed_in = entered.reported + entered.certified
    needed = 1 if entered.whole_year else asked.periods * objects
    if entered.returned:
        return CellState.RETURNED
    if entered.certified >= needed:
        return CellState.CERTIFIED
    if handed_in >= needed:
        return CellState.ENTERED
    if max(handed_in, entered.drafted) == 0:
        return CellState.MISSING
    return CellState.DRAFT if entered.drafted >= needed else CellState.PART
