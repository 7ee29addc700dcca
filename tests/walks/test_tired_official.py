"""Late in the evening: the back button, two tabs, two clicks, a sign-in that has ended, the wrong file."""

from __future__ import annotations

from typing import Any

import pytest

from assess.core.text import Text
from assess.files.kinds import PROGRAM, TAKEN
from tests.browsing import Walker
from tests.sites import Site
from tests.walks.person import Person, sign_in

JIANWAI = "110105001"
ECOLOGY = f"/2026/form/{JIANWAI}/section/ecology"
GREEN = Text("新增绿化面积", "New green space")


@pytest.fixture
def official(site: Site, walker: Walker) -> Person:
    """An official who has been at it all day."""
    return sign_in(walker, site.account("official"))


def test_going_back_after_submitting_and_pressing_again_submits_once(official: Person):
    declares(official)
    assert official.presses("Submit the form") == 303
    official.page.go_back()
    assert "The form has been submitted. To change it, withdraw it first." in official.text
    assert official.page.get_by_role("button", name="Submit the form").count() == 0
    official.goes_to(f"/2026/form/{JIANWAI}/receipt")
    assert official.heading == f"Receipt 2026-{JIANWAI}-01"


def test_pressing_twice_submits_once(official: Person):
    declares(official)
    with official.page.expect_navigation():
        official.page.get_by_role("button", name="Submit the form").dblclick()
    official.page.wait_for_load_state()

    assert official.heading == f"Receipt 2026-{JIANWAI}-01"
    assert official.text.count("Submitted (") == 1


def test_the_second_of_two_tabs_is_shown_both_values(official: Person):
    official.goes_to(ECOLOGY)
    tab = Person(official.page.context.new_page(), official.language)
    tab.goes_to(ECOLOGY)
    official.answers(GREEN, "1.5")
    assert official.presses("Save and stay here") == 303

    tab.answers(GREEN, "0.9")
    assert tab.presses("Save and stay here") == 409
    assert tab.offers(GREEN) == ["1.5 ha", "0.9 ha"]


def test_what_was_typed_when_the_sign_in_had_ended_can_be_sent_after_signing_in_again(
    official: Person, site: Site, walker: Walker
):
    official.goes_to(ECOLOGY)
    official.answers(GREEN, "1.5")
    elsewhere = sign_in(walker, site.account("official"))
    elsewhere.goes_to("/account")
    assert elsewhere.presses("Sign out everywhere else") == 303

    assert official.presses("Save and stay here") == 401
    assert "What you entered is not saved yet, but it is not lost" in official.text
    account = site.account("official")
    official.types("Username", account["username"])
    official.page.get_by_role("textbox", name="Password").fill("wrong")
    assert official.presses("Sign in") == 422
    official.page.get_by_role("textbox", name="Password").fill(account["password"])
    assert official.presses("Sign in") == 200
    assert official.heading == "You are signed in again"
    assert official.presses("Send what I entered") == 303
    assert official.answer(GREEN).input_value() == "1.5"


def test_what_a_tab_opened_before_signing_in_again_sends_can_be_sent_again(official: Person, site: Site):
    official.goes_to(ECOLOGY)
    official.answers(GREEN, "1.5")
    tab = Person(official.page.context.new_page(), official.language)
    tab.goes_to("/")
    tab.page.once("dialog", lambda asked: asked.accept())
    assert tab.presses("Sign out") == 303
    account = site.account("official")
    tab.types("Username", account["username"])
    tab.page.get_by_role("textbox", name="Password").fill(account["password"])
    assert tab.presses("Sign in") == 303

    assert official.presses("Save and stay here") == 400
    assert official.heading == "Not saved yet"
    assert official.presses("Send what I entered") == 303
    assert official.answer(GREEN).input_value() == "1.5"


def test_a_file_that_is_no_evidence_and_no_file_at_all_are_told_plainly(official: Person):
    official.goes_to(f"/2026/files/{JIANWAI}/new_green")
    assert official.presses("Upload") == 422
    assert official.problems == ["Select files to upload, or select files already uploaded."]
    official.chooses("New files", a_file("register.pdf", b"#!/bin/sh\necho no register\n"))
    assert official.presses("Upload") == 422
    assert official.problems == [PROGRAM.localized("en", name="register.pdf", taken=TAKEN)]
    official.chooses("New files", a_file("register.pdf", b""))
    assert official.presses("Upload") == 422
    assert official.problems == ["register.pdf is empty. Select another file."]


def declares(official: Person) -> None:
    """Fill in the declaration."""
    official.goes_to(f"/2026/form/{JIANWAI}/check")
    official.types("Name of the responsible leader", "Zhao")
    official.page.get_by_role("checkbox").check()


def a_file(name: str, content: bytes) -> dict[str, Any]:
    """A file as it would lie on a disk."""
    return {"name": name, "mimeType": "application/pdf", "buffer": content}
