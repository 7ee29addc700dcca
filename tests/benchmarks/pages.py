"""Pages of a district, signed in: the demonstration year with each item of its rule sheet twice, 43 units in all."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple
from urllib.error import URLError
from urllib.request import urlopen

from flask.testing import FlaskClient
from sqlalchemy import func, select

from assess.cli.demonstration import one_year
from assess.cli.lasting import last
from assess.core.workflow import Stage
from assess.settings import Settings
from assess.store.models import Import, SheetVersion, Value
from assess.store.session import Database
from assess.web.app import create_app
from tests.benchmarks.measuring import once
from tests.guarded import Guarded, spare_port
from tests.queries import counted
from tests.sites import ASSESS, ROOT, settings_of
from tests.stores import sqlite_address
from tests.web.conftest import client_of

YEAR = 2026
REQUESTS, WARM = 60, 5
FIRST = "110105001"
PAGES = {
    "official": (
        "/",
        f"/2026/form/{FIRST}",
        f"/2026/form/{FIRST}/section/air",
        f"/2026/form/{FIRST}/check",
        f"/2026/form/{FIRST}/estimate",
        f"/2026/obligations/{FIRST}",
        f"/2026/obligations/{FIRST}/report",
        f"/2026/supplied/{FIRST}",
        "/2026/source/{value}",
    ),
    "evaluator": (
        "/",
        "/2026/certifying",
        "/2026/imports/ecology-bureau",
        "/2026/imports/file/{waiting}",
        "/2026/figures/pm25",
        "/2026/source/{value}",
    ),
    "office": (
        "/",
        "/2026/completeness",
        "/2026/submissions",
        "/2026/imports",
        "/2026/setup",
        "/2026/obligations",
        "/2026/setup/tasks",
        "/2026/setup/teams",
        "/2026/panels/carbon_panel",
        "/people/",
    ),
}
"""What is measured, by who opens it."""


class PageTime(NamedTuple):
    """The 95th percentile of a page's seconds, and its queries."""

    page: str
    seconds: float
    queries: int


def page_times() -> list[PageTime]:
    """Every page, each asked for alone, one request after the other."""
    with tempfile.TemporaryDirectory() as folder, a_district(Path(folder)) as (clients, database):
        numbers = numbers_in(database)
        return [
            PageTime(f"{page} ({who})", percentile(clients[who], page), queries(database, clients[who], page))
            for who, pages in PAGES.items()
            for page in (each.format(**numbers) for each in pages)
        ]


def numbers_in(database: Database) -> dict[str, int]:
    """The numbers of a value that came in with a file, and of the file that waits."""
    with database.reading() as session:
        monthly = select(func.max(Value.id)).where(Value.unit == FIRST, Value.figure == "pm25", Value.year == YEAR)
        return {"value": session.scalars(monthly).one(), "waiting": session.scalars(select(func.max(Import.id))).one()}


@contextmanager
def a_district(folder: Path) -> Iterator[tuple[dict[str, FlaskClient], Database]]:
    """The filled year with twice the items, and who opens its pages; memory is kept as the service keeps it."""
    settings = Settings(instance=folder, database_url=sqlite_address(folder / "assess.db"))
    settings.uploads.mkdir()
    app = create_app(settings)
    database: Database = app.extensions["database"]
    database.make()
    one_year(database, settings, datetime.now(UTC), lambda done, of: None, units=43, stage=Stage.COLLECTING)
    with database.writing() as session:
        version = session.scalars(select(SheetVersion)).one()
        version.tree, version.digest = with_items_twice(version.tree), "of the benchmark"
    last()
    yield {who: client_of(app, database, who) for who in PAGES}, database
    database.close()


def with_items_twice(tree: dict[str, Any]) -> dict[str, Any]:
    """A rule sheet in which every item of a section has a double of another id."""
    tree = deepcopy(tree)
    for section in tree["items"]:
        double_items(section)
    return tree


def double_items(section: dict[str, Any]) -> None:
    """Add the doubles of one section and of those below it."""
    children = section.get("items", [])
    for child in list(children):
        if "items" in child:
            double_items(child)
        else:
            children.append({**deepcopy(child), "id": f"{child['id']}-double"})


def percentile(client: FlaskClient, page: str) -> float:
    """The 95th percentile of the seconds of many requests."""

    def ask() -> None:
        answer = client.get(page)
        assert answer.status_code == 200, (page, answer.status_code)

    for _ in range(WARM):
        ask()
    return sorted(once(ask) for _ in range(REQUESTS))[REQUESTS * 95 // 100]


def queries(database: Database, client: FlaskClient, page: str) -> int:
    """How many queries a page asks."""
    with counted(database) as asked:
        client.get(page)
    return len(asked)


def start_of_service() -> float:
    """The seconds from the command to the first answer, by the clock; the instance is there."""
    with tempfile.TemporaryDirectory() as folder:
        environment = settings_of(Path(folder) / "instance")
        subprocess.run([*ASSESS, "user", "list"], env=environment, cwd=ROOT, check=True, capture_output=True)
        port = spare_port()
        begun = time.monotonic()
        command = [sys.executable, "-m", "assess", "serve", "--port", str(port)]
        service = Guarded(command, Path(folder) / "log", env=environment, cwd=ROOT)
        while not answers(f"http://127.0.0.1:{port}/healthz"):
            time.sleep(0.01)
        needed = time.monotonic() - begun
        service.stop()
        return needed


def answers(address: str) -> bool:
    """Whether the service answers there."""
    try:
        with urlopen(address) as answer:
            return bool(answer.status == 200)
    except URLError:
        return False
