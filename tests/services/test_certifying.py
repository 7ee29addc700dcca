from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from assess.core.errors import NotAllowed, NotFound, Refused, Stale
from assess.core.figures.entry import MILLION, Stored
from assess.core.workflow import Stage, SubmissionState
from assess.services.certifying import certify_values
from assess.services.certifying.comparing import UNCHANGED, change_of
from assess.services.certifying.overview import ValueSearch, ValueView, lines_of, scope_of
from assess.store.models import AuditEntry, Batch, Cycle, SubmissionEvent, Value, ValueEvent
from assess.store.queries.certifying import corrections_of
from assess.store.session import Database
from tests.services.certifying import ECOLOGY_FIGURES, also, certify, correct, handed_in, numbers, send_back
from tests.services.forms import form_now, save, submit, year_2026
from tests.services.test_forms_submissions import reported
from tests.tables import a_figure
from tests.years import CHAOWAI, JIANWAI, NOW

LATER = NOW + timedelta(hours=1)


def states(database: Database, unit: str = JIANWAI) -> dict[str, str]:
    """The state of each value of a unit that counts now."""
    return {figure: state for figure, _period, _millionths, state in reported(database, unit)}


def events(database: Database) -> list[tuple[str, str, str]]:
    """Figure, act and reason of every step of a value."""
    with database.reading() as session:
        rows = session.query(Value.figure, ValueEvent.act, ValueEvent.reason).join(
            ValueEvent, ValueEvent.value_id == Value.id
        )
        return [tuple(row) for row in rows.order_by(ValueEvent.id)]


def test_a_form_is_certified_once_every_department_certified_its_values(database: Database):
    people = handed_in(database)

    first = certify(database, people["ecology"], numbers(database, *ECOLOGY_FIGURES))

    assert (first.values, first.forms) == (4, ())
    assert states(database) == {**dict.fromkeys(ECOLOGY_FIGURES, "certified"), "sorting_join": "reported"}
    assert form_now(database, people[JIANWAI]).row.state is SubmissionState.SUBMITTED

    assert certify(database, people["urban"], numbers(database, "sorting_join")).forms == (JIANWAI,)

    assert form_now(database, people[JIANWAI]).row.state is SubmissionState.CERTIFIED
    assert form_now(database, people[CHAOWAI], CHAOWAI).row.state is SubmissionState.SUBMITTED
    with database.reading() as session:
        event = session.query(SubmissionEvent).order_by(SubmissionEvent.id.desc()).first()
        entries = session.query(AuditEntry).filter(AuditEntry.action == "certified").order_by(AuditEntry.number)
        assert event is not None
        assert (event.act, event.done_by) == ("certified", people["urban"].account)
        assert [entry.subject for entry in entries] == ["values:2026", "values:2026", f"submission:2026/{JIANWAI}"]
        assert session.query(ValueEvent).count() == 5


def test_only_the_department_certifies_and_the_office_looks_on(database: Database):
    people = handed_in(database)
    values = numbers(database, "hazard_ledger")

    for username in ("office", "leader", "urban", "evaluator", JIANWAI):
        with pytest.raises(NotAllowed):
            certify(database, people[username], values)
    with pytest.raises(NotAllowed):
        certify(database, people["ecology"], numbers(database, "hazard_ledger", "sorting_join"))
    assert set(states(database).values()) == {"reported"}
    assert certify(database, also(people["office"], people["ecology"]), values).values == 1


def test_of_many_values_all_are_certified_or_none(database: Database):
    people = handed_in(database)
    both = numbers(database, *ECOLOGY_FIGURES) + numbers(database, *ECOLOGY_FIGURES, unit=CHAOWAI)
    certify(database, people["ecology2"], numbers(database, "hazard_storage", unit=CHAOWAI))

    with pytest.raises(Stale) as stale:
        certify(database, people["ecology"], both)

    assert stale.value.what.zh == (
        "在您核对期间，所选数据有变化，本次操作未保存：朝外街道“危险废物贮存合规”已核定"
        "（ecology2，2026-11-27 10:00）。请按最新内容重新核对。"
    )
    assert set(states(database).values()) == {"reported"}
    with pytest.raises(NotFound):
        certify(database, people["ecology"], [*numbers(database, *ECOLOGY_FIGURES), 999_999])
    with pytest.raises(Refused):
        certify(database, people["ecology"], [])


def test_of_two_evaluators_at_once_one_is_told_what_the_other_did(database: Database):
    people = handed_in(database)
    values = numbers(database, *ECOLOGY_FIGURES)

    def attempt(username: str) -> str:
        try:
            return str(certify(database, people[username], values).values)
        except Stale as stale:
            return stale.what.en

    with ThreadPoolExecutor(2) as pool:
        found = sorted(pool.map(attempt, ("ecology", "ecology2")))

    assert found[0] == "4"
    assert found[1].startswith(
        "Some of these values changed while you were checking them, so nothing was saved: Jianwai"
    )
    assert len(events(database)) == 4


def test_a_corrected_value_counts_at_once_and_is_not_reported_back(database: Database):
    people = handed_in(database)
    value = numbers(database, "waste_free_cells")[0]

    new = correct(database, people["ecology"], value, "２", reason="现场只有两处")

    assert ("waste_free_cells", "2026", 2_000_000, "certified") in reported(database)
    with database.reading() as session:
        cycle = year_2026(session)
        row, batch = session.get(Value, new), session.query(Batch).order_by(Batch.id.desc()).first()
        assert row is not None
        assert batch is not None
        assert (row.supersedes, row.entered_by, batch.kind) == (value, people["ecology"].account, "correction")
        assert batch.facts["reason"] == "现场只有两处"
        (told,) = corrections_of(session, cycle=cycle.id, unit=JIANWAI)
        assert (told.figure, told.old.millionths, told.new.millionths, told.reason, told.who) == (
            "waste_free_cells", 3_000_000, 2_000_000, "现场只有两处", "ecology",
        )  # fmt: skip
    assert form_now(database, people[JIANWAI]).answers["waste_free_cells"] == "2"
    with pytest.raises(Stale) as stale:
        certify(database, people["ecology2"], [value])
    assert "places: corrected (ecology" in stale.value.what.en or "corrected (ecology" in stale.value.what.en


def test_a_correction_needs_another_value_that_the_figure_can_have_and_a_reason(database: Database):
    people = handed_in(database)
    value = numbers(database, "waste_free_cells")[0]

    def wrong(text: str, reason: str = "x") -> dict[str, str]:
        with pytest.raises(Refused) as refused:
            correct(database, people["ecology"], value, text, reason)
        return {name: what.en for name, what in refused.value.fields.items()}

    assert wrong("", "") == {"text": "Enter the corrected value.", "reason": "Enter the reason."}
    assert wrong("3") == {"text": "This is the same as the submitted value. There is nothing to correct."}
    assert list(wrong("2.5")) == list(wrong("101")) == list(wrong("two")) == ["text"]
    assert events(database) == []


def test_what_is_returned_may_be_changed_and_certified_values_stay(database: Database):
    people = handed_in(database)
    certify(database, people["ecology"], numbers(database, "hazard_contract", "hazard_storage"))
    correct(database, people["ecology"], numbers(database, "waste_free_cells")[0], "2")

    both = numbers(database, "hazard_ledger") + numbers(database, "hazard_ledger", unit=CHAOWAI)
    assert send_back(database, people["ecology"], both) == (JIANWAI, CHAOWAI)

    assert states(database) == {
        "hazard_contract": "certified", "hazard_ledger": "returned", "hazard_storage": "certified",
        "sorting_join": "reported", "waste_free_cells": "certified",
    }  # fmt: skip
    form = form_now(database, people[JIANWAI])
    assert (form.row.state, form.row.returned_figures) == (SubmissionState.RETURNED, ("hazard_ledger",))
    seen = form.draft("soil").version
    with pytest.raises(Refused) as refused:
        save(database, people[JIANWAI], {"waste_free_cells": "3", "hazard_ledger": "no"}, seen=seen)
    assert list(refused.value.fields) == ["waste_free_cells"]
    save(database, people[JIANWAI], {"hazard_ledger": "no", "waste_free_cells": "2"}, seen=seen, now=LATER)
    submit(database, people[JIANWAI], now=LATER)

    assert states(database) == {
        "hazard_contract": "certified", "hazard_ledger": "reported", "hazard_storage": "certified",
        "sorting_join": "reported", "waste_free_cells": "certified",
    }  # fmt: skip
    assert events(database)[-2:] == [("hazard_ledger", "returned", "台账不全")] * 2


@pytest.mark.parametrize(
    ("now", "last", "told"),
    [
        (Stored(5 * MILLION), Stored(5 * MILLION), UNCHANGED.en),
        (Stored(6 * MILLION), Stored(5 * MILLION), "+1 (+20%)"),
        (Stored(4 * MILLION), Stored(5 * MILLION), "−1 (−20%)"),
        (Stored(2 * MILLION), Stored(0), "+2"),
        (Stored(2 * MILLION), Stored(), ""),
    ],
)
def test_how_far_a_number_lies_from_last_year_is_told(now: Stored, last: Stored, told: str):
    change = change_of(a_figure(), now, last)

    assert (change.en if change else "") == told


def test_each_unit_gets_back_its_own_figures_alone(database: Database):
    people = handed_in(database)

    send_back(
        database, people["ecology"],
        numbers(database, "hazard_ledger") + numbers(database, "hazard_storage", unit=CHAOWAI),
    )  # fmt: skip

    returned = {unit: form_now(database, people[unit], unit=unit).row.returned_figures for unit in (JIANWAI, CHAOWAI)}
    assert returned == {JIANWAI: ("hazard_ledger",), CHAOWAI: ("hazard_storage",)}


def test_two_departments_return_one_form_and_the_unit_reads_both_reasons(database: Database):
    people = handed_in(database)
    send_back(database, people["ecology"], numbers(database, "hazard_ledger"), reason="台账不全")

    send_back(database, people["urban"], numbers(database, "sorting_join"), reason="抽样不足")

    row = form_now(database, people[JIANWAI]).row
    assert (row.returned_reason, row.returned_figures) == ("台账不全\n抽样不足", ("hazard_ledger", "sorting_join"))
    assert [figure for figure, state in states(database).items() if state == "returned"] == [
        "hazard_ledger", "sorting_join",
    ]  # fmt: skip


def test_a_certified_form_that_is_returned_is_certified_again_after_the_last_value(database: Database):
    people = handed_in(database)
    certify(database, people["ecology"], numbers(database, *ECOLOGY_FIGURES))
    certify(database, people["urban"], numbers(database, "sorting_join"))

    send_back(database, people["ecology"], numbers(database, "hazard_ledger"))
    submit(database, people[JIANWAI], now=LATER)
    assert form_now(database, people[JIANWAI]).row.state is SubmissionState.SUBMITTED
    assert certify(database, people["ecology"], numbers(database, "hazard_ledger")).forms == (JIANWAI,)


def test_nothing_is_certified_before_reports_come_in_or_after_they_were_verified(database: Database):
    people = handed_in(database)
    values = numbers(database, "hazard_ledger")
    for stage in (Stage.PREPARING, Stage.PROVISIONAL, Stage.FINAL):
        with database.writing() as session:
            session.query(Cycle).update({Cycle.stage: stage.value})
        with pytest.raises(Refused):
            certify(database, people["ecology"], values)
    with database.writing() as session:
        cycle = year_2026(session)
        session.query(Cycle).update({Cycle.stage: Stage.VERIFYING.value})
        with pytest.raises(Refused):
            certify_values(session, people["ecology"], cycle=cycle, values=values, now=NOW)
    assert certify(database, people["ecology"], values).values == 1


def test_an_evaluator_sees_the_own_figures_of_all_units_side_by_side(database: Database):
    people = handed_in(database)
    with database.reading() as session:
        cycle = year_2026(session)
        scope = scope_of(session, people["ecology"], cycle)
        lines = lines_of(session, scope, scope.wanted(ValueSearch(figure="hazard_ledger")))
        whole = scope_of(session, people["office"], cycle)

    assert [(each.unit.en, each.shown.en, each.remark, each.waits) for each in lines] == [
        ("Jianwai Subdistrict", "yes", "见台账", True),
        ("Chaowai Subdistrict", "yes", "见台账", True),
    ]
    assert {row.figure for row in scope.rows} == set(ECOLOGY_FIGURES)
    assert {row.figure for row in whole.rows} == {*ECOLOGY_FIGURES, "sorting_join"}
    assert not any(whole.may_decide(row) for row in whole.rows)
    assert [len([r for r in whole.rows if whole.is_shown(r, show)]) for show in ValueView] == [10, 0, 0, 0, 10]


def test_a_draft_or_a_withdrawn_form_waits_for_nobody(database: Database):
    people = handed_in(database)
    from assess.services.forms.submissions import withdraw_form

    seen = form_now(database, people[JIANWAI]).row.version
    with database.writing() as session:
        withdraw_form(session, people[JIANWAI], cycle=year_2026(session), unit=JIANWAI, seen=seen, now=NOW)
    with database.reading() as session:
        scope = scope_of(session, people["ecology"], year_2026(session))

    assert {row.unit for row in scope.rows} == {CHAOWAI}
