"""A ledger of 100,000 findings: lists, boards and the figures of 43 units, on either engine."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import text

from assess.core.actors import Actor
from assess.core.calendar import day_of
from assess.core.findings.listing import Show
from assess.services.findings import board_of, counts_of, finding_page, findings_of, ledger_figures
from assess.services.years import Year, year_of
from assess.store.queries.finding_lists import Narrowed
from assess.store.session import Database, Session
from tests.benchmarks.measuring import once
from tests.ledgers import add_findings
from tests.postgres import Postgres
from tests.queries import counted
from tests.services.forms import year_2026
from tests.stores import migrated, sqlite_address
from tests.years import JIANWAI, NOW, a_year, people

COUNT, ASKED, WARM = 100_000, 40, 3
PAGE = slice(0, 50)


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
            known = people(session)
            accounts = [known[who].account for who in ("evaluator", JIANWAI, "office")]
            units = year_of(session, cycle).units.codes
            add_findings(session, cycle=cycle.id, units=units, count=COUNT, people=accounts)
        if engine == "postgresql":
            settle(database)
        with database.reading() as session:
            works = works_of(session, year_of(session, year_2026(session)), known["office"])
            return [FindingTime(name, percentile(work), queries(database, work)) for name, work in works.items()]


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

    def listed(show: Show = Show.OPEN, part: slice = PAGE, **narrowed: Any) -> Callable[[], Any]:
        wanted = Narrowed(**narrowed)
        return lambda: findings_of(session, office, cycle=cycle, narrowed=wanted, show=show, part=part, now=NOW)

    return {
        "board by unit": lambda: board_of(session, office, cycle=cycle, by="unit", now=NOW),
        "board by domain": lambda: board_of(session, office, cycle=cycle, by="domain", now=NOW),
        "board by kind": lambda: board_of(session, office, cycle=cycle, by="kind", now=NOW),
        "board by source": lambda: board_of(session, office, cycle=cycle, by="source", now=NOW),
        "figures of all units": lambda: ledger_figures(session, year, day=day_of(NOW)),
        "counts for the home page": lambda: counts_of(session, office, cycle=cycle, now=NOW),
        "list, worst first": listed(),
        "list, its last page": listed(Show.ALL, slice(COUNT - 50, COUNT)),
        "list of one kind": listed(kind="dust"),
        "list by words": listed(Show.ALL, words="第 4999 号"),
        "one finding": lambda: finding_page(session, office, cycle=cycle, number=COUNT, now=NOW),
    }


def percentile(work: Callable[[], Any]) -> float:
    """The 95th percentile of the processor seconds of many runs."""
    for _ in range(WARM):
        work()
    return sorted(once(work) for _ in range(ASKED))[ASKED * 95 // 100]


def queries(database: Database, work: Callable[[], Any]) -> int:
    """How many queries some work asks."""
    with counted(database) as asked:
        work()
    return len(asked)
