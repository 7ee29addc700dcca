"""Accounts as the office keeps them: made and changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from assess.core.accounts.people import (
    BAD_EMAIL,
    BAD_USERNAME,
    EMAIL,
    MAX_EMAIL_LENGTH,
    MAX_NAME_LENGTH,
    TOO_LONG,
    USERNAME,
)
from assess.core.actors import Actor, DutyScope, Right, Role
from assess.core.errors import NotFound, Refused
from assess.core.text import Language, Text
from assess.services import audit
from assess.services.accounts.links import NO_PERSON
from assess.services.accounts.signing_in import subject_of
from assess.store.models import Account, Grant
from assess.store.queries.accounts import account_called, account_numbered, folded, lock_office, number_in_office
from assess.store.session import Session, check_seen, flush

NAME_TAKEN: Final = Text(
    "账号“{username}”已存在，请另选账号。", "The account {username} already exists. Enter another name."
)
NO_NAME: Final = Text("请填写姓名。", "Enter the name.")
NO_ROLE: Final = Text("请至少选择一个角色。", "Select at least one role.")
NO_UNIT: Final = Text("街乡填报人员须选择所属单位。", "Select the unit of the unit official.")
NO_DEPARTMENT: Final = Text("部门考评人员须选择所属部门。", "Select the department of the department evaluator.")
LAST_OFFICE: Final = Text(
    "这是最后一个考核办账号，不能停用或取消该角色。请先为另一人添加考核办角色。",
    "This is the last assessment office account and cannot be closed or lose its role. Give the role "
    "to someone else first.",
)


class Duty(NamedTuple):
    """A role of a person: of a unit for an official, of a department for an evaluator."""

    role: Role
    unit: str = ""
    department: str = ""


@dataclass(frozen=True)
class AccountDetails:
    """What the office keeps of a person besides the username."""

    name: str
    email: str | None
    language: Language
    duties: tuple[Duty, ...]


def duties_of(roles: Iterable[Role], units: Iterable[str], departments: Iterable[str]) -> tuple[Duty, ...]:
    """Roles with the units or departments that their duties are tied to, in a settled order.

    Raises:
        Refused: no role, or one that is tied to units or departments without any.
    """
    chosen, units, departments = set(roles), sorted(set(units)), sorted(set(departments))
    if not chosen:
        raise Refused(NO_ROLE, {"roles": NO_ROLE})
    scopes = {role.scope for role in chosen}
    if DutyScope.UNIT in scopes and not units:
        raise Refused(NO_UNIT, {"units": NO_UNIT})
    if DutyScope.DEPARTMENT in scopes and not departments:
        raise Refused(NO_DEPARTMENT, {"departments": NO_DEPARTMENT})
    places: dict[DutyScope, list[tuple[str, str]]] = {
        DutyScope.NOTHING: [("", "")],
        DutyScope.UNIT: [(unit, "") for unit in units],
        DutyScope.DEPARTMENT: [("", department) for department in departments],
    }
    return tuple(Duty(role, *place) for role in Role if role in chosen for place in places[role.scope])


def duties_held(account: Account) -> tuple[Duty, ...]:
    """The duties of an account in their settled order."""
    place = {role: number for number, role in enumerate(Role)}
    held = [Duty(Role(grant.role), grant.unit, grant.department) for grant in account.grants]
    return tuple(sorted(held, key=lambda duty: (place[duty.role], duty.unit, duty.department)))


def about_of(account: Account) -> AccountDetails:
    """What the office keeps of a person now."""
    language: Language = "en" if account.language == "en" else "zh"
    return AccountDetails(account.name, account.email, language, duties_held(account))


def add_account(
    session: Session,
    actor: Actor,
    *,
    username: str,
    name: str,
    duties: Iterable[Duty],
    now: datetime,
    email: str | None = None,
    language: Language = "zh",
) -> Account:
    """Make an account without a password.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: the username is taken or none, or the name or e-mail address will not do.
    """
    actor.check_may(Right.ADMINISTER)
    username = folded(username)
    check_username(session, username)
    check_person(name, email)
    grants = [Grant(role=each.role, unit=each.unit, department=each.department) for each in dict.fromkeys(duties)]
    account = Account(
        username=username, name=name, email=email, language=language, created_at=now, changes=0, grants=grants
    )
    session.add(account)
    flush(session)
    audit.record(session, actor, subject=subject_of(account), action="added", new=told_of(account), now=now)
    return account


def change_account(
    session: Session, actor: Actor, *, account: int, seen: int, about: AccountDetails, now: datetime
) -> Account:
    """Change what the office keeps of a person; nothing is recorded where nothing changes.

    Raises:
        NotAllowed: the actor is not of the office.
        NotFound: there is no such account.
        Refused: the name or address will not do, or nobody would be left in the office.
        Stale: somebody changed the account after version `seen`.
    """
    found = account_of_office(session, actor, account=account)
    check_seen(found, seen)
    check_person(about.name, about.email)
    old = told_of(found)
    gone = set(duties_held(found)) - set(about.duties)
    if Duty(Role.OFFICE) in gone:
        check_not_last(session, found)
    found.name, found.email, found.language = about.name, about.email, about.language
    replace_duties(found, about.duties)
    if told_of(found) == old:
        return found
    found.changes += 1
    flush(session)
    audit.record(session, actor, subject=subject_of(found), action="changed", old=old, new=told_of(found), now=now)
    return found


def account_of_office(session: Session, actor: Actor, *, account: int) -> Account:
    """An account that somebody of the office is about to change.

    Raises:
        NotAllowed: the actor is not of the office.
        NotFound: there is no such account.
    """
    actor.check_may(Right.ADMINISTER)
    found = account_numbered(session, account)
    if found is None:
        raise NotFound(NO_PERSON)
    return found


def replace_duties(account: Account, duties: Collection[Duty]) -> None:
    """Let an account have these duties; those it has already keep their rows."""
    held = {Duty(Role(grant.role), grant.unit, grant.department): grant for grant in account.grants}
    account.grants = [held.get(duty) or Grant(role=duty.role, unit=duty.unit, department=duty.department)
                      for duty in dict.fromkeys(duties)]  # fmt: skip


def check_not_last(session: Session, account: Account) -> None:
    """Raise Refused where nobody of the office would be left; two who leave at one moment wait for each other."""
    lock_office(session)
    if account.closed_at is None and number_in_office(session, but=account.id) == 0:
        raise Refused(LAST_OFFICE)


def check_username(session: Session, username: str) -> None:
    """Raise Refused where a username is taken, or is none."""
    wrong = None
    if not USERNAME.fullmatch(username):
        wrong = BAD_USERNAME.format(text=username[:MAX_NAME_LENGTH])
    elif account_called(session, username) is not None:
        wrong = NAME_TAKEN.format(username=username)
    if wrong is not None:
        raise Refused(wrong, {"username": wrong})


def check_person(name: str, email: str | None) -> None:
    """Raise Refused where a name is empty or too long, or an e-mail address is none."""
    if not name.strip():
        raise Refused(NO_NAME, {"name": NO_NAME})
    if len(name) > MAX_NAME_LENGTH:
        too_long = TOO_LONG.format(most=MAX_NAME_LENGTH)
        raise Refused(too_long, {"name": too_long})
    if email is not None and not (EMAIL.fullmatch(email) and len(email) <= MAX_EMAIL_LENGTH):
        bad = BAD_EMAIL.format(text=email[:MAX_NAME_LENGTH])
        raise Refused(bad, {"email": bad})


def told_of(account: Account) -> dict[str, Any]:
    """What the audit log says of an account."""
    return {
        "name": account.name,
        "email": account.email,
        "language": account.language,
        "duties": [list(duty) for duty in duties_held(account)],
    }
