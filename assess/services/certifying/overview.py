"""What units reported, side by side for those who certify it: narrowed, each value with all that tells of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assess.core.actors import Actor, Right
from assess.core.evidence.doubts import MEASURED, doubt_of, spread_of
from assess.core.figures.entry import Stored, as_shown
from assess.core.figures.part_labels import split_part
from assess.core.forms import Field, field_key
from assess.core.rules.figure import Figure
from assess.core.rules.sheet import title_of
from assess.core.text import Text
from assess.core.workflow import Act, LabeledEnum, Reported, is_allowed
from assess.services.certifying.choosing import called
from assess.services.certifying.comparing import change_of
from assess.services.forms.unit_form import asked_form
from assess.services.years import Year, exemptions_of, previous_of, year_of
from assess.store.cache import cached
from assess.store.queries import certifying as queries
from assess.store.queries.certifying import ReportedRow, ValueDetail
from assess.store.queries.cycles import CycleRow
from assess.store.queries.evidence import AttachedRow, attachments_to
from assess.store.queries.years import current_values
from assess.store.session import Session

BLANK: Final = Text("（已清空）", "(cleared)")
Key = tuple[str, str, str]
"""Unit, figure and period."""


class ValueView(LabeledEnum):
    """Which reported values are looked at."""

    WAITING = "waiting", "待核定", "Waiting"
    SUSPICIOUS = "suspicious", "待核定且存疑", "Waiting, unusual"
    CERTIFIED = "certified", "已核定", "Certified"
    RETURNED = "returned", "已退回", "Returned"
    ALL = "all", "全部", "All"


@dataclass(frozen=True)
class ValueSearch:
    """Which reported values are looked for; what is empty does not narrow the list."""

    show: ValueView = ValueView.WAITING
    department: str = ""
    figure: str = ""
    unit: str = ""
    group: str = ""


@dataclass(frozen=True)
class ReportedValue:
    """One reported value with everything that tells of it.

    Attributes:
        title: the figure with its period.
        change: against last year's value, in words; None where there is none.
        target: what the methods or the unit's attributes set.
        doubt: why it is suspicious.
        may_decide: whether the reader may certify, correct or return it now.
    """

    row: ReportedRow
    unit: Text
    title: Text
    stated: Figure
    shown: Text
    before: Text | None
    last_year: Text | None
    change: Text | None
    target: Text | None
    remark: str
    files: tuple[AttachedRow, ...]
    doubt: Text | None
    detail: ValueDetail
    may_decide: bool

    @property
    def state(self) -> Reported:
        """Where it stands."""
        return Reported(self.row.state)

    @property
    def waits(self) -> bool:
        """Whether the reader may certify it now."""
        return self.may_decide and self.state is Reported.REPORTED


@dataclass(frozen=True)
class Scope:
    """What a person may look at: the figures of departments that certify, and the values reported of them.

    Attributes:
        departments: what the departments are called whose figures are looked at, by id.
        theirs: the departments for which the person may decide.
        own: the units they report for, or whose forms they filled in.
        is_open: whether the stage lets anybody decide.
    """

    year: Year
    departments: Mapping[str, Text]
    theirs: frozenset[str]
    own: frozenset[str]
    rows: tuple[ReportedRow, ...]
    doubts: Mapping[int, Text]
    is_open: bool

    def figures(self, department: str = "") -> dict[str, Figure]:
        """The figures looked at, in the order of the sheet."""
        stated = self.year.sheet.figures
        shown = self.departments if not department else {department} & self.departments.keys()
        return {name: figure for name, figure in stated.items() if figure.certified_by in shown}

    def wanted(self, wanted: ValueSearch) -> list[ReportedRow]:
        """The values looked for, those in doubt first, then by figure, period and unit; whatever they stand at."""
        figures, places = self.figures(wanted.department), self.year.units.places
        order = {name: place for place, name in enumerate(figures)}
        found = [
            row
            for row in self.rows
            if row.figure in figures
            and wanted.figure in ("", row.figure)
            and wanted.unit in ("", row.unit)
            and (not wanted.group or wanted.group == self.year.groups[places[row.unit]])
        ]
        return sorted(
            found, key=lambda row: (not self.is_doubtful(row), order[row.figure], row.period, places[row.unit])
        )

    def is_shown(self, row: ReportedRow, show: ValueView) -> bool:
        """Whether a value stands as it is asked for."""
        if show is ValueView.SUSPICIOUS:
            return self.is_doubtful(row)
        return show is ValueView.ALL or row.state == STATES[show]

    def may_decide(self, row: ReportedRow) -> bool:
        """Whether the reader may certify, correct or return a value now."""
        is_theirs = self.year.sheet.figures[row.figure].certified_by in self.theirs
        return self.is_open and is_theirs and row.unit not in self.own and row.state != Reported.RETURNED

    def waits(self, row: ReportedRow) -> bool:
        """Whether the reader may certify a value now."""
        return row.state == Reported.REPORTED and self.may_decide(row)

    def is_doubtful(self, row: ReportedRow) -> bool:
        """Whether a value is suspicious and nobody decided on it."""
        return row.state == Reported.REPORTED and row.id in self.doubts


STATES: Final = {
    ValueView.WAITING: Reported.REPORTED,
    ValueView.CERTIFIED: Reported.CERTIFIED,
    ValueView.RETURNED: Reported.RETURNED,
}


def scope_of(session: Session, actor: Actor, cycle: CycleRow) -> Scope:
    """What a person may look at: the office all, an evaluator what their departments certify (4 queries).

    Raises:
        NotAllowed: the reader is neither of the office nor an evaluator.
        Refused: no rule sheet is published.
    """
    actor.check_may(Right.REVIEW)
    year = year_of(session, cycle)
    certifying = {figure.certified_by for figure in year.sheet.figures.values() if figure.certified_by}
    theirs = actor.departments & certifying if actor.may(Right.CERTIFY) else frozenset()
    seen = certifying if actor.may(Right.ADMINISTER) else theirs
    titles = {name: title_of(each, name) for name, each in (year.sheet.departments or {}).items() if name in seen}
    figures = [name for name, figure in year.sheet.figures.items() if figure.certified_by in seen]
    found = queries.reported_rows(session, cycle=cycle.id, year=cycle.year, figures=figures)
    rows = tuple(row for row in found if row.unit in year.units.places)
    doubts = doubts_of(session, year, rows)
    own = actor.units | queries.units_filled_in_by(session, cycle=cycle.id, account=actor.account)
    return Scope(year, titles, frozenset(theirs), own, rows, doubts, is_allowed(cycle.stage, Act.CERTIFY))


@dataclass(frozen=True)
class ValuesWaiting:
    """How many reported values wait to be certified, and how many of them are suspicious."""

    count: int
    doubtful: int


def values_waiting(session: Session, year: Year) -> ValuesWaiting:
    """What waits for all departments (1 query)."""
    figures = [name for name, figure in year.sheet.figures.items() if figure.certified_by]
    found = queries.reported_rows(session, cycle=year.cycle.id, year=year.cycle.year, figures=figures)
    rows = [row for row in found if row.unit in year.units.places]
    doubts = doubts_of(session, year, rows)
    waiting = [row for row in rows if row.state == Reported.REPORTED]
    return ValuesWaiting(len(waiting), sum(row.id in doubts for row in waiting))


def doubts_of(session: Session, year: Year, rows: Sequence[ReportedRow]) -> Mapping[int, Text]:
    """Why values are suspicious, by their number; kept in memory while no other value comes."""
    newest = max((row.id for row in rows), default=0)
    figures = tuple(sorted({row.figure for row in rows}))
    key = ("doubts", year.cycle.id, year.digest, year.previous, figures, newest, len(rows))
    before = last_year_values(session, year)
    return cached(session, key, lambda: dict(doubtful(year, rows, before)))


def doubtful(year: Year, rows: Sequence[ReportedRow], before: Mapping[Key, Stored]) -> Iterable[tuple[int, Text]]:
    """The values that are far from the year before or from the other units, each with why."""
    numbers: dict[tuple[str, str], list[ReportedRow]] = {}
    for row in rows:
        if row.millionths is not None and year.sheet.figures[row.figure].kind in MEASURED:
            numbers.setdefault((row.figure, split_part(row.period)[1]), []).append(row)
    for (figure, _), alike in numbers.items():
        spread = spread_of([row.millionths for row in alike if row.millionths is not None])
        for row in alike:
            last = before.get((row.unit, figure, row.period), Stored()).millionths
            doubt = doubt_of(year.sheet.figures[figure], row.millionths or 0, last, spread)
            if doubt is not None:
                yield row.id, doubt


def last_year_values(session: Session, year: Year) -> Mapping[Key, Stored]:
    """The values of the year before by unit, figure and the same part of this year (1 query where they changed)."""
    if year.previous is None:
        return {}

    def read() -> dict[Key, Stored]:
        found = current_values(session, year.cycle.id, year.cycle.year - 1)
        return {(unit, fig, of_this_year(year, part)): Stored(n, word) for unit, fig, part, n, word in found}

    return cached(session, ("values of the year before", year.cycle.id, *year.previous), read)


def of_this_year(year: Year, part: str) -> str:
    """The part of this year that a part of another year is in that year."""
    code, period = split_part(part)
    return f"{code} {year.cycle.year}{period[4:]}".lstrip()


def lines_of(session: Session, scope: Scope, rows: Sequence[ReportedRow]) -> list[ReportedValue]:
    """Values with everything that tells of them (4 queries, and one more where last year's figures changed)."""
    year, units = scope.year, {row.unit for row in rows}
    fields = fields_of(session, year, units)
    before = last_year_values(session, year)
    details = queries.details_of(session, [row.id for row in rows])
    remarks = queries.remarks_of(session, cycle=year.cycle.id, units=units)
    subjects = {f"figure:{row.figure}" for row in rows}
    files = attachments_to(session, cycle=year.cycle.id, units=units, subjects=subjects)
    found = []
    for row in rows:
        stated, detail = year.sheet.figures[row.figure], details[row.id]
        last = before.get((row.unit, row.figure, row.period))
        field = fields[row.unit].get(field_key(row.figure, row.period, year.cycle.year))
        found.append(
            ReportedValue(
                row=row,
                unit=year.name_of(row.unit),
                title=called(year, row.figure, row.period),
                stated=stated,
                shown=shown(stated, Stored(row.millionths, row.word)),
                before=None if detail.before is None else shown(stated, detail.before),
                last_year=None if last is None else shown(stated, last),
                change=None if last is None else change_of(stated, Stored(row.millionths, row.word), last),
                target=None if field is None else field.question.target,
                remark=remarks.get(row.unit, {}).get(row.figure, ""),
                files=tuple(files.get((row.unit, f"figure:{row.figure}"), ())),
                doubt=scope.doubts.get(row.id),
                detail=detail,
                may_decide=scope.may_decide(row),
            )
        )
    return found


def fields_of(session: Session, year: Year, units: Collection[str]) -> dict[str, dict[str, Field]]:
    """What the forms of some units ask, by unit and key (1 query)."""
    exemptions, previous = exemptions_of(session, year), previous_of(session, year)
    return {unit: asked_form(session, year, year.place_of(unit), exemptions, previous).fields for unit in sorted(units)}


def shown(figure: Figure, value: Stored) -> Text:
    """A value as a reader sees it, or that it was cleared."""
    return BLANK if value == Stored() else as_shown(figure, value.millionths, value.text)
