"""Runs as the office sees them: the list, the ranking of one, and the lines of a unit with what they stand on."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, NamedTuple

from assess.core.actors import Actor, Right
from assess.core.appeals.cells import OwnObjects
from assess.core.errors import NotFound
from assess.core.explanations.effects import grade_called, with_reason
from assess.core.explanations.ending_words import points_off
from assess.core.figures.part_labels import read_part
from assess.core.parsing import ParseError
from assess.core.rules.needed_figures import figures_by_record
from assess.core.rules.nodes import Item, Node, Section
from assess.core.rules.sheet import RuleSheet, adjustment_items, all_items, items_taken_off, title_of
from assess.core.runs.comparing import ValueChange, figure_called
from assess.core.runs.kinds import Origin
from assess.core.runs.noting import sentence_of
from assess.core.runs.ranks import printed_rank, range_of_ranks
from assess.core.scorecard.part_content import PartTable
from assess.core.text import Text
from assess.services.evidence.pages import EvidenceDownload
from assess.services.runs.comparing import sheet_of, told_value
from assess.services.runs.parts import parts_in_run, values_at_parts
from assess.services.runs.reading import NO_RUN, run_seen
from assess.services.years import objects_of_unit
from assess.store.queries import releases
from assess.store.queries import runs as queries
from assess.store.queries.corrections import CorrectionRow, contained_in
from assess.store.queries.cycles import CycleRow
from assess.store.queries.releases import ReleaseRow
from assess.store.queries.runs import LineRow, OrderRow, RunRow, UnitResult, UsedValue, WarningRow
from assess.store.session import Session
from assess.store.uploads import kept_path

LAST: Final = 10**9
"""The place of a unit without a rank."""
Which = Literal["inputs", "results"]
ALL: Final = Text("全部单位", "All units")
NO_GROUP: Final = Text("未分组", "No group")


class RunListing(NamedTuple):
    """A run in the list; `same` says that it was made of the same inputs and rules as the one before."""

    row: RunRow
    same: bool
    release: ReleaseRow | None


@dataclass(frozen=True)
class RunList:
    """A page of the runs of a year, newest first; `orders` are those that are not made yet."""

    lines: Sequence[RunListing]
    number: int
    orders: Sequence[OrderRow]


class RankedInWords(NamedTuple):
    """A unit in the ranking of a run, in words."""

    row: UnitResult
    rank: str | None
    grade: Text | None
    range: Text | None
    adjustments: tuple[Text, ...]


@dataclass(frozen=True)
class RunPage:
    """A run with the ranking of each group.

    Attributes:
        newest: the number of the newest run of the year.
        successor: that of the newest run of the same kind, None where this is the one.
        corrections: the rulings and corrections that it contains and no run before it did.
    """

    run: RunRow
    sheet: RuleSheet
    groups: Sequence[tuple[Text, Sequence[RankedInWords]]]
    warnings: Sequence[WarningRow]
    releases: Sequence[ReleaseRow]
    newest: int
    successor: int | None
    corrections: Sequence[CorrectionRow]


class FigureInWords(NamedTuple):
    """A figure that a line stands on, in words; `value` is the row of the kept value, None where it was counted."""

    title: Text
    period: Text | None
    shown: Text
    origin: Origin
    value: int | None


class UnitLine(NamedTuple):
    """A line of a unit: a section or an item, how deep it stands in the sheet, its sentence, and its figures.

    `off` tells what an item of a deduction takes off; None for all others, and without a score. `parts` are those of an
    item that is scored by parts; `why` then tells only what they came to.
    """

    node: str
    title: Text
    clause: str
    depth: int
    row: LineRow
    why: Text
    figures: tuple[FigureInWords, ...]
    is_section: bool
    off: Text | None
    parts: PartTable | None


@dataclass(frozen=True)
class RunUnitPage:
    """The lines of a unit in a run.

    `unit_of_result` is what scores are counted in, None for points; `values` are the rows of kept values by figure and
    part.
    """

    run: RunRow
    unit: RankedInWords
    lines: Sequence[UnitLine]
    unit_of_result: Text | None
    values: Mapping[tuple[str, str], int]


def run_list(session: Session, actor: Actor, *, cycle: CycleRow, start: int, size: int) -> RunList:
    """A page of the runs of a year, and what is asked for (4 queries).

    Raises:
        NotAllowed: the actor is not of the office.
    """
    actor.check_may(Right.ADMINISTER)
    rows = queries.runs_of(session, cycle=cycle.id, start=start, size=size + 1)
    released: dict[int, ReleaseRow] = {}
    for each in releases.releases_of(session, cycle=cycle.id):
        released.setdefault(each.run, each)
    lines = [
        RunListing(row, is_same(row, rows[place + 1 : place + 2]), released.get(row.id))
        for place, row in enumerate(rows)
    ]
    number = queries.number_of_runs(session, cycle=cycle.id)
    return RunList(lines[:size], number, queries.open_orders(session, cycle=cycle.id))


def is_same(run: RunRow, before: Sequence[RunRow]) -> bool:
    """Whether a run was made of the same inputs and rules as the one before."""
    return any((each.inputs_digest, each.rule_digest) == (run.inputs_digest, run.rule_digest) for each in before)


def run_page(session: Session, actor: Actor, *, cycle: CycleRow, number: int) -> RunPage:
    """A run with its ranking (7 queries, 1 more where its rule sheet is not in memory).

    Raises:
        NotAllowed: the actor is not of the office.
        NotFound: there is no such run.
    """
    run = run_seen(session, actor, cycle=cycle, number=number)
    sheet = sheet_of(session, run)
    latest = queries.newest_run(session, cycle=cycle.id, kind=run.kind)
    return RunPage(
        run=run,
        sheet=sheet,
        groups=list(grouped(sheet, queries.results_of(session, run=run.id))),
        warnings=queries.warnings_of(session, run=run.id),
        releases=releases.releases_of(session, cycle=cycle.id),
        newest=queries.number_of_runs(session, cycle=cycle.id),
        successor=None if latest is None or latest.id == run.id else latest.number,
        corrections=contained_in(session, cycle=cycle.id, run=run.id),
    )


def grouped(sheet: RuleSheet, results: Sequence[UnitResult]) -> Iterator[tuple[Text, list[RankedInWords]]]:
    """The units by group in the order of the sheet, best first; those of no group last."""
    titles: dict[str | None, Text] = {group.id: title_of(group, group.id) for group in sheet.groups or ()}
    titles[None] = ALL if sheet.groups is None else NO_GROUP
    for group, title in titles.items():
        units = [ranked(sheet, each) for each in results if each.group == group]
        if units:
            yield title, sorted(units, key=lambda each: (each.row.rank or LAST, each.row.place))


def ranked(sheet: RuleSheet, row: UnitResult) -> RankedInWords:
    """A unit in words."""
    adjusted = (with_reason(Text(*each["words"]), Text(*each["title"]), each["clause"]) for each in row.adjustments)
    grade = None if row.grade is None else grade_called(sheet, row.grade)
    return RankedInWords(row, printed_rank(row.rank), grade, range_of_ranks(row.best, row.worst), tuple(adjusted))


def unit_page(session: Session, actor: Actor, *, cycle: CycleRow, number: int, unit: str, folder: Path) -> RunUnitPage:
    """The lines of a unit in a run, with the figures that they stand on (5 queries, 1 more for a strange sheet).

    Raises:
        NotAllowed: the actor is not of the office.
        NotFound: there is no such run, it does not know the unit, or of a sheet with parts the frozen inputs are gone
            from the disk.
    """
    run = run_seen(session, actor, cycle=cycle, number=number)
    found = queries.results_of(session, run=run.id, unit=unit)
    if not found:
        raise NotFound(NO_RUN)
    sheet, sentences = sheet_of(session, run), queries.sentences_of(session, run=run.id)
    rows = {row.node: row for row in queries.lines_of(session, run=run.id, units=[unit])}
    own = objects_of_unit(session, cycle, sheet, unit)
    used = queries.values_used(session, run=run.id, unit=unit, objects=[code for each in own.values() for code in each])
    figures, taken_off = UnitFigures(sheet, used, own), items_taken_off(sheet)
    parts = parts_in_run(run, all_items(sheet), unit, folder=folder)
    lines = [
        UnitLine(
            node=node.id, title=title_of(node, node.id), clause=getattr(node, "clause", ""), depth=depth,
            row=rows[node.id], figures=figures.of(node), parts=parts.get(node.id),
            why=parts[node.id].combined if node.id in parts else sentence_of(rows[node.id].facts, sentences),
            is_section=isinstance(node, Section), off=off_of(node, rows[node.id], taken_off, sheet.unit_of_result),
        )
        for node, depth in tree(sheet)
        if node.id in rows
    ]  # fmt: skip
    unit_of_result, values = sheet.unit_of_result, values_at_parts(used, sheet.year)
    return RunUnitPage(run, ranked(sheet, found[0]), lines, unit_of_result, values)


def off_of(node: Node, row: LineRow, taken_off: Container[str], unit: Text | None) -> Text | None:
    """What an item of a deduction takes off."""
    return points_off(node, row.score, row.full, unit) if isinstance(node, Item) and node.id in taken_off else None


def tree(sheet: RuleSheet) -> Iterator[tuple[Node, int]]:
    """Every node with how deep it stands, parents first; items of bonuses and deductions last."""
    yield from below(sheet.items, 0)
    yield from ((item, 0) for item in adjustment_items(sheet))


def below(nodes: Sequence[Node], depth: int) -> Iterator[tuple[Node, int]]:
    """Nodes and what is below them."""
    for node in nodes:
        yield node, depth
        if isinstance(node, Section):
            yield from below(node.items, depth + 1)


class UnitFigures:
    """The figures of one unit in a run, by the items that stand on them."""

    def __init__(self, sheet: RuleSheet, used: Sequence[UsedValue], own: OwnObjects) -> None:
        self.sheet = sheet
        self.names = {code: name for each in own.values() for code, name in each.items()}
        self.asked = figures_by_record(sheet)
        self.by_name: dict[tuple[str, int], list[UsedValue]] = {}
        for value in used:
            self.by_name.setdefault((value.figure, sheet.year - value.year), []).append(value)

    def of(self, node: Node) -> tuple[FigureInWords, ...]:
        """What an item stands on; nothing for a section."""
        if not isinstance(node, Item):
            return ()
        wanted = [(each.figure, each.years_back) for each in self.asked[node.id]]
        wanted += [key for key in self.by_name if key[0].startswith(f"{node.id}.") and key not in wanted]
        return tuple(self.figure_in_words(value) for key in wanted for value in self.by_name.get(key, ()))

    def figure_in_words(self, used: UsedValue) -> FigureInWords:
        """One figure in words."""
        known = ValueChange(
            used.unit, used.figure, used.year, used.period, None, used.text, None, used.value, Origin(used.origin)
        )
        return FigureInWords(
            title=figure_called(self.sheet, known),
            period=called(used.period, used.year, self.names),
            shown=told_value(self.sheet, known, used.text),
            origin=known.origin,
            value=used.value,
        )


def called(part: str, year: int, names: Mapping[str, Text]) -> Text | None:
    """What a part is called, by the names of objects by their codes; None for the whole year of the unit."""
    label = read_part(part, year)
    return None if isinstance(label, ParseError) else label.named(names)


NAMES: Final[Mapping[Which, tuple[str, str]]] = {
    "inputs": ("run-{year}-{number}-inputs.zip", "application/zip"),
    "results": ("run-{year}-{number}-results.json", "application/json"),
}


def run_file(
    session: Session, actor: Actor, *, cycle: CycleRow, number: int, which: Which, folder: Path
) -> EvidenceDownload:
    """The frozen inputs or the results of a run as a file (1 query).

    Raises:
        NotAllowed: the actor is not of the office.
        NotFound: there is no such run, or the file is gone from the disk.
    """
    run = run_seen(session, actor, cycle=cycle, number=number)
    name, media = NAMES[which]
    sha256 = run.inputs if which == "inputs" else run.results
    return EvidenceDownload(kept_path(folder, sha256), name.format(year=cycle.year, number=number), media)
