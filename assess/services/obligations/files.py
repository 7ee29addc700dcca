"""Evidence of an obligation: files attached and withdrawn while the unit may report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from assess.core.actors import Actor
from assess.core.errors import Refused
from assess.core.text import Text
from assess.services.cycles import lock_unit
from assess.services.evidence import Attached, attach_files, withdraw_attachment
from assess.services.evidence.pages import distinct_files, titles_of
from assess.services.evidence.repeats import told_uses
from assess.services.obligations.loading import put_together, reopened_until
from assess.services.obligations.standing import UnitTask, UnitTasks
from assess.services.years import year_of
from assess.store.queries import evidence as queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.evidence import AttachedRow
from assess.store.queries.obligations import obligations_of
from assess.store.session import Session


def subject_of(task: str) -> str:
    """What the files of a task are attached to."""
    return f"task:{task}"


@dataclass(frozen=True)
class TaskFiles:
    """The evidence of one obligation.

    Attributes:
        files: what is attached now; `withdrawn` was once.
        others: files of the unit that are attached elsewhere and may serve here too, each once.
        titles: what each subject with files is called.
        repeats: warnings by SHA-256.
    """

    of: UnitTasks
    own: UnitTask
    files: tuple[AttachedRow, ...]
    withdrawn: tuple[AttachedRow, ...]
    others: tuple[AttachedRow, ...]
    titles: Mapping[str, Text]
    repeats: Mapping[str, tuple[Text, ...]]


def task_files(session: Session, actor: Actor, *, cycle: CycleRow, unit: str, task: str, now: datetime) -> TaskFiles:
    """The evidence of an obligation (7 queries, one more where the sheet, the units or the list changed).

    Raises:
        NotFound: there is no such unit or it has no such task, or the reader may not see it.
        Refused: no rule sheet is published.
    """
    of = one_task(session, actor, cycle=cycle, unit=unit, task=task, now=now)
    rows = queries.all_attachments_of(session, cycle=cycle.id, unit=unit)
    uses = queries.uses_elsewhere(session, cycle=cycle.id, year=cycle.year, unit=unit)
    here = [row for row in rows if row.subject == subject_of(task)]
    files = tuple(row for row in here if row.withdrawn_at is None)
    return TaskFiles(
        of=of,
        own=of.task(task),
        files=files,
        withdrawn=tuple(row for row in here if row.withdrawn_at is not None),
        others=distinct_files(rows, {row.sha256 for row in files}),
        titles=titles_of(of.year, rows),
        repeats=told_uses(actor, unit=unit, uses=uses),
    )


def one_task(session: Session, actor: Actor, *, cycle: CycleRow, unit: str, task: str, now: datetime) -> UnitTasks:
    """One obligation of a unit without its reports (5 queries, one more where the sheet, units or list changed).

    Raises:
        NotFound: there is no such unit or it has no such task, or the reader may not see it.
        Refused: no rule sheet is published.
    """
    actor.check_sees_unit(unit)
    year = year_of(session, cycle)
    year.place_of(unit)
    rows = obligations_of(session, cycle=cycle.id, units=[unit], tasks=[task])
    until = reopened_until(session, cycle=cycle, units=[unit], now=now)[unit]
    of = put_together(year, actor, unit=unit, rows=rows, told={}, until=until, now=now)
    of.task(task)
    return of


def attach_to_task(
    session: Session,
    actor: Actor,
    *,
    cycle: CycleRow,
    unit: str,
    task: str,
    claims: Sequence[str],
    note: str,
    now: datetime,
) -> Attached:
    """Attach files to an obligation; `claims` and `note` as in `attach_files`.

    Raises:
        NotFound: there is no such task, or the actor does not report for the unit.
        Refused: reporting is closed, or the files cannot be attached.
    """
    subject = check_changing(session, actor, cycle=cycle, unit=unit, task=task, now=now)
    return attach_files(session, actor, cycle=cycle, unit=unit, subject=subject, claims=claims, note=note, now=now)


def withdraw_from_task(
    session: Session, actor: Actor, *, cycle: CycleRow, unit: str, task: str, row: int, now: datetime
) -> str:
    """Take a file off an obligation; gives its name.

    Raises:
        NotFound: there is no such task or file, or the actor does not report for the unit.
        Refused: reporting is closed.
    """
    subject = check_changing(session, actor, cycle=cycle, unit=unit, task=task, now=now)
    return withdraw_attachment(session, actor, cycle=cycle, unit=unit, subject=subject, row=row, now=now)


def check_changing(session: Session, actor: Actor, *, cycle: CycleRow, unit: str, task: str, now: datetime) -> str:
    """The subject of an obligation's files, to somebody who may change them.

    Raises:
        NotFound: there is no such task, or the actor does not report for the unit.
        Refused: reporting is closed; says why.
    """
    actor.check_unit(unit)
    lock_unit(session, cycle, unit)
    of = one_task(session, actor, cycle=cycle, unit=unit, task=task, now=now)
    if of.window.locked is not None:
        raise Refused(of.window.locked)
    return subject_of(task)
