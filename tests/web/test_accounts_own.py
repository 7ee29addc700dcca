"""What people do to their own accounts."""

from __future__ import annotations

import pytest

from assess.services import accounts
from assess.store.queries.accounts import account_called
from assess.store.session import Database
from tests.services.forms import an_open_year
from tests.web.conftest import SignInAs
from tests.web.pages import submit, visit
from tests.years import JIANWAI, PASSWORD

NEW = {"password": "four words of mine", "again": "four words of mine"}


@pytest.fixture(autouse=True)
def year(database: Database) -> None:
    """The year 2026 with its people."""
    an_open_year(database, 43)


def test_a_password_is_changed_with_the_old_one_and_other_browsers_are_signed_out(
    database: Database, sign_in_as: SignInAs
):
    with database.writing() as session:
        account = account_called(session, JIANWAI)
        assert account is not None
        accounts.set_password(session, account, PASSWORD)
    here, elsewhere = sign_in_as(JIANWAI), sign_in_as(JIANWAI)
    here.set_cookie("language", "en")

    form = visit(here, "/account/password").form()
    wrong = submit(here, form, {"old": "not this", **NEW}, status=422)
    assert wrong.errors == ["The old password is wrong"]
    for _ in range(6):
        common = submit(here, form, {"old": PASSWORD, "password": "password123", "again": "password123"}, status=422)
        assert common.errors == ["This password is too common. Use another."]
    differ = submit(here, form, {"old": PASSWORD, "password": "four words of mine", "again": "other"}, status=422)
    assert differ.errors == ["The two passwords do not match"]
    assert elsewhere.get("/account").status_code == 200
    done = submit(here, form, {"old": PASSWORD, **NEW})

    assert done.path == "/account"
    assert elsewhere.get("/account").status_code == 303
    assert here.get("/account").status_code == 200


def test_the_old_password_cannot_be_guessed_for_ever_in_a_browser_left_open(sign_in_as: SignInAs):
    here = sign_in_as(JIANWAI)
    form = visit(here, "/account/password").form()
    sent = {**form.values, "old": "guess", **NEW}

    assert [here.post(form.action, data=sent).status_code for _ in range(7)] == [422] * 5 + [429] * 2


def test_a_person_signs_out_everywhere_else_and_nobody_else_is_touched(sign_in_as: SignInAs):
    here, elsewhere, office = sign_in_as(JIANWAI), sign_in_as(JIANWAI), sign_in_as("office")
    here.set_cookie("language", "en")
    page = visit(here, "/account")
    assert len(page.tables["Browsers"]) == 3

    told = submit(here, page.form("/account/sign-outs"))

    assert "Other browsers signed out: 1" in told.main
    assert (elsewhere.get("/account").status_code, office.get("/account").status_code) == (303, 200)


def test_the_language_of_the_account_holds_wherever_one_signs_in(sign_in_as: SignInAs):
    here = sign_in_as(JIANWAI)
    here.set_cookie("language", "zh")

    page = submit(here, visit(here, "/account").form("/account"), {"language": "en"})

    assert page.language == "en"
    assert visit(sign_in_as(JIANWAI), "/account").language == "en"


def test_the_language_chosen_on_a_page_is_kept_with_the_account_and_no_longer_in_the_browser(sign_in_as: SignInAs):
    here = sign_in_as(JIANWAI)
    here.set_cookie("language", "zh")

    back = here.get("/language/en?next=/account")

    assert (back.status_code, back.location) == (303, "/account")
    assert [visit(each, "/account").language for each in (here, sign_in_as(JIANWAI))] == ["en", "en"]
    assert here.get_cookie("language") is None
