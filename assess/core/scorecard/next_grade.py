"""What would lift a unit to a better grade, or what holds it back: caps, vetoes, steps down and quotas included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from assess.core.explanations.effects import applied_to, grade_title
from assess.core.methods.scored import Better
from assess.core.numbers import printed
from assess.core.result_units import counted_in
from assess.core.rules.adjustments import GradeCap, GradeDown, TotalCap, Veto
from assess.core.rules.outcome import Grade
from assess.core.rules.sheet import title_of
from assess.core.scoring.adjusting import Adjusted
from assess.core.scoring.grading import Graded, quota, stepped
from assess.core.scoring.results import Results
from assess.core.text import Text

TO_NEXT = Text(
    "再得{points}分可达“{grade}”的分数线{bound}分",
    "{points} more points reach {bound}, from which the grade is {grade}",
)
TO_NEXT_LOWER = Text(
    "再降{points}可达“{grade}”的分数线{bound}", "{points} less reaches {bound}, up to which the grade is {grade}"
)
LOWERED = Text("{told}，受“{why}”影响，等次为“{grade}”", "{told}; with {why} the grade is then {grade}")
HELD_BACK = Text(
    "总分已达“{grade}”，但受下列事项限制：{why}", "the total reaches {grade}, but these limit the grade: {why}"
)
NOT_BY_POINTS = Text(
    "受下列事项限制，提高得分不能提升等次：{why}", "more points cannot raise the grade, which is limited by: {why}"
)
OUT_OF_REACH = Text(
    "“{grade}”的分数线{bound}分超过总分上限{limit}分（{why}），提高得分不能达到",
    "{grade} begins at {bound}, above the highest possible total of {limit} ({why}), so more points cannot reach it",
)
OUT_OF_REACH_LOWER = Text(
    "“{grade}”的分数线{bound}低于总分下限{limit}（{why}），不能达到",
    "{grade} ends at {bound}, below the lowest possible total of {limit} ({why}), so it cannot be reached",
)
BOUND_OF_TOTAL = Text("评分表规定", "as the rule sheet says")
NO_PLACE = Text(
    "总分已达“{grade}”，但本组该等次名额{places}个已满，还须超过其中的单位",
    "the total reaches {grade}, but all its places in the group ({places}) are taken; the unit must overtake another",
)
NO_PLACES = Text(
    "总分已达“{grade}”，但本组没有该等次的名额", "the total reaches {grade}, but the group has no places for that grade"
)
ALSO_OVERTAKE = Text(
    "{told}；本组该等次名额{places}个已满，还须超过其中的单位",
    "{told}; all its places in the group ({places}) are taken, so the unit must also overtake one of them",
)
NONE_TO_HAVE = Text(
    "{told}；但本组没有该等次的名额",
    "{told}; but the group has no places for that grade, so points alone cannot reach it",
)


def next_grade(results: Results, unit: int) -> Text | None:
    """What lifts the unit to a better grade, in words; None where there is no better one or no total."""
    graded, total = results.grades, results.total.fraction(unit)
    if graded is None or results.inputs.sheet.grades is None or total is None or graded.places[unit] == 0:
        return None
    return Lift(results, unit, results.inputs.sheet.grades, graded, total).sentence()


@dataclass(frozen=True, slots=True)
class Lift:
    """The way of one unit to a better grade."""

    results: Results
    unit: int
    grades: tuple[Grade, ...]
    graded: Graded
    total: Fraction

    def sentence(self) -> Text:
        """The points to the band that lifts it, and what else stands in the way."""
        place, banded = int(self.graded.places[self.unit]), int(self.graded.banded[self.unit])
        if self.graded.left_out[self.unit]:
            return self.without_place(place - 1)
        by_band = self.by_band()
        lifting = [band for band in range(banded) if by_band[band] < place]
        if not lifting:
            held = HELD_BACK.format(grade=self.title(banded), why=self.why()) if place > banded else None
            return held or NOT_BY_POINTS.format(why=self.why())
        band = lifting[-1]
        return self.beyond_reach(band) or self.by_points(band, by_band[band])

    def by_band(self) -> list[int]:
        """The grade that each band of the total leads to for this unit, before quotas."""
        bands = np.arange(len(self.grades), dtype=np.int64)
        steps = [(each.adjustment, np.ones(len(bands), dtype=bool)) for each in grade_steps(self.results, self.unit)]
        places: list[int] = stepped(bands, self.grades, steps)[0].tolist()
        return places

    def by_points(self, band: int, place: int) -> Text:
        """The points to the bound of a band, what the grade is then, and whether its places are taken."""
        bound = self.bound(band)
        words = self.counted(TO_NEXT if self.is_higher else TO_NEXT_LOWER)
        told = words.format(points=printed(abs(bound - self.total)), bound=printed(bound), grade=self.title(band))
        if place != band:
            told = LOWERED.format(told=told, why=self.why(), grade=self.title(place))
        places = self.places_taken(place)
        if places is None:
            return told
        return (ALSO_OVERTAKE if places else NONE_TO_HAVE).format(told=told, places=places)

    def counted(self, sentence: Text) -> Text:
        """A sentence with what scores are counted in."""
        return counted_in(sentence, self.results.inputs.sheet.unit_of_result)

    def without_place(self, place: int) -> Text:
        """That a quota left the unit out."""
        places = quota(self.grades[place], int(self.results.of[self.unit]))
        return (NO_PLACE if places else NO_PLACES).format(grade=self.title(place), places=places)

    def places_taken(self, place: int) -> int | None:
        """How many places a grade has in the group, where all of them are taken; else None."""
        results, grade = self.results, self.grades[place]
        if grade.at_most is None:
            return None
        vetoed = np.zeros(len(results.groups), dtype=bool)
        for each in results.adjusted:
            if isinstance(each.adjustment, Veto):
                vetoed |= each.applied
        holders = (self.graded.places == place) & (results.groups == results.groups[self.unit]) & ~vetoed
        places = quota(grade, int(results.of[self.unit]))
        return places if int((holders & results.ranks.present).sum()) >= places else None

    def beyond_reach(self, band: int) -> Text | None:
        """That the bound of a band lies beyond what the total can be."""
        bound, found = self.bound(band), list(self.limits())
        if not found:
            return None
        limit, why = min(found, key=lambda each: each[0]) if self.is_higher else max(found, key=lambda each: each[0])
        if bound <= limit if self.is_higher else bound >= limit:
            return None
        words = self.counted(OUT_OF_REACH if self.is_higher else OUT_OF_REACH_LOWER)
        return words.format(grade=self.title(band), bound=printed(bound), limit=printed(limit), why=why)

    def limits(self) -> Iterator[tuple[Fraction, Text]]:
        """What the total cannot go beyond in the good direction, each with why."""
        bounds = self.results.inputs.sheet.total
        stated = bounds.cap if self.is_higher else bounds.floor
        if stated is not None:
            yield stated, BOUND_OF_TOTAL
        for each in applied_to(self.results, self.unit):
            if isinstance(each.adjustment, TotalCap) and self.is_higher:
                yield each.adjustment.at, title_of(each.adjustment, each.adjustment.id)

    @property
    def is_higher(self) -> bool:
        """Whether more is better."""
        return self.results.inputs.sheet.ranking.better is Better.HIGHER

    def bound(self, band: int) -> Fraction:
        """Where a band begins."""
        bound = self.grades[band].from_ if self.is_higher else self.grades[band].to
        assert bound is not None
        return bound

    def title(self, place: int) -> Text:
        """What a grade is called."""
        return grade_title(self.results, self.grades[place].id)

    def why(self) -> Text:
        """The adjustments that changed the unit's grade."""
        steps = [title_of(each.adjustment, each.adjustment.id) for each in grade_steps(self.results, self.unit)]
        return Text("、".join(step.zh for step in steps), ", ".join(step.en for step in steps))


def grade_steps(results: Results, unit: int) -> Iterator[Adjusted]:
    """The adjustments that changed the unit's grade."""
    changing = (Veto, GradeCap, GradeDown)
    return (each for each in applied_to(results, unit) if isinstance(each.adjustment, changing))
