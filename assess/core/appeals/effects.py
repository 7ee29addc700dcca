"""What a decision does to every unit: points, rank, grade and converted points before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from assess.core.appeals.rulings import CorrectedFigure, Exempting
from assess.core.figures.part_labels import is_of_object, year_of_part
from assess.core.runs.frozen import Frozen, FrozenValue, Row
from assess.core.runs.kinds import Origin
from assess.core.scoring.results import Results
from assess.core.text import Text

BY_DECISION: Final = "decision"
"""Who approves an exemption of an effect that nobody has confirmed yet."""


class UnitStanding(NamedTuple):
    """How a unit stands in a scoring: printed texts, the rank doubled as ties may share a half."""

    total: str | None
    rank: int | None
    of: int | None
    grade: str | None
    converted: str | None


class UnitEffect(NamedTuple):
    """A unit as it was released, as it stands now, and as it would stand."""

    unit: str
    name: Text
    released: UnitStanding | None
    now: UnitStanding
    after: UnitStanding

    @property
    def moves(self) -> bool:
        """Whether the decision changes anything of the unit."""
        return self.now != self.after

    @property
    def places(self) -> int | None:
        """By how many doubled places it climbs, negative where it falls; None without a rank."""
        if self.now.rank is None or self.after.rank is None:
            return None
        return self.now.rank - self.after.rank

    def as_json(self) -> dict[str, Any]:
        """The unit as what was seen is kept."""
        return {"unit": self.unit, "name": list(self.name), "now": list(self.now), "after": list(self.after)}


@dataclass(frozen=True, eq=False)
class LineScoring:
    """A scoring as effects need it: how the units stand, and the points and state of one line."""

    units: Mapping[str, UnitStanding]
    names: Mapping[str, Text]
    line: tuple[str | None, str]


def standings(results: Results) -> dict[str, UnitStanding]:
    """How every unit stands, in the order of the list."""
    digits, codes = results.total_digits, results.inputs.units.codes
    totals = results.total.printed(digits)
    converted = [None] * len(codes) if results.converted is None else results.converted.printed(digits)
    return {
        code: UnitStanding(
            total=totals[unit],
            rank=None if (rank := results.ranks.fraction(unit)) is None else int(rank * 2),
            of=int(results.of[unit]) if results.ranks.present[unit] else None,
            grade=results.grade(unit),
            converted=converted[unit],
        )
        for unit, code in enumerate(codes)
    }


def effects(released: Mapping[str, UnitStanding], now: LineScoring, after: LineScoring) -> Iterator[UnitEffect]:
    """Every unit in the order of the list."""
    for unit, standing in now.units.items():
        yield UnitEffect(unit, now.names[unit], released.get(unit), standing, after.units[unit])


def corrected(
    frozen: Frozen, *, unit: str, item: str, changes: Sequence[CorrectedFigure], exempt: Exempting, reason: str
) -> Frozen:
    """Frozen inputs as a decision would have them."""
    year = frozen.sheet.year
    before = None if frozen.before is None else with_changes(frozen.before, unit, changes, year - 1)
    return replace(
        frozen,
        values=with_changes(frozen.values, unit, changes, year),
        before=before,
        earlier=[with_changes(values, unit, changes, year - n) for n, values in enumerate(frozen.earlier, start=2)],
        exemptions=with_exemption(frozen.exemptions, (unit, item), exempt, reason),
    )


def with_changes(
    values: Sequence[FrozenValue], unit: str, changes: Sequence[CorrectedFigure], year: int
) -> list[FrozenValue]:  # fmt: skip
    """The figures of a year with those of a unit put right."""
    new = {(each.figure, each.period): each.text for each in changes if year_of_part(each.period) == year}
    kept = [
        each for each in values
        if (each.figure, each.part or str(year)) not in new or not (each.unit == unit or is_of_object(each.part))
    ]  # fmt: skip
    put = [FrozenValue(unit, figure, part, text, Origin.RULING) for (figure, part), text in new.items()]
    return sorted([*kept, *put])


def with_exemption(rows: Sequence[Row], line: tuple[str, str], exempt: Exempting, reason: str) -> list[Row]:
    """The exemptions with that of a line granted or ended."""
    if exempt is Exempting.NONE:
        return list(rows)
    whole = (*line, "")
    kept = [row for row in rows if tuple(row[:3]) != whole]
    granted = [(*whole, reason, BY_DECISION)] if exempt is Exempting.GRANT else []
    return sorted([*kept, *granted], key=tuple)
