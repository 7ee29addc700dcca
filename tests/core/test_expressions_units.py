"""Random expressions over columns, held against one unit at a time in plain fractions."""

from fractions import Fraction
from math import ceil, floor
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.core.exact import Column, Rounding
from assess.core.expressions import TextColumn, evaluate, parse
from assess.core.text import Text
from tests.rounds import examples

UNITS = 4
FIGURES = ["a", "b", "有河道"]
Tree = tuple[Any, ...]


class Gone(Exception):
    """One unit has no value, for this reason."""


def numeric(deeper: st.SearchStrategy[Tree], condition: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    """Calculations over smaller ones."""
    several = st.lists(deeper, min_size=1, max_size=3)
    return st.one_of(
        st.tuples(st.sampled_from("+-*/"), deeper, deeper),
        st.tuples(st.sampled_from(["negative", "abs", "floor", "ceil"]), deeper),
        st.builds(lambda name, operands: (name, *operands), st.sampled_from(["min", "max", "mean", "sum"]), several),
        st.tuples(st.just("round"), deeper, st.integers(-6, 12)),
        st.tuples(st.just("if"), condition, deeper, deeper),
    )


def logical(deeper: st.SearchStrategy[Tree], number: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    """Conditions over smaller ones."""
    return st.one_of(
        st.tuples(st.sampled_from(["and", "or"]), deeper, deeper),
        st.tuples(st.just("not"), deeper),
        st.tuples(st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), number, number),
    )


NUMBERS = st.one_of(
    st.sampled_from(FIGURES).map(lambda name: ("name", name)),
    st.sampled_from(FIGURES).map(lambda name: ("previous", name)),
    st.sampled_from(["0", "1", "2.5", "30%", "100", ".125", "1234567890.123456789"]).map(lambda text: ("number", text)),
)
COMPARED = st.tuples(st.sampled_from(["<", "<=", "==", "!="]), NUMBERS, NUMBERS)
WORDS = st.one_of(st.just(("name", "kind")), st.sampled_from("xy").map(lambda text: ("quoted", text)))
CONDITIONS = st.recursive(
    st.one_of(COMPARED, st.sampled_from([("truth", True), ("truth", False)]), st.tuples(st.just("=="), WORDS, WORDS)),
    lambda deeper: logical(deeper, NUMBERS),
    max_leaves=4,
)
CALCULATIONS = st.recursive(NUMBERS, lambda deeper: numeric(deeper, CONDITIONS), max_leaves=10)
TREES = st.one_of(CALCULATIONS, logical(CONDITIONS, CALCULATIONS), st.tuples(st.just("if"), CONDITIONS, WORDS, WORDS))

VALUES = st.one_of(
    st.none(),
    st.integers(-3, 3).map(Fraction),
    st.builds(Fraction, st.integers(-(10**6), 10**6), st.sampled_from([1, 3, 8, 10, 1000])),
    st.builds(Fraction, st.integers(-(10**18), 10**18), st.integers(1, 10**9)),
)
YEARS = st.fixed_dictionaries({name: st.lists(VALUES, min_size=UNITS, max_size=UNITS) for name in FIGURES})
KINDS = st.lists(st.sampled_from(["x", "y", None]), min_size=UNITS, max_size=UNITS)


def written(tree: Tree) -> str:
    """The tree as an assessor would type it, with every bracket."""
    match tree:
        case ("name" | "number", text):
            return text
        case ("quoted", text):
            return f'"{text}"'
        case ("truth", value):
            return "yes" if value else "no"
        case ("negative", operand):
            return f"-({written(operand)})"
        case ("not", operand):
            return f"(not {written(operand)})"
        case ("previous", name):
            return f"previous({name})"
        case ("round", operand, digits):
            return f"round({written(operand)}, {digits})"
        case (sign, left, right) if not sign.isalpha() or sign in ("and", "or"):
            return f"({written(left)} {sign} {written(right)})"
        case (name, *operands):
            return f"{name}({', '.join(map(written, operands))})"
    raise AssertionError(tree)


class Unit:
    """One unit, valued in plain fractions by the words of the rule-sheet format."""

    def __init__(self, now: dict[str, Any], before: dict[str, Any], rounding: Rounding) -> None:
        self.now = now
        self.before = before
        self.rounding = rounding

    def worth(self, tree: Tree) -> Any:
        match tree:
            case ("name", name):
                return self.known(self.now[name], f"{name} is missing")
            case ("previous", name):
                return self.known(self.before[name], f"last year's {name} is missing")
            case ("number", text):
                return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
            case ("quoted" | "truth", value):
                return value
            case ("and", left, right):
                return bool(self.worth(left)) and bool(self.worth(right))
            case ("or", left, right):
                return bool(self.worth(left)) or bool(self.worth(right))
            case ("if", condition, left, right):
                return self.worth(left if self.worth(condition) else right)
            case ("round", operand, digits):
                return self.rounded(self.worth(operand) * Fraction(10) ** digits) / Fraction(10) ** digits
            case (name, *operands):
                return self.calculated(name, [self.worth(operand) for operand in operands])
        raise AssertionError(tree)

    @staticmethod
    def known(value: Any, otherwise: str) -> Any:
        if value is None:
            raise Gone(otherwise)
        return value

    def rounded(self, value: Fraction) -> int:
        if self.rounding is Rounding.HALF_EVEN:
            return round(value)
        return floor(value + Fraction(1, 2)) if value > 0 else ceil(value - Fraction(1, 2))

    @staticmethod
    def calculated(name: str, values: list[Any]) -> Any:
        if name == "/" and values[1] == 0:
            raise Gone("division by zero")
        calculations = {
            "+": lambda: values[0] + values[1], "-": lambda: values[0] - values[1],
            "*": lambda: values[0] * values[1], "/": lambda: values[0] / values[1],
            "<": lambda: values[0] < values[1], "<=": lambda: values[0] <= values[1],
            ">": lambda: values[0] > values[1], ">=": lambda: values[0] >= values[1],
            "==": lambda: values[0] == values[1], "!=": lambda: values[0] != values[1],
            "negative": lambda: -values[0], "not": lambda: not values[0], "abs": lambda: abs(values[0]),
            "floor": lambda: floor(values[0]), "ceil": lambda: ceil(values[0]), "min": lambda: min(values),
            "max": lambda: max(values), "sum": lambda: sum(values), "mean": lambda: sum(values) / len(values),
        }  # fmt: skip
        return calculations[name]()


class Table:
    """The same units as columns."""

    size = UNITS

    def __init__(self, now: dict[str, list[Any]], before: dict[str, list[Any]], kinds: list[str | None]) -> None:
        self.now = {name: Column.of(values) for name, values in now.items()}
        self.before = {name: Column.of(values) for name, values in before.items()}
        self.kinds = TextColumn(np.array(kinds, dtype=object), np.array([kind is None for kind in kinds]))

    def value(self, name: str) -> Column | TextColumn:
        return self.kinds if name == "kind" else self.now[name]

    def previous(self, name: str) -> Column:
        return self.before[name]

    def score(self, node: str) -> Column:
        raise KeyError(node)

    rate = score

    def reasons(self, name: str) -> tuple[()]:
        return ()

    def title(self, name: str) -> Text:
        return Text.same(name)

    node_title = title


@settings(max_examples=examples(400), deadline=None)
@given(TREES, YEARS, YEARS, KINDS, st.sampled_from(Rounding))
def test_whole_columns_are_worth_what_each_unit_is_worth_alone(tree, now, before, kinds, rounding):
    outcome = evaluate(parse(written(tree)), Table(now, before, kinds), rounding)

    expected = []
    for unit in range(UNITS):
        figures = {name: values[unit] for name, values in now.items()} | {"kind": kinds[unit]}
        alone = Unit(figures, {name: values[unit] for name, values in before.items()}, rounding)
        try:
            expected.append(alone.worth(tree))
        except Gone as gone:
            expected.append(f"missing: {gone}")
    values = outcome.value.fractions() if isinstance(outcome.value, Column) else list(outcome.value.values)
    for unit in np.flatnonzero(outcome.value.missing):
        values[unit] = "missing: " + next(why.en for mask, why in outcome.reasons if mask[unit])
    assert values == expected
