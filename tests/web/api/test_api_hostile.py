"""Whatever a system sends, it is told what is wrong with it: nothing breaks, and nothing is kept of it."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import text

from assess.services.imports.sources import SPREADSHEET
from tests.services.imports import a_book, values
from tests.services.tokens import SENT
from tests.web.api.calling import EVIDENCE, System
from tests.years import CHAOWAI

ENTRY = {"unit": CHAOWAI, "figure": "sewage_rate", "value": "95.5"}
DEEP = b'{"values": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"


@pytest.mark.parametrize(
    "body",
    [
        b" ", b"{", b"\x00", b"\xff\xfe{}", b"null{}", b'{"values": [}', b"{'values': []}", DEEP, b"[" * 1_000_000,
        b'{"a":' * 100_000, b'{"values": [1,,2]}', json.dumps(SENT).encode("utf-16"), b"<values/>", b"unit,figure\n",
    ],
    ids=range(14),
)  # fmt: skip
def test_what_is_no_json_is_refused_at_once(guest: System, body: bytes):
    refused = guest.sends(body)

    assert (refused.status, refused.body["title"]) == (400, "The request was not understood")
    assert list(refused.flaws) != []


def test_an_empty_body_is_refused(guest: System):
    refused = guest.sends(b"")

    assert (refused.status, refused.body["detail"]) == (422, "The file is empty. Select another file.")


def test_a_place_that_is_no_json_is_told_by_line_and_column(guest: System):
    assert guest.sends(b'{\n "values": oops}').flaws == {
        "2:12": "Not valid JSON from here on. Check quotes, commas and brackets."
    }


@pytest.mark.parametrize(
    "body",
    [
        None, [], {}, "x", 7, {"values": None}, {"values": {}}, {"values": []}, {"values": [None, [], "x", 7, True]},
        {"values": [{}]}, {"values": [[[[]]]]}, {"values": [{**ENTRY, "value": None}]},
        {"values": [{**ENTRY, "value": {}}]}, {"values": [{**ENTRY, "unit": 7}]},
        {"values": [{**ENTRY, "unit": "\u0000"}]}, {"values": [{**ENTRY, "figure": "a\ud800"}]},
        {"values": [{**ENTRY, "remark": "\ufffe"}]}, {"values": [{**ENTRY, "period": "2026-13"}]},
        {"values": [{**ENTRY, "value": "=cmd|' /C calc'!A0"}]}, {"values": [{**ENTRY, "value": "NaN"}]},
        {"values": [{**ENTRY, "value": "1e5"}]}, {"values": [{**ENTRY, "value": "9" * 500}]},
        {"values": [{**ENTRY, "value": 10**5000}]}, {"values": [ENTRY, ENTRY]}, {"values": [ENTRY], "year": 2026},
        {"values": [{**ENTRY, "remark": "x" * 100_000}]}, {"values": [{**ENTRY, "x" * 100_000: 1}]},
        {"values": [{**ENTRY, "occurrences": [{"date": "2026-02-30"}]}]},
        {"values": [{**ENTRY, "value": float("inf")}]}, {"values": [{**ENTRY, "value": 1e308}]},
    ],
    ids=range(30),
)  # fmt: skip
def test_what_is_wrong_in_a_document_is_told_and_nothing_of_it_counts(guest: System, body: Any):
    sent = guest.sends(as_json(body))
    assert sent.status == 202
    guest.works()
    found = guest.get(sent.body["address"])

    assert (found.body["state"], found.body["may_accept"]) == ("flawed", False)
    assert found.flaws
    assert all(len(line["what"]) <= 1000 for line in found.body["flaws"])
    assert values(guest.database) == {}


def as_json(body: Any) -> bytes:
    """JSON, with infinite numbers where there are any and digits without end."""
    if body == {"values": [{**ENTRY, "value": 10**5000}]}:
        return json.dumps({"values": [{**ENTRY, "value": 7}]}).replace("7", "1" + "0" * 5000).encode()
    return json.dumps(body).encode()


def test_two_hundred_thousand_values_are_taken_in_and_one_more_is_not(guest: System):
    several = b'{"values": [' + b"0," * 200_000 + b"0]}"
    sent = guest.sends(several)
    guest.works()
    assert guest.get(sent.body["address"]).flaws == {
        "/values": "There are 200001 values and at most 200000 can be sent at once. Send them in parts."
    }


@pytest.mark.parametrize("kind", ["application/json", SPREADSHEET])
def test_more_than_ten_megabytes_are_too_large(guest: System, kind: str):
    for size in (10 * 1024 * 1024 + 1, 11 * 1024 * 1024):
        refused = guest.sends(b" " * size, content_type=kind)

        assert (refused.status, refused.body["title"]) == (413, "Too large")


def test_ten_megabytes_of_nothing_but_blanks_are_no_json(guest: System):
    assert guest.sends(b" " * (10 * 1024 * 1024)).status == 400


@pytest.mark.parametrize(
    "kind", [None, "", "text/plain", "text/csv", "application/xml", "application/x-www-form-urlencoded", "x" * 500]
)
def test_another_content_type_is_refused(guest: System, kind: str | None):
    refused = guest.sends(SENT, content_type=kind)

    assert (refused.status, refused.body["title"]) == (415, "Wrong content type")


def test_what_is_compressed_or_a_form_without_its_file_is_refused(guest: System):
    book = a_book(["朝外街道", 97, 1]).data
    assert guest.sends(SENT, headers={"Content-Encoding": "gzip"}).status == 415
    assert guest.ask("POST", EVIDENCE, data={"x": (BytesIO(book), "a.xlsx")}).status == 415
    assert guest.ask("POST", EVIDENCE, data={"file": "text"}, content_type="multipart/form-data").status == 415
    both = {"file": (BytesIO(book), "a.xlsx"), "more": (BytesIO(book), "b.xlsx")}
    assert guest.ask("POST", EVIDENCE, data=both).status == 415
    assert guest.sends(b"--x", content_type="multipart/form-data; boundary=x").status == 415
    assert guest.sends(b"--x", content_type="multipart/form-data").status == 415


@pytest.mark.parametrize("name", ["x", "../../etc/passwd", "a\x00b.xlsx", "=1+1.xlsx", "x" * 5_000, "x.ods", "x.XLSX"])
def test_a_file_of_any_name_is_checked_by_what_it_is(guest: System, name: str):
    sent = guest.ask("POST", EVIDENCE, data={"file": (BytesIO(b"PK\x03\x04 no workbook"), name)})
    assert sent.status in (200, 202)
    guest.works()

    assert guest.get(sent.body["address"]).body["state"] == "flawed"


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "PROPFIND"])
def test_a_wrong_method_is_told_the_right_ones(guest: System, method: str):
    refused = guest.ask(method, EVIDENCE)

    assert (refused.status, sorted(refused.headers["Allow"].split(", "))) == (405, ["OPTIONS", "POST"])


@pytest.mark.parametrize(
    "address",
    ["/api/", "/api/v1", "/api/v2/2026/imports/1", "/api/v1/26/imports/1", "/api/v1/2026/imports/0",
     f"/api/v1/2026/imports/{'9' * 30}", "/api/v1/2026/imports/x", "/api/v1/2026/imports/1/undo", "/api/%00"],
)  # fmt: skip
def test_an_address_that_is_none_is_told_as_a_problem(guest: System, address: str):
    refused = guest.get(address)

    assert (refused.status, refused.body["status"], refused.body["title"]) == (404, 404, "Not found")


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 400), (b"{", 400), (b"[" * 900, 400), (b"{}", 422), (b'{"seen": "1"}', 422), (b'{"seen": 1.5}', 422),
     (b'{"seen": 99}', 409), (b'{"seen": ' + b"9" * 900 + b"}", 422), (b'{"seen": ' + b"9" * 9_000 + b"}", 413)],
)  # fmt: skip
def test_accepting_needs_the_version_that_was_seen(guest: System, body: bytes, status: int):
    found = guest.checked()
    for act in ("accept", "discard"):
        refused = guest.post(f"{found.body['address']}/{act}", body)

        assert (act, refused.status) == (act, status)
    assert guest.post(f"{found.body['address']}/accept", b"seen=1", content_type="text/plain").status == 415


def test_a_bug_is_told_with_its_number_and_nothing_else(system: System):
    with system.database.writing() as session:
        session.execute(text("DROP TABLE reopening"))
    broken = system.sends()

    assert (broken.status, broken.body["title"], broken.body["request_id"]) == (
        500, "Sorry, there is a problem with the service", broken.headers["X-Request-Id"],
    )  # fmt: skip
    assert broken.body.keys() == {"type", "title", "status", "detail", "request_id"}
