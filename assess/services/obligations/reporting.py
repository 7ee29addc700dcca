"""Reports on obligations: one, or all that are due for a period, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Final

from assess.core.actors import Actor
from assess.core.calendar import BEIJING
from assess.core.errors import NotFound, Refused, Stale
from assess.core.figures.entry import MILLION, to_stored
from assess.core.numbers import printed
from assess.core.obligations.reports import ReadReport, RequiredReport, TypedReport, label_of, read_report, replaces
from assess.core.obligations.standing import Status
from assess.core.text import Text
from assess.services import audit
from assess.services.cycles import lock_unit
from assess.services.obligations.loading import unit_tasks
from assess.services.obligations.standing import NO_TASK, UnitTasks
from assess.store.models import Obligation, ObligationReport
from assess.store.queries import obligations as queries
from assess.store.queries.cycles import CycleRow
from assess.store.session import OVERTAKEN, Session, flush

NOT_SAVED: Final = Text("填写有误，尚未报送，请按下列提示改正。", "Nothing was submitted. Correct the errors below.")
NOTHING: Final = Text("没有可报送的任务，请至少填写一项。", "There is nothing to submit. Fill in at least one task.")
NO_PERIOD: Final = Text(
    "该任务这一填报期不能报送，请选择已开放的填报期。",
    "Progress of this task cannot be submitted for that reporting period. Select one that is open.",
)
MEANWHILE: Final = Text(
    "{who}已于{when}报送：{status}，进度{share}%",
    "{who} submitted a report on {when}: {status}, {share}%",
)


def report_obligation(
    session: Session,
    actor: Actor,
    *,
    cycle: CycleRow,
    unit: str,
    task: str,
    period: str,
    typed: TypedReport,
    seen: int,
    now: datetime,
) -> None:
    """Report on one obligation; as `report_obligations`, with the plain names of the fields."""
    reports, versions = {task: typed}, {task: seen}
    try:
        report_obligations(session, actor, cycle=cycle, unit=unit, period=period, typed=reports, seen=versions, now=now)
    except (Refused, Stale) as error:
        fields = {name.removesuffix(f"-{task}"): what for name, what in error.fields.items()}
        raise type(error)(error.what, fields) from error


def report_obligations(
    session: Session,
    actor: Actor,
    *,
    cycle: CycleRow,
    unit: str,
    period: str,
    typed: Mapping[str, TypedReport],
    seen: Mapping[str, int],
    now: datetime,
) -> None:
    """Report on obligations of a unit for one period, all or none.

    A report for a period that was reported on already follows it; both are kept. Of an earlier period than the latest
    reported one it is kept, and how the task stands now stays.

    Args:
        session: the transaction.
        actor: an official of the unit.
        cycle: the year.
        unit: the code of the unit.
        period: the label of the period.
        typed: what was typed, by the number of the task.
        seen: the version of each obligation that the person had before them.
        now: the moment.

    Raises:
        NotFound: another unit, or the unit has no such task.
        Refused: reporting is closed, or something typed is wrong; by field and task, as in `share-7`.
        Stale: somebody else reported meanwhile; says what, by task.
    """
    actor.check_unit(unit)
    lock_unit(session, cycle, unit)
    of = unit_tasks(session, actor, cycle=cycle, unit=unit, now=now)
    if of.window.locked is not None:
        raise Refused(of.window.locked)
    if not typed:
        raise Refused(NOTHING)
    asked, read = check_typed(of, period, typed)
    rows = queries.obligations_for_update(session, cycle=cycle.id, unit=unit, tasks=typed)
    check_seen(session, cycle, unit, rows, seen)
    for no, report in read.items():
        audit.record(
            session,
            actor,
            subject=f"task:{cycle.year}/{unit}/{no}",
            action="reported",
            old=audit_facts(rows[no].period, rows[no].status, rows[no].progress, rows[no].done_on),
            new=write_report(session, actor, rows[no], asked[no], report, now=now),
            now=now,
        )
    flush(session)


def check_typed(
    of: UnitTasks, period: str, typed: Mapping[str, TypedReport]
) -> tuple[dict[str, RequiredReport], dict[str, ReadReport]]:
    """The report that is asked for and the one that was typed, by task.

    Raises:
        NotFound: the unit has no such task.
        Refused: something is wrong; by field and task.
    """
    asked: dict[str, RequiredReport] = {}
    read: dict[str, ReadReport] = {}
    wrong: dict[str, Text] = {}
    for no, each in typed.items():
        found, reading = of.task(no).report_for(period), read_report(each, of.year.cycle.year, of.today)
        if found is None:
            wrong[f"period-{no}"] = NO_PERIOD
        elif isinstance(reading, ReadReport):
            asked[no], read[no] = found, reading
        else:
            wrong.update({f"{name}-{no}": what for name, what in reading.items()})
    if wrong:
        raise Refused(NOT_SAVED, wrong)
    return asked, read


def check_seen(
    session: Session, cycle: CycleRow, unit: str, rows: Mapping[str, Obligation], seen: Mapping[str, int]
) -> None:
    """Let reports pass on what nobody changed since it was seen.

    Raises:
        NotFound: an obligation no longer binds.
        Stale: somebody reported meanwhile; says at each status who, when and what.
    """
    if not rows.keys() >= seen.keys():
        raise NotFound(NO_TASK)
    overtaken = [no for no, row in rows.items() if row.version != seen.get(no)]
    if not overtaken:
        return
    fields = {}
    for latest in queries.latest_reports(session, cycle=cycle.id, unit=unit, tasks=overtaken):
        row = rows[latest.task]
        fields[f"status-{latest.task}"] = MEANWHILE.format(
            who=latest.who,
            when=f"{latest.when.astimezone(BEIJING):%Y-%m-%d %H:%M}",
            status=Status(row.status).label,
            share=printed(Fraction(row.progress, MILLION)),
        )
    raise Stale(OVERTAKEN, fields)


def write_report(
    session: Session, actor: Actor, row: Obligation, asked: RequiredReport, report: ReadReport, *, now: datetime
) -> dict[str, Any]:
    """Keep a report, and let it say how the obligation stands unless a later period was reported on."""
    progress, period = report.progress, asked.period.label
    millionths = to_stored(progress.share).millionths or 0
    session.add(
        ObligationReport(
            obligation_id=row.id,
            period=period,
            status=progress.status,
            progress=millionths,
            done_on=progress.done_on,
            words=report.words,
            reported_by=actor.account,
            reported_at=now,
        )
    )
    row.reports += 1
    if replaces(asked.label, label_of(row.period, asked.label.year)):
        row.period, row.status, row.progress, row.done_on = period, progress.status, millionths, progress.done_on
    return {**audit_facts(period, progress.status, millionths, progress.done_on), "words": report.words}


def audit_facts(period: str | None, status: str, progress: int, done_on: date | None) -> dict[str, Any]:
    """What an audit entry says of an obligation."""
    return {
        "period": period,
        "status": str(status),
        "progress": printed(Fraction(progress, MILLION)),
        "done_on": None if done_on is None else done_on.isoformat(),
    }
