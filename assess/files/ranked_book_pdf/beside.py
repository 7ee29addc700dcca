"""A second process that makes the second half of a large book while this one makes the first."""

from __future__ import annotations

import os
import signal
import threading
import traceback
from collections.abc import Callable
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any

from assess.files.ranked_book_pdf.stretches import Here, Size, Stretch


class Broken(Exception):
    """The second process did not do its work; tells what it said of that."""


class Beside:
    """Sets and draws a stretch in a process of its own, which ends with this one however that ends."""

    def __init__(self, stretch: Stretch) -> None:
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=work, args=(theirs, stretch), daemon=True)
        self.process.start()
        theirs.close()
        self.size: Size | None = None

    def __enter__(self) -> Beside:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()

    def listen(self, told: Callable[[], None]) -> None:
        """Pass on what it has said meanwhile; never waits."""
        while self.size is None and self.pipe.poll():
            self.hear(told)

    def hear(self, told: Callable[[], None]) -> None:
        """Wait for one word: a card is set, or all are."""
        said = self.said()
        if isinstance(said, Size):
            self.size = said
        else:
            told()

    def set(self, told: Callable[[], None]) -> Size:
        """Wait until every card is set."""
        while self.size is None:
            self.hear(told)
        return self.size

    def draw(self, first: int, of: int) -> None:
        """Let it draw."""
        self.pipe.send((first, of))

    def drawn(self) -> bytes:
        """Wait for the document."""
        data: bytes = self.said()
        return data

    def said(self) -> Any:
        """What it says next.

        Raises:
            Broken: it has failed or died.
        """
        try:
            said = self.pipe.recv()
        except (EOFError, OSError):
            said = Broken("it has died")
        if isinstance(said, Broken):
            raise said
        return said


def work(pipe: Connection, stretch: Stretch) -> None:
    """Set the stretch, wait to be told where it stands, draw it; in the second process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()
    try:
        here = Here(stretch)
        pipe.send(here.set(lambda: pipe.send(None)))
        here.draw(*pipe.recv())
        pipe.send(here.drawn())
    except Exception:
        pipe.send(Broken(traceback.format_exc()))


def end_with_parent() -> None:
    """Leave at once when the process that waits for this one is gone."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
