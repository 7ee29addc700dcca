"""Every command on a full, locked, damaged, newer or absent instance: one line in both languages, and exit code 1."""

from __future__ import annotations

import os
import socket
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from zipfile import ZipFile

import pytest

from assess.store import engines
from assess.store.session import Database
from assess.store.uploads import keep_bytes
from tests.cli.running import Ended, run
from tests.faults import away, full_disk, locked_by_another_process

WRITING = (("user", "link", "wang"), ("user", "add", "li", "--name", "李", "--role", "office"))
READING = (("user", "list"), ("replay",), ("verify",), ("audit", "verify"), ("worker",))
WANG = ("user", "add", "wang", "--name", "王芳", "--role", "office")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an instance with one person."""
    monkeypatch.setenv("ASSESS_INSTANCE", str(tmp_path / "instance"))
    assert run(*WANG).code == 0
    return tmp_path / "instance"


def said(ended: Ended) -> tuple[int, str]:
    """How a command ended: its code and what is wrong in English, which stands behind the Chinese on one line."""
    (line,) = ended.err
    zh, _, en = line.removeprefix("Error: ").partition(" / ")
    assert ended.out == ""
    assert zh
    return ended.code, en


@contextmanager
def of_revision(file: Path, revision: str) -> Iterator[None]:
    """A database that another version of the service has used."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", [revision])
    yield


@contextmanager
def damaged(file: Path) -> Iterator[None]:
    """A database whose file somebody overwrote."""
    file.write_bytes(b"no database at all" * 1000)
    yield


def faults(here: Path) -> dict[str, tuple[AbstractContextManager[object], tuple[tuple[str, ...], ...]]]:
    """What an instance may suffer, what is said of it, and which commands meet it."""
    file, every = here / "assess.db", (*WRITING, *READING)
    return {
        "The server has no storage available (": (full_disk(), WRITING),
        "The database is busy (database is locked)": (locked_by_another_process(file), WRITING),
        "There is no instance of this service in": (away(f"sqlite:///{file}"), (WRITING[0], *READING)),
        "The database was created before the first release of the service (schema 0027": (
            of_revision(file, "0027"),
            every,
        ),
        "The database was used by a newer version of the service (schema 9999_later": (
            of_revision(file, "9999_later"),
            every,
        ),
        "The database file is damaged (file is not a database)": (damaged(file), every),
    }


def test_every_command_says_plainly_what_the_machine_refuses(here: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(engines, "PRAGMAS", (*engines.PRAGMAS[:-1], "PRAGMA busy_timeout = 20"))
    for wrong, (fault, commands) in faults(here).items():
        with fault:
            ends = {words: said(run(*words)) for words in commands}
        assert {(words, code, told[: len(wrong)]) for words, (code, told) in ends.items()} == {
            (words, 1, wrong) for words in commands
        }


def hand_in(here: Path, data: bytes) -> Path:
    """A file that an instance keeps; where it lies."""
    sha256 = keep_bytes(here / "uploads", data)
    with closing(sqlite3.connect(here / "assess.db")) as connection, connection:
        connection.execute("INSERT INTO upload VALUES (?, 8, 'pdf', '照片.pdf', 1, '2026-01-01')", [sha256])
    return here / "uploads" / sha256[:2] / sha256


def test_a_backup_that_cannot_be_written_says_why_and_leaves_nothing(here: Path, tmp_path: Path):
    hand_in(here, bytes(200_000))

    with full_disk(100_000):
        full = said(run("backup", str(tmp_path / "b.zip")))
    nowhere = said(run("backup", str(tmp_path / "no" / "b.zip")))

    assert full[0] == nowhere[0] == 1
    assert "could not be written: the disk is full (File too large). No incomplete backup was left" in full[1]
    assert nowhere[1].startswith("There is no folder")
    assert list(tmp_path.iterdir()) == [here]


def test_an_altered_file_makes_the_exit_code_1_of_a_backup_that_restores(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = hand_in(here, b"%PDF-1.7")
    file.write_bytes(b"%PDF-1.6")

    made = run("backup", str(tmp_path / "b.zip"))
    monkeypatch.setenv("ASSESS_INSTANCE", str(tmp_path / "other"))
    restored = run("restore", str(tmp_path / "b.zip"))

    name = f"照片.pdf (SHA-256 {file.name})"
    assert (made.code, made.out.startswith("已备份到"), name in made.err[0]) == (1, True, True)
    assert (restored.code, name in restored.err[0]) == (1, True)
    assert "wang" in run("user", "list").out


def truncate(file: Path) -> None:
    """The end of a file did not arrive."""
    file.write_bytes(file.read_bytes()[:-100])


def rewrite(file: Path) -> None:
    """Somebody changed a name in a backup."""
    with ZipFile(file) as archive:
        members = {name: archive.read(name).replace(b"wang", b"wong") for name in archive.namelist()}
    with ZipFile(file, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)


@pytest.mark.parametrize(
    ("spoil", "wrong"),
    [
        (truncate, "is not a backup of this service or is incomplete"),
        (rewrite, "The backup file is damaged (tables/account.jsonl)"),
        (Path.unlink, "does not exist or cannot be read"),
    ],
)
def test_a_refused_restore_leaves_nothing(here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil, wrong):
    run("backup", str(tmp_path / "b.zip"))
    file = tmp_path / "b.zip"
    monkeypatch.setenv("ASSESS_INSTANCE", str(tmp_path / "deep" / "other"))
    spoil(file)

    refused = said(run("restore", str(file)))

    assert (refused[0], wrong in refused[1]) == (1, True)
    assert not (tmp_path / "deep").exists()


def test_a_restore_onto_a_full_disk_leaves_nothing_and_says_so(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    run("backup", str(tmp_path / "b.zip"))
    monkeypatch.setenv("ASSESS_INSTANCE", str(tmp_path / "deep" / "other"))

    with full_disk():
        code, told = said(run("restore", str(tmp_path / "b.zip")))

    assert (code, told.startswith("The server has no storage available")) == (1, True)
    assert not (tmp_path / "deep").exists()


def test_an_instance_is_closed_to_others_and_one_that_was_open_is_closed_at_the_next_start(here: Path):
    keep_bytes(here / "uploads", b"%PDF-1.7")

    def opened() -> list[str]:
        paths = (here, *here.rglob("*"))
        return sorted(path.name for path in paths if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))

    as_made = opened()
    for path in (here, *here.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    before = os.umask(0)
    try:
        run("user", "list")
    finally:
        os.umask(before)

    assert (as_made, opened()) == ([], [])


def test_a_database_that_names_files_is_not_served_from_an_empty_folder(here: Path, tmp_path: Path):
    hand_in(here, b"%PDF-1.7")
    (here / "uploads").rename(tmp_path / "unmounted")

    code, told = said(run(*WRITING[1]))

    assert (code, told.startswith("The database lists 1 files, but the instance folder")) == (1, True)
    assert not (here / "uploads").exists()
    database = Database(f"sqlite:///{here / 'assess.db'}")
    assert database.is_there()
    database.close()


def test_a_port_in_use_and_a_host_of_elsewhere_are_told_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("ASSESS_INSTANCE", str(tmp_path / "instance"))

    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        taken = said(run("serve", "--port", str(other.getsockname()[1])))
    foreign, nobody = (said(run("serve", "--host", host)) for host in ("203.0.113.1", "no such host"))

    assert {told.partition(") ")[2].partition(". ")[0] for _code, told in (taken, foreign, nobody)} == {
        "and was not started"
    }
    assert [code for code, _told in (taken, foreign, nobody)] == [1, 1, 1]
    assert "Address already in use" in taken[1]
    assert list(tmp_path.iterdir()) == []
