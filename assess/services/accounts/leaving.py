"""People who leave: the account is closed, their work goes to a colleague; and people who come back."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from assess.core.actors import Actor, Role
from assess.core.errors import Refused
from assess.core.text import Text
from assess.services import audit
from assess.services.accounts.keeping import (
    Duty,
    account_of_office,
    check_not_last,
    duties_held,
    replace_duties,
    told_of,
)
from assess.services.accounts.links import void_links
from assess.services.accounts.signing_in import end_sign_ins, subject_of
from assess.store.models import Account
from assess.store.queries.accounts import account_numbered
from assess.store.queries.tokens import tokens_of_account
from assess.store.session import Session, check_seen, flush

CLOSED_ALREADY: Final = Text("该账号已经停用。", "This account is already closed.")
NOT_CLOSED: Final = Text("该账号没有停用。", "This account is not closed.")
NO_SUCCESSOR: Final = Text("请选择一位账号在用的同事接手。", "Select a colleague with an open account.")


def close_account(
    session: Session, actor: Actor, *, account: int, seen: int, successor: int | None, now: datetime
) -> None:
    """Close the account of somebody who leaves: sign-ins, links and tokens end at once, nothing that was done is lost.

    Drafts belong to a unit, figures to a department: with a successor, the units and departments pass to that person,
    and the drafts with them. Without one the person's duties stay on the closed account.

    Raises:
        NotAllowed: the actor is not of the office.
        NotFound: there is no such account.
        Refused: it is closed already, the successor cannot follow, or nobody would be left in the office.
        Stale: somebody changed the account after version `seen`.
    """
    leaving = account_of_office(session, actor, account=account)
    check_seen(leaving, seen)
    if leaving.closed_at is not None:
        raise Refused(CLOSED_ALREADY)
    if Duty(Role.OFFICE) in duties_held(leaving):
        check_not_last(session, leaving)
    passed = [] if successor is None else pass_on(session, actor, leaving, to=successor, now=now)
    leaving.closed_at = now
    leaving.changes += 1
    end_sign_ins(session, leaving.id, now=now)
    void_links(session, leaving, now)
    withdraw_tokens(session, actor, leaving, now)
    flush(session)
    told = {"successor": None if successor is None else username_of(session, successor), "passed": passed}
    audit.record(session, actor, subject=subject_of(leaving), action="closed", new=told, now=now)


def withdraw_tokens(session: Session, actor: Actor, leaving: Account, now: datetime) -> None:
    """Let no token work that somebody answered for who leaves: whoever answers next gets one of their own."""
    for token in tokens_of_account(session, leaving.id):
        token.withdrawn_by, token.withdrawn_at = actor.account, now


def pass_on(session: Session, actor: Actor, leaving: Account, *, to: int, now: datetime) -> list[list[str]]:
    """Give the units and departments of somebody who leaves to a colleague; which."""
    colleague = account_numbered(session, to)
    if colleague is None or colleague.id == leaving.id or colleague.closed_at is not None:
        raise Refused(NO_SUCCESSOR, {"successor": NO_SUCCESSOR})
    held = duties_held(leaving)
    passed = [duty for duty in held if duty.role.scope]
    replace_duties(leaving, [duty for duty in held if not duty.role.scope])
    old = told_of(colleague)
    replace_duties(colleague, [*duties_held(colleague), *passed])
    colleague.changes += 1
    if (new := told_of(colleague)) != old:
        audit.record(session, actor, subject=subject_of(colleague), action="changed", old=old, new=new, now=now)
    return [list(duty) for duty in passed]


def reopen_account(session: Session, actor: Actor, *, account: int, seen: int, now: datetime) -> None:
    """Open the account of somebody who comes back; the password is gone, so a new link is needed.

    Raises:
        NotAllowed: the actor is not of the office.
        NotFound: there is no such account.
        Refused: it is not closed.
        Stale: somebody changed the account after version `seen`.
    """
    found = account_of_office(session, actor, account=account)
    check_seen(found, seen)
    if found.closed_at is None:
        raise Refused(NOT_CLOSED)
    found.closed_at = None
    found.password = None
    found.changes += 1
    flush(session)
    audit.record(session, actor, subject=subject_of(found), action="reopened", now=now)


def username_of(session: Session, account: int) -> str | None:
    """What an account is called."""
    found = account_numbered(session, account)
    return None if found is None else found.username
