"""The facts of every line, from which its sentence can be made again: the same sentence, of that same computation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from assess.core.explanations.explanation import JOINTS, Explanation
from assess.core.explanations.lines import explanation_of
from assess.core.explanations.sentences import Teller, positional
from assess.core.methods.scored import ExplanationClause, OutcomeSentence
from assess.core.scoring.nodes import NodeScore
from assess.core.scoring.results import Results
from assess.core.text import Language, Text

Facts = dict[str, Any]
"""Of one line: `why` its clauses, `kept` its corrections, `end` the sentence around them.

Each is the number of a sentence and what fills its blanks.
"""
Clause = list[Any]
ByName = Mapping[str, tuple[list[str], list[str]]]
"""Facts by name: texts in Chinese and in English, one a unit or one for all."""


class Sentences:
    """Sentences with blanks, each kept once under its number."""

    def __init__(self) -> None:
        self.numbers: dict[Text, int] = {}

    def number(self, sentence: Text) -> int:
        """The number of a sentence."""
        return self.numbers.setdefault(sentence, len(self.numbers))

    def whole(self, told: Text) -> Clause:
        """A sentence that has no blanks any more."""
        return [self.number(told.literal()), {}]

    @property
    def listed(self) -> list[Text]:
        """All, in the order of their numbers."""
        return list(self.numbers)


def facts_of(score: NodeScore, results: Results, sentences: Sentences) -> list[Facts]:
    """The facts of one node's line for every unit; none where nothing is told."""
    explanation = explanation_of(score, results)
    told: list[Facts] = [{} for _ in range(len(score.points))]
    if explanation is None:
        return told
    tellers, size = explanation.tellers(), explanation.size
    parts = [clauses(part.cases, facts_in(part, tellers), size, sentences) for part in explanation.clauses]
    kept = corrected(explanation, sentences)
    for unit, end in enumerate(clauses(explanation.ends, explanation.facts, size, sentences)):
        told[unit] = {"why": [part[unit] for part in parts], "end": end}
    for unit, clause in kept.items():
        told[unit]["kept"] = clause
    for unit, text in explanation.others.items():
        told[unit] = {"end": sentences.whole(text)} if text.zh else {}
    return told


def facts_in(part: ExplanationClause, tellers: tuple[Teller, Teller]) -> ByName:
    """The facts of a clause in both languages."""
    zh, en = tellers
    return {name: (zh.fact(fact), en.fact(fact)) for name, fact in part.facts.items()}


def corrected(explanation: Explanation, sentences: Sentences) -> dict[int, list[Clause]]:
    """What a floor or cap and the corrections that held made of the points, in turn, by unit."""
    return {
        unit: [[sentences.number(template), {name: one_or_both(text) for name, text in filling.items()}]
               for template, filling in kept]
        for unit, kept in explanation.kept.items()
    }  # fmt: skip


def clauses(cases: Sequence[OutcomeSentence], facts: ByName, size: int, sentences: Sentences) -> list[Clause | None]:
    """For every unit the first case that holds, by its number, with the facts that its sentence asks for."""
    found: list[Clause | None] = [None] * size
    left = np.ones(size, dtype=bool)
    for case in cases:
        chosen = left if case.holds is None else left & case.holds
        if chosen.any():
            number, names = sentences.number(case.text), blanks_of(case.text)
            for unit in np.flatnonzero(chosen).tolist():
                found[unit] = [number, {name: of_unit(facts[name], unit) for name in names if name in facts}]
            left = left & ~chosen
    return found


def blanks_of(sentence: Text) -> list[str]:
    """The blanks of a sentence in either language."""
    return list(dict.fromkeys((*positional(sentence.zh)[1], *positional(sentence.en)[1])))


def of_unit(texts: tuple[list[str], list[str]], unit: int) -> str | list[str]:
    """A fact of one unit; both texts where the languages differ."""
    return one_or_both(Text(*(each[0] if len(each) == 1 else each[unit] for each in texts)))


def one_or_both(text: Text) -> str | list[str]:
    """A text as it is kept: both where the languages differ."""
    return text.zh if text.zh == text.en else list(text)


def sentence_of(facts: Facts, sentences: Sequence[Text] | Mapping[int, Text]) -> Text:
    """The sentence of a line, made of its facts; empty where nothing is told."""
    if "end" not in facts:
        return Text("", "")
    return Text(told_in("zh", facts, sentences), told_in("en", facts, sentences))


def told_in(language: Language, facts: Facts, sentences: Sequence[Text] | Mapping[int, Text]) -> str:
    """The same in one language."""
    parts = [filled(each, language, sentences) if each else "" for each in facts.get("why", ())]
    kept = [filled(each, language, sentences) for each in facts.get("kept", ())]
    why = JOINTS[language].join(filter(None, parts)) + "".join(kept)
    return filled(facts["end"], language, sentences, why=why)


def filled(clause: Clause, language: Language, sentences: Sequence[Text] | Mapping[int, Text], **others: str) -> str:
    """One clause with its blanks filled."""
    place = 0 if language == "zh" else 1
    facts = {name: each if isinstance(each, str) else each[place] for name, each in clause[1].items()}
    return sentences[clause[0]][place].format(**facts, **others)
