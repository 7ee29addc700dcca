"""The value of a figure that is made of several others: picked, then combined; and why it is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from assess.core.exact import Column, across
from assess.core.expressions import EvaluatedColumn, NameValues
from assess.core.rules.figure import Figure, PanelCombination
from assess.core.scoring.picking import picked_columns
from assess.core.text import Text

TOO_FEW_PRESENT = Text(
    "“{title}”只有{n}个有值，至少须有{least}个", "{title}: only {n} have a value and at least {least} are needed"
)
COMBINED: Final[dict[PanelCombination, Callable[[Sequence[Column]], Column]]] = {
    PanelCombination.MEAN: across.mean_of,
    PanelCombination.SUM: across.sum_of,
    PanelCombination.MEDIAN: across.median_of,
    PanelCombination.MAX: across.highest_of,
    PanelCombination.MIN: across.lowest_of,
}


class PanelValues(NamedTuple):
    """The figures of a panel at one place: their values, and of these the ones that count."""

    members: tuple[str, ...]
    values: list[Column]
    counted: list[Column]


def panel_values(figure: Figure, names: NameValues) -> PanelValues:
    """The values of a panel at the place of the names."""
    assert figure.panel is not None
    values = [value for name in figure.panel if isinstance(value := names.value(name), Column)]
    counted = values if figure.pick is None else picked_columns(figure.pick, values)
    return PanelValues(figure.panel, values, counted)


def panel_outcome(name: str, figure: Figure, names: NameValues) -> EvaluatedColumn:
    """What a panel comes to; missing where too few of it have a value."""
    panel = panel_values(figure, names)
    value = COMBINED[figure.over or PanelCombination.MEAN](panel.counted)
    least = 1 if figure.pick is None else figure.pick.fewest
    present, title = across.present(panel.values), names.title(name)
    too_few = [n for n in range(1, least) if (present == n).any()]
    return EvaluatedColumn(
        value, tuple((present == n, TOO_FEW_PRESENT.format(title=title, n=n, least=least)) for n in too_few)
    )
