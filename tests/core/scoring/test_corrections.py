"""Corrections of sections, and corrections that hang on other scores."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from assess.core.estimates import estimate
from tests.builders import a_bonus, a_section, a_sheet, a_unit, an_item, inputs_of, refused, score, units_with

MINIMUM = an_item(id="minimum", figure="m", points=20)
USE = an_item(id="use", figure="e", points=80)
WATER = an_item(id="water", figure="w", points=100)


def kept(when: str, keep: Any = "0%", clause: str = "7") -> list[dict[str, Any]]:
    """One correction."""
    return [{"when": when, "keep": keep, "clause": clause}]


def energy(when: str = "score(minimum) < 20", keep: Any = "0%", **keys: Any) -> dict[str, Any]:
    """A section that counts only if its minimum standard is reached."""
    return a_section(MINIMUM, USE, id="energy", corrections=kept(when, keep), **keys)


def test_a_section_counts_only_if_its_minimum_standard_is_reached():
    outcome = score(a_sheet(energy(), rounding={"total": 2}), {"a": a_unit(m=20, e=30), "b": a_unit(m=10, e=80)})

    assert outcome.scores("energy") == {"a": "50", "b": "0"}
    assert outcome.totals == {"a": "50.00", "b": "0.00"}
    assert outcome.whys("energy") == {
        "a": "",
        "b": "sum of the points below; the score of Item 1.1 (1) < 20: 0% of 90 points counts (7); 0 points",
    }
    assert outcome.whys("energy", "zh")["b"] == ("各项得分合计；“考核项1.1（1）”得分 < 20：按90分的0%计（7），得0分")


def test_a_section_is_corrected_after_floor_and_cap_and_before_rounding():
    # 100 + ... of 100, cap 70: a third of 70 is 23.333…
    section = energy("w > 0", "1/3", cap=70)
    outcome = score(a_sheet(section, WATER, rounding={"section": 1, "total": 2}), a_unit(m=20, e=80, w=1))

    assert outcome.points("energy") == {"a": Fraction("23.3")}
    assert outcome.whys("energy", "zh")["a"] == (
        "各项得分合计，计得100分，按上限70分计；w > 0：按70分的1/3计（7），计得≈23.3333分，四舍五入得23.3分"
    )
    assert [(step.what.en, step.amount) for step in outcome.card().bridge] == [
        ("Sum of items", "101"),
        ("Section 1: corrections, floor, cap and rounding", "-76.7"),
    ]
    assert [(row.title.en, row.lost) for row in outcome.card().losses if row.section] == [
        ("Section 1: corrected", "≈76.6667")
    ]


def test_an_item_may_hang_on_the_printed_score_of_what_stands_above():
    # Exact 59.95 prints 60.0, which is no less than 60 %.
    water = WATER | {"corrections": kept("rate(energy) < 60%", "50%")}
    sheet = a_sheet(a_section(MINIMUM, USE, id="energy"), water, rounding={"section": 0, "total": 2})
    outcome = score(sheet, {"a": a_unit(m=20, e="39.95", w=80), "b": a_unit(m=20, e=39, w=80)})

    assert outcome.points("water") == {"a": 80, "b": 40}


def test_without_that_score_a_correction_has_no_effect_and_a_warning_says_so():
    water = WATER | {"corrections": kept("score(use) < 5", "50%")}
    outcome = score(a_sheet(USE, water, missing="exclude"), units_with("w", a=80, b=None))

    assert outcome.points("water") == {"a": 80, "b": None}
    assert outcome.warnings == [
        ("a", "water", "7", "Item 2 (1): the correction where the score of Item 1 (1) < 5 cannot be checked "
         "(Item 1 (1) has no score), so it had no effect"),
    ]  # fmt: skip


def test_a_warning_tells_of_a_section_whose_correction_cannot_be_checked():
    outcome = score(a_sheet(energy("w > 0"), WATER), a_unit(m=20, e=80))

    assert outcome.scores("energy") == {"a": "100"}
    assert outcome.warnings == [
        ("a", "energy", "7", "Section 1: the correction where w > 0 cannot be checked (w is missing), so it had "
         "no effect"),
    ]  # fmt: skip


def test_an_item_of_a_bonus_may_hang_on_the_tree_and_on_bonus_items_above():
    first = an_item(id="first", figure="m", points=5)
    second = an_item(id="second", figure="e", points=5, corrections=kept("score(first) < 5 and score(water) > 0"))
    outcome = score(a_sheet(WATER, adjustments=[a_bonus(first, second)]), a_unit(w=50, m=1, e=5))

    assert outcome.totals == {"a": "51.00"}


def test_a_correction_sees_only_what_is_finished_before_it():
    finished = (
        "There is no score of “{id}” at this point. A correction can name what is written above, that of a section "
        "also what is below it."
    )

    def told(*items: Any) -> list[str]:
        found = refused(*items, figures={"w": {}, "m": {}, "e": {}})
        return [each.partition("of the expression: ")[2] for each in found if "of the expression" in each]

    inside = USE | {"corrections": kept("score(energy) < 5")}
    itself = WATER | {"corrections": kept("rate(water) < 5")}
    assert told(a_section(MINIMUM, inside, id="energy")) == [finished.format(id="energy")]
    assert told(USE | {"corrections": kept("score(water) < 5")}, WATER) == [finished.format(id="water")]
    assert told(itself) == [finished.format(id="water")]
    assert told(energy("score(energy) < 5")) == [finished.format(id="energy")]
    assert told(energy("rate(use) < 5 and score(minimum) > 3"), WATER | {"corrections": kept("score(use) < 5")}) == []
    assert told(WATER | {"corrections": kept("total < 5")}) == [
        "“total” can only be used in the condition of an adjustment."
    ]


def test_the_estimate_of_a_unit_leaves_an_item_for_later_that_hangs_on_other_scores():
    sheet = a_sheet(
        USE, WATER | {"corrections": kept("score(use) < 5", "50%")}, energy() | {"items": [MINIMUM], "points": 20}
    )
    found = estimate(inputs_of(sheet, a_unit(w=80, e=60, m=10)))

    assert [line.item for line in found.lines] == ["use", "minimum"]
    assert [(each.item, each.why.en) for each in found.later] == [
        ("water", "depends on the scores of others: counted when all have their figures")
    ]
