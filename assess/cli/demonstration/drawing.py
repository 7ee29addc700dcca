"""Chance that is the same at every filling: nothing here says anything about a real place."""

from __future__ import annotations

from random import Random
from typing import Final

SEED: Final = "demonstration-of-the-service"


def draw(*words: object, below: int) -> int:
    """A number from 0 up to a bound that belongs to these words."""
    return int(Random("/".join([SEED, *map(str, words)])).random() * below)
