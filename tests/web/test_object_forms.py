"""The pages of a form that asks for figures of objects."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from assess.store.session import Database
from tests.services.forms import form_now, save
from tests.services.forms import submit as hand_in
from tests.services.object_forms import SECTION, a_year_of_reported_sections, answers_of_files
from tests.web.bureau import english
from tests.web.conftest import SignInAs
from tests.web.pages import read, submit, visit
from tests.years import person

PAGE = f"/2026/form/s1/section/{SECTION}"


@pytest.fixture
def first(database: Database, sign_in_as: SignInAs) -> FlaskClient:
    """The official of the first street, which has two sections, one of them shared."""
    a_year_of_reported_sections(database)
    return english(sign_in_as("s1"))


def test_a_figure_of_objects_is_asked_in_a_table_and_saved(first: FlaskClient, database: Database):
    page = visit(first, PAGE)
    answers = {"answer-met@W1@2026-01": "yes", "answer-met@W2@2026-12": "no", "answer-class@W1@2026": "II"}

    saved = submit(first, page.form(), answers, press="Save and stay here")

    assert {name: saved.form().values[name] for name in answers} == answers
    assert "3 of 26 entries" in saved.main
    assert "Donghe Bridge W1" in saved.main


def test_a_wrong_value_is_named_with_its_object_and_period(first: FlaskClient):
    page = visit(first, PAGE)

    sent = page.form().filled({}, "Save and stay here") | {"answer-met@W2@2026-03": "maybe"}
    refused = read(first.post(PAGE, data=sent), 422)

    assert [error.partition(":")[0] for error in refused.errors] == [
        "The month meets the standard (West Sluice, March)"
    ]


def test_values_are_told_in_tables_before_and_after_submission(
    first: FlaskClient, database: Database, sign_in_as: SignInAs
):
    official = person(database, "s1")
    save(database, official, answers_of_files(form_now(database, official, "s1").form), section=SECTION, unit="s1")

    assert visit(first, "/2026/form/s1/check").main.count("West Sluice W2") == 2
    hand_in(database, official, unit="s1")

    assert "West Sluice W2 yes yes yes yes yes yes yes no yes yes yes yes" in visit(first, "/2026/form/s1/receipt").main
    assert "West Sluice W2 yes yes yes yes yes yes yes no yes yes yes yes" in visit(first, PAGE).main
    reviewed = visit(english(sign_in_as("office")), "/2026/submissions/s1")
    assert "West Sluice W2 yes yes yes yes yes yes yes no yes yes yes yes" in reviewed.main


def test_a_unit_sees_what_another_reports_of_a_shared_object(
    first: FlaskClient, database: Database, sign_in_as: SignInAs
):
    official = person(database, "s1")
    save(database, official, answers_of_files(form_now(database, official, "s1").form), section=SECTION, unit="s1")
    hand_in(database, official, unit="s1")

    page = visit(english(sign_in_as("s2")), PAGE.replace("s1", "s2"))

    assert "The month meets the standard West Sluice August no Dongjie Subdistrict" in page.main


def test_a_unit_without_objects_is_told_so(first: FlaskClient, sign_in_as: SignInAs):
    page = visit(english(sign_in_as("t2")), PAGE.replace("s1", "t2"))

    assert "River sections: the unit has none, so nothing is asked" in page.main


def test_the_page_of_a_unit_and_its_form_list_its_objects(first: FlaskClient, sign_in_as: SignInAs):
    listed = "W1 Donghe Bridge River sections – W2 West Sluice River sections Xijie Subdistrict"

    assert listed in visit(english(sign_in_as("office")), "/2026/setup/units/s1").main
    assert listed in visit(first, "/2026/form/s1").main
