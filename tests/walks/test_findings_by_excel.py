"""An export of the hotline comes in by a telephone: looked at, recorded, and known again where a finding stands."""

from __future__ import annotations

from urllib.parse import urlsplit

from tests.browsing import Walker
from tests.services.finding_imports import FIRST, an_export
from tests.sites import Site
from tests.walks.person import sign_in

PATIENCE = 60_000


def test_an_export_of_the_hotline_is_looked_at_and_recorded(site: Site, walker: Walker):
    person = sign_in(walker, site.account("evaluator"), language="zh", phone=True)
    person.goes_to("/2026/findings")
    person.follows("Import findings from Excel")
    document = an_export(*FIRST)
    mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    chosen = {"name": document.name, "mimeType": mime, "buffer": document.data}
    person.chooses("File of findings", chosen)
    assert person.presses("Upload and check") == 303

    record = person.page.get_by_role("button", name=person.words("Record these findings"), exact=True)
    record.wait_for(timeout=PATIENCE)
    person.looks()
    assert person.presses("Record these findings") == 303
    withdraw = person.page.get_by_role("button", name=person.words("Request withdrawal of the file"), exact=True)
    withdraw.wait_for(timeout=PATIENCE)
    person.looks()
    file = urlsplit(person.page.url).path
    person.follows("Request withdrawal of the file")
    person.goes_to(file)
    person.page.get_by_role("table").get_by_role("link").first.click()
    person.looks()
    assert person.page.get_by_role("link", name=document.name).get_attribute("href") == file
