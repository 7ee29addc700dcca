"""The people of the demonstration: one a role who can sign in, and an official for each unit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final, NamedTuple

from assess.core.actors import Actor, Role, operator
from assess.core.rules.sheet import title_of
from assess.services import accounts
from assess.services.accounts import Duty
from assess.services.years import Year
from assess.store.queries.accounts import actor_of
from assess.store.session import Session

FIRST: Final = "110105001"
"""The unit whose two officials can sign in."""
DEPARTMENT: Final = "ecology-bureau"


class Shown(NamedTuple):
    """An account that is printed with its password."""

    username: str
    password: str
    roles: tuple[str, ...]
    units: tuple[str, ...]
    departments: tuple[str, ...]


class Person(NamedTuple):
    """Somebody who can sign in."""

    username: str
    name: str
    duties: tuple[Duty, ...]


SIGNING_IN: Final = (
    Person("office", "示范考核办甲", (Duty(Role.OFFICE),)),
    Person("office2", "示范考核办乙", (Duty(Role.OFFICE),)),
    Person("official", "示范填报员甲", (Duty(Role.OFFICIAL, unit=FIRST),)),
    Person("official2", "示范填报员乙", (Duty(Role.OFFICIAL, unit=FIRST),)),
    Person("evaluator", "示范考评员", (Duty(Role.EVALUATOR, department=DEPARTMENT),)),
    Person("leader", "示范区领导", (Duty(Role.LEADER),)),
    Person("receiver", "示范绩效专员", (Duty(Role.RECEIVER),)),
)


def add_offices(session: Session, passwords: Iterable[str], now: datetime) -> dict[str, tuple[Actor, Shown]]:
    """Everybody who can sign in, with a password of their own."""
    found = {}
    for person, password in zip(SIGNING_IN, passwords, strict=True):
        account = accounts.add_account(
            session, operator(), username=person.username, name=person.name, duties=person.duties, now=now
        )
        accounts.set_password(session, account, password)
        found[person.username] = (actor_of(account), shown(person, password))
    return found


def shown(person: Person, password: str) -> Shown:
    """What is printed of somebody."""
    duties = person.duties
    return Shown(
        person.username,
        password,
        tuple(dict.fromkeys(duty.role.value for duty in duties)),
        tuple(duty.unit for duty in duties if duty.unit),
        tuple(duty.department for duty in duties if duty.department),
    )


def add_officials(session: Session, office: Actor, year: Year, now: datetime) -> dict[str, Actor]:
    """Officials of all other units, who cannot sign in before the office gives them a link; by their unit."""
    found = {}
    for code, name in zip(year.units.codes, year.units.names, strict=True):
        if code != FIRST:
            account = accounts.add_account(
                session,
                office,
                username=f"u{code}",
                name=f"示范{name.zh}填报员",
                duties=[Duty(Role.OFFICIAL, unit=code)],
                now=now,
            )
            found[code] = actor_of(account)
    return found


def add_evaluators(session: Session, office: Actor, year: Year, now: datetime) -> dict[str, Actor]:
    """Evaluators of the other departments, who cannot sign in before the office gives them a link; by department."""
    found = {}
    for department, stated in (year.sheet.departments or {}).items():
        if department != DEPARTMENT:
            duties = [Duty(Role.EVALUATOR, department=department)]
            called = f"示范{title_of(stated, department).zh}考评员"
            account = accounts.add_account(
                session, office, username=f"d-{department}", name=called, duties=duties, now=now
            )
            found[department] = actor_of(account)
    return found
