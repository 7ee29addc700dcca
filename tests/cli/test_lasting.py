"""The service and its worker look for circles again, which a single command does without."""

from __future__ import annotations

import subprocess
import sys

CIRCLES = """
import gc, weakref
from assess.cli.lasting import OBJECTS, last

class Thing: ...

gc.disable()
last()
thing = Thing()
thing.itself = thing
gone = weakref.ref(thing)
del thing
kept = [[] for _ in range(2 * OBJECTS)]
print(gone() is None, gc.get_freeze_count() > 0)
"""


def test_a_process_that_lasts_gives_circles_back_and_spares_what_was_loaded_at_its_start() -> None:
    done = subprocess.run([sys.executable, "-c", CIRCLES], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["True", "True"]
