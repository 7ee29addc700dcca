"""A section of the form as an official fills it in: a bar in sight, and periods pasted from a spreadsheet."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page

from tests.browsing import Walker
from tests.sites import Site
from tests.walks.person import sign_in
from tests.years import JIANWAI

COPIED = "91.5\t92\n93\n94\n95"
PASTE = """(field, text) => {
  const data = new DataTransfer();
  data.setData("text", text);
  return field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def section(site: Site, walker: Walker, name: str, **window: Any) -> Page:
    """A section in the window of the unit's official."""
    page = sign_in(walker, site.account("official"), **window).page
    page.goto(f"/2026/form/{JIANWAI}/section/{name}")
    return page


def is_in_sight(page: Page, place: Locator) -> bool:
    """Whether the whole of it is seen without moving the page."""
    box, window = place.bounding_box(), page.viewport_size
    assert window is not None
    return box is not None and box["y"] >= 0 and box["y"] + box["height"] <= window["height"] + 1


def test_the_bar_stays_in_sight_and_leads_to_what_is_not_answered(site: Site, walker: Walker):
    for phone in (False, True):
        page = section(site, walker, "governance", phone=phone)
        bar = page.locator(".assess-save")
        assert is_in_sight(page, bar)
        bar.locator("summary").first.click()
        link = bar.get_by_role("link").last
        question = page.locator(str(link.get_attribute("href")))
        assert not is_in_sight(page, question.locator("legend"))

        link.click()

        assert is_in_sight(page, question.locator("legend"))
        assert is_in_sight(page, bar)


def test_a_column_of_a_spreadsheet_fills_the_periods_from_where_it_is_pasted(site: Site, walker: Walker):
    page = section(site, walker, "air")
    fields = page.locator(".assess-periods").nth(1).locator("input[type=text]")
    before = [field.input_value() for field in fields.all()]
    assert len(before) == 4

    assert fields.nth(1).evaluate(PASTE, COPIED) is False, "the browser itself pastes nothing"
    assert [field.input_value() for field in fields.all()] == [before[0], "91.5", "92", "93"]

    assert fields.first.evaluate(PASTE, "90") is True, "one value is pasted as ever"
