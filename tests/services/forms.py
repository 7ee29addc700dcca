"""A unit's form in the database: opened, saved, handed in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from assess.core.actors import Actor
from assess.services.forms.drafts import save_draft
from assess.services.forms.submissions import submit_form
from assess.services.forms.unit_form import UnitFormPage, unit_form
from assess.store.models import StageDate
from assess.store.queries.cycles import CycleRow, cycle_of_year
from assess.store.session import Database, Session
from tests.filled import filled
from tests.years import JIANWAI, NOW, a_year, people

SOIL = {
    "sorting_join": "92.5",
    "hazard_ledger": "yes",
    "hazard_storage": "no",
    "hazard_contract": "yes",
    "waste_free_cells": "3",
}
"""The section `soil`, filled in."""
LEADER = "王建国"


def an_open_year(database: Database, units: int = 3) -> dict[str, Actor]:
    """The demonstration year while it is collecting, and its people; the database must be empty."""
    return filled(database, ("a year", units), lambda empty: a_year_and_people(empty, units=units))


def a_year_and_people(database: Database, **options: Any) -> dict[str, Actor]:
    """The demonstration year as `a_year` makes it, and its people."""
    with database.writing() as session:
        a_year(session, **options)
        return people(session)


def dated(session: Session, *, ends: date = date(2099, 12, 31)) -> None:
    """Let collecting and verifying end on a day, by default one that no clock of a test has reached."""
    session.query(StageDate).update({StageDate.ends: ends})


def year_2026(session: Session) -> CycleRow:
    """The year."""
    cycle = cycle_of_year(session, year=2026)
    assert cycle is not None
    return cycle


def form_now(database: Database, actor: Actor, unit: str = JIANWAI, now: datetime = NOW) -> UnitFormPage:
    """The form of a unit as a person finds it."""
    with database.reading() as session:
        return unit_form(session, actor, cycle=year_2026(session), unit=unit, now=now)


def save(
    database: Database,
    actor: Actor,
    answers: Mapping[str, str],
    *,
    section: str = "soil",
    unit: str = JIANWAI,
    remarks: Mapping[str, str] | None = None,
    seen: int = 0,
    base: Mapping[str, str] | None = None,
    now: datetime = NOW,
) -> int:
    """Save a section in a transaction of its own."""
    with database.writing() as session:
        return save_draft(
            session,
            actor,
            cycle=year_2026(session),
            unit=unit,
            section=section,
            answers=answers,
            remarks=remarks or {},
            seen=seen,
            base=base,
            now=now,
        )


def submit(database: Database, actor: Actor, *, unit: str = JIANWAI, leader: str = LEADER, now: datetime = NOW) -> str:
    """Hand in a form as it is saved, whatever is missing."""
    form = form_now(database, actor, unit, now)
    with database.writing() as session:
        return submit_form(
            session,
            actor,
            cycle=year_2026(session),
            unit=unit,
            leader=leader,
            without=len(form.missing),
            seen=form.stamp,
            now=now,
        )
