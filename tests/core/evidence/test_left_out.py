"""Which figures of a department have nothing to say of a unit, and which department is asked for what."""

from __future__ import annotations

import pytest

from assess.core.evidence.asked import asked_of
from assess.core.evidence.departments import department_asked
from assess.core.evidence.known import known_of
from assess.core.evidence.left_out import left_out
from assess.core.figures import from_values
from assess.core.parsing import ParseError
from tests.builders import a_bonus, a_sheet, a_unit, an_item, exemptions_of, inputs_of

UNITS = {"a": a_unit(river="yes", cases=0), "b": a_unit(river="no", cases=0), "c": a_unit(river="no", cases=0)}


def reasons(sheet, exempt=()):
    """For each figure the units that do not have it, and why."""
    units = inputs_of(sheet, UNITS).units
    found = left_out(sheet, units, exemptions_of(sheet, units, exempt))
    return {figure: {units.codes[place]: text.en for place, text in why.items()} for figure, why in found.items()}


def test_a_figure_is_left_out_where_no_item_that_rests_on_it_applies():
    sheet = a_sheet(
        an_item(id="alone", figure="level", applies="river"),
        an_item(id="both", figure="shared", applies="river"),
        an_item(id="everywhere", figure="shared"),
        an_item(id="open", figure="gain", applies="shared > 3"),
        an_item(id="extra", figure="praise", applies="river"),
        adjustments=[a_bonus(an_item(id="more", figure="praise"), cap=3)],
        attributes=["river"],
    )

    assert set(reasons(sheet)) == {"level"}
    assert set(reasons(sheet)["level"]) == {"b", "c"}


def test_an_exemption_leaves_a_figure_out_of_one_unit_and_is_told_first():
    sheet = a_sheet(
        an_item(id="first", figure="level", applies="river"), an_item(id="second", figure="plain"), attributes=["river"]
    )

    found = reasons(sheet, [("a", "second"), ("b", "first")])

    assert {figure: set(why) for figure, why in found.items()} == {"level": {"b", "c"}, "plain": {"a"}}
    assert found["plain"]["a"] == found["level"]["b"] != found["level"]["c"]


def test_a_formula_hands_on_what_it_is_made_of():
    figures = {"rate": {"kind": "percent", "from": "formula", "formula": "part / whole * 100"}, "part": {}, "whole": {}}
    sheet = a_sheet(an_item(figure="rate", applies="river"), figures=figures, attributes=["river"])

    assert {figure: set(why) for figure, why in reasons(sheet).items()} == {"part": {"b", "c"}, "whole": {"b", "c"}}


DEPARTMENTS = {
    "air": {"title": {"zh": "大气处", "en": "Air Office"}},
    "idle": {"title": {"zh": "闲置处", "en": "Idle"}},
}
SHEET = a_sheet(
    an_item(figure="level"), figures={"level": {"from": "air", "period": "quarter", "roll_up": "mean"}},
    departments=DEPARTMENTS,
)  # fmt: skip


@pytest.mark.parametrize("called", ["air", "AIR", "大气处", " Air  Office"])
def test_a_department_is_called_by_its_id_or_its_title(called):
    assert department_asked(SHEET, called) == asked_of(SHEET, "air")


@pytest.mark.parametrize(
    ("called", "told"),
    [
        ("aire", ("The rule sheet has no department “aire”. Did you mean “air”? All departments: air "
         "(Air Office), idle (Idle).")),
        ("水务局", "The rule sheet has no department “水务局”. Select one of air (Air Office), idle (Idle)."),
        ("idle", ("The rule sheet asks Idle for no figures. There is nothing to fill in. Departments "
         "that supply figures: air (Air Office).")),
    ],
)  # fmt: skip
def test_who_supplies_nothing_is_told_who_does(called, told):
    found = department_asked(SHEET, called)

    assert isinstance(found, ParseError)
    assert found.what.en == told


def test_what_is_known_is_told_as_one_would_type_it():
    sheet = a_sheet(
        an_item("done", figures=["met"], id="done"),
        an_item("lookup", id="class", figure="grade", table={"I": 10, "II": 5}),
        an_item(figure="level"),
        an_item(id="other", figure="theirs"),
        figures={
            "met": {"kind": "yes-no", "from": "air"},
            "grade": {"kind": "choice", "choices": ["I", "II"], "from": "air"},
            "level": {"from": "air", "period": "quarter", "roll_up": "mean"},
            "theirs": {"from": "idle"},
        },
        departments=DEPARTMENTS,
    )
    units = inputs_of(sheet, UNITS).units
    given = {
        "a": {"met": "是", "grade": "II", "level": {"2026-Q1": "12.50"}, "theirs": "4"},
        "b": {"met": "no", "level": {"2026-Q3": "1,234"}},
        "c": {"level": "9"},
    }
    figures, flaws = from_values(sheet, units, given, "a test")

    assert flaws == []
    assert known_of(asked_of(sheet, "air"), figures) == {
        ("a", "met", "2026"): "yes",
        ("a", "grade", "2026"): "II",
        ("a", "level", "2026-Q1"): "12.5",
        ("b", "met", "2026"): "no",
        ("b", "level", "2026-Q3"): "1234",
        ("c", "level", "2026"): "9",
    }
