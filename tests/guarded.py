"""Programs and folders that last as long as the tests, whatever ends these."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

GUARD = """
ending=$1 log=$2; shift 2
exec 3<&0
"$@" 3<&- </dev/null >"$log" 2>&1 &
program=$!
{ read -r _; kill -"$ending" "$program"; } 2>/dev/null <&3 &
exec 3<&-
wait "$program"
"""
"""The shell that holds a program signals to it when its own input closes: at `stop`, or when the tests are no more."""


class Guarded:
    """A running program whose output goes to a log; Ctrl-C at the tests does not reach it, `stop` does."""

    def __init__(self, command: Sequence[str], log: Path, *, ending: str = "TERM", **how: Any) -> None:
        self.log = log
        self._shell = subprocess.Popen(
            ["sh", "-c", GUARD, "guard", ending, str(log), *command],
            stdin=subprocess.PIPE,
            start_new_session=True,
            **how,
        )

    def runs(self) -> bool:
        """Whether the program has not ended by itself."""
        return self._shell.poll() is None

    def told(self) -> str:
        """What the program has printed so far."""
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    def kill(self) -> None:
        """End the program and all that it has started at once, as when a machine fails."""
        os.killpg(self._shell.pid, signal.SIGKILL)
        self._shell.wait(timeout=60)

    def stop(self) -> None:
        """End the program by its signal and wait until it has ended."""
        assert self._shell.stdin is not None
        self._shell.stdin.close()
        self._shell.wait(timeout=60)


BROOM = """
read -r _
until rm -rf "$1" 2>/dev/null && [ ! -e "$1" ]; do sleep 0.1; done
"""


class PassingFolder:
    """A new folder in `where` that is removed at `close`, or when the tests are no more."""

    def __init__(self, where: Path, prefix: str) -> None:
        self.path = Path(tempfile.mkdtemp(prefix=prefix, dir=where))
        command = ["sh", "-c", BROOM, "broom", str(self.path)]
        self._shell = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)

    def close(self) -> None:
        """Remove the folder with all that is in it."""
        assert self._shell.stdin is not None
        self._shell.stdin.close()
        self._shell.wait(timeout=60)


def spare_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
