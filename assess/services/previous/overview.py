"""What is there of earlier years, part by part."""

from __future__ import annotations

from dataclasses import dataclass

from assess.core.rules.needed_figures import years_back
from assess.core.rules.sheet import RuleSheet, title_of
from assess.core.text import Text
from assess.services.previous.reading import figures_known_of
from assess.services.years import year_of
from assess.store.queries import previous, years
from assess.store.queries.cycles import CycleRow
from assess.store.queries.previous import KINDS_OF_FIGURES, RESULTS, BatchRow
from assess.store.session import Session


@dataclass(frozen=True)
class PreviousPart:
    """Figures of an earlier year, or results of the year before.

    Attributes:
        name: `figures` or `results`.
        year: the year that they are of, `back` how many years ago that is.
        history: what brought them in, newest first.
        rows: each figure with its number of values, and of units that have one.
        count: how many values, or results of units.
        can_be_taken: whether the service has figures of that year itself.
    """

    name: str
    year: int
    back: int
    history: list[BatchRow]
    rows: list[tuple[Text, int, int]]
    count: int
    can_be_taken: bool

    @property
    def is_none(self) -> bool:
        """Whether it was stated that there are none."""
        return bool(self.history and self.history[0].facts.get("none"))


@dataclass(frozen=True)
class PreviousOverview:
    """Each part, and whether a rule sheet is published, without which none can be read."""

    published: bool
    parts: tuple[PreviousPart, ...]


def overview_of(session: Session, cycle: CycleRow) -> PreviousOverview:
    """What is there of earlier years: figures of each that the sheet looks at, results of the last (8 queries at most,
    and more for each year further back).
    """
    batches = previous.batches(session, cycle.id)
    published = years.published_digest(session, cycle.id) is not None
    sheet = year_of(session, cycle).sheet if published else None
    results = [batch for batch in batches if batch.kind == RESULTS]
    listed = len(results[0].facts.get("units", ())) if results else 0
    last, *earlier = (
        figures_part(session, cycle, sheet, batches, back)
        for back in range(1, 1 + (1 if sheet is None else years_back(sheet)))
    )
    of_results = PreviousPart("results", cycle.year - 1, 1, results, [], listed, can_be_taken=False)
    return PreviousOverview(published, (last, of_results, *earlier))


def figures_part(
    session: Session, cycle: CycleRow, sheet: RuleSheet | None, batches: list[BatchRow], back: int
) -> PreviousPart:
    """What is there of the figures of so many years back (3 queries, more where other years may have them)."""
    year = cycle.year - back
    counts = previous.counts_by_figure(session, cycle.id, year)
    figures = {} if sheet is None else sheet.figures
    rows = [
        (title_of(figures.get(figure), figure), values, units) for figure, (values, units) in sorted(counts.items())
    ]
    history = [batch for batch in batches if batch.kind == KINDS_OF_FIGURES[back]]
    taken = bool(figures_known_of(session, cycle, back))
    return PreviousPart("figures", year, back, history, rows, sum(values for _, values, _ in rows), taken)
