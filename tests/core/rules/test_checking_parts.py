"""What the check refuses of objects, of items by periods or objects, and of calls where they have no value."""

from __future__ import annotations

import re

import pytest

from assess.core.rules.checking import at_places, parts, picks
from assess.core.rules.nodes import NOT_AXES
from assess.core.text import Text
from tests.core.rules.sheets import a_text, flaws_of

HEAD = "missing: zero\nobjects: {section: {title: section}, village: {title: village}}"
FIGURES = """\
x: {kind: number, from: unit}
m: {kind: number, period: month, roll_up: mean, from: unit}
q: {kind: number, period: quarter, roll_up: sum, from: unit}
s: {kind: number, of: section, from: unit}
v: {kind: number, of: village, from: unit}
"""
USED = (
    '- {id: used, points: 0, method: formula, clause: "1", '
    'points_from: "x + m + q + mean_by(section, s) + mean_by(village, v)"}'
)
ZERO = "by: month, each: {missing: zero}"
NONE = "by: month, each: {missing: zero, points: none}, over: mean"
BY_MONTH = "by: month, each: {missing: exclude}, over: mean"


def of_item(keys: str, more: str = "") -> str:
    """A sheet with an item of these keys, in line 14."""
    item = f'- {{id: item, points: 10, {keys}, clause: "1"}}'
    return a_text(f"{USED}\n{item}", figures=FIGURES + more, head=HEAD)


def of_formula(formula: str, more: str = "") -> str:
    """A sheet with an item that is a formula, in line 14."""
    return of_item(f"method: formula, points_from: '{formula}'", more)


def told(text: str, what: Text) -> str:
    """The place of the one flaw of a text, which says this in both languages."""
    for language in ("zh", "en"):
        (flaw,) = flaws_of(text, language=language)  # type: ignore[arg-type]
        place, _, words = flaw.partition(": ")
        blanks = re.split(r"\{\w+\}", what.zh if language == "zh" else what.en)
        assert all(part.replace("{{", "{").replace("}}", "}") in words for part in blanks), words
    return place


@pytest.mark.parametrize(
    ("keys", "what"),
    [
        ("over: mean, method: direct, figure: x", parts.ONLY_WITH_BY),
        ("by: [month, quarter], each: {missing: zero}, over: mean, method: direct, figure: m", NOT_AXES),
        ("by: week, each: {missing: zero}, over: mean, method: direct, figure: m", parts.NO_KIND),
        (f"{ZERO}, over: mean, method: direct, figure: x", parts.NOTHING_BY_IT),
        (f"{ZERO}, over: mean, method: direct, figure: q", parts.NOTHING_BY_IT),
        ("by: section, each: {missing: zero}, over: last, method: direct, figure: s", parts.NO_LAST),
        (f"{BY_MONTH}, bar: 5, method: direct, figure: m", parts.BAR_FOR_SHARE),
        (f"{ZERO}, over: share, bar: 11, method: direct, figure: m", parts.BAR_TOO_HIGH),
        (f"{ZERO}, over: best, part_weight: x, method: direct, figure: m", parts.WEIGHT_FOR_MEAN),
        (f"{BY_MONTH}, at_least: 0, method: direct, figure: m", parts.AT_LEAST_ONE),
        (f"{ZERO}, over: share, bar: 5, over_round: 1, method: direct, figure: m", parts.NO_ROUNDING),
        (f"{ZERO}, over: best, pick: {{worst: 2}}, method: direct, figure: m", picks.NOT_OVER),
        (f"{NONE}, method: direct, figure: m", parts.NO_MARK_OF_PART),
        (f"{BY_MONTH}, where: m > 1, method: direct, figure: m", at_places.NO_FIGURES_IN_WHERE),
        (f"{BY_MONTH}, where: kind == object, method: direct, figure: m", at_places.NOT_IN_BY),
        ("method: direct, figure: s", at_places.OF_OBJECT),
        ("applies: count_of(x > 1) > 2, method: direct, figure: x", at_places.NO_CALLS_HERE),
    ],
)  # fmt: skip
def test_a_wrong_key_of_an_item_with_parts_is_told_at_its_line_in_both_languages(keys: str, what: Text):
    assert told(of_item(keys), what).startswith("14:")


@pytest.mark.parametrize(
    ("formula", "what"),
    [
        ("s + 1", at_places.OF_OBJECT),
        ("mean_by(section, v)", at_places.OF_OBJECT),
        ("before(m)", at_places.NO_PERIOD_HERE),
        ("mean_by(month, count_by(quarter, m > 1))", at_places.AXIS_TWICE),
        ("mean_by(week, m)", at_places.NO_SUCH_AXIS),
        ("streak_by(section, s > 1)", at_places.PERIODS_ONLY),
        ("mean_by(section, mean_of(s))", at_places.OF_OBJECT),
    ],
)
def test_a_call_at_a_place_without_a_value_is_told_at_its_line_in_both_languages(formula: str, what: Text):
    assert told(of_formula(formula), what).startswith("14:")


def test_what_a_formula_reads_is_told_where_the_formula_is_read():
    text = of_item("method: direct, figure: f", "f: {kind: number, from: formula, formula: s * 2}")

    assert told(text, at_places.THROUGH).startswith("15:")


@pytest.mark.parametrize(
    ("head", "figures", "what"),
    [
        ("objects: {month: {title: a}}", "x: {kind: number, from: unit}", parts.RESERVED_KIND),
        ("objects: {x: {title: a}}", "x: {kind: number, from: unit}", parts.LIKE_A_FIGURE),
        ("objects: {a: {title: a}}", "x: {kind: number, of: b, from: unit}", parts.NO_KIND),
        ("objects: {a: {title: a}}", "x: {kind: number, of: a, from: formula, formula: 1 + 1}", parts.COMPUTED_OF),
    ],
)
def test_a_wrong_kind_of_objects_is_told_in_both_languages(head: str, figures: str, what: Text):
    found = flaws_of(a_text(figures=figures, head=f"missing: zero\n{head}"))

    assert any(all(part in line for part in re.split(r"\{\w+\}", what.en)) for line in found), found


@pytest.mark.parametrize("title", ["村庄", "rural village"])
def test_a_title_in_place_of_a_kind_of_objects_is_answered_with_the_kind(title: str):
    head = "missing: zero\nobjects: {cun: {title: {zh: 村庄, en: rural village}}, section: {title: section}}"
    figures = f"x: {{kind: number, of: {title}, from: unit}}"

    found = flaws_of(a_text(figures=figures, head=head))

    assert any(f"called “{title}”. Did you mean “cun”?" in line for line in found), found


def test_what_by_needs_is_missed_at_the_item():
    found = flaws_of(of_item("by: month, method: direct, figure: m"))

    assert [line.split(": ")[0] for line in found] == ["14:5", "14:5"]
    assert all(key in line for key, line in zip(("each", "over"), found, strict=True))
