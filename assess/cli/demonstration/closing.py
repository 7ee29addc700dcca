"""How a year of the demonstration comes to its end: verified, published, appealed against, sealed and archived."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from assess.cli.demonstration import certifying, evidence, judging
from assess.cli.demonstration.filling import YearFilling, cycle_in
from assess.core.runs.kinds import RunKind
from assess.core.workflow import Act, Stage, last_stage_of
from assess.services import archives, handover, runs, seals, stages
from assess.store.queries.runs import newest_run

FIRST_RUN: Final = "演示：正式计分 / Demonstration: scoring of the year"
SECOND_RUN: Final = "演示：水务数据更正后重新计分 / Demonstration: scoring after correction of water data"
LAST_OPEN: Final = last_stage_of(Act.RULE)
"""The last stage before the result is final."""
AFTER_APPEALS: Final = "演示：申诉处理后重新计分 / Demonstration: scoring after appeals"
AGREED: Final = "演示：申诉均已处理，同意定稿。"
RELEASED: Final = "演示：公示结果 / Demonstration: provisional result"
RELEASED_AGAIN: Final = "演示：申诉处理后的公示结果 / Demonstration: provisional result after appeals"


def move(filling: YearFilling, to: Stage, now: datetime) -> None:
    """The year goes on to its next stage."""
    with filling.acting() as (session, year):
        stages.move_year(session, filling.people.office, cycle=year.cycle, to=to, now=now)


def end_reporting(filling: YearFilling) -> None:
    """Reporting is over."""
    move(filling, Stage.VERIFYING, filling.days.after_end(Stage.COLLECTING, 1))


def send_the_year(filling: YearFilling) -> None:
    """Every department sends its figures of the whole year."""
    evidence.send_files(filling, evidence.files_of_the_year, filling.days.after_end(Stage.COLLECTING, 1, 14))


def judge_all(filling: YearFilling) -> None:
    """Every member of the panel judges every unit."""
    now = filling.days.after_end(Stage.COLLECTING, 1, 16)
    with filling.acting() as (session, year):
        units = len(year.units.codes)
        judging.judge(session, year, filling.material, filling.people.evaluators, now, part=units)


def certify_all(filling: YearFilling) -> None:
    """Every department certifies what was reported."""
    now = filling.days.after_end(Stage.COLLECTING, 2)
    with filling.acting() as (session, year):
        certifying.decide(session, year, filling.people.evaluators, now, share=certifying.ALL)


def score(filling: YearFilling, words: str, now: datetime) -> int:
    """A scoring run that the office asked for; its number."""
    with filling.acting() as (session, year):
        runs.ask_run(session, filling.people.office, cycle=year.cycle, kind=RunKind.WORKING, words=words, now=now)
    filling.work(now)
    with filling.database.reading() as session:
        run = newest_run(session, cycle=cycle_in(session, filling.days.year).id, kind=RunKind.WORKING)
        assert run is not None
        return run.number


def score_twice(filling: YearFilling) -> None:
    """Two runs that can be compared, with a correction of the water bureau between them."""
    days = filling.days
    score(filling, FIRST_RUN, days.after_end(Stage.COLLECTING, 2, 15))
    corrected = days.after_end(Stage.COLLECTING, 3, 8)
    evidence.send_files(filling, evidence.correction_of_water, corrected)
    score(filling, SECOND_RUN, corrected + timedelta(hours=1))


def release(filling: YearFilling, words: str, now: datetime) -> None:
    """The newest scoring run becomes the provisional result."""
    with filling.acting() as (session, year):
        run = newest_run(session, cycle=year.cycle.id, kind=RunKind.WORKING)
        assert run is not None
        office = filling.people.office
        runs.release_provisional(session, office, cycle=year.cycle, number=run.number, words=words, now=now)


def publish(filling: YearFilling) -> None:
    """The provisional result is published."""
    release(filling, RELEASED, filling.days.after_end(Stage.VERIFYING, 1))


def hear_appeals(filling: YearFilling) -> None:
    """The time in which appeals are decided begins."""
    move(filling, Stage.APPEALS, filling.days.after_end(Stage.PROVISIONAL, 1))


def publish_again(filling: YearFilling) -> None:
    """The result after the appeals."""
    now = filling.days.before_end(LAST_OPEN, 0, 15)
    score(filling, AFTER_APPEALS, now)
    release(filling, RELEASED_AGAIN, now + timedelta(minutes=30))


def make_final(filling: YearFilling) -> None:
    """The result is final: one of the office asks for it, another approves."""
    now, people = filling.days.after_end(LAST_OPEN, 1), filling.people
    with filling.acting() as (session, year):
        asked = stages.ask_move(session, people.office, cycle=year.cycle, to=Stage.FINAL, now=now)
        later = now + timedelta(minutes=30)
        stages.approve_move(session, people.deputy, cycle=year.cycle, row=asked.id, ruling=AGREED, now=later)


def seal(filling: YearFilling) -> None:
    """Every scorecard and the ranked books are sealed."""
    now, address = filling.days.after_end(LAST_OPEN, 1, 10), filling.settings.address
    with filling.acting() as (session, year):
        seals.seal_cycle(session, filling.people.office, cycle=year.cycle, address=address, now=now)
    filling.work(now)


def hand_over(filling: YearFilling) -> None:
    """The sealed result is handed over, and who receives it says so."""
    now, people = filling.days.after_end(LAST_OPEN, 4), filling.people
    uploads = filling.settings.uploads
    with filling.acting() as (session, year):
        prepared = handover.prepare(session, people.office, cycle=year.cycle, folder=uploads, now=now)
        assert prepared is not None
        number = handover.hand_over(
            session, people.office, cycle=year.cycle, folder=uploads, seen=prepared.mark, now=now
        )  # fmt: skip
    with filling.acting() as (session, year):
        received = now + timedelta(hours=6)
        handover.acknowledge(session, people.receiver, cycle=year.cycle, number=number, now=received)


def archive(filling: YearFilling) -> None:
    """The archive of the year is made, and the year is closed."""
    now = filling.days.after_end(LAST_OPEN, 5)
    with filling.acting() as (session, year):
        archives.ask_archive(session, filling.people.office, cycle=year.cycle, now=now)
    filling.work(now)
    move(filling, Stage.ARCHIVED, now + timedelta(hours=1))
