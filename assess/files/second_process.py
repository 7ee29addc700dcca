"""A second process that does a part of a large work: it is given plain data, never results, and ends with this one."""

from __future__ import annotations

import os
import signal
import threading
import traceback
from collections.abc import Callable
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Final

PROCESSES: Final = min(2, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
"""On how many processes a large work is done: two where there are two cores or more, as each needs its own memory."""
MANY: Final = 60
"""So many scorecards one process makes in the time that a second one needs to get ready."""


class SecondProcessFailed(Exception):
    """The second process did not do its work; tells what it said of that."""


class SecondProcess:
    """Does a work in a process of its own, which is gone once this is left, or once this process is gone.

    The work is a function of a module, called with the connection to this process and with what is given, all of it
    plain data: it makes again what it needs. What it sends is taken at once, so that it never waits to be heard.
    """

    def __init__(self, work: Callable[..., None], *given: Any) -> None:
        context = get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=do, args=(theirs, work, given), daemon=True)
        self.process.start()
        theirs.close()
        self.messages: SimpleQueue[Any] = SimpleQueue()
        self.listener = threading.Thread(target=listen, args=(self.connection, self.messages), daemon=True)
        self.listener.start()

    def __enter__(self) -> SecondProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.join()
        self.listener.join()
        self.connection.close()

    def send(self, message: Any) -> None:
        """Send it something; where it is gone, the next `receive` says so."""
        try:
            self.connection.send(message)
        except OSError:
            self.messages.put(SecondProcessFailed("it has died"))

    def has_sent(self) -> bool:
        """Whether something was sent that is not received yet."""
        return not self.messages.empty()

    def receive(self) -> Any:
        """What it sends next, waited for.

        Raises:
            Broken: it has failed or died.
        """
        message = self.messages.get()
        if isinstance(message, SecondProcessFailed):
            raise message
        return message


def listen(connection: Connection, messages: SimpleQueue[Any]) -> None:
    """Take what the second process sends until it is gone."""
    while True:
        try:
            messages.put(connection.recv())
        except (EOFError, OSError):
            messages.put(SecondProcessFailed("it has died"))
            return


def do(connection: Connection, work: Callable[..., None], given: tuple[Any, ...]) -> None:
    """Do the work, in the second process: only the first one decides when it ends."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()
    try:
        work(connection, *given)
    except Exception:
        connection.send(SecondProcessFailed(traceback.format_exc()))


def end_with_parent() -> None:
    """Leave at once when the process that waits for this one is gone."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
