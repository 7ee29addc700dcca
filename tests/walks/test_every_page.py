"""Every page that links lead to, opened in a browser by each role, in both languages."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Page
from werkzeug.exceptions import HTTPException

from assess.core.actors import Role
from assess.settings import Settings
from assess.web.app import create_app
from tests.browsing import AXE, Walker, check_access
from tests.rounds import SOAKING
from tests.sites import Site
from tests.walks.person import sign_in
from tests.web.access_table import WHO

FILES = {
    "static", "healthz", "archives.file",
    "api.figures", "api.openapi", "api.show", "home.choose_language", "evidence.download",
    "evidence.paper", "evidence.workbook", "finding_boards.chart", "finding_imports.marked", "finding_imports.original",
    "finding_photos.original", "finding_photos.picture", "finding_photos.thumbnail",
    "api.handover", "api.handovers", "api.numbered_handover", "api.handover_schema",
    "finding_imports.template", "finding_weeks.paper", "finding_weeks.workbook", "imports.marked", "imports.original",
    "imports.template", "leadership.bars", "leadership.radar", "leadership.spread", "leadership.trend",
    "leadership.tiles_picture",
    "leadership_files.brief", "leadership_files.brief_of_unit", "leadership_files.compare", "leadership_files.items",
    "leadership_files.listing", "leadership_files.months", "leadership_files.unit",
    "people.template", "previous.template", "rules.download", "rules.starter", "runs.inputs", "runs.results",
    "what_if.download",
    "downloads.card", "downloads.file", "handover.file", "seals.document", "sources.original", "stages.calendar",
    "object_lists.download", "task_lists.download", "teams.download", "units.download",
}  # fmt: skip
"""What is no page: files, and the choice of a language."""
WALKED = {
    "appeals.effect", "appeals.paper", "appeals.rule", "appeals.show", "corrections.new", "corrections.show",
    "corrections.turn", "cycles.delete", "runs.paper",
    "accounts.set_password", "certifying.certify", "certifying.correct", "certifying.send_back", "checks.code",
    "evidence.preview", "evidence.signed", "finding_imports.decide", "finding_imports.show", "finding_repeats.unlink",
    "finding_imports.withdraw", "finding_recording.receipt", "imports.undo",
    "import_headings.forget",
    "handover.changes", "handover.members", "handover.new", "handover.show", "handover.summary",
    "leadership.tiles", "lodging.listing", "lodging.lodge", "lodging.show", "lodging.withdraw", "notices.line",
    "previous.preview_figures",
    "previous.preview_results", "previous.take", "rules.preview", "runs.compare", "runs.release",
    "evidence.withdraw", "evidence.withdraw_signed", "finding_imports.discard", "finding_photos.withdraw",
    "forms.withdraw", "obligation_files.withdraw", "stages.request",
    "object_lists.edit", "object_lists.preview", "submissions.send_back",
    "task_lists.preview", "teams.preview", "tokens.withdraw", "units.preview",
}  # fmt: skip
"""Pages that come of something done: a file accepted, values ticked, a result released, a year empty or kept before."""
BUSY = {Role.OFFICE, Role.OFFICIAL}
"""Who is shown every page in English; all others, and everybody in Chinese, what nobody before them has seen."""
CONTRAST = "color-contrast"
"""The same in both languages, and slow to look for."""
LANGUAGES = {"zh": "zh-CN", "en": "en"}


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    """The routes."""
    return create_app(Settings(instance=tmp_path, database_url=f"sqlite:///{tmp_path}/assess.db"))


def test_every_page_can_be_reached_is_whole_and_open_to_everybody(site: Site, walker: Walker, app: Flask):
    flaws: list[str] = []
    reached: set[str] = set()
    for role in sorted(Role, key=lambda role: role not in BUSY):
        known = set() if role in BUSY else set(reached)
        page = sign_in(walker, site.account(role.value)).page
        page.context.add_init_script(AXE)
        addresses = {"home.home": "/"}
        for address in following(addresses):
            flaws += [*flaws_of(page, address, "en"), *barriers_on(page, ())]
            for link in links_of(page):
                endpoint = endpoint_of(app, link)
                if endpoint is None:
                    flaws.append(f"{address}: {link} leads nowhere")
                elif endpoint not in FILES | known:
                    addresses.setdefault(endpoint, link)
        page.goto("/language/zh")
        again = list(addresses) if SOAKING else [endpoint for endpoint in addresses if endpoint not in reached]
        for turn, endpoint in enumerate(again):
            flaws += flaws_of(page, addresses[endpoint], "zh")
            if SOAKING or turn % 3 == 0:
                flaws += barriers_on(page, (CONTRAST,))
        reached |= addresses.keys()

    assert flaws == []
    assert {each for each in pages_of(app) if each not in reached} == WALKED


def following(addresses: dict[str, str]) -> Iterator[str]:
    """Every address, those too that are found on the way."""
    seen: set[str] = set()
    while waiting := [address for endpoint, address in addresses.items() if endpoint not in seen]:
        seen |= addresses.keys()
        yield from waiting


def links_of(page: Page) -> list[str]:
    """Where the links of a page lead within the service."""
    found: list[str] = page.evaluate("[...document.links].map(link => link.href)")
    here = urlsplit(page.url).netloc
    parts = [urlsplit(href) for href in dict.fromkeys(found)]
    return [f"{part.path}?{part.query}".rstrip("?") for part in parts if part.netloc == here]


def endpoint_of(app: Flask, link: str) -> str | None:
    """Which page a link leads to."""
    try:
        endpoint, _values = app.url_map.bind("localhost").match(urlsplit(link).path, method="GET")
    except HTTPException:
        return None
    return str(endpoint)


def pages_of(app: Flask) -> set[str]:
    """The pages there are."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    return {rule.endpoint for rule in rules if rule.endpoint in WHO} - FILES


def flaws_of(page: Page, address: str, language: str) -> list[str]:
    """What is wrong with a page."""
    answer = page.goto(address)
    assert answer is not None
    said = [] if answer.status == 200 else [f"answers {answer.status}"]
    lang = page.locator("html").get_attribute("lang")
    if lang != LANGUAGES[language]:
        said.append(f"is in {lang}")
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        said.append("is wider than the screen")
    return [f"{address} ({language}): {flaw}" for flaw in said]


def barriers_on(page: Page, without: Collection[str]) -> list[str]:
    """What keeps people from using the page that is open; rules may be left out."""
    return [f"{page.url}: {flaw}" for flaw in check_access(page, without=without)]
