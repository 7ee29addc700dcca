"""Appeals, rulings and corrections: who may, until when, what they do, and that what was shown is what comes."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assess.core.actors import Actor
from assess.core.appeals.rulings import TypedDecision
from assess.core.appeals.states import AppealState, state_of
from assess.core.errors import Declined, NotAllowed, NotFound, Refused, Stale
from assess.core.workflow import Stage
from assess.services import appeals, runs, seals
from assess.services.appeals import EXEMPT, TypedAppeal
from assess.services.corrections.deciding import confirm_correction, turn_down
from assess.services.corrections.effects import DecisionEffect, standing_in
from assess.services.corrections.proposing import propose_correction
from assess.services.runs.replaying import replay
from assess.store.models import SealOrder, Value
from assess.store.queries import appeals as queries
from assess.store.queries import corrections, stages
from assess.store.queries import runs as run_queries
from assess.store.session import Database
from tests.services.appeals import (
    RATE,
    SEWAGE,
    a_noticed_year,
    confirm,
    effect,
    lodge,
    make_and_release,
    move,
    page,
    propose,
    rule,
)
from tests.services.forms import year_2026
from tests.services.runs import a_run
from tests.services.seals import ADDRESS
from tests.years import CHAOWAI, JIANWAI, NOW

HUJIALOU = "110105003"
LATE = datetime(2027, 1, 10, 16, 0, tzinfo=UTC)
"""Midnight of the district after the last day for appeals."""


def ask_correction(database: Database, actor: Actor, **given: Any) -> int:
    """A correction that nobody appealed for; its number."""
    about = {"unit": HUJIALOU, "item": SEWAGE, "typed": TypedDecision("a slip", {RATE: "50"}), **given}
    with database.writing() as session:
        return propose_correction(session, actor, cycle=year_2026(session), now=NOW, **about)


def correction_effect(database: Database, number: int) -> DecisionEffect:
    """What a correction does."""
    with database.reading() as session:
        found = corrections.correction_numbered(session, cycle=year_2026(session).id, number=number)
    assert found is not None
    return effect(database, found.id)


def withdraw(database: Database, actor: Actor, number: int, *, seen: int = 1) -> None:
    """An appeal is taken back, after the last day for new ones."""
    with database.writing() as session:
        given = {"number": number, "reason": "", "seen": seen, "now": LATE}
        appeals.withdraw_appeal(session, actor, cycle=year_2026(session), **given)


def confirm_it(database: Database, actor: Actor, number: int, digest: str) -> None:
    """A correction takes effect."""
    with database.writing() as session:
        confirm_correction(session, actor, cycle=year_2026(session), number=number, digest=digest, now=NOW)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_was_shown_of_every_unit_is_what_the_next_run_gives(database: Database, instance: Path):
    folder = instance / "uploads"
    people = a_noticed_year(database, folder)
    office, deputy = people["office"], people["deputy"]
    first = lodge(database, people[JIANWAI], cell=RATE, asked="100")
    second = lodge(database, people[CHAOWAI], unit=CHAOWAI, item="air.pm25-target", cell=EXEMPT)
    move(database, office, Stage.APPEALS)
    with pytest.raises(Refused, match="Appeals not decided yet: 2"):
        move(database, office, Stage.FINAL)

    rule(database, deputy, first, figures={RATE: "100"})
    rule(database, deputy, second, outcome="partly-upheld", exempt="grant")
    typed = TypedDecision("no such finding", {"findings_overdue@2026": "7"})
    number = ask_correction(database, office, item="inspection.overdue", typed=typed)
    shown = correction_effect(database, number)
    with pytest.raises(Refused, match="Corrections waiting for a second person: 1"):
        move(database, office, Stage.FINAL)
    confirm_it(database, people["third"], number, shown.digest)
    with pytest.raises(Refused, match="Decisions or corrections not yet part of the released result: 3"):
        move(database, office, Stage.FINAL)
    assert [each.unit for each in shown.units if each.now.total != each.after.total] == [HUJIALOU]

    make_and_release(database, office, folder)
    check_run(database, folder, shown)
    seen = page(database, people[JIANWAI], first)
    assert seen.ruling is not None
    assert seen.difference is not None
    assert [(each.old.en, each.new.en) for each in seen.ruling.changes] == [("95.8", "100")]
    assert (seen.difference.before.score, seen.difference.after.score) == ("0.90", "1.50")

    move(database, office, Stage.FINAL)
    with database.reading() as session:
        accepted = stages.moves_of(session, year_2026(session).id)[0]
    [(words, units)] = accepted.silences
    assert (words, units[:2]) == (
        ("逾期未提出申诉，视为认可公示结果", "no appeal in time: the provisional result counts as accepted"),
        (HUJIALOU, "110105004"),
    )


def check_run(database: Database, folder: Path, shown: DecisionEffect) -> None:
    """The second run gives what was shown, is replayed to the byte, and says where its figures come from."""
    with database.reading() as session:
        cycle = year_2026(session)
        notice = runs.released_run(session, cycle)
        assert notice is not None
        run = notice[1]
        assert {each.unit: each.after for each in shown.units} == {
            each.unit: standing_in(each) for each in run_queries.results_of(session, run=run.id)
        }
        assert replay(session, run, folder=folder) == []
        contained = corrections.contained_in(session, cycle=cycle.id, run=run.id)
        assert [(each.appeal, each.number, each.run) for each in contained] == [(1, 1, 2), (2, 2, 2), (None, 1, 2)]
        assert corrections.contained_in(session, cycle=cycle.id, run=run.id - 1) == []
    figures = runs.lines_of_run(run, folder=folder).results.inputs.figures
    assert [str(use.source) for use in figures.uses("sewage_rate", 0)] == ["申诉处理决定 2026-1（deputy 2026-11-27）"]
    assert [(use.text.en, str(use.source)) for use in figures.uses("findings_overdue", 2)] == [
        ("7", "依职权更正 2026-1（third 2026-11-27）")
    ]


def test_a_line_has_one_open_appeal_in_time_of_its_own_unit_and_numbers_have_no_gaps(
    database: Database, instance: Path
):
    people = a_noticed_year(database, instance / "uploads", units=3)
    official, colleague = people[JIANWAI], people["colleague"]

    def lodged(who: Actor) -> str | int:
        try:
            return lodge(database, who)
        except (Refused, Stale) as error:
            return type(error).__name__

    with ThreadPoolExecutor(2) as pool:
        fought = sorted(pool.map(lodged, (official, colleague)), key=str)
    assert fought in ([1, "Refused"], [1, "Stale"])
    for wrong, raises in (
        ({"unit": CHAOWAI}, NotFound),
        ({"item": "water.none"}, NotFound),
        ({"item": "air.pm25-target", "what": ""}, Refused),
        ({"item": "air.pm25-target", "claims": ["0" * 64]}, Refused),
    ):
        with pytest.raises(raises):
            lodge(database, official, **wrong)
    with pytest.raises(NotFound):
        page(database, people[CHAOWAI], 1)
    assert lodge(database, people[CHAOWAI], unit=CHAOWAI) == 2

    typed = TypedAppeal(JIANWAI, "air.pm25-target", "in the last minute")
    for moment, told in ((LATE, "The appeal period ended on 2027-01-10"), (LATE.replace(hour=15, minute=59), "")):
        with database.writing() as session:
            given = {"cycle": year_2026(session), "typed": typed, "now": moment}
            if told:
                with pytest.raises(Refused, match=told):
                    appeals.lodge_appeal(session, official, **given)
            else:
                assert appeals.lodge_appeal(session, official, **given) == 3
    with pytest.raises(Stale):
        withdraw(database, official, 3, seen=9)
    withdraw(database, official, 3)
    assert page(database, official, 3).row.state is AppealState.WITHDRAWN


def test_nobody_rules_who_had_a_hand_in_it_and_of_two_at_once_one_is_too_late(database: Database, instance: Path):
    people = a_noticed_year(database, instance / "uploads", units=3)
    deputy, third = people["deputy"], people["third"]
    with database.writing() as session:
        entered = Value.unit == JIANWAI, Value.figure == "sewage_rate", Value.year == 2026
        session.query(Value).filter(*entered).update({Value.entered_by: people["office"].account})
    number = lodge(database, people[JIANWAI])
    for who in ("office", "evaluator", JIANWAI):
        with pytest.raises(NotAllowed):
            propose(database, people[who], number, figures={RATE: "97"})

    rows = [propose(database, who, number, figures={RATE: "97"}) for who in (deputy, third)]
    seen = [effect(database, row) for row in rows]
    with pytest.raises(NotAllowed):
        confirm(database, people["office"], number, rows[0], seen[0].digest)

    def confirmed(place: int) -> str:
        try:
            confirm(database, (deputy, third)[place], number, rows[place], seen[place].digest)
        except Stale as error:
            return error.what.en
        return "ruled"

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(confirmed, range(2)))
    assert told[1] == "ruled"
    assert told[0].startswith("Someone else already decided this")
    with pytest.raises(Refused, match="the appeal is upheld"):
        propose(database, third, number, outcome="rejected")

    check_moved_on(database, people)


def check_moved_on(database: Database, people: dict[str, Actor]) -> None:
    """Whoever looked at an effect before something else was decided looks once more."""
    deputy, third = people["deputy"], people["third"]
    number = lodge(database, people[CHAOWAI], unit=CHAOWAI)
    row = propose(database, deputy, number, figures={RATE: "97"})
    digest = effect(database, row).digest
    other = ask_correction(database, deputy)
    with pytest.raises(NotAllowed):
        confirm_it(database, deputy, other, correction_effect(database, other).digest)
    confirm_it(database, third, other, correction_effect(database, other).digest)
    with pytest.raises(Stale, match="Figures or the released result changed after you checked"):
        confirm(database, deputy, number, row, digest)
    with pytest.raises(NotFound):
        confirm(database, deputy, 1, row, effect(database, row).digest)
    confirm(database, deputy, number, row, effect(database, row).digest)
    assert page(database, people[CHAOWAI], number).row.state is AppealState.UPHELD


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_after_the_seal_is_asked_for_nothing_is_sealed_that_lacks_a_correction(database: Database, instance: Path):
    folder = instance / "uploads"
    people = a_noticed_year(database, folder, units=3)
    office = people["office"]
    for stage in (Stage.APPEALS, Stage.FINAL):
        move(database, office, stage)
    refused = ask_correction(database, office)
    with database.writing() as session:
        turn_down(session, people["third"], cycle=year_2026(session), number=refused, words="It is right.", now=NOW)
    number = ask_correction(database, office, item="fraud", typed=TypedDecision("proven", {"data_fraud@2026": "yes"}))
    shown = correction_effect(database, number)
    confirm_it(database, people["deputy"], number, shown.digest)

    def sealed() -> int:
        with database.writing() as session:
            return seals.seal_cycle(session, office, cycle=year_2026(session), address=ADDRESS, now=NOW)

    with pytest.raises(Refused, match="Decisions or corrections not yet part of any run: 1"):
        sealed()
    run = a_run(database, office, folder)
    sealed()
    with database.reading() as session:
        assert [order.run_id for order in session.query(SealOrder)] == [run.id]
        after = {each.unit: standing_in(each) for each in run_queries.results_of(session, run=run.id)}
    assert {each.unit: each.after for each in shown.units} == after


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_whatever_people_do_an_appeal_stands_where_its_steps_lead(database: Database, instance: Path):
    people = a_noticed_year(database, instance / "uploads", units=3)
    chance, actors = random.Random(20260), [*people.values()]

    def anything() -> None:
        who, number = chance.choice(actors), chance.randint(1, 6)
        act = chance.choice(("lodge", "lodge", "withdraw", "rule"))
        if act == "lodge":
            lodge(database, who, unit=chance.choice((JIANWAI, CHAOWAI)), item=chance.choice((SEWAGE, "water.use")))
        elif act == "withdraw":
            withdraw(database, who, number)
        else:
            outcome = chance.choice(("upheld", "rejected"))
            given = {"exempt": chance.choice(("grant", "end"))} if outcome == "upheld" else {}
            rule(database, who, number, outcome=outcome, **given)

    done = 0
    for _ in range(80):
        try:
            anything()
            done += 1
        except Declined:
            continue
    with database.reading() as session:
        cycle = year_2026(session)
        rows = queries.appeals_in(session, cycle=cycle.id, states=tuple(AppealState), start=0, size=100)
        steps = {row.number: [each.step for each in queries.events_of(session, row.id)] for row in rows}
    stood = {row.number: row.state for row in rows}
    assert stood == {number: state_of(several) for number, several in steps.items()}
    assert done >= 8
    assert sorted(stood) == list(range(1, len(stood) + 1))
    assert {AppealState.REJECTED, AppealState.WITHDRAWN, AppealState.UPHELD} <= set(stood.values())
    open_lines = [(row.unit, row.item) for row in rows if row.state is AppealState.LODGED]
    assert len(open_lines) == len(set(open_lines))
