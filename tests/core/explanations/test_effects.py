"""What took effect on a unit, with its reason, and what a grade is called."""

from __future__ import annotations

from assess.core.explanations.effects import grade_called, with_reason
from assess.core.rules.sheet import title_of
from assess.core.text import Text
from tests.builders import a_sheet, an_adjustment, an_item

EFFECT = Text("等次不高于良好", "no better grade than Good")
CLAUSE = "第十九条 / Art. 19"


def test_an_effect_tells_its_reason_and_the_clause_once_whether_or_not_it_has_a_title():
    sheet = a_sheet(
        an_item(points=100),
        grades=[{"id": "good", "from": 80}, {"id": "fail"}],
        adjustments=[an_adjustment("grade-cap", when="panel > 1", grade="fail", clause=CLAUSE)],
        figures={"panel": {"kind": "number"}},
    )
    untitled = title_of(sheet.adjustments[0], "grade-cap")

    assert with_reason(EFFECT, Text("挂牌督办", "A listed case"), CLAUSE) == Text(
        "等次不高于良好：挂牌督办（第十九条）", "no better grade than Good: A listed case (Art. 19)"
    )
    assert with_reason(EFFECT, untitled, CLAUSE) == Text(
        "等次不高于良好：等次限制（第十九条）", "no better grade than Good: Grade cap (Art. 19)"
    )


def test_a_grade_without_a_title_is_called_by_its_place_not_its_id():
    sheet = a_sheet(an_item(points=100), grades=[{"id": "good", "from": 80}, {"id": "fail"}])

    assert grade_called(sheet, "fail") == Text("第2等", "Grade 2")
    assert grade_called(sheet, "of-another-sheet") == Text.same("of-another-sheet")
