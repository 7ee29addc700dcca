"""Grades that no total reaches."""

from __future__ import annotations

from collections.abc import Iterator

from assess.core.methods.scored import Better
from assess.core.numbers import reduced
from assess.core.rules.sheet import RuleSheet, title_of
from assess.core.text import Text
from assess.core.warnings.bounds import highest_total
from assess.core.warnings.coded import CodedWarning

UNREACHABLE = Text(
    "总分最高{most}，达不到等次“{title}”的{bound}，请改from或分值。",
    "The highest total is {most}, so the grade {title} from {bound} cannot be reached. Change `from` or the marks.",
)


def unreachable_grades(sheet: RuleSheet) -> Iterator[CodedWarning]:
    """Every grade whose bound is above the highest total, where more is better."""
    most = highest_total(sheet)
    if most is None or sheet.ranking.better is not Better.HIGHER:
        return
    for grade in sheet.grades or ():
        if grade.from_ is not None and grade.from_ > most:
            facts = {"most": reduced(most), "title": title_of(grade, grade.id), "bound": reduced(grade.from_)}
            yield CodedWarning("unreachable-grade", (*grade.path, "from"), UNREACHABLE, facts)
