"""The people of the demonstration: one a role who can sign in, and an official for each unit."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True)
class People:
    """Everybody of the demonstration: officials by their unit, evaluators by their department."""

    shown: tuple[DemoAccount, ...]
    office: Actor
    deputy: Actor
    receiver: Actor
    officials: Mapping[str, Actor]
    evaluators: Mapping[str, Actor]


class DemoAccount(NamedTuple):
    """An account that is printed with its password."""

    username: str
    password: str
    roles: tuple[str, ...]
    units: tuple[str, ...]
    departments: tuple[str, ...]


class DemoPerson(NamedTuple):
    """Somebody who can sign in."""

    username: str
    name: str
    duties: tuple[Duty, ...]


SIGNING_IN: Final = (
    DemoPerson("office", "演示考核办甲", (Duty(Role.OFFICE),)),
    DemoPerson("office2", "演示考核办乙", (Duty(Role.OFFICE),)),
    DemoPerson("official", "演示填报员甲", (Duty(Role.OFFICIAL, unit=FIRST),)),
    DemoPerson("official2", "演示填报员乙", (Duty(Role.OFFICIAL, unit=FIRST),)),
    DemoPerson("evaluator", "演示考评员", (Duty(Role.EVALUATOR, department=DEPARTMENT),)),
    DemoPerson("leader", "演示区领导", (Duty(Role.LEADER),)),
    DemoPerson("receiver", "演示绩效专员", (Duty(Role.RECEIVER),)),
)


def add_people(
    session: Session, signing_in: Mapping[str, tuple[Actor, DemoAccount]], year: Year, now: datetime
) -> People:
    """The officials and evaluators of a year beside those who can sign in."""
    office, official, evaluator = (signing_in[name][0] for name in ("office", "official", "evaluator"))
    return People(
        shown=tuple(shown for _, shown in signing_in.values()),
        office=office,
        deputy=signing_in["office2"][0],
        receiver=signing_in["receiver"][0],
        officials={FIRST: official, **add_officials(session, office, year, now)},
        evaluators={DEPARTMENT: evaluator, **add_evaluators(session, office, year, now)},
    )


def add_signing_in(session: Session, now: datetime) -> dict[str, tuple[Actor, DemoAccount]]:
    """Everybody who can sign in, with a password of their own."""
    found = {}
    for person in SIGNING_IN:
        password = secrets.token_urlsafe(9)
        account = accounts.add_account(
            session, operator(), username=person.username, name=person.name, duties=person.duties, now=now
        )
        accounts.set_password(session, account, password)
        found[person.username] = (actor_of(account), shown(person, password))
    return found


def shown(person: DemoPerson, password: str) -> DemoAccount:
    """What is printed of somebody."""
    duties = person.duties
    return DemoAccount(
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
                name=f"演示{name.zh}填报员",
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
            called = f"演示{title_of(stated, department).zh}考评员"
            account = accounts.add_account(
                session, office, username=f"d-{department}", name=called, duties=duties, now=now
            )
            found[department] = actor_of(account)
    return found
