"""An inspector records a finding on a phone whose network comes and goes; nothing is lost, nothing recorded twice."""

from __future__ import annotations

from playwright.sync_api import Page, Route, expect

from tests.browsing import Walker
from tests.services.findings import a_photo
from tests.sites import Account, Site
from tests.walks.person import Person, sign_in

NEW = "/2026/findings/new"
CUT = "ERR_INTERNET_DISCONNECTED"
WALL = {"name": "wall.jpg", "mimeType": "image/jpeg", "buffer": a_photo(size=(640, 480))}
HEAP = {"name": "heap.jpg", "mimeType": "image/jpeg", "buffer": a_photo(size=(480, 640), colour="grey")}


def test_a_finding_survives_a_dropped_network_and_is_recorded_once(site: Site, walker: Walker):
    evaluator = sign_in(walker, site.account("evaluator"), phone=True)
    opens(evaluator)
    fills_in(evaluator)
    finds_the_place(evaluator)

    evaluator.page.context.set_offline(True)
    evaluator.page.get_by_role("button", name="Record the finding").click()
    expect(evaluator.page.get_by_text("Saved on this device, not sent.")).to_be_visible()
    assert [trouble for trouble in walker.troubles if CUT not in trouble] == []
    walker.troubles.clear()
    again = evaluator.page.context.new_page()
    evaluator.page.close()
    again.context.set_offline(False)

    office = Person(again)
    changes_to(office, site.account("office"))
    assert photos_on(again) == 0
    assert again.locator("#place").input_value() == ""
    returning = Person(again)
    changes_to(returning, site.account("evaluator"))
    expect(again.get_by_text("It is not sent yet")).to_be_visible()
    assert (photos_on(again), again.locator("#place").input_value()) == (2, "建国路 88 号")
    assert again.locator("#latitude").input_value() == "39.921800"

    again.route(f"**{NEW}", loses_the_answer)
    again.get_by_role("button", name="Record the finding").click()
    expect(again.get_by_text("Saved on this device, not sent.")).to_be_visible()
    walker.troubles.clear()
    again.unroute(f"**{NEW}")
    again.get_by_role("button", name="Send it now").click()
    again.wait_for_url("**/recorded?again=yes")
    assert "Nothing was recorded twice." in returning.text
    number = int(again.url.rpartition("/findings/")[2].partition("/")[0])
    returning.follows("Open the finding")
    assert again.locator("img").count() == 2
    assert returning.goes_to(f"/2026/findings/{number + 1}").status == 404
    opens(returning)
    assert (photos_on(again), again.locator("#what").input_value()) == (0, "")
    leaves_nothing_behind(returning)


def opens(person: Person) -> None:
    """Open the page to record a finding, script and all."""
    person.goes_to(NEW)
    person.page.locator("[data-ready]").wait_for()


def fills_in(person: Person) -> None:
    """Take photos, choose, type; one photo is taken off again."""
    page = person.page
    page.locator("#camera").set_input_files([WALL, HEAP])  # type: ignore[list-item]
    page.locator("#photos").set_input_files([WALL])  # type: ignore[list-item]
    expect(page.locator("[data-taken] li")).to_have_count(3)
    page.get_by_role("button", name="Remove wall.jpg").last.click()
    page.locator("#unit").select_option(index=3)
    page.locator("#kind").select_option("dust")
    person.types("What was found", "渣土未苫盖")
    person.types("Address or place", "建国路 88 号")
    page.locator("#deadline").fill("2026-12-20")


def finds_the_place(person: Person) -> None:
    """Let the phone say where it is, first without leave and then with it."""
    context = person.page.context
    button = person.page.get_by_role("button", name="Add my current location")
    button.click()
    expect(person.page.get_by_text("The browser does not allow this page to read your location.")).to_be_visible()
    context.set_geolocation({"latitude": 39.9218, "longitude": 116.4432, "accuracy": 12})
    context.grant_permissions(["geolocation"])
    button.click()
    expect(person.page.get_by_text("The point is added, accurate to about 12 metres.")).to_be_visible()
    person.page.get_by_role("button", name="Remove the point").click()
    assert person.page.locator("#latitude").input_value() == ""
    button.click()
    expect(person.page.locator("#latitude")).to_have_value("39.921800")
    person.looks()


def changes_to(person: Person, account: Account) -> None:
    """Another person takes the phone, whose sign-in had ended, and opens the page."""
    person.page.context.clear_cookies()
    person.goes_to("/language/en?next=/sign-in")
    person.page.locator("#username").fill(account["username"])
    person.page.locator("#password").fill(account["password"])
    assert person.presses("Sign in") == 303
    opens(person)


def leaves_nothing_behind(person: Person) -> None:
    """Sign out with something typed: it stays where that is not wanted, and is deleted where it is."""
    page = person.page
    person.types("Address or place", "光华路 1 号")
    for accepts, kept in ((False, 1), (True, 0)):
        page.once("dialog", lambda asked, accepts=accepts: asked.accept() if accepts else asked.dismiss())
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url("**/sign-in" if accepts else f"**{NEW}")
        assert page.evaluate("Object.keys(localStorage).length") == kept


def photos_on(page: Page) -> int:
    """How many photos wait on the page."""
    return page.locator("[data-taken] li").count()


def loses_the_answer(route: Route) -> None:
    """The service gets what is sent, and its answer never arrives."""
    if route.request.method == "POST":
        route.fetch(max_redirects=0)
        route.abort()
    else:
        route.continue_()
