"""Figures of which nobody gave anything."""

from __future__ import annotations

from collections.abc import Iterator

from assess.core.rules.checking.places import figures_used
from assess.core.rules.sheet import title_of
from assess.core.scoring.inputs import ScoringInputs
from assess.core.text import Text
from assess.core.warnings.coded import CodedWarning

FIGURE_EMPTY = Text(
    "数据项“{title}”（{id}）没有任何单位的数据，请补报，或核对数据文件的表头。",
    "No unit has a value of {title} ({id}). Supply it, or check the headings of the data file.",
)


def empty_figures(inputs: ScoringInputs) -> Iterator[tuple[str, CodedWarning]]:
    """Every entered figure that something uses and of which no unit has a value, with its id."""
    used = figures_used(inputs.sheet)
    for name, figure in inputs.sheet.figures.items():
        if not figure.is_computed and name in used and name not in inputs.figures.given:
            facts = {"title": title_of(figure, name), "id": name}
            yield name, CodedWarning("figure-column-empty", ("figures", name), FIGURE_EMPTY, facts)
