"""What is told of one node for all units: clauses, how they end, and what is told of units that earned nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from assess.core.explanations.earned import ByLanguage
from assess.core.explanations.sentences import Places, Teller, chosen_sentences
from assess.core.methods.scored import Amount, ExplanationClause, OutcomeSentence
from assess.core.result_units import counted_in
from assess.core.text import Language, Text

LANGUAGES: tuple[Language, ...] = ("zh", "en")
JOINTS: Final[Mapping[Language, str]] = {"zh": "；", "en": "; "}


@dataclass(frozen=True, eq=False)
class Explanation:
    """The sentences of one node before they are told.

    Attributes:
        size: the number of units.
        clauses: how the points came about.
        kept: what floor, cap and corrections made of them in turn, by unit.
        ends: the endings, with `facts` in both languages.
        others: the units of which only this is told, or nothing.
        places: to how many decimals the numbers of each unit are cut.
        unit: what scores are counted in; None for points.
    """

    size: int
    clauses: Sequence[ExplanationClause]
    kept: Mapping[int, Sequence[tuple[Text, Mapping[str, Text]]]]
    ends: Sequence[OutcomeSentence]
    facts: Mapping[str, ByLanguage]
    others: Mapping[int, Text]
    places: Places
    unit: Text | None = None

    def tellers(self) -> tuple[Teller, Teller]:
        """Tellers in Chinese and in English, which print each number once for both."""
        numbers: dict[tuple[int, bool], tuple[Amount, list[str]]] = {}
        return Teller("zh", self.places, self.unit, numbers), Teller("en", self.places, self.unit, numbers)

    def sentences(self) -> dict[Language, list[str]]:
        """The sentence of every unit in both languages."""
        return {teller.language: self.told_by(teller) for teller in self.tellers()}

    def told_by(self, teller: Teller) -> list[str]:
        """The sentence of every unit in one language."""
        language = teller.language
        sentences = self.told_earned(teller) if self.ends else [""] * self.size
        for unit, text in self.others.items():
            sentences[unit] = text.localized(language)
        return sentences

    def told_earned(self, teller: Teller) -> list[str]:
        """The sentence of every unit as if each had earned points by the method."""
        language = teller.language
        parts = [teller.part(part, self.size) for part in self.clauses]
        joint = JOINTS[language]
        whys = list(parts[0]) if len(parts) == 1 else [
            joint.join(filter(None, each)) for each in zip(*parts, strict=True)
        ]  # fmt: skip
        for unit, kept in self.kept.items():
            whys[unit] += "".join(template.localized(language, **filling) for template, filling in kept)
        facts = {name: texts[LANGUAGES.index(language)] for name, texts in self.facts.items()}
        return chosen_sentences(self.ends, {**facts, "why": whys}, self.size, language)


def told_in(explanation: Explanation, unit: Text) -> Explanation:
    """The same explanation, with what scores are counted in."""

    def told(cases: Sequence[OutcomeSentence]) -> tuple[OutcomeSentence, ...]:
        return tuple(OutcomeSentence(case.holds, counted_in(case.text, unit)) for case in cases)

    clauses = tuple(replace(clause, cases=told(clause.cases)) for clause in explanation.clauses)
    return replace(explanation, clauses=clauses, ends=told(explanation.ends), unit=unit)


def with_note(explanation: Explanation | None, note: Text, size: int) -> Explanation:
    """What is told of a node, and behind it a note; the note alone where nothing is told of it."""
    if explanation is None:
        return Explanation(size, (), {}, (), {}, dict.fromkeys(range(size), note), np.zeros(size, dtype=np.int64))
    others = {unit: followed(text, note) for unit, text in explanation.others.items()}
    return replace(earned_with_note(explanation, note), others=others)


def earned_with_note(explanation: Explanation, note: Text) -> Explanation:
    """What is told of a node, and behind it a note where points were earned by the method."""
    ends = tuple(OutcomeSentence(each.holds, followed(each.text, note)) for each in explanation.ends)
    return replace(explanation, ends=ends)


def followed(text: Text, note: Text) -> Text:
    """A text with a note behind it."""
    return Text(text.zh + JOINTS["zh"] + note.zh, text.en + JOINTS["en"] + note.en) if text.zh else note
