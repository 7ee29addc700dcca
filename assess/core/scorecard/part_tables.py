"""The tables of parts on cards, made from the scores of items that are scored by parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final

import numpy as np

from assess.core.exact import Column
from assess.core.explanations.lines import sentences_beside_parts
from assess.core.explanations.parts import part_sentences
from assess.core.explanations.sentences import shown
from assess.core.expressions import TextColumn
from assess.core.figures.part_labels import PartLabel
from assess.core.figures.periods import PeriodLabel
from assess.core.figures.table import Layer, value_text
from assess.core.kinds import EXACT
from assess.core.result_units import headed
from assess.core.rules.figure import Figure, FigureKind, PeriodKind
from assess.core.rules.needed_figures import NeededFigure
from assess.core.rules.nodes import Item, Over
from assess.core.rules.sheet import title_of
from assess.core.scorecard.part_content import PartMark, PartObject, PartPeriod, PartRow, PartTable, PartValue
from assess.core.scoring.item_inputs import ItemInputs
from assess.core.scoring.nodes import ItemScore, NodeScore, PartScores
from assess.core.scoring.parts import weights_of
from assess.core.scoring.results import Results, printed_digits
from assess.core.text import Language, Text
from assess.core.units.objects import PartName

ONLY: Final = {
    Over.WORST: Text("只取最低的一个", "only the lowest counts"),
    Over.BEST: Text("只取最高的一个", "only the highest counts"),
    Over.LAST: Text("只取最近的一个", "only the latest counts"),
}
WORDS: Final = (FigureKind.CHOICE, FigureKind.YES_NO)
"""The kinds of figures whose values are words."""
LOWEST: Final = Text("只取最低的{k}个", "only the {k} lowest count")
HIGHEST: Final = Text("只取最高的{k}个", "only the {k} highest count")
TRIMMED: Final = Text("去掉最高和最低各{k}个", "the {k} highest and the {k} lowest are dropped")
ENDS: Final = Text("去掉最高和最低各一个", "the highest and the lowest are dropped")
NO_COMBINATION: Final = Text("此项没有得分", "the item has no score")
EXEMPTED: Final = Text("{reason}（批准人：{approver}）", "{reason} (approved by {approver})")
APPLIES_WHERE: Final = Text("参加条件：{condition}", "counts where {condition}")


class PartTables:
    """Makes the tables of parts of one result; what all units share is made once."""

    def __init__(self, results: Results) -> None:
        self.results = results
        self.made: dict[str, PartTeller | None] = {}

    def of(self, node: str, asked: Sequence[NeededFigure], unit: int) -> PartTable | None:
        """The parts of an item, with the figures it rests on; None where it is not scored by parts or has none."""
        if node not in self.made:
            self.made[node] = self.teller(self.results.scores[node], asked)
        teller = self.made[node]
        return None if teller is None else teller.table(unit)

    def teller(self, score: NodeScore, asked: Sequence[NeededFigure]) -> PartTeller | None:
        """What tells the parts of one node."""
        if not isinstance(score, ItemScore) or score.parts is None:
            return None
        return PartTeller(score, score.parts, self.results, asked)


class PartTeller:
    """Tells the parts of one item, unit by unit."""

    def __init__(self, score: ItemScore, parts: PartScores, results: Results, asked: Sequence[NeededFigure]) -> None:
        assert isinstance(score.node, Item)
        assert score.node.each is not None
        self.item, self.score, self.parts, self.results = score.node, score, parts, results
        digits = EXACT if score.node.each.round is None else score.node.each.round
        self.points = parts.points.printed(printed_digits(digits))
        self.figures = self.figures_at_parts(asked)

    def figures_at_parts(self, asked: Sequence[NeededFigure]) -> dict[str, Figure]:
        """The figures of this year that have a value at each part; those of objects only where parts are objects."""
        sheet, kind = self.results.inputs.sheet, self.parts.names.place.kind
        named = ((each.figure, sheet.figures.get(each.figure)) for each in asked if not each.years_back)
        return {name: figure for name, figure in named if figure is not None and figure.of in (None, kind)}

    @cached_property
    def full(self) -> list[str]:
        """The full mark of every part."""
        full, size = self.parts.full, self.parts.names.size
        column = Column.constant(full, size) if full is not None and not isinstance(full, Column) else full
        return [""] * size if column is None else [text or "" for text in column.printed(None)]

    @cached_property
    def whys(self) -> list[Text]:
        """How the points of every part came about."""
        told = part_sentences(self.score, self.results).sentences()
        return [Text(*each) for each in zip(told["zh"], told["en"], strict=True)]

    @cached_property
    def weights(self) -> list[str] | None:
        """The weight of every part; None where parts have none."""
        if self.item.part_weight is None:
            return None
        names = self.parts.names
        inputs = ItemInputs(names, item=self.item.id, full_mark=self.parts.full, taking_part=self.parts.taking_part)
        return shown(weights_of(self.item, inputs))

    @cached_property
    def objects(self) -> list[PartObject | None]:
        """The object of every entry within one period."""
        names = self.parts.names
        found = self.results.inputs.known_objects.kinds.get(names.place.kind or "")
        if found is None:
            return [None] * names.entries
        return [PartObject(found.codes[n], found.names[n]) for n in found.objects.tolist()]

    @cached_property
    def periods(self) -> list[PartPeriod | None]:
        """The periods of the parts."""
        return [None if each.is_year else called(each) for each in self.parts.names.place.periods]

    @cached_property
    def values(self) -> dict[str, Column | TextColumn]:
        """The figures at every part."""
        return {name: self.parts.names.value(name) for name in self.figures}

    def table(self, unit: int) -> PartTable | None:
        """The parts of one unit."""
        found = [int(rows[unit]) for rows in self.parts.rows]
        rows = tuple(self.row(entry) for entry in found if entry >= 0) if self.parts.of_applicable[unit] else ()
        if all(row.mark is PartMark.LEFT_OUT for row in rows):
            return None
        shown_figures = [at for at, _ in enumerate(self.figures) if any(row.values[at] for row in rows)]
        headings = [heading_of(name, figure) for name, figure in self.figures.items()]
        return PartTable(
            figures=tuple(headings[at] for at in shown_figures),
            rows=tuple(with_values(row, shown_figures) for row in rows),
            dropped=self.dropped(unit),
            combined=Text(self.combined["zh"][unit], self.combined["en"][unit]),
        )

    @cached_property
    def combined(self) -> dict[Language, list[str]]:
        """What the parts of every unit came to."""
        return sentences_beside_parts(self.score, self.results)

    def row(self, entry: int) -> PartRow:
        """One part."""
        period, place = divmod(entry, self.parts.names.entries)
        mark = self.mark(entry)
        takes_part = bool(self.parts.taking_part[entry])
        return PartRow(
            object=self.objects[place],
            period=self.periods[period],
            points=self.points[entry] if takes_part else None,
            full=self.full[entry],
            mark=mark,
            counts=bool(self.parts.counted[entry]),
            why=self.whys[entry] if takes_part else self.why_taken_out(entry, mark),
            values=tuple(self.value(name, entry) for name in self.figures),
            weight=self.weights[entry] or "–" if self.weights is not None else None,
        )

    def mark(self, entry: int) -> PartMark:
        """How a part stands."""
        parts = self.parts
        if not parts.taking_part[entry]:
            return PartMark.EXEMPT if self.exempt[entry] else PartMark.LEFT_OUT
        if parts.missing[entry]:
            return PartMark.MISSING
        return PartMark.COUNTED if parts.counted[entry] else PartMark.NOT_COUNTED

    @cached_property
    def exempt(self) -> list[bool]:
        """Which parts an exemption takes out."""
        exemptions, names = self.results.inputs.exemptions, self.parts.names
        flags = np.zeros(names.size, dtype=np.bool_)
        return (flags if exemptions is None else exemptions.of_parts(self.item.id, names.part_names)).tolist()

    def why_taken_out(self, entry: int, mark: PartMark) -> Text:
        """Which exemption or which condition took a part out."""
        if mark is PartMark.LEFT_OUT:
            assert self.item.where is not None
            return APPLIES_WHERE.format(condition=self.results.scene.values.readable(self.item.where))
        name: PartName = self.parts.names.part_names[entry]
        exemptions = self.results.inputs.exemptions
        assert exemptions is not None
        granted = exemptions.of_part(self.item.id, name)
        assert granted is not None
        return EXEMPTED.format(reason=granted.reason, approver=granted.approver)

    def value(self, figure: str, entry: int) -> PartValue | None:
        """The value of a figure at a part: as it was entered, or as several came to; None where it is missing."""
        column, stated = self.values[figure], self.figures[figure]
        if column.missing[entry]:
            return None
        entered = self.entered(figure, entry)
        if len(entered) == 1:
            [(layer, owner)] = entered
            part = PartLabel(self.code_of(stated, owner), layer.label)
            return PartValue(figure, str(part), value_text(stated, layer.values, owner), stated.kind not in WORDS)
        if isinstance(column, TextColumn):
            return PartValue(figure, "", Text.same(str(column.values[entry])), is_number=False)
        return PartValue(figure, "", Text.same(shown(column.take(np.array([entry])))[0]), is_number=True)

    def code_of(self, figure: Figure, owner: int) -> str:
        """The code of the object that a figure's value belongs to; empty where it belongs to the unit."""
        return "" if figure.of is None else self.results.inputs.known_objects.kinds[figure.of].codes[owner]

    def entered(self, figure: str, entry: int) -> list[tuple[Layer, int]]:
        """The values of a figure that the value at a part is made of, each with the place of its unit or object."""
        names, stated = self.parts.names, self.figures[figure]
        period, place = divmod(entry, names.entries)
        label = names.place.periods[period]
        objects = self.results.inputs.known_objects.kinds.get(names.place.kind or "")
        owner = int(names.owners[place]) if stated.of is None or objects is None else int(objects.objects[place])
        layers = self.results.inputs.figures.layers.get(figure, ())
        return [
            (layer, owner) for layer in layers if serves(layer.label, label, stated) and not layer.values.missing[owner]
        ]

    def dropped(self, unit: int) -> Text:
        """Why scores of parts do not count."""
        pick, item = self.item.pick, self.item
        if self.parts.combined.missing[unit]:
            return NO_COMBINATION
        if pick is None:
            return ONLY.get(item.over or Over.MEAN, NO_COMBINATION)
        ways = (
            (ONLY[Over.WORST], LOWEST, pick.worst), (ONLY[Over.BEST], HIGHEST, pick.best), (ENDS, TRIMMED, pick.trim),
        )  # fmt: skip
        return next(one if k == 1 else several.format(k=k) for one, several, k in ways if k is not None)


def called(period: PeriodLabel) -> PartPeriod:
    """A period by its label and by what it is called; English ones begin with a capital, months are cut short."""
    zh, en = period.label
    title = Text(zh, en[0].upper() + en[1:])
    return PartPeriod(str(period), title, Text(zh, en[:3]) if period.period is PeriodKind.MONTH else title)


def serves(entered: PeriodLabel, label: PeriodLabel, figure: Figure) -> bool:
    """Whether a value of a period is asked for at a part: it holds the part's period or lies in it."""
    if entered.is_year and not label.is_year and figure.period is not PeriodKind.YEAR:
        return False
    return entered.holds(label) or label.holds(entered)


def heading_of(name: str, figure: Figure) -> Text:
    """What a column of values is called, with the unit of measure."""
    is_percent = figure.kind is FigureKind.PERCENT and figure.unit is None
    return headed(title_of(figure, name), Text.same("%") if is_percent else figure.unit)


def with_values(row: PartRow, places: Sequence[int]) -> PartRow:
    """A row with the values at these places only."""
    return replace(row, values=tuple(row.values[place] for place in places))
