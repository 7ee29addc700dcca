from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from assess.core.workflow import GATHERING, NOT_IN_STAGE, Act, Stage, listed
from assess.store.models import Cycle, Grant
from assess.store.session import Database
from tests.services.certifying import correct, handed_in, numbers, send_back
from tests.services.test_certifying import events, states
from tests.web.conftest import SignInAs
from tests.web.pages import submit, visit
from tests.years import CHAOWAI, person

LIST = "/2026/certifying"
JUNK = ["", "x", "-1", "1.5", "９", "9" * 30, "OR 1=1", "\x00", " ".join(str(n) for n in range(900_000, 903_000))]


@pytest.fixture
def ecology(database: Database, sign_in_as: SignInAs) -> FlaskClient:
    """An evaluator of the ecology bureau, after two streets handed their forms in."""
    handed_in(database)
    client = sign_in_as("ecology")
    client.set_cookie("language", "en")
    return client


@pytest.mark.parametrize("act", ["certify", "return"])
@pytest.mark.parametrize("values", JUNK)
def test_numbers_that_are_none_change_nothing_and_say_what_to_do(
    ecology: FlaskClient, database: Database, act: str, values: str
):
    (value,) = numbers(database, "hazard_ledger")
    form = visit(ecology, f"{LIST}/{act}?values={value}").form()

    with ecology.post(form.action, data={**form.values, "values": values, "reason": "x"}) as answer:
        assert answer.status_code == 422
    assert set(states(database).values()) == {"reported"}
    assert events(database) == []


def test_values_of_another_department_or_of_nobody_are_not_decided_on(ecology: FlaskClient, database: Database):
    (value,) = numbers(database, "hazard_ledger")
    (others,) = numbers(database, "sorting_join")
    form = visit(ecology, f"{LIST}/certify?values={value}").form()

    for values, status in ((f"{value} {others}", 403), (f"{value} 999999", 404)):
        with ecology.post(form.action, data={**form.values, "values": values}) as answer:
            assert answer.status_code == status
    assert events(database) == []


def test_the_list_takes_any_words_in_its_address(ecology: FlaskClient):
    for query in (
        "show=nothing", "department=x&figure=y&unit=z&group=w", "page=0", "page=-3", "page=99999999999999999999",
        "figure=%00", "values=1&values=x&all=yes", "unit=" + "x" * 3000,
    ):  # fmt: skip
        for page in (LIST, f"{LIST}/certify", f"{LIST}/return"):
            with ecology.get(f"{page}?{query}") as answer:
                assert answer.status_code in (200, 303, 404), (page, query)


def test_a_stage_that_moved_on_or_a_duty_that_ended_while_the_list_was_read_is_told(
    ecology: FlaskClient, database: Database
):
    (value,) = numbers(database, "hazard_ledger")
    form = visit(ecology, f"{LIST}/certify?values={value}").form()
    with database.writing() as session:
        session.query(Cycle).update({Cycle.stage: Stage.PROVISIONAL.value})
    told = submit(ecology, form, status=422)
    locked = NOT_IN_STAGE.format(stage=Stage.PROVISIONAL.label, act=Act.CERTIFY.label, stages=listed(GATHERING))
    assert told.errors == [locked.en]

    with database.writing() as session:
        session.query(Cycle).update({Cycle.stage: Stage.VERIFYING.value})
        session.query(Grant).filter(Grant.account_id == person(database, "ecology").account).delete()
    with ecology.post(form.action, data=form.values) as answer:
        assert answer.status_code == 403
    assert events(database) == []


def test_of_two_corrections_the_second_reads_what_the_first_did(ecology: FlaskClient, database: Database):
    (value,) = numbers(database, "waste_free_cells")
    form = visit(ecology, f"{LIST}/{value}/correct").form()
    correct(database, person(database, "ecology2"), value, "4")

    told = submit(ecology, form, {"text": "2", "reason": "counted again"}, status=409)

    assert "New waste-free cells: corrected (ecology2, 2026-11-27 10:00). Check the current values." in told.main


def test_a_correction_of_what_was_returned_meanwhile_is_told_so(ecology: FlaskClient, database: Database):
    (value,) = numbers(database, "waste_free_cells", unit=CHAOWAI)
    form = visit(ecology, f"{LIST}/{value}/correct").form()
    send_back(database, person(database, "ecology2"), [value])

    told = submit(ecology, form, {"text": "2", "reason": "counted again"}, status=409)

    assert "returned (ecology2, 2026-11-27 10:00)" in told.errors[0]
    assert "You cannot decide on this value. It is returned" in told.main
