"""A stage is ended before its last day, and a year becomes final, by two people; silence counts after the day only."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assess.core.actors import Actor
from assess.core.errors import NotAllowed, Refused, Stale
from assess.core.stages.timeline import StageSpan
from assess.core.workflow import Request, Stage
from assess.services import runs, stages
from assess.services.appeals.lodging import window_of
from assess.store.models import MoveRequest, Reopening
from assess.store.queries.stages import moves_of, spans_of
from assess.store.session import Database
from tests.audit import entries
from tests.services.appeals import a_noticed_year, lodge, make_and_release, rule
from tests.services.forms import an_open_year, year_2026
from tests.services.moves import approve, ask, newest, second_person, take
from tests.services.runs import a_run, a_supplied_year
from tests.years import CHAOWAI, COLLECTED, JIANWAI, NOW, OVER, PUBLISHED, VERIFIED

EVE_OF_OVER = datetime(2027, 1, 10, 15, 59, 59, tzinfo=UTC)
"""The last second of the last day for appeals in Beijing."""
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def office(database: Database) -> Actor:
    """An officer of a year that units report to."""
    return an_open_year(database)["office"]


def stage(database: Database) -> Stage:
    """Where the year stands."""
    with database.reading() as session:
        return year_2026(session).stage


def request(database: Database, row: int) -> MoveRequest:
    """A request as it is kept."""
    with database.reading() as session:
        return session.get_one(MoveRequest, row)


@ON_SQLITE
def test_nobody_alone_ends_a_stage_on_its_last_day_in_beijing_and_anybody_of_the_office_the_day_after(
    database: Database, instance: Path
):
    people = a_noticed_year(database, instance / "uploads", units=3)
    office, deputy = people["office"], people["deputy"]
    with pytest.raises(Refused, match="2026-12-27, the last day of the stage Provisional, has not passed"):
        take(database, office, Stage.APPEALS, datetime(2026, 12, 27, 15, 59, tzinfo=UTC))
    take(database, office, Stage.APPEALS, datetime(2026, 12, 27, 16, 0, tzinfo=UTC))
    assert newest(database).accepted is None

    with pytest.raises(Refused, match="2027-01-10, the last day of the stage Appeals, has not passed"):
        take(database, office, Stage.FINAL, EVE_OF_OVER)
    with pytest.raises(Refused, match="moving to the stage Final takes two people"):
        take(database, office, Stage.FINAL, OVER)
    with pytest.raises(Refused) as refused:
        ask(database, office, Stage.FINAL, now=EVE_OF_OVER, reason=" ")
    assert set(refused.value.fields) == {"reason"}

    row = ask(database, office, Stage.FINAL, now=OVER)
    with pytest.raises(NotAllowed):
        approve(database, office, row, now=OVER)
    approve(database, deputy, row, now=OVER)
    made = newest(database)
    assert (stage(database), made.moved_by, made.approved_by, made.cut_short) == (
        Stage.FINAL, office.account, deputy.account, None,
    )  # fmt: skip
    assert made.accepted is not None
    assert made.accepted["units"] == [JIANWAI, CHAOWAI, "110105003"]


@ON_SQLITE
def test_an_early_end_is_recorded_as_that_with_both_people_and_nobody_is_said_to_have_kept_silent(
    database: Database, instance: Path
):
    people = a_noticed_year(database, instance / "uploads", units=3)
    office, deputy = people["office"], people["deputy"]
    take(database, office, Stage.APPEALS, PUBLISHED)
    row = ask(database, office, Stage.FINAL, now=PUBLISHED, reason="各单位均已书面确认")
    approve(database, deputy, row, now=PUBLISHED, ruling="已核对确认函")

    with database.reading() as session:
        cycle = year_2026(session)
        made = moves_of(session, cycle.id)[0]
        assert (made.who, made.approver, made.reason, made.cut_short, made.silences) == (
            "office", "deputy", "各单位均已书面确认", date(2027, 1, 10), (),
        )  # fmt: skip
        assert cycle.ended == {Stage.APPEALS: date(2026, 12, 28)}
        asked, approved, moved = entries(session)[-3:]
        assert (asked.subject, asked.action, asked.new["last_day"]) == (f"move:2026/{row}", "asked", "2027-01-10")
        assert (approved.action, approved.actor, approved.new["ruling"]) == ("approved", "deputy", "已核对确认函")
        assert (moved.action, moved.new) == (
            "moved",
            {
                "stage": "final", "reason": "各单位均已书面确认", "accepted": None, "cut_short": "2027-01-10",
                "asker": "office", "approver": "deputy",
            },
        )  # fmt: skip
        locked = window_of(cycle, OVER).locked
    assert locked is not None
    assert locked.en.startswith("The appeal period was ended early, on 2026-12-28 instead of 2027-01-10")


def test_every_stage_with_a_last_day_is_ended_early_by_two_people_only(database: Database, office: Actor):
    deputy = second_person(database)
    for to in (Stage.VERIFYING, Stage.PROVISIONAL, Stage.APPEALS):
        with pytest.raises(Refused, match="has not passed"):
            take(database, office, to, NOW)
        approve(database, deputy, ask(database, office, to, now=NOW, reason="提前完成"), now=NOW)
        assert (stage(database), newest(database).accepted) == (to, None)
    with pytest.raises(Refused, match="No result was released"):
        ask(database, office, Stage.FINAL, now=OVER)
    take(database, office, Stage.VERIFYING, NOW, reason="重来")
    with pytest.raises(Refused, match="no approval is needed"):
        ask(database, office, Stage.PROVISIONAL, now=VERIFIED)


def test_a_request_is_approved_only_as_it_was_asked_for(database: Database, office: Actor):
    deputy = second_person(database)
    row = ask(database, office, Stage.VERIFYING, now=NOW, reason="x")
    with database.reading() as session:
        spans = spans_of(session, year_2026(session).id)
    later = {**spans, Stage.COLLECTING: StageSpan(spans[Stage.COLLECTING].begins, date(2026, 12, 12))}
    later |= {Stage.VERIFYING: StageSpan(date(2026, 12, 13), date(2026, 12, 20))}
    later |= {Stage.PROVISIONAL: StageSpan(date(2026, 12, 21), date(2026, 12, 27))}
    later |= {Stage.APPEALS: StageSpan(date(2026, 12, 28), date(2027, 1, 10))}
    set_dates(database, office, later)
    with pytest.raises(Stale, match="The last day was changed from 2026-12-10 to 2026-12-12"):
        approve(database, deputy, row, now=NOW)
    assert (stage(database), request(database, row).state) == (Stage.COLLECTING, Request.ASKED)

    with pytest.raises(Refused, match="office already requested the stage Certifying"):
        ask(database, deputy, Stage.VERIFYING, now=NOW, reason="y")
    with database.writing() as session:
        stages.refuse_move(session, deputy, cycle=year_2026(session), row=row, ruling="再等", now=NOW)
    with pytest.raises(Refused, match="is rejected and cannot be approved"):
        approve(database, deputy, row, now=NOW)
    again = ask(database, office, Stage.VERIFYING, now=NOW, reason="x")
    with pytest.raises(Refused, match="only they can withdraw it"):
        withdraw(database, deputy, again)
    withdraw(database, office, again)
    third = ask(database, office, Stage.VERIFYING, now=NOW, reason="x")
    approve(database, deputy, third, now=datetime(2026, 12, 13, 2, 0, tzinfo=UTC))
    assert newest(database).cut_short is None


def set_dates(database: Database, office: Actor, spans: dict[Stage, StageSpan]) -> None:
    """The office changes the dates."""
    with database.writing() as session:
        stages.set_dates(session, office, cycle=year_2026(session), spans=spans, now=NOW, reason="延期")


def withdraw(database: Database, actor: Actor, row: int) -> None:
    """Somebody takes back a request."""
    with database.writing() as session:
        stages.withdraw_move(session, actor, cycle=year_2026(session), row=row, ruling="不再需要", now=NOW)


@ON_SQLITE
def test_a_new_appeal_or_a_new_result_keeps_a_request_from_being_approved(database: Database, instance: Path):
    folder = instance / "uploads"
    people = a_noticed_year(database, folder, units=3)
    office, deputy, third = people["office"], people["deputy"], people["third"]
    take(database, office, Stage.APPEALS, PUBLISHED)
    row = ask(database, office, Stage.FINAL, now=PUBLISHED, reason="x")
    number = lodge(database, people[JIANWAI])
    with pytest.raises(Refused, match="Appeals not decided yet: 1"):
        approve(database, deputy, row, now=PUBLISHED)
    rule(database, third, number, outcome="rejected")
    make_and_release(database, office, folder)
    with pytest.raises(Stale, match="Another run was released after this request"):
        approve(database, deputy, row, now=PUBLISHED)
    assert stage(database) is Stage.APPEALS


def test_of_many_who_approve_at_once_one_moves_the_year_and_by_one_stage(database: Database, office: Actor):
    deputies = [second_person(database)] * 4
    row = ask(database, office, Stage.VERIFYING, now=NOW, reason="x")

    def presses(deputy: Actor) -> str:
        try:
            approve(database, deputy, row, now=NOW)
        except (Refused, Stale):
            return "told"
        return "moved"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(presses, deputies)) == ["moved", "told", "told", "told"]
    assert stage(database) is Stage.VERIFYING


def test_a_request_is_withdrawn_when_the_year_goes_another_way(database: Database, office: Actor):
    take(database, office, Stage.VERIFYING, COLLECTED)
    row = ask(database, office, Stage.PROVISIONAL, now=COLLECTED, reason="x")
    take(database, office, Stage.COLLECTING, COLLECTED, reason="补报")
    assert request(database, row).state == Request.WITHDRAWN


def test_a_stage_is_not_over_while_somebody_was_let_report(database: Database, office: Actor):
    take(database, office, Stage.VERIFYING, COLLECTED)
    with database.writing() as session:
        session.add(
            Reopening(
                cycle_id=year_2026(session).id, unit=None, department="water-bureau", until=date(2026, 12, 24),
                reason="x", opened_by=office.account, opened_at=COLLECTED,
            )
        )  # fmt: skip
    with pytest.raises(Refused, match="2026-12-24, the last day of the stage Certifying, has not passed"):
        take(database, office, Stage.PROVISIONAL, VERIFIED)
    take(database, office, Stage.PROVISIONAL, datetime(2026, 12, 25, 2, 0, tzinfo=UTC))


@ON_SQLITE
def test_nothing_is_first_shown_when_the_time_to_appeal_is_over(database: Database, instance: Path):
    office = a_supplied_year(database, units=2)["office"]
    a_run(database, office, instance / "uploads")
    with pytest.raises(Refused, match="The appeal period ended on 2027-01-10"), database.writing() as session:
        runs.release_provisional(session, office, cycle=year_2026(session), number=1, now=OVER)
    with pytest.raises(Refused, match="2026-12-20, the last day of"), database.writing() as session:
        runs.release_provisional(session, office, cycle=year_2026(session), number=1, now=NOW)
    assert stage(database) is Stage.VERIFYING


def test_the_last_day_of_a_time_that_is_running_only_becomes_later(database: Database, office: Actor):
    for to, now in ((Stage.VERIFYING, COLLECTED), (Stage.PROVISIONAL, VERIFIED)):
        take(database, office, to, now)
    with database.reading() as session:
        spans = spans_of(session, year_2026(session).id)
    spans = {
        **spans,
        Stage.VERIFYING: StageSpan(date(2026, 12, 11), date(2026, 12, 20)),
        Stage.PROVISIONAL: StageSpan(date(2026, 12, 21), date(2026, 12, 27)),
    }
    with pytest.raises(Refused) as refused:
        set_dates(database, office, {**spans, Stage.APPEALS: StageSpan(date(2026, 12, 28), date(2026, 12, 29))})
    assert set(refused.value.fields) == {"appeals_ends"}
    set_dates(database, office, {**spans, Stage.APPEALS: StageSpan(date(2026, 12, 28), date(2027, 1, 12))})
