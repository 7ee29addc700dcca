"""A year opens, goes through its stages, and keeps its dates."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from assess.core.actors import Actor
from assess.core.errors import NotAllowed, Refused, Stale
from assess.core.stages.timeline import StageSpan
from assess.core.workflow import Stage
from assess.services import stages
from assess.services.previous import state_none
from assess.store.models import Obligation, Submission
from assess.store.queries.previous import FIGURES, RESULTS
from assess.store.queries.stages import moves_of, spans_of
from assess.store.session import Database, Session
from tests.audit import entries
from tests.services.forms import an_open_year, year_2026
from tests.services.moves import AFTER
from tests.years import CHAOWAI, JIANWAI, NOW, a_year, people, person

SPANS = {
    Stage.COLLECTING: StageSpan(date(2026, 11, 1), date(2026, 12, 10)),
    Stage.VERIFYING: StageSpan(date(2026, 12, 11), date(2026, 12, 20)),
    Stage.PROVISIONAL: StageSpan(date(2026, 12, 21), date(2026, 12, 27)),
    Stage.APPEALS: StageSpan(date(2026, 12, 28), date(2027, 1, 10)),
}


@pytest.fixture
def preparing(database: Database) -> Database:
    """A year that is set up but for what was reported the year before."""
    with database.writing() as session:
        a_year(session, stage=Stage.PREPARING)
        people(session)
    return database


@pytest.fixture
def collecting(database: Database) -> Database:
    """A year that units report to."""
    an_open_year(database)
    return database


def move(database: Database, to: Stage, username: str = "office", **facts: object) -> None:
    """Take the year to a stage once the one before is over, in a transaction of its own."""
    facts = {"now": AFTER.get(to, NOW), **facts}
    with database.writing() as session:
        stages.move_year(session, person(database, username), cycle=year_2026(session), to=to, **facts)


def test_a_year_opens_only_when_nothing_is_missing_that_it_needs(preparing: Database):
    with pytest.raises(Refused) as refused:
        move(preparing, Stage.COLLECTING)

    assert refused.value.what == (
        "还不能启动，请先完成：上年数据和结果。",
        "The year cannot be opened yet. Complete first: Last year's figures and results.",
    )
    with preparing.reading() as session:
        assert (year_2026(session).stage, moves_of(session, year_2026(session).id)) == (Stage.PREPARING, [])


def test_a_year_that_opens_lays_the_tasks_on_its_units(preparing: Database):
    with preparing.writing() as session:
        say_there_was_nothing_before(session, person(preparing, "office"))
        laid = session.query(Obligation).count()
        session.query(Obligation).delete()
    move(preparing, Stage.COLLECTING)

    with preparing.reading() as session:
        row = year_2026(session)
        assert (row.stage, row.opened) == (Stage.COLLECTING, True)
        assert session.query(Obligation).count() == laid > 0


def test_two_officers_who_press_at_once_move_the_year_by_one_stage(collecting: Database):
    with collecting.reading() as session:
        seen = year_2026(session).version
    move(collecting, Stage.VERIFYING, seen=seen)
    with pytest.raises(Stale):
        move(collecting, Stage.PROVISIONAL, seen=seen)

    with collecting.reading() as session:
        assert year_2026(session).stage is Stage.VERIFYING


def test_only_the_office_moves_a_year(collecting: Database):
    for username in (JIANWAI, "evaluator", "leader"):
        with pytest.raises(NotAllowed):
            move(collecting, Stage.VERIFYING, username)


def test_a_step_back_needs_a_reason_and_stands_in_the_history(collecting: Database):
    move(collecting, Stage.VERIFYING)
    with pytest.raises(Refused):
        move(collecting, Stage.COLLECTING, reason="  ")
    move(collecting, Stage.COLLECTING, reason="汛期延长填报")

    with collecting.reading() as session:
        told = [(row.origin, row.target, row.reason, row.who) for row in moves_of(session, year_2026(session).id)]
        assert told == [
            (Stage.VERIFYING, Stage.COLLECTING, "汛期延长填报", "office"),
            (Stage.COLLECTING, Stage.VERIFYING, None, "office"),
        ]


def test_who_did_not_submit_a_returned_form_again_has_accepted_the_return(collecting: Database):
    with collecting.writing() as session:
        cycle = year_2026(session).id
        session.add(Submission(cycle_id=cycle, unit=CHAOWAI, state="returned", times=1))
        session.add(Submission(cycle_id=cycle, unit=JIANWAI, state="certified", times=1))
    move(collecting, Stage.VERIFYING)
    move(collecting, Stage.PROVISIONAL)

    with collecting.reading() as session:
        newest, before = moves_of(session, year_2026(session).id)
        assert before.accepted is None
        assert newest.accepted == {
            "answer": "resubmit",
            "words": ["逾期未重新报送，视为认可退回意见", "not submitted again in time: the return counts as accepted"],
            "units": [CHAOWAI],
        }
        assert entries(session)[-1].new["accepted"] == newest.accepted


def test_dates_of_an_open_year_change_for_a_reason_and_the_log_keeps_both(collecting: Database):
    office = person(collecting, "office")
    with pytest.raises(Refused) as refused, collecting.writing() as session:
        stages.set_dates(session, office, cycle=year_2026(session), spans=SPANS, now=NOW)
    assert set(refused.value.fields) == {"reason"}

    with collecting.writing() as session:
        stages.set_dates(session, office, cycle=year_2026(session), spans=SPANS, now=NOW, reason="通知延期")
    with collecting.reading() as session:
        assert spans_of(session, year_2026(session).id) == SPANS
        entry = entries(session)[-1]
        assert (entry.action, entry.old["collecting"], entry.new["collecting"], entry.new["reason"]) == (
            "set",
            ["2026-01-01", "2026-12-10"],
            ["2026-11-01", "2026-12-10"],
            "通知延期",
        )


def test_dates_must_follow_one_another(preparing: Database):
    office = person(preparing, "office")
    wrong = {
        **SPANS,
        Stage.VERIFYING: StageSpan(date(2026, 12, 10), date(2026, 12, 9)),
    }
    with pytest.raises(Refused) as refused, preparing.writing() as session:
        stages.set_dates(session, office, cycle=year_2026(session), spans=wrong, now=NOW)

    assert {name: text.en for name, text in refused.value.fields.items()} == {
        "verifying_begins": "This must begin after the stage Collecting, which ends on 2026-12-10.",
        "verifying_ends": "The last day is before the first. Check both.",
    }


def test_a_stage_of_an_open_year_never_loses_its_dates(collecting: Database):
    office, spans = person(collecting, "office"), {**SPANS, Stage.APPEALS: (None, None)}
    with pytest.raises(Refused) as refused, collecting.writing() as session:
        stages.set_dates(session, office, cycle=year_2026(session), spans=spans, now=NOW, reason="x")

    assert set(refused.value.fields) == {"appeals_begins"}


def say_there_was_nothing_before(session: Session, office: Actor) -> None:
    """State that there are neither figures nor results of the year before."""
    for kind in (FIGURES, RESULTS):
        state_none(session, office, cycle=year_2026(session), kind=kind, now=NOW)


def test_of_many_who_press_at_once_exactly_one_moves_the_year(collecting: Database):
    with collecting.reading() as session:
        seen = year_2026(session).version

    def presses(_n: int) -> str:
        try:
            move(collecting, Stage.VERIFYING, seen=seen)
        except (Refused, Stale):
            return "told"
        return "moved"

    with ThreadPoolExecutor(6) as pool:
        answers = sorted(pool.map(presses, range(6)))

    assert answers == ["moved", *["told"] * 5]
