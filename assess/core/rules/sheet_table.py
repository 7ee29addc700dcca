"""A rule sheet as a table that everybody concerned can read: titles and words, no ids and keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from assess.core.expressions import Expression, readable
from assess.core.kinds import EXACT, ChoiceWords, Name, NodeMarks, RoundTo
from assess.core.methods.traits import SpokenRecord
from assess.core.numbers import as_written
from assess.core.result_units import counted_in
from assess.core.rules.adjustments import KINDS, NAMES, Adjustment, Bonus, Deduction
from assess.core.rules.checking.marks import NO_FULL_MARK
from assess.core.rules.difference.values import UNTOLD, ValueWording, joined
from assess.core.rules.figure import Figure
from assess.core.rules.nodes import Item, Node, Section
from assess.core.rules.outcome import TeamPost
from assess.core.rules.sheet import PeerGroup, RuleSheet, title_of
from assess.core.rules.titles import clause_words, number_of
from assess.core.rules.words import SUPPLIERS, key_words
from assess.core.schema import FieldType, keys_of
from assess.core.text import EMPTY_TEXT, Text

NOT_ROUNDED: Final = Text("不取位", "not rounded")
WAY: Final = Text("{method}：{keys}", "{method}: {keys}")
MARK_IN_GROUP: Final = Text("{group}{points}", "{group} {points}")
TOLD_APART: Final = (*UNTOLD, "points", "clause", "combine")
"""Keys that have a column of their own, or whose words stand first."""
FIGURE_COLUMNS: Final = (
    "title", "note", "counting", "example", "proof", "unit", "kind", "choices", "decimals", "min", "max", "period",
    "from", "certified_by", "details",
)  # fmt: skip
"""Keys of a figure that have a column of their own, or are for who fills in the workbook."""
SUPPLIER_WORDS: Final = {name: Text(words, name.replace("-", " ")) for name, words in SUPPLIERS.items()}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A section, item or adjustment: how deep it stands, its number as papers number it, and how it is scored.

    `text` is the words of its clause.
    """

    id: str
    depth: int
    number: str
    title: Text
    mark: Text
    way: Text
    clause: str
    text: Text | None
    note: Text | None
    is_section: bool


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure: who supplies and certifies it, how often, and how its periods become the year's value."""

    title: Text
    unit: Text | None
    period: Text
    supplier: Text
    certifier: Text | None
    note: Text | None


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A whole sheet: items, adjustments, figures, and the rest key by key."""

    items: tuple[SheetRow, ...]
    adjustments: tuple[SheetRow, ...]
    figures: tuple[FigureRow, ...]
    grades: tuple[tuple[Text, Text], ...]
    outcome: tuple[tuple[Text, Text], ...]


def sheet_table(sheet: RuleSheet) -> SheetTable:
    """The table of a sheet that was read without flaws."""
    words = ReaderWording(sheet)
    return SheetTable(
        items=tuple(node_rows(sheet.items, words, depth=0)),
        adjustments=tuple(adjustment_rows(sheet, words)),
        figures=tuple(figure_row(id, figure, words) for id, figure in sheet.figures.items()),
        grades=tuple((title_of(grade, grade.id), words.told(grade, UNTOLD)) for grade in sheet.grades or ()),
        outcome=tuple(outcome_lines(sheet, words)),
    )


class ReaderWording(ValueWording):
    """Puts the values of a sheet into words without ids and keys."""

    def __init__(self, sheet: RuleSheet) -> None:
        super().__init__(sheet)
        self.sheet = sheet

    def named(self, to: str, id: str) -> Text:
        """What an id stands for, by its title."""
        if to == "department" and id in SUPPLIER_WORDS:
            return SUPPLIER_WORDS[id]
        return title_of(self.things[to].get(id), id)

    def word(self, kind: FieldType, value: Any) -> Text:
        """A word, a truth, a name, an expression or a title."""
        if isinstance(value, Expression):
            return self.with_grades(readable(value, self.title, lambda id: self.named("node", id)))
        if isinstance(value, Name):
            return self.title(value.name)
        if isinstance(value, ChoiceWords):
            return choice_text(value)
        if isinstance(kind, RoundTo) and value == EXACT:
            return NOT_ROUNDED
        if isinstance(value, str):
            return clause_words(value)
        return super().word(kind, value)

    def described(self, record: object) -> Text:
        """A whole record in words; a post by what it is called."""
        if isinstance(record, TeamPost):
            return said(title_of(record, record.post), self.told(record, (*UNTOLD, "post")))
        told = super().described(record)
        return counted_in(told, self.unit) if isinstance(record, SpokenRecord) else told

    def with_grades(self, condition: Text) -> Text:
        """A condition with grades by what they are called."""
        zh, en = condition
        for id in self.things["grade"]:
            called = self.named("grade", id)
            zh, en = zh.replace(f"“{id}”", f"“{called.zh}”"), en.replace(f'"{id}"', called.en)
        return Text(zh, en)

    def title(self, name: str) -> Text:
        """What a figure or a column of the list of units is called."""
        figure = self.sheet.figures.get(name)
        return self.sheet.column_title(name) if figure is None else title_of(figure, name)

    def mark(self, points: NodeMarks) -> Text:
        """A full mark; of each group where groups differ."""
        if isinstance(points, str):
            return NO_FULL_MARK
        if isinstance(points, Fraction):
            return Text.same(as_written(points))
        return joined(
            MARK_IN_GROUP.format(group=self.group(id), points=as_written(each)) for id, each in points.items()
        )

    def group(self, id: str) -> Text:
        """What a group is called."""
        found: PeerGroup | None = next((each for each in self.sheet.groups or () if each.id == id), None)
        return title_of(found, id)


def choice_text(value: ChoiceWords) -> Text:
    """What a choice of the sheet is called."""
    return Text(value.chinese, value.value.replace("-", " "))


def node_rows(nodes: tuple[Node, ...], words: ReaderWording, *, depth: int) -> Iterator[SheetRow]:
    """The rows of sections and items, each section before what it holds."""
    for node in nodes:
        yield node_row(node, words, depth)
        if isinstance(node, Section):
            yield from node_rows(node.items, words, depth=depth + 1)


def node_row(node: Node, words: ReaderWording, depth: int) -> SheetRow:
    """The row of a section or an item."""
    way = way_of_item(node, words) if isinstance(node, Item) else way_of_section(node, words)
    return SheetRow(
        id=node.id, depth=depth, number=number_of(node.path), title=title_of(node, node.id),
        mark=words.mark(node.points), way=way, clause=node.clause if isinstance(node, Item) else "",
        text=node.text, note=node.note, is_section=isinstance(node, Section),
    )  # fmt: skip


def way_of_item(item: Item, words: ReaderWording) -> Text:
    """How an item is scored: the method with its keys, then the terms around it."""
    method = Text(item.method.chinese_name, item.method.name.replace("-", " ").capitalize())
    keys = said(words.told(item.method, ()), words.told(item, TOLD_APART))
    return WAY.format(method=method, keys=keys) if keys.zh else method


def way_of_section(section: Section, words: ReaderWording) -> Text:
    """How the parts of a section are combined, where they are not simply added."""
    return words.told(section, (*UNTOLD, "points"))


def said(*texts: Text) -> Text:
    """Texts that say something, one after the other."""
    return joined((each for each in texts if each.zh), "；", "; ")


def adjustment_rows(sheet: RuleSheet, words: ReaderWording) -> Iterator[SheetRow]:
    """The rows of adjustments, each bonus or deduction with its items."""
    for adjustment in sheet.adjustments:
        yield adjustment_row(adjustment, words)
        if isinstance(adjustment, Bonus | Deduction):
            yield from (node_row(item, words, 1) for item in adjustment.items)


def adjustment_row(adjustment: Adjustment, words: ReaderWording) -> SheetRow:
    """The row of an adjustment: its kind, then what it does and when."""
    kind, keys = KINDS[NAMES[type(adjustment)]], words.told(adjustment, (*UNTOLD, "clause"))
    return SheetRow(
        id=adjustment.id, depth=0, number="", title=title_of(adjustment, adjustment.id), mark=EMPTY_TEXT,
        way=WAY.format(method=kind, keys=keys) if keys.zh else kind, clause=adjustment.clause,
        text=adjustment.text, note=adjustment.note, is_section=isinstance(adjustment, Bonus | Deduction),
    )  # fmt: skip


def figure_row(id: str, figure: Figure, words: ReaderWording) -> FigureRow:
    """The row of a figure."""
    return FigureRow(
        title=title_of(figure, id), unit=figure.unit,
        period=said(choice_text(figure.period), words.told(figure, FIGURE_COLUMNS)),
        supplier=words.named("department", figure.from_),
        certifier=None if figure.certified_by is None else words.named("department", figure.certified_by),
        note=figure.note,
    )  # fmt: skip


def outcome_lines(sheet: RuleSheet, words: ReaderWording) -> Iterator[tuple[Text, Text]]:
    """What becomes of the total: each part of the sheet that says something of it."""
    for key in ("unit_of_result", "points", "rounding", "missing", "total", "ranking", "conversion", "results"):
        field = keys_of(RuleSheet)[key]
        value = getattr(sheet, field.name)
        told = EMPTY_TEXT if value is None else words.worded(field.metadata["kind"], value)
        if told.zh:
            yield key_words(RuleSheet, key), told
