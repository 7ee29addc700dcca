"""A year at its notice: results released, units that appeal, and an office of several people that rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from assess.core.actors import Actor, Role
from assess.core.appeals.rulings import TypedDecision
from assess.core.workflow import Stage
from assess.services import appeals, runs
from assess.services.accounts import Duty
from assess.services.appeals import AppealPage, TypedAppeal
from assess.services.appeals.lines import released
from assess.services.corrections.deciding import confirm_ruling
from assess.services.corrections.effects import DecisionEffect, effect_of
from assess.services.corrections.proposing import propose_ruling
from assess.services.evidence import Incoming, attach_files, keep_files
from assess.store.models import Appeal, AppealEvent, Correction
from assess.store.queries import corrections as queries
from assess.store.queries.runs import newest_run
from assess.store.session import Database
from tests.services.evidence import a_pdf
from tests.services.forms import year_2026
from tests.services.moves import move_on
from tests.services.runs import a_run, a_supplied_year
from tests.years import JIANWAI, NOW, VERIFIED, a_person

SEWAGE, RATE = "water.sewage", "sewage_rate@2026"
"""A line that stands on one figure of the year, and that figure."""


def a_noticed_year(database: Database, folder: Path, *, units: int = 6) -> dict[str, Actor]:
    """The year at its notice; its people, with `deputy` and `third` in the office too. The database is empty."""
    people = a_supplied_year(database, units=units)
    with database.writing() as session:
        people |= {name: a_person(session, name, Duty(Role.OFFICE)) for name in ("deputy", "third")}
    make_and_release(database, people["office"], folder)
    return people


def make_and_release(database: Database, office: Actor, folder: Path) -> int:
    """A new run, released; its number."""
    number = a_run(database, office, folder).number
    with database.writing() as session:
        runs.release_provisional(session, office, cycle=year_2026(session), number=number, now=VERIFIED)
    return number


def lodge(
    database: Database, actor: Actor, unit: str = JIANWAI, claims: Sequence[str] = (), **given: Any
) -> int:  # fmt: skip
    """An appeal of a unit; its number."""
    typed = TypedAppeal(unit, **{"item": SEWAGE, "what": "管网已验收，数据有误", **given})
    with database.writing() as session:
        return appeals.lodge_appeal(session, actor, cycle=year_2026(session), typed=typed, now=NOW, claims=claims)


def propose(database: Database, actor: Actor, number: int, **given: Any) -> int:
    """A proposed ruling; its row."""
    typed = TypedDecision(**{"reason": "经复核", "outcome": "upheld", **given})
    with database.writing() as session:
        return propose_ruling(session, actor, cycle=year_2026(session), number=number, typed=typed, now=NOW)


def effect(database: Database, row: int) -> DecisionEffect:
    """What a proposal does."""
    with database.reading() as session:
        cycle = year_2026(session)
        seen = queries.correction_at(session, cycle=cycle.id, row=row)
        assert seen is not None
        return effect_of(session, cycle, seen, released(session, cycle))


def confirm(database: Database, actor: Actor, number: int, row: int, digest: str) -> None:
    """A proposed ruling on an appeal takes effect."""
    with database.writing() as session:
        confirm_ruling(session, actor, cycle=year_2026(session), number=number, row=row, digest=digest, now=NOW)


def rule(database: Database, actor: Actor, number: int, **given: Any) -> DecisionEffect:
    """An appeal is ruled on; what the ruling does."""
    row = propose(database, actor, number, **given)
    seen = effect(database, row)
    confirm(database, actor, number, row, seen.digest)
    return seen


def page(database: Database, actor: Actor, number: int) -> AppealPage:
    """An appeal as somebody sees it."""
    with database.reading() as session:
        return appeals.appeal_page(session, actor, cycle=year_2026(session), number=number, now=NOW)


def move(database: Database, office: Actor, to: Stage) -> None:
    """The year goes on."""
    move_on(database, office, to)


def lodged_at_any_stage(database: Database, folder: Path, who: dict[str, Actor], *, now: datetime = NOW) -> None:
    """An appeal against the newest run with a file and a proposed ruling, and a correction, whatever the stage."""
    with database.writing() as session:
        cycle = year_2026(session)
        run = newest_run(session, cycle=cycle.id)
        assert run is not None
        office, unit = who["office"].account, {"cycle_id": cycle.id, "unit": JIANWAI, "item": SEWAGE}
        appeal = Appeal(
            **unit, number=1, run_id=run.id, what="counted twice", cell=RATE, asked="97", state="lodged",
            lodged_by=who[JIANWAI].account, lodged_at=now,
        )  # fmt: skip
        session.add(appeal)
        session.flush()
        session.add(
            AppealEvent(appeal_id=appeal.id, step="lodge", reason="", done_by=who[JIANWAI].account, done_at=now)
        )  # fmt: skip
        changes = {"figures": [{"figure": "sewage_rate", "period": "2026", "was": "", "text": "97"}], "exempt": ""}
        given = {"reason": "seen", "changes": changes, "state": "asked", "proposed_by": office, "proposed_at": now}
        session.add(Correction(**unit, **given, appeal_id=appeal.id, outcome="upheld"))
        session.add(Correction(**unit, **given, number=1))
        kept = keep_files(session, who[JIANWAI], folder=folder, files=[Incoming("proof.pdf", a_pdf())], now=now)
        given = {"cycle": cycle, "unit": JIANWAI, "subject": "appeal:1", "note": "page 1", "now": now}
        attach_files(session, who[JIANWAI], claims=[each.sha256 for each in kept.files], **given)
