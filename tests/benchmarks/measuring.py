"""Medians of several runs, and work in a process of its own.

Measured is processor time, of this process and of those it waited for. Hardly any of the work uses two processors or
waits for anything, so this is how long it takes where nothing else runs, and a busy machine spoils the table less. What
uses two says that it was measured by the clock, and wants a quiet machine.
"""

from __future__ import annotations

import re
import resource
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import active_children, get_context
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

RUNS = 9


class Beside(NamedTuple):
    """Seconds of our work, and of the bare work of the same size measured in turn with it."""

    ours: float
    bare: float


def once(work: Callable[[], object]) -> float:
    """The seconds of one run."""
    start = spent()
    work()
    return spent() - start


def spent() -> float:
    """The processor seconds of this process and of its children that have ended."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """The median of several runs after one that warms up."""
    work()
    return median(once(work) for _ in range(runs))


def in_turn(*works: Callable[[], object], runs: int = RUNS) -> tuple[float, ...]:
    """The medians of several works, run in turn after one run each that warms up, so that a busy moment meets all."""
    for work in works:
        work()
    rounds = [tuple(map(once, works)) for _ in range(runs)]
    return tuple(map(median, zip(*rounds, strict=True)))


def beside(ours: Callable[[], object], bare: Callable[[], object], runs: int = RUNS) -> Beside:
    """The medians of both, run in turn."""
    return Beside(*in_turn(ours, bare, runs=runs))


def alone(work: Callable[..., Any], *given: Any) -> Any:
    """What the work gives back in a fresh process, so that no other work's memory or warmth is measured."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(work, *given).result()


def peak_megabytes(process: int | str = "self") -> float:
    """The most memory that a process has held; `ru_maxrss` would count that of the process that started it too."""
    (held,) = re.findall(r"^VmHWM:\s+(\d+) kB$", Path(f"/proc/{process}/status").read_text(), re.MULTILINE)
    return int(held) / 1024


class Clocked(NamedTuple):
    """Work on several processes: seconds by the clock, and the most megabytes of all of them together."""

    seconds: float
    megabytes: float


def by_the_clock(work: Callable[[], object]) -> Clocked:
    """One run of work that uses processes beside this one."""
    others: dict[int | None, float] = {}
    done = threading.Event()
    watch = threading.Thread(target=look_at_children, args=(others, done))
    watch.start()
    start = time.perf_counter()
    work()
    took = time.perf_counter() - start
    done.set()
    watch.join()
    return Clocked(took, peak_megabytes() + sum(others.values()))


def look_at_children(held: dict[int | None, float], done: threading.Event) -> None:
    """Note again and again the most memory that each process started by this one has held."""
    while not done.wait(0.05):
        for child in active_children():
            try:
                held[child.pid] = peak_megabytes(child.pid or 0)
            except (OSError, ValueError):
                continue  # it has just ended
