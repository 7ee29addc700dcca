"""In which order tests run: long files first in each process, so that at the end nobody waits for one of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Protocol, TypeVar

LONG = (
    "test_every_page", "test_hostile_fields", "test_products", "test_two_years", "test_whole_year",
    "test_hostile_uploads", "test_postgresql", "test_large_seal_kills", "test_rush", "test_trial_years",
    "test_setting_up", "test_filling", "test_reporting", "test_large_years", "test_old_files",
    "test_odd_books", "test_hostile_addresses",
)  # fmt: skip
"""The files of tests that take longest, the longest first."""


class InFile(Protocol):
    """A test of a file."""

    @property
    def path(self) -> Path:
        """The file."""


T = TypeVar("T", bound=InFile)


def dealt(tests: Sequence[T], processes: int) -> list[T]:
    """The tests in as many equal parts as there are processes, each of which begins with a share of the long files.

    `--dist worksteal` gives each process one part; who has nothing left takes from the end of another's.
    """
    long = sorted((test for test in tests if test.path.stem in LONG), key=lambda test: LONG.index(test.path.stem))
    files = [list(found) for _path, found in groupby(long, key=lambda test: test.path)]
    short = iter([test for test in tests if test.path.stem not in LONG])
    made: list[T] = []
    for process in range(processes):
        end = len(made) + (len(tests) - len(made)) // (processes - process)
        made += [test for file in files[process::processes] for test in file]
        made += [test for _, test in zip(range(len(made), end), short, strict=False)]
    return made
