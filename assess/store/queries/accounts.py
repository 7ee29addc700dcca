"""People: by the token of their browser, by name, and lists of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, cast

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from assess.core.actors import Actor, Role
from assess.core.calendar import AHEAD
from assess.core.naming import half_width, trimmed
from assess.core.text import Language
from assess.store.models import Account, Grant, PasswordLink, SignIn
from assess.store.session import Session


@dataclass(frozen=True)
class SignedIn:
    """A sign-in that was not ended, and whose it is."""

    sign_in: int
    actor: Actor
    started_at: datetime
    seen_at: datetime


class PasswordHash(NamedTuple):
    """An open account and the hash of its password."""

    account: int
    password: str


def sign_in_of_token(session: Session, *, token: str) -> SignedIn | None:
    """The sign-in a hashed token stands for, unless it was ended or the account closed (2 queries)."""
    query = (
        select(SignIn, Account)
        .join(Account, Account.id == SignIn.account_id)
        .where(SignIn.token == token, SignIn.ended_at.is_(None), Account.closed_at.is_(None))
    )
    found = session.execute(query).one_or_none()
    if found is None:
        return None
    sign_in, account = found
    return SignedIn(sign_in.id, actor_of(account), sign_in.started_at, sign_in.seen_at)


def sign_in_kept(session: Session, *, token: str) -> SignIn | None:
    """The sign-in of a hashed token, ended or not (1 query)."""
    return session.scalars(select(SignIn).where(SignIn.token == token)).one_or_none()


def open_sign_ins(session: Session, *, account: int) -> list[SignIn]:
    """The sign-ins of an account that were not ended, the latest first (1 query)."""
    query = select(SignIn).where(SignIn.account_id == account, SignIn.ended_at.is_(None))
    return list(session.scalars(query.order_by(SignIn.seen_at.desc(), SignIn.id.desc())))


class Browser(NamedTuple):
    """Where a person is signed in; `here` for the one that asks."""

    started_at: datetime
    seen_at: datetime
    here: bool


def browsers_of(session: Session, *, account: int, token: str) -> list[Browser]:
    """The sign-ins of an account that were not ended, the latest first (1 query); `token` is who asks."""
    return [
        Browser(each.started_at, each.seen_at, each.token == token) for each in open_sign_ins(session, account=account)
    ]


def key_of(session: Session, *, username: str) -> PasswordHash | None:
    """The account of a user name and its password, unless it is closed or has none (1 query)."""
    query = select(Account.id, Account.password).where(
        Account.username == folded(username), Account.closed_at.is_(None), Account.password.is_not(None)
    )
    found = session.execute(query).one_or_none()
    return None if found is None else PasswordHash(found[0], found[1] or "")


def folded(username: str) -> str:
    """A user name as it is kept: small letters of half width, without blanks around it."""
    return trimmed(half_width(username)).lower()


def account_called(session: Session, username: str) -> Account | None:
    """The account of a user name, whatever the case of its letters."""
    return session.scalars(select(Account).where(Account.username == folded(username))).one_or_none()


def account_numbered(session: Session, number: int) -> Account | None:
    """The account of a number, its duties included (2 queries)."""
    return session.scalars(select(Account).where(Account.id == number)).one_or_none()


def accounts_called(session: Session, usernames: Collection[str]) -> list[Account]:
    """The accounts of these user names, in the order of the names (2 queries)."""
    query = select(Account).where(Account.username.in_([folded(each) for each in usernames]))
    return list(session.scalars(query.order_by(Account.username)))


def open_accounts(session: Session) -> list[Account]:
    """Everybody with an open account, by their user names (2 queries)."""
    return list(session.scalars(select(Account).where(Account.closed_at.is_(None)).order_by(Account.username)))


def open_or_closed(session: Session) -> list[Account]:
    """Everybody who has or had an account, by their user names (2 queries)."""
    return list(session.scalars(select(Account).order_by(Account.username)))


@dataclass(frozen=True)
class PeopleSearch:
    """Which people are looked for; what is empty does not narrow the list.

    Attributes:
        state: "open", "closed", or "new" for those who never set a password.
        words: a part of a name, a user name or an e-mail address.
    """

    role: str = ""
    unit: str = ""
    department: str = ""
    state: str = ""
    words: str = ""


def people_found(session: Session, sought: PeopleSearch, *, page: int, size: int) -> tuple[int, list[Account]]:
    """How many people are found, and one page of them by their user names (3 queries)."""
    found = narrowed(select(Account), sought)
    number = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    return number, list(session.scalars(found.order_by(Account.username).offset((page - 1) * size).limit(size)))


def open_people_found(session: Session, sought: PeopleSearch, *, most: int) -> tuple[int, list[Account]]:
    """How many of the people found have an open account, and at most so many of them by their names (3 queries)."""
    found = narrowed(select(Account).where(Account.closed_at.is_(None)), sought)
    number = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    return number, list(session.scalars(found.order_by(Account.name, Account.username).limit(most)))


def narrowed(query: Select[Account], sought: PeopleSearch) -> Select[Account]:
    """The accounts that are looked for."""
    ties = {Grant.role: sought.role, Grant.unit: sought.unit, Grant.department: sought.department}
    for column, wanted in ties.items():
        if wanted:
            query = query.where(Account.id.in_(select(Grant.account_id).where(column == wanted)))
    if sought.words:
        texts = (Account.username, func.lower(Account.name), func.lower(func.coalesce(Account.email, "")))
        query = query.where(or_(*(text.contains(sought.words.lower(), autoescape=True) for text in texts)))
    states = {
        "open": Account.closed_at.is_(None),
        "closed": Account.closed_at.is_not(None),
        "new": and_(Account.closed_at.is_(None), Account.password.is_(None)),
    }
    return query.where(states[sought.state]) if sought.state in states else query


class Colleague(NamedTuple):
    """Somebody with an open account."""

    id: int
    username: str
    name: str


def colleagues(session: Session, *, but: int) -> list[Colleague]:
    """Everybody with an open account besides one, by their names (1 query)."""
    query = select(Account.id, Account.username, Account.name).where(Account.closed_at.is_(None), Account.id != but)
    return [Colleague(*row) for row in session.execute(query.order_by(Account.name, Account.username))]


def username_of_link(session: Session, *, token: str, now: datetime) -> str | None:
    """Whose link a hashed token stands for, while it can be used (1 query)."""
    query = (
        select(Account.username).join(PasswordLink, Account.id == PasswordLink.account_id).where(*usable(token, now))
    )
    return session.scalars(query).one_or_none()


def link_taken(session: Session, *, token: str, now: datetime) -> tuple[PasswordLink, Account] | None:
    """The link of a hashed token and its account, while it can be used; whoever comes second waits and finds none."""
    query = (
        select(PasswordLink, Account).join(Account, Account.id == PasswordLink.account_id).where(*usable(token, now))
    )
    found = session.execute(query.with_for_update()).one_or_none()
    return None if found is None else (found[0], found[1])


def usable(token: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """What makes a link one that can be used; one made in the future has lost its time."""
    is_in_time = (PasswordLink.expires_at > now, PasswordLink.made_at <= now + AHEAD)
    return (PasswordLink.token == token, PasswordLink.used_at.is_(None), *is_in_time, Account.closed_at.is_(None))


def open_links(session: Session, *, account: int, now: datetime) -> list[PasswordLink]:
    """The links of an account that can still be used (1 query)."""
    query = select(PasswordLink).where(
        PasswordLink.account_id == account, PasswordLink.used_at.is_(None), PasswordLink.expires_at > now
    )
    return list(session.scalars(query.order_by(PasswordLink.id)))


def lock_office(session: Session) -> None:
    """Hold the open accounts of the office until the transaction ends (1 query)."""
    in_office = select(Grant.account_id).where(Grant.role == Role.OFFICE)
    held = select(Account.id).where(Account.id.in_(in_office), Account.closed_at.is_(None))
    session.execute(held.order_by(Account.id).with_for_update()).all()


def number_in_office(session: Session, *, but: int) -> int:
    """How many open accounts of the office there are besides one (1 query)."""
    query = select(func.count()).select_from(Grant).join(Account, Account.id == Grant.account_id)
    return session.scalar(query.where(Grant.role == Role.OFFICE, Account.closed_at.is_(None), Account.id != but)) or 0


def number_of_accounts(session: Session) -> int:
    """How many accounts there are."""
    return session.scalar(select(func.count()).select_from(Account)) or 0


def actor_of(account: Account) -> Actor:
    """A person with roles, units and departments."""
    return Actor(
        account=account.id,
        username=account.username,
        name=account.name,
        roles=frozenset(Role(grant.role) for grant in account.grants),
        units=frozenset(grant.unit for grant in account.grants if grant.unit),
        departments=frozenset(grant.department for grant in account.grants if grant.department),
        language=cast("Language", account.language),
    )
