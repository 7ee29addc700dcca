"""A ledger of 100,000 findings of 343 units: lists, boards and the figures of the units, on either engine."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import insert, text

from assess.core.actors import Actor
from assess.core.calendar import day_of
from assess.core.findings.listing import FindingView
from assess.services.findings import board_of, counts_of, finding_page, findings_of
from assess.services.ledger_figures import ledger_figures
from assess.services.years import Year, year_of
from assess.store.models import Unit
from assess.store.queries.finding_lists import Dimension, FindingFilter
from assess.store.session import Database, Session
from tests.benchmarks.measuring import spent
from tests.ledgers import add_findings
from tests.postgres import Postgres
from tests.queries import counted
from tests.services.forms import year_2026
from tests.stores import migrated, sqlite_address
from tests.years import JIANWAI, NOW, a_year, people, shipped_units

COUNT, UNITS, ASKED, WARM = 100_000, 343, 40, 3
PAGE = slice(0, 50)
COUNTED_ONLY = {"figures of all units"}
"""What is asked to be one query, but not within a time."""


class FindingTime(NamedTuple):
    """The 95th percentile of the seconds of some work, and its queries."""

    work: str
    seconds: float
    queries: int


def finding_times(engine: str) -> list[FindingTime]:
    """How long lists, boards and figures of the whole ledger take on `sqlite` or `postgresql`."""
    with a_database(engine) as database:
        with database.writing() as session:
            cycle = a_year(session)
            add_more_units(session, cycle.id)
            known = people(session)
            accounts = [known[who].account for who in ("evaluator", JIANWAI, "office")]
            units = year_of(session, cycle).units.codes
            add_findings(session, cycle=cycle.id, units=units, count=COUNT, people=accounts)
        if engine == "postgresql":
            settle(database)
        with database.reading() as session:
            works = works_of(session, year_of(session, year_2026(session)), known["office"])
            clock = clock_of(session, engine)
            return [FindingTime(name, percentile(work, clock), queries(database, work)) for name, work in works.items()]


def add_more_units(session: Session, cycle: int) -> None:
    """Units beyond those of the shipped list, like its first."""
    shipped = shipped_units()
    more = [
        {**shipped[0], "place": n, "code": f"{110_106_000 + n}", "aliases": {"aliases": []},
         "name_zh": f"{n} 号街道", "name_en": f"Subdistrict {n}"}
        for n in range(len(shipped), UNITS)
    ]  # fmt: skip
    session.execute(insert(Unit), [{"cycle_id": cycle, **unit} for unit in more])
    session.flush()


@contextmanager
def a_database(engine: str) -> Iterator[Database]:
    """An empty migrated database of its own."""
    if engine == "postgresql":
        server = Postgres()
        server.start()
        opened = Database(server.new_database(server.new_template(migrated)))
        yield opened
        opened.close()
        server.stop()
        return
    with tempfile.TemporaryDirectory() as folder:
        address = sqlite_address(Path(folder) / "assess.db")
        migrated(address)
        opened = Database(address)
        yield opened
        opened.close()


def settle(database: Database) -> None:
    """Let the engine know what it holds, as it does by itself within minutes."""
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def works_of(session: Session, year: Year, office: Actor) -> dict[str, Callable[[], Any]]:
    """What is measured."""
    cycle = year.cycle

    def listed(show: FindingView = FindingView.OPEN, part: slice = PAGE, **narrowed: Any) -> Callable[[], Any]:
        wanted = FindingFilter(**narrowed)
        return lambda: findings_of(session, office, cycle=cycle, narrowed=wanted, show=show, part=part, now=NOW)

    days = count()

    def board(by: Dimension) -> Callable[[], Any]:
        """A board of another day each time, or it would be remembered."""
        return lambda: board_of(session, office, cycle=cycle, by=by, now=NOW + timedelta(days=next(days)))

    return {
        "board by unit": board("unit"),
        "board by domain": board("domain"),
        "board by kind": board("kind"),
        "board by source": board("source"),
        "board by unit, seen again": lambda: board_of(session, office, cycle=cycle, by="unit", now=NOW),
        "figures of all units": lambda: ledger_figures(session, year, day=day_of(NOW)),
        "counts for the home page": lambda: counts_of(session, office, cycle=cycle, now=NOW),
        "list, worst first": listed(),
        "list, its last page": listed(FindingView.ALL, slice(COUNT - 50, COUNT)),
        "list of one kind": listed(kind="dust"),
        "list by words": listed(FindingView.ALL, words="第4999号"),
        "one finding": lambda: finding_page(session, office, cycle=cycle, number=COUNT, now=NOW),
    }


def clock_of(session: Session, engine: str) -> Callable[[], float]:
    """A clock of processor seconds: ours and, of an engine that runs beside, those of the process that serves us.

    It is kept from sharing work with further processes, whose time we would miss.
    """
    if engine == "sqlite":
        return spent
    session.execute(text("SET max_parallel_workers_per_gather = 0"))
    served_by = Path(f"/proc/{session.scalar(text('SELECT pg_backend_pid()'))}/schedstat")
    return lambda: spent() + int(served_by.read_text().split()[0]) / 1e9


def percentile(work: Callable[[], Any], clock: Callable[[], float]) -> float:
    """The 95th percentile of the processor seconds of many runs."""
    for _ in range(WARM):
        work()
    found = []
    for _ in range(ASKED):
        start = clock()
        work()
        found.append(clock() - start)
    return sorted(found)[ASKED * 95 // 100]


def queries(database: Database, work: Callable[[], Any]) -> int:
    """How many queries some work asks."""
    with counted(database) as asked:
        work()
    return len(asked)
