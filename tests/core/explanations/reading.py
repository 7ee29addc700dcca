"""What a sentence says: its numbers by the names of the blanks that they fill, read from the printed text alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from string import Formatter

from assess.core.explanations.ending_words import EARNED, NONE_COUNTED, TAKEN_OFF
from assess.core.explanations.endings import EARNED_FULL
from assess.core.explanations.explanation import JOINTS, Explanation
from assess.core.explanations.lines import APPROXIMATE, NOT_ABOVE, NOT_IN_TOTAL, ResultLines, explanation_of
from assess.core.explanations.sentences import Teller
from assess.core.expressions import TextColumn
from assess.core.methods.scored import Fact, Joined, OutcomeSentence
from assess.core.scoring.nodes import ItemScore
from assess.core.text import Language, Text

NUMBER = r"≈?-?\d+(?:\.\d+)?(?:/\d+)?"
ENDS = {
    taken: (
        *((NONE_COUNTED,) if taken else (EARNED_FULL,)),
        words.floor_rounded, words.cap_rounded, words.at_floor, words.at_cap, words.rounded, words.rounded_even,
        words.earned,
    )
    for taken, words in ((False, EARNED), (True, TAKEN_OFF))
}  # fmt: skip
"""The endings of items that earn and of items that take off, those first that hold others."""
FLOORS = tuple(each for words in (EARNED, TAKEN_OFF) for each in (words.floor_rounded, words.at_floor))
CAPS = tuple(each for words in (EARNED, TAKEN_OFF) for each in (words.cap_rounded, words.at_cap))
EVEN = (EARNED.rounded_even, TAKEN_OFF.rounded_even)


class NotUnderstood(AssertionError):
    """A sentence that has not the shape of its outcome."""


@dataclass(frozen=True)
class Printed:
    """A number as it is printed, and what follows it: its unit of measure."""

    text: str
    unit: str = ""

    @property
    def value(self) -> Fraction:
        """The number."""
        return Fraction(self.text.removeprefix("≈"))

    @property
    def share(self) -> Fraction:
        """The number as a share: in percent, or a fraction as it is."""
        return self.value / 100 if self.unit.startswith("%") else self.value

    @property
    def is_cut(self) -> bool:
        """Whether there is more of it than is printed."""
        return self.text.startswith("≈")

    @property
    def places(self) -> int:
        """Its printed decimals."""
        return max(0, -int(Decimal(self.text.removeprefix("≈")).as_tuple().exponent)) if "/" not in self.text else 0


Slots = dict[str, Printed]


@dataclass(frozen=True)
class Clause:
    """One clause: its template, the numbers in it, and what else fills it."""

    template: Text
    numbers: Slots
    texts: dict[str, str]


@dataclass(frozen=True)
class Sentence:
    """A whole sentence: what the method says, floor or cap and corrections in turn, and how it ends."""

    clauses: tuple[Clause, ...]
    kept: tuple[Clause, ...]
    end: Clause


class Reader:
    """Reads the sentences of one explanation."""

    def __init__(self, explanation: Explanation, *, taken_off: bool = False) -> None:
        self.explanation = explanation
        self.whys = explanation.sentences()
        self.taken_off = taken_off

    @property
    def units(self) -> list[int]:
        """The units of which it is told how their points came about."""
        return [unit for unit in range(self.explanation.size) if unit not in self.explanation.others]

    def read(self, unit: int, language: Language, sentence: str | None = None) -> Sentence:
        """The sentence of one unit, which may be another than the printed one."""
        text = self.whys[language][unit] if sentence is None else sentence
        for remark in (NOT_IN_TOTAL, NOT_ABOVE, APPROXIMATE):
            text = text.removesuffix(JOINTS[language] + remark.localized(language))
        told = [(case.text, part.facts) for part in self.explanation.clauses if (case := held(part.cases, unit))]
        kept = self.explanation.kept.get(unit, [])
        patterns = [pattern(template, self.stated(facts, language), language, f"c{n}_") for n, (template, facts) in
                    enumerate(told)]  # fmt: skip
        corrections = [
            pattern(template, tuple((name, None if name in AMOUNTS else each.localized(language)) for name, each in
                                    facts.items()), language, f"k{n}_")
            for n, (template, facts) in enumerate(kept)
        ]  # fmt: skip
        start = JOINTS[language].join(patterns) + "".join(corrections)
        for end in ENDS[self.taken_off]:
            found = compiled(start + pattern(without_why(end), (), language, "e_")).fullmatch(text)
            if found:
                groups = found.groupdict()
                return Sentence(
                    tuple(clause(template, groups, f"c{n}_") for n, (template, _) in enumerate(told)),
                    tuple(clause(template, groups, f"k{n}_") for n, (template, _) in enumerate(kept)),
                    clause(end, groups, "e_"),
                )
        raise NotUnderstood(text)

    def stated(self, facts: Mapping[str, Fact], language: Language) -> tuple[tuple[str, str | None], ...]:
        """What fills blanks without being a number of the unit."""
        teller = Teller(language, self.explanation.places)
        found = []
        for name, fact in facts.items():
            if isinstance(fact, TextColumn | Joined):
                found.append((name, ""))
            elif isinstance(fact, Text | str):
                found.append((name, teller.fact(fact)[0]))
        return tuple(found)


def reader_of(lines: ResultLines, node: str) -> Reader | None:
    """The reader of an item or section; None where nothing is told of it."""
    score = lines.results.scores[node]
    explanation = explanation_of(score, lines.results)
    if explanation is None:
        return None
    reader = Reader(explanation, taken_off=isinstance(score, ItemScore) and score.taken_off)
    assert reader.whys == lines.of(node).whys
    return reader


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern, compiled once."""
    return re.compile(pattern)


AMOUNTS = ("before", "exact", "bound", "keep")


def held(cases: Sequence[OutcomeSentence], unit: int) -> OutcomeSentence | None:
    """The first case that holds for a unit."""
    return next((case for case in cases if case.holds is None or case.holds[unit]), None)


def without_why(end: Text) -> Text:
    """An ending without the clauses before it."""
    return Text(*(each.removeprefix("{why}") for each in end))


@lru_cache(maxsize=100_000)
def pattern(template: Text, stated: tuple[tuple[str, str | None], ...], language: Language, prefix: str) -> str:
    """The pattern of a template whose stated blanks are known; numbers are told apart by name."""
    known, seen, found = dict(stated), set(), []
    for literal, name, _, _ in Formatter().parse(template.localized(language)):
        found.append(re.escape(literal))
        if name is None:
            continue
        text = known.get(name)
        if text:
            found.append(f"(?P<{prefix}{name}_text>{re.escape(text)})" if name not in seen else re.escape(text))
        elif text == "":
            found.append(f"(?P<{prefix}{name}_text>.+?)")
        elif name in seen:
            found.append(f"(?P={prefix}{name})(?P={prefix}{name}_unit)")
        else:
            found.append(f"(?P<{prefix}{name}>{NUMBER})(?P<{prefix}{name}_unit>(?![\\d.])[^；;]*?)")
        seen.add(name)
    return "".join(found)


def clause(template: Text, groups: dict[str, str | None], prefix: str) -> Clause:
    """What the groups of a pattern found for one clause."""
    numbers, texts = {}, {}
    for key, text in groups.items():
        if text is None or not key.startswith(prefix) or key.endswith("_unit"):
            continue
        name = key.removeprefix(prefix)
        if name.endswith("_text"):
            texts[name.removesuffix("_text")] = text
        else:
            numbers[name] = Printed(text, (groups.get(f"{key}_unit") or "").strip())
    return Clause(template, numbers, texts)
