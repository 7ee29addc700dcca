"""What parts two runs: who moved, by which items, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, NamedTuple

from assess.core.explanations.lines import STATES, WITHOUT_POINTS
from assess.core.numbers import exact, printed
from assess.core.rules.needed_figures import compares_units, figures_by_record
from assess.core.rules.nodes import Item
from assess.core.rules.sheet import RuleSheet, all_items, items_taken_off, title_of
from assess.core.runs.kinds import Origin
from assess.core.scorecard.evidence import OF_TASKS, called_years_back
from assess.core.scoring.nodes import NOT_APPLICABLE
from assess.core.text import Text
from assess.core.workflow import LabeledEnum

EXEMPT: Final = STATES[NOT_APPLICABLE]
"""The state of a line that does not apply."""


NO_LINE: Final = Text.same("–")


class ChangeReason(LabeledEnum):
    """Why a line has other points."""

    FIGURE = "figure", "数据变化", "Figure changed"
    APPLIES = "applies", "是否涉及有变化", "Whether it applies changed"
    OTHERS = "others", "其他单位的数据变化", "Figures of other units"
    RULES = "rules", "评分表修改", "Rule sheet changed"
    ATTRIBUTES = "attributes", "单位名单、上年结果等其他输入变化", "Other inputs changed, such as the list of units"


class ValueChange(NamedTuple):
    """A figure of a unit that differs; texts and rows of the kept values, None where one run had none."""

    unit: str
    figure: str
    year: int
    period: str
    was: str | None
    now: str | None
    was_value: int | None
    now_value: int | None
    origin: Origin


class LineChange(NamedTuple):
    """A line that differs: printed points (None without) and states in both runs; what is taken off is below 0."""

    unit: str
    node: str
    was: str | None
    now: str | None
    was_state: str | None
    now_state: str | None

    @property
    def sides(self) -> tuple[Text, Text]:
        """What the line has in both runs: its points, or why it has none; a dash where a run has no such line."""
        return side(self.was, self.was_state), side(self.now, self.now_state)


@dataclass(frozen=True, slots=True)
class MovedLine:
    """A line that differs, with why.

    Attributes:
        difference: the points gained or lost, signed; None where either run has none.
        values: the unit's own figures that differ.
        others: so many figures of other units that differ where the item compares.
    """

    change: LineChange
    title: Text
    clause: str
    difference: str | None
    reason: ChangeReason
    values: tuple[ValueChange, ...]
    others: int


def side(points: str | None, state: str | None) -> Text:
    """What a line has in one run."""
    return WITHOUT_POINTS.get(state or "", NO_LINE) if points is None else Text.same(points)


def moved_lines(
    sheets: tuple[RuleSheet, RuleSheet], lines: Iterable[LineChange], values: Sequence[ValueChange]
) -> dict[str, list[MovedLine]]:
    """The items that differ, by unit and in the order of the sheets, each with why.

    Args:
        sheets: the rules of the run before and of the run after.
        lines: every line that differs.
        values: every figure that differs.
    """
    before, after = sheets
    items = {item.id: item for sheet in (before, after) for item in all_items(sheet)}
    taken_off = items_taken_off(before) | items_taken_off(after)
    asked = {**asking(before, values), **asking(after, values)}
    compared = {item.id for sheet in (before, after) for item in all_items(sheet) if compares_units(item, sheet)}
    order = {node: place for place, node in enumerate(items)}
    found: dict[str, list[MovedLine]] = {}
    for change in sorted((each for each in lines if each.node in items), key=lambda each: order[each.node]):
        signed_change = as_taken_off(change) if change.node in taken_off else change
        moving = [each for each in asked[change.node] if change.node in compared or each.unit == change.unit]
        moved = moved_line(items[change.node], signed_change, moving, other_rules=before is not after)
        found.setdefault(change.unit, []).append(moved)
    return found


def as_taken_off(change: LineChange) -> LineChange:
    """The same line with its points as they enter the total: below 0."""
    was, now = (None if each is None else printed(-exact(each)) for each in (change.was, change.now))
    return change._replace(was=was, now=now)


def asking(sheet: RuleSheet, values: Sequence[ValueChange]) -> dict[str, list[ValueChange]]:
    """The figures that differ, by the item that rests on them."""
    by_figure: dict[tuple[str, int], list[ValueChange]] = {}
    for value in values:
        by_figure.setdefault((value.figure, sheet.year - value.year), []).append(value)
    rest = figures_by_record(sheet)
    found = {}
    for item in all_items(sheet):
        wanted = [(each.figure, each.years_back) for each in rest[item.id]]
        if item.method.obligations_counted is not None:
            wanted += [key for key in by_figure if key[0].startswith(f"{item.id}.")]
        found[item.id] = [value for key in wanted for value in by_figure.get(key, ())]
    return found


def moved_line(item: Item, change: LineChange, values: Sequence[ValueChange], *, other_rules: bool) -> MovedLine:
    """One line that differs, with why."""
    own = tuple(value for value in values if value.unit == change.unit)
    return MovedLine(
        change=change,
        title=title_of(item, item.id),
        clause=item.clause,
        difference=difference(change.was, change.now),
        reason=reason_of(change, own, len(values) - len(own), other_rules=other_rules),
        values=own,
        others=len(values) - len(own),
    )


def reason_of(change: LineChange, own: Sequence[ValueChange], others: int, *, other_rules: bool) -> ChangeReason:
    """The likeliest reason: what differs for the unit itself, then whether it applies, other units, the rules."""
    reasons: Sequence[tuple[bool, ChangeReason]] = (
        (bool(own), ChangeReason.FIGURE),
        (change.was_state != change.now_state and EXEMPT in (change.was_state, change.now_state), ChangeReason.APPLIES),
        (bool(others), ChangeReason.OTHERS),
        (other_rules, ChangeReason.RULES),
    )
    return next((reason for holds, reason in reasons if holds), ChangeReason.ATTRIBUTES)


def difference(was: str | None, now: str | None) -> str | None:
    """The points gained or lost, with their sign; None where either is missing."""
    if was is None or now is None:
        return None
    return signed(exact(now) - exact(was))


def signed(value: Fraction) -> str:
    """A difference with its sign; 0 without."""
    return f"+{printed(value)}" if value > 0 else printed(value)


def figure_called(sheet: RuleSheet, value: ValueChange) -> Text:
    """What a figure is called, that of an earlier year so."""
    _, _, column = value.figure.rpartition(".")
    figure = sheet.figures.get(value.figure)
    title = OF_TASKS.get(column, Text.same(value.figure)) if figure is None else title_of(figure, value.figure)
    return called_years_back(title, sheet.year - value.year)
