"""The values that somebody decides on: held so that nobody else does, theirs to decide, and as they were seen."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from assess.core.actors import NOT_YOUR_DEPARTMENT, Actor, Right
from assess.core.calendar import BEIJING
from assess.core.errors import NotAllowed, NotFound, Refused, Stale
from assess.core.figures.part_labels import read_part
from assess.core.parsing import ParseError
from assess.core.rules.sheet import title_of
from assess.core.text import Text
from assess.core.workflow import Act, Reported, check_allowed
from assess.services.cycles import lock_year
from assess.services.years import Year, year_of
from assess.store.models import Value
from assess.store.queries import certifying as queries
from assess.store.queries.certifying import Deed
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session

MAX_VALUES_AT_ONCE: Final = 2000
"""The most values that are decided on at once."""
TOLD_AT_ONCE: Final = 5
NOTHING_CHOSEN: Final = Text("请至少选择一项数据。", "Select at least one value.")
TOO_MANY: Final = Text(
    "一次最多办理{most}项，现选{n}项，请先筛选。",
    "You can process {most} values at once and selected {n}. Filter the list first.",
)
NO_VALUE: Final = Text("没有这项数据。", "There is no such value.")
OVERTAKEN: Final = Text(
    "在您核对期间，所选数据有变化，本次操作未保存：{list}。请按最新内容重新核对。",
    "Some of these values changed while you were checking them, so nothing was saved: {list}. Check "
    "the current values.",
)
AND_MORE: Final = Text("等{n}项", "{n} in all")
ABOUT: Final = Text("{unit}“{title}”{what}", "{unit}, {title}: {what}")
BY: Final = Text("{what}（{who}，{when}）", "{what} ({who}, {when})")
OF_PERIOD: Final = Text("{title}（{period}）", "{title} ({period})")
NO_LONGER: Final = Text("已不再是待办状态", "no longer waiting")
WHAT: Final = {
    queries.CERTIFIED: Text("已核定", "certified"),
    queries.CORRECTED: Text("已更正", "corrected"),
    queries.CORRECTION: Text("已更正", "corrected"),
    queries.RETURNED: Text("已退回", "returned"),
    "form": Text("已由单位修改", "changed by the unit"),
}
"""What happened to a value, by the last step or by what brought the value after it."""


@dataclass(frozen=True)
class LockedValues:
    """Values that a person may decide on, none of which anybody else changes before the transaction ends."""

    year: Year
    values: tuple[Value, ...]

    @property
    def units(self) -> tuple[str, ...]:
        """The units they are of, in their order."""
        return tuple(sorted({value.unit for value in self.values}, key=lambda unit: self.year.units.places[unit]))


def chosen_values(
    session: Session, actor: Actor, *, cycle: CycleRow, values: Collection[int], states: Collection[Reported]
) -> LockedValues:
    """Values by their numbers, to be decided on.

    Raises:
        NotAllowed: the person is no evaluator, a figure is another department's, or the person or their unit reported.
        NotFound: there is no such value.
        Refused: none or too many are named, or the stage does not allow it.
        Stale: one is no longer in any of these states; says what happened to it, when and by whom.
    """
    actor.check_may(Right.CERTIFY)
    ids = frozenset(values)
    check_number(len(ids))
    lock_year(session, cycle)
    check_allowed(cycle.stage, Act.CERTIFY)
    year = year_of(session, cycle)
    rows = queries.values_named(session, cycle=cycle.id, year=cycle.year, ids=ids)
    if len(rows) < len(ids) or any(row.unit not in year.units.places for row in rows):
        raise NotFound(NO_VALUE)
    queries.lock_units(session, cycle=cycle.id, units={row.unit for row in rows})
    rows = queries.values_named(session, cycle=cycle.id, year=cycle.year, ids=ids)
    check_theirs(session, actor, year, rows)
    check_as_seen(session, year, rows, states)
    return LockedValues(year, tuple(rows))


def check_number(count: int) -> None:
    """Raise Refused where nothing is chosen, or too much."""
    if not count:
        raise Refused(NOTHING_CHOSEN)
    if count > MAX_VALUES_AT_ONCE:
        raise Refused(TOO_MANY.format(most=MAX_VALUES_AT_ONCE, n=count))


def check_theirs(session: Session, actor: Actor, year: Year, rows: Iterable[Value]) -> None:
    """Let values pass that the person's department certifies and that neither they nor their unit reported.

    A value that the person corrected was reported by somebody else: it may be corrected again.

    Raises:
        NotAllowed: some are not theirs to decide on.
    """
    authors = queries.authors_of(session, cycle=year.cycle.id, units={row.unit for row in rows})
    for row in rows:
        stated = year.sheet.figures.get(row.figure)
        if stated is None or stated.certified_by not in actor.departments:
            raise NotAllowed(NOT_YOUR_DEPARTMENT)
        actor.check_other_unit(row.unit, year.name_of(row.unit))
        actor.check_other_person(*authors.get(row.unit, ()))


def check_as_seen(session: Session, year: Year, rows: Collection[Value], states: Collection[Reported]) -> None:
    """Raise Stale where a value no longer counts or no longer waits, with what became of it."""
    forms = queries.submissions_for_update(session, cycle=year.cycle.id, units={row.unit for row in rows})
    handed_in = {form.unit for form in forms}
    gone = [
        row
        for row in rows
        if row.superseded_at is not None or Reported(row.state) not in states or row.unit not in handed_in
    ]
    if not gone:
        return
    deeds = queries.deeds_of(session, [row.id for row in gone])
    told = [fate(year, row, deeds.get(row.id)) for row in gone[:TOLD_AT_ONCE]]
    if len(gone) > TOLD_AT_ONCE:
        told.append(AND_MORE.format(n=len(gone)))
    listed = Text("；".join(each.zh for each in told), "; ".join(each.en for each in told))
    raise Stale(OVERTAKEN.format(list=listed))


def fate(year: Year, row: Value, deed: Deed | None) -> Text:
    """What became of one value."""
    what = NO_LONGER if deed is None else WHAT.get(deed.act, NO_LONGER)
    if deed is not None and deed.who:
        what = BY.format(what=what, who=Text.same(deed.who), when=f"{deed.when.astimezone(BEIJING):%Y-%m-%d %H:%M}")
    return ABOUT.format(unit=year.name_of(row.unit), title=called(year, row.figure, row.period), what=what)


def called(year: Year, figure: str, period: str) -> Text:
    """What a figure of a part is called; the whole year of a unit goes unsaid."""
    title = title_of(year.sheet.figures.get(figure), figure)
    part = read_part(period, year.cycle.year)
    told = None if isinstance(part, ParseError) else part.called(year.objects)
    return title if told is None else OF_PERIOD.format(title=title, period=told)
