"""What could not be tested is said in one line, and fails the run that decides; what is soaked is left out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parent.parent

SKIPPING = """
import pytest

@pytest.mark.needs("no-such-program")
def test_a_page_as_a_picture(): ...

def test_a_number(): ...

@pytest.mark.soak
def test_many_rounds():
    raise AssertionError("left to make soak")
"""


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("true", 1)])
def test_a_missing_program_is_one_line_and_fails_only_in_ci(tmp_path: Path, ci: str, code: int):
    (tmp_path / "test_pages.py").write_text(SKIPPING, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-c", str(TOP / "pyproject.toml"), str(tmp_path)]

    environment = {name: value for name, value in os.environ.items() if name != "SOAK"} | {"CI": ci}

    done = subprocess.run(command, cwd=TOP, env=environment, capture_output=True, text=True)

    assert done.returncode == code, done.stdout + done.stderr
    assert "Not tested here: 1 test (no-such-program not installed)." in done.stdout.splitlines()
