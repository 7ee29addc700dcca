"""Chains of formulas that outgrow all bounds are refused before anything is calculated; what passes stays inside."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.core.exact import Column
from assess.core.exact.integers import largest
from assess.core.rules.checking.digits import DEEPEST, MAX_BITS, MAX_WORK, Sizes
from assess.core.rules.checking.places import expressions
from assess.core.rules.needed_figures import asked_of
from assess.core.rules.sheet import items_of, read_sheet
from assess.core.scorecard.evidence import asked_by
from assess.core.scoring.inputs import ScopeValues
from assess.files.rule_sheets import load_sheet
from tests.builders import a_sheet, a_tree, a_unit, an_item, inputs_of, refused, score
from tests.rounds import examples

RULES = Path(__file__).parents[3] / "rules"
HUGE = "123456789012345.123456789012345678901234"
TOO_LARGE = "The result of this expression can grow beyond 1800 digits. Multiply and divide less, or use round first."
Figures = dict[str, dict[str, Any]]


def chain(length: int, formula: str) -> Figures:
    """Figures f0 (entered) to f<length>, each by the formula of the one before, which it calls `x`."""
    figures: Figures = {"f0": {"kind": "number", "from": "unit"}}
    for number in range(1, length + 1):
        text = re.sub(r"\bx\b", f"f{number - 1}", formula)
        figures[f"f{number}"] = {"kind": "number", "from": "formula", "formula": text}
    return figures


def of(figure: str) -> dict[str, Any]:
    """An item that reads a figure."""
    return an_item("ratio", figure=figure, target=7, better="higher")


@pytest.mark.parametrize(
    "formula",
    [
        " * ".join(["x"] * 60),
        " + ".join(f"1 / (x + {n})" for n in range(40)),
        "max(" + ", ".join(f"1 / (x + {n})" for n in range(40)) + ")",
        "if(x > 0, " + " * ".join(["x"] * 50) + ", 0)",
        " / ".join(["1", *["x"] * 60]),
    ],
)
def test_a_chain_that_outgrows_all_bounds_is_refused_at_the_formula(formula: str):
    flaws = refused(of("f3"), figures=chain(3, formula))

    assert flaws
    assert {flaw.partition(": ")[2] for flaw in flaws} == {TOO_LARGE}
    assert {flaw.partition(": ")[0] for flaw in flaws} <= {f"figures.f{n}.formula" for n in (1, 2, 3)}


def test_a_chain_that_rounds_on_its_way_passes():
    assert refused(of("f40"), figures=chain(40, "round(x * 1.1 / 3, 6)")) == []


def test_roots_and_logarithms_keep_a_chain_short_and_powers_of_powers_outgrow_it():
    assert refused(of("f40"), figures=chain(40, "sqrt(x * x + 1) + ln(x + 2)")) == []
    assert refused(of("f3"), figures=chain(3, "exp(x) * exp(x + 1) * exp(x + 2)"))


def test_formulas_may_stand_fifty_upon_each_other_and_no_more():
    formula = "x + x"
    told = "More than 50 formula figures build on each other. Join some of them."
    sheet = a_sheet(of(f"f{DEEPEST}"), figures=chain(DEEPEST, formula))

    assert score(sheet, a_unit(f0=1)).points() == {"a": 10}
    assert refused(of("f60"), figures=chain(60, formula)) == [f"figures.f51.formula: {told}"]


def test_points_that_are_not_rounded_may_not_outgrow_all_bounds_together():
    items = [an_item("ratio", id=f"i{n}", figure="a", target="b", better="higher", points=1) for n in range(600)]
    told = (
        "Points up to this item are not rounded and have too many digits together. Set the digits in `rounding.item`."
    )

    assert [flaw.partition(": ")[2] for flaw in refused(*items)] == [told]
    assert refused(*items[:150]) == []
    assert refused(*items, rounding={"item": 2, "total": 2}) == []


def test_what_is_missing_on_a_chain_is_told_once_and_leaves_nothing_behind():
    sheet = read_sheet(a_tree(of("f12"), figures=chain(12, " * ".join(["x"] * 60))), [])
    values = ScopeValues(inputs_of(sheet, {"a": a_unit(f0=HUGE), "b": a_unit()}))
    outcome = values.computed("f12", sheet.figures["f12"])

    assert isinstance(outcome.value, Column)
    assert (largest(outcome.value.numerators), largest(outcome.value.denominators)) == (0, 1)
    assert [why.en for _, why in outcome.reasons] == ["f0 is missing", "the result has more than 1810 digits"]


def test_a_figure_behind_many_ways_is_asked_for_once():
    figures = chain(40, "x + y")
    for number in range(40):
        figures[f"f{number + 1}"]["formula"] = f"f{number} + g{number}"
        figures[f"g{number + 1}"] = {"kind": "number", "from": "formula", "formula": f"f{number} - g{number}"}
    sheet = a_sheet(an_item("ratio", figure="f40", target="g40", better="higher"), figures=figures | {"g0": {}})
    item = next(iter(items_of(sheet.items)))

    assert [asked.figure for asked in asked_of(item, sheet)] == ["f0", "g0"]
    assert [asked.figure for asked in asked_by(item, score(sheet, a_unit(f0=1, g0=1)).results)] == ["f0", "g0"]


def test_the_shipped_sheets_do_a_hundredth_of_the_work_and_have_an_eighth_of_the_digits_that_are_allowed():
    for path in sorted(RULES.glob("*/rule-sheet.yaml")):
        sheet = load_sheet(path).sheet
        sizes = Sizes(sheet)
        for mention in expressions(sheet):
            sizes.checked(mention.value, mention.path)
        assert sizes.work < MAX_WORK / 100
        assert max((size.bits for size in sizes.sizes.values()), default=0) < MAX_BITS / 8


names = st.sampled_from(["f0", "f1", "f2"])
terms = st.recursive(
    st.one_of(names, st.integers(0, 99).map(str), st.sampled_from(["0.123456", "2.5"])),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/"]), inner).map(lambda of: f"({of[0]} {of[1]} {of[2]})"),
        st.tuples(st.sampled_from(["min", "max", "mean", "sum"]), inner, inner).map("{0[0]}({0[1]}, {0[2]})".format),
        st.tuples(inner, st.integers(-2, 6)).map(lambda of: f"round({of[0]}, {of[1]})"),
        st.tuples(inner, inner, inner).map(lambda of: f"if({of[0]} > {of[1]}, {of[2]}, {of[0]})"),
        inner.map(lambda of: f"floor({of})"),
    ),
    max_leaves=8,
)  # fmt: skip
values = st.one_of(
    st.sampled_from([HUGE, f"-{HUGE}", "0", "0.000000000000000000000001", "999999999999999"]),
    st.integers(-(10**15) + 1, 10**15 - 1).map(str),
)


@given(st.lists(terms, min_size=3, max_size=3), st.lists(st.tuples(values, values, values), min_size=2, max_size=3))
@settings(max_examples=examples(60))
def test_no_value_is_larger_than_the_check_says_it_can_be(formulas: list[str], units: list[tuple[str, str, str]]):
    figures: Figures = {name: {} for name in ("f0", "f1", "f2")}
    for number, formula in enumerate(formulas):
        text = formula.replace("f2", f"h{number - 1}") if number else formula
        figures[f"h{number}"] = {"kind": "number", "from": "formula", "formula": text}
    items = [an_item("formula", id=name, points_from=name, floor=-1, cap=10) for name in figures]
    sheet = read_sheet(a_tree(*items, figures=figures), [])
    sizes = Sizes(sheet)
    given = {f"u{n}": a_unit(f0=f0, f1=f1, f2=f2) for n, (f0, f1, f2) in enumerate(units)}
    found = ScopeValues(inputs_of(sheet, given))

    for name, size in sizes.sizes.items():
        column = found.value(name)
        assert isinstance(column, Column)
        if not sizes.flaws:
            for value in filter(None, column.fractions()):
                assert Fraction(value).numerator.bit_length() <= size.above
                assert Fraction(value).denominator.bit_length() <= size.below
