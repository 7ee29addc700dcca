"""The whole check of a rule sheet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from assess.core.expressions import ValueType
from assess.core.flaws import Flaw
from assess.core.rules.checking import (
    adjustments,
    at_places,
    digits,
    expressions,
    figures,
    ids,
    kinds,
    marks,
    methods,
    outcome,
    panels,
    parts,
    picks,
    total_digits,
    unmarked,
)
from assess.core.rules.sheet import RuleSheet
from assess.core.schema import Found, Tree

Check = Callable[[RuleSheet], Iterator[Flaw]]

CHECKS: tuple[Check, ...] = (
    ids.unique_ids,
    ids.known_departments,
    ids.known_groups,
    ids.known_figures,
    ids.known_nodes_and_grades,
    figures.suppliers,
    figures.details,
    figures.periods,
    figures.ranges,
    figures.circles,
    parts.object_kinds,
    parts.kinds_in_formulas,
    parts.part_keys,
    digits.growth,
    total_digits.growth_of_total,
    marks.sums,
    marks.shared_marks,
    marks.bounds,
    marks.weights,
    marks.nothing_counts,
    marks.missing_rules,
    marks.taken_out,
    picks.picks_of_sections,
    picks.picks_of_items,
    panels.keys_of_panels,
    panels.kinds_in_panels,
    unmarked.without_mark,
    unmarked.rates,
    methods.method_keys,
    kinds.figure_kinds,
    kinds.percent_signs,
    adjustments.items_of_adjustments,
    adjustments.order,
    outcome.grades,
    outcome.ranking,
    outcome.conversion,
    outcome.results,
)


def check_sheet(
    sheet: RuleSheet,
    flaws: Found,
    *,
    tree: Tree,
    attributes: Mapping[str, ValueType] | None = None,
    objects: Mapping[str, Mapping[str, ValueType]] | None = None,
    tasks: Collection[str] | None = None,
) -> None:
    """Report everything section 11 of the format refuses.

    Args:
        sheet: as read; parts that could not be read are skipped.
        flaws: what reading found; what the check finds is added.
        tree: the plain tree of the sheet, for what its unreadable parts mention.
        attributes: the unit attributes by name, where the units are known; else names are taken for attributes only
            where the sheet uses them in `where` or `applies`.
        objects: the attributes of each kind of objects, where their list is known.
        tasks: the numbers of the annual task list, where there is one.
    """
    unread = list(flaws)
    for check in CHECKS:
        flaws.extend(check(sheet))
    flaws.extend(expressions.names_and_kinds(sheet, attributes, objects))
    flaws.extend(at_places.read_at_places(sheet, objects))
    flaws.extend(figures.unused(sheet, tree if unread else {}))
    if tasks is not None:
        flaws.extend(ids.known_tasks(sheet, tasks))
