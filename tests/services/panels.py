"""A year with a panel: its members, the points they give, and what comes of them."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import datetime
from fractions import Fraction
from typing import Any

from assess.core.actors import Actor, Role
from assess.core.figures.entry import MILLION
from assess.services.accounts import Duty
from assess.services.panels import KeptPoints, Typed, close_panel, give_marks, name_members, remove_member
from assess.services.panels.overview import PanelPage, panel_page
from assess.store.models import Batch, Mark, Panellist, SheetVersion, Value
from assess.store.session import Database
from tests.filled import filled
from tests.services.forms import an_open_year, year_2026
from tests.years import JIANWAI, NOW, a_person

FIGURE = "carbon_panel"
"""The judged figure of the shipped sheet: up to five points, one decimal, of the development and reform commission."""
KEEPER, MEMBERS = "reform", ("zhao", "qian", "sun")


def a_year_with_a_panel(database: Database, members: tuple[str, ...] = MEMBERS, units: int = 3) -> dict[str, Actor]:
    """The open year; `reform` keeps the panel, `zhao`, `qian` and `sun` may sit on it, those named here do.

    `sun` also reports for the first street.
    """
    return filled(database, ("a panel", members, units), lambda empty: set_up_panel(empty, members, units))


def set_up_panel(database: Database, members: tuple[str, ...], units: int) -> dict[str, Actor]:
    """Open a year, add those who may sit on the panel, and name these members."""
    people = an_open_year(database, units)
    with database.writing() as session:
        people[KEEPER] = a_person(session, KEEPER, Duty(Role.EVALUATOR, department="development-reform"))
        for username in MEMBERS:
            duties = [Duty(Role.EVALUATOR, department="urban-management")]
            duties += [Duty(Role.OFFICIAL, unit=JIANWAI)] if username == "sun" else []
            people[username] = a_person(session, username, *duties)
    if members:
        name(database, people[KEEPER], *(people[username].account for username in members))
    return people


def every_quarter(database: Database) -> None:
    """Have the judged figure taken every quarter."""
    with database.writing() as session:
        version = session.query(SheetVersion).one()
        tree: dict[str, Any] = deepcopy(version.tree)
        tree["figures"][FIGURE] |= {"period": "quarter", "roll_up": "mean"}
        version.tree, version.digest = tree, "of every quarter"


def name(database: Database, actor: Actor, *accounts: int) -> int:
    """Name members in a transaction of its own."""
    with database.writing() as session:
        cycle = year_2026(session)
        return name_members(session, actor, cycle=cycle, figure=FIGURE, accounts=accounts, now=NOW)


def seat(database: Database, actor: Actor) -> int:
    """The number of a member's seat."""
    with database.reading() as session:
        return session.query(Panellist).filter(Panellist.account_id == actor.account).one().id


def remove(database: Database, actor: Actor, member: Actor, given: str = "keep", reason: str = "调离") -> None:
    """Remove a member in a transaction of its own."""
    number = seat(database, member)
    with database.writing() as session:
        remove_member(
            session, actor, cycle=year_2026(session), figure=FIGURE, seat=number, given=given, reason=reason, now=NOW
        )


def give(
    database: Database, actor: Actor, points: Mapping[str, str], *, reason: str = "台账完整", period: str = "2026",
    seen: Mapping[str, int] | None = None, now: datetime = NOW,
) -> KeptPoints:  # fmt: skip
    """Give points in a transaction of its own; what was seen are the marks that stand, unless others are named."""
    before = standing(database, actor, period) | dict(seen or {})
    typed = {unit: Typed(text, reason, before.get(unit, 0)) for unit, text in points.items()}
    with database.writing() as session:
        return give_marks(session, actor, cycle=year_2026(session), figure=FIGURE, period=period, typed=typed, now=now)


def standing(database: Database, actor: Actor, period: str = "2026") -> dict[str, int]:
    """The numbers of the marks of a member that stand, by unit."""
    with database.reading() as session:
        rows = session.query(Mark).filter(
            Mark.account_id == actor.account, Mark.period == period, Mark.superseded_at.is_(None),
            Mark.millionths.is_not(None),
        )  # fmt: skip
        return {row.unit: row.id for row in rows}


def close(database: Database, actor: Actor, reason: str = "成员出差", seen: str = "", period: str = "2026") -> int:
    """Close the panel in a transaction of its own, as it is seen now unless told otherwise."""
    stamp = seen or page(database, actor, period).standing.stamp
    with database.writing() as session:
        return close_panel(
            session, actor, cycle=year_2026(session), figure=FIGURE, period=period, reason=reason, seen=stamp, now=NOW
        )


def page(database: Database, actor: Actor, period: str = "") -> PanelPage:
    """The panel as a person sees it."""
    with database.reading() as session:
        return panel_page(session, actor, cycle=year_2026(session), figure=FIGURE, period=period, now=NOW)


def counting(database: Database, period: str = "2026") -> dict[str, str | None]:
    """What counts now, by unit: the value, and after it what brought it in where that is no panel."""
    with database.reading() as session:
        rows = (
            session.query(Value, Batch.kind)
            .join(Batch, Batch.id == Value.batch_id)
            .filter(Value.figure == FIGURE, Value.period == period, Value.superseded_at.is_(None), Value.year == 2026)
            .order_by(Value.unit)
        )
        return {
            value.unit: None if value.millionths is None else f"{float(Fraction(value.millionths, MILLION))}"
            + ("" if kind == "panel" else f" {kind}")
            for value, kind in rows
        }  # fmt: skip
