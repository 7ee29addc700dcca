"""How many digits the total may grow to where items are not rounded: each that divides by a figure adds some."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from assess.core.flaws import Flaw
from assess.core.kinds import EXACT, Name, Previous, ReferenceType, ValueOf
from assess.core.methods.counting import Award, CountedLine, Deduct
from assess.core.methods.interpolating import Interpolate
from assess.core.methods.judged import Direct, PointsFormula
from assess.core.methods.normalising import Normalise
from assess.core.methods.obligations import Tasks
from assess.core.methods.peers import EfficacyMethod, Rank, Relative
from assess.core.methods.progress import Ratio
from assess.core.rules.checking import places
from assess.core.rules.checking.digits import ATTRIBUTE, BitBounds, Sizes
from assess.core.rules.nodes import Item
from assess.core.rules.sheet import RuleSheet, all_items
from assess.core.schema import BROKEN
from assess.core.text import Text

MAX_BITS: Final = 60_000
"""Some 460 items that divide by a figure of 39 digits each."""
COUNTED: Final = 24
"""Bits of a divisor that counts units, obligations or steps."""
DIVIDING: Final = (Ratio, Interpolate, Relative, EfficacyMethod, Normalise)

TOO_LARGE = Text(
    "到这一项为止，未取位的得分相加后位数过多，请在rounding.item规定考核项的取位。",
    "Points up to this item are not rounded and have too many digits together. Set the digits in `rounding.item`.",
)


def growth_of_total(sheet: RuleSheet) -> Iterator[Flaw]:
    """A flaw at the item with which the points that are not rounded outgrow all bounds."""
    rounding = EXACT if sheet.rounding is BROKEN else sheet.rounding.item
    sizes, bits = Sizes(sheet), 0
    for item in all_items(sheet):
        digits = rounding if item.round is None else item.round
        if item.method is BROKEN or digits != EXACT:
            continue
        before, bits = bits, bits + divisor_bits(item, sizes)
        if before <= MAX_BITS < bits:
            yield Flaw(item.path, TOO_LARGE)


def divisor_bits(item: Item, sizes: Sizes) -> int:
    """Bits below the line that differ from unit to unit in the points of an item, at most."""
    if isinstance(item.method, PointsFormula):
        formula = item.method.points_from
        return 0 if formula is BROKEN else sizes.checked(formula, item.path)[0].varied
    if isinstance(item.method, Tasks | Rank):
        return COUNTED
    named = [size_of(mention, sizes) for mention in places.mentions(item.method)]
    known = [size for size in named if size is not None]
    varied = sum(size.varied for size in known)
    if isinstance(item.method, DIVIDING) and not by_plain_numbers(item.method):
        return varied + sum(size.above for size in known)
    if isinstance(item.method, Deduct | Award):
        lines = [line for line in (item.method.lines if item.method.lines is not BROKEN else ()) if line is not BROKEN]
        return varied + sum(divisor_of_line(line, sizes) for line in lines)
    return varied if isinstance(item.method, Direct | Interpolate | Ratio) else 0


def by_plain_numbers(method: object) -> bool:
    """Whether nothing is divided by a figure: the line or the target is of plain numbers."""
    if isinstance(method, Interpolate):
        ends = (method.full_at, method.zero_at)
        return all(end is None or isinstance(end, Fraction) for end in ends)
    return isinstance(method, Ratio) and isinstance(method.target, Fraction) and method.better == "higher"


def divisor_of_line(line: CountedLine, sizes: Sizes) -> int:
    """Bits of what a line divides by: the size of its step, and its target where it is taken in percent."""
    values = [line.per, *([line.target] if line.relative is True else [])]
    return sum(named_size(value, sizes).above for value in values if isinstance(value, Name | Previous))


def size_of(mention: places.Mention, sizes: Sizes) -> BitBounds | None:
    """The size of a figure or attribute that a key names; None where it names none."""
    if isinstance(mention.kind, ReferenceType) and mention.kind.to == "figure":
        return sizes.sizes.get(mention.value, ATTRIBUTE)
    if isinstance(mention.kind, ValueOf) and isinstance(mention.value, Name | Previous):
        return named_size(mention.value, sizes)
    return None


def named_size(value: Name | Previous, sizes: Sizes) -> BitBounds:
    """The size of a value position that names a figure or an attribute."""
    return sizes.sizes.get(value.name if isinstance(value, Name) else value.figure, ATTRIBUTE)
