"""What every answer tells the browser: nothing of others is loaded, framed or guessed, and cookies stay here."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from assess.settings import Settings
from assess.web.app import HEADERS, create_app

FAR = {"Strict-Transport-Security": "max-age=31536000"}
TOLD = (*HEADERS, *FAR, "Cache-Control")


@pytest.mark.parametrize("address", ["/sign-in", "/no-such-page", "/password/none"])
def test_every_page_bears_the_same_headers_and_is_kept_by_nobody(client: FlaskClient, address: str):
    answer = client.get(address)

    assert {name: answer.headers[name] for name in TOLD if name in answer.headers} == {
        **HEADERS,
        "Cache-Control": "no-store",
    }
    assert "unsafe" not in HEADERS["Content-Security-Policy"]


def test_cookies_are_hidden_from_scripts_and_behind_https_sent_by_https_only(settings: Settings):
    app = create_app(replace(settings, address="https://assess.example"))
    try:
        client = app.test_client()
        page, chosen = client.get("/sign-in", base_url="https://assess.example"), client.get("/language/en")
    finally:
        app.extensions["database"].close()

    cookies = [*page.headers.getlist("Set-Cookie"), *chosen.headers.getlist("Set-Cookie")]
    told = [sorted(part.strip() for part in cookie.split(";")[1:]) for cookie in cookies]
    assert [cookie.partition("=")[0] for cookie in cookies] == ["assess", "language"]
    assert [{"HttpOnly", "Secure", "SameSite=Lax"} - set(parts) for parts in told] == [set(), set()]
    assert {name: page.headers[name] for name in FAR} == FAR


@pytest.mark.parametrize("name", ["evil.example", "x..y", "x" * 300, "münchen", "[::1", ""])
def test_no_answer_depends_on_the_name_by_which_a_browser_asks(client: FlaskClient, name: str):
    page, tidier = (client.get(path, headers={"Host": name}) for path in ("/sign-in", "/people"))

    assert page.status_code == 200
    assert (tidier.status_code, tidier.location) == (308, "/people/")
    assert "evil" not in page.text + tidier.text
