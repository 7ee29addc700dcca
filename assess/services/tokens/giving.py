"""Tokens given and withdrawn by the office."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from assess.core.actors import Actor, Right
from assess.core.calendar import day_of
from assess.core.errors import NotFound, Refused
from assess.core.text import Text
from assess.core.tokens import MAX_DAYS, MAX_NAME_LENGTH
from assess.core.unseen import HIDDEN
from assess.services import audit
from assess.services.accounts.signing_in import hashed
from assess.services.cycles import refused
from assess.store.models import Token
from assess.store.queries import tokens as queries
from assess.store.session import Session, flush

BEGINNING: Final = "assess-"
"""What every token begins with, so that one that lies about is known for what it is."""
NO_TOKEN: Final = Text("没有这个令牌。", "There is no such token.")
NOBODY: Final = Text("请选择负责人。", "Select who is responsible.")
NO_NAME: Final = Text("请填写系统名称。", "Enter the name of the system.")
LONG_NAME: Final = Text("最多{most}字。", "Enter {most} characters or fewer.")
NO_DAY: Final = Text("请填写最后一天。", "Enter the last day.")
PAST: Final = Text("这一天已经过去，请填写今天或以后的日期。", "This day is past. Enter today or a later date.")
TOO_FAR: Final = Text(
    "最晚可填{day}，到期后可再签发一个。", "The latest possible date is {day}. You can issue another token after that."
)
GIVEN_ALREADY: Final = Text(
    "该部门已有名为“{name}”的令牌，它只显示一次。没有记下的，请先收回，再签发一个。",
    "The department already has a token named {name}. It was shown once. If nobody copied it, revoke "
    "it first, then issue another.",
)
WITHDRAWN: Final = Text("这个令牌已经收回。", "This token is already revoked.")


class IssuedToken(NamedTuple):
    """A token that was given, and the secret that is shown this once."""

    row: Token
    secret: str


def give_token(
    session: Session, actor: Actor, *, holder: int, department: str, name: str, ends: date | None, now: datetime
) -> IssuedToken:
    """Let a department's system send evidence until a day, an evaluator of the department answering for it; or let a
    receiver's system read hand-overs, where `department` is `RECEIVERS`.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: nobody answers for it, the name is missing, too long or taken, or the day is missing, past or too far.
    """
    actor.check_may(Right.ADMINISTER)
    if queries.holder_taken(session, account=holder, department=department) is None:
        raise refused("holder", NOBODY)
    day = checked_day(ends, day_of(now))
    called = checked_name(session, department, name.strip(), day_of(now))
    secret = f"{BEGINNING}{secrets.token_urlsafe(32)}"
    row = Token(
        department=department, name=called, secret=hashed(secret), account_id=holder, ends=day,
        given_by=actor.account, given_at=now,
    )  # fmt: skip
    session.add(row)
    flush(session)
    audit.record(session, actor, subject=subject_of(row), action="given", new=audit_facts(row), now=now)
    return IssuedToken(row, secret)


def checked_day(ends: date | None, today: date) -> date:
    """A last day that means something.

    Raises:
        Refused: it does not.
    """
    latest = today + timedelta(days=MAX_DAYS)
    if ends is None:
        raise refused("ends", NO_DAY)
    if ends < today:
        raise refused("ends", PAST)
    if ends > latest:
        raise refused("ends", TOO_FAR.format(day=latest))
    return ends


def checked_name(session: Session, department: str, name: str, today: date) -> str:
    """A name by which no other token of the department goes.

    Raises:
        Refused: it is none, or taken.
    """
    if not name or HIDDEN.search(name):
        raise refused("name", NO_NAME)
    if len(name) > MAX_NAME_LENGTH:
        raise refused("name", LONG_NAME.format(most=MAX_NAME_LENGTH))
    if queries.token_named(session, department=department, name=name, today=today) is not None:
        raise refused("name", GIVEN_ALREADY.format(name=Text.same(name)))
    return name


def withdraw_token(session: Session, actor: Actor, *, row: int, now: datetime) -> Token:
    """Let a token open nothing from now on.

    Raises:
        NotAllowed: the actor is not of the office.
        NotFound: there is no such token.
        Refused: it is withdrawn already.
    """
    actor.check_may(Right.ADMINISTER)
    found = queries.token_for_update(session, row)
    if found is None:
        raise NotFound(NO_TOKEN)
    if found.withdrawn_at is not None:
        raise Refused(WITHDRAWN)
    found.withdrawn_by, found.withdrawn_at = actor.account, now
    flush(session)
    audit.record(session, actor, subject=subject_of(found), action="withdrawn", old=audit_facts(found), now=now)
    return found


def subject_of(row: Token) -> str:
    """What the log calls a token."""
    return f"token:{row.department}/{row.id}"


def audit_facts(row: Token) -> dict[str, Any]:
    """A token as the log tells it; never its secret."""
    return {"name": row.name, "answers": row.account_id, "ends": row.ends.isoformat()}
