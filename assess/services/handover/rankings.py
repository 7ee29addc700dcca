"""The other rankings of a sheet in a hand-over, made again from the frozen inputs of the run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assess.core.explanations.reckoning import printed_points
from assess.core.handover.content import HandedRanking, HandedStanding, points_in
from assess.core.numbers import reduced
from assess.core.rules.sheet import RuleSheet, title_of
from assess.core.scoring.other_rankings import RankedScores
from assess.core.scoring.results import Results
from assess.services.runs.reading import lines_of_run
from assess.store.queries.runs import RunRow


def rankings_of(sheet: RuleSheet, run: RunRow, *, folder: Path) -> tuple[HandedRanking, ...]:
    """Every other ranking with where each unit stands in it (no query).

    Raises:
        NotFound: the sheet has some, and the frozen inputs are gone from the disk.
    """
    if not sheet.results:
        return ()
    results = lines_of_run(run, folder=folder).results
    return tuple(
        HandedRanking(
            ranked.ranking.id, title_of(ranked.ranking, ranked.ranking.id),
            ranked.ranking.unit or sheet.unit_of_result, tuple(standings_in(ranked, results)),
        )
        for ranked in results.others
    )  # fmt: skip


def standings_in(ranked: RankedScores, results: Results) -> Iterator[HandedStanding]:
    """Where each unit stands, in the order of the list."""
    scores = printed_points(ranked.score, results)
    for place, unit in enumerate(results.inputs.units.codes):
        rank, grade = ranked.ranks.fraction(place), ranked.grade(place)
        if rank is None:
            yield HandedStanding(unit, None, None, None, None)
            continue
        title = None if grade is None else title_of(grade, grade.id)
        of = int(ranked.of[place])
        yield HandedStanding(unit, points_in(scores[place]), points_in(reduced(rank)), of, title)
