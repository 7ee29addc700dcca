"""Tokens: whose one is, the list of them, who can answer for one, and what was sent with one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Exists, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from assess.core.actors import Actor, Role
from assess.core.tokens import RECEIVERS, TokenState, standing_of
from assess.core.workflow import Imported
from assess.store.models import Account, Grant, Import, Token
from assess.store.queries.accounts import actor_of
from assess.store.records import select_records
from assess.store.session import Session


@dataclass(frozen=True)
class TokenRow:
    """A token as pages show it; who by name, "" for the operator."""

    id: int
    department: str
    name: str
    holder: str
    holder_account: int
    ends: date
    given_by: str
    given_at: datetime
    withdrawn_by: str
    withdrawn_at: datetime | None
    used_at: datetime | None
    is_held: bool

    def standing(self, today: date) -> TokenState:
        """How it stands on a day."""
        is_withdrawn = self.withdrawn_at is not None
        return standing_of(ends=self.ends, today=today, is_withdrawn=is_withdrawn, is_held=self.is_held)


class Bearer(NamedTuple):
    """Whoever comes with a token that is in force: in whose name, the name of the token, when it was used last."""

    actor: Actor
    token: int
    name: str
    department: str
    used_at: datetime | None


class Holder(NamedTuple):
    """An evaluator who can answer for a token of a department, or a receiver for one of none."""

    account: int
    name: str
    username: str
    department: str


def bearer_of(session: Session, *, secret: str, today: date) -> Bearer | None:
    """Whoever comes with the token of a hashed secret, if it is in force on a day (2 queries).

    Of the person only the one department is left, and the role of its evaluator; or the role of a receiver alone.
    """
    query = select(Token, Account).join(Account, Account.id == Token.account_id)
    in_force = (Token.secret == secret, Token.withdrawn_at.is_(None), Token.ends >= today, is_held())
    found = session.execute(query.where(*in_force)).one_or_none()
    if found is None:
        return None
    token, account = found
    actor = replace(
        actor_of(account),
        roles=frozenset({role_for(token.department)}),
        units=frozenset(),
        departments=frozenset({token.department} - {RECEIVERS}),
        token=token.id,
    )
    return Bearer(actor, token.id, token.name, token.department, token.used_at)


def is_held() -> Exists:
    """Whether the person who answers for a token has an open account and the role that it needs."""
    return exists().where(
        Account.id == Token.account_id, Account.closed_at.is_(None), Grant.account_id == Account.id, fits_token()
    )


def fits_token() -> ColumnElement[bool]:
    """Whether a role is what a token needs: an evaluator of its department, or a receiver where it is of none."""
    of_none = Token.department == RECEIVERS
    role = or_(and_(of_none, Grant.role == Role.RECEIVER), and_(~of_none, Grant.role == Role.EVALUATOR))
    return and_(role, Grant.department == Token.department)


def role_for(department: str) -> Role:
    """In which role a token acts."""
    return Role.RECEIVER if department == RECEIVERS else Role.EVALUATOR


def tokens_listed(session: Session, *, start: int, size: int) -> list[TokenRow]:
    """A page of all tokens, those that were not withdrawn first, each half newest first (1 query)."""
    ordered = token_rows().order_by(Token.withdrawn_at.is_not(None), Token.id.desc())
    return list(session.scalars(ordered.offset(start).limit(size)))


def token_at(session: Session, row: int) -> TokenRow | None:
    """One token as pages show it (1 query)."""
    return session.scalars(token_rows().where(Token.id == row)).one_or_none()


def number_of_tokens(session: Session) -> int:
    """How many tokens there are or were (1 query)."""
    return session.scalar(select(func.count()).select_from(Token)) or 0


def token_rows() -> Select[TokenRow]:
    """Tokens with the names of people, and whether whoever answers for one still may."""
    given, withdrawn, holder = aliased(Account), aliased(Account), aliased(Account)
    return (
        select_records(
            TokenRow,
            Token,
            holder=holder.name,
            holder_account=Token.account_id,
            given_by=func.coalesce(given.name, ""),
            withdrawn_by=func.coalesce(withdrawn.name, ""),
            is_held=exists().where(holder.closed_at.is_(None), Grant.account_id == holder.id, fits_token()),
        )
        .join(holder, holder.id == Token.account_id)
        .outerjoin(given, given.id == Token.given_by)
        .outerjoin(withdrawn, withdrawn.id == Token.withdrawn_by)
    )


def token_for_update(session: Session, row: int) -> Token | None:
    """One token, while nobody else changes it before the transaction ends (1 query)."""
    return session.scalars(select(Token).where(Token.id == row).with_for_update()).one_or_none()


def token_named(session: Session, *, department: str, name: str, today: date) -> Token | None:
    """The token of a department that goes by a name and has neither expired nor been withdrawn (1 query)."""
    query = select(Token).where(
        Token.department == department, Token.name == name, Token.withdrawn_at.is_(None), Token.ends >= today
    )
    return session.scalars(query.order_by(Token.id).limit(1)).one_or_none()


def tokens_of_account(session: Session, account: int) -> list[Token]:
    """The tokens that a person answers for and that were not withdrawn (1 query)."""
    query = select(Token).where(Token.account_id == account, Token.withdrawn_at.is_(None))
    return list(session.scalars(query.order_by(Token.id).with_for_update()))


def holders(session: Session) -> list[Holder]:
    """Every evaluator with an open account, once for each department, and every receiver, by name (1 query)."""
    of_department = and_(Grant.role == Role.EVALUATOR, Grant.department != RECEIVERS)
    query = (
        select(Account.id, Account.name, Account.username, Grant.department)
        .join(Grant, Grant.account_id == Account.id)
        .where(Account.closed_at.is_(None), or_(of_department, Grant.role == Role.RECEIVER))
    )
    ordered = query.order_by(Grant.department, Account.name, Account.username)
    return [Holder(*row) for row in session.execute(ordered)]


def holder_taken(session: Session, *, account: int, department: str) -> Account | None:
    """An evaluator of a department, or a receiver, whose tokens nobody else gives meanwhile (2 queries)."""
    query = (
        select(Account)
        .join(Grant, Grant.account_id == Account.id)
        .where(
            Account.id == account,
            Account.closed_at.is_(None),
            Grant.role == role_for(department),
            Grant.department == department,
        )
    )
    return session.scalars(query.with_for_update(of=Account)).one_or_none()


def moments_sent(session: Session, *, token: int, span: tuple[datetime, datetime], most: int) -> list[datetime]:
    """When the newest files between two moments were sent with a token, newest first, so many at most (1 query)."""
    query = select(Import.made_at).where(Import.token_id == token, Import.made_at > span[0], Import.made_at <= span[1])
    return list(session.scalars(query.order_by(Import.made_at.desc(), Import.id.desc()).limit(most)))


def sent_with(session: Session, *, cycle: int, token: int, row: int) -> Import | None:
    """A file of a year that was sent with a token (1 query)."""
    query = select(Import).where(Import.id == row, Import.cycle_id == cycle, Import.token_id == token)
    return session.scalars(query).one_or_none()


def still_open(session: Session, *, cycle: int, token: int, upload: str) -> Import | None:
    """The newest file of the same content that was sent with a token and is being worked on or waits (1 query)."""
    open_states = (Imported.CHECKING, Imported.CHECKED, Imported.ACCEPTING)
    query = select(Import).where(
        Import.cycle_id == cycle,
        Import.token_id == token,
        Import.upload == upload,
        Import.state.in_(open_states),
    )
    return session.scalars(query.order_by(Import.id.desc()).limit(1)).one_or_none()
