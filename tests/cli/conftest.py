from __future__ import annotations

import shutil
from pathlib import Path

import pytest

SMALL_YEAR = Path(__file__).parent / "small-year"


@pytest.fixture
def year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files of a small year and no results, which is the working directory."""
    shutil.copytree(SMALL_YEAR, tmp_path, dirs_exist_ok=True)
    for result in ("results.json", "results.csv"):
        (tmp_path / result).unlink()
    monkeypatch.chdir(tmp_path)
    return tmp_path
