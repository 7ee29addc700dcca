"""A file's values beside all that is known, the year before and the other units; and what is missing."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import sha256

from assess.core.completeness import Demands, demands_of
from assess.core.evidence.asked import asked_of
from assess.core.evidence.doubts import ValueSpread, doubt_of, spread_of
from assess.core.evidence.found import CountedCase, FoundEvidence, FoundValue
from assess.core.evidence.verdicts import Verdict
from assess.core.exemptions import Exemptions
from assess.core.figures.periods import labels
from assess.core.text import Text
from assess.services.documents import place_in_file
from assess.services.years import Year, exemptions_of
from assess.store.base import Json
from assess.store.cache import cached
from assess.store.queries import imports as queries
from assess.store.session import Session

Key = tuple[str, str, str]
"""Unit, figure and period."""


@dataclass(frozen=True, eq=False)
class DepartmentValues:
    """What is known of a department's figures, in millionths.

    Attributes:
        present: what has a value that counts now.
        numbers: the numbers among them.
        before: the numbers of the year before, under the periods of this one.
        explained: what was explained in earlier files, by unit, figure, period and value.
    """

    present: frozenset[Key]
    numbers: dict[Key, int]
    before: dict[Key, int]
    explained: dict[tuple[str, str, str, int | None], str]


def known_in(session: Session, year: Year, department: str) -> DepartmentValues:
    """What is known of a department's figures (3 queries)."""
    cycle = year.cycle
    figures = [each.id for each in asked_of(year.sheet, department).figures]
    now = queries.numbers_of(session, cycle=cycle.id, year=cycle.year, figures=figures)
    before = queries.numbers_of(session, cycle=cycle.id, year=cycle.year - 1, figures=figures)
    return DepartmentValues(
        present=frozenset((unit, figure, period) for unit, figure, period, _, _ in now),
        numbers={(unit, figure, period): n for unit, figure, period, n, _ in now if n is not None},
        before={
            (unit, figure, a_year_later(period, cycle.year)): n
            for unit, figure, period, n, _ in before
            if n is not None
        },
        explained=queries.explanations_of(session, cycle=cycle.id, department=department),
    )


def a_year_later(period: str, year: int) -> str:
    """The same period of this year: 2025-Q1 is 2026-Q1."""
    return f"{year}{period[4:]}"


def demands_in(session: Session, year: Year) -> Demands:
    """What is asked of every unit (1 query)."""
    return demands_with(session, year, exemptions_of(session, year))


def demands_with(session: Session, year: Year, exemptions: Exemptions) -> Demands:
    """The same where the exemptions are known already."""
    key = (
        "demands",
        year.digest,
        year.units.codes,
        repr(exemptions.canonical()),
        repr(year.units.canonical()),
        year.object_list,
    )
    return cached(session, key, lambda: demands_of(year.sheet, year.units, exemptions, year.objects))


def missing_of(
    year: Year, demands: Demands, department: str, have: Collection[Key], judged: Collection[str]
) -> list[Key]:
    """What a department is asked for and nobody has a value of, by figure, unit and period.

    A value of the whole year stands for all its periods; what a panel judges, the department does not supply.
    """
    whole = str(year.cycle.year)
    found = []
    for number, asked in enumerate(demands.asked):
        if asked.supplier == department and asked.figure not in judged:
            names = labels(year.sheet.figures[asked.figure].period, year.cycle.year)
            for code, applies in zip(year.units.codes, demands.applies[number].tolist(), strict=True):
                if applies and (code, asked.figure, whole) not in have:
                    found += [key for name in names if (key := (code, asked.figure, name)) not in have]
    return found


def proposals_of(year: Year, known: DepartmentValues, row: int, evidence: FoundEvidence) -> list[Json]:
    """A file's values as they are proposed, the suspicious ones with their doubt and what was said of it."""
    values, cases = evidence.values, cases_of(evidence.occurrences)
    numbers = known.numbers | {
        (each.unit, each.figure, each.period): each.millionths for each in values if each.millionths is not None
    }
    spreads = spreads_of(numbers)
    return [
        {**proposal_of(year, known, spreads, row, each), "cases": cases.get((each.unit, each.figure, each.period), "")}
        for each in values
    ]


def cases_of(occurrences: Sequence[CountedCase]) -> dict[Key, str]:
    """The SHA-256 of the cases behind each count, wherever they stand in the file."""
    found: dict[Key, list[list[str]]] = {}
    for each in occurrences:
        said = [each.day.isoformat() if each.day else "", each.location, each.what, each.photo]
        found.setdefault((each.unit, each.figure, each.period), []).append(said)
    return {key: sha256(json.dumps(sorted(cases)).encode()).hexdigest() for key, cases in found.items()}


def spreads_of(numbers: dict[Key, int]) -> dict[tuple[str, str], ValueSpread | None]:
    """How the units spread, by figure and period."""
    grouped: dict[tuple[str, str], list[int]] = {}
    for (_, figure, period), number in numbers.items():
        grouped.setdefault((figure, period), []).append(number)
    return {key: spread_of(each) for key, each in grouped.items()}


def proposal_of(
    year: Year, known: DepartmentValues, spreads: dict[tuple[str, str], ValueSpread | None], row: int, value: FoundValue
) -> Json:
    """One proposal; which value it stands against is seen when it is kept."""
    key = value.unit, value.figure, value.period
    doubt: Text | None = None
    if value.millionths is not None:
        spread = spreads.get((value.figure, value.period))
        doubt = doubt_of(year.sheet.figures[value.figure], value.millionths, known.before.get(key), spread)
    return {
        "import_id": row, "unit": value.unit, "figure": value.figure, "period": value.period,
        "millionths": value.millionths, "word": value.word, "place": place_in_file(value.place),
        "remark": value.remark, "seen": None, "verdict": Verdict.NEW.value, "overtaken": False,
        "doubt": doubt and doubt._asdict(),
        "explanation": "" if doubt is None else known.explained.get((*key, value.millionths), ""),
    }  # fmt: skip
