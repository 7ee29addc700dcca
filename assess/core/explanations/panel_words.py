"""How the value of a panel came about: how many had a value, who was left out, and how the rest was combined."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from assess.core.exact import Column, across
from assess.core.explanations.picked_words import as_named
from assess.core.methods.scored import ExplanationClause, Fact, Joined, NumberFact, OutcomeSentence
from assess.core.rules.figure import Figure, PanelCombination
from assess.core.rules.needed_figures import named_in
from assess.core.rules.nodes import Node
from assess.core.rules.sheet import title_of
from assess.core.scoring.panels import panel_values
from assess.core.scoring.results import Results
from assess.core.text import Text

PRESENT: Final = Text("{title}：{of}个中{n}个有值，{over}", "{title}: {n} of {of} have a value; {over}")
WITHOUT: Final = Text(
    "{title}：{of}个中{n}个有值，去掉{left}，{over}", "{title}: {n} of {of} have a value; without {left}; {over}"
)
OVER: Final = {
    PanelCombination.MEAN: Text("取平均", "their mean"),
    PanelCombination.SUM: Text("求和", "their sum"),
    PanelCombination.MEDIAN: Text("取中位数", "their median"),
    PanelCombination.MAX: Text("取最高", "the highest"),
    PanelCombination.MIN: Text("取最低", "the lowest"),
}
ONE: Final = Text("{title} {{number}}", "{title} {{number}}")
JOINT: Final = Text("、", ", ")


def panels_told(node: Node, results: Results) -> Iterator[ExplanationClause]:
    """One clause for each panel that an item names itself, in the order of the sheet."""
    figures = results.inputs.sheet.figures
    named = {asked.figure for asked in named_in(node) if not asked.last_year}
    return (panel_told(name, each, results) for name, each in figures.items() if name in named and each.panel)


def panel_told(name: str, figure: Figure, results: Results) -> ExplanationClause:
    """What is told of one panel."""
    panel = panel_values(figure, results.scene.values)
    titles = [title_of(results.inputs.sheet.figures[each], each) for each in panel.members]
    left = [value.only(~kept.present) for value, kept in zip(panel.values, panel.counted, strict=True)]
    parts = tuple((value, ONE.format(title=as_named(title))) for value, title in zip(left, titles, strict=True))
    facts: dict[str, Fact] = {
        "title": title_of(figure, name),
        "of": str(len(panel.members)),
        "n": NumberFact(Column.integers(across.present(panel.values))),
        "left": Joined(parts, JOINT),
        "over": OVER[figure.over or PanelCombination.MEAN],
    }
    without = OutcomeSentence(across.present(left) > 0, WITHOUT)
    return ExplanationClause((without, OutcomeSentence(None, PRESENT)), facts)
