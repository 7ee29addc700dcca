"""What expressions are worth, for all units at once, and why a value is missing."""

from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
import pytest

from assess.core.exact import Column, Rounding
from assess.core.expressions import TextColumn, WrongExpression, evaluate, holds, parse
from assess.core.text import Text

Given = list[Fraction | int | str | None]


@dataclass
class District:
    """Three units and their figures; what stands under `last_year` and `scores` belongs to those."""

    figures: dict[str, Given]
    last_year: dict[str, Given] = field(default_factory=dict)
    scores: dict[str, Given] = field(default_factory=dict)
    rates: dict[str, Given] = field(default_factory=dict)
    size: int = 3

    def value(self, name: str) -> Column | TextColumn:
        return column(self.figures[name])

    def previous(self, name: str) -> Column | TextColumn:
        return column(self.last_year[name])

    def score(self, node: str) -> Column | TextColumn:
        return column(self.scores[node])

    def rate(self, node: str) -> Column | TextColumn:
        return column(self.rates[node])

    def reasons(self, name: str) -> tuple[()]:
        return ()

    def title(self, name: str) -> Text:
        return Text(f"《{name}》", f"the {name}")

    def node_title(self, node: str) -> Text:
        return Text(f"“{node}”", f"item {node}")


def column(given: Given) -> Column | TextColumn:
    """A column of words where any is one, else of numbers."""
    if not any(isinstance(each, str) for each in given):
        return Column.of(given)
    return TextColumn(np.array(given, dtype=object), np.array([each is None for each in given]))


def worth(text: str, district: District, rounding: Rounding = Rounding.HALF_UP) -> list[object]:
    """The value of each unit, or in its place the reason in English why there is none."""
    outcome = evaluate(parse(text), district, rounding)
    value = outcome.value
    values = value.fractions() if isinstance(value, Column) else list(value.values)
    for unit in np.flatnonzero(value.missing):
        values[unit] = next(why.en for mask, why in outcome.reasons if mask[unit])
    assert all(not (mask & ~value.missing).any() for mask, _ in outcome.reasons)
    return values


def test_a_change_against_last_year_is_exact():
    district = District({"pm25": [33, 28, 30]}, {"pm25": [30, 30, 30]})

    assert worth("(pm25 - previous(pm25)) / previous(pm25) * 100", district) == [10, Fraction(-20, 3), 0]


def test_a_shortfall_is_rounded_half_up_from_exact_numbers():
    district = District({"done": [Fraction("2554.22"), Fraction("2559.27"), 2600]})

    assert worth("round(10 - 0.5 * max(0, 2559.27 - done), 2)", district) == [Fraction("7.48"), 10, 10]


def test_rounding_follows_the_sheet():
    district = District({"x": [Fraction("0.125"), Fraction("0.375"), Fraction("-0.125")]})

    assert worth("round(x, 2)", district) == [Fraction("0.13"), Fraction("0.38"), Fraction("-0.13")]
    assert worth("round(x, 2)", district, Rounding.HALF_EVEN) == [Fraction("0.12"), Fraction("0.38"), Fraction("-0.12")]


def test_digits_below_zero_round_to_tens_and_hundreds():
    assert worth("round(x, -2)", District({"x": [149, 150, -1250]})) == [100, 200, -1300]


def test_calls_work_unit_by_unit():
    district = District({"a": [1, -2, Fraction(7, 2)], "b": [2, -3, 3]})

    assert worth("min(a, b, 3)", district) == [1, -3, 3]
    assert worth("max(a, b)", district) == [2, -2, Fraction(7, 2)]
    assert worth("mean(a, b, 0)", district) == [1, Fraction(-5, 3), Fraction(13, 6)]
    assert worth("sum(a, b)", district) == [3, -5, Fraction(13, 2)]
    assert worth("abs(a) + floor(a / 2) - ceil(a / 3)", district) == [0, 1, Fraction(5, 2)]
    assert worth("-min(a) * 30%", district) == [Fraction(-3, 10), Fraction(3, 5), Fraction(-21, 20)]


def test_truths_count_as_one_and_zero():
    district = District({"river": [1, 0, 1], "tasks": [3, 0, 5]})

    assert worth("river + (tasks > 4) + yes", district) == [2, 1, 3]
    assert worth("not tasks or river == true", district) == [1, 1, 1]
    assert worth("if(tasks, 10, 0)", district) == [10, 0, 10]


def test_texts_are_compared_as_they_are():
    district = District({"kind": ["street", "township", None], "name": ["街道", "乡", "street"]})

    assert worth("kind == 'street'", district) == [1, 0, "the kind is missing"]
    assert worth("kind != name", district) == [1, 1, "the kind is missing"]
    assert worth("if(kind == 'street', name, 'other') == '街道'", district) == [1, 0, "the kind is missing"]


def test_a_missing_figure_makes_the_value_missing_with_its_name():
    district = District({"a": [1, None, None], "b": [None, None, 2]}, {"a": [None, 1, 1]})

    assert worth("a + b", district) == ["the b is missing", "the a is missing", "the a is missing"]
    assert worth("a < 3", district) == [1, "the a is missing", "the a is missing"]
    assert worth("not b", district) == ["the b is missing", "the b is missing", 0]
    assert worth("min(3, b, a)", district) == ["the b is missing", "the b is missing", "the a is missing"]
    assert worth("previous(a)", district) == ["last year's the a is missing", 1, 1]


def test_a_reason_is_told_in_both_languages():
    outcome = evaluate(parse("a + previous(a)"), District({"a": [1, None, 1]}, {"a": [1, 1, None]}), Rounding.HALF_UP)

    assert [why for _, why in outcome.reasons] == [
        Text("缺少“《a》”", "the a is missing"),
        Text("缺少上年度“《a》”", "last year's the a is missing"),
    ]


def test_division_by_zero_makes_the_value_missing():
    district = District({"a": [1, None, 0], "b": [0, 0, 2]})

    assert worth("a / b", district) == ["division by zero", "the a is missing", 0]
    assert worth("b / (1 - 1)", district) == ["division by zero"] * 3


def test_roots_logarithms_and_powers_of_e_have_twelve_digits_and_are_exact_from_there_on():
    district = District({"a": [2, 4, Fraction(1, 3)]})

    assert worth("sqrt(a)", district) == [Fraction("1.41421356237"), 2, Fraction("0.57735026919")]
    assert worth("ln(a)", district) == [
        Fraction("0.69314718056"), Fraction("1.38629436112"), Fraction("-1.09861228867"),
    ]  # fmt: skip
    assert worth("log10(a)", district) == [
        Fraction("0.301029995664"), Fraction("0.602059991328"), Fraction("-0.47712125472"),
    ]  # fmt: skip
    assert worth("exp(a)", district) == [
        Fraction("7.38905609893"), Fraction("54.5981500331"), Fraction("1.39561242509"),
    ]  # fmt: skip
    assert worth("sqrt(a) * sqrt(a)", district)[0] == Fraction("1.41421356237") ** 2


def test_outside_of_what_they_are_defined_for_they_have_no_value():
    district = District({"a": [-1, 0, None], "b": [700, Fraction("700.001"), -701]})
    no_logarithm = "there is no logarithm of 0 or of a negative number"
    beyond = "exp of a number beyond ±700"

    assert worth("sqrt(a)", district) == ["a negative number has no square root", 0, "the a is missing"]
    assert worth("ln(a)", district) == [no_logarithm, no_logarithm, "the a is missing"]
    assert worth("log10(a)", district) == [no_logarithm, no_logarithm, "the a is missing"]
    assert worth("exp(b)", district)[1:] == [beyond, beyond]
    assert worth("if(a < 0, 0, sqrt(a))", district) == [0, 0, "the a is missing"]


def test_their_names_may_be_those_of_figures_where_no_bracket_follows():
    district = District({"exp": [4, 9, 16], "sqrt": [1, 2, 3]})

    assert worth("sqrt(exp) + sqrt", district) == [3, 5, 7]


def test_if_looks_only_at_the_chosen_branch():
    district = District({"sites": [0, 4, None], "clean": [None, 3, 1]})

    assert worth("if(sites == 0, 100, clean / sites * 100)", district) == [100, 75, "the sites is missing"]
    assert worth("if(sites, 1 / sites, clean)", district) == [
        "the clean is missing",
        Fraction(1, 4),
        "the sites is missing",
    ]


def test_and_and_or_stop_early_from_left_to_right():
    district = District({"known": [0, 1, None], "gone": [None, None, None], "there": [1, 0, 1]})

    assert worth("known and gone", district) == [0, "the gone is missing", "the known is missing"]
    assert worth("known or gone", district) == ["the gone is missing", 1, "the known is missing"]
    assert worth("gone and no", district) == ["the gone is missing"] * 3
    assert worth("gone or yes", district) == ["the gone is missing"] * 3
    assert worth("known and 1 / there > 0", district) == [0, "division by zero", "the known is missing"]


def test_scores_and_results_of_last_year_serve_in_conditions():
    district = District(
        {"total": [91, 80, 95], "previous_grade": ["excellent", None, "good"]},
        scores={"air.pm25": [8, 5, None]},
        rates={"air": [Fraction(9, 10), Fraction(1, 2), 1]},
    )

    assert worth("rate(air) >= 90% and total > 90", district) == [1, 0, 1]
    assert worth("score(air.pm25) + 1", district) == [9, 6, "item air.pm25 has no score"]
    assert worth("previous_grade == 'excellent'", district) == [1, "the previous_grade is missing", 0]


def test_a_condition_holds_where_its_value_is_not_zero():
    true, unknown = holds(evaluate(parse("a"), District({"a": [Fraction(1, 9), 0, None]}), Rounding.HALF_UP))

    assert (true.tolist(), unknown.tolist()) == ([True, False, False], [False, False, True])


def test_a_column_that_is_blank_throughout_passes_for_text_and_for_number():
    district = District({"blank": [None] * 3, "kind": ["street"] * 3, "a": [1, 2, 3]})

    assert worth("blank == kind", district) == ["the blank is missing"] * 3
    assert worth("if(a > 1, kind, blank)", district) == ["the blank is missing", "street", "street"]
    assert worth("if(a > 1, blank, kind)", district) == ["street", "the blank is missing", "the blank is missing"]


@pytest.mark.parametrize(
    ("text", "column"), [("a + kind", 5), ("kind < kind", 6), ("kind == a", 6), ("if(a, a, kind)", 1), ("not kind", 5)]
)
def test_a_text_in_the_place_of_a_number_has_a_column(text, column):
    with pytest.raises(WrongExpression) as wrong:
        evaluate(parse(text), District({"a": [1, 2, 3], "kind": ["x", "y", "z"]}), Rounding.HALF_UP)

    assert wrong.value.column == column


def test_no_unit_at_all_is_no_trouble():
    assert worth("if(a > 1, mean(a, 2), 1 / a)", District({"a": []}, size=0)) == []


def test_a_number_that_grows_beyond_measure_is_missing():
    district = District({"a": [10**15, 1, -(10**20)]})
    large = "the result has more than 1810 digits"

    assert worth("*".join(["a"] * 200), district) == [large, 1, large]
    assert worth("/".join(["a"] * 200), district) == [large, 1, large]


def test_a_thousand_terms_add_up():
    assert worth("+".join("a" * 1000), District({"a": [1, Fraction(1, 3), None]})) == [
        1000,
        Fraction(1000, 3),
        "the a is missing",
    ]
