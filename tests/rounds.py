"""How much is tried: a few chosen rounds in `make test`, every one in `make soak`, which sets SOAK."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Final, TypeVar

SOAKING: Final = "SOAK" in os.environ
T = TypeVar("T")


def some(things: Sequence[T], turn: int, few: int) -> list[T]:
    """A few of some things, the next ones at each turn, so that all are tried in turn; all of them in `make soak`."""
    return list(things) if SOAKING else [things[(turn * few + place) % len(things)] for place in range(few)]


def examples(many: int) -> int:
    """How many examples are drawn of what is soaked with so many."""
    return many if SOAKING else max(many // 3, 5)
