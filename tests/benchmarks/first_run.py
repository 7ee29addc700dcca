"""What `make run` does after the installation, from an empty instance to the first answer."""

from __future__ import annotations

import subprocess
import tempfile
import time
from pathlib import Path

from tests.sites import ASSESS, ROOT, run_assess, settings_of, start_service


def first_run() -> float:
    """The seconds by the clock until both years are in the instance, one is scored into files, and they are served."""
    with tempfile.TemporaryDirectory() as folder:
        environment = settings_of(Path(folder) / "instance")
        command = [*ASSESS, "demo", "--out", f"{folder}/out"]
        begun = time.monotonic()
        with subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL) as scoring:
            run_assess(environment, "demo", "--once")
        assert scoring.returncode == 0
        _address, service = start_service(environment, Path(folder) / "log")
        needed = time.monotonic() - begun
        service.stop()
        return needed
