"""Each process begins with a share of the files that take longest, and every test runs once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.order import LONG, dealt

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Listed:
    path: Path
    number: int


TESTS = [
    Listed(Path(f"{stem}.py"), number)
    for stem in ("test_first", LONG[3], LONG[0], "test_second", LONG[1], "test_third", LONG[2])
    for number in range(5)
]


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_each_process_begins_with_long_files_and_no_test_is_lost(processes: int):
    order = dealt(TESTS, processes)
    begun = [order[part * len(order) // processes].path.stem for part in range(processes)]

    assert sorted(order, key=TESTS.index) == TESTS
    assert begun == list(LONG[:processes])


def test_every_long_file_is_there():
    assert [stem for stem in LONG if not list(HERE.rglob(f"{stem}.py"))] == []
