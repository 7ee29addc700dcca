from __future__ import annotations

from fractions import Fraction

from assess.core.forms import FilledCount, form_of, read_answers
from tests.builders import a_section, a_sheet, a_unit, an_item, inputs_of

SHEET = a_sheet(
    a_section(an_item("done", figures=["met", "listed"]), an_item(id="other"), id="first"),
    a_section(an_item("direct", id="last", figure="monthly"), id="second"),
    figures={"monthly": {"period": "quarter", "roll_up": "sum", "decimals": 1, "min": 0}},
)
FORM = form_of(SHEET, inputs_of(SHEET, a_unit()).units, 0)


def answers(section: str, **typed: str) -> tuple[dict[str, object], dict[str, str]]:
    found = FORM.section(section)
    assert found is not None
    values, wrongs = read_answers(found, {name.replace("__", "@2026-"): text for name, text in typed.items()})
    return dict(values), {key: what.en for key, what in wrongs.items()}


def test_right_answers_are_read_and_wrong_ones_are_told_field_by_field():
    assert answers("second", monthly__Q1="１２.５", monthly__Q2=" ", monthly__Q3="-1", monthly__Q4="many") == (
        {"monthly@2026-Q1": Fraction("12.5"), "monthly@2026-Q2": None},
        {
            "monthly@2026-Q3": "“-1” is below the minimum of 0. Check it.",
            "monthly@2026-Q4": "“many” is not a number. Enter one such as 31.5.",
        },
    )


def test_what_belongs_to_another_section_or_to_nothing_is_left_alone():
    assert answers("first", met="是", monthly__Q1="3", unit="another") == ({"met": True}, {})


def test_how_complete_each_section_is():
    assert FORM.counts({"met", "panel", "monthly@2026-Q4", "strange"}) == {
        "first": FilledCount(2, 3),
        "second": FilledCount(1, 4),
    }
    assert FORM.counts(FORM.fields)["second"].is_complete
    assert not FORM.counts(())["second"].is_complete
