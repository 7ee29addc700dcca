"""A system sends figures by itself, with a token that the office gives on a page and withdraws there."""

from __future__ import annotations

import json
import time
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from assess.core.text import Language
from tests.browsing import Walker
from tests.sites import Site
from tests.walks.person import Person, sign_in

PATIENCE = 60.0
SYSTEM = "水务监测平台"
SENT = {"values": [{"unit": "建外街道", "figure": "sewage_rate", "value": "96.4", "remark": "系统报送"}]}


class System:
    """A system that knows the address it was told, and its token."""

    def __init__(self, address: str, secret: str) -> None:
        self.address, self.secret = address, secret

    def ask(self, path: str, body: Any = None) -> tuple[int, dict[str, Any]]:
        """The status and the body of an answer."""
        headers = {"Authorization": f"Bearer {self.secret}", "Content-Type": "application/json"}
        asked = Request(self.address + path, None if body is None else json.dumps(body).encode(), headers)
        try:
            with urlopen(asked, timeout=PATIENCE) as answer:
                return answer.status, json.loads(answer.read())
        except HTTPError as refused:
            return refused.code, json.loads(refused.read())

    def until(self, path: str, *states: str) -> dict[str, Any]:
        """How a file stands once it is in one of these states."""
        ends = time.monotonic() + PATIENCE
        while (found := self.ask(path)[1])["state"] not in states and time.monotonic() < ends:
            time.sleep(0.2)
        assert found["state"] in states, found
        return found


@pytest.mark.parametrize(("language", "phone", "scripts"), [("en", False, True), ("zh", True, False)])
def test_a_system_sends_what_the_office_let_it_send_until_its_token_is_withdrawn(
    site: Site, walker: Walker, language: Language, phone: bool, scripts: bool
):
    office = sign_in(walker, site.account("office"), language=language, phone=phone, scripts=scripts)
    office.goes_to("/tokens/")
    secret = is_given(office)
    system = System(site.address, secret)
    status, sent = system.ask("/api/v1/2026/departments/water-bureau/evidence", SENT)
    assert status == 202, sent
    checked = system.until(sent["address"], "checked")
    assert system.ask(f"{sent['address']}/accept", {"seen": checked["version"]})[0] == 202
    accepted = system.until(sent["address"], "accepted")

    office.goes_to(accepted["page"])
    assert SYSTEM in office.text
    office.goes_to("/tokens/")
    office.follows("How systems submit figures")
    assert "POST /api/v1/{year}/departments/{department}/evidence" in office.text
    office.goes_to("/tokens/1/withdraw")
    assert office.presses("Revoke the token") == 303
    assert office.words("The token of %(name)s is revoked.", name=SYSTEM) in office.text
    assert system.ask(sent["address"])[0] == 401


def is_given(office: Person) -> str:
    """A token that the office gives, which the page shows once."""
    office.follows("Issue a token")
    office.types("Name of the system", SYSTEM)
    holder = office.labelled("Responsible person")
    holder.select_option(holder.locator('optgroup option[value$=":water-bureau"]').first.get_attribute("value"))
    office.types("Last day", time.strftime("%Y-%m-%d", time.gmtime(time.time() + 30 * 86_400)))
    assert office.presses("Issue the token") == 200
    secret = next(word for word in office.text.split() if word.startswith("assess-"))
    office.page.reload()
    office.looks()
    assert secret not in office.text
    assert len(office.problems) == 1
    return secret
