"""What is there of the year before, part by part."""

from __future__ import annotations

from dataclasses import dataclass

from assess.core.rules.sheet import title_of
from assess.core.text import Text
from assess.services.previous.reading import figures_of_year_before
from assess.services.years import year_of
from assess.store.queries import previous, years
from assess.store.queries.cycles import CycleRow
from assess.store.queries.previous import FIGURES, RESULTS, BatchRow
from assess.store.session import Session


@dataclass(frozen=True)
class PreviousPart:
    """Figures or results of the year before.

    Attributes:
        history: what brought them in, newest first.
        rows: each figure with its number of values, and of units that have one.
        count: how many values, or results of units.
        can_be_taken: whether the service has figures of that year itself.
    """

    name: str
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
    """Both parts, and whether a rule sheet is published, without which neither can be read."""

    published: bool
    parts: tuple[PreviousPart, PreviousPart]


def overview_of(session: Session, cycle: CycleRow) -> PreviousOverview:
    """What is there of the year before (9 queries at most)."""
    batches = previous.batches(session, cycle.id)
    published = years.published_digest(session, cycle.id) is not None
    counts = previous.counts_by_figure(session, cycle.id, cycle.year - 1)
    figures = year_of(session, cycle).sheet.figures if published and counts else {}
    rows = [
        (title_of(figures.get(figure), figure), values, units) for figure, (values, units) in sorted(counts.items())
    ]
    results = [batch for batch in batches if batch.kind == RESULTS]
    listed = len(results[0].facts.get("units", ())) if results else 0
    taken = bool(figures_of_year_before(session, cycle)[1])
    history = [batch for batch in batches if batch.kind == FIGURES]
    return PreviousOverview(
        published,
        (
            PreviousPart("figures", history, rows, sum(values for _, values, _ in rows), taken),
            PreviousPart("results", results, [], listed, can_be_taken=False),
        ),
    )
