"""A live estimate for one unit: what its own figures would earn, scored by the engine itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Final, NamedTuple

from assess.core.exemptions import Exemptions
from assess.core.explanations.lines import ResultLines, printed_all
from assess.core.explanations.reckoning import printed_points
from assess.core.expressions import holds
from assess.core.figures import FigureTable
from assess.core.figures.reading import GivenRow, from_rows
from assess.core.forms.form import cell_of_key
from assess.core.kinds import NO_MARK
from assess.core.numbers import printed
from assess.core.rules.figure import BY_LEDGER, BY_TASK_LIST, BY_UNIT
from assess.core.rules.needed_figures import KEPT, Itself, compares_units, figures_by_record
from assess.core.rules.nodes import Combine, Item, Missing, Node, Section, counting
from assess.core.rules.outcome import RankingRule, TotalBounds
from assess.core.rules.sheet import RuleSheet, adjustment_items, items_taken_off, mark_in, nodes_outside, title_of
from assess.core.scoring.inputs import ScopeValues, ScoringInputs
from assess.core.scoring.nodes import ItemScore
from assess.core.scoring.results import Results
from assess.core.scoring.run import score
from assess.core.text import Text
from assess.core.units.objects import UnitObjects
from assess.core.units.unit_list import Units

COMPARED = Text("与其他单位比较得分，数据到齐后计算", "compared with other units: counted when all have their figures")
CORRECTED = Text(
    "得分以其他项的得分为条件，数据到齐后计算", "depends on the scores of others: counted when all have their figures"
)
WAITING = Text("待提供数据：{who}", "data awaited from: {who}")
WITHOUT_LAST_YEAR = Text("缺上年数据", "last year's data missing")
SUPPLIERS: Final = {
    BY_TASK_LIST: Text("年度任务清单", "the annual task list"),
    BY_LEDGER: Text("问题台账", "the ledger of findings"),
}


class EstimatedLine(NamedTuple):
    """What one item would earn now.

    Attributes:
        item, title, clause: the item.
        points: as printed; None where it has no score.
        full: its full mark as printed, empty where it has none.
        state: `scored`, `missing`, `not-applicable` or `no-group`.
        why: the sentence of the same computation.
        off: what it takes off the total, in place of points of a full mark, where it is an item of a deduction.
        counts: whether it counts in the total.
    """

    item: str
    title: Text
    clause: str
    points: str | None
    full: str
    state: str
    why: Text
    off: Text | None = None
    counts: bool = True


class Later(NamedTuple):
    """An item that the unit's own figures do not decide, and what it waits for.

    `full` is its full mark as printed; None where marks differ by group and the unit is in none.
    """

    item: str
    title: Text
    clause: str
    full: str | None
    why: Text


@dataclass(frozen=True, slots=True)
class Estimate:
    """The lines that the unit's own figures decide, and the items that come later, in the order of the sheet.

    Attributes:
        points, full: sums of the lines that add up to the total; items of means, bonuses and deductions do not. `full`
            is empty where the sheet has no full mark.
    """

    lines: tuple[EstimatedLine, ...]
    later: tuple[Later, ...]
    points: str
    full: str

    def line(self, item: str) -> EstimatedLine | None:
        """The line of an item."""
        return next((each for each in self.lines if each.item == item), None)


class PrintedPoints(NamedTuple):
    """Points and full marks as printed: sums of the lines that add up to the total."""

    points: str
    full: str


NO_POINTS: Final = PrintedPoints("0", "0")


def own_inputs(
    sheet: RuleSheet,
    units: Units,
    place: int,
    values: Mapping[str, str],
    *,
    exemptions: Exemptions | None = None,
    previous: FigureTable | None = None,
    objects: UnitObjects | None = None,
    earlier: tuple[FigureTable, ...] = (),
) -> ScoringInputs:
    """What the unit at a place can be scored by on its own.

    Args:
        sheet: the year's rule sheet, which has passed its check.
        units: all assessed units.
        place: where the unit stands among them.
        values: what it reported, as text by the key of the field (`field_key`), and by name what
            follows from its obligations; what cannot be read counts as missing.
        exemptions: those of all units.
        previous: last year's figures of all units.
        objects: those of all units.
        earlier: those of the years before, the latest first.
    """
    unit = units.alone(place)
    own = UnitObjects(unit) if objects is None else objects.alone(place, unit)
    table, _ = from_rows(sheet, own, list(rows_of(unit.codes[0], values)), "an estimate", sheet.year)
    last_year = None if previous is None else previous.alone(place, unit)
    granted = None if exemptions is None else exemptions.alone(place, unit)
    further_back = tuple(each.alone(place, unit) for each in earlier)
    known = None if objects is None else own
    return ScoringInputs(sheet, unit, table, last_year, None, granted, further_back, objects=known)


def estimate(inputs: ScoringInputs, only: Collection[str] | None = None) -> Estimate:
    """What a unit would earn by its own figures as they are now.

    Args:
        inputs: those of the unit alone.
        only: the ids of the items to tell of; all where none are named.
    """
    decided, later = parted(inputs, only)
    if not decided:
        return Estimate((), later, *NO_POINTS)
    results = alone(decided, inputs)
    lines = ResultLines(with_taken_off(results, inputs.sheet))
    outside = nodes_outside(inputs.sheet)
    told = (line_of(item, lines)._replace(counts=item.id not in outside) for item in decided)
    return Estimate(tuple(told), later, *added_up(decided, results, inputs.sheet))


def estimated_points(inputs: ScoringInputs) -> PrintedPoints:
    """The sums of the same estimate; much quicker, as no sentence is made."""
    decided, _ = parted(inputs, None)
    return added_up(decided, alone(decided, inputs), inputs.sheet) if decided else NO_POINTS


def parted(inputs: ScoringInputs, only: Collection[str] | None) -> tuple[tuple[Item, ...], tuple[Later, ...]]:
    """The items that the unit's own figures decide, and those that come later."""
    items = tuple(item for item in items_with_missing(Itself(inputs.sheet)) if only is None or item.id in only)
    decided, later = [], []
    group = group_alone(inputs)
    for item, why in waiting(items, inputs):
        if why is None:
            decided.append(item)
        else:
            later.append(Later(item.id, title_of(item, item.id), item.clause, full_mark(item, group), why))
    return tuple(decided), tuple(later)


def full_mark(item: Item, group: str | None) -> str | None:
    """The full mark of an item as printed; None where it has none, or differs by group and the unit is in none."""
    mark = mark_in(item.points, group)
    return None if mark is None else printed(mark)


def group_alone(inputs: ScoringInputs) -> str | None:
    """The group of the unit alone; None where it is in none."""
    groups, number = inputs.sheet.groups, int(ScopeValues(inputs).groups[0])
    return groups[number].id if groups is not None and number >= 0 else None


def added_up(items: Iterable[Item], results: Results, sheet: RuleSheet) -> PrintedPoints:
    """The sums of what items earned, of those that add up to the total of the sheet and have a score."""
    added = summed(sheet.items)
    points, full = Fraction(0), Fraction(0)
    for item in items:
        score = results.scores[item.id]
        earned = printed_points(score, results)[0]
        if item.id in added and earned is not None:
            points += Fraction(earned)
            full += Fraction(printed_all(score.full, 1)[0] or 0)
    return PrintedPoints(printed(points), printed(full) if has_mark(sheet) else "")


def has_mark(sheet: RuleSheet) -> bool:
    """Whether what counts at the top of a sheet has full marks."""
    return all(node.points != NO_MARK for node in counting(sheet.items))


def rows_of(unit: str, values: Mapping[str, str]) -> Iterator[GivenRow]:
    """Texts by the key of the field as rows of a table; the year of a unit goes unsaid."""
    for key, text in values.items():
        figure, code, period = cell_of_key(key)
        yield GivenRow("" if code else unit, code, figure, period, text)


def waiting(items: Iterable[Item], inputs: ScoringInputs) -> Iterator[tuple[Item, Text | None]]:
    """What each item waits for; None where the unit's own figures decide it, or where it does not apply."""
    values = ScopeValues(inputs)
    for item in items:
        yield item, None if is_left_out(item, values) else what_it_waits_for(item, inputs)


def is_left_out(item: Item, values: ScopeValues) -> bool:
    """Whether the item does not apply to the unit, or the unit is exempt from it."""
    exemptions = values.inputs.exemptions
    if exemptions is not None and exemptions.entry(item.id, 0) is not None:
        return True
    if item.applies is None:
        return False
    true, unknown = holds(values.evaluate(item.applies))
    return not (true[0] or unknown[0])


def what_it_waits_for(item: Item, inputs: ScoringInputs) -> Text | None:
    """Why the unit's own figures do not decide an item; None where they do."""
    if compares_units(item, inputs.sheet):
        return COMPARED
    if any(each.when.nodes for each in item.corrections or ()):
        return CORRECTED
    asked = figures_by_record(inputs.sheet)[item.id]
    given, figures = inputs.figures.given, inputs.sheet.figures.keys()
    missing = dict.fromkeys(each.figure for each in asked if not each.last_year and each.figure not in given)
    suppliers = dict.fromkeys(inputs.sheet.figures[figure].from_ for figure in missing)
    suppliers.pop(BY_UNIT, None)
    if BY_LEDGER in suppliers and any(inputs.sheet.figures[each].from_ == BY_LEDGER for each in given & figures):
        del suppliers[BY_LEDGER]
    if item.method.obligations_counted is not None and not any(name.startswith(f"{item.id}.") for name in given):
        suppliers[BY_TASK_LIST] = None
    if suppliers:
        return WAITING.format(who=named(suppliers, inputs.sheet))
    last_year = any(each.last_year for each in asked)
    return WITHOUT_LAST_YEAR if last_year and inputs.last_year is None else None


def named(suppliers: Iterable[str], sheet: RuleSheet) -> Text:
    """Who supplies figures, by name."""
    departments = sheet.departments or {}
    titles = [SUPPLIERS.get(each) or title_of(departments.get(each), each) for each in suppliers]
    return Text("、".join(title.zh for title in titles), ", ".join(title.en for title in titles))


@lru_cache(maxsize=KEPT)
def items_with_missing(key: Itself) -> tuple[Item, ...]:
    """Every item of a sheet, with what a missing figure means for it written out; worked out once a sheet."""
    sheet = key.sheet
    return (*inheriting(sheet.items, sheet.missing), *inheriting(adjustment_items(sheet), sheet.missing))


def inheriting(nodes: Iterable[Node], inherited: Missing | None) -> Iterator[Item]:
    """The items below nodes, each with its own `missing` or that of the nearest section above."""
    for node in nodes:
        missing = inherited if node.missing is None else node.missing
        if isinstance(node, Section):
            yield from inheriting(node.items, missing)
        else:
            yield replace(node, missing=missing)


def with_taken_off(results: Results, sheet: RuleSheet) -> Results:
    """The same results, items of the deductions of a sheet known as such."""
    known = ((item, results.scores.get(item)) for item in items_taken_off(sheet))
    marked = {item: replace(found, taken_off=True) for item, found in known if isinstance(found, ItemScore)}
    return replace(results, scores={**results.scores, **marked}) if marked else results


def alone(items: tuple[Item, ...], inputs: ScoringInputs) -> Results:
    """These items scored as a sheet of their own."""
    sheet = replace(
        inputs.sheet,
        items=items,
        adjustments=(),
        ranking=RankingRule(),
        grades=None,
        conversion=None,
        results=None,
        total=TotalBounds(),
    )
    return score(replace(inputs, sheet=sheet))


def line_of(item: Item, lines: ResultLines) -> EstimatedLine:
    """The line of one item, printed."""
    line = lines.of(item.id)
    why = Text(line.whys["zh"][0], line.whys["en"][0])
    title = title_of(item, item.id)
    return EstimatedLine(item.id, title, item.clause, line.scores[0], line.full[0], line.states[0], why, line.off[0])


def summed(nodes: Iterable[Node]) -> frozenset[str]:
    """The items whose points add up to the total without being rescaled or averaged."""
    found: set[str] = set()
    for node in counting(nodes):
        if isinstance(node, Item):
            found.add(node.id)
        elif node.combine is Combine.SUM:
            found |= summed(node.items)
    return frozenset(found)
