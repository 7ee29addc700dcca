"""Fixtures: the service as it is run, with the demonstration year in an instance of its own."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from assess.cli import assess
from assess.cli.demonstration import scripts
from assess.cli.demonstration.material import Material
from tests.guarded import Guarded, spare_port
from tests.postgres import Postgres
from tests.rounds import SOAKING

ASSESS = (sys.executable, "-m", "assess")
ROOT = Path(__file__).parent.parent
PATIENCE = 60
GOING_ON = ("--stage", "collecting")
"""The demonstration that most tests need: one year, which is being collected."""

FEW = 8
"""Of how many units the two years are in `make test`."""

Account = dict[str, Any]


@dataclass(frozen=True)
class Demonstration:
    """A demonstration year, to be copied and never touched: its folder, its accounts, its PostgreSQL template."""

    instance: Path
    accounts: list[Account]
    template: str | None = None


@dataclass(frozen=True)
class Site:
    """A running service: where it is, its folder and settings, and the accounts of its demonstration."""

    address: str
    instance: Path
    environment: dict[str, str]
    accounts: list[Account]
    server: Guarded

    def account(self, role: str) -> Account:
        """The first account that has this role: `official`, `evaluator`, `office`, `leader` or `receiver`."""
        return next(account for account in self.accounts if role in account["roles"])

    def run(self, *arguments: str) -> str:
        """What a command prints that is run beside the service."""
        return run_assess(self.environment, *arguments)


@pytest.fixture
def engine() -> str:
    """The database of `site`; a test that wants another names it: `@pytest.mark.parametrize("engine", […])`."""
    return "sqlite"


@pytest.fixture(scope="session")
def sqlite_demonstration(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    """A year that goes on, on SQLite, made once for all processes that run the tests."""
    return made_once(folder_of_all(tmp_path_factory) / "demonstration", *GOING_ON)


@pytest.fixture(scope="session")
def two_years(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    """What `make run` fills on SQLite: a year that is archived and one that goes on; made once for all processes."""
    with patch.object(scripts, "Material", Material if SOAKING else partial(Material, units=FEW)):
        return made_once(folder_of_all(tmp_path_factory) / "two-years")


def made_once(folder: Path, *options: str) -> Demonstration:
    """A demonstration in a folder, filled by whichever process asks first."""
    folder.mkdir(exist_ok=True)
    told = folder / "accounts.json"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            made = demonstration(folder / "instance", None, *options)
            told.write_text(json.dumps(made.accounts), encoding="utf-8")
    return Demonstration(folder / "instance", json.loads(told.read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def postgresql_demonstration(
    sqlite_demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory, postgres: Postgres
) -> Demonstration:
    """The same year moved to PostgreSQL: a backup of the one restored into the other, as its operator would."""
    folder = tmp_path_factory.mktemp("demonstration")
    backup = str(folder / "backup.zip")
    run_assess(settings_of(sqlite_demonstration.instance), "backup", backup)
    template = postgres.new_template(
        lambda address: run_assess(settings_of(folder / "instance", address), "restore", backup)
    )
    return Demonstration(folder / "instance", sqlite_demonstration.accounts, template)


@pytest.fixture
def serve(request: pytest.FixtureRequest) -> Iterator[Callable[[dict[str, str]], tuple[str, Guarded]]]:
    """Starts a service with these settings and tells its address; what it said is shown where the test fails."""
    started: list[Guarded] = []
    logs = request.getfixturevalue("tmp_path")

    def start(environment: dict[str, str]) -> tuple[str, Guarded]:
        address, service = start_service(environment, logs / f"service-{len(started) + 1}.log")
        started.append(service)
        return address, service

    yield start
    for service in started:
        service.stop()
        request.node.add_report_section("teardown", "the service", service.told())


@pytest.fixture
def site(request: pytest.FixtureRequest, engine: str) -> Site:
    """The service with a demonstration year in which nobody has done anything yet."""
    made: Site = request.getfixturevalue(f"{engine}_site")
    return made


@pytest.fixture(scope="session")
def running_site(sqlite_demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A service that runs as long as the tests of this process: one takes longer to start than most walks take."""
    folder = tmp_path_factory.mktemp("site")
    instance = Path(shutil.copytree(sqlite_demonstration.instance, folder / "instance"))
    environment = settings_of(instance)
    address, server = start_service(environment, folder / "service.log")
    yield Site(address, instance, environment, sqlite_demonstration.accounts, server)
    server.stop()


@pytest.fixture
def sqlite_site(
    request: pytest.FixtureRequest, running_site: Site, sqlite_demonstration: Demonstration
) -> Iterator[Site]:
    """The running service with its database swapped for the demonstration as it was filled."""
    put_back(running_site.instance, sqlite_demonstration.instance)
    yield running_site
    request.node.add_report_section("teardown", "the service", running_site.server.told())


@pytest.fixture
def postgresql_site(
    postgresql_demonstration: Demonstration, postgres: Postgres, tmp_path: Path, serve: Any
) -> Iterator[Site]:
    """A service of its own on PostgreSQL."""
    instance = Path(shutil.copytree(postgresql_demonstration.instance, tmp_path / "instance"))
    database = postgres.new_database(postgresql_demonstration.template)
    environment = settings_of(instance, database)
    address, server = serve(environment)
    yield Site(address, instance, environment, postgresql_demonstration.accounts, server)
    server.stop()
    postgres.drop(database)


def put_back(instance: Path, model: Path) -> None:
    """Swap database and files of a running service for a model's, once its worker has nothing in hand."""
    kept = sqlite3.connect(f"file:{model}/assess.db?immutable=1", uri=True)
    with closing(kept), closing(sqlite3.connect(instance / "assess.db", timeout=PATIENCE)) as used:
        until = time.monotonic() + PATIENCE
        while used.execute("SELECT 1 FROM job WHERE state = 'running'").fetchone() and time.monotonic() < until:
            time.sleep(0.05)
        kept.backup(used)
    shutil.copytree(model, instance, ignore=shutil.ignore_patterns("assess.db*"), dirs_exist_ok=True)


def folder_of_all(factory: pytest.TempPathFactory) -> Path:
    """The passing folder that the processes share which run the tests."""
    return factory.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else factory.getbasetemp()


def demonstration(folder: Path, database: str | None = None, *options: str) -> Demonstration:
    """A demonstration made in this folder."""
    return Demonstration(folder, json.loads(run_assess(settings_of(folder, database), "demo", "--json", *options)))


def settings_of(instance: Path, database: str | None = None) -> dict[str, str]:
    """The environment of an instance, free of any other's settings."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("ASSESS_")}
    there = {"ASSESS_DATABASE_URL": database} if database else {}
    return {**inherited, "ASSESS_INSTANCE": str(instance), "PYTHONUNBUFFERED": "1", **there}


def run_assess(environment: dict[str, str], *arguments: str) -> str:
    """What a command prints, run in this process; one that fails fails the test with what it said."""
    inherited = {name: None for name in os.environ if name.startswith("ASSESS_")}
    done = CliRunner().invoke(assess, arguments, env={**inherited, **environment})
    assert done.exit_code == 0, f"assess {' '.join(arguments)} ends with {done.exit_code}:\n{done.output}"
    return done.stdout


def start_service(environment: dict[str, str], log: Path) -> tuple[str, Guarded]:
    """A service with these settings, once it is well, and its address."""
    port = spare_port()
    address = f"http://127.0.0.1:{port}"
    command = [*ASSESS, "serve", "--host", "127.0.0.1", "--port", str(port)]
    service = Guarded(command, log, env=environment, cwd=ROOT)
    try:
        wait_until_well(address, service)
    except BaseException:
        service.stop()
        raise
    return address, service


def wait_until_well(address: str, server: Guarded) -> None:
    """Wait until the service says that it is well."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.runs():
        if is_well(address):
            return
        time.sleep(0.02)
    raise AssertionError(f"the service does not start:\n{server.told()}")


def is_well(address: str) -> bool:
    """Whether /healthz answers 200."""
    try:
        with urlopen(f"{address}/healthz", timeout=PATIENCE) as answer:
            return bool(answer.status == 200)
    except (URLError, ConnectionError):
        return False
