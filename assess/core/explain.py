"""The sentence for every line: the facts of the same computation, told in Chinese and in English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from itertools import repeat
from string import Formatter
from typing import Final

import numpy as np

from assess.core.exact import Column
from assess.core.expressions import Words
from assess.core.methods.scored import Amount, Case, Fact, Measured, Points, Share, Told
from assess.core.scoring.item_inputs import with_unit
from assess.core.text import Language, Text

EXACT_PLACES: Final = 6
"""Numbers in sentences are shown in full up to so many decimals; longer ones are cut and marked ≈."""
CUT_PLACES: Final = 4
CUT_OF_SHARES: Final = 2


def shown(amount: Amount, cut: int = CUT_PLACES) -> list[str]:
    """An amount as sentences show it, one text per unit, or one for all; `cut` are the decimals of what is cut."""
    if isinstance(amount, Fraction):
        return shown(Column.of([amount]), cut)
    if isinstance(amount.denominators, int) and 10**EXACT_PLACES % amount.denominators == 0:
        return [text or "" for text in amount.printed(None)]
    full = amount.round(EXACT_PLACES)
    inexact = np.flatnonzero(amount != full)
    if len(inexact) == len(amount):
        return [f"≈{text}" for text in shortest(amount.round(cut), cut)]
    texts = shortest(full, EXACT_PLACES)
    for unit, text in zip(inexact.tolist(), shortest(amount.take(inexact).round(cut), cut), strict=True):
        texts[unit] = f"≈{text}"
    return texts


def shortest(rounded: Column, places: int) -> list[str]:
    """Each value, which so many decimals hold, without the zeros at its end; empty where missing."""
    return [text.rstrip("0").rstrip(".") if text else "" for text in rounded.printed(places)]


ONE: Final = frozenset({"1", "-1"})


def in_points(numbers: Sequence[str], language: Language) -> list[str]:
    """Printed numbers as points; one of them is a point in English."""
    if language == "zh":
        return [f"{number} 分" for number in numbers]
    return [f"{number} point" if number in ONE else f"{number} points" for number in numbers]


@dataclass(slots=True)
class Teller:
    """Tells clauses in one language; `numbers`, shared by the tellers of both, keeps what was printed already."""

    language: Language
    numbers: dict[int, tuple[Amount, list[str]]] = field(default_factory=dict)

    def part(self, part: Told, size: int) -> list[str]:
        """One clause for every unit."""
        facts = {name: self.fact(fact) for name, fact in part.facts.items()}
        return chosen_sentences(part.cases, facts, size, self.language)

    def fact(self, fact: Fact) -> list[str]:
        """A fact for every unit, or one text for all."""
        if isinstance(fact, str):
            return [fact]
        if isinstance(fact, Text):
            return [fact.told(self.language)]
        if isinstance(fact, Words):
            return [str(word) for word in fact.values.tolist()]
        if isinstance(fact, Share):
            return [f"{text}%" for text in self.percent(fact.amount)]
        if isinstance(fact, Points):
            return in_points(self.number(fact.amount), self.language)
        texts = self.number(fact.amount)
        unit = fact.unit.told(self.language) if isinstance(fact, Measured) else ""
        return [with_unit(text, unit) for text in texts] if unit else texts

    def percent(self, amount: Amount) -> list[str]:
        """A printed share in percent."""
        known = self.numbers.get(-id(amount))
        if known is None:
            known = self.numbers[-id(amount)] = (amount, shown(amount * 100, CUT_OF_SHARES))
        return known[1]

    def number(self, amount: Amount) -> list[str]:
        """A printed amount; each is printed once."""
        known = self.numbers.get(id(amount))
        if known is None:
            known = self.numbers[id(amount)] = (amount, shown(amount))
        return known[1]


def chosen_sentences(cases: Sequence[Case], facts: Mapping[str, list[str]], size: int, language: Language) -> list[str]:
    """For every unit the sentence of the first case that holds, its blanks filled; empty where none holds."""
    first = cases[0]
    if first.holds is None:
        return fill(first.text.told(language), facts, None, size)
    texts = np.full(size, "", dtype=object)
    open_units = np.ones(size, dtype=bool)
    for case in cases:
        units = open_units if case.holds is None else open_units & case.holds
        chosen = np.flatnonzero(units)
        if len(chosen):
            texts[chosen] = fill(case.text.told(language), facts, chosen.tolist(), len(chosen))
            open_units = open_units & ~units
    result: list[str] = texts.tolist()
    return result


def fill(template: str, facts: Mapping[str, list[str]], units: list[int] | None, size: int) -> list[str]:
    """A sentence with its blanks filled, `size` times: for the chosen units, or for all where `units` is None."""
    pattern, names = positional(template)
    if not names:
        return [pattern.format()] * size
    columns: list[Iterable[str]] = []
    for name in names:
        texts = facts[name]
        if len(texts) == 1:
            columns.append(repeat(texts[0], size))
        else:
            columns.append(texts if units is None else map(texts.__getitem__, units))
    return list(map(pattern.format, *columns))


@lru_cache(maxsize=1024)
def positional(template: str) -> tuple[str, tuple[str, ...]]:
    """A template with its blanks in order of appearance, and their names."""
    names, pattern = [], []
    for literal, name, _, _ in Formatter().parse(template):
        pattern.append(literal.replace("{", "{{").replace("}", "}}"))
        if name is not None:
            pattern.append("{}")
            names.append(name)
    return "".join(pattern), tuple(names)


def first_reason(reasons: Sequence[Case], size: int) -> list[Text | None]:
    """For each unit the first reason that marks it."""
    found: list[Text | None] = [None] * size
    for holds, text in reasons:
        if holds is not None:
            for unit in np.flatnonzero(holds).tolist():
                found[unit] = found[unit] or text
    return found
