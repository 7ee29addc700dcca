"""How far the set-up of a year is."""

from __future__ import annotations

from assess.core.obligations.tasks import unknown_units
from assess.core.rules.checking.service import cannot_collect
from assess.core.rules.needed_figures import years_back
from assess.core.rules.sheet import RuleSheet
from assess.core.set_up import Facts, SetUpStep, steps_of
from assess.core.workflow import DATED
from assess.services.years import Year, units_of, year_of
from assess.store.queries import previous, rules, set_up
from assess.store.queries.cycles import CycleRow
from assess.store.queries.previous import FIGURES, KINDS_OF_FIGURES, RESULTS, BatchRow
from assess.store.session import Session


def set_up_of(session: Session, cycle: CycleRow) -> tuple[SetUpStep, ...]:
    """Every step of the set-up (7 queries, and one for each part of the year that changed)."""
    versions = rules.sheet_rows(session, cycle.id)
    published = next((row.number for row in versions if row.is_published), None)
    year = None if published is None else year_of(session, cycle)
    units = (units_of(session, cycle)[0] if year is None else year.units).codes
    counts = set_up.set_up_counts(session, cycle.id, cycle.year)
    batches = previous.batches(session, cycle.id)
    people = set_up.people_in_charge(session, cycle.id)
    departments = frozenset() if year is None else frozenset(departments_at_work(year.sheet))
    facts = Facts(
        units=len(units),
        ungrouped=ungrouped(year),
        version=versions[0].number if versions else None,
        published=published,
        objects=objects_listed(year),
        tasks=counts.tasks,
        obligations=counts.obligations,
        strangers=strangers(year),
        figures=counts.figures if newest(batches, FIGURES) else None,
        results=results_in(newest(batches, RESULTS)),
        earlier=earlier_figures(session, year, batches),
        without_official=len(set(units) - people.officials),
        without_evaluator=len(departments - people.evaluators),
        without_team=len(set(units) - people.teams),
        undated=len([stage for stage in DATED if stage not in cycle.ends]),
        opened=cycle.opened,
        uncollected=None if year is None else cannot_collect(year.sheet),
    )
    return steps_of(facts)


def ungrouped(year: Year | None) -> int:
    """How many units belong to no group, where the sheet has groups."""
    return 0 if year is None or not year.sheet.groups else sum(group is None for group in year.groups)


def objects_listed(year: Year | None) -> int | None:
    """How many objects the list holds; None where the sheet has no kinds of objects."""
    if year is None or not year.sheet.objects:
        return None
    return sum(len(each.codes) for each in year.objects.kinds.values())


def strangers(year: Year | None) -> int:
    """How often the task list binds a name that is none of the units and groups."""
    if year is None or year.tasks is None:
        return 0
    groups = [group.id for group in year.sheet.groups or ()]
    return len(list(unknown_units(year.tasks.tasks, groups, year.names)))


def newest(batches: list[BatchRow], kind: str) -> BatchRow | None:
    """What brought figures or results in last."""
    return next((each for each in batches if each.kind == kind), None)


def earlier_figures(session: Session, year: Year | None, batches: list[BatchRow]) -> tuple[int | None, ...]:
    """How many figures were loaded of each year before last year that the sheet looks at (1 query where it does)."""
    looked_at = range(2, 1 + (1 if year is None else years_back(year.sheet)))
    if year is None or not looked_at:
        return ()
    counts = previous.counts_by_year(session, year.cycle.id)
    return tuple(
        counts.get(year.cycle.year - back, 0) if newest(batches, KINDS_OF_FIGURES[back]) else None for back in looked_at
    )


def results_in(batch: BatchRow | None) -> int | None:
    """Of how many units results were loaded; 0 where it was stated that there are none."""
    return None if batch is None else len(batch.facts.get("units", ()))


def departments_at_work(sheet: RuleSheet) -> tuple[str, ...]:
    """Departments that supply or certify a figure, in the order of the sheet."""
    named = {name for figure in sheet.figures.values() for name in (figure.department, figure.certified_by)}
    return tuple(each for each in sheet.departments or {} if each in named)
