"""One-time links by which a person sets a password of their own."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from assess.core.actors import Actor, Right
from assess.core.errors import NotFound, Refused, Stale
from assess.core.text import Text
from assess.services import audit
from assess.services.accounts.signing_in import end_sign_ins, hashed, subject_of
from assess.store.access import clear_failures, forget_attempt
from assess.store.models import Account, PasswordLink
from assess.store.queries.accounts import (
    PasswordHash,
    PeopleSearch,
    account_numbered,
    actor_of,
    link_taken,
    open_links,
    open_people_found,
    username_of_link,
)
from assess.store.session import OVERTAKEN, Session, flush

LIFE: Final = timedelta(hours=72)
MOST_AT_ONCE: Final = 1000
TOO_MANY: Final = Text(
    "共{n}人，一次最多为{most}人生成链接，请缩小查找范围。",
    "{n} people were found. Links are created for at most {most} at once. Use more filters.",
)
NOBODY_FOUND: Final = Text("没有找到在用的账号。", "No active accounts were found.")
NO_PERSON: Final = Text("没有这个人员账号。", "There is no such account.")
CLOSED: Final = Text("该账号已停用，请先恢复。", "This account is closed. Reopen it first.")
NO_LINK: Final = Text(
    "此链接无效：可能已使用、已过期或地址不完整。请联系考核办重新获取链接。",
    "This link does not work. It was used, has expired or is incomplete. Ask the assessment office for a new link.",
)


def make_link(session: Session, actor: Actor, *, account: int, now: datetime) -> str:
    """A new link for a person, which replaces all earlier ones; its token is kept nowhere.

    Raises:
        NotAllowed: the actor is not of the office.
        NotFound: there is no such account.
        Refused: the account is closed.
    """
    actor.check_may(Right.ADMINISTER)
    found = account_numbered(session, account)
    if found is None:
        raise NotFound(NO_PERSON)
    if found.closed_at is not None:
        raise Refused(CLOSED)
    void_links(session, found, now)
    token = secrets.token_urlsafe(32)
    session.add(PasswordLink(token=hashed(token), account_id=found.id, made_at=now, expires_at=now + LIFE))
    flush(session)
    told = {"expires": (now + LIFE).isoformat(timespec="seconds")}
    audit.record(session, actor, subject=subject_of(found), action="link made", new=told, now=now)
    return token


class IssuedLink(NamedTuple):
    """A person, and the token of the link to set a password."""

    username: str
    name: str
    token: str


def make_links(session: Session, actor: Actor, *, sought: PeopleSearch, now: datetime) -> list[IssuedLink]:
    """A new link for everybody who is found and has an open account, in the order of their names.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: more people are found than get links at once, or nobody is.
    """
    actor.check_may(Right.ADMINISTER)
    number, found = open_people_found(session, sought, most=MOST_AT_ONCE)
    if number > MOST_AT_ONCE:
        raise Refused(TOO_MANY.format(n=number, most=MOST_AT_ONCE))
    if not found:
        raise Refused(NOBODY_FOUND)
    return [IssuedLink(each.username, each.name, make_link(session, actor, account=each.id, now=now)) for each in found]


def void_links(session: Session, account: Account, now: datetime) -> None:
    """Let no link of an account that was not used work any more."""
    for link in open_links(session, account=account.id, now=now):
        link.expires_at = min(link.made_at, now)


def owner_of_link(session: Session, *, token: str, now: datetime) -> str:
    """The username of the person a link was made for (1 query).

    Raises:
        NotFound: the link was used, expired, or never made.
    """
    username = username_of_link(session, token=hashed(token), now=now)
    if username is None:
        raise NotFound(NO_LINK)
    return username


def use_link(session: Session, *, token: str, password: str, now: datetime) -> None:
    """Set a password, given as its hash, by a link that works this once.

    Raises:
        NotFound: the link was used, expired, or never made.
    """
    found = link_taken(session, token=hashed(token), now=now)
    if found is None:
        raise NotFound(NO_LINK)
    link, account = found
    link.used_at = now
    flush(session)
    replace_password(session, account, password=password, now=now)
    audit.record(session, actor_of(account), subject=subject_of(account), action="password set by link", now=now)


def change_password(
    session: Session, actor: Actor, *, key: PasswordHash, attempt: int, password: str, token: str, now: datetime
) -> None:
    """Set one's own password, given as its hash, with the old one in hand; all other browsers are signed out.

    The attempt that the old password was counted under was no failure and is forgotten as one.

    Raises:
        Stale: the password was changed elsewhere in this moment.
    """
    account = account_numbered(session, actor.account)
    if account is None or PasswordHash(account.id, account.password or "") != key:
        raise Stale(OVERTAKEN)
    forget_attempt(session, attempt)
    replace_password(session, account, password=password, now=now, but=token)
    audit.record(session, actor, subject=subject_of(account), action="password changed", now=now)


def replace_password(
    session: Session, account: Account, *, password: str, now: datetime, but: str | None = None
) -> None:
    """Keep the hash of a new password, and end what the old one opened."""
    account.password = password
    void_links(session, account, now)
    clear_failures(session, username=account.username)
    end_sign_ins(session, account.id, now=now, but=but)
