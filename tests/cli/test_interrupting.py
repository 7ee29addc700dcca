"""Whoever presses Ctrl-C is heeded."""

from __future__ import annotations

import signal
from contextlib import suppress

import pytest

from assess.cli.interrupting import interrupts_heeded


def test_an_interrupt_that_a_library_swallowed_ends_the_work_at_the_next_step():
    before = signal.getsignal(signal.SIGINT)
    with interrupts_heeded() as heed:
        heed()
        with suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            heed()

    assert signal.getsignal(signal.SIGINT) is before
