"""How memory is kept in a process that lasts."""

from __future__ import annotations

import gc

OBJECTS = 20_000
"""Between two looks for circles: a page makes some thousands of objects, and hardly any circle."""


def last() -> None:
    """Look for circles again, which one command does without, but not among what was loaded at the start."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS)
    gc.enable()
