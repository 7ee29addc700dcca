from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from assess.core.figures import FigureTable, from_values
from assess.core.forms import Field, FormSection, ItemUse, LinkedTask, Question, UnitFormContent, form_of
from assess.core.obligations.tasks import read_tasks
from assess.core.text import Text
from tests.builders import a_bonus, a_section, a_sheet, a_unit, an_adjustment, an_item, exemptions_of, inputs_of
from tests.demonstration import year_2026

YEAR = year_2026()
SHEET, UNITS = YEAR.inputs.sheet, YEAR.inputs.units
RIVER, NO_RIVER = YEAR.place("Jianwai Subdistrict"), YEAR.place("Chaowai Subdistrict")
OUTFALLS = "outfalls_done"


def last_year(**values: Mapping[str, str] | str) -> FigureTable:
    table, flaws = from_values(SHEET, UNITS, {UNITS.codes[RIVER]: values}, "a test", 2025)
    assert flaws == []
    return table


def outfalls(reason: Text | None = None, before: Text | None = None) -> Question:
    return Question(
        figure=OUTFALLS,
        stated=SHEET.figures[OUTFALLS],
        title=Text("入河排口溯源整治完成率", "Share of river outfalls traced and put right"),
        items=(
            ItemUse(
                "water.outfalls",
                Text("入河排口溯源整治", "River outfalls"),
                "第七条第（五）项 / Art. 7(5)",
                "1.5",
                reason,
            ),
        ),
        tasks=tuple(
            LinkedTask(task.no, task.title, Text.same("100%"), task.evidence)
            for task in YEAR.tasks.tasks
            if task.no == "23"
        ),
        target=Text.same("100%"),
        last_year=before,
        certified_by=Text("区水务局", "District Water Bureau"),
        reason=reason,
    )


def test_a_street_with_a_river_reports_on_its_outfalls_each_half_year_with_last_year_beside_it():
    before = last_year(outfalls_done={"2025-H1": "61.5", "2025-H2": "88"})

    form = form_of(SHEET, UNITS, RIVER, tasks=YEAR.tasks, previous=before)

    question = outfalls(before=Text.same("88"))
    assert form.section("water") == FormSection(
        id="water",
        title=Text("水污染防治", "Water"),
        fields=(
            Field(
                key="outfalls_done@2026-H1",
                question=question,
                period="2026-H1",
                label=Text("上半年", "first half"),
                when=Text("上半年", "first half"),
                last_year=Text.same("61.5"),
            ),
            Field(
                key="outfalls_done@2026-H2",
                question=question,
                period="2026-H2",
                label=Text("下半年", "second half"),
                when=Text("下半年", "second half"),
                last_year=Text.same("88"),
            ),
        ),
    )


def test_a_street_without_a_river_is_not_asked_and_told_why():
    form = form_of(SHEET, UNITS, NO_RIVER, tasks=YEAR.tasks)

    reason = Text("不涉及（适用于：有考核河道）", "not applicable (applies where has an assessed river)")
    assert form.section("water") == FormSection(
        id="water", title=Text("水污染防治", "Water"), fields=(), not_applicable=(replace(outfalls(reason), tasks=()),)
    )


def test_the_whole_form_of_a_street_in_the_order_of_the_sheet():
    form = form_of(SHEET, UNITS, RIVER)

    assert {section.id: " ".join(field.key for field in section.fields) for section in form.sections} == {
        "air": "catering_cleaned@2026-H1 catering_cleaned@2026-H2 machinery_coded@2026-Q1 machinery_coded@2026-Q2 "
        "machinery_coded@2026-Q3 machinery_coded@2026-Q4 vocs_petrol vocs_repair vocs_printing",
        "water": "outfalls_done@2026-H1 outfalls_done@2026-H2",
        "soil": "sorting_join hazard_ledger hazard_storage hazard_contract waste_free_cells",
        "noise": "quiet_places",
        "ecology": "new_green habitat_plan",
        "carbon": "charging_piles low_carbon_places",
        "chiefs": "patrol_km",
        "governance": "committee_met duty_list budget_set report_published activities@2026-H1 activities@2026-H2 "
        "media_pieces@2026-H1 media_pieces@2026-H2 volunteer_hours",
    }


def test_every_unit_is_asked_for_every_figure_from_units_or_told_why_not():
    reported = {name for name, figure in SHEET.figures.items() if figure.from_ == "unit"}

    for place in range(len(UNITS)):
        form = form_of(SHEET, UNITS, place)
        asked = {field.question.figure for field in form.fields.values()}
        left_out = {question.figure for section in form.sections for question in section.not_applicable}
        assert (asked | left_out, asked & left_out) == (reported, set())


@pytest.mark.parametrize(
    ("unit", "charging", "mark"),
    [("Jianwai Subdistrict", "40", "2"), ("Chaowai Subdistrict", "35", "2"), ("Sunhe Area", "60", "1")],
)
def test_targets_of_the_unit_and_full_marks_of_its_group_stand_beside_the_field(unit: str, charging: str, mark: str):
    fields = form_of(SHEET, UNITS, YEAR.place(unit)).fields

    assert fields["charging_piles"].question.target == Text(f"{charging}个", f"{charging} places")
    assert fields["catering_cleaned@2026-H1"].question.items[0].points == mark


def test_yes_and_no_of_last_year_are_told_in_words():
    form = form_of(SHEET, UNITS, RIVER, previous=last_year(vocs_petrol="yes", vocs_repair="no"))

    assert [form.fields[key].last_year for key in ("vocs_petrol", "vocs_repair", "vocs_printing")] == [
        Text("是", "yes"),
        Text("否", "no"),
        None,
    ]


def a_form(*items: dict[str, Any], exempt: str | None = None, **keys: Any) -> UnitFormContent:
    """The form of one unit for a sheet of these items."""
    sheet = a_sheet(*items, **keys)
    units = inputs_of(sheet, a_unit(has_river="no")).units
    exemptions = None if exempt is None else exemptions_of(sheet, units, [("a", exempt)])
    return form_of(sheet, units, 0, exemptions=exemptions)


def test_a_figure_of_several_items_is_asked_once_and_names_them_all():
    form = a_form(
        a_section(an_item("ratio", id="one", figure="x", target=10, better="higher"), id="first", points=10),
        a_section(
            an_item("formula", id="two", points_from="share", clause="2"),
            an_item("interpolate", id="three", figure="x", full_at=12, zero_at=0),
            id="second",
        ),
        figures={"x": {}, "y": {}, "share": {"from": "formula", "formula": "x / y"}},
    )

    assert {section.id: [field.key for field in section.fields] for section in form.sections} == {
        "first": ["x"],
        "second": ["y"],
    }
    assert [use.id for use in form.fields["x"].question.items] == ["one", "two", "three"]
    assert form.fields["x"].question.target == Text("10；12得满分", "10; 12 for the full mark")
    assert [use[:4] for use in form.fields["y"].question.items] == [
        ("two", Text("考核项2.1（2）", "Item 2.1 (2)"), "2", "10")
    ]


def test_a_figure_is_left_out_only_where_none_of_its_items_applies():
    items = [
        an_item("ratio", id="river", figure="x", target=10, better="higher", applies="has_river"),
        an_item("ratio", id="other", figure="x", target=10, better="higher"),
    ]

    with_other = a_form(a_section(*items), attributes=["has_river"])
    exempt = a_form(a_section(*items), attributes=["has_river"], exempt="other")

    assert list(with_other.fields) == ["x"]
    assert exempt.sections[0].not_applicable[0].reason == Text(
        "不涉及（适用于：有考核河道）；经批准不涉及：no river（批准人：the bureau）",
        (
            "not applicable (applies where has an assessed river); not applicable, as approved: "
            "no river (approved by the bureau)"
        ),
    )


def test_conditions_of_adjustments_and_items_of_bonuses_make_a_last_section():
    form = a_form(
        an_item("direct", figure="panel"),
        figures={"panel": {"from": "a-bureau"}, "fraud": {"kind": "yes-no"}},
        departments={"a-bureau": {}},
        adjustments=[
            a_bonus(an_item("award", id="honours", lines=[{"figure": "honour", "points": 1}])),
            an_adjustment("veto", when="fraud", grade="fail"),
        ],
        grades=[{"id": "pass", "from": 60}, {"id": "fail"}],
    )

    assert [(section.id, [field.key for field in section.fields]) for section in form.sections] == [
        ("_adjustments", ["honour", "fraud"])
    ]
    assert form.fields["honour"].question.target is None
    assert form.fields["fraud"].question.items == (ItemUse("veto", Text("一票否决（1）", "Veto (1)"), "1"),)


def test_items_that_stand_alone_share_one_section():
    form = a_form(an_item("direct", id="one", figure="x"), an_item("direct", id="two", figure="y"))

    assert [(section.id, [field.key for field in section.fields]) for section in form.sections] == [
        ("_items", ["x", "y"])
    ]


def test_only_tasks_that_bind_the_unit_say_what_proves_a_figure():
    sheet = a_sheet(an_item("direct", figure="x", tasks=[1, 2, 3]))
    units = inputs_of(sheet, {"a": a_unit(), "b": a_unit()}).units
    tasks = read_tasks(
        {
            "tasks": [
                {"no": "1", "title": "for all", "evidence": "a photo", "target": "3", "unit_of_measure": "km"},
                {"no": "2", "title": "for b", "applies_to": ["b"]},
                {"no": "4", "title": "linked from its side", "applies_to": ["a"], "items": ["item"]},
                {"no": "5", "title": "of something else"},
            ]
        },
        [],
    )

    assert form_of(sheet, units, 0, tasks=tasks).fields["x"].question.tasks == (
        LinkedTask("1", Text.same("for all"), Text.same("3 km"), Text.same("a photo")),
        LinkedTask("4", Text.same("linked from its side"), None, None),
    )


def test_a_value_of_zero_last_year_is_a_value():
    sheet = a_sheet(an_item("direct", figure="x"))
    inputs = inputs_of(sheet, a_unit(previous={"x": Fraction(0)}))

    assert form_of(sheet, inputs.units, 0, previous=inputs.last_year).fields["x"].last_year == Text.same("0")
