"""A real browser for the walks: pages in either language, on a desk or a phone, with scripts or without."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Playwright, Request, Response

QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
)
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
LOCALES = {"zh": "zh-CN", "en": "en-GB"}
SLOWEST = 60_000
TURNED_DOWN = "Failed to load resource: the server responded with a status of 4"
"""What the browser says of a refusal; a walk may well be refused."""


class NoBrowser(Exception):
    """No browser can be had here; says why."""


def launch(playwright: Playwright) -> Browser:
    """The browser that is installed, or else the one that Playwright has fetched."""
    installed = next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None)
    try:
        return playwright.chromium.launch(executable_path=installed, args=list(QUIET))
    except Error as error:
        if installed is None and "Executable doesn't exist" in str(error):
            raise NoBrowser("chromium not installed") from None
        raise


class Walker:
    """Someone at a browser: `open` as often as wanted, each time as another person with cookies of their own.

    Whatever the browser complains about, an answer of 500, and a request to any other host is a trouble.
    """

    def __init__(self, browser: Browser, address: str) -> None:
        self.address = address
        self.troubles: list[str] = []
        self.contexts: list[BrowserContext] = []
        self._browser = browser

    def open(self, path: str = "/", *, language: str = "zh", phone: bool = False, scripts: bool = True) -> Page:
        """A new browser window at this path of the service."""
        context = self._browser.new_context(
            base_url=self.address,
            locale=LOCALES[language],
            timezone_id="Asia/Shanghai",
            viewport=PHONE if phone else DESK,
            has_touch=phone,
            java_script_enabled=scripts,
            accept_downloads=True,
        )
        self.contexts.append(context)
        context.set_default_timeout(SLOWEST)
        context.on("console", self._said)
        context.on("weberror", lambda failed: self.troubles.append(f"script: {failed.error}"))
        context.on("request", self._asked)
        context.on("response", self._answered)
        page = context.new_page()
        page.goto(path)
        return page

    def close(self, pictures: Path) -> None:
        """Close all windows, and keep a picture of each."""
        for number, page in enumerate([page for context in self.contexts for page in context.pages], 1):
            page.screenshot(path=pictures / f"window-{number}.png", full_page=True)
        for context in self.contexts:
            context.close()

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(TURNED_DOWN):
            self.troubles.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self.address}/", "data:", "blob:", "about:")):
            self.troubles.append(f"asks another host: {urlsplit(request.url).netloc}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.troubles.append(f"{response.status}: {response.url}")


@contextmanager
def walking(browser: Browser, address: str, pictures: Path) -> Iterator[Walker]:
    """A walker whose walk must be free of trouble; pictures of the last pages are kept in a folder."""
    walker = Walker(browser, address)
    try:
        yield walker
    finally:
        walker.close(pictures)
    assert walker.troubles == []


def check_access(page: Page, *, without: Collection[str] = ()) -> list[str]:
    """What axe finds against the accessibility of a page, as plain sentences; must be empty. Rules may be left out.

    Raises:
        AssertionError: the window was opened without scripts, and axe is one.
    """
    assert page.evaluate("matchMedia('(scripting: enabled)').matches"), "axe needs a window with scripts"
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate(VIOLATIONS, {rule: {"enabled": False} for rule in without})
    return [
        f"{violation['id']}: {violation['help']}: {' '.join(map(str, target))}"
        for violation in found
        for target in violation["targets"]
    ]


def axe_script() -> str:
    """The script of axe-core, as the wheel of `axe-playwright-python` brings it."""
    wheel = importlib.util.find_spec("axe_playwright_python")
    assert wheel is not None
    assert wheel.submodule_search_locations is not None
    return (Path(wheel.submodule_search_locations[0]) / "axe.min.js").read_text(encoding="utf-8")


AXE = axe_script()
VIOLATIONS = """async rules => {
  const found = await axe.run(document, {resultTypes: ["violations"], rules});
  return found.violations.map(({id, help, nodes}) => ({id, help, targets: nodes.map(node => node.target)}));
}"""
