"""The inputs of a run as they stand: what counts is frozen, what does not is told with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from assess.core.appeals.naming import CaseKind
from assess.core.calendar import day_of
from assess.core.figures.entry import Stored, as_text, stored_column
from assess.core.figures.part_labels import PartLabel, read_part, split_part
from assess.core.figures.periods import misfit_of
from assess.core.parsing import ParseError
from assess.core.rules.figure import Figure
from assess.core.runs.frozen import BETWEEN, EXEMPTIONS, Frozen, FrozenValue
from assess.core.runs.kinds import DECIDED, Origin
from assess.core.text import Text
from assess.core.units.objects import OBJECT_HEADINGS
from assess.core.workflow import LabeledEnum, Reported
from assess.services.findings.behind import ledger_sources
from assess.services.ledger_figures import cached_ledger_figures
from assess.services.obligations.figures import task_figures
from assess.services.years import Year, unit_table, years_back_given
from assess.store.base import Json
from assess.store.queries import previous, years
from assess.store.queries.runs import ValueSourced, values_standing
from assess.store.queries.years import object_list_tree
from assess.store.session import Session

NOT_IN_SHEET: Final = Text("评分表没有这个数据项。", "There is no such figure in the rule sheet.")
NO_SUCH_OBJECT: Final = Text(
    "该单位没有这个对象，请核对对象名单。", "The unit has no such object. Check the list of objects."
)
OF_AN_OBJECT: Final = Text("该数据项不按对象填报。", "The figure does not belong to objects.")
NOT_A_UNIT: Final = Text("名单中没有这个单位。", "There is no such unit in the list.")
BESIDE_THE_YEAR: Final = Text("已有全年数值。", "There is a value for the whole year.")


DECIDING: Final = {CaseKind.RULING.value: Origin.RULING, CaseKind.EX_OFFICIO.value: Origin.CORRECTION}
"""Kinds of batches that put right what was released: a ruling, or a correction that nobody appealed for."""


class Why(LabeledEnum):
    """Why a value that stands does not count."""

    UNCERTIFIED = "uncertified", "未核定", "Not certified"
    RETURNED = "returned", "已退回", "Returned"
    EXCLUDED = "excluded", "经批准剔除", "Excluded with approval"
    MISFIT = "misfit", "不符合评分表", "Does not fit the rule sheet"


class LeftOut(NamedTuple):
    """A value that does not count, and why; `told` says what about it does not fit."""

    value: ValueSourced
    why: Why
    message: Text | None = None


@dataclass(frozen=True, eq=False)
class FrozenInputs:
    """What a run would stand on now, and the values that would not count."""

    frozen: Frozen
    left_out: tuple[LeftOut, ...]


def freeze(session: Session, year: Year, *, day: date) -> FrozenInputs:
    """The inputs of a run as of a day (4 to 6 queries)."""
    of_years = [year.cycle.year - back for back in range(years_back_given(session, year) + 1)]
    standing = values_standing(session, cycle=year.cycle.id, years=of_years)
    left_out: list[LeftOut] = []
    values = counting(year, [each for each in standing if each.year == year.cycle.year], left_out)
    ruled = {(each.unit, each.figure) for each in values if each.origin in DECIDED}
    values += [each for each in derived(session, year, day) if (each.unit, each.figure) not in ruled]
    past = [sorted(counting(year, [each for each in standing if each.year == of], left_out)) for of in of_years[1:]]
    frozen = Frozen(
        sheet=year.sheet,
        units=unit_table(year.rows),
        values=sorted(values),
        before=past[0] if past else None,
        results_before=results_before(session, year),
        exemptions=sorted(exemption_rows(session, year)),
        objects=object_table(session, year),
        earlier=past[1:],
    )
    return FrozenInputs(frozen, tuple(left_out))


def counting(year: Year, standing: Sequence[ValueSourced], left_out: list[LeftOut]) -> list[FrozenValue]:
    """The values that count, as text; the others are noted with the reason."""
    by_figure: dict[str, list[ValueSourced]] = {}
    for value in standing:
        why = why_not(year.sheet.figures.get(value.figure), value)
        if why is None:
            by_figure.setdefault(value.figure, []).append(value)
        else:
            left_out.append(LeftOut(value, why))
    found: list[FrozenValue] = []
    for name, values in by_figure.items():
        figure = year.sheet.figures.get(name)
        wrongs = misfits(year, figure, values)
        texts = [] if figure is None else texts_of(figure, values)
        left_out += [LeftOut(values[place], Why.MISFIT, told) for place, told in sorted(wrongs.items())]
        found += [
            frozen_value(value, text)
            for place, (value, text) in enumerate(zip(values, texts, strict=False))
            if place not in wrongs
        ]
    return found


def texts_of(figure: Figure, values: Iterable[ValueSourced]) -> list[str]:
    """Values as they would be typed."""
    stored = [(each.millionths, each.word) for each in values]
    texts = {each: as_text(figure, *each) for each in set(stored)}
    return [texts[each] for each in stored]


def why_not(figure: Figure | None, value: ValueSourced) -> Why | None:
    """Why a value does not count whatever it says, None where it does."""
    if value.kind in DECIDING:
        return None
    if value.excluded:
        return Why.EXCLUDED
    if value.state is Reported.RETURNED:
        return Why.RETURNED
    must_be_certified = figure is not None and figure.certified_by is not None
    return Why.UNCERTIFIED if must_be_certified and value.state is not Reported.CERTIFIED else None


def misfits(year: Year, figure: Figure | None, values: Sequence[ValueSourced]) -> Mapping[int, Text]:
    """What does not fit the rule sheet of some values of one figure, by their place."""
    if figure is None:
        return dict.fromkeys(range(len(values)), NOT_IN_SHEET)
    found = {place: NOT_IN_SHEET for place, value in enumerate(values) if is_computed(year, figure, value)}
    _, wrongs = stored_column(figure, [Stored(value.millionths, value.word) for value in values])
    found |= {place: wrong.what for place, wrong in wrongs.items() if place not in found}
    parts = {part: read_part(part, values[0].year) for part in {each.period for each in values}}
    whole = {(each.unit, code) for each in values for code, period in [split_part(each.period)] if len(period) == 4}
    for place, value in enumerate(values):
        if value.unit not in year.units.places:
            found[place] = NOT_A_UNIT
        elif (misfit := misfit_of_part(year, figure, value.unit, parts[value.period])) is not None:
            found.setdefault(place, misfit)
        elif (value.unit, split_part(value.period)[0]) in whole and not value.period.endswith(str(value.year)):
            found.setdefault(place, BESIDE_THE_YEAR)
    return found


def is_computed(year: Year, figure: Figure, value: ValueSourced) -> bool:
    """Whether a figure is computed or counted where nobody supplies it; what counts it may be put right by a ruling."""
    if value.year < year.cycle.year:
        return not (figure.is_entered or figure.is_computed)
    return figure.is_computed if value.kind in DECIDING else not figure.is_entered


def misfit_of_part(year: Year, figure: Figure, unit: str, part: PartLabel | ParseError) -> Text | None:
    """What is wrong with a part of a unit for a figure."""
    misfit = part if isinstance(part, ParseError) else misfit_of(part.period, figure.period)
    if misfit is not None or isinstance(part, ParseError):
        return None if misfit is None else misfit.what
    if figure.of is None:
        return OF_AN_OBJECT if part.object else None
    known = year.objects.codes_of_unit(figure.of, year.units.places[unit])
    return None if part.object in known else NO_SUCH_OBJECT


def frozen_value(value: ValueSourced, text: str) -> FrozenValue:
    """A value as it is frozen; the day is the district's."""
    return FrozenValue(
        unit=value.unit, figure=value.figure, part=value.period, text=text,
        origin=DECIDING.get(value.kind, Origin.VALUE), number=value.id,
        file=value.file_name, sha256=value.upload, place=value.place, by=value.by, at=day_of(value.at).isoformat(),
    )  # fmt: skip


def derived(session: Session, year: Year, day: date) -> Iterator[FrozenValue]:
    """What follows from the task list and from the ledger of findings, of the whole year."""
    tasks = {} if year.tasks is None else task_figures(session, year, day=day)
    for unit, figure, text in each_text(tasks):
        yield FrozenValue(unit, figure, "", text, Origin.TASK_LIST)
    behind = ledger_sources(session, year, day=day)
    for unit, figure, text in each_text(cached_ledger_figures(session, year, day=day)):
        yield FrozenValue(unit, figure, "", text, Origin.LEDGER, place=BETWEEN.join(behind[unit][figure]))


def each_text(by_unit: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Unit, figure and value of each that was counted."""
    return ((unit, figure, text) for unit, figures in by_unit.items() for figure, text in figures.items())


def results_before(session: Session, year: Year) -> Json | None:
    """Last year's results in the form in which `assess score` reads them."""
    newest = previous.newest_results(session, year.cycle.id)
    return None if newest is None or newest[1].get("none") else {"units": newest[1]["units"]}


def exemption_rows(session: Session, year: Year) -> Iterable[tuple[str, ...]]:
    """The exemptions that were approved, of this year's units."""
    rows = years.approved_exemptions(session, year.cycle.id)
    assert all(row._fields == EXEMPTIONS for row in rows)
    return {(row.unit, row.item, row.part): row for row in rows if row.unit in year.units.places}.values()


def object_table(session: Session, year: Year) -> Sequence[Sequence[str]] | None:
    """The list of objects as it was loaded, headings first; None where the sheet has none."""
    if not year.sheet.objects:
        return None
    tree = None if year.object_list is None else object_list_tree(session, year.object_list[0])
    return [OBJECT_HEADINGS] if tree is None else [tree["headings"], *tree["rows"]]
