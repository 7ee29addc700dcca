"""The whole loop on phones: found, assigned, put right, returned, accepted by another person, reopened."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from assess.core.calendar import day_of
from assess.core.text import Text
from tests.browsing import Walker
from tests.services.findings import a_photo
from tests.sites import Site
from tests.walks.person import Person, sign_in

ITEM = Text("超期和退回", "Overdue and returned")
ONE_OVERDUE = Decimal("0.2")
TODAY = day_of(datetime.now(UTC))
FOUND, YESTERDAY = str(TODAY - timedelta(days=10)), str(TODAY - timedelta(days=1))


def test_a_finding_goes_the_whole_loop_and_the_estimate_of_its_unit_with_it(site: Site, walker: Walker):
    inspector, official, office = (
        sign_in(walker, site.account(role), phone=True) for role in ("evaluator", "official", "office")
    )
    (unit,) = site.account("official")["units"]
    before = points(official, unit)

    finding = records(inspector, unit)
    assert takes(inspector, "Assign it to the unit", deadline=YESTERDAY, day=FOUND) == 303
    assert points(official, unit) == before - ONE_OVERDUE
    official.goes_to(finding)
    assert "1 day overdue" in official.text
    assert takes(official, "Report as corrected", reason="covered", photos=picture("half.jpg", "olive")) == 303
    office.goes_to(finding)
    assert takes(office, "Return it to the unit", reason="one corner is open") == 303
    official.goes_to(finding)
    assert takes(official, "Report as corrected", photos=picture("whole.jpg", "green")) == 303
    office.goes_to(finding)
    assert office.page.locator("main img").count() == 3
    assert takes(office, "Confirm as corrected") == 303
    assert takes(office, "Close and file") == 303
    assert before >= points(official, unit) > before - ONE_OVERDUE
    office.goes_to(finding)
    assert takes(office, "Confirm at look-back", reason="seen on the spot") == 303
    assert takes(office, "Reopen finding", reason="it lies bare again", deadline=str(TODAY)) == 303
    official.goes_to(finding)
    assert "Reopened The problem came back." in official.text
    assert "Returned: 1. Reopened: 1." in official.text


def records(inspector: Person, unit: str) -> str:
    """Record dust at a building site, without a deadline; gives the address of the finding, which is open then."""
    page = inspector.page
    inspector.goes_to("/2026/findings")
    inspector.follows("Record a finding")
    page.locator("[data-ready]").wait_for()
    page.locator("#camera").set_input_files(picture("before.jpg", "brown"))  # type: ignore[arg-type]
    page.locator("#unit").select_option(unit)
    page.locator("#kind").select_option("dust")
    inspector.types("What was found", "渣土未苫盖")
    inspector.types("Address or place", "建国路 88 号")
    page.get_by_text(inspector.words("More: date, patrol, standard, person responsible")).click()
    page.locator("#found_on").fill(FOUND)
    page.get_by_role("button", name="Record the finding").click()
    page.wait_for_url("**/recorded*")
    inspector.follows("Open the finding")
    return page.url


def takes(person: Person, step: str, *, photos: dict[str, Any] | None = None, **typed: str) -> int:
    """Open the form of a step, fill it in and send it; gives the status of the answer."""
    form = person.page.locator("details", has=person.page.locator("summary", has_text=person.words(step)))
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    for name, text in typed.items():
        form.locator(f"[name={name}]").fill(text)
    if photos is not None:
        form.locator("[name=photos]").set_input_files(photos)  # type: ignore[arg-type]
    return person.presses(step)


def picture(name: str, colour: str) -> dict[str, Any]:
    """A photo as a phone takes it."""
    return {"name": name, "mimeType": "image/jpeg", "buffer": a_photo(size=(640, 480), colour=colour)}


def points(official: Person, unit: str) -> Decimal:
    """What the item of overdue and returned findings is estimated at."""
    official.goes_to(f"/2026/form/{unit}/estimate")
    official.page.get_by_text(official.words("All items"), exact=True).click()
    rows = official.cells("Estimated points by item")
    return next(Decimal(row[1]) for row in rows if row[0] == official.words(ITEM))
