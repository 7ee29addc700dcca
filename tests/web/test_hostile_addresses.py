"""Any address, any query, any method, any cookie: a page, a way on inside, or a plain refusal."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from assess.settings import Settings
from assess.web.app import HEADERS
from tests.rounds import some
from tests.stores import sqlite_address
from tests.web.full_house import House, a_full_house
from tests.web.hostile import RUN
from tests.web.sweeping import Sweep, address_of, flaws_in, readers, values_of, wrong_with

ODD = (
    "%00", "%ff%fe", "%ED%A0%80", "-1", "9" * 30, "<script>alert(1)</script>", "x" * 5_000, "' OR 1=1 --",
    "../../etc/passwd", "%E2%80%AE", "%F4%8F%BF%BF", "²", "１２", "",
)  # fmt: skip
"""What stands where something else should."""
ELSEWHERE = ("..", "%2e%2e", "a%2fb", "a%0d%0aSet-Cookie:x=1")
"""What leads elsewhere within a path."""
ASKED = (
    "by", "department", "document", "domain", "kind", "lead", "next", "page", "period", "role", "section", "show",
    "state", "supplier", "unit", "words", "year",
)  # fmt: skip
"""The names of what pages are asked for, and of what none is."""
OTHER_METHODS = ("HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "NONSENSE")
AWAY = (
    "//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
    "/%09/evil.example", "/%0a/evil.example", "///evil.example", "/..//evil.example", "http:evil.example",
)  # fmt: skip


@pytest.fixture(scope="module")
def sweep(tmp_path_factory: pytest.TempPathFactory, sqlite_template) -> Iterator[Sweep]:
    folder = tmp_path_factory.mktemp("house")
    file = folder / "assess.db"
    file.write_bytes(sqlite_template.read_bytes())
    made = Sweep(a_full_house(Settings(instance=folder, database_url=sqlite_address(file))), file)
    yield made
    made.close()


def routes(house: House) -> Iterator[tuple[Rule, str]]:
    """Every route, and one who may open it."""
    for rule in sorted(house.app.url_map.iter_rules(), key=lambda rule: rule.rule):
        yield rule, (readers(house, rule.endpoint) or [""])[0]


def ask(sweep: Sweep, who: str, address: str, method: str = "GET") -> str | None:
    """What is wrong with the answer to an address that nobody should type."""
    headers = {"Cookie": sweep.house.cookies[who]}
    answer = sweep.client().open(address, method=method, headers=headers, buffered=True)
    if answer.status_code == 308 or (method != "GET" and answer.status_code < 500):
        return None if {*HEADERS} <= {*answer.headers.keys()} else f"{answer.status} without its headers"
    if answer.mimetype == "text/html" and RUN[0] in answer.text:
        return "runs a script"
    return wrong_with(answer)


def test_no_query_breaks_a_page(sweep: Sweep):
    wrong = []
    for turn, (rule, who) in enumerate(routes(sweep.house)):
        if "GET" in (rule.methods or ()):
            address = address_of(sweep.house, rule, next(values_of(sweep.house, rule, who)))
            for value in some(ODD, turn, 3):
                told = ask(sweep, who, f"{address}?{'&'.join(f'{name}={value}' for name in ASKED)}")
                wrong += [(address, value[:30], told)] if told else []

    assert wrong == []


def test_nothing_in_a_path_breaks_a_page(sweep: Sweep):
    wrong = []
    for turn, (rule, who) in enumerate(routes(sweep.house)):
        values = next(values_of(sweep.house, rule, who))
        for name in rule.arguments & {"unit", "figure", "section", "token", "no", "filename", "week"}:
            path = address_of(sweep.house, rule, {**values, name: "HERE"})
            for value in some((*ODD, *ELSEWHERE), turn, 5):
                told = ask(sweep, who, path.replace("HERE", value or "%20"))
                wrong += [(path, value[:30], told)] if told else []

    assert wrong == []


def status_of(sweep: Sweep, who: str, address: str, method: str) -> int:
    """The status of the answer to a method."""
    headers = {"Cookie": sweep.house.cookies[who]}
    return sweep.client().open(address, method=method, headers=headers, buffered=True).status_code


def test_a_page_whose_head_alone_is_asked_for_answers_as_the_whole_page_does(sweep: Sweep):
    other = []
    for rule, who in routes(sweep.house):
        if "HEAD" in (rule.methods or ()):
            address = address_of(sweep.house, rule, next(values_of(sweep.house, rule, who)))
            statuses = [status_of(sweep, who, address, method) for method in ("HEAD", "GET")]
            other += [(address, statuses)] if len(set(statuses)) > 1 else []

    assert other == []


def test_no_method_breaks_a_page_or_changes_anything(sweep: Sweep):
    wrong = []
    for turn, (rule, who) in enumerate(routes(sweep.house)):
        address = address_of(sweep.house, rule, next(values_of(sweep.house, rule, who)))
        for method in some(OTHER_METHODS, turn, 3):
            told = ask(sweep, who, address, method)
            wrong += [(address, method, told)] if told else []

    assert wrong == []
    assert set(sweep.changed()) <= {"sign_in"}


@pytest.mark.parametrize(
    "cookie",
    [
        "assess=garbage",
        "assess=",
        "assess=" + "x" * 20_000,
        "assess=eyJfdXNlcl9pZCI6IngifQ.aaa.bbb; language=<script>",
        'assess="\\000"; language="zh"',
        "=;;;=;assess",
    ],
)
def test_who_brings_a_cookie_that_is_none_is_nobody(sweep: Sweep, cookie: str):
    answer = sweep.client().get("/people/", headers={"Cookie": cookie})

    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/people/")


@pytest.mark.parametrize("target", AWAY)
def test_no_link_leads_to_another_site(sweep: Sweep, target: str):
    client: FlaskClient = sweep.client()
    chosen = client.get(f"/language/en?next={target}")
    page = client.get(f"/sign-in?next={target}")

    assert (chosen.status_code, chosen.location) == (303, "/")
    assert (page.status_code, flaws_in(page)) == (200, [])
    signed_in = client.get(f"/sign-in?next={target}", headers={"Cookie": sweep.house.cookies["office"]})
    assert (signed_in.status_code, signed_in.location) == (303, "/")
