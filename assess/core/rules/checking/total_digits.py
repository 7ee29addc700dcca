"""How many digits the total may grow to where items are not rounded: each that divides by a figure adds some."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from assess.core.expressions import Expression
from assess.core.flaws import Flaw
from assess.core.kinds import EXACT, Name, Previous, ReferenceType, ValueOf
from assess.core.rules.checking import places
from assess.core.rules.checking.digits import ATTRIBUTE, BitBounds, Sizes
from assess.core.rules.nodes import Item
from assess.core.rules.sheet import RuleSheet, all_items
from assess.core.schema import BROKEN
from assess.core.text import Text

MAX_BITS: Final = 60_000
"""Some 460 items that divide by a figure of 39 digits each."""

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
        divisors = ItemDivisors(item, sizes)
        before, bits = bits, bits + item.method.divisor_bits(divisors) + divisors.factor
        if before <= MAX_BITS < bits:
            yield Flaw(item.path, TOO_LARGE)


@dataclass(frozen=True, slots=True)
class ItemDivisors:
    """What an item divides by, in bits below the line that differ from unit to unit."""

    item: Item
    sizes: Sizes

    @property
    def varied(self) -> int:
        """Those of the figures and attributes that its method names."""
        return sum(size.varied for size in self.named())

    @property
    def factor(self) -> int:
        """Those of the factor of the item."""
        times = self.item.times
        return named_size(times, self.sizes).varied if isinstance(times, Name | Previous) else 0

    @property
    def divided(self) -> int:
        """Those of points that are divided by one of them."""
        return self.varied + sum(size.above for size in self.named())

    def named(self) -> Iterator[BitBounds]:
        """The size of each figure or attribute that the method names."""
        sizes = (size_of(mention, self.sizes) for mention in places.mentions(self.item.method))
        return (size for size in sizes if size is not None)

    def expression(self, expression: Expression) -> int:
        """Those of an expression."""
        return self.sizes.checked(expression, self.item.path)[0].varied

    def value(self, value: Any) -> int:
        """Those of points that are divided by a value position."""
        return named_size(value, self.sizes).above if isinstance(value, Name | Previous) else 0


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
