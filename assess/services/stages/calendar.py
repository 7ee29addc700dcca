"""The days of a year that concern somebody, to take into a calendar of one's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Final, NamedTuple

from assess.core.actors import Actor
from assess.core.calendar import day_of
from assess.core.obligations.standing import Status
from assess.core.text import Language, Text
from assess.files.calendar_file import CalendarEntry, write_calendar
from assess.services.reporting_windows import last_day
from assess.services.years import units_of
from assess.store.queries.cycles import CycleRow
from assess.store.queries.forms import submissions_of
from assess.store.queries.obligations import to_do_of
from assess.store.queries.stages import spans_of
from assess.store.session import Session

STAGE: Final = Text("{title}：{stage}", "{title}: {stage}")
LAST_DAY: Final = Text("{unit}：填报截止", "{unit}: last day to report")
TASKS_DUE: Final = Text("{unit}：{n}项任务到期", "{unit}: tasks due ({n})")
NAME: Final = Text("{year}年度考核日程.ics", "assessment-dates-{year}.ics")


class CalendarFile(NamedTuple):
    """The file and what it is called."""

    data: bytes
    name: str


def calendar_file(
    session: Session, actor: Actor, *, cycle: CycleRow, language: Language, link: str, now: datetime
) -> CalendarFile:
    """The stages of the year, and for the units of an official their last day to report and the days tasks are due."""
    entries = [*stage_entries(session, cycle), *unit_entries(session, actor, cycle, now)]
    data = write_calendar(entries, language, title=cycle.title, link=link, now=now)
    return CalendarFile(data, NAME.localized(language, year=str(cycle.year)))


def stage_entries(session: Session, cycle: CycleRow) -> Iterator[CalendarEntry]:
    """Each stage that has days."""
    for stage, span in spans_of(session, cycle.id).items():
        title = STAGE.format(title=cycle.title, stage=stage.label)
        yield CalendarEntry(stage.value, title, span.begins, span.ends, cycle.title)


def unit_entries(session: Session, actor: Actor, cycle: CycleRow, now: datetime) -> Iterator[CalendarEntry]:
    """What the units of an official have to do by when."""
    if not actor.units or cycle.stage.is_preparing:
        return
    units, _names = units_of(session, cycle)
    names = dict(zip(units.codes, units.names, strict=True))
    for unit, row in submissions_of(session, cycle=cycle.id, units=actor.units, today=day_of(now)).items():
        day = last_day(cycle, row)
        if day is not None:
            title = LAST_DAY.format(unit=names[unit])
            yield CalendarEntry(f"report-{unit}", title, day, day, cycle.title)
    rows = to_do_of(session, cycle=cycle.id, units=actor.units)
    open_tasks = Counter((row.unit, row.deadline) for row in rows if row.status != Status.DONE)
    for (unit, day), number in open_tasks.items():
        if day is not None:
            title = TASKS_DUE.format(unit=names[unit], n=number)
            yield CalendarEntry(f"tasks-{unit}-{day.isoformat()}", title, day, day, cycle.title)
