"""Arithmetic of exact columns: cross-multiplied, in 64 bits while the bounds allow it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from math import gcd, lcm
from typing import ParamSpec, TypeAlias, TypeGuard, TypeVar, cast

import numpy as np

from assess.core.exact.integers import (
    LIMIT,
    OBJECT,
    Flags,
    Integers,
    Whole,
    either,
    gaps_in,
    guard,
    nearest,
    times,
)
from assess.core.exact.values import ExactValues

V = TypeVar("V", bound=ExactValues)
Given = ParamSpec("Given")
Result = TypeVar("Result")
Crossed: TypeAlias = tuple[Integers, Integers, Whole, int, int]


def roomy(operation: Callable[Given, Result]) -> Callable[Given, Result]:
    """Let an operation stop with OverflowError where a bound says that 64 bits might not suffice.

    It is then tried on operands in lowest terms, and at last done on Python integers, from which the result comes
    back to 64 bits if it can.
    """

    @wraps(operation)
    def run(*operands: Given.args, **keywords: Given.kwargs) -> Result:
        try:
            result = operation(*operands, **keywords)
        except OverflowError:
            result = with_more_room(operation, *operands)
        if isinstance(result, ExactValues) and result.numerators.dtype == OBJECT:
            return cast("Result", result.settled(result.numerators, result.denominators, result.gaps))
        return result

    return run


def with_more_room(operation: Callable[..., Result], *operands: object) -> Result:
    """The operation on the same operands in lowest terms, else on Python integers."""
    small = [each.reduced() if is_column(each) else each for each in operands]
    try:
        return operation(*small)
    except OverflowError:
        return operation(*[each.widened() if is_column(each) else each for each in small])


def is_column(value: object) -> TypeGuard[ExactValues]:
    """Whether it has a numerator for each unit, unlike a number or the operand made of one."""
    return isinstance(value, ExactValues) and not isinstance(value.numerators, int)


def check_room(bound: int, *columns: ExactValues) -> None:
    """Stop an operation that might pass 64 bits; Python integers may go on.

    Raises:
        OverflowError: the bound is too large for the 64-bit integers of one of the columns.
    """
    if bound > LIMIT:
        for column in columns:
            guard(column.numerators, column.denominators)


def crossed(left: V, right: V) -> Crossed:
    """Both numerators over a common denominator, the factor from the left one's to it, and their bounds."""
    below, other = left.denominators, right.denominators
    if below is other:
        return left.numerators, right.numerators, 1, left.bound, right.bound
    if isinstance(below, int) and isinstance(other, int):
        common = lcm(below, other)
        below, other = common // other, common // below
    bound = left.bound * (other if isinstance(other, int) else right.most)
    bound_right = right.bound * (below if isinstance(below, int) else left.most)
    if bound > LIMIT or bound_right > LIMIT:
        check_room(LIMIT + 1, left, right)
    return times(left.numerators, other), times(right.numerators, below), other, bound, bound_right


def joined(numerators: Integers, left: V, right: V, factor: Whole, bound: int) -> V:
    """A column of fresh numerators over the common denominator that `crossed` found."""
    denominators = times(left.denominators, factor)
    most = left.most * (factor if isinstance(factor, int) else right.most)
    if bound > LIMIT or (most > LIMIT and not isinstance(denominators, int)):
        check_room(LIMIT + 1, left, right)
    gaps = either(left.gaps, right.gaps)
    if gaps is not None:
        numerators *= ~gaps
    return type(left)(numerators, denominators, gaps, bound, most)


@roomy
def added(left: V, right: V) -> V:
    """The sum."""
    first, second, factor, bound, other = crossed(left, right)
    return joined(first + second, left, right, factor, bound + other)


@roomy
def subtracted(left: V, right: V) -> V:
    """The difference."""
    first, second, factor, bound, other = crossed(left, right)
    return joined(first - second, left, right, factor, bound + other)


@roomy
def picked(extreme: np.ufunc, left: V, right: V) -> V:
    """The smaller or the larger of the two."""
    first, second, factor, bound, other = crossed(left, right)
    return joined(extreme(first, second), left, right, factor, max(bound, other))


@roomy
def compared(holds: np.ufunc, left: V, right: V) -> Flags:
    """Where the comparison holds; it does not where a side is missing."""
    first, second, *_ = crossed(left, right)
    flags: Flags = holds(first, second)
    gaps = either(left.gaps, right.gaps)
    return flags if gaps is None else flags & ~gaps


@roomy
def multiplied(left: V, right: V) -> V:
    """The product of two columns."""
    bound, most = left.bound * right.bound, left.most * right.most
    denominators = times(left.denominators, right.denominators)
    check_room(bound if isinstance(denominators, int) else max(bound, most), left, right)
    return type(left)(left.numerators * right.numerators, denominators, either(left.gaps, right.gaps), bound, most)


@roomy
def scaled(column: V, above: int, below: int) -> V:
    """The product with one fraction, whose denominator is positive."""
    denominators, most = column.denominators, column.most
    if isinstance(denominators, int):
        shared = gcd(above, denominators)
        above, denominators = above // shared, denominators // shared
        most = denominators
    bound, most, denominators = column.bound * abs(above), most * below, times(denominators, below)
    check_room(bound if isinstance(denominators, int) else max(bound, most), column)
    return type(column)(times(column.numerators, above), denominators, column.gaps, bound, most)


@roomy
def divided(left: V, right: V) -> V:
    """The quotient; missing where the divisor is 0."""
    above, below = right.denominators, left.denominators
    if isinstance(above, int) and isinstance(below, int):
        shared = gcd(above, below)
        above, below = above // shared, below // shared
    bound = left.bound * (above if isinstance(above, int) else right.most)
    most = right.bound * (below if isinstance(below, int) else left.most)
    check_room(max(bound, most), left, right)
    numerators, denominators = times(left.numerators, above), times(right.numerators, below)
    if isinstance(numerators, int):
        numerators = np.full(len(right), numerators, dtype=right.numerators.dtype)
    if (right.numerators > 0).all():
        return type(left)(numerators, denominators, left.gaps, bound, most)
    nothing = right.numerators == 0
    gaps = gaps_in(nothing if left.gaps is None else nothing | left.gaps)
    return type(left)(numerators * np.sign(right.numerators), abs(denominators) + nothing, gaps, bound, max(most, 1))


@roomy
def rounded(column: V, digits: int, to_even: bool) -> V:
    """To so many decimals."""
    up, down = (10**digits, 1) if digits >= 0 else (1, 10**-digits)
    denominators = times(column.denominators, down)
    if isinstance(denominators, int):
        shared = gcd(up, denominators)
        factor, denominators = up // shared, denominators // shared
        bound = column.bound * factor
        check_room(bound + denominators if denominators > 1 else bound, column)
        reached = bound if denominators == 1 else (bound // denominators + 1) * down
    else:
        factor, bound = up, column.bound * up
        check_room(2 * (bound + column.most * down), column)
        reached = bound + down
    whole = times(column.numerators, factor)
    if not (isinstance(denominators, int) and denominators == 1):
        whole = nearest(whole, denominators, to_even)
    return type(column)(times(whole, down), up, column.gaps, reached, up)


@roomy
def chosen(condition: Flags, first: V, second: V) -> V:
    """The values of one operand or the other."""
    if isinstance(first.denominators, int) and isinstance(second.denominators, int):
        left, right, factor, bound, other = crossed(first, second)
        denominators = times(first.denominators, factor)
        bound, most = max(bound, other), first.most * cast("int", factor)
        check_room(bound, first, second)
    else:
        left, right = first.numerators, second.numerators
        bound, most = max(first.bound, second.bound), max(first.most, second.most)
        check_room(max(bound, most), first, second)
        denominators = np.where(condition, first.denominators, second.denominators)
    numerators = np.where(condition, left, right)
    if first.gaps is None and second.gaps is None:
        return type(first)(numerators, denominators, None, bound, most)
    lost = (False if each.gaps is None else each.gaps for each in (first, second))
    return type(first)(numerators, denominators, gaps_in(np.where(condition, *lost)), bound, most)


@roomy
def whole_below(column: V) -> V:
    """The whole numbers below."""
    check_room(column.most, column)
    return type(column)(column.numerators // column.denominators, 1, column.gaps, column.bound, 1)
