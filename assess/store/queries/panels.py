"""Panels: who sits on them, the points they gave, and the values that their means became."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from fractions import Fraction
from typing import Final, NamedTuple

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import aliased

from assess.core.actors import Actor, Right, roles_with
from assess.core.evidence.verdicts import Verdict
from assess.core.figures.entry import MILLION
from assess.store.models import Account, Batch, Grant, Mark, Panellist, Proposal, Value
from assess.store.queries.accounts import actor_of
from assess.store.records import select_records
from assess.store.session import Session

PANEL: Final = "panel"
"""The kind of the batch in which means of a panel come."""


class Seat(NamedTuple):
    """Somebody who sits on the panel of a figure; `is_open` is whether the account can still be used."""

    id: int
    figure: str
    named_at: datetime
    is_open: bool
    actor: Actor

    @property
    def can_judge(self) -> bool:
        """Whether the person can still open the page to judge; for others it is waited in vain."""
        return self.is_open and self.actor.may(Right.REVIEW)


class MarkRow(NamedTuple):
    """Points that a member gave and that stand, in millionths; `before` are those they came after."""

    id: int
    unit: str
    period: str
    account: int
    name: str
    millionths: int
    reason: str
    given_at: datetime
    before: int | None

    @property
    def points(self) -> Fraction:
        """The points."""
        return Fraction(self.millionths, MILLION)

    @property
    def points_before(self) -> Fraction | None:
        """The points that they came after; None where there were none."""
        return None if self.before is None else Fraction(self.before, MILLION)


class CountingRow(NamedTuple):
    """The value of a judged figure that counts now; `kind` is what brought it in."""

    id: int
    unit: str
    period: str
    millionths: int | None
    kind: str


class OwnMark(NamedTuple):
    """A panel on which a person sits, and one unit and period that they judged; both None where none is."""

    figure: str
    unit: str | None
    period: str | None


def seats_of(session: Session, *, cycle: int, figures: Collection[str]) -> list[Seat]:
    """Who sits on the panels of some figures, in the order of naming (2 queries)."""
    query = (
        select(Panellist, Account)
        .join(Account, Account.id == Panellist.account_id)
        .where(Panellist.cycle_id == cycle, Panellist.figure.in_(figures), Panellist.left_at.is_(None))
        .order_by(Panellist.id)
    )
    return [
        Seat(seat.id, seat.figure, seat.named_at, account.closed_at is None, actor_of(account))
        for seat, account in session.execute(query)
    ]


def lock_panel(session: Session, *, cycle: int, figure: str) -> list[Panellist]:
    """The seats of a panel; nobody else names, leaves or judges before the transaction ends (1 query)."""
    query = (
        select(Panellist)
        .where(Panellist.cycle_id == cycle, Panellist.figure == figure, Panellist.left_at.is_(None))
        .order_by(Panellist.id)
        .with_for_update()
    )
    return list(session.scalars(query.execution_options(populate_existing=True)))


def panelled_figures(session: Session, *, cycle: int) -> frozenset[str]:
    """The figures that have a panel now (1 query)."""
    query = select(Panellist.figure).where(Panellist.cycle_id == cycle, Panellist.left_at.is_(None)).distinct()
    return frozenset(session.scalars(query.order_by(Panellist.figure)))


def sits(session: Session, *, cycle: int, figure: str, account: int) -> bool:
    """Whether a person sits on a panel (1 query)."""
    query = select(Panellist.id).where(
        Panellist.cycle_id == cycle, Panellist.figure == figure, Panellist.account_id == account,
        Panellist.left_at.is_(None),
    )  # fmt: skip
    return session.scalar(query) is not None


def proposals_against_panels(session: Session, *, row: int, cycle: int) -> list[str]:
    """The figures that have a panel now and that an uploaded file would change (1 query)."""
    judged = select(Panellist.figure).where(Panellist.cycle_id == cycle, Panellist.left_at.is_(None))
    query = select(Proposal.figure).where(
        Proposal.import_id == row, Proposal.verdict != Verdict.UNCHANGED, Proposal.figure.in_(judged)
    )
    return list(session.scalars(query.distinct().order_by(Proposal.figure)))


def candidates(session: Session) -> list[Actor]:
    """Everybody who may sit on a panel: open accounts of evaluators and the office, by their names (2 queries)."""
    fit = select(Grant.account_id).where(Grant.role.in_(roles_with(Right.REVIEW)))
    query = select(Account).where(Account.closed_at.is_(None), Account.id.in_(fit))
    return [actor_of(account) for account in session.scalars(query.order_by(Account.name, Account.username))]


def marks_of(session: Session, *, cycle: int, figure: str, periods: Collection[str]) -> list[MarkRow]:
    """The points that stand for a figure in some periods, with those they came after (1 query)."""
    query = marks().where(Mark.cycle_id == cycle, Mark.figure == figure, Mark.period.in_(periods))
    return list(session.scalars(query.where(Mark.superseded_at.is_(None))))


def marks_numbered(session: Session, ids: Collection[int]) -> list[MarkRow]:
    """Marks by their numbers, those that stand no longer too (1 query)."""
    return list(session.scalars(marks().where(Mark.id.in_(ids))))


def marks() -> Select[MarkRow]:
    """Marks that have points, with those they came after."""
    before = aliased(Mark)
    points = func.coalesce(Mark.millionths, 0)
    return (
        select_records(
            MarkRow, Mark, account=Mark.account_id, name=Account.name, millionths=points, before=before.millionths
        )
        .join(Account, Account.id == Mark.account_id)
        .outerjoin(before, before.id == Mark.supersedes)
        .where(Mark.millionths.is_not(None))
        .order_by(Mark.id)
    )


def judged_by_period(
    session: Session, *, cycle: int, figure: str, account: int, units: Collection[str]
) -> dict[str, int]:
    """How many of some units a member has judged in each period (1 query)."""
    query = (
        select(Mark.period, func.count())
        .where(Mark.cycle_id == cycle, Mark.figure == figure, Mark.account_id == account, Mark.unit.in_(units))
        .where(Mark.superseded_at.is_(None), Mark.millionths.is_not(None))
        .group_by(Mark.period)
        .order_by(Mark.period)
    )
    return dict(session.execute(query).all())


def means_by_period(session: Session, *, cycle: int, year: int, figure: str, units: Collection[str]) -> dict[str, int]:
    """Of how many of some units a mean counts in each period (1 query)."""
    query = (
        select(Value.period, func.count())
        .join(Batch, Batch.id == Value.batch_id)
        .where(Value.cycle_id == cycle, Value.year == year, Value.figure == figure, Value.unit.in_(units))
        .where(Value.superseded_at.is_(None), Value.millionths.is_not(None), Batch.kind == PANEL)
        .group_by(Value.period)
        .order_by(Value.period)
    )
    return dict(session.execute(query).all())


def marks_for_update(session: Session, *, cycle: int, figure: str, account: int) -> list[Mark]:
    """The marks of a member that are the newest of their unit and period (1 query)."""
    query = select(Mark).where(
        Mark.cycle_id == cycle, Mark.figure == figure, Mark.account_id == account, Mark.superseded_at.is_(None)
    )
    return list(session.scalars(query.order_by(Mark.id).execution_options(populate_existing=True)))


def own_marks(session: Session, *, cycle: int, account: int) -> list[OwnMark]:
    """The panels on which a person sits, with what they judged on each (1 query)."""
    theirs = and_(
        Mark.cycle_id == Panellist.cycle_id,
        Mark.figure == Panellist.figure,
        Mark.account_id == Panellist.account_id,
        Mark.superseded_at.is_(None),
        Mark.millionths.is_not(None),
    )
    query = (
        select_records(OwnMark, Panellist, Mark)
        .outerjoin(Mark, theirs)
        .where(Panellist.cycle_id == cycle, Panellist.account_id == account, Panellist.left_at.is_(None))
        .order_by(Panellist.id, Mark.id)
    )
    return list(session.scalars(query))


def values_counting(
    session: Session, *, cycle: int, year: int, figure: str, periods: Collection[str]
) -> list[CountingRow]:
    """The values of a figure that count now in some periods, withdrawn ones too (1 query)."""
    query = (
        select_records(CountingRow, Value, Batch)
        .join(Batch, Batch.id == Value.batch_id)
        .where(Value.cycle_id == cycle, Value.year == year, Value.figure == figure, Value.period.in_(periods))
        .where(Value.superseded_at.is_(None))
        .order_by(Value.id)
    )
    return list(session.scalars(query))


def values_to_supersede(session: Session, ids: Collection[int]) -> dict[int, Value]:
    """Values by their numbers, to be superseded (1 query)."""
    query = select(Value).where(Value.id.in_(ids)).order_by(Value.id)
    return {value.id: value for value in session.scalars(query)}


def means_counting(session: Session, *, cycle: int, year: int) -> dict[str, int]:
    """How many values of each figure are means of a panel and count now (1 query)."""
    query = (
        select(Value.figure, func.count())
        .join(Batch, Batch.id == Value.batch_id)
        .where(Value.cycle_id == cycle, Value.year == year, Value.superseded_at.is_(None), Batch.kind == PANEL)
        .where(Value.millionths.is_not(None))
        .group_by(Value.figure)
        .order_by(Value.figure)
    )
    return dict(session.execute(query).all())
