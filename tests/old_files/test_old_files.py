"""What the service made on 2 December 2026, at revision 0028, is still read by the code of today."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.cli.replay import SAME_BUT_FOR_WORDING
from tests.cli.running import run
from tests.old_files.unpacking import unpacked

CHECKS = (("verify",), ("replay",), ("audit", "verify"))


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an instance, which is not there yet."""
    monkeypatch.setenv("ASSESS_INSTANCE", str(tmp_path / "instance"))
    return tmp_path / "instance"


@pytest.mark.parametrize("database", ["made now", "made then"])
def test_an_old_backup_is_restored_into_a_new_and_an_old_instance_and_all_in_it_is_right(
    database: str, instance: Path, tmp_path: Path
):
    if database == "made then":
        unpacked("empty-instance-2026-12-02.db", instance / "assess.db")
        (instance / "uploads").mkdir()
    backup = unpacked("backup-2026-12-02.zip", tmp_path / "backup.zip")

    restored = run("restore", str(backup))
    checked = [run(*words, "--lang", "en") for words in CHECKS]

    assert (restored.code, restored.err) == (0, [])
    assert [(each.code, each.err) for each in checked] == [(0, [])] * len(CHECKS)
    assert checked[1].out.splitlines() == [
        SAME_BUT_FOR_WORDING.localized("en", year=2025, number=number, then="0.1.0") for number in range(1, 9)
    ]


def test_an_old_archive_is_checked_and_right(tmp_path: Path):
    checked = run("verify", str(unpacked("archive-2026-12-02.zip", tmp_path / "archive.zip")), "--lang", "en")

    assert (checked.code, checked.err) == (0, [])
    assert "WRONG" not in checked.out
