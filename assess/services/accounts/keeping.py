"""Accounts as the office keeps them: made, changed, closed, reopened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final, NamedTuple

from assess.core.actors import Actor, Role
from assess.core.errors import Refused
from assess.core.text import Language, Text
from assess.services import audit
from assess.services.accounts.signing_in import subject_of
from assess.store.models import Account, Grant
from assess.store.queries.accounts import account_called
from assess.store.session import Session, flush

NAME_TAKEN: Final = Text(
    "账号“{username}”已存在，请换一个。", "There is already an account {username}: choose another name."
)


class Duty(NamedTuple):
    """A role of a person: of a unit for an official, of a department for an evaluator."""

    role: Role
    unit: str = ""
    department: str = ""


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
        Refused: the name is taken.
    """
    actor.check_role(Role.OFFICE)
    if account_called(session, username) is not None:
        taken = NAME_TAKEN.filled(username=username)
        raise Refused(taken, {"username": taken})
    grants = [Grant(role=each.role, unit=each.unit, department=each.department) for each in dict.fromkeys(duties)]
    account = Account(
        username=username.lower(), name=name, email=email, language=language, created_at=now, grants=grants
    )
    session.add(account)
    flush(session)
    audit.record(session, actor, subject=subject_of(account), action="added", new=told_of(account), now=now)
    return account


def told_of(account: Account) -> dict[str, Any]:
    """What the audit log says of an account."""
    duties = sorted((each.role, each.unit, each.department) for each in account.grants)
    return {
        "name": account.name,
        "email": account.email,
        "language": account.language,
        "duties": [list(each) for each in duties],
    }
