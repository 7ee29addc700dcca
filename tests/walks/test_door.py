"""Before anybody has signed in: the page at the door, in each language, at a desk and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browsing import Walker, check_access, walking
from tests.sites import settings_of, start_service


@pytest.fixture(scope="module")
def nobodys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service in which there is nobody yet."""
    folder = tmp_path_factory.mktemp("nobodys")
    address, service = start_service(settings_of(folder / "instance"), folder / "log")
    yield address
    service.stop()


@pytest.fixture
def visitor(browser: Browser, nobodys: str, tmp_path: Path) -> Iterator[Walker]:
    """Someone before that service."""
    with walking(browser, nobodys, tmp_path) as someone:
        yield someone


@pytest.mark.parametrize(("language", "heading"), [("zh", "登录"), ("en", "Sign in")])
@pytest.mark.parametrize("phone", [False, True])
def test_whoever_is_not_signed_in_is_led_to_the_door(visitor: Walker, language: str, heading: str, phone: bool):
    page = visitor.open("/", language=language, phone=phone)

    assert page.get_by_role("heading", level=1).inner_text() == heading
    assert check_access(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_door_works_without_scripts(visitor: Walker):
    page = visitor.open("/sign-in", language="en", scripts=False)
    page.get_by_label("Username").fill("nobody")
    page.get_by_role("textbox", name="Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()

    assert page.get_by_label("Username").input_value() == "nobody"
    assert page.title().startswith("Error: Sign in")
