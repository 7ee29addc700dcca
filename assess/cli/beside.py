"""The worker beside the web server: started with it, started again when it dies, and ended with it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

PAUSE = 2.0
"""Seconds before a worker that died is followed by another."""


class WorkerBeside:
    """A worker in a process of its own, which also ends by itself when this process is gone, however it ended."""

    def __init__(self) -> None:
        self.ending = threading.Event()
        self.command = (sys.executable, "-m", "assess", "worker", "--beside", str(os.getpid()))
        self.process = subprocess.Popen(self.command)
        threading.Thread(target=self.replace, daemon=True).start()

    def replace(self) -> None:
        """Start another whenever one has died."""
        while True:
            self.process.wait()
            if self.ending.wait(PAUSE):
                return
            self.process = subprocess.Popen(self.command)

    def end(self) -> None:
        """Tell the worker to end; it finishes the job in hand or hands it back."""
        self.ending.set()
        self.process.terminate()
