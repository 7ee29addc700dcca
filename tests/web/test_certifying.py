from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assess.core.reasons import NO_REASON
from assess.core.workflow import SubmissionState
from assess.store.models import Value
from assess.store.session import Database
from tests.queries import counted
from tests.services.certifying import certify, handed_in, numbers, reported_by_all, send_back
from tests.services.forms import form_now
from tests.web.conftest import SignInAs
from tests.web.official import FORM, SECTION
from tests.web.pages import submit, visit
from tests.years import CHAOWAI, JIANWAI, person

LIST = "/2026/certifying"


@pytest.fixture
def ecology(database: Database, sign_in_as: SignInAs) -> FlaskClient:
    """An evaluator of the ecology bureau, after two streets handed their forms in."""
    handed_in(database)
    client = sign_in_as("ecology")
    client.set_cookie("language", "en")
    return client


def ticked(*values: int) -> str:
    """What the address holds after somebody ticked values."""
    return "?" + "&".join(f"values={value}" for value in values)


def test_the_list_shows_reported_values_of_all_units_side_by_side(ecology: FlaskClient):
    page = visit(ecology, f"{LIST}?figure=hazard_ledger")

    assert page.h1 == "Certify data submitted by units"
    assert page.tables["Submitted values"] == [
        ["Unit", "Submitted value", "Last year", "Change against last year", "Target", "Remark and evidence", "Status"],
        ["Producers of hazardous waste keep their ledgers"],
        ["Jianwai Subdistrict Producers of hazardous waste keep their ledgers",
         "yesSource Producers of hazardous waste keep their ledgers, Jianwai Subdistrict", "–", "–", "–", "见台账",
         "Submitted Correct Producers of hazardous waste keep their ledgers, Jianwai Subdistrict"],
        ["Chaowai Subdistrict Producers of hazardous waste keep their ledgers",
         "yesSource Producers of hazardous waste keep their ledgers, Chaowai Subdistrict", "–", "–", "–", "见台账",
         "Submitted Correct Producers of hazardous waste keep their ledgers, Chaowai Subdistrict"],
    ]  # fmt: skip
    assert "Waiting (2)" in page.main
    assert "No submitted value has this status." in visit(ecology, f"{LIST}?show=returned").main
    ecology.set_cookie("language", "zh")
    assert visit(ecology, LIST, language="zh").h1 == "核定各单位报送的数据"


def test_the_exact_list_stands_before_the_act_and_all_of_it_is_certified(ecology: FlaskClient, database: Database):
    values = numbers(database, "hazard_ledger", "hazard_storage")

    page = visit(ecology, f"{LIST}/certify{ticked(*values)}")
    assert page.h1 == "Certify these values (2)"
    assert [row[:3] for row in page.tables["Values to certify"][1:]] == [
        ["Jianwai Subdistrict", "Producers of hazardous waste keep their ledgers", "yes"],
        ["Jianwai Subdistrict", "Hazardous waste is stored as required", "no"],
    ]
    after = submit(ecology, page.form())
    assert "2 values are certified." in after.main

    whole = submit(ecology, visit(ecology, f"{LIST}/certify?all=yes&unit={JIANWAI}").form())
    assert "2 values are certified." in whole.main
    with database.reading() as session:
        states = {row.id: row.state for row in session.query(Value).filter(Value.unit == JIANWAI)}
    assert sorted(states.values()) == ["certified"] * 4 + ["reported"]


def test_of_two_at_the_same_list_the_second_reads_what_changed(
    ecology: FlaskClient, sign_in_as: SignInAs, database: Database
):
    values = numbers(database, "hazard_ledger", "hazard_storage")
    page = visit(ecology, f"{LIST}/certify{ticked(*values)}")
    certify(database, person(database, "ecology2"), values[:1])

    told = submit(ecology, page.form(), status=409)

    assert told.errors[0].startswith(
        "Some of these values changed while you were checking them, so nothing was saved: Jianwai Subdistrict, "
        "Producers of hazardous waste keep their ledgers: certified (ecology2, 2026-11-27 10:00)."
    )
    assert [row[1] for row in told.tables["Values to certify"][1:]] == ["Hazardous waste is stored as required"]
    assert "1 value is certified." in submit(ecology, told.form()).main


def test_a_corrected_value_is_read_by_its_unit_with_the_reason(
    ecology: FlaskClient, sign_in_as: SignInAs, database: Database
):
    (value,) = numbers(database, "waste_free_cells")
    page = visit(ecology, f"{LIST}/{value}/correct")

    refused = submit(ecology, page.form(), {"text": "2.5", "reason": ""}, status=422)
    assert refused.form().values["text"] == "2.5"
    assert len(refused.errors) == 2
    after = submit(ecology, refused.form(), {"text": "2", "reason": "only <two> found"})
    assert "The value is corrected and certified" in after.main

    official = sign_in_as(JIANWAI)
    official.set_cookie("language", "en")
    for path in (FORM, f"{FORM}/receipt"):
        rows = visit(official, path).tables["Corrected by the department"]
        assert rows[1][:3] == ["New waste-free cells", "3 → 2", "only <two> found"]
    assert "3 → 2 places" in visit(ecology, f"{LIST}?show=certified&figure=waste_free_cells").main
    with ecology.get(f"{LIST}/{value}/correct") as gone:
        assert gone.status_code == 404


def test_a_returned_figure_comes_back_while_certified_ones_are_only_shown(
    ecology: FlaskClient, sign_in_as: SignInAs, database: Database
):
    certify(database, person(database, "ecology"), numbers(database, "hazard_contract"))
    (value,) = numbers(database, "hazard_ledger")
    page = visit(ecology, f"{LIST}/return{ticked(value)}")
    assert submit(ecology, page.form(), {"reason": ""}, status=422).errors == [NO_REASON.en]
    assert "Returned to: Jianwai Subdistrict." in submit(ecology, page.form(), {"reason": "Ledgers miss May"}).main

    official = sign_in_as(JIANWAI)
    official.set_cookie("language", "en")
    assert "Returned: Ledgers miss May (Producers of hazardous waste keep their ledgers)" in visit(official, "/").main
    section = visit(official, SECTION)
    assert "answer-hazard_contract" not in section.form().values
    assert "This year: yes Certified It can no longer be changed." in section.main
    submit(official, section.form(), {"answer-hazard_ledger": "no"}, press="Save and stay here")
    assert form_now(database, person(database, JIANWAI)).answers["hazard_contract"] == "yes"


def test_the_office_looks_on_and_an_evaluator_of_others_sees_none_of_it(
    ecology: FlaskClient, sign_in_as: SignInAs, database: Database
):
    office = sign_in_as("office")
    office.set_cookie("language", "en")
    page = visit(office, LIST)
    assert "For reading only: figures are certified by evaluators" in page.main
    assert not any(name == "values" for form in page.forms for name in form.values)
    with office.get(f"{LIST}/certify") as answer:
        assert answer.status_code == 403
    urban = sign_in_as("urban")
    urban.set_cookie("language", "en")
    assert "Hazardous" not in visit(urban, f"{LIST}?show=all").main
    (value,) = numbers(database, "hazard_ledger")
    with urban.get(f"{LIST}/{value}/correct") as answer:
        assert answer.status_code == 404


def test_home_says_what_waits_and_the_unit_that_everything_is_certified(
    ecology: FlaskClient, sign_in_as: SignInAs, database: Database
):
    home = visit(ecology, "/")
    assert "Certify submitted valuesOldest since 27 November 2026 8 values to certify" in home.main
    certify(
        database,
        person(database, "ecology"),
        numbers(database, "hazard_contract", "hazard_ledger", "hazard_storage", "waste_free_cells"),
    )
    certify(database, person(database, "urban"), numbers(database, "sorting_join"))

    assert form_now(database, person(database, JIANWAI)).row.state is SubmissionState.CERTIFIED
    assert "报送的数据已全部核定。" in visit(sign_in_as(JIANWAI), "/", language="zh").main


@pytest.mark.parametrize("path", [LIST, f"{LIST}?show=all", f"{LIST}/certify?all=yes", f"{LIST}/return?all=yes", "/"])
def test_a_page_of_certifying_asks_the_database_at_most_twelve_times(
    app: Flask, ecology: FlaskClient, database: Database, path: str
):
    send_back(database, person(database, "ecology"), numbers(database, "hazard_ledger", unit=CHAOWAI))
    visit(ecology, path)
    with counted(app.extensions["database"]) as statements:
        visit(ecology, path)

    assert len(statements) <= 12


@pytest.mark.parametrize("path", [LIST, f"{LIST}?figure=hazard_ledger", f"{LIST}/certify?all=yes"])
def test_at_343_units_a_page_of_certifying_stays_light(app: Flask, sign_in_as: SignInAs, database: Database, path: str):
    reported_by_all(database, 343)
    evaluator = sign_in_as("ecology")
    with counted(app.extensions["database"]) as statements:
        page = visit(evaluator, path)

    assert len(page.html.encode()) < 400_000
    assert len(statements) <= 15


def test_each_value_in_doubt_is_asked_about_and_may_be_left(sign_in_as: SignInAs, database: Database):
    certified, left = reported_by_all(database, 43)
    evaluator = sign_in_as("ecology")
    evaluator.set_cookie("language", "en")
    page = visit(evaluator, f"{LIST}/certify?all=yes")
    assert page.main.index("Unusual values: decide on each (2)") < page.main.index("Values to certify")

    refused = submit(evaluator, page.form(), {f"doubt_{certified}": "certify"}, status=422)
    assert refused.errors == ["Select whether to certify this value"]
    answers = {f"doubt_{certified}": "certify", f"doubt_{left}": "leave"}
    told = submit(evaluator, refused.form(), answers)

    assert "171 values are certified." in told.main
    assert "1 value is left as it was." in told.main
    with database.reading() as session:
        assert [row.id for row in session.query(Value).filter(Value.state == "reported")] == [left]
