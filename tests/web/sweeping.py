"""Asking a full house everything there is to ask, and seeing whether it still stands."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from assess.core.actors import Role
from assess.store.copying import tables
from assess.web.pages import Audience, registry
from tests.web.access_table import VALUES as NAMED
from tests.web.forms import PageForm, forms_of
from tests.web.full_house import CHAOWAI, FILES, FILLED, JIANWAI, TASK, WHOM, House
from tests.web.hostile import Pair, multipart, pairs_of, urlencoded
from tests.web.markup import Markup
from tests.web.page_flaws import flaws_of

ROLE = {
    "office": Role.OFFICE, JIANWAI: Role.OFFICIAL, CHAOWAI: Role.OFFICIAL, "evaluator": Role.EVALUATOR,
    "leader": Role.LEADER, "receiver": Role.RECEIVER,
}  # fmt: skip
SEEN = "sign_in"
"""The table that tells when a browser opened its last page, which a slow test may change at any page."""
COUNTED = {"check_look", "sign_in_failure", "upload", "deposit", "photo"}
"""Tables that a refusal may write: attempts to sign in, files that nobody claimed."""
VALUES = (1, 6, 7)
"""Values of the house: from a form, from last year's figures, from a department's file."""
BROUGHT = (4, 5, 7)
"""Files of findings of the house: accepted, to be withdrawn, and waiting."""
HERE = re.compile(r"/(?!/|sign-in\?)")
"""The beginning of an address inside, for who is signed in."""
PROBLEM = "application/problem+json"
NEEDS_MORE = {
    "copying_years.copy", "evidence.upload_workbook", "previous.upload", "rules.edit", "stages.dates",
    "task_lists.edit", "teams.edit", "units.edit", "people.load", "runs.release",
    "cycles.delete",
    "import_headings.forget",
}  # fmt: skip
"""Forms that want a document, a reason, other dates than a test may type, a later stage, or a year of their own."""
STATUSES = {200, 303, 400, 401, 403, 404, 405, 409, 413, 422, 429}


@dataclass(frozen=True)
class Found:
    """A form of a page, and who finds it there."""

    who: str
    page: str
    endpoint: str
    form: PageForm

    @property
    def kinds(self) -> frozenset[str]:
        """Its fields, those of one kind once."""
        return frozenset(kind_of(name) for name in self.form.values)

    @property
    def named(self) -> str:
        """What a failure calls it."""
        return f"{self.endpoint} on {self.page} by {self.who or 'nobody'}"


def kind_of(name: str) -> str:
    """The kind of a field of which a form has many: `answer-`, `share-`, `_begins`."""
    return re.sub(r"-.*|^[a-z]+(?=_(begins|ends)$)", "-", name)


class Sweep:
    """Requests to a full house on SQLite, each on the same data."""

    def __init__(self, house: House, file: Path) -> None:
        self.house = house
        self.app = house.app
        self.file = file
        self.watch = sqlite3.connect(file, isolation_level=None)
        self.kept = sqlite3.connect(":memory:")
        self.watch.backup(self.kept)
        self.version = self.data_version()
        self.before = self.rows()

    def client(self) -> FlaskClient:
        """A browser without memory."""
        return self.app.test_client(use_cookies=False)

    def get(self, who: str, address: str) -> TestResponse:
        """A page as somebody sees it."""
        return self.client().get(address, buffered=True, headers={"Cookie": self.house.cookies[who]})

    def post(self, who: str, action: str, kind: str, body: bytes) -> TestResponse:
        """What comes of a form that somebody sends."""
        headers = {"Cookie": self.house.cookies[who]}
        return self.client().post(action, data=body, content_type=kind, headers=headers, buffered=True)

    def send(self, found: Found, pairs: list[Pair]) -> TestResponse:
        """What comes of a form with these fields."""
        return self.post(found.who, found.form.action, *body_of(found, pairs))

    def data_version(self) -> int:
        """Another number when somebody has written."""
        return int(self.watch.execute("PRAGMA data_version").fetchone()[0])

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table but of when somebody was seen last."""
        return {name: self.rows_of(name) for name in tables() if name != SEEN}

    def rows_of(self, table: str) -> list[tuple[Any, ...]]:
        """Every row of a table."""
        return self.watch.execute(f'SELECT * FROM "{table}"').fetchall()

    def tables_with(self, words: str) -> set[str]:
        """The tables of which a row holds these words, as text or in a tree of JSON."""
        return {name for name in tables() if any(words in str(value) for row in self.rows_of(name) for value in row)}

    def changed(self) -> list[str]:
        """The tables that were written since the house was full."""
        if self.data_version() == self.version:
            return []
        return [name for name, rows in self.rows().items() if rows != self.before[name]]

    def close(self) -> None:
        """Let go of both databases."""
        self.watch.close()
        self.kept.close()
        self.app.extensions["database"].close()

    def restore(self) -> None:
        """The house as it was full."""
        if self.data_version() != self.version:
            self.kept.backup(self.watch)
            self.version = self.data_version()


def wrong_with(answer: TestResponse) -> str | None:
    """What must never come of anything; the page itself is looked at by `flaws_in`, which takes longer."""
    if answer.status_code not in STATUSES:
        return answer.status
    if answer.status_code == 303:
        return None if HERE.match(answer.location) else f"leads to {answer.location}"
    if answer.mimetype == PROBLEM:
        return None if answer.request.path.startswith("/api/") else f"{answer.status} is for systems"
    if answer.mimetype != "text/html":
        return None if answer.status_code == 200 else f"{answer.status} is {answer.content_type}"
    return None if answer.text.count("</h1>") == 1 else f"{answer.status} is no page of ours"


def flaws_in(answer: TestResponse) -> list[str]:
    """What the reader of pages minds in an answer that is a page."""
    return flaws_of(answer.text) if answer.mimetype == "text/html" and answer.status_code != 303 else []


def pages(house: House) -> Iterator[tuple[str, str]]:
    """Who opens which address: every route, with whatever stands in it."""
    for rule in sorted(house.app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if "GET" in (rule.methods or set()) and rule.endpoint != "static":
            for who in readers(house, rule.endpoint):
                for values in values_of(house, rule, who):
                    yield who, address_of(house, rule, values)


def readers(house: House, endpoint: str) -> list[str]:
    """Those of the house who may open a page."""
    page = registry(house.app).pages[endpoint]
    if page.readers is Audience.ANYONE:
        return [who for who in WHOM if not who]
    return [who for who in WHOM if who and ROLE[who] in page.roles]


def values_of(house: House, rule: Rule, who: str) -> Iterator[dict[str, Any]]:
    """What stands in an address: both years for the office, several rows, the unit that a person has."""
    years = (2026, 2027) if "year" in rule.arguments and who == "office" else (2026,)
    is_finding = rule.endpoint.startswith("finding") and "number" in rule.arguments
    rows = (1, 2, 3) if is_finding or rule.arguments & {"row", "value"} else (1,)
    rows = BROUGHT if rule.endpoint.startswith("finding_imports.") and "row" in rule.arguments else rows
    submitted = CHAOWAI if rule.endpoint.startswith("submissions.") else JIANWAI
    own = {"unit": who if who in (JIANWAI, CHAOWAI) else submitted, "no": TASK, "token": house.link}
    for year in years:
        for row in rows:
            given = {**NAMED, **own, "year": year, "row": row, "value": VALUES[(row - 1) % 3]}
            given |= {"number": row} if is_finding else {}
            yield {name: given.get(name, 1) for name in rule.arguments}


def address_of(house: House, rule: Rule, values: dict[str, Any]) -> str:
    """The address of a route."""
    with house.app.test_request_context():
        return str(house.app.url_map.bind("localhost").build(rule.endpoint, values))


def forms_on(house: House, who: str, path: str, answer: TestResponse) -> Iterator[Found]:
    """The forms that are sent from a page."""
    if answer.mimetype != "text/html" or answer.status_code != 200:
        return
    adapter = house.app.url_map.bind("localhost")
    for form in forms_of(Markup(answer.text), path):
        if form.method == "post":
            endpoint, _values = adapter.match(form.action.partition("?")[0], method="POST")
            yield Found(who, path, endpoint, form)


def body_of(found: Found, pairs: list[Pair]) -> tuple[str, bytes]:
    """The type and the body of a form with these fields, and with the file that it needs."""
    files = [FILES[found.endpoint]] if found.endpoint in FILES else []
    return multipart(pairs, files) if found.form.multipart else urlencoded(pairs)


def forms_in(house: House, shown: Iterable[tuple[str, str, TestResponse]]) -> list[Found]:
    """Every form of some pages, once."""
    found: dict[object, Found] = {}
    for who, address, answer in shown:
        for form in forms_on(house, who, address, answer):
            found.setdefault((form.endpoint, form.kinds), form)
    return list(found.values())


def fields_of(found: Found) -> Iterator[str]:
    """The fields of a form that are tried, one of each kind; its token apart."""
    seen = {kind_of("csrf_token")}
    for name in found.form.values:
        if kind_of(name) not in seen:
            seen.add(kind_of(name))
            yield name


def pairs_as_filled(found: Found) -> list[Pair]:
    """What the form sends as it is filled in, with its first button."""
    typed = {name: value for name, value in FILLED.get(found.endpoint, {}).items() if name in found.form.values}
    for name, choices in found.form.choices.items():
        if not (typed.get(name) or found.form.values[name]):
            typed[name] = next((each for each in choices if each), None)
    return pairs_of(found.form.filled(typed))
