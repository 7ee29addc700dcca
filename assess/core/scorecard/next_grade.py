"""What would lift a unit to the next grade, or what holds it back."""

from __future__ import annotations

from collections.abc import Iterator

from assess.core.effects import applied_to, grade_title
from assess.core.methods.scored import Better
from assess.core.numbers import printed
from assess.core.results import Results
from assess.core.rules.adjustments import GradeCap, GradeDown, Veto
from assess.core.rules.sheet import title_of
from assess.core.scoring.adjusting import Adjusted
from assess.core.text import Text

TO_NEXT = Text(
    "再得 {points} 分可达“{grade}”的分数线 {bound} 分",
    "{points} more points reach {bound}, from which the grade is {grade}",
)
TO_NEXT_LOWER = Text(
    "再降 {points} 可达“{grade}”的分数线 {bound}", "{points} less reaches {bound}, up to which the grade is {grade}"
)
HELD_BACK = Text("总分已达“{grade}”，但受下列事项限制：{why}", "the total reaches {grade}, but is held back by: {why}")
NO_PLACE = Text("总分已达“{grade}”，但该等次名额已满", "the total reaches {grade}, but its quota is full")


def next_grade(results: Results, unit: int) -> Text | None:
    """The points to the bound of the next grade; where a grade is held back, by what."""
    graded, sheet = results.grades, results.inputs.sheet
    total = results.total.fraction(unit)
    if graded is None or sheet.grades is None or total is None:
        return None
    banded, place = int(graded.banded[unit]), int(graded.places[unit])
    if place > banded:
        return held_back(results, unit)
    if banded == 0:
        return None
    above = sheet.grades[banded - 1]
    higher = sheet.ranking.better is Better.HIGHER
    bound = above.from_ if higher else above.to
    assert bound is not None
    facts = {"points": printed(abs(bound - total)), "bound": printed(bound)}
    return (TO_NEXT if higher else TO_NEXT_LOWER).filled(grade=grade_title(results, above.id), **facts)


def held_back(results: Results, unit: int) -> Text:
    """Why a unit whose total reaches a grade does not have it."""
    graded, grades = results.grades, results.inputs.sheet.grades or ()
    assert graded is not None
    if graded.left_out[unit]:
        return NO_PLACE.filled(grade=grade_title(results, grades[int(graded.places[unit]) - 1].id))
    steps = [title_of(each.adjustment, each.adjustment.id) for each in grade_steps(results, unit)]
    why = Text("、".join(step.zh for step in steps), ", ".join(step.en for step in steps))
    return HELD_BACK.filled(grade=grade_title(results, grades[int(graded.banded[unit])].id), why=why)


def grade_steps(results: Results, unit: int) -> Iterator[Adjusted]:
    """The adjustments that changed the unit's grade."""
    changing = (Veto, GradeCap, GradeDown)
    return (each for each in applied_to(results, unit) if isinstance(each.adjustment, changing))
