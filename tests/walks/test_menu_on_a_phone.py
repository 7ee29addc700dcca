"""The menu on a phone: one button, by finger or keyboard; without scripts every link is in sight."""

from __future__ import annotations

from tests.browsing import DESK, Walker
from tests.sites import Site
from tests.walks.person import sign_in


def test_the_menu_stands_folded_under_one_button_on_a_phone(site: Site, walker: Walker):
    page = sign_in(walker, site.account("office"), phone=True).page
    button, menu = page.locator(".assess-menu__button"), page.locator("#main-menu")
    assert not menu.is_visible()

    button.focus()
    page.keyboard.press("Enter")
    assert menu.is_visible()
    assert button.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Enter")
    assert not menu.is_visible()

    page.set_viewport_size(DESK)
    menu.wait_for(state="visible")
    assert not button.is_visible()


def test_without_scripts_the_menu_is_in_sight(site: Site, walker: Walker):
    page = sign_in(walker, site.account("office"), phone=True, scripts=False).page

    assert page.locator("#main-menu a").first.is_visible()
    assert not page.locator(".assess-menu__button").is_visible()
