"""Findings at work: recorded, brought on step by step, each by whom it is for, and never changed unseen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from assess.core.actors import Role
from assess.core.errors import Declined, NotAllowed, NotFound, Refused, Stale
from assess.core.findings.filing import TypedFinding
from assess.core.findings.states import FindingState as State
from assess.core.findings.states import FindingStep as Step
from assess.core.workflow import Stage
from assess.services.accounts import Duty
from assess.store.models import AuditEntry, Cycle, Grant
from assess.store.session import Database
from tests.services.findings import DUST, a_ledger, page_of, record, row_of, step
from tests.years import CHAOWAI, JIANWAI, NOW, a_person, person


@pytest.fixture
def ledger(database: Database) -> Database:
    return a_ledger(database)


@pytest.fixture
def sqlite_ledger(sqlite_url: str) -> Iterator[Database]:
    """The same where the engine does not matter."""
    opened = Database(sqlite_url)
    yield a_ledger(opened)
    opened.close()


def last_entries(database: Database, count: int = 1) -> list[tuple[str, str, object, object]]:
    """What the audit log says last."""
    with database.reading() as session:
        found = session.query(AuditEntry).order_by(AuditEntry.number.desc()).limit(count).all()
    return [(each.subject, each.action, each.old, each.new) for each in reversed(found)]


def somebody_of_both(database: Database) -> None:
    """An evaluator who also reports for the first unit."""
    duties = Duty(Role.EVALUATOR, department="water-bureau"), Duty(Role.OFFICIAL, unit=JIANWAI)
    with database.writing() as session:
        a_person(session, "both", *duties)


def test_a_finding_is_numbered_recorded_and_assigned_in_one_act(ledger: Database):
    assert record(ledger).number == 1

    row = row_of(ledger)
    assert (row.state, row.unit, row.kind, row.domain, row.recorded_by) == (
        State.ASSIGNED, JIANWAI, "dust", "air", "evaluator",
    )  # fmt: skip
    assert (row.found_on, row.since, row.deadline) == (date(2026, 11, 20), date(2026, 11, 20), date(2026, 12, 4))
    history = page_of(ledger, "office").history
    assert [(each.step, each.who, each.what.en, each.delay and each.delay.en) for each in history] == [
        (Step.FIND, "evaluator", "Found", "recorded 7 days later"),
        (Step.ASSIGN, "evaluator", "Assigned, deadline 2026-12-04", "recorded 7 days later"),
    ]  # fmt: skip
    assert last_entries(ledger) == [(
        "finding:2026/1", "recorded", None,
        {
            "number": 1, "unit": JIANWAI, "source": "patrol", "kind": "dust", "domain": "air", "what": "渣土未苫盖",
            "place": "建国路 88 号", "latitude": None, "longitude": None, "patrol_id": None,
            "found_on": "2026-11-20", "deadline": "2026-12-04", "state": "assigned",
        },
    )]  # fmt: skip


def test_the_whole_loop_runs_from_finding_to_the_look_back(ledger: Database):
    record(ledger, DUST._replace(deadline=""))
    for taken, who, given in [
        ("assign", "office", {"deadline": "2026-11-30"}),
        ("start", JIANWAI, {}),
        ("report", JIANWAI, {"reason": "已苫盖"}),
        ("return", "reviewer", {"reason": "北侧仍裸露", "deadline": "2026-12-02"}),
        ("report", "colleague", {"reason": "北侧已苫盖"}),
        ("pass", "reviewer", {}),
        ("close", "office", {}),
        ("look-back", "evaluator", {}),
        ("reopen", "evaluator", {"reason": "又裸露", "deadline": "2026-12-09"}),
    ]:
        step(ledger, taken, who, **given)

    row = row_of(ledger)
    assert (row.state, row.deadline, row.returns, row.reopenings) == (State.REOPENED, date(2026, 12, 9), 1, 1)
    assert (row.fixed_on, row.closed_on, row.days) == (None, None, None)
    assert [each.step.value for each in page_of(ledger, JIANWAI).history] == [
        "find", "assign", "start", "report", "return", "report", "pass", "close", "look-back", "reopen",
    ]  # fmt: skip
    assert [action for _, action, _, _ in last_entries(ledger, 10)] == [
        "recorded", "assigned", "started", "reported", "returned", "reported", "passed", "closed", "looked back",
        "reopened",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("who", "error"),
    [(JIANWAI, NotAllowed), ("leader", NotAllowed), ("receiver", NotAllowed), ("office", None), ("evaluator", None)],
)
def test_only_inspectors_record(sqlite_ledger: Database, who: str, error: type[Declined] | None):
    if error is None:
        assert record(sqlite_ledger, who=who).number == 1
    else:
        with pytest.raises(error):
            record(sqlite_ledger, who=who)


def test_nobody_inspects_a_unit_that_they_report_for(sqlite_ledger: Database):
    somebody_of_both(sqlite_ledger)
    with pytest.raises(NotAllowed, match="You report for"):
        record(sqlite_ledger, who="both")
    assert record(sqlite_ledger, DUST._replace(unit=CHAOWAI), who="both").number == 1
    record(sqlite_ledger)
    step(sqlite_ledger, "report", "both", number=2, reason="done")
    with pytest.raises(NotAllowed, match="You report for"):
        step(sqlite_ledger, "pass", "both", number=2)
    assert page_of(sqlite_ledger, "both", 2).steps == (Step.ASK,)


def test_whoever_put_it_right_never_accepts_it_even_in_another_office(sqlite_ledger: Database):
    somebody_of_both(sqlite_ledger)
    record(sqlite_ledger)
    step(sqlite_ledger, "report", "both", reason="done")
    with sqlite_ledger.writing() as session:
        session.query(Grant).filter_by(role=Role.OFFICIAL, account_id=person(sqlite_ledger, "both").account).delete()

    assert Step.PASS not in page_of(sqlite_ledger, "both").steps
    with pytest.raises(NotAllowed, match="You cannot certify, review or decide on what you entered"):
        step(sqlite_ledger, "pass", "both")


@pytest.mark.parametrize("who", [CHAOWAI, "receiver"])
def test_a_finding_of_another_unit_is_not_told_of(sqlite_ledger: Database, who: str):
    record(sqlite_ledger)
    for number in (1, 2):
        with pytest.raises(NotFound, match="no such finding"):
            page_of(sqlite_ledger, who, number)
    with pytest.raises(NotFound, match="no such finding"):
        step(sqlite_ledger, "start", who)


def test_each_reader_is_offered_what_they_may_do(sqlite_ledger: Database):
    record(sqlite_ledger)
    offered = {who: page_of(sqlite_ledger, who).steps for who in (JIANWAI, "evaluator", "office", "leader")}

    assert offered == {
        JIANWAI: (Step.START, Step.REPORT, Step.ASK),
        "evaluator": (Step.ASSIGN, Step.ASK),
        "office": (Step.ASSIGN, Step.ASK),
        "leader": (),
    }
    for who, steps in offered.items():
        for each in set(Step) - set(steps) - {Step.FIND}:
            with pytest.raises(Declined):
                step(
                    sqlite_ledger, each.value, who, reason="because", deadline="2026-12-30", relief="extension", seen=1
                )
    assert row_of(sqlite_ledger).version == 1


def test_relief_is_asked_for_with_a_reason_and_granted_by_another(sqlite_ledger: Database):
    record(sqlite_ledger)
    with pytest.raises(Refused) as refused:
        step(sqlite_ledger, "ask", JIANWAI, relief="extension")
    assert {field: what.en for field, what in refused.value.fields.items()} == {
        "reason": "Enter the reason.", "deadline": "Enter the deadline for correction.",
    }  # fmt: skip
    step(sqlite_ledger, "ask", JIANWAI, relief="extension", deadline="2026-12-11", reason="雨天")
    page = page_of(sqlite_ledger, "office")
    assert (page.asked and page.asked.what.en, page.row.waits_for_decision) == (
        "Requested an extension until 2026-12-11", True,
    )  # fmt: skip
    step(sqlite_ledger, "approve", "office")
    row = row_of(sqlite_ledger)
    assert (row.deadline, row.extensions, row.waits_for_decision) == (date(2026, 12, 11), 1, False)

    step(sqlite_ledger, "ask", "evaluator", relief="voiding", reason="不在本区")
    with pytest.raises(NotAllowed):
        step(sqlite_ledger, "approve", "evaluator")
    assert step(sqlite_ledger, "approve", "reviewer").state is State.VOID


def test_a_suspended_finding_has_its_days_back(sqlite_ledger: Database):
    record(sqlite_ledger)
    step(sqlite_ledger, "ask", JIANWAI, relief="suspension", reason="重大活动")
    step(sqlite_ledger, "approve", "office")
    assert row_of(sqlite_ledger).state is State.SUSPENDED
    step(sqlite_ledger, "resume", "office", days=5)
    assert (row_of(sqlite_ledger).state, row_of(sqlite_ledger).deadline) == (State.ASSIGNED, date(2026, 12, 9))


def test_a_report_says_what_was_done(sqlite_ledger: Database):
    record(sqlite_ledger)
    with pytest.raises(Refused) as refused:
        step(sqlite_ledger, "report", JIANWAI, reason=" \n")
    assert {name: what.en for name, what in refused.value.fields.items()} == {
        "reason": "Enter what was corrected, or upload a photo of it."
    }


def test_of_two_who_saw_the_same_state_the_second_is_told(ledger: Database):
    record(ledger)
    step(ledger, "start", JIANWAI, seen=1)
    with pytest.raises(Stale):
        step(ledger, "report", "colleague", seen=1, reason="done")
    assert row_of(ledger).state is State.RECTIFYING


def test_even_a_step_that_changes_nothing_that_is_kept_counts_as_one(sqlite_ledger: Database):
    record(sqlite_ledger)
    step(sqlite_ledger, "report", JIANWAI, reason="done")
    for each in ("pass", "close", "look-back"):
        step(sqlite_ledger, each, "reviewer")
    before = row_of(sqlite_ledger)
    step(sqlite_ledger, "look-back", "reviewer")
    assert row_of(sqlite_ledger) == before._replace(version=before.version + 1)


@pytest.mark.parametrize("stage", [Stage.PREPARING, Stage.PROVISIONAL, Stage.FINAL])
def test_a_stage_that_locks_findings_says_so(sqlite_ledger: Database, stage: Stage):
    record(sqlite_ledger)
    with sqlite_ledger.writing() as session:
        session.query(Cycle).one().stage = stage
    page = page_of(sqlite_ledger, JIANWAI)
    assert page.steps == ()
    assert page.locked is not None
    for act in (lambda: record(sqlite_ledger), lambda: step(sqlite_ledger, "start", JIANWAI)):
        with pytest.raises(Refused, match="That is done at the stage Collecting or Certifying"):
            act()


def test_what_is_typed_wrong_is_told_field_by_field_and_takes_no_number(ledger: Database):
    with pytest.raises(Refused) as refused:
        record(ledger, TypedFinding("x", "", "", "", "", "", deadline="2026-11-19"))
    assert sorted(refused.value.fields) == ["found_on", "kind", "place", "source", "unit", "what"]
    with pytest.raises(Refused) as refused:
        record(ledger, DUST._replace(deadline="2026-11-19"))
    assert {name: what.en for name, what in refused.value.fields.items()} == {
        "deadline": "The deadline cannot be before 2026-11-20."
    }
    assert record(ledger).number == 1


def test_steps_may_be_written_down_later_but_not_before_the_last(sqlite_ledger: Database):
    record(sqlite_ledger)
    step(sqlite_ledger, "report", JIANWAI, days=6, day="2026-11-30", reason="done")
    row = row_of(sqlite_ledger)
    assert (row.fixed_on, row.days) == (date(2026, 11, 30), 10)
    with pytest.raises(Refused, match="The date cannot be before that of the previous step,"):
        step(sqlite_ledger, "pass", "reviewer", days=6, day="2026-11-29")
    with pytest.raises(Refused, match="cannot be later than today"):
        step(sqlite_ledger, "pass", "reviewer", days=6, day="2026-12-04")


def test_the_database_refuses_to_change_a_history(ledger: Database):
    record(ledger)
    for change in ("UPDATE finding_event SET day = '2026-01-01'", "DELETE FROM finding_event"):
        with pytest.raises(DBAPIError, match="never changed"), ledger.writing() as session:
            session.execute(text(change))
    assert len(page_of(ledger, "office", now=NOW + timedelta(days=1)).history) == 2
