"""Silence is recorded once, after the day, of those who could have answered and did not."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from assess.core.workflow import Stage
from assess.services import appeals
from assess.store.models import Submission, SubmissionEvent
from assess.store.queries.stages import moves_of
from assess.store.session import Database
from tests.services.appeals import a_noticed_year, lodge, make_and_release, rule
from tests.services.forms import an_open_year, year_2026
from tests.services.moves import move_on, newest, take
from tests.years import CHAOWAI, COLLECTED, JIANWAI, PUBLISHED, VERIFIED

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_the_silence_of_returned_forms_is_recorded_once_and_only_of_units_that_could_answer(
    database: Database,
):
    office = an_open_year(database)["office"]
    with database.writing() as session:
        cycle = year_2026(session).id
        late = Submission(cycle_id=cycle, unit=JIANWAI, state="returned", times=1)
        session.add_all([Submission(cycle_id=cycle, unit=CHAOWAI, state="returned", times=1), late])
        session.flush()
        session.add(
            SubmissionEvent(
                submission_id=late.id, act="returned", reason="x", done_by=office.account,
                done_at=datetime(2026, 12, 20, 16, 0, tzinfo=UTC),
            )
        )  # fmt: skip
    for to, now in ((Stage.VERIFYING, COLLECTED), (Stage.PROVISIONAL, VERIFIED), (Stage.APPEALS, PUBLISHED)):
        take(database, office, to, now)
    take(database, office, Stage.VERIFYING, PUBLISHED, reason="重新核定")

    with database.reading() as session:
        told = [(each.target, each.silences, each.undone) for each in moves_of(session, year_2026(session).id)]
    words = ("逾期未重新报送，视为认可退回意见", "not submitted again in time: the return counts as accepted")
    assert told == [
        (Stage.VERIFYING, (), False),
        (Stage.APPEALS, (), True),
        (Stage.PROVISIONAL, ((words, (CHAOWAI,)),), True),
        (Stage.VERIFYING, (), False),
    ]


@ON_SQLITE
def test_who_withdrew_did_not_keep_silent_and_an_appeal_against_an_earlier_notice_is_none_against_the_one_that_stands(
    database: Database, instance: Path
):
    folder = instance / "uploads"
    people = a_noticed_year(database, folder, units=3)
    office = people["office"]
    rule(database, people["deputy"], lodge(database, people[JIANWAI]), outcome="rejected")
    take(database, office, Stage.VERIFYING, VERIFIED, reason="重新核定")
    make_and_release(database, office, folder)
    number = lodge(database, people[CHAOWAI], unit=CHAOWAI)
    with database.writing() as session:
        given = {"number": number, "reason": "", "seen": 1, "now": VERIFIED}
        appeals.withdraw_appeal(session, people[CHAOWAI], cycle=year_2026(session), **given)
    for to in (Stage.APPEALS, Stage.FINAL):
        move_on(database, office, to)

    accepted = newest(database).accepted
    assert accepted is not None
    assert (accepted["units"], accepted["withdrew"]["units"]) == ([JIANWAI, "110105003"], [CHAOWAI])
