"""The help page: everybody finds their own steps open, and whom to ask."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assess.core.actors import Role
from assess.core.text import Language
from assess.settings import Settings
from assess.store.session import Database
from assess.web.app import create_app
from tests.services.forms import an_open_year
from tests.web.conftest import SignInAs
from tests.web.markup import text_of
from tests.web.pages import Page, visit
from tests.years import JIANWAI

CONTACT = "010-0000 0000"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_steps_of_ones_own_role_are_open_and_those_of_all_roles_before_signing_in(
    database: Database, sign_in_as: SignInAs, language: Language
):
    an_open_year(database, 43)
    official = sign_in_as(JIANWAI)

    official.set_cookie("language", language)
    inside = visit(official, "/help")
    outside = visit(official.application.test_client(), "/help", language=language)

    shown = [[role for role in Role if role.label.localized(language) in opened(page)] for page in (inside, outside)]
    assert shown == [[Role.OFFICIAL], list(Role)]


def opened(page: Page) -> list[str]:
    """What the unfolded parts of a page are called."""
    parts = page.markup.all("details")
    return [text_of(part[0]) for part in parts if part.get("open") is not None]


def test_the_contact_of_the_office_stands_on_the_help_page_and_at_the_foot_of_every_page(settings: Settings):
    app = create_app(replace(settings, contact=CONTACT))
    try:
        client = app.test_client()
        pages = {
            path: visit(client, path, status) for path, status in (("/help", 200), ("/sign-in", 200), ("/no", 404))
        }
    finally:
        app.extensions["database"].close()

    assert [page.text.count(CONTACT) for page in pages.values()] == [2, 1, 1]
