from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from assess.core.actors import Actor
from assess.core.errors import NotAllowed, NotFound, Refused, Stale
from assess.core.workflow import Stage, SubmissionState
from assess.services.forms.comparing import changes, submitted
from assess.services.forms.overview import overview
from assess.services.forms.returning import return_form
from assess.services.forms.submissions import CONFIRM_MISSING, first_of, submit_form, withdraw_form
from assess.services.forms.unit_form import SectionState
from assess.store.models import AuditEntry, Batch, Cycle, Reopening, SubmissionEvent, Value
from assess.store.queries.forms import events_of
from assess.store.session import Database
from tests.services.forms import LEADER, SOIL, an_open_year, form_now, save, submit, year_2026
from tests.years import CHAOWAI, JIANWAI, NOW

LATER = NOW + timedelta(days=1)
AFTER_COLLECTING = NOW.replace(month=12, day=12)


def reported(database: Database, unit: str = JIANWAI) -> list[tuple[str, str, int | None, str]]:
    """Figure, period, millionths and state of every value of a unit that counts now."""
    with database.reading() as session:
        rows = session.query(Value).filter(Value.unit == unit, Value.superseded_at.is_(None))
        return [(v.figure, v.period, v.millionths, v.state) for v in rows.order_by(Value.figure, Value.period)]


def send_back(
    database: Database, actor: Actor, *, reason: str = "核对台账", figures: Sequence[str] = (), unit: str = JIANWAI
) -> None:
    """Return a form in a transaction of its own."""
    seen = form_now(database, actor, unit).row.version
    with database.writing() as session:
        cycle = year_2026(session)
        return_form(session, actor, cycle=cycle, unit=unit, reason=reason, figures=figures, seen=seen, now=LATER)


def withdraw(database: Database, actor: Actor, unit: str = JIANWAI) -> None:
    """Withdraw a form in a transaction of its own."""
    seen = form_now(database, actor, unit).row.version
    with database.writing() as session:
        withdraw_form(session, actor, cycle=year_2026(session), unit=unit, seen=seen, now=NOW)


def move_to(database: Database, stage: Stage) -> None:
    """Let the year stand at a stage."""
    with database.writing() as session:
        session.query(Cycle).update({Cycle.stage: stage.value})


def test_a_submitted_form_has_a_receipt_and_reports_its_values_with_their_source(database: Database):
    people = an_open_year(database)
    save(database, people[JIANWAI], SOIL, remarks={"sorting_join": "抽样"})

    receipt = submit(database, people["colleague"])

    assert receipt == "2026-110105001-01"
    assert reported(database) == [
        ("hazard_contract", "2026", 1_000_000, "reported"),
        ("hazard_ledger", "2026", 1_000_000, "reported"),
        ("hazard_storage", "2026", 0, "reported"),
        ("sorting_join", "2026", 92_500_000, "reported"),
        ("waste_free_cells", "2026", 3_000_000, "reported"),
    ]
    form = form_now(database, people[JIANWAI])
    assert (form.row.state, form.row.leader, form.row.submitter, form.row.submitted_at) == (
        SubmissionState.SUBMITTED, LEADER, "colleague", NOW,
    )  # fmt: skip
    assert {form.standing(section) for section in form.form.sections} == {SectionState.SUBMITTED}
    with database.reading() as session:
        batch = session.query(Batch).one()
        entry = session.query(AuditEntry).filter(AuditEntry.action == "submitted").one()
        newest, before = submitted(events_of(session, cycle=form.year.cycle.id, unit=JIANWAI))
        assert (batch.kind, batch.made_by, batch.facts) == (
            "form", people["colleague"].account, {"receipt": receipt, "unit": JIANWAI},
        )  # fmt: skip
        assert entry.new == {"receipt": receipt, "leader": LEADER, "missing": 26, "values": 5}
        assert newest is not None
        assert (newest.answers, newest.remarks, before) == (SOIL, {"sorting_join": "抽样"}, None)


def test_a_submitted_form_is_locked_and_never_submitted_twice(database: Database):
    people = an_open_year(database)
    save(database, people[JIANWAI], SOIL)
    submit(database, people[JIANWAI])

    with pytest.raises(Refused):
        save(database, people[JIANWAI], {"sorting_join": "1"}, seen=1)
    with pytest.raises(Refused):
        submit(database, people["colleague"])

    with database.reading() as session:
        assert session.query(SubmissionEvent).count() == 1
    assert form_now(database, people[JIANWAI]).answers["sorting_join"] == "92.5"


def test_a_form_is_submitted_only_as_it_was_checked_with_a_leader_and_every_gap_confirmed(database: Database):
    people = an_open_year(database)
    save(database, people[JIANWAI], SOIL)
    form = form_now(database, people[JIANWAI])

    def try_to(leader: str, without: int, seen: str) -> None:
        with database.writing() as session:
            submit_form(
                session, people[JIANWAI], cycle=form.year.cycle, unit=JIANWAI,
                leader=leader, without=without, seen=seen, now=NOW,
            )  # fmt: skip

    with pytest.raises(Refused) as refused:
        try_to("", 0, form.stamp)
    assert {name: what.en for name, what in refused.value.fields.items()} == {
        "leader": "Enter the name of the responsible leader.",
        "without": CONFIRM_MISSING.format(n=26, which=first_of(form.missing)).en,
    }
    save(database, people["colleague"], {"sorting_join": "80"}, seen=1)
    with pytest.raises(Stale):
        try_to(LEADER, 26, form.stamp)
    assert reported(database) == []


def test_a_resubmission_supersedes_what_changed_and_leaves_the_rest(database: Database):
    people = an_open_year(database)
    save(database, people[JIANWAI], SOIL)
    submit(database, people[JIANWAI])
    send_back(database, people["office"], figures=["hazard_ledger", "waste_free_cells"])
    assert [each[3] for each in reported(database)] == ["reported", "returned", "reported", "reported", "returned"]

    save(database, people[JIANWAI], {"hazard_ledger": "no", "sorting_join": ""}, seen=1, now=LATER)
    assert submit(database, people[JIANWAI], now=LATER) == "2026-110105001-02"

    assert reported(database) == [
        ("hazard_contract", "2026", 1_000_000, "reported"),
        ("hazard_ledger", "2026", 0, "reported"),
        ("hazard_storage", "2026", 0, "reported"),
        ("sorting_join", "2026", None, "reported"),
        ("waste_free_cells", "2026", 3_000_000, "reported"),
    ]
    form = form_now(database, people[JIANWAI])
    with database.reading() as session:
        newest, before = submitted(events_of(session, cycle=form.year.cycle.id, unit=JIANWAI))
        assert session.query(Value).filter(Value.superseded_at.is_not(None)).count() == 2
    assert newest is not None
    assert before is not None
    assert [(each.name, each.old, each.new) for each in changes(form, before.answers, newest.answers)] == [
        ("sorting_join", "92.5", ""),
        ("hazard_ledger", "yes", "no"),
    ]


def test_a_returned_form_says_why_at_the_sections_that_are_meant(database: Database):
    people = an_open_year(database)
    save(database, people[JIANWAI], SOIL)
    submit(database, people[JIANWAI])

    send_back(database, people["office"], reason="台账不全", figures=["hazard_ledger"])

    form = form_now(database, people[JIANWAI], now=LATER)
    assert (form.row.state, form.row.returned_reason, form.row.returned_figures) == (
        SubmissionState.RETURNED, "台账不全", ("hazard_ledger",),
    )  # fmt: skip
    assert form.standing(form.section("soil")) is SectionState.RETURNED
    assert form.standing(form.section("air")) is SectionState.NOT_STARTED
    save(database, people[JIANWAI], {"hazard_ledger": "no"}, seen=1, now=LATER + timedelta(hours=1))
    form = form_now(database, people[JIANWAI], now=LATER)
    assert form.standing(form.section("soil")) is SectionState.FILLED


def test_only_who_certifies_something_returns_a_form_and_never_ones_own(database: Database):
    people = an_open_year(database)
    save(database, people[JIANWAI], SOIL)
    submit(database, people[JIANWAI])

    with pytest.raises(NotAllowed):
        send_back(database, people[JIANWAI])
    with pytest.raises(Refused) as refused:
        send_back(database, people["evaluator"], reason="", figures=["hazard_ledger"])
    assert sorted(refused.value.fields) == ["figures", "reason"]
    both = people[JIANWAI].__class__(**{**people[JIANWAI].__dict__, "roles": people["office"].roles})
    with pytest.raises(NotAllowed):
        send_back(database, both)
    send_back(database, people["evaluator"], figures=["outfalls_done"])
    assert form_now(database, people[JIANWAI]).row.state is SubmissionState.RETURNED


def test_a_withdrawn_form_is_a_draft_again_and_reports_nothing(database: Database):
    people = an_open_year(database)
    save(database, people[JIANWAI], {"hazard_ledger": "yes"})
    submit(database, people[JIANWAI])

    withdraw(database, people["colleague"])

    assert form_now(database, people[JIANWAI]).row.state is SubmissionState.DRAFT
    assert reported(database) == [("hazard_ledger", "2026", None, "reported")]
    save(database, people[JIANWAI], {"hazard_ledger": "no"}, seen=1)
    assert submit(database, people[JIANWAI]) == "2026-110105001-02"
    assert reported(database) == [("hazard_ledger", "2026", 0, "reported")]


def test_nothing_is_withdrawn_once_a_value_is_certified_or_collecting_is_over(database: Database):
    people = an_open_year(database)
    save(database, people[JIANWAI], {"hazard_ledger": "yes"})
    submit(database, people[JIANWAI])
    with database.writing() as session:
        session.query(Value).update({Value.state: "certified"})
    with pytest.raises(Refused) as refused:
        withdraw(database, people[JIANWAI])
    assert refused.value.what.en.startswith("Some values are already certified")

    move_to(database, Stage.VERIFYING)
    with pytest.raises(Refused) as refused:
        withdraw(database, people[JIANWAI])
    assert refused.value.what.en.startswith("Submission has ended")


def test_after_collecting_only_returned_forms_and_reopened_units_report(database: Database):
    people = an_open_year(database)
    for unit in (JIANWAI, CHAOWAI):
        save(database, people[unit], {"hazard_ledger": "yes"}, unit=unit)
    submit(database, people[JIANWAI])
    move_to(database, Stage.VERIFYING)
    send_back(database, people["office"])

    save(database, people[JIANWAI], {"hazard_ledger": "no"}, seen=1, now=AFTER_COLLECTING)
    assert submit(database, people[JIANWAI], now=AFTER_COLLECTING) == "2026-110105001-02"
    with pytest.raises(Refused) as refused:
        save(database, people[CHAOWAI], {"hazard_ledger": "no"}, unit=CHAOWAI, seen=1, now=AFTER_COLLECTING)
    assert refused.value.what.zh.startswith("填报阶段已结束（当前阶段：核定）")
    with database.writing() as session:
        cycle = year_2026(session)
        session.add(
            Reopening(
                cycle_id=cycle.id, unit=CHAOWAI, until=date(2026, 12, 14), reason="系统故障", opened_by=1, opened_at=NOW
            )
        )
    save(database, people[CHAOWAI], {"hazard_ledger": "no"}, unit=CHAOWAI, seen=1, now=AFTER_COLLECTING)
    with pytest.raises(Refused):
        save(
            database, people[CHAOWAI], {"hazard_ledger": "yes"}, unit=CHAOWAI, seen=2,
            now=AFTER_COLLECTING + timedelta(days=3),
        )  # fmt: skip


def test_the_office_sees_where_every_form_stands(database: Database):
    people = an_open_year(database)
    save(database, people[JIANWAI], SOIL)
    submit(database, people[JIANWAI])
    save(database, people[CHAOWAI], {"hazard_ledger": "yes"}, unit=CHAOWAI)

    with database.reading() as session:
        cycle = year_2026(session)
        rows = overview(session, people["office"], cycle=cycle, now=NOW)
        handed_in = overview(session, people["evaluator"], cycle=cycle, state=SubmissionState.SUBMITTED, now=NOW)
        with pytest.raises(NotAllowed):
            overview(session, people[JIANWAI], cycle=cycle, now=NOW)

    assert [(each.row.unit, each.label.en, each.filled, each.all) for each in rows] == [
        (JIANWAI, "submitted", 5, 31),
        (CHAOWAI, "draft", 1, 29),
        ("110105003", "Not started", 0, 29),
    ]
    assert [each.row.unit for each in handed_in] == [JIANWAI]


def test_nobody_submits_or_withdraws_another_units_form(database: Database):
    people = an_open_year(database)
    save(database, people[JIANWAI], SOIL)

    with pytest.raises(NotFound):
        submit(database, people[CHAOWAI])
    with database.writing() as session, pytest.raises(NotFound):
        withdraw_form(session, people["office"], cycle=year_2026(session), unit=JIANWAI, seen=0, now=NOW)
