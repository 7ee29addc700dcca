"""What takes long to put into an instance is put there once for all processes of the tests, and copied from then on."""

from __future__ import annotations

import copy
import fcntl
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest

from assess.store.session import Database
from tests.filled import OfPostgres, OfSqlite, content_of, open_connection
from tests.sites import folder_of_all

T = TypeVar("T")
SHARED: list[Path] = []
"""The folder that the processes share, while tests run."""


@dataclass(frozen=True)
class Furniture:
    """What an instance holds: its database, its files by their paths, and what was told of it."""

    content: OfPostgres | OfSqlite
    files: dict[str, tuple[int, bytes]]
    told: Any

    def put_into(self, database: Database, instance: Path) -> None:
        """Copy it into an empty instance."""
        with open_connection(database) as raw:
            self.content.put_into(raw)
        for name, (mode, content) in self.files.items():
            file = instance / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            file.chmod(mode)


KNOWN: dict[tuple[str, str], Furniture] = {}


@pytest.fixture(scope="session", autouse=True)
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where furniture is kept."""
    SHARED.append(folder_of_all(tmp_path_factory))
    return SHARED[-1]


def furnished(database: Database, instance: Path, known_as: str, fill: Callable[[], T]) -> T:
    """What `fill` answers when it has filled an empty instance, or a copy of what it did before.

    Args:
        database: an empty migrated database, on either engine.
        instance: the folder of the instance, in which nothing is yet.
        known_as: what `fill` is called among all tests.
        fill: puts rows and files there and answers with plain values.
    """
    key = (database.engine.name, known_as)
    if key not in KNOWN:
        with alone(SHARED[-1] / "-".join(key)) as kept:
            if not kept.exists():
                told = fill()
                KNOWN[key] = Furniture(content_of(database), files_in(instance), told)
                kept.write_bytes(pickle.dumps(KNOWN[key]))
                return told
            KNOWN[key] = pickle.loads(kept.read_bytes())
    KNOWN[key].put_into(database, instance)
    return copy.deepcopy(KNOWN[key].told)


@contextmanager
def alone(kept: Path) -> Iterator[Path]:
    """A file at which no other process looks meanwhile."""
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield kept.with_suffix(".furniture")


def files_in(instance: Path) -> dict[str, tuple[int, bytes]]:
    """The files of an instance but for its database: mode and content by path."""
    found = [file for file in instance.rglob("*") if file.is_file() and not file.name.startswith("assess.db")]
    return {str(file.relative_to(instance)): (file.stat().st_mode & 0o777, file.read_bytes()) for file in found}
