"""Fixtures of the walks: a browser, and someone who walks through the service with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browsing import NoBrowser, Walker, launch, walking
from tests.sites import Site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The session's browser; without one the walk is skipped."""
    with sync_playwright() as playwright:
        try:
            started = launch(playwright)
        except NoBrowser as reason:
            pytest.skip(str(reason))
        yield started
        started.close()


@pytest.fixture
def walker(browser: Browser, site: Site, tmp_path: Path) -> Iterator[Walker]:
    """Someone before the service with its demonstration year: `walker.open("/", language="en", phone=True)`."""
    with walking(browser, site.address, tmp_path) as someone:
        yield someone
