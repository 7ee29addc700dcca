"""The sentence for every line: the facts of the same computation, told in Chinese and in English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from itertools import repeat
from string import Formatter

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column
from assess.core.expressions import TextColumn
from assess.core.methods.cutting import EXACT_PLACES, FEWEST_PLACES, PLACES_OF_PERCENT, is_shown_in_full
from assess.core.methods.scored import (
    Amount,
    BothTexts,
    ExplanationClause,
    Fact,
    Joined,
    MeasuredFact,
    OutcomeSentence,
    PointsFact,
    RatioFact,
)
from assess.core.numbers import exact_places, reduced
from assess.core.result_units import in_points
from assess.core.text import Language, Text
from assess.core.units_of_measure import in_english, with_unit

Places = NDArray[np.int64]
"""To how many decimals the numbers of each unit are cut where they are cut."""


def shown(amount: Amount, cut: int = FEWEST_PLACES) -> list[str]:
    """An amount as sentences show it, one text per unit, or one for all; `cut` are the decimals of what is cut."""
    if isinstance(amount, Fraction):
        return shown(Column.of([amount]), cut)
    if is_shown_in_full(amount):
        return [text or "" for text in amount.printed(None)]
    full = amount.round(EXACT_PLACES)
    inexact = np.flatnonzero(amount != full)
    if len(inexact) == len(amount):
        return [f"≈{text}" for text in shortest(amount.round(cut), cut)]
    texts = shortest(full, EXACT_PLACES)
    for unit, text in zip(inexact.tolist(), shortest(amount.take(inexact).round(cut), cut), strict=True):
        texts[unit] = f"≈{text}"
    return texts


def shown_to(amount: Column, places: Places, less: int = 0) -> list[str]:
    """A column as sentences show it, the numbers of each unit cut to its places less so many."""
    if not len(places):
        return []
    fewest, most = int(places.min()), int(places.max())
    texts = shown(amount, fewest - less)
    if fewest == most or is_shown_in_full(amount):
        return texts
    for cut in np.unique(places)[1:].tolist():
        units = np.flatnonzero(places == cut)
        for unit, text in zip(units.tolist(), shown(amount.take(units), cut - less), strict=True):
            texts[unit] = text
    return texts


def shortest(rounded: Column, places: int) -> list[str]:
    """Each value, which so many decimals hold, without the zeros at its end; empty where missing."""
    return [text.rstrip("0").rstrip(".") if text else "" for text in rounded.printed(places)]


@dataclass(slots=True)
class Teller:
    """Tells clauses in one language, numbers cut to `places`, points as what `unit` says scores are counted in.

    `numbers`, shared by the tellers of both languages, keeps what was printed already.
    """

    language: Language
    places: Places
    unit: Text | None = None
    numbers: dict[tuple[int, bool], tuple[Amount, list[str]]] = field(default_factory=dict)

    def part(self, part: ExplanationClause, size: int) -> list[str]:
        """One clause for every unit."""
        facts = {name: self.fact(fact) for name, fact in part.facts.items()}
        return chosen_sentences(part.cases, facts, size, self.language)

    def fact(self, fact: Fact) -> list[str]:
        """A fact for every unit, or one text for all."""
        if isinstance(fact, str):
            return [fact]
        if isinstance(fact, Text):
            return [fact.localized(self.language)]
        if isinstance(fact, BothTexts):
            return fact.zh if self.language == "zh" else fact.en
        if isinstance(fact, TextColumn):
            return [str(word) for word in fact.values.tolist()]
        if isinstance(fact, RatioFact):
            return self.printed(fact.amount, is_share=True)
        if isinstance(fact, Joined):
            return self.joined(fact)
        if isinstance(fact, PointsFact):
            return in_points(self.printed(fact.amount), self.language, self.unit)
        texts = self.printed(fact.amount)
        unit = fact.unit.localized(self.language) if isinstance(fact, MeasuredFact) else ""
        if not unit:
            return texts
        told = with_unit if self.language == "zh" else in_english
        return [told(text, unit) for text in texts]

    def joined(self, fact: Joined) -> list[str]:
        """Several numbers of every unit, joined."""
        joint = fact.joint.localized(self.language)
        columns = [
            [text.localized(self.language, number=number) if number else "" for number in self.printed(amount)]
            for amount, text in fact.parts
        ]
        return [joint.join(filter(None, each)) for each in zip(*columns, strict=True)]

    def printed(self, amount: Amount, is_share: bool = False) -> list[str]:
        """A printed amount, or a share in percent; each is printed once."""
        known = self.numbers.get((id(amount), is_share))
        if known is None:
            known = self.numbers[id(amount), is_share] = (amount, printed_amount(amount, is_share, self.places))
        return known[1]


def printed_amount(amount: Amount, is_share: bool, places: Places) -> list[str]:
    """A number or a share as a sentence shows it; constants of the sheet in full, as a fraction if need be."""
    if isinstance(amount, Fraction):
        return [in_percent(amount) if is_share else reduced(amount)]
    if is_share:
        return [f"{text}%" for text in shown_to(amount * 100, places, PLACES_OF_PERCENT)]
    return shown_to(amount, places)


def in_percent(share: Fraction) -> str:
    """A share of the sheet in percent, or as a fraction where no decimals hold it."""
    return reduced(share) if exact_places(share) is None else f"{reduced(share * 100)}%"


def chosen_sentences(
    cases: Sequence[OutcomeSentence], facts: Mapping[str, list[str]], size: int, language: Language
) -> list[str]:
    """For every unit the sentence of the first case that holds, its blanks filled; empty where none holds."""
    first = cases[0]
    if first.holds is None:
        return fill(first.text.localized(language), facts, None, size)
    texts = np.full(size, "", dtype=object)
    open_units = np.ones(size, dtype=bool)
    for case in cases:
        units = open_units if case.holds is None else open_units & case.holds
        chosen = np.flatnonzero(units)
        if len(chosen):
            texts[chosen] = fill(case.text.localized(language), facts, chosen.tolist(), len(chosen))
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


def first_reason(reasons: Sequence[OutcomeSentence], size: int) -> list[Text | None]:
    """For each unit the first reason that marks it."""
    found: list[Text | None] = [None] * size
    for holds, text in reasons:
        if holds is not None:
            for unit in np.flatnonzero(holds).tolist():
                found[unit] = found[unit] or text
    return found
