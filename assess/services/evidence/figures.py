"""Evidence of a figure of the form: attached and withdrawn while the unit may report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from assess.core.actors import Actor
from assess.core.errors import Refused
from assess.services.cycles import lock_unit
from assess.services.evidence.attaching import Attached, attach_files, withdraw_attachment
from assess.services.evidence.pages import FigureEvidencePage, figure_page
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session


def attach_to_figure(
    session: Session,
    actor: Actor,
    *,
    cycle: CycleRow,
    unit: str,
    figure: str,
    claims: Sequence[str],
    note: str,
    now: datetime,
) -> Attached:
    """Attach files to a figure of the form; `claims` and `note` as in `attach_files`.

    Raises:
        NotFound: there is no such figure, or the actor does not report for the unit.
        Refused: reporting is closed, or the files cannot be attached.
    """
    page = check_figure(session, actor, cycle=cycle, unit=unit, figure=figure, now=now)
    return attach_files(session, actor, cycle=cycle, unit=unit, subject=page.subject, claims=claims, note=note, now=now)


def withdraw_from_figure(
    session: Session, actor: Actor, *, cycle: CycleRow, unit: str, figure: str, row: int, now: datetime
) -> str:
    """Take a file off a figure of the form; gives its name.

    Raises:
        NotFound: there is no such figure or file, or the actor does not report for the unit.
        Refused: reporting is closed.
    """
    page = check_figure(session, actor, cycle=cycle, unit=unit, figure=figure, now=now)
    return withdraw_attachment(session, actor, cycle=cycle, unit=unit, subject=page.subject, row=row, now=now)


def check_figure(
    session: Session, actor: Actor, *, cycle: CycleRow, unit: str, figure: str, now: datetime
) -> FigureEvidencePage:
    """The evidence of a figure to somebody who is about to change it.

    Raises:
        NotFound: there is no such figure, or the actor does not report for the unit.
        Refused: reporting is closed; says why.
    """
    actor.check_unit(unit)
    lock_unit(session, cycle, unit)
    page = figure_page(session, actor, cycle=cycle, unit=unit, figure=figure, now=now)
    check_may_change(actor, page)
    return page


def check_may_change(actor: Actor, page: FigureEvidencePage) -> None:
    """Let an official of the unit pass while the unit may report.

    Raises:
        NotFound: another unit.
        Refused: reporting is closed; says why.
    """
    actor.check_unit(page.unit)
    if page.locked is not None:
        raise Refused(page.locked)
