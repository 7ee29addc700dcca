"""One section or item of all units in the result in view: who did best and worst in it, and by which figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from assess.core.errors import NotFound
from assess.core.rules.nodes import Section
from assess.core.rules.sheet import RuleSheet, title_of
from assess.core.scorecard.item_ranking import (
    ItemLine,
    NumberedNode,
    PlacedUnit,
    line_of,
    numbered_nodes,
    ranked_by_item,
)
from assess.core.text import Text
from assess.services.leadership.seeing import View
from assess.services.leadership.tables import maker_of

NO_ITEM: Final = Text("评分表中没有这个考核项。", "The rule sheet has no such item.")


@dataclass(frozen=True)
class ItemPage:
    """An item with a part of its units.

    Attributes:
        nodes: all sections and items, to choose another.
        groups: title and lines of each group of which units are shown.
        ranked: every unit in the order of the page, those of other pages included.
    """

    view: View
    sheet: RuleSheet
    chosen: NumberedNode
    nodes: Sequence[NumberedNode]
    groups: Sequence[tuple[Text, Sequence[ItemLine]]]
    ranked: Sequence[PlacedUnit]

    @property
    def count(self) -> int:
        """How many units there are on all pages."""
        return len(self.ranked)

    @property
    def title(self) -> Text:
        """What the item is called."""
        return title_of(self.chosen.node, self.chosen.node.id)

    @property
    def below(self) -> Sequence[tuple[str, Text]]:
        """Id and title of what stands directly below a section."""
        node = self.chosen.node
        return [(each.id, title_of(each, each.id)) for each in node.items] if isinstance(node, Section) else []


def item_page(view: View, item: str, part: slice, *, folder: Path) -> ItemPage:
    """An item of the result in view, the first of the sheet where none is named (no query).

    Raises:
        NotFound: the sheet has no such item, or the frozen inputs are gone from the disk.
    """
    maker = maker_of(view.run, folder=folder)
    sheet = maker.results.inputs.sheet
    nodes = numbered_nodes(sheet)
    chosen = next((each for each in nodes if item in ("", each.node.id)), None)
    if chosen is None:
        raise NotFound(NO_ITEM)
    ranked = ranked_by_item(maker, chosen.node)
    lines = [line_of(maker, chosen, place) for place in ranked[part]]
    titles = {number: summary.title for number, summary in enumerate(maker.results.summaries)}
    shown = [(title, [line for line in lines if line.place.group == number]) for number, title in titles.items()]
    return ItemPage(view, sheet, chosen, nodes, [each for each in shown if each[1]], ranked)
