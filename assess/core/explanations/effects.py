"""What adjustments did to a unit, in short marks and in words."""

from __future__ import annotations

from collections.abc import Iterator

from assess.core.numbers import printed
from assess.core.result_units import counted_in
from assess.core.rules.adjustments import Bonus, Deduction, GradeCap, GradeDown, TotalCap, Veto
from assess.core.rules.sheet import RuleSheet, title_of
from assess.core.rules.titles import clause_words
from assess.core.scoring.adjusting import Adjusted
from assess.core.scoring.results import Results
from assess.core.text import Text

ADDED = Text("加{points}分", "{points} points added")
ADDED_OF = Text("加{points}分（最多加{most}分）", "{points} points added (at most {most})")
TAKEN = Text("扣{points}分", "{points} points off")
TAKEN_OF = Text("扣{points}分（最多扣{most}分）", "{points} points off (at most {most})")
VETOED = Text("一票否决，等次定为{grade}", "veto: the grade becomes {grade}")
UNRANKED = Text("一票否决，等次定为{grade}，不参加排名", "veto: the grade becomes {grade}, and the unit is not ranked")
CAPPED = Text("等次不高于{grade}", "no better grade than {grade}")
LOWERED = Text("下调{by}个等次", "{by} grades lower")
LOWERED_ONE = Text("下调1个等次", "1 grade lower")
BECAUSE = Text("{effect}：{title}", "{effect}: {title}")
BECAUSE_OF_CLAUSE = Text("{effect}：{title}（{clause}）", "{effect}: {title} ({clause})")
TOTAL_CAPPED = Text("总分不超过{at}分", "the total is at most {at}")


def applied_to(results: Results, unit: int) -> Iterator[Adjusted]:
    """The adjustments that took effect on a unit, in the order written."""
    return (adjusted for adjusted in results.adjusted if adjusted.applied[unit])


def mark_of(adjusted: Adjusted, results: Results, unit: int) -> str:
    """The effect in short, alike in all languages: `+2.00`, `-1.50`, `grade: fail`, `grade at most: good`."""
    adjustment = adjusted.adjustment
    match adjustment:
        case Bonus() | Deduction():
            return signed_points(adjusted, results, unit)
        case Veto():
            return f"grade: {adjustment.grade}"
        case GradeCap():
            return f"grade at most: {adjustment.grade}"
        case GradeDown():
            return f"grade: -{adjustment.by}"
        case TotalCap():
            return f"total at most: {printed(adjustment.at)}"
    raise TypeError(adjustment)


def words_of(adjusted: Adjusted, results: Results, unit: int) -> Text:
    """The effect in words."""
    adjustment = adjusted.adjustment
    match adjustment:
        case Bonus() | Deduction():
            return points_told(adjustment, signed_points(adjusted, results, unit), results.inputs.sheet.unit_of_result)
        case Veto():
            return (UNRANKED if adjustment.unranked else VETOED).format(grade=grade_title(results, adjustment.grade))
        case GradeCap():
            return CAPPED.format(grade=grade_title(results, adjustment.grade))
        case GradeDown():
            return LOWERED_ONE if adjustment.by == 1 else LOWERED.format(by=adjustment.by)
        case TotalCap():
            return counted_in(TOTAL_CAPPED, results.inputs.sheet.unit_of_result).format(at=printed(adjustment.at))
    raise TypeError(adjustment)


def told_with_reason(adjusted: Adjusted, results: Results, unit: int) -> Text:
    """The effect in words, with what it is called and its clause: why a line of a ranking stands where it does."""
    adjustment = adjusted.adjustment
    title = title_of(adjustment, adjustment.id)
    return with_reason(words_of(adjusted, results, unit), title, adjustment.clause)


def with_reason(effect: Text, title: Text, clause: str) -> Text:
    """An effect with the title and the clause of what had it; the clause once, as untitled ones are called by it."""
    words = clause_words(clause)
    called = BECAUSE if words.zh in title.zh else BECAUSE_OF_CLAUSE
    return called.format(effect=effect, title=title, clause=words)


def points_told(adjustment: Bonus | Deduction, points: str, unit: Text | None) -> Text:
    """Points added or taken off, and how many there may be at most where the sheet says so."""
    is_bonus, is_added = isinstance(adjustment, Bonus), points.startswith("+")
    most = adjustment.cap if isinstance(adjustment, Bonus) else adjustment.at_most
    if most is None or is_bonus is not is_added:
        return counted_in(ADDED if is_added else TAKEN, unit).format(points=points.lstrip("+-"))
    return counted_in(ADDED_OF if is_added else TAKEN_OF, unit).format(points=points.lstrip("+-"), most=printed(most))


def signed_points(adjusted: Adjusted, results: Results, unit: int) -> str:
    """The points added or taken off, with their sign."""
    assert adjusted.points is not None
    points = adjusted.points.fraction(unit)
    assert points is not None
    digits = results.total_digits
    text = adjusted.points.round(digits).printed(digits)[unit] if digits is not None else printed(points)
    return f"+{text}" if points > 0 else str(text)


def grade_title(results: Results, grade: str) -> Text:
    """What a grade of a result is called."""
    return grade_called(results.inputs.sheet, grade)


def grade_called(sheet: RuleSheet, grade: str) -> Text:
    """What a grade of a rule sheet is called; its id where the sheet has no such grade."""
    for each in sheet.grades or ():
        if each.id == grade:
            return title_of(each, grade)
    return Text.same(grade)
