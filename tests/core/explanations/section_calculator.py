"""What somebody with a pocket calculator gets from the sentence of a section and the lines below it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import prod

from assess.core.explanations import section_ways
from assess.core.explanations.lines import ResultLines
from assess.core.rules.nodes import Section
from tests.core.explanations.reading import Sentence

NEAR = Fraction(1, 1000)
NUMBER = r"≈?(-?\d+(?:\.\d+)?(?:/\d+)?)"
WEIGHTED = re.compile(rf"{NUMBER}(?: ?[（(](?:权重|weight ){NUMBER}[）)])?")
SUMS = (section_ways.SCALED, section_ways.OTHERS_SCALED)
MEANS = (section_ways.MEAN, section_ways.WEIGHTED_MEAN)
HARMONICS = (section_ways.HARMONIC, section_ways.WEIGHTED_HARMONIC)


@dataclass(frozen=True)
class Below:
    """The printed lines below a section for one unit: points and full marks of those that have points."""

    points: list[Fraction]
    marks: list[Fraction]
    left_out: int


def below(lines: ResultLines, section: Section, unit: int) -> Below:
    """The lines below."""
    made = [lines.of(child.id) for child in section.items]
    there = [each for each in made if each.scores[unit] is not None]
    points = [Fraction(each.scores[unit] or "") for each in there]
    return Below(points, [Fraction(each.full[unit]) for each in there], len(made) - len(there))


def reckon_section(sentence: Sentence, lines: Below) -> Fraction:
    """The points of a section before floor and cap."""
    *first, clause = sentence.clauses
    numbers = {name: each.value for name, each in clause.numbers.items()}
    template = clause.template
    if template == section_ways.ADDED:
        return sum(lines.points, Fraction(0))
    assert [each.numbers["n"].value for each in first] == [lines.left_out] * bool(lines.left_out), sentence
    if template in SUMS:
        assert abs(numbers["earned"] - sum(lines.points)) < NEAR
        assert abs(numbers["marks"] - sum(lines.marks)) < NEAR
        return numbers["earned"] / numbers["marks"] * numbers["full"]
    if template == section_ways.HARMONIC_ZERO:
        assert 0 in lines.points
        return Fraction(0)
    return of_terms(template, clause.texts.get("terms") or clause.texts["one"], numbers.get("weights"), lines)


def of_terms(template: object, terms: str, weights: Fraction | None, lines: Below) -> Fraction:
    """A mean, or the lowest, of what the sentence lists; each of it is printed below."""
    if template in MEANS:
        assert weights
        numbers, sums = zip(*(factors(each, "×") for each in terms.split(" + ")), strict=True)
        found = sum(sums) / weights
    elif template in HARMONICS:
        assert weights
        numbers, sums = zip(*(factors(each, "÷") for each in terms.split(" + ")), strict=True)
        found = weights / sum(sums)
    else:
        pairs = [(Fraction(number), Fraction(weight or 1)) for number, weight in WEIGHTED.findall(terms)]
        numbers = tuple(number for number, _ in pairs)
        found = geometric(pairs) if template == section_ways.GEOMETRIC else min(numbers)
    assert all(min(abs(each - printed) for printed in lines.points) < NEAR for each in numbers), (terms, lines)
    return found


def factors(term: str, sign: str) -> tuple[Fraction, Fraction]:
    """The number that stands in a term, and what the term comes to."""
    first, _, second = term.partition(f" {sign} ")
    one, other = (Fraction(each.removeprefix("≈")) for each in (first, second or "1"))
    return (one, one * other) if sign == "×" else (other, one / other)


def geometric(pairs: list[tuple[Fraction, Fraction]]) -> Fraction:
    """The weighted geometric mean, by powers."""
    whole = sum(weight for _, weight in pairs)
    powers = [Decimal(str(float(number))) ** Decimal(str(float(weight / whole))) for number, weight in pairs]
    return Fraction(prod(powers))
