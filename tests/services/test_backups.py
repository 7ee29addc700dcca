from __future__ import annotations

import fcntl
import json
import os
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from assess.core.actors import Role
from assess.core.errors import Refused
from assess.core.text import Text
from assess.services import audit, backups
from assess.services.accounts import Duty
from assess.services.backups import BackedUpFile
from assess.services.backups.content import DAMAGED, MANIFEST, NOT_A_BACKUP, OTHER_VERSION
from assess.services.backups.writing import NO_FILE, UNFINISHED
from assess.settings import Settings
from assess.store import copying
from assess.store.audit_chain import digest_of
from assess.store.migrating import newest_revision
from assess.store.models import AuditEntry, FindingCount, Upload
from assess.store.queries.accounts import number_of_accounts
from assess.store.session import Database
from assess.store.uploads import keep_bytes, kept_path
from tests.faults import full_disk
from tests.services.findings import record
from tests.services.forms import an_open_year
from tests.stores import sqlite_address
from tests.years import NOW, a_person, operator

LATER = NOW + timedelta(days=1)


def fill(database: Database, instance: Path) -> str:
    """A year, people, an audit entry and one kept file; gives its SHA-256."""
    sha256 = keep_bytes(instance / "uploads", b"%PDF-1.7 a photo")
    an_open_year(database)
    with database.writing() as session:
        session.add(Upload(sha256=sha256, size=16, kind="pdf", first_name="照片.pdf", kept_by=0, kept_at=NOW))
        audit.record(session, operator(), subject="cycle:2026", action="made", old=None, new={"a": 1}, now=NOW)
    return sha256


def told(database: Database) -> dict[str, list[str]]:
    """Everything that a database says."""
    with database.engine.connect() as connection:
        return {name: list(copying.lines_of(connection, table)) for name, table in copying.tables().items()}


def without_log(database: Database) -> dict[str, list[str]]:
    """The same without the log, which goes on in each place by itself."""
    found = told(database)
    del found["audit_entry"]
    return found


def findings_counted(database: Database) -> list[tuple[Any, ...]]:
    """What a database keeps counted of its findings."""
    with database.reading() as session:
        counts = session.query(*FindingCount.__table__.columns).order_by(FindingCount.unit, FindingCount.kind)
        return [tuple(row) for row in counts]


def last_entry(database: Database) -> tuple[Any, ...]:
    """What the log says last."""
    with database.reading() as session:
        entry = session.query(AuditEntry).order_by(AuditEntry.number.desc()).first()
        assert entry is not None
        assert digest_of(entry) == entry.digest
        return entry.number, entry.actor, entry.subject, entry.action, entry.new, entry.at


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Database]:
    """Another instance, on SQLite, with nothing in it."""
    (tmp_path / "other" / "uploads").mkdir(parents=True)
    database = Database(sqlite_address(tmp_path / "other" / "assess.db"))
    database.make()
    yield database
    database.close()


def test_a_backup_restores_every_row_file_and_key_in_another_place(
    database: Database, instance: Path, empty: Database, tmp_path: Path
):
    sha256 = fill(database, instance)
    key = Settings(instance=instance, database_url="").secret_key()

    made = backups.back_up(database, operator(), instance=instance, target=tmp_path / "backup.zip", now=NOW)
    restored = backups.restore(
        empty, operator(), instance=tmp_path / "other", source=tmp_path / "backup.zip", now=LATER
    )

    assert (tmp_path / "backup.zip").stat().st_mode & 0o777 == 0o600
    assert without_log(empty) == without_log(database)
    assert (made.rows, made.files, made.lost) == (restored.rows, restored.files, ())
    assert kept_path(tmp_path / "other" / "uploads", sha256).read_bytes() == b"%PDF-1.7 a photo"
    assert Settings(instance=tmp_path / "other", database_url="").secret_key() == key


def test_a_backup_of_sqlite_moves_to_postgresql_and_goes_on_there(
    sqlite_url: str, postgresql_url: str, instance: Path, tmp_path: Path
):
    embedded, shared = Database(sqlite_url), Database(postgresql_url)
    fill(embedded, instance)
    (tmp_path / "other" / "uploads").mkdir(parents=True)
    record(embedded)

    backups.back_up(embedded, operator(), instance=instance, target=tmp_path / "backup.zip", now=NOW)
    backups.restore(shared, operator(), instance=tmp_path / "other", source=tmp_path / "backup.zip", now=LATER)
    with shared.writing() as session:
        late = a_person(session, "late", Duty(Role.LEADER))
    with embedded.reading() as session:
        accounts = number_of_accounts(session)

    assert told(embedded)["unit"] == told(shared)["unit"]
    assert findings_counted(shared) == findings_counted(embedded) != []
    assert late.account == accounts + 1
    # The year is set up, and then: backed up here; restored and somebody added there.
    assert len(told(shared)["audit_entry"]) == len(told(embedded)["audit_entry"]) + 1
    shared.close()
    embedded.close()


def test_the_log_tells_of_a_backup_where_it_was_made_and_of_a_restore_where_it_went(
    database: Database, instance: Path, empty: Database, tmp_path: Path
):
    fill(database, instance)
    kept = told(database)["audit_entry"]

    made = backups.back_up(database, operator(), instance=instance, target=tmp_path / "b.zip", now=NOW)
    backups.restore(empty, operator(), instance=tmp_path / "other", source=tmp_path / "b.zip", now=LATER)

    counts = {"file": "b.zip", "rows": made.rows, "files": 1}
    whole = {**counts, "lost": []}
    assert last_entry(database) == (
        len(kept) + 1, "operator", "instance", "backed up", {**whole, "altered": []}, NOW
    )  # fmt: skip
    assert last_entry(empty) == (
        len(kept) + 1, "operator", "instance", "restored", {**whole, "made_at": NOW.isoformat()}, LATER
    )  # fmt: skip
    assert told(empty)["audit_entry"][:-1] == kept


def test_a_file_that_was_lost_or_altered_is_named_and_everything_else_is_backed_up_and_restored(
    database: Database, instance: Path, empty: Database, tmp_path: Path
):
    altered, folder = fill(database, instance), tmp_path / "other" / "uploads"
    whole, lost = (keep_bytes(instance / "uploads", data) for data in (b"%PDF-1.7 whole", b"%PDF-1.7 lost"))
    with database.writing() as session:
        for sha256 in (whole, lost):
            session.add(
                Upload(sha256=sha256, size=1, kind="pdf", first_name=f"{sha256[:4]}.pdf", kept_by=0, kept_at=NOW)
            )
    kept_path(instance / "uploads", altered).write_bytes(b"%PDF-1.7 another")
    kept_path(instance / "uploads", lost).unlink()
    named = {altered: BackedUpFile(altered, "照片.pdf"), lost: BackedUpFile(lost, f"{lost[:4]}.pdf")}

    made = backups.back_up(database, operator(), instance=instance, target=tmp_path / "b.zip", now=NOW)
    restored = backups.restore(empty, operator(), instance=tmp_path / "other", source=tmp_path / "b.zip", now=LATER)

    assert (made.files, made.lost, made.altered) == (1, (named[lost],), (named[altered],))
    assert (restored.rows, restored.files) == (made.rows, 1)
    assert restored.lost == tuple(named[each] for each in sorted(named))
    assert [path.name for path in folder.rglob("*") if path.is_file()] == [whole]
    assert without_log(empty) == without_log(database)


def test_a_restore_that_does_not_succeed_leaves_nothing_behind(
    sqlite_url: str, instance: Path, empty: Database, tmp_path: Path
):
    database, other = Database(sqlite_url), tmp_path / "other"
    fill(database, instance)
    Settings(instance=instance, database_url="").secret_key()
    backups.back_up(database, operator(), instance=instance, target=tmp_path / "b.zip", now=NOW)
    key = Settings(instance=other, database_url="").secret_key()
    before = told(empty)

    with backups.open_backup(tmp_path / "b.zip") as backup, full_disk(), pytest.raises(OSError, match="too large"):
        backups.restore_from(empty, operator(), instance=other, backup=backup, now=LATER)
    with backups.open_backup(tmp_path / "b.zip") as backup:
        del backup.manifest["made_at"]
        with pytest.raises(KeyError):
            backups.restore_from(empty, operator(), instance=other, backup=backup, now=LATER)

    assert told(empty) == before
    assert list((other / "uploads").rglob("*")) == []
    assert Settings(instance=other, database_url="").secret_key() == key
    database.close()


@pytest.mark.parametrize(
    ("changed", "told_why"),
    [
        ({"revision": "9999"}, OTHER_VERSION.format(theirs="9999", ours=newest_revision())),
        ({"revision": ["0028"]}, OTHER_VERSION.format(theirs="['0028']", ours=newest_revision())),
        ({"revision": "0028", "digests": ["account"]}, None),
        ({"revision": "0028", "digests": {"no_such_table": "x"}}, DAMAGED.format(part="tables/no_such_table.jsonl")),
    ],
)
def test_a_backup_of_a_newer_version_or_with_a_wrong_list_of_tables_is_refused(
    database: Database, instance: Path, tmp_path: Path, changed: dict[str, Any], told_why: Text | None
):
    fill(database, instance)
    backups.back_up(database, operator(), instance=instance, target=tmp_path / "b.zip", now=NOW)
    with zipfile.ZipFile(tmp_path / "b.zip") as made, zipfile.ZipFile(tmp_path / "c.zip", "w") as other:
        for name in made.namelist():
            data = made.read(name)
            other.writestr(name, json.dumps(json.loads(data) | changed) if name == MANIFEST else data)

    with pytest.raises(Refused) as refused:
        backups.open_backup(tmp_path / "c.zip")

    assert refused.value.what == (told_why or NOT_A_BACKUP.format(path=tmp_path / "c.zip"))


def test_a_killed_backup_is_cleared_by_the_next_one_and_a_running_one_is_not(
    sqlite_url: str, instance: Path, tmp_path: Path
):
    database = Database(sqlite_url)
    left, running = (tmp_path / f".{name}.zip{UNFINISHED}" for name in ("left", "running"))
    left.touch()
    with running.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        backups.back_up(database, operator(), instance=instance, target=tmp_path / "b.zip", now=NOW)

    assert sorted(path.name for path in tmp_path.glob("*.zip*")) == sorted([running.name, "b.zip"])
    database.close()


def test_a_database_that_cannot_be_written_is_backed_up_and_the_log_is_said_not_to_tell(
    postgresql_url: str, instance: Path, tmp_path: Path
):
    database = Database(postgresql_url)
    fill(database, instance)
    with database.writing() as session:
        name = session.scalar(text("SELECT current_database()"))
        session.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    database.close()

    made = backups.back_up(database, operator(), instance=instance, target=tmp_path / "b.zip", now=NOW)

    with backups.open_backup(tmp_path / "b.zip") as backup:
        assert (made.files, made.is_noted, len(backup.uploads)) == (1, False, 1)
    database.close()


def test_a_backup_replaces_no_pipe_device_or_folder(database: Database, instance: Path, tmp_path: Path):
    pipe, folder = tmp_path / "pipe", tmp_path / "folder"
    os.mkfifo(pipe)
    folder.mkdir()

    for target in (pipe, folder):
        with pytest.raises(Refused) as refused:
            backups.back_up(database, operator(), instance=instance, target=target, now=NOW)
        assert refused.value.what == NO_FILE.format(path=target)

    assert (pipe.is_fifo(), folder.is_dir(), len(list(tmp_path.glob(f"*{UNFINISHED}")))) == (True, True, 0)


def test_an_instance_that_holds_data_is_not_restored_into(database: Database, instance: Path, tmp_path: Path):
    fill(database, instance)
    backups.back_up(database, operator(), instance=instance, target=tmp_path / "b.zip", now=NOW)
    before = told(database)

    with pytest.raises(Refused, match="Restore into an empty instance"):
        backups.restore(database, operator(), instance=instance, source=tmp_path / "b.zip", now=LATER)

    assert told(database) == before


def test_a_damaged_backup_leaves_the_instance_empty(
    database: Database, instance: Path, empty: Database, tmp_path: Path
):
    fill(database, instance)
    backups.back_up(database, operator(), instance=instance, target=tmp_path / "b.zip", now=NOW)
    with zipfile.ZipFile(tmp_path / "b.zip") as whole, zipfile.ZipFile(tmp_path / "bad.zip", "w") as bad:
        for name in whole.namelist():
            data = whole.read(name)
            bad.writestr(name, data.replace("三里屯".encode(), "二里屯".encode()).replace(b"110105001", b"110105009"))

    with pytest.raises(Refused, match="The backup file is damaged"):
        backups.restore(empty, operator(), instance=tmp_path / "other", source=tmp_path / "bad.zip", now=LATER)

    assert set(map(len, told(empty).values())) == {0}


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_backup_is_refused(empty: Database, tmp_path: Path, content: bytes):
    (tmp_path / "x.zip").write_bytes(content)

    with pytest.raises(Refused, match="not a backup"):
        backups.restore(empty, operator(), instance=tmp_path / "other", source=tmp_path / "x.zip", now=LATER)
