"""Every page is opened and every form sent on PostgreSQL too; all else that pages do is tried on SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from werkzeug.test import TestResponse

from assess.settings import Settings
from assess.store.session import Database
from tests.postgres import Postgres
from tests.rounds import some
from tests.stores import migrated
from tests.web.full_house import House, a_full_house
from tests.web.hostile import UNSEEN, Pair, all_with
from tests.web.previews import previews_in
from tests.web.sweeping import NEEDS_MORE, Found, body_of, forms_in, pages, pairs_as_filled, wrong_with

LARGE = {"more rows than there are": b"9" * 18, "more than a database holds": b"9" * 30}
BEYOND = {**UNSEEN, **LARGE}
HIDDEN = ("seen", "successor", "without")
"""Numbers that nobody types."""


@dataclass(frozen=True)
class Copies:
    """A full house on PostgreSQL, served by one application from one copy of its database after the other."""

    house: House
    postgres: Postgres
    template: str

    def renew(self) -> None:
        """The house as it was full."""
        extensions = self.house.app.extensions
        old: Database = extensions["database"]
        extensions["database"] = Database(self.postgres.new_database(self.template))
        old.close()
        if (address := old.engine.url.render_as_string()) != self.template:
            self.postgres.drop(address)

    def send(self, found: Found, pairs: list[Pair]) -> TestResponse:
        """What comes of a form with these fields."""
        kind, body = body_of(found, pairs)
        client = self.house.app.test_client(use_cookies=False)
        headers = {"Cookie": self.house.cookies[found.who]}
        return client.post(found.form.action, data=body, content_type=kind, headers=headers, buffered=True)


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory, postgres: Postgres) -> Iterator[Copies]:
    folder = tmp_path_factory.mktemp("house")
    houses: list[House] = []

    def fill(address: str) -> None:
        migrated(address)
        houses.append(a_full_house(Settings(instance=folder, database_url=address)))
        houses[0].app.extensions["database"].close()

    template = postgres.new_template(fill)
    made = Copies(houses[0], postgres, template)
    made.renew()
    yield made
    made.house.app.extensions["database"].close()


@pytest.fixture(scope="module")
def forms(copies: Copies) -> list[Found]:
    """Every form there is, once; every page answers as it should."""

    def shown() -> Iterator[tuple[str, str, TestResponse]]:
        client = copies.house.app.test_client(use_cookies=False)
        for who, address in pages(copies.house):
            yield who, address, client.get(address, headers={"Cookie": copies.house.cookies[who]}, buffered=True)
        yield from previews_in(copies.house.app, copies.house.cookies)

    answers = list(shown())
    assert [(who, address, told) for who, address, answer in answers if (told := wrong_with(answer))] == []
    return forms_in(copies.house, answers)


def test_every_page_is_shown_and_every_form_accepted(copies: Copies, forms: list[Found]):
    refused = set()
    for found in forms:
        copies.renew()
        answer = copies.send(found, pairs_as_filled(found))
        assert (found.named, wrong_with(answer)) == (found.named, None)
        refused |= {found.endpoint} if answer.status_code >= 400 else set()

    assert refused == NEEDS_MORE


def test_no_more_is_taken_than_on_sqlite(copies: Copies, forms: list[Found]):
    copies.renew()
    wrong = []
    for turn, found in enumerate(forms):
        pairs = pairs_as_filled(found)
        for called, sent in beyond(pairs, turn):
            answer = copies.send(found, sent)
            if told := wrong_with(answer):
                wrong.append(f"{found.named}: {called}: {told}")
            if answer.status_code < 400 and called in UNSEEN:
                wrong.append(f"{found.named}: {called}: taken")

    assert wrong == []


def beyond(pairs: list[Pair], turn: int) -> Iterator[tuple[str, list[Pair]]]:
    """The fields of a form with what no database takes: in all of them at once, and in each that is hidden."""
    if len(pairs) > 1:
        for called in some(list(BEYOND), turn, 2):
            yield called, all_with(pairs, BEYOND[called])
    for name in (name for name, _value in pairs if name in HIDDEN):
        for called, value in LARGE.items():
            yield f"{name}: {called}", [(each, value if each == name else kept) for each, kept in pairs]
