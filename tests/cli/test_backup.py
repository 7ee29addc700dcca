from __future__ import annotations

import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).parents[2]


def assess(instance: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """One command on an instance."""
    return subprocess.run(
        [sys.executable, "-m", "assess", *words],
        cwd=TOP,
        env={"ASSESS_INSTANCE": str(instance), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )


def test_an_instance_is_backed_up_lost_and_restored(tmp_path: Path):
    one, other, file = tmp_path / "one", tmp_path / "other", tmp_path / "backup.zip"
    made = assess(one, "user", "add", "wang", "--name", "王芳", "--role", "office")
    assert made.returncode == 0, made.stderr

    backed_up = assess(one, "backup", str(file))
    restored = assess(other, "restore", str(file))
    again = assess(other, "restore", str(file))

    assert (backed_up.returncode, restored.returncode, again.returncode) == (0, 0, 1)
    assert restored.stdout.startswith("已恢复：")
    assert "Restore into an empty instance" in again.stderr
    assert "wang" in assess(other, "user", "list").stdout


def test_a_file_that_is_no_backup_is_refused_plainly(tmp_path: Path):
    (tmp_path / "x.zip").write_text("no")

    refused = assess(tmp_path / "one", "restore", str(tmp_path / "x.zip"))

    assert refused.returncode == 1
    assert "is not a backup of this service" in refused.stderr
    assert not (tmp_path / "one").exists()
