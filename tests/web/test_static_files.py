"""What a browser fetches for its first page: little, and only once until it changes."""

from __future__ import annotations

import re
from urllib.parse import urljoin

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from assess.web.static_files import FOREVER

FIRST_VISIT = 120_000
"""Bytes on the wire."""


def fetch(client: FlaskClient, address: str, encoding: str = "identity") -> TestResponse:
    """An answer that has been read to its end."""
    answer = client.get(address, headers={"Accept-Encoding": encoding})
    answer.get_data()
    answer.close()
    return answer


def parts_of(address: str, text: str) -> list[str]:
    """The files that a page or a script loads."""
    named = re.findall(r'(?:href|src)="(/static/[^"]+)"', text)
    return [*named, *(urljoin(address, name) for name in re.findall(r'from "([^"]+)"', text))]


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_the_first_visit_is_small_on_the_wire(client: FlaskClient, encoding: str):
    seen, waiting = {}, ["/sign-in"]
    while waiting:
        address = waiting.pop()
        seen[address] = fetch(client, address, encoding)
        assert seen[address].status_code == 200
        waiting += [part for part in parts_of(address, fetch(client, address).text) if part not in seen]

    assert {each.mimetype for each in seen.values()} == {"text/html", "text/css", "text/javascript", "image/svg+xml"}
    assert {each.headers["Content-Encoding"] for each in seen.values() if len(each.data) > 500} == {encoding}
    assert sum(len(each.data) for each in seen.values()) < FIRST_VISIT


def test_a_style_or_script_is_kept_for_a_year_under_the_address_of_its_version(client: FlaskClient):
    page = fetch(client, "/sign-in").text
    for address in parts_of("/sign-in", page):
        assert fetch(client, address).headers["Cache-Control"] == f"public, max-age={FOREVER}, immutable"
        other = fetch(client, re.sub(r"v=\w+", "v=0", address)).headers["Cache-Control"]
        assert "immutable" not in other, "an address of another version may show another file later"
    assert fetch(client, "/static/no-such-file.css?v=0").headers["Cache-Control"] == "no-store"


def test_a_browser_that_can_unpack_nothing_gets_the_page_as_it_is(client: FlaskClient):
    plain = fetch(client, "/sign-in")

    assert "Content-Encoding" not in plain.headers
    assert plain.text.startswith("<!DOCTYPE html>")
