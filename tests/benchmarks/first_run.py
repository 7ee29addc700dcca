"""What `make run` does after the installation, from an empty instance to the first answer."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from tests.sites import run_assess, settings_of, start_service


def first_run() -> float:
    """The seconds by the clock until the demonstration year is scored into files, in the instance, and served."""
    with tempfile.TemporaryDirectory() as folder:
        environment = settings_of(Path(folder) / "instance")
        begun = time.monotonic()
        run_assess(environment, "demo", "--out", f"{folder}/out")
        run_assess(environment, "demo", "--once")
        _address, service = start_service(environment, Path(folder) / "log")
        needed = time.monotonic() - begun
        service.stop()
        return needed
