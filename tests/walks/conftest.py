"""Fixtures of the walks: a browser, and someone who walks through the service with it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browsing import NoBrowser, Walker, launch, walking
from tests.sites import ROOT, Site
from tests.walks.person import FINGER, KEYBOARD, Manner

JOURNEYS = ROOT / "out" / "journeys"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser, which ends with the walks of a file: what drives it keeps the process from running a loop of its own.

    Without one the walk is skipped.
    """
    with sync_playwright() as playwright:
        try:
            started = launch(playwright)
        except NoBrowser as reason:
            pytest.skip(str(reason))
        yield started
        started.close()


@pytest.fixture(
    params=[
        pytest.param(("zh", KEYBOARD), id="zh-keyboard"),
        pytest.param(("en", FINGER), id="en-phone"),
        pytest.param(("en", KEYBOARD), id="en-keyboard", marks=pytest.mark.soak),
        pytest.param(("zh", FINGER), id="zh-phone", marks=pytest.mark.soak),
    ]
)
def manner(request: pytest.FixtureRequest, pictures: Path) -> Manner:
    """By the keyboard alone, and on a phone; pictures of every page are kept below `out/journeys`."""
    language, hand = request.param
    return Manner(language, hand, pictures=pictures)


@pytest.fixture
def pictures(request: pytest.FixtureRequest) -> Path:
    """The folder of a journey's pictures, empty."""
    folder = JOURNEYS / request.node.name
    shutil.rmtree(folder, ignore_errors=True)
    return folder


@pytest.fixture
def walker(browser: Browser, site: Site, tmp_path: Path) -> Iterator[Walker]:
    """Someone before the service with its demonstration year: `walker.open("/", language="en", phone=True)`."""
    with walking(browser, site.address, tmp_path) as someone:
        yield someone
