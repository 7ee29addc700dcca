"""One year of the demonstration as it is being filled: where, with what, by whom and when."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from assess.cli.demonstration.days import Days
from assess.cli.demonstration.material import Material
from assess.cli.demonstration.people import People
from assess.services.years import Year, year_of
from assess.settings import Settings
from assess.store.queries.cycles import CycleRow, cycle_of_year
from assess.store.session import Database, Session
from assess.worker import Worker, kinds_of


@dataclass(frozen=True)
class YearFilling:
    """One year that is being filled."""

    database: Database
    settings: Settings
    material: Material
    people: People
    days: Days

    @contextmanager
    def acting(self) -> Iterator[tuple[Session, Year]]:
        """A transaction, and the year as it stands in it."""
        with self.database.writing() as session:
            yield session, year_of(session, cycle_in(session, self.days.year))

    def work(self, now: datetime) -> None:
        """Do what waits in the queue as a worker of the service does, at a moment."""
        worker = Worker(self.database, kinds_of(self.settings), threading.Event(), clock=lambda _session: now)
        while worker.work_on_one():
            pass


Act = Callable[[YearFilling], None]
"""What happens next in a year."""


def cycle_in(session: Session, year: int) -> CycleRow:
    """The row of a year that is there."""
    cycle = cycle_of_year(session, year=year)
    assert cycle is not None
    return cycle
