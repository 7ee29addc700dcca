"""A section of the form as an official fills it in: a bar in sight, and periods pasted from a spreadsheet."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browsing import Walker, check_access
from tests.sites import Site
from tests.walks.person import Manner, Person, sign_in
from tests.years import JIANWAI

AIR = f"/2026/form/{JIANWAI}/section/air"
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


CUT = "ERR_INTERNET_DISCONNECTED"


def test_entries_are_saved_when_a_field_is_left_and_kept_on_the_device_without_a_network(
    site: Site, walker: Walker, manner: Manner
):
    official = manner.signs_in(walker, site.account("official"))
    official.goes_to(AIR)
    page = official.page
    page.locator("[data-ready]").wait_for()
    first, second, third = (page.locator("input[type=text]").nth(place) for place in range(3))
    status = page.locator(".assess-save").get_by_role("status")

    with page.expect_response(lambda answer: answer.status == 303):
        leaves_it(official, first, "41.5")
    expect(page.locator("[data-say=saving]")).to_be_hidden()
    assert kept(page) == []
    wrong = page.locator(f"[id='{second.get_attribute('name')}-error']")
    leaves_it(official, second, "many")
    expect(wrong).to_be_visible()
    expect(status.locator("[data-say=refused]")).to_be_visible()
    leaves_it(official, second, "")
    expect(wrong).to_have_count(0)

    page.context.set_offline(True)
    with page.expect_event("requestfailed"):
        leaves_it(official, first, "42")
    with page.expect_event("requestfailed"):
        leaves_it(official, third, "7")
    with page.expect_event("requestfailed"):
        official.hand.press(page.get_by_role("button", name=official.words("Save and continue")))
    expect(status.locator("[data-say=unsent]")).to_be_visible()
    official.keeps_picture()
    assert [trouble for trouble in walker.troubles if CUT not in trouble] == []
    walker.troubles.clear()
    page.close()

    colleague = section(site, walker, "air", language=manner.language, scripts=False)
    assert colleague.locator("input[type=text]").first.input_value() == "41.5"
    colleague.locator("input[type=text]").first.fill("40")
    colleague.get_by_role("button", name=official.words("Save and stay here")).last.click()
    comes_back(replace(official, page=walker.contexts[0].new_page()), colleague)


def comes_back(official: Person, colleague: Page) -> None:
    """With the network again what nobody else changed is sent by itself; the rest is for the official to decide."""
    page = official.page
    page.context.set_offline(False)
    with page.expect_response(lambda answer: answer.status == 303):
        page.goto(AIR)
    keep = page.get_by_role("button", name=official.words("Keep what I entered"))
    asked = page.locator(".govuk-form-group", has=page.locator("input[type=text]")).first
    expect(asked.locator(keep)).to_be_visible()
    expect(asked).to_contain_text("40")
    assert values_of(colleague)[:3] == ["40", "", "7"]
    official.looks()

    official.hand.press(keep)
    expect(page.locator("[data-say=unsent]")).to_be_hidden()
    expect(keep).to_have_count(0)
    expect(page.locator("[data-say=saved]")).to_be_visible()
    assert kept(page) == []
    assert values_of(colleague)[:3] == ["42", "", "7"]
    official.hand.press(page.get_by_role("button", name=official.words("Save and continue")))
    page.wait_for_url(lambda address: not address.endswith("/air"))


def leaves_it(official: Person, field: Locator, text: str) -> None:
    """Type into a field and go on to the next, by the key that a phone has too."""
    official.hand.enter(field, text)
    official.page.keyboard.press("Tab")


DROP = """(form, names) => {
  const data = new DataTransfer();
  for (const name of names) data.items.add(new File(["%PDF-1.7 " + name], name, {type: "application/pdf"}));
  form.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
}"""


def test_files_dragged_onto_the_page_are_listed_and_can_be_removed_before_they_are_uploaded(site: Site, walker: Walker):
    page = sign_in(walker, site.account("official")).page
    page.goto(f"/2026/files/{JIANWAI}/new_green")
    expect(page.get_by_text("You can also drag files here.")).to_be_visible()
    form = page.locator("form", has=page.locator("input[type=file]"))

    form.evaluate(DROP, ["plan.pdf", "map.pdf"])
    form.evaluate(DROP, ["list.pdf"])
    page.get_by_role("button", name="Remove map.pdf").click()

    assert page.locator("[data-chosen] li").count() == 2
    assert page.locator("input[type=file]").evaluate("({files}) => [...files].map(({name}) => name)") == [
        "plan.pdf",
        "list.pdf",
    ]
    assert check_access(page) == []


def kept(page: Page) -> list[str]:
    """The names of what is kept on this device."""
    return list(page.evaluate("Object.keys(localStorage)"))


def values_of(page: Page) -> list[str]:
    """The values of a section as they are saved, as another window shows them."""
    page.reload()
    return [field.input_value() for field in page.locator("input[type=text]").all()]
