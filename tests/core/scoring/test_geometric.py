from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.core.exact import Column
from assess.core.numbers import significant
from assess.core.scoring.geometric import geometric_mean
from tests.rounds import examples

DIGITS = Context(prec=60)
SCORES = st.one_of(st.none(), st.integers(1, 10**6).map(lambda count: Fraction(count, 1000)))
WEIGHTS = st.sampled_from([Fraction(1), Fraction(3), Fraction(1, 4), Fraction(0)])


def by_definition(scores: list[Fraction | None], weights: list[Fraction]) -> Fraction | None:
    """The root of the product, at 60 digits and then at 12."""
    present = [(score, weight) for score, weight in zip(scores, weights, strict=True) if score is not None and weight]
    if not present:
        return None
    product = Decimal(1)
    for score, weight in present:
        share = weight / sum(each for _, each in present)
        exponent = DIGITS.divide(Decimal(share.numerator), Decimal(share.denominator))
        product = DIGITS.multiply(
            product, DIGITS.power(Decimal(score.numerator) / Decimal(score.denominator), exponent)
        )
    return significant(Fraction(product), 12)


@settings(max_examples=examples(200))
@given(st.lists(st.tuples(SCORES, WEIGHTS), min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_twelve_digits_are_right_in_whatever_order_the_scores_stand(pairs, chance):
    expected = by_definition(*map(list, zip(*pairs, strict=True)))
    chance.shuffle(pairs)

    assert (
        geometric_mean([Column.of([score]) for score, _ in pairs], [weight for _, weight in pairs]).fraction(0)
        == expected
    )


@pytest.mark.parametrize(
    ("root", "mean"),
    [("1.0000000000049999", "1"), ("1.000000000005", "1.00000000001"), ("54.7722557505166", "54.7722557505")],
)
def test_the_twelfth_digit_is_right_where_doubles_leave_it_in_doubt(root: str, mean: str):
    # The geometric mean of a number's square and 1 is the number.
    square = Column.of([Fraction(root) ** 2, Fraction(4)])
    one = Column.of([Fraction(1), None])

    assert geometric_mean([square, one], [Fraction(1), Fraction(1)]).fractions() == [Fraction(mean), Fraction(4)]
