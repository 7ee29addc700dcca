"""A finding in words, as lists and pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assess.core.calendar import Due, DueState, due_on
from assess.core.findings.catalogue import Catalogue
from assess.core.findings.states import TO_RECTIFY
from assess.core.text import Text
from assess.services.years import Year
from assess.store.queries.findings import FindingRow


@dataclass(frozen=True)
class FindingLine:
    """One finding on a day; `photo` is the number of its first photo, None where it has none or none was asked for."""

    row: FindingRow
    year: Year
    catalogue: Catalogue
    today: date
    photo: int | None = None

    @property
    def number(self) -> int:
        """The number within the year."""
        return self.row.number

    @property
    def unit(self) -> Text:
        """The unit."""
        return self.year.name_of(self.row.unit)

    @property
    def kind(self) -> Text:
        """The kind."""
        return self.catalogue.kind_called(self.row.kind)

    @property
    def domain(self) -> Text:
        """The domain."""
        return self.catalogue.domain_called(self.row.domain)

    @property
    def source(self) -> Text:
        """How it came to be known."""
        return self.catalogue.source_called(self.row.source)

    @property
    def state(self) -> Text:
        """Where it stands."""
        return self.row.state.label

    @property
    def due(self) -> Due | None:
        """How its deadline stands; None where the unit has nothing to put right now."""
        return due_on(self.row.deadline, self.today) if self.row.state in TO_RECTIFY else None

    @property
    def is_overdue(self) -> bool:
        """Whether the unit has not put it right although the deadline has passed."""
        return self.due is not None and self.due.state is DueState.OVERDUE

    @property
    def age(self) -> int:
        """How many days ago it was found."""
        return (self.today - self.row.found_on).days
