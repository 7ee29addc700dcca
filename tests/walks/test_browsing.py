"""The browser of the walks notices what a person would be troubled by."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser

from tests.browsing import Walker, check_access

GOOD = """<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>街道</title>
<link rel="icon" href="data:,"><meta name="viewport" content="width=device-width"></head>
<body><main><h1>街道</h1><label>名称 <input name="name"></label></main></body></html>"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    folder = tmp_path / "pages"
    folder.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield folder, f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture
def someone(browser: Browser, pages: tuple[Path, str], tmp_path: Path) -> Iterator[Walker]:
    (pages[0] / "good.html").write_text(GOOD, encoding="utf-8")
    walker = Walker(browser, pages[1])
    yield walker
    walker.close(tmp_path)


@pytest.mark.parametrize("phone", [False, True])
@pytest.mark.parametrize("scripts", [False, True])
def test_a_good_page_is_no_trouble(someone: Walker, phone: bool, scripts: bool):
    page = someone.open("/good.html", phone=phone, scripts=scripts)

    assert page.get_by_role("heading").inner_text() == "街道"
    assert page.viewport_size == {"width": 390 if phone else 1280, "height": 844 if phone else 900}
    assert someone.troubles == []


def test_a_good_page_is_open_to_everybody(someone: Walker):
    assert check_access(someone.open("/good.html")) == []


def test_access_cannot_be_looked_at_without_scripts(someone: Walker):
    with pytest.raises(AssertionError, match="axe needs a window with scripts"):
        check_access(someone.open("/good.html", scripts=False))


def test_access_is_found_wanting(someone: Walker, pages: tuple[Path, str]):
    (pages[0] / "bad.html").write_text(GOOD.replace("<label>名称 ", "").replace("</label>", ""), encoding="utf-8")

    assert check_access(someone.open("/bad.html")) == ["label: Form elements must have labels: input"]


def test_scripts_that_fail_and_other_hosts_are_troubles(someone: Walker, pages: tuple[Path, str]):
    script = "<script>fetch('http://127.0.0.2:9/x').catch(() => 1); throw new Error('broken')</script>"
    (pages[0] / "bad.html").write_text(GOOD.replace("</body>", f"{script}</body>"), encoding="utf-8")
    someone.open("/bad.html").wait_for_load_state("networkidle")

    assert "asks another host: 127.0.0.2:9" in someone.troubles
    assert any("broken" in trouble for trouble in someone.troubles)


def test_each_window_asks_for_its_language_and_has_cookies_of_its_own(someone: Walker):
    chinese, english = someone.open("/good.html"), someone.open("/good.html", language="en")
    chinese.evaluate("document.cookie = 'a=1'")

    assert [page.evaluate("[navigator.language, document.cookie]") for page in (chinese, english)] == [
        ["zh-CN", "a=1"],
        ["en-GB", ""],
    ]
