"""The result of a unit as its own officials see it once it is released."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from assess.core.actors import Actor, Right
from assess.core.errors import NotFound
from assess.core.rules.sheet import RuleSheet
from assess.core.runs.kinds import RunStanding
from assess.core.scorecard.book import BookMaker
from assess.core.scorecard.content import CardRow, Scorecard
from assess.core.scorecard.losses import LossList, listed
from assess.core.scorecard.paper import card_on_paper, optional
from assess.core.scorecard.rows import FEWEST
from assess.core.seals.kinds import DocumentKind
from assess.core.text import Text
from assess.services.notices.figures import FigureBehind, FigureTeller, values_of_parts
from assess.services.runs.reading import maker_of_run
from assess.services.runs.releasing import notices_of
from assess.store.cache import Cache
from assess.store.queries import runs, seals
from assess.store.queries.cycles import CycleRow
from assess.store.queries.notices import supplied_of
from assess.store.queries.releases import ReleaseRow
from assess.store.queries.runs import RunRow
from assess.store.queries.seals import DocumentRow, SealRow
from assess.store.session import Session

NOT_RELEASED: Final = Text("结果尚未公示。", "No result has been released.")
NO_RESULT: Final = Text("没有这次公示的结果。", "There is no such released result.")
NO_LINE: Final = Text("结果中没有这一项。", "There is no such item in the result.")
MAX_LOSSES: Final = 5
CARDS: Final = Cache(64)
"""Cards as pages show them, by the inputs of their run and the place of their unit."""
BEHIND: Final = Cache(64)
"""The figures behind their lines, by the same and by who supplied what."""


@dataclass(frozen=True, eq=False)
class ResultPage:
    """The result of one unit that was released, and nothing of any other.

    Attributes:
        releases: all of this notice, newest first; the newest counts.
        group_mean: the mean of the totals of its group; None where too few units have one to tell it.
        figures: what each item stands on, by its id.
        own: the units that the person reports for, with what they are called.
        edition: the sealed edition that is in force, and with it `documents`, the unit's sealed cards.
    """

    release: ReleaseRow
    releases: Sequence[ReleaseRow]
    run: RunRow
    sheet: RuleSheet
    card: Scorecard
    group_mean: str | None
    figures: Mapping[str, tuple[FigureBehind, ...]]
    own: Sequence[tuple[str, Text]]
    edition: SealRow | None
    documents: Sequence[DocumentRow]

    @property
    def counts(self) -> bool:
        """Whether it is the result that counts now, and none that was replaced."""
        return self.release.run == self.releases[0].run

    @property
    def is_final(self) -> bool:
        """Whether it is final."""
        return self.release.standing is RunStanding.FINAL

    @property
    def others(self) -> list[ReleaseRow]:
        """The other runs that were released, newest first."""
        newest = {each.run: each for each in reversed(self.releases)}
        return sorted((each for run, each in newest.items() if run != self.run.id), key=lambda each: -each.id)

    @property
    def rows(self) -> tuple[CardRow, ...]:
        """All lines, those of bonuses and deductions last."""
        return self.card.all_rows

    @property
    def parts(self) -> list[tuple[CardRow, list[CardRow]]]:
        """The lines by the section of the first level, each with all that is below it."""
        found: list[tuple[CardRow, list[CardRow]]] = []
        for row in self.card.rows:
            if row.depth == 0:
                found.append((row, [] if row.section else [row]))
            else:
                found[-1][1].append(row)
        return found

    @property
    def losses(self) -> LossList:
        """What the total lost most by, and what all comes to."""
        return listed(self.card, MAX_LOSSES)

    def values_of_parts(self, item: str) -> Mapping[tuple[str, str], int]:
        """The rows of the kept values at the parts of an item, by figure and part."""
        return values_of_parts(self.figures[item])

    @property
    def withholds(self) -> bool:
        """Whether a mean is left out."""
        return self.group_mean is None or any(row.mean is None for row in self.rows)


@dataclass(frozen=True, eq=False)
class LinePage:
    """One line of the result of a unit."""

    result: ResultPage
    row: CardRow
    figures: tuple[FigureBehind, ...]

    @property
    def part(self) -> str | None:
        """The section of the first level that it belongs to; None for a bonus or a deduction."""
        return next((head.id for head, below in self.result.parts if self.row in (head, *below)), None)


def result_page(
    session: Session, actor: Actor, *, cycle: CycleRow, unit: str, folder: Path, number: int | None = None
) -> ResultPage | None:
    """The result of the person's own unit, None before it is released (at most 5 queries).

    `number` is that of a run of the same notice which another has replaced; without it the one that counts is meant.

    Raises:
        NotFound: the person does not report for the unit, or the run was not released or does not know it.
    """
    actor.check_may(Right.REPORT)
    actor.check_unit(unit)
    releases = notices_of(session, cycle)
    if not releases:
        return None
    release = next((each for each in releases if number in (None, each.number)), None)
    run = None if release is None else runs.run_at(session, run=release.run)
    if release is None or run is None:
        raise NotFound(NO_RESULT)
    maker = maker_of_run(run, folder=folder)
    place = maker.results.inputs.units.places.get(unit)
    if place is None:
        raise NotFound(NO_RESULT)
    card = CARDS.get_or_make((run.inputs, place), lambda: card_on_paper(maker.card(place)))
    objects = [code for each in maker.results.inputs.known_objects.names_of_unit(place).values() for code in each]
    supplied = tuple(supplied_of(session, run=run.id, unit=unit, objects=objects))
    teller = FigureTeller(maker, place, supplied)
    edition = edition_of(session, cycle, release)
    return ResultPage(
        release=release,
        releases=releases,
        run=run,
        sheet=maker.results.inputs.sheet,
        card=card,
        group_mean=group_mean(maker, place),
        figures=BEHIND.get_or_make(
            (run.inputs, place, supplied), lambda: {row.id: teller.of(row.id) for row in card.all_rows}
        ),
        own=own_units(actor, maker),
        edition=edition,
        documents=[] if edition is None else cards_of(session, edition, unit),
    )


def group_mean(maker: BookMaker, unit: int) -> str | None:
    """The mean of the totals of a unit's group; None where it would tell of others, or where there is no group."""
    group = int(maker.results.groups[unit])
    summary = maker.results.summaries[group] if group >= 0 else None
    return None if summary is None or summary.scored < FEWEST else optional(summary.mean)


def own_units(actor: Actor, maker: BookMaker) -> list[tuple[str, Text]]:
    """The units of a run that a person reports for, in its order."""
    units = maker.results.inputs.units
    return [(code, name) for code, name in zip(units.codes, units.names, strict=True) if code in actor.units]


def edition_of(session: Session, cycle: CycleRow, release: ReleaseRow) -> SealRow | None:
    """The newest sealed edition of a final result (at most 1 query)."""
    editions = seals.seals_of(session, cycle=cycle.id) if release.standing is RunStanding.FINAL else []
    return next((each for each in editions if each.run == release.run), None)


def cards_of(session: Session, edition: SealRow, unit: str) -> list[DocumentRow]:
    """The sealed cards of a unit, one a language (1 query)."""
    return seals.documents_of(session, seal=edition.id, kind=DocumentKind.CARD, unit=unit)


def line_page(
    session: Session, actor: Actor, *, cycle: CycleRow, unit: str, node: str, folder: Path, number: int | None = None
) -> LinePage:
    """One line of the result of the person's own unit (at most 5 queries).

    Raises:
        NotFound: as for the result; nothing is released yet, or there is no such line.
    """
    page = result_page(session, actor, cycle=cycle, unit=unit, folder=folder, number=number)
    if page is None:
        raise NotFound(NOT_RELEASED)
    row = next((each for each in page.rows if each.id == node), None)
    if row is None:
        raise NotFound(NO_LINE)
    return LinePage(page, row, page.figures[node])
