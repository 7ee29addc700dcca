"""Attempts to sign in that failed: how many count against the next one, and what the office sees of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from assess.core.accounts.throttle import Failures
from assess.store.models import Account, SignInFailure
from assess.store.session import Session

Span = tuple[datetime, datetime]
"""Two moments: after the first, and not after the second."""


def failures_of_browser(session: Session, *, username: str, browser: str, span: Span, but: int | None) -> Failures:
    """What failed under a name in a browser that is known (1 query); `but` is an attempt that does not count."""
    of_browser = and_(SignInFailure.username == username, SignInFailure.browser == browser)
    row = session.execute(select(*counted_where(of_browser)).where(of_browser, *in_force(span, but))).one()
    return Failures(row[0] or 0, row[1])


class UnknownFailures(NamedTuple):
    """What failed in unknown browsers: under a name from an address, under the name, from the address."""

    of_caller: Failures
    of_name: Failures
    of_address: Failures


def failures_of_unknown(
    session: Session, *, username: str, address: str, span: Span, but: int | None
) -> UnknownFailures:
    """What failed in browsers that are not known (1 query); `but` is an attempt that does not count."""
    of_name, of_address = SignInFailure.username == username, SignInFailure.address == address
    cases = (and_(of_name, of_address), of_name, of_address)
    columns = [column for each in cases for column in counted_where(each)]
    query = select(*columns).where(or_(of_name, of_address), SignInFailure.browser == "", *in_force(span, but))
    row = session.execute(query).one()
    return UnknownFailures(*(Failures(row[place] or 0, row[place + 1]) for place in range(0, len(columns), 2)))


def counted_where(condition: ColumnElement[bool]) -> list[ColumnElement[Any]]:
    """How many rows a condition holds for, and the moment of the last of them."""
    return [func.sum(case((condition, 1), else_=0)), func.max(case((condition, SignInFailure.at)))]


def in_force(span: Span, but: int | None) -> tuple[ColumnElement[bool], ...]:
    """What makes a failure one that counts."""
    conditions = (is_between(*span), SignInFailure.cleared.is_(False))
    return conditions if but is None else (*conditions, SignInFailure.id != but)


def failures_of_address(session: Session, *, address: str, since: datetime, until: datetime) -> int:
    """How many attempts from an address were refused between two moments (1 query)."""
    query = select(func.count()).where(SignInFailure.address == address, is_between(since, until))
    return session.scalar(query) or 0


class FailedName(NamedTuple):
    """Failed attempts under the name of an account from one address: how many, and the last one when."""

    account: int
    name: str
    username: str
    address: str
    failures: int
    last: datetime


def failed_names(session: Session, *, since: datetime) -> list[FailedName]:
    """The accounts under whose names attempts failed, address by address, the most often first (1 query)."""
    number = func.count()
    query = (
        select(Account.id, Account.name, Account.username, SignInFailure.address, number, func.max(SignInFailure.at))
        .join(Account, Account.username == SignInFailure.username)
        .where(SignInFailure.at > since)
        .group_by(Account.id, Account.name, Account.username, SignInFailure.address)
        .order_by(number.desc(), Account.username, SignInFailure.address)
    )
    return [FailedName(*row) for row in session.execute(query)]


def failed_without_account(session: Session, *, since: datetime, but: str) -> tuple[int, int]:
    """How many attempts failed under names that nobody has, and from how many addresses (1 query)."""
    nobody = ~select(Account.id).where(Account.username == SignInFailure.username).exists()
    query = select(func.count(), func.count(SignInFailure.address.distinct()))
    row = session.execute(query.where(SignInFailure.at > since, SignInFailure.username != but, nobody)).one()
    return row[0], row[1]


def is_between(since: datetime, until: datetime) -> ColumnElement[bool]:
    """Attempts of a span of time; what seems to have failed in the future has lost its time."""
    return and_(SignInFailure.at > since, SignInFailure.at <= until)
