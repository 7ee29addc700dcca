"""Panels: figures that are made of several others, such as the marks of judges."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from assess.core.flaws import Flaw
from assess.core.rules.checking.figures import NOT_HERE, readable
from assess.core.rules.checking.kinds import MEASURED
from assess.core.rules.figure import Figure
from assess.core.rules.picking import check_pick
from assess.core.rules.sheet import RuleSheet
from assess.core.schema import BROKEN
from assess.core.text import Text

OF_PANELS: Final = ("over", "pick")
NO_NUMBER = Text(
    "“{figure}”不是数值、次数或百分数，不能列入panel，请删去或修改。",
    "“{figure}” is not a number, count or percent figure and cannot be one of a `panel`. Delete it or change it.",
)
NO_PANEL_KIND = Text(
    "panel合成的是数字，kind应为number、count或percent，请修改。",
    "A `panel` makes a number. `kind` must be number, count or percent. Change it.",
)


def keys_of_panels(sheet: RuleSheet) -> Iterator[Flaw]:
    """What belongs to panels stands only with one, and there is one way to pick."""
    for name, figure in readable(sheet):
        if figure.panel is None:
            for key in OF_PANELS:
                if getattr(figure, key) is not None:
                    yield Flaw(("figures", name, key), NOT_HERE, {"key": key, "where": "panel"})
        elif figure.pick is not None:
            yield from check_pick(figure.pick)


def kinds_in_panels(sheet: RuleSheet) -> Iterator[Flaw]:
    """A panel is made of numbers and makes one."""
    figures = dict(readable(sheet))
    for name, figure in figures.items():
        if figure.panel is None:
            continue
        if is_no_number(figure):
            yield Flaw(("figures", name, "kind"), NO_PANEL_KIND)
        for place, member in enumerate(figure.panel if figure.panel is not BROKEN else ()):
            if member in figures and is_no_number(figures[member]):
                yield Flaw(("figures", name, "panel", place), NO_NUMBER, {"figure": member})


def is_no_number(figure: Figure) -> bool:
    """Whether a figure is known to be something else."""
    return figure.kind is not BROKEN and figure.kind not in MEASURED
