"""What `make run` shows: a year that is complete from task list to archive, and the next one as it is collected."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browsing import DESK, PHONE, Walker, walking
from tests.sites import Demonstration, Site, settings_of
from tests.walks.test_whole_year import read

FIRST = "110105001"
TOUR: dict[str, tuple[str, ...]] = {
    "leader": (
        "/", "/2025/", "/2025/ranking", f"/2025/ranking/{FIRST}", "/2025/ranking/months", "/2025/downloads",
        "/2026/ranking",
    ),
    "office": (
        "/", "/2025/", "/2025/runs", "/2025/runs/8/compare?with=7", "/2025/appeals", "/2025/appeals/1",
        "/2025/appeals/2", "/2025/corrections", "/2025/corrections/1", "/2025/seal", "/2025/hand-overs",
        "/2025/archive", "/2026/completeness", "/2026/setup/previous", "/2026/imports",
    ),
    "official": (
        "/", "/2025/", f"/2025/result/{FIRST}", f"/2025/form/{FIRST}", f"/2026/form/{FIRST}",
        f"/2026/obligations/{FIRST}", "/2026/findings",
    ),
    "evaluator": ("/", "/2025/", "/2025/certifying?show=certified", "/2026/imports/ecology-bureau", "/2026/certifying"),
    "receiver": ("/", "/2025/", "/2025/hand-overs", "/2025/hand-overs/1"),
}  # fmt: skip
"""The ten minutes of the README."""
RESULTS = """
SELECT run_unit.unit, run_unit.total, run_unit.grade, run_unit.rank FROM run_unit
JOIN seal ON seal.run_id = run_unit.run_id ORDER BY run_unit.unit
"""
LINE = 28
"""So many pixels high is a line of the ranking: 43 units stand on two screens of 768."""
SCREEN = 768
BROKEN = """() => [...document.querySelectorAll("main td, main th")].filter(cell => {
  const words = document.createRange();
  words.selectNodeContents(cell);
  const lines = new Set([...words.getClientRects()].map(each => Math.round(each.top)));
  return /^\\S{1,3}$/.test(cell.innerText.trim()) && lines.size > 1 && !cell.firstElementChild;
}).map(cell => cell.innerText.trim())"""
PREVIOUS = "SELECT facts FROM batch WHERE kind = 'previous-results' ORDER BY id DESC LIMIT 1"


@pytest.fixture
def site(two_years: Demonstration, tmp_path: Path, serve: Callable[..., Any]) -> Iterator[Site]:
    """The service as `make run` serves it."""
    instance = Path(shutil.copytree(two_years.instance, tmp_path / "instance"))
    environment = settings_of(instance)
    address, server = serve(environment)
    yield Site(address, instance, environment, two_years.accounts, server)
    server.stop()


def test_the_first_ten_minutes_lead_each_role_through_both_years(site: Site, browser: Browser, tmp_path: Path):
    with walking(browser, site.address, tmp_path) as walker:
        leader = signed_in(walker, site, "leader")
        reads_the_ranking(leader)
        follows_a_loss_to_its_source(leader)
        book = takes_the_sealed_book(signed_in(walker, site, "leader"))
        looks_its_code_up(walker, book)
        for role, pages in TOUR.items():
            someone = signed_in(walker, site, role)
            assert {path: opened(someone, path) for path in pages} == dict.fromkeys(pages, 200), role
        archive = takes_the_archive(signed_in(walker, site, "office"), tmp_path / "archive.zip")

    site.run("verify", str(archive))
    site.run("audit", "verify")
    assert sealed_in(site.instance) == taken_over_in(site.instance)


def signed_in(walker: Walker, site: Site, role: str) -> Page:
    """Somebody who has signed in."""
    account = site.account(role)
    page = walker.open("/sign-in")
    page.get_by_label("账号").fill(account["username"])
    page.get_by_role("textbox", name="密码").fill(account["password"])
    page.get_by_role("button", name="登录").click()
    return page


def reads_the_ranking(leader: Page) -> None:
    """A unit is one line on a desk and two on a phone; why a grade is limited shows on focus and on paper."""
    leader.goto("/2025/ranking")
    rows = leader.locator(".assess-table--ranking tbody tr:not(.assess-row--all)")
    reason = leader.locator(".assess-reason")
    assert max(row.bounding_box()["height"] for row in rows.all()) <= LINE
    words = reason.first.locator("[id^=why-]")
    assert not words.is_visible()
    reason.first.get_by_role("link").focus()
    assert words.is_visible()
    assert re.search("（第.*条.*）", words.inner_text())
    leader.locator("h1").click()
    assert not words.is_visible()
    leader.emulate_media(media="print")
    assert all(each.locator("[id^=why-]").is_visible() for each in reason.all())
    leader.emulate_media(media="screen")
    leader.set_viewport_size(PHONE)
    assert max(row.bounding_box()["height"] for row in rows.all()) <= 2 * LINE + 10
    leader.set_viewport_size(DESK)


def follows_a_loss_to_its_source(leader: Page) -> None:
    """The page of a unit is three screens; the figures behind the items open where a link of a loss leads to one."""
    leader.goto(f"/2025/ranking/{FIRST}")
    assert leader.locator("main").bounding_box()["height"] <= 3 * SCREEN
    link = leader.locator("main a[href^='#figure-']").first
    figure = leader.locator(str(link.get_attribute("href")))
    assert not figure.is_visible()
    link.click()
    figure.wait_for(state="visible")


def takes_the_sealed_book(leader: Page) -> Path:
    """The ranked book of the complete year is there to take, two clicks from the home page."""
    leader.goto("/2025/downloads")
    with leader.expect_download() as download:
        leader.get_by_role("link", name=re.compile("结果汇编 · 中文")).first.click()
    return Path(download.value.path())


def looks_its_code_up(walker: Walker, book: Path) -> None:
    """Somebody without an account checks a card of the book by its code."""
    code, citizen = code_in(book), walker.open("/check")
    citizen.locator("input[name=code]").fill(code)
    citizen.locator("form[method=get] button").click()
    assert code in citizen.locator("main").inner_text()
    assert "2025年度" in citizen.locator("main").inner_text()


def code_in(book: Path) -> str:
    """The code of the first card of a book, or of the book itself."""
    code = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b", read(book.read_bytes()))
    assert code is not None
    return code[0]


def opened(someone: Page, path: str) -> int:
    """How a page answers."""
    answer = someone.goto(path)
    assert answer is not None
    assert "/hand-overs/" not in path or broken_words(someone) == []
    return answer.status


def broken_words(someone: Page) -> list[str]:
    """Words of at most three characters in cells of tables that are broken over several lines."""
    found: list[str] = someone.evaluate(BROKEN)
    return found


def takes_the_archive(office: Page, to: Path) -> Path:
    """The archive of the year that is over."""
    office.goto("/2025/archive")
    with office.expect_download() as download:
        office.locator("a[href*='/2025/archive/']").first.click()
    shutil.copy(download.value.path(), to)
    return to


def sealed_in(instance: Path) -> list[tuple[Any, ...]]:
    """Total, grade and rank of each unit as they were sealed."""
    with closing(sqlite3.connect(instance / "assess.db")) as database:
        rows = database.execute(RESULTS).fetchall()
    return [(*row, None if doubled is None else f"{Decimal(doubled) / 2:f}") for *row, doubled in rows]


def taken_over_in(instance: Path) -> list[tuple[Any, ...]]:
    """The same as the next year knows them."""
    with closing(sqlite3.connect(instance / "assess.db")) as database:
        (facts,) = database.execute(PREVIOUS).fetchone()
    units = sorted(json.loads(facts)["units"], key=lambda unit: unit["unit"])
    return [tuple(unit[name] for name in ("unit", "total", "grade", "rank")) for unit in units]
