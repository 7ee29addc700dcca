"""`assess demo` fills an empty instance, tells who can sign in, and leaves one that holds data alone."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.sites import Demonstration

TOP = Path(__file__).parents[2]
TABLES = ("finding_photo", "patrol")


def demo(instance: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """`assess demo` on an instance."""
    return subprocess.run(
        [sys.executable, "-m", "assess", "demo", *words],
        cwd=TOP,
        env={"ASSESS_INSTANCE": str(instance), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )


def files_in(instance: Path) -> set[tuple[str, str]]:
    """What the departments sent and how it stands; every file is kept, and none has a job left to do."""
    with closing(sqlite3.connect(instance / "assess.db")) as database:
        rows = database.execute("SELECT file_name, state, upload FROM import").fetchall()
        waiting = database.execute("SELECT kind FROM job WHERE kind LIKE '%import' AND state <> 'done'").fetchall()
    assert waiting == []
    assert all((instance / "uploads" / upload[:2] / upload).is_file() for *_, upload in rows)
    return {(name, state) for name, state, _ in rows}


def ledger_in(instance: Path) -> tuple[list[int], int, int]:
    """The numbers of the findings, how many photos show them, and how many rounds of chiefs were made."""
    with closing(sqlite3.connect(instance / "assess.db")) as database:
        numbers = [number for (number,) in database.execute("SELECT number FROM finding ORDER BY number")]
        counts = (database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES)
        return numbers, *counts


def test_an_empty_instance_is_filled_once_and_its_accounts_are_told_again(
    sqlite_demonstration: Demonstration, tmp_path: Path
):
    accounts = sqlite_demonstration.accounts
    shutil.copytree(sqlite_demonstration.instance, tmp_path / "instance")
    refused, told = (demo(tmp_path / "instance", *words) for words in ([], ["--once", "--json"]))

    roles = [role for account in accounts for role in account["roles"]]
    assert (refused.returncode, told.returncode) == (1, 0)
    assert set(roles) == {"official", "evaluator", "office", "leader", "receiver"}
    assert set(accounts[0]) == {"username", "password", "roles", "units", "departments"}
    assert json.loads(told.stdout) == accounts
    assert "This instance already has data" in refused.stderr
    assert files_in(tmp_path / "instance") == {
        ("演示-生态环境数据-初稿.xlsx", "flawed"), ("演示-生态环境数据.xlsx", "accepted"),
        ("演示-水务数据.xlsx", "accepted"), ("演示-园林绿化数据.xlsx", "accepted"), ("演示-媒体曝光.csv", "accepted"),
        ("演示-水务数据-更正.xlsx", "accepted"), ("演示-生态环境数据-补报.xlsx", "checked"),
    }  # fmt: skip
    numbers, photos, rounds = ledger_in(tmp_path / "instance")
    assert (numbers, photos) == (list(range(1, 121)), 8)
    assert rounds > 80


def test_a_filling_that_was_interrupted_is_not_taken_for_a_whole_one(
    sqlite_demonstration: Demonstration, tmp_path: Path
):
    instance = Path(shutil.copytree(sqlite_demonstration.instance, tmp_path / "instance"))
    (instance / "keys" / "demonstration.json").write_text("[]")
    refused = demo(instance, "--once")

    assert refused.returncode == 1
    assert f"Delete the folder {instance}" in refused.stderr


def test_a_wrong_setting_stops_the_start_with_what_to_do(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-m", "assess", "demo"],
        cwd=TOP,
        env={"ASSESS_INSTANCE": str(tmp_path), "ASSESS_DATABASE": "x", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 1
    assert "There is no setting ASSESS_DATABASE" in done.stderr
