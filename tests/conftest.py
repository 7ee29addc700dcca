"""What this machine cannot test is skipped, said in one line at the end, and a failure where CI=true."""

from __future__ import annotations

import gc
import os
import shutil

import pytest
from hypothesis import HealthCheck, settings

from tests.order import dealt
from tests.rounds import SOAKING, examples

pytest_plugins = [f"tests.{name}" for name in ("passwords", "stores", "statements", "sites", "furnished", "mail")]

settings.register_profile(
    "untimed", deadline=None, max_examples=examples(100), suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("untimed")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose programs, named by `@pytest.mark.needs("pdftotext")`, are not installed."""
    needed = [program for mark in item.iter_markers("needs") for program in mark.args]
    if lacking := [program for program in needed if shutil.which(program) is None]:
        pytest.skip(f"{', '.join(lacking)} not installed")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave what is soaked to `make soak`, and begin with what takes long: at the end nobody waits for it."""
    later = [] if SOAKING else [item for item in items if item.get_closest_marker("soak")]
    config.hook.pytest_deselected(items=later)
    later_ids = {item.nodeid for item in later}
    items[:] = dealt([item for item in items if item.nodeid not in later_ids], processes())


def processes() -> int:
    """On how many processes the tests run."""
    return int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))


def pytest_collection_finish() -> None:
    """Modules and tests last until the end: nothing of them need be looked for as garbage after each test."""
    gc.collect()
    gc.freeze()


def skipped_line(reasons: list[str]) -> str:
    """How many tests were skipped and every reason once."""
    told = "; ".join(sorted({reason.removeprefix("Skipped: ") for reason in reasons}))
    return f"Not tested here: {len(reasons)} {'test' if len(reasons) == 1 else 'tests'} ({told})."


def reasons_for_skips(config: pytest.Config) -> list[str]:
    """The reason of each test or module that was skipped."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    return [report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr) for report in skipped]


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Where nothing may be skipped, a skipped test fails the run."""
    if exitstatus == pytest.ExitCode.OK and os.environ.get("CI") == "true" and reasons_for_skips(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say in one line what was not tested here."""
    if reasons := reasons_for_skips(config):
        terminalreporter.write_line(skipped_line(reasons))
