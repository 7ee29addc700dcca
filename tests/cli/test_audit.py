"""`assess audit verify` on an instance of one's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import text

from assess.store.models import AuditEntry
from assess.store.session import Database
from tests.cli.running import run

WANG = ("user", "add", "wang", "--name", "王芳", "--role", "office")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an instance that does not exist yet."""
    monkeypatch.setenv("ASSESS_INSTANCE", str(tmp_path / "instance"))
    return tmp_path / "instance"


def digests(here: Path, *changes: str) -> list[str]:
    """The digests of the log of an instance, after these changes behind its back."""
    database = Database(f"sqlite:///{here / 'assess.db'}")
    with database.engine.begin() as connection:
        for change in changes:
            connection.execute(text(change))
    with database.reading() as session:
        found = [each.digest for each in session.query(AuditEntry).order_by(AuditEntry.number)]
    database.close()
    return found


def test_the_log_is_whole_until_somebody_changes_it(here: Path):
    run(*WANG)
    first, second = digests(here)

    whole = run("audit", "verify", "--lang", "en", "--head", f" {first[:8].upper()} {first[8:]} ")
    told = json.loads(run("audit", "verify", "--json").out)
    strange = run("audit", "verify", "--head", "0" * 64)
    mistyped = run("audit", "verify", "--head", "12345")
    digests(here, "DROP TRIGGER audit_entry_no_update", "UPDATE audit_entry SET actor = 'nobody' WHERE number = 2")
    broken = run("audit", "verify")
    counted = json.loads(run("audit", "verify", "--json", "--lang", "en").out)

    assert (whole.code, whole.err) == (0, [])
    assert whole.out.splitlines() == [
        f"The audit log is complete. Entries: 2. Digest of the last entry: {second}",
        "This is the digest of entry 1. Entries 1 to 1 are unchanged. Later entries: 1.",
    ]
    assert told == {"entries": 2, "head": second, "unbroken": True, "broken": None, "looked_for": None}
    assert (strange.code, len(strange.err), strange.err[1][:9]) == (1, 2, "日志中没有这个摘要")
    assert (mistyped.code, mistyped.out) == (1, "")
    assert (broken.code, broken.out, broken.err) == (
        1,
        "",
        ["操作日志完整性校验未通过：第2条的摘要与内容不符：这一条在写入之后被改动。第1条至第1条完整。"],
    )
    assert counted["entries"] == 1
    assert counted["broken"] == {
        "number": 2,
        "after": 1,
        "wrong": "content",
        "told": "The digest of entry 2 does not match its content. The entry was changed after it was written.",
    }


def test_an_empty_log_is_never_called_whole_and_no_instance_is_made_to_look_at(here: Path):
    nowhere = run("audit", "verify")
    was_made = here.exists()
    here.mkdir()
    Database(f"sqlite:///{here / 'assess.db'}").make()
    ended = run("audit", "verify", "--lang", "en")

    assert (nowhere.code, was_made) == (1, False)
    assert "There is no instance of this service in" in nowhere.err[0]

    assert (ended.code, ended.out) == (1, "")
    assert ended.err[0].startswith("The audit log is empty.")
