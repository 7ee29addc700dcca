"""A year that goes on as the office takes it: after the last day, and to its end with two people."""

from __future__ import annotations

from datetime import date, datetime

from assess.core.actors import Actor, Role
from assess.core.workflow import Stage
from assess.services import stages
from assess.services.accounts import Duty
from assess.store.models import StageDate, StageMove
from assess.store.queries.accounts import account_called, actor_of
from assess.store.session import Database
from tests.services.forms import dated, year_2026
from tests.years import COLLECTED, OVER, PUBLISHED, VERIFIED, a_person

AFTER = {
    Stage.VERIFYING: COLLECTED,
    Stage.PROVISIONAL: VERIFIED,
    Stage.APPEALS: PUBLISHED,
    Stage.FINAL: OVER,
}
"""The first moment at which a year may come to a stage without ending the one before early."""
SECOND = "approver"
"""The colleague who approves moves."""


def long_past(database: Database) -> None:
    """Let every last day have passed, but that for appeals, which no clock of a test has reached."""
    with database.writing() as session:
        dated(session, ends=date(2026, 1, 2))
        session.query(StageDate).filter(StageDate.stage == Stage.APPEALS).update({StageDate.ends: date(2099, 12, 31)})


def second_person(database: Database) -> Actor:
    """A colleague of the office who approves moves; made where there is none yet."""
    with database.writing() as session:
        account = account_called(session, SECOND)
        return a_person(session, SECOND, Duty(Role.OFFICE)) if account is None else actor_of(account)


def move_on(database: Database, office: Actor, to: Stage, *, now: datetime | None = None) -> None:
    """The year goes on once the stage before is over; to its end with a second person."""
    moment = now or AFTER[to]
    if to is Stage.FINAL:
        approve(database, second_person(database), ask(database, office, to, now=moment), now=moment)
        return
    with database.writing() as session:
        stages.move_year(session, office, cycle=year_2026(session), to=to, now=moment)


def take(database: Database, actor: Actor, to: Stage, now: datetime, **facts: object) -> None:
    """One person takes the year to a stage."""
    with database.writing() as session:
        stages.move_year(session, actor, cycle=year_2026(session), to=to, now=now, **facts)


def newest(database: Database) -> StageMove:
    """The newest move."""
    with database.reading() as session:
        return session.query(StageMove).order_by(StageMove.id.desc()).first()


def ask(database: Database, office: Actor, to: Stage, *, now: datetime, reason: str = "") -> int:
    """Ask for a move; the number of the request."""
    with database.writing() as session:
        return stages.ask_move(session, office, cycle=year_2026(session), to=to, now=now, reason=reason).id


def approve(database: Database, actor: Actor, row: int, *, now: datetime, ruling: str = "Looked at.") -> StageMove:
    """Approve a move that somebody asked for."""
    with database.writing() as session:
        return stages.approve_move(session, actor, cycle=year_2026(session), row=row, ruling=ruling, now=now)
