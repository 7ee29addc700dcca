"""What is missing or blocked before a run is made: found by a trial scoring of the inputs as they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from assess.core.actors import Actor, Right
from assess.core.calendar import day_of
from assess.core.estimates import named
from assess.core.explanations.lines import ResultLines
from assess.core.flaws import ValidationError
from assess.core.rules.figure import BY_UNIT
from assess.core.rules.needed_figures import asked_of
from assess.core.rules.nodes import Item, MissingRule
from assess.core.rules.sheet import RuleSheet, digest_of, title_of
from assess.core.runs.kinds import RunKind
from assess.core.scoring.nodes import MISSING, ItemScore
from assess.core.scoring.results import Results
from assess.core.scoring.run import score
from assess.core.text import Text
from assess.files.frozen_inputs import frozen_zip, read_frozen
from assess.services.runs.freezing import FrozenInputs, LeftOut, Why, freeze
from assess.services.runs.scoring import told_of
from assess.services.years import Year, year_of
from assess.store.cache import cached
from assess.store.queries import runs as queries
from assess.store.queries.audit import newest_number
from assess.store.queries.cycles import CycleRow
from assess.store.queries.runs import RunRow
from assess.store.queries.stages import open_requests
from assess.store.session import Session

UNITS: Final = Text("街乡", "the units")


class Gap(NamedTuple):
    """An item that some units have no figure for, why in one sentence, who supplies it, and whether it blocks them."""

    item: str
    title: Text
    clause: str
    why: Text
    supplier: Text
    units: tuple[Text, ...]
    blocks: bool


class NotCounted(NamedTuple):
    """A figure of which some values stand and do not count: why, how many, and of which units."""

    figure: str
    title: Text
    why: Why
    message: Text | None
    values: int
    units: tuple[Text, ...]


@dataclass(frozen=True, eq=False)
class Trial:
    """What a run would find if it were made now.

    Attributes:
        refused: what keeps a run from being made at all.
        gaps: what is missing, what blocks first; in the order of the sheet.
        not_counted: values that stand and would not count.
        outside: units that belong to no group.
        warnings: conditions that cannot be told.
        blocked: units that would have no total.
    """

    rule_digest: str
    inputs_digest: str
    refused: tuple[Text, ...]
    gaps: tuple[Gap, ...]
    not_counted: tuple[NotCounted, ...]
    outside: tuple[Text, ...]
    warnings: tuple[tuple[Text, Text], ...]
    blocked: tuple[Text, ...]


@dataclass(frozen=True, eq=False)
class Readiness:
    """What the office sees before it scores.

    Attributes:
        requests: how many exemptions and exclusions nobody has decided on.
        same_as: the newest run, where it was made of exactly these inputs and rules.
    """

    year: Year
    trial: Trial
    requests: int
    same_as: RunRow | None

    @property
    def is_ready(self) -> bool:
        """Whether nothing at all is missing or waits."""
        trial = self.trial
        return not any((trial.refused, trial.gaps, trial.not_counted, trial.outside, self.requests))


def readiness_of_run(session: Session, actor: Actor, *, cycle: CycleRow, now: datetime) -> Readiness:
    """What is missing, does not count or waits (5 queries, 5 more where anything happened since it was asked last).

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: no rule sheet is published.
    """
    actor.check_may(Right.ADMINISTER)
    year, day = year_of(session, cycle), day_of(now)
    key = ("trial", cycle.id, newest_number(session), day)
    trial = cached(session, key, lambda: tried(year, freeze(session, year, day=day)))
    newest = queries.newest_run(session, cycle=cycle.id, kind=RunKind.WORKING)
    same = newest is not None and (newest.inputs_digest, newest.rule_digest) == (trial.inputs_digest, trial.rule_digest)
    requests = open_requests(session, cycle.id)
    return Readiness(year, trial, requests.exemptions + requests.exclusions, newest if same else None)


def tried(year: Year, taken: FrozenInputs) -> Trial:
    """A trial scoring."""
    not_counted = tuple(by_figure(year, taken.left_out))
    try:
        results = score(read_frozen(frozen_zip(taken.frozen)))
    except ValidationError as flawed:
        refused = tuple(told_of(flaw) for flaw in flawed.flaws)
        return Trial(digest_of(year.sheet), "", refused, (), not_counted, (), (), ())
    names = results.inputs.units.names
    states = [results.state(unit) for unit in range(len(names))]
    return Trial(
        rule_digest=digest_of(results.inputs.sheet),
        inputs_digest=results.inputs.digest,
        refused=(),
        gaps=tuple(sorted(gaps(results), key=lambda gap: not gap.blocks)),
        not_counted=not_counted,
        outside=tuple(name for name, state in zip(names, states, strict=True) if state == "no-group"),
        warnings=tuple((names[each.unit], each.what) for each in results.warnings),
        blocked=tuple(name for name, state in zip(names, states, strict=True) if state == "blocked"),
    )


def gaps(results: Results) -> Iterator[Gap]:
    """Every item that lacks a figure for some units, once for each reason, in the order of the sheet."""
    lines, names = ResultLines(results), results.inputs.units.names
    for node, item_score in results.scores.items():
        if not isinstance(item_score, ItemScore) or not isinstance(item_score.node, Item):
            continue
        units = [unit for unit, state in enumerate(item_score.state.tolist()) if state == MISSING]
        whys = lines.of(node).whys if units else {}
        by_reason: dict[Text, list[Text]] = {}
        for unit in units:
            by_reason.setdefault(Text(whys["zh"][unit], whys["en"][unit]), []).append(names[unit])
        for why, whose in by_reason.items():
            item = item_score.node
            yield Gap(
                node, title_of(item, node), item.clause, why, suppliers_of(item, results.inputs.sheet), tuple(whose),
                item_score.missing is MissingRule.BLOCK,
            )  # fmt: skip


def suppliers_of(item: Item, sheet: RuleSheet) -> Text:
    """Who supplies the figures of an item."""
    figures = (sheet.figures[each.figure] for each in asked_of(item, sheet) if not each.last_year)
    suppliers = dict.fromkeys(figure.from_ for figure in figures)
    titles = [UNITS if each == BY_UNIT else named((each,), sheet) for each in suppliers]
    return Text("、".join(title.zh for title in titles), ", ".join(title.en for title in titles))


def by_figure(year: Year, left_out: Iterable[LeftOut]) -> Iterator[NotCounted]:
    """Values that do not count, by reason and figure."""
    found: dict[tuple[Why, str, Text | None], list[LeftOut]] = {}
    for each in left_out:
        if each.value.year == year.cycle.year:
            found.setdefault((each.why, each.value.figure, each.message), []).append(each)
    for why in Why:
        for (reason, figure, told), several in found.items():
            if reason is why:
                title = title_of(year.sheet.figures.get(figure), figure)
                units = tuple(year.name_of(unit) for unit in dict.fromkeys(each.value.unit for each in several))
                yield NotCounted(figure, title, why, told, len(several), units)
