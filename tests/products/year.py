"""A demonstration year of two units, archived, with fixed clock, key and check codes; and the files that it keeps."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import shake_128
from pathlib import Path
from unittest.mock import patch

from assess.cli.demonstration.filling import YearFilling
from assess.cli.demonstration.scripts import one_year
from assess.cli.instance import make_instance
from assess.core.workflow import Stage
from assess.settings import read_settings
from tests.cli.running import run
from tests.products.content import members_of

HERE = Path(__file__).parent
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
"""When the year is filled, and when it is looked at."""
UNITS = 2
RUN = ("number", "kind", "day", "rule_digest", "inputs_digest", "units", "scored", "blocked", "missing")
COMMANDS = (("replay", "--lang", "zh"), ("verify", "--lang", "en"), ("audit", "verify", "--json"))
KEPT = "SELECT kind, first_name, sha256 FROM upload ORDER BY rowid"


@dataclass(frozen=True)
class MadeYear:
    """The year in an instance of its own, on SQLite."""

    filling: YearFilling
    environment: dict[str, str]

    @property
    def instance(self) -> Path:
        """Its folder."""
        return self.filling.settings.instance

    def rows(self, query: str) -> list[tuple[str, ...]]:
        """What its database answers."""
        with closing(sqlite3.connect(self.instance / "assess.db")) as connection:
            return connection.execute(query).fetchall()


@contextmanager
def a_made_year(instance: Path) -> Iterator[MadeYear]:
    """The year 2025 up to its archive."""
    environment = {
        "ASSESS_INSTANCE": str(instance),
        "ASSESS_ADDRESS": "https://assess.example",
        "ASSESS_SEAL_CERTIFICATE": str(HERE / "seal.pem"),
        "ASSESS_SEAL_KEY": str(HERE / "seal-key.pem"),
    }
    settings = read_settings(environment, "")
    with make_instance(settings) as database, patch("secrets.token_hex", same_token):
        filling = one_year(database, settings, NOW, lambda _done, _of: None, units=UNITS, stage=Stage.ARCHIVED)
        yield MadeYear(filling, environment)


def same_token(size: int | None = None) -> str:
    """What check codes are made of; the same each time, however often something else was drawn before."""
    return shake_128(b"products").hexdigest(size or 32)


def kept_products(year: MadeYear) -> Iterator[tuple[str, bytes]]:
    """Every file that the year keeps: frozen inputs, results, sealed documents, hand-overs, archive with its members.

    Of files with the same name the later ones are numbered.
    """
    taken: dict[str, int] = {}
    for kind, first_name, sha256 in year.rows(KEPT):
        called = f"year/kept/{kind}/{first_name}"
        taken[called] = taken.get(called, 0) + 1
        data = (year.instance / "uploads" / sha256[:2] / sha256).read_bytes()
        yield f"{called} {taken[called]}", data
        if kind == "archive":
            yield from ((f"year/archive/{name}", member) for name, member in members_of(data).items())
        if kind == "run-inputs":
            yield from ((f"{called} {taken[called]}/{name}", member) for name, member in members_of(data).items())


def told_products(year: MadeYear) -> Iterator[tuple[str, bytes]]:
    """The digests of every run; what the commands say that check the year."""
    runs = [dict(zip(RUN, row, strict=True)) for row in year.rows(f"SELECT {', '.join(RUN)} FROM run ORDER BY id")]
    yield "year/runs.json", json.dumps(runs, indent=1).encode()
    for words in COMMANDS:
        with patch.dict("os.environ", year.environment):
            ended = run(*words)
        assert ended.code == 0, ended
        yield f"year/commands/{' '.join(words)}.txt", ended.out.encode()
