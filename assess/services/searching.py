"""Searching a year: units, items, tasks and findings that hold some words, as far as a person may see them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from assess.core.actors import Actor, Right
from assess.core.findings.listing import FindingView
from assess.core.naming import folded
from assess.core.obligations.tasks import ListedTask
from assess.core.rules.nodes import Item, Node
from assess.core.rules.sheet import all_nodes
from assess.services.findings import FindingList, findings_of
from assess.services.years import Year, year_of
from assess.store.queries.cycles import CycleRow
from assess.store.queries.finding_lists import FindingFilter
from assess.store.queries.task_lists import obligation_pairs
from assess.store.session import Session

MAX_SHOWN: Final = 20
"""So many findings are shown; the rest is in their list."""


@dataclass(frozen=True)
class FoundTask:
    """A task, and the unit of the reader that it binds; None where the reader sees it across all units."""

    task: ListedTask
    unit: str | None


@dataclass(frozen=True)
class SearchResults:
    """What was found.

    Attributes:
        units: codes of units, in the order of the list.
        items: sections, items and adjustments of the rule sheet.
        findings: the first of them; None where the reader sees no findings.
    """

    year: Year
    units: tuple[str, ...]
    items: tuple[Node, ...]
    tasks: tuple[FoundTask, ...]
    findings: FindingList | None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return not (self.units or self.items or self.tasks or (self.findings and self.findings.number))


def search(session: Session, actor: Actor, *, cycle: CycleRow, words: str, now: datetime) -> SearchResults:
    """What holds some words; how they are written, wide or narrow, large or small, does not matter (up to 8 queries).

    Raises:
        Refused: no rule sheet is published.
    """
    year, sought = year_of(session, cycle), folded(words)
    units = tuple(code for code in units_in_sight(year, actor) if is_unit_meant(year, code, sought))
    items = tuple(node for node in all_nodes(year.sheet).values() if is_node_meant(node, sought))
    return SearchResults(
        year,
        units,
        items,
        tuple(tasks_meant(session, year, actor, sought)),
        findings_meant(session, actor, cycle, words, now),
    )


def units_in_sight(year: Year, actor: Actor) -> Iterator[str]:
    """The units of which a person sees forms or results."""
    sees_all = actor.may(Right.REVIEW) or actor.may(Right.SEE_ALL_RESULTS)
    return (code for code in year.units.codes if sees_all or code in actor.units)


def is_unit_meant(year: Year, code: str, sought: str) -> bool:
    """Whether a unit holds the words in its code, its names or its former names."""
    place = year.units.places[code]
    return holds([code, *year.units.names[place], *year.units.aliases[place]], sought)


def is_node_meant(node: Node, sought: str) -> bool:
    """Whether a section or item holds the words in its title, its id or its clause."""
    clause = [node.clause] if isinstance(node, Item) else []
    return holds([node.id, *(node.title or ()), *clause], sought)


def tasks_meant(session: Session, year: Year, actor: Actor, sought: str) -> Iterator[FoundTask]:
    """The tasks that hold the words, for those who see tasks, for officials those of their units (1 query)."""
    if year.tasks is None or not actor.may(Right.TAKE_PART):
        return
    sees_all = actor.may(Right.REVIEW)
    pairs = [] if sees_all else obligation_pairs(session, year.cycle.id)
    bound = {task: unit for task, unit in sorted(pairs, reverse=True) if unit in actor.units}
    for task in year.tasks.tasks:
        if holds([task.no, *task.title, *(task.measure or ())], sought) and (sees_all or task.no in bound):
            yield FoundTask(task, None if sees_all else bound[task.no])


def findings_meant(
    session: Session, actor: Actor, cycle: CycleRow, words: str, now: datetime
) -> FindingList | None:  # fmt: skip
    """The findings that hold the words, for those who see findings."""
    if not actor.may(Right.SEE_FINDINGS):
        return None
    narrowed, part = FindingFilter(words=words), slice(0, MAX_SHOWN)
    return findings_of(session, actor, cycle=cycle, narrowed=narrowed, show=FindingView.ALL, part=part, now=now)


def holds(texts: Iterable[str], sought: str) -> bool:
    """Whether one of some texts holds the words."""
    return any(sought in folded(text) for text in texts)
