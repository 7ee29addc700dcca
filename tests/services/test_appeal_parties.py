"""Who may decide appeals is known before anything is written."""

from __future__ import annotations

from pathlib import Path

from assess.core.actors import YOUR_OWN_WORK
from assess.services.appeals import withdraw_appeal
from assess.store.models import Value
from assess.store.session import Database
from tests.services.appeals import a_noticed_year, lodge, page, propose
from tests.services.forms import year_2026
from tests.years import JIANWAI, NOW


def test_who_may_rule_in_no_way_is_told_before_writing_and_who_may_in_one_is_not(database: Database, instance: Path):
    people = a_noticed_year(database, instance / "uploads", units=3)
    with database.writing() as session:
        entered = Value.unit == JIANWAI, Value.figure.in_(("sewage_rate", "water_use")), Value.year == 2026
        session.query(Value).filter(*entered).update({Value.entered_by: people["office"].account})
    whole = lodge(database, people[JIANWAI])
    either = lodge(database, people[JIANWAI], item="water.use")

    told = {(who, number): page(database, people[who], number) for who in ("office", "deputy") for number in (1, 2)}
    assert {who: (each.may_rule, each.barred) for who, each in told.items()} == {
        ("office", whole): (False, YOUR_OWN_WORK),
        ("deputy", whole): (True, None),
        ("office", either): (True, None),
        ("deputy", either): (True, None),
    }
    assert propose(database, people["office"], either, figures={"water_quota@2026": "880"})

    with database.writing() as session:
        given = {"number": either, "reason": "", "seen": 1, "now": NOW}
        withdraw_appeal(session, people[JIANWAI], cycle=year_2026(session), **given)
    named = lodge(database, people[JIANWAI], item="water.use", cell="water_use@2026-Q1", asked="200")
    assert page(database, people["office"], named).barred == YOUR_OWN_WORK
    assert page(database, people[JIANWAI], named).barred is None
