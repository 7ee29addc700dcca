"""A year of 343 units and 150 items with sources, made whole as users have it made: sealed, downloaded, archived.

Its figures stand in the database as workbooks and forms brought them, others are counted from the task list and the
ledger; the run is the service's own. Each work is done by a worker in a fresh process, as the queue gives it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from click.testing import CliRunner
from sqlalchemy import insert

from assess.cli.verify import verify
from assess.core.actors import Actor
from assess.core.downloads import Product
from assess.core.jobs import JobState
from assess.core.rules.checking import check_sheet
from assess.core.rules.sheet import RuleSheet, digest_of, read_sheet, tree_of
from assess.core.workflow import Stage
from assess.services import archives, downloads, seals
from assess.store.models import Batch, SheetVersion, Value
from assess.store.queries.jobs import recent_jobs
from assess.store.session import Database, Session
from assess.store.uploads import kept_path
from assess.worker import Worker
from tests.benchmarks import year
from tests.benchmarks.findings import a_database, settle
from tests.benchmarks.measuring import Clocked, alone, by_the_clock, spent
from tests.services.archives import archives_made, ask_archive
from tests.services.downloads import ask_file
from tests.services.findings import record
from tests.services.large_years import come_to, release
from tests.services.seals import ask_seal
from tests.store.appending import QUICK
from tests.years import NOW, a_year, code_at, people

OF_TASKS: dict[str, Any] = {
    "method": "tasks",
    "obligations": {"domain": "water"},
    "coefficients": {"done": "1", "trial": "0.75", "started": "0.5", "planned": "0.25", "none": "0"},
}
OF_LEDGER: dict[str, Any] = {
    "method": "deduct",
    "lines": [{"figure": "overdue", "target": "0", "better": "lower", "points": "0.5"}],
}
OF_FORM: dict[str, Any] = {"method": "done", "figures": ["ledger_kept", "store_closed"]}
YES_OR_NO = {"kind": "yes-no", "from": "unit"}
SEAL, BOOK = "Seal (cards, book, signatures)", "Ranked book"
BUDGETS = {SEAL: 60.0, BOOK: 20.0}
"""Seconds by the clock on two cores."""
CALLED = {Product.BOOK: BOOK, Product.CARDS: "Zip of cards", Product.RANKING: "Ranking workbook"}
IN_A_WORKBOOK = 12
"""So many figures come with each workbook; the last two with the forms."""


class Work(NamedTuple):
    """What was done, by the clock and in processor seconds, and the most megabytes of all its processes."""

    name: str
    clock: float
    processor: float
    megabytes: float


def a_wide_sheet(items: int) -> RuleSheet:
    """The sheet of the benchmarks, of whose items one stands on tasks, one on the ledger and one on answers."""
    plain, flaws = year.tree(items), list[Any]()
    for place, other in enumerate((OF_TASKS, OF_LEDGER, OF_FORM)):
        item = plain["items"][place]["items"][0]
        del plain["figures"][item["id"].replace("i", "f")]
        plain["items"][place]["items"][0] = {
            key: item[key] for key in ("id", "title", "points", "clause", "missing")
        } | other
    plain["figures"] |= {
        "overdue": {"kind": "count", "from": "ledger", "measure": "overdue"},
        "ledger_kept": YES_OR_NO,
        "store_closed": YES_OR_NO,
    }
    made = read_sheet(plain, flaws)
    check_sheet(made, flaws, tree=plain)
    assert not flaws, flaws[0].localized("en")
    return made


def a_wide_year(database: Database, units: int, items: int) -> dict[str, Actor]:
    """The year while it is verified, with figures from everywhere; its people. The database must be empty."""
    sheet = a_wide_sheet(items)
    with database.writing() as session:
        cycle = a_year(session, stage=Stage.VERIFYING, units=units)
        session.query(SheetVersion).update({"digest": digest_of(sheet), "tree": tree_of(sheet)})
        known = people(session)
        add_values(session, cycle.id, known[code_at(0)], columns_of(sheet, units, items))
    record(database)
    return known


def columns_of(sheet: RuleSheet, units: int, items: int) -> list[tuple[str, list[int]]]:
    """The figures that somebody supplies, each with the millionths of every unit."""
    numbers = [(f"f{number}", (values * 10_000).tolist()) for number, values in enumerate(year.figures(units, items))]
    answers = [(name, [1_000_000] * units) for name in ("ledger_kept", "store_closed")]
    return [(name, values) for name, values in (*numbers, *answers) if name in sheet.figures]


def add_values(session: Session, cycle: int, official: Actor, columns: list[tuple[str, list[int]]]) -> None:
    """The figures, each with the workbook or the form that brought it."""
    for first in range(0, len(columns), IN_A_WORKBOOK):
        part = columns[first : first + IN_A_WORKBOOK]
        by_form = first + IN_A_WORKBOOK >= len(columns)
        batch = Batch(
            cycle_id=cycle, kind="form" if by_form else "import", upload=None,
            file_name=None if by_form else f"bureau-{first}.xlsx", facts={}, made_by=official.account, made_at=NOW,
        )  # fmt: skip
        session.add(batch)
        session.flush()
        session.execute(insert(Value), [
            {"cycle_id": cycle, "year": 2026, "unit": code_at(unit), "figure": figure, "period": "2026", "word": None,
             "millionths": value, "state": "certified", "place": f"数据!{chr(66 + column)}{unit + 2}", "remark": "",
             "explanation": "", "batch_id": batch.id, "entered_by": official.account, "entered_at": NOW}
            for column, (figure, values) in enumerate(part) for unit, value in enumerate(values)
        ])  # fmt: skip


def whole_year(engine: str, units: int, items: int) -> Iterator[Work]:
    """A year released, taken away, sealed, taken away again, archived and verified on `sqlite` or `postgresql`."""
    with a_database(engine) as database, TemporaryDirectory() as instance:
        folder = Path(instance) / "uploads"
        folder.mkdir()
        known = a_wide_year(database, units, items)
        if engine == "postgresql":
            settle(database)
        release(database, folder, known["office"])
        url = database.engine.url.render_as_string(hide_password=False)
        worked = partial(alone, work, url, folder)
        for product in (Product.BOOK, Product.CARDS):
            ask_file(database, known["leader"], product)
            yield worked(CALLED[product])
        come_to(database, known["office"], Stage.APPEALS, Stage.FINAL)
        ask_seal(database, known["office"])
        yield worked(SEAL)
        for product in (Product.CARDS, Product.RANKING):
            ask_file(database, known["leader"], product)
            yield worked(f"{CALLED[product]}, sealed")
        ask_archive(database, known["office"])
        yield worked("Archive")
        yield alone(verified, kept_path(folder, archives_made(database)[0].sha256))


def work(url: str, folder: Path, name: str) -> Work:
    """Do what was asked for, as a worker does."""
    database, places = Database(url), seals.KeyPlaces(folder.parent / "keys" / "seal.pem")
    kinds = {
        downloads.KIND: downloads.downloading_in(folder),
        seals.KIND: seals.sealing_in(folder, places),
        archives.KIND: archives.archiving_in(folder, places, url),
    }
    worker, before = Worker(database, kinds, threading.Event(), QUICK), spent()
    clocked = by_the_clock(lambda: do_all(worker))
    with database.reading() as session:
        assert {job.state for job in recent_jobs(session) if job.kind in kinds} == {JobState.DONE}
    database.close()
    return worked_in(name, clocked, before)


def worked_in(name: str, clocked: Clocked, before: float) -> Work:
    """A work that is done."""
    return Work(name, clocked.seconds, spent() - before, clocked.megabytes)


def do_all(worker: Worker) -> None:
    """Every job that waits."""
    while worker.work_on_one():
        pass


def verified(archive: Path) -> Work:
    """`assess verify` of an archive; it must be right."""
    before, said = spent(), list[int]()
    clocked = by_the_clock(lambda: said.append(CliRunner().invoke(verify, [str(archive)]).exit_code))
    assert said == [0]
    return worked_in("`assess verify` of the archive", clocked, before)
