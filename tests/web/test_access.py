"""Every route with every role, signed out, with another unit's ids, and at how many queries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from assess.core.actors import Role
from assess.settings import Settings
from assess.store.session import Database
from assess.web.app import create_app
from assess.web.pages import Audience, Page, registry
from tests.queries import counted
from tests.services.forms import an_open_year
from tests.stores import sqlite_address
from tests.web.access_table import PEOPLE, PUBLIC, SYSTEMS, VALUES, WHO
from tests.web.conftest import client_of
from tests.web.pages import visit
from tests.years import CHAOWAI, JIANWAI

READS = {"GET", "HEAD", "OPTIONS"}
MAY_NOT = 403
NO_TOKEN = 401
"""What a browser gets of an address for systems, whoever is signed in."""
MAX_QUERIES = 12


@dataclass(frozen=True)
class House:
    """A served year with one person a role."""

    app: Flask
    database: Database

    def person(self, role: Role) -> Person:
        """Somebody of a role who has just signed in."""
        client = client_of(self.app, self.database, PEOPLE[role])
        token = visit(client, "/account").form("/sign-out").values["csrf_token"]
        return Person(self.app, client, token)


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in."""

    app: Flask
    client: FlaskClient
    token: str

    def ask(self, rule: Rule, method: str, unit: str) -> int:
        """The status of a request to a route."""
        data = {"csrf_token": self.token} if method not in READS else None
        with self.client.open(address_of(self.app, rule, unit), method=method, data=data) as answer:
            return answer.status_code


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("access")
    (folder / "uploads").mkdir()
    database = Database(sqlite_address(folder / "assess.db"))
    database.make()
    an_open_year(database, 43)
    app = create_app(Settings(instance=folder, database_url=sqlite_address(folder / "assess.db")))
    yield House(app, database)
    app.extensions["database"].close()
    database.close()


def rules_of(app: Flask) -> list[Rule]:
    """Every route, in the order of its address; the one that signs out is last."""
    return sorted(
        app.url_map.iter_rules(), key=lambda rule: (rule.endpoint == "accounts.sign_out", rule.rule, rule.endpoint)
    )


def address_of(app: Flask, rule: Rule, unit: str) -> str:
    """The address of a route with example values."""
    values = {name: VALUES.get(name, unit if name == "unit" else 1) for name in rule.arguments}
    with app.test_request_context():
        return str(app.url_map.bind("localhost").build(rule.endpoint, values))


def methods_of(rule: Rule) -> list[str]:
    """How a route may be asked."""
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def test_every_route_stands_in_the_table_of_who_may_open_it(house: House):
    pages = registry(house.app).pages

    assert {rule.endpoint for rule in rules_of(house.app)} == set(pages)
    assert {endpoint: readers_of(page) for endpoint, page in pages.items()} == WHO


def readers_of(page: Page) -> frozenset[Role] | str:
    """Whom a page lets in, in the words of the table."""
    return page.readers.value if page.readers in (Audience.ANYONE, Audience.SYSTEMS) else frozenset(page.roles)


def test_who_is_signed_out_is_sent_to_the_sign_in_page(house: House):
    nobody = house.app.test_client()
    for rule in rules_of(house.app):
        if WHO[rule.endpoint] not in (PUBLIC, SYSTEMS) and "GET" in methods_of(rule):
            address = address_of(house.app, rule, JIANWAI)
            answer = nobody.get(address)

            assert (address, answer.status_code, answer.location.split("?")[0]) == (address, 303, "/sign-in")


def test_nobody_signed_out_changes_anything(house: House):
    nobody = house.app.test_client()
    for rule in rules_of(house.app):
        if WHO[rule.endpoint] not in (PUBLIC, SYSTEMS):
            for method in set(methods_of(rule)) - READS:
                address = address_of(house.app, rule, JIANWAI)

                answer = nobody.open(address, method=method)

                assert (address, answer.status_code, answer.location[:14]) == (address, 303, "/sign-in?next=")


@pytest.mark.parametrize("role", Role)
def test_a_role_opens_its_own_pages_and_no_other(house: House, role: Role):
    person = house.person(role)
    for rule in rules_of(house.app):
        readers = WHO[rule.endpoint]
        for method in methods_of(rule):
            status = person.ask(rule, method, JIANWAI)
            about = f"{method} {rule.rule}"
            if readers == SYSTEMS:
                assert (about, status) == (about, NO_TOKEN)
            elif readers == PUBLIC or role in readers:
                assert (about, status in (200, 303, 404, 409, 422)) == (about, True)
            else:
                assert (about, status) == (about, MAY_NOT)


def test_an_official_finds_nothing_of_another_unit(house: House):
    official = house.person(Role.OFFICIAL)
    for rule in rules_of(house.app):
        if "unit" in rule.arguments and Role.OFFICIAL in WHO[rule.endpoint]:
            for method in methods_of(rule):
                about = f"{method} {rule.rule}"

                assert (about, official.ask(rule, method, CHAOWAI)) == (about, 404)


@pytest.mark.parametrize("role", Role)
def test_no_page_asks_the_database_more_than_twelve_times(house: House, role: Role):
    person = house.person(role)
    for rule in rules_of(house.app):
        if "GET" in methods_of(rule) and role in WHO[rule.endpoint]:
            person.ask(rule, "GET", JIANWAI)
            with counted(house.app.extensions["database"]) as asked:
                person.ask(rule, "GET", JIANWAI)

            assert (rule.rule, len(asked) <= MAX_QUERIES, asked) == (rule.rule, True, asked)
