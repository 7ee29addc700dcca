"""The results of a scoring as tests look at them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from assess.core.exact import Column
from assess.core.explanations.lines import ResultLines
from assess.core.numbers import printed
from assess.core.scorecard.content import Scorecard
from assess.core.scorecard.making import CardMaker
from assess.core.scoring.results import Results
from assess.core.text import Language


@dataclass(frozen=True)
class Outcome:
    """Results by unit code; without code, those of the only unit."""

    results: Results

    @cached_property
    def lines(self) -> ResultLines:
        """The printed lines."""
        return ResultLines(self.results)

    @property
    def codes(self) -> tuple[str, ...]:
        """The units, in order."""
        return self.results.inputs.units.codes

    def by_unit(self, values: Iterable[Any]) -> dict[str, Any]:
        """One value a unit."""
        return dict(zip(self.codes, values, strict=True))

    @property
    def totals(self) -> dict[str, str | None]:
        """Printed totals."""
        return self.by_unit(self.results.total.printed(self.results.total_digits))

    @property
    def total(self) -> Decimal | None:
        """The printed total of the only unit."""
        (text,) = self.totals.values()
        return None if text is None else Decimal(text)

    @property
    def bases(self) -> dict[str, Fraction | None]:
        """Exact base totals."""
        return self.by_unit(self.results.base.fractions())

    @property
    def ranks(self) -> dict[str, str | None]:
        """Printed ranks."""
        return self.by_unit(None if rank is None else printed(rank) for rank in self.results.ranks.fractions())

    @property
    def grades(self) -> dict[str, str | None]:
        """Grades by id."""
        return self.by_unit(self.results.grade(unit) for unit in range(len(self.codes)))

    @property
    def states(self) -> dict[str, str]:
        """States of the units."""
        return self.by_unit(self.results.state(unit) for unit in range(len(self.codes)))

    @property
    def converted(self) -> dict[str, str | None]:
        """Printed converted points."""
        column = self.results.converted
        assert column is not None
        return self.by_unit(column.printed(self.results.total_digits))

    @property
    def warnings(self) -> list[tuple[str, str, str, str]]:
        """Unit, id, clause and English sentence of each warning."""
        return [(self.codes[w.unit], w.id, w.clause, w.what.en) for w in self.results.warnings]

    def points(self, node: str = "item") -> dict[str, Fraction | None]:
        """Points of a node, as the sheet rounds them."""
        return self.by_unit(self.results.scores[node].points.fractions())

    def full(self, node: str = "item") -> dict[str, Fraction | None]:
        """Full marks of a node that count."""
        full = self.results.scores[node].full
        return self.by_unit(full.fractions() if isinstance(full, Column) else [full] * len(self.codes))

    def scores(self, node: str = "item") -> dict[str, str | None]:
        """Printed points of a node."""
        return self.by_unit(self.lines.of(node).scores)

    def states_of(self, node: str = "item") -> dict[str, str]:
        """States of a node."""
        return self.by_unit(self.lines.of(node).states)

    def whys(self, node: str = "item", language: Language = "en") -> dict[str, str]:
        """The sentences of a node."""
        return self.by_unit(self.lines.of(node).whys[language])

    def why(self, node: str = "item") -> tuple[str, str]:
        """The sentence of the only unit, in Chinese and in English."""
        (zh,), (en,) = (self.lines.of(node).whys[language] for language in ("zh", "en"))
        return zh, en

    def card(self, code: str = "a") -> Scorecard:
        """The scorecard of a unit."""
        return CardMaker(self.lines).card(self.codes.index(code))
