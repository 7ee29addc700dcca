"""The values of a rule sheet in words: as written, ids with what they stand for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import Field
from fractions import Fraction
from typing import Any

from assess.core.expressions import Expression
from assess.core.kinds import (
    EXACT,
    NO_MARK,
    ChoiceWords,
    Either,
    FullMark,
    ListOf,
    MapOf,
    Name,
    NodeMark,
    Previous,
    RecordOf,
    ReferenceType,
    RoundTo,
)
from assess.core.methods.traits import SpokenRecord
from assess.core.numbers import as_written, reduced
from assess.core.result_units import counted_in
from assess.core.rules.nodes import AxesKind, Item, MissingKind, Nodes, is_bounded, write_item
from assess.core.rules.sheet import RuleSheet, all_nodes
from assess.core.rules.words import SUPPLIERS, both, key_words
from assess.core.schema import FieldType, Tree, keys_of, left_out_value, write_record
from assess.core.text import Text

UNSET = Text("未设", "none")
YES, NO = Text("是", "yes"), Text("否", "no")
POINTS = Text("{points}分", "{points} points")
POINT = Text("1分", "1 point")
PERIOD_WORDS = {
    "month": Text("每月", "each month"),
    "quarter": Text("每季度", "each quarter"),
    "half": Text("每半年", "each half-year"),
}
YEARS_BACK = Text("{years}年前的{figure}", "{figure} of {years} years ago")
LAST_YEAR = Text("上年{figure}", "last year's {figure}")
FULL_MARK = Text("同分值", "the full mark")
NAMED = Text("“{title}”（{id}）", "{title} ({id})")
QUOTED = Text("“{text}”", "“{text}”")
ENTRY = Text("{name}: {value}", "{name}: {value}")
KEY_AND_VALUE = Text("{key} {value}", "{key} {value}")

UNTOLD = ("id", "title", "note", "text")
"""Keys that the description of a thing leaves out: they name it or explain it."""


def named(id: str, thing: object = None) -> Text:
    """A thing by its title with its id, or by its id alone."""
    title = getattr(thing, "title", None)
    if isinstance(title, Text) and title != Text.same(id):
        return NAMED.format(title=title, id=id)
    return Text(f"“{id}”", id)


def joined(texts: Iterable[Text], chinese: str = "、", english: str = ", ") -> Text:
    """Texts one after the other."""
    listed = list(texts)
    return Text(chinese.join(text.zh for text in listed), english.join(text.en for text in listed))


def in_brackets(text: Text) -> Text:
    """What belongs together."""
    return Text(f"[{text.zh}]", f"[{text.en}]")


def written(record: object) -> Mapping[str, Tree]:
    """What counts of a record: the keys of its canonical tree, as in the digest of its sheet."""
    return write_item(record, reduced) if isinstance(record, Item) else write_record(record, reduced)


class ValueWording:
    """Puts the values of one sheet into words."""

    def __init__(self, sheet: RuleSheet) -> None:
        self.unit = sheet.unit_of_result
        self.things: dict[str, Mapping[str, object]] = {
            "figure": sheet.figures,
            "node": all_nodes(sheet),
            "grade": {grade.id: grade for grade in sheet.grades or ()},
            "department": sheet.departments or {},
            "object kind": sheet.objects or {},
        }

    def named(self, to: str, id: str) -> Text:
        """What an id stands for."""
        if to == "department" and id in SUPPLIERS and id not in self.things[to]:
            return both(SUPPLIERS[id], id)
        return named(id, self.things[to].get(id))

    def worded(self, kind: FieldType, value: Any) -> Text:
        """One value in words."""
        if value is None:
            return UNSET
        if isinstance(kind, Either):
            return self.worded(kind.of(value), value)
        if isinstance(kind, ReferenceType):
            return self.named(kind.to, value)
        if isinstance(kind, RecordOf):
            return self.described(value)
        if isinstance(value, Mapping):
            return joined(ENTRY.format(name=name, value=text) for name, text in self.entries(kind, value))
        if isinstance(kind, ListOf):
            return self.listed(kind.kind, value)
        if isinstance(value, Fraction):
            text = as_written(value)
            if isinstance(kind, FullMark | MissingKind):
                return counted_in(POINT if text == "1" else POINTS, self.unit).format(points=text)
            return Text.same(text)
        return self.word(kind, value)

    def entries(self, kind: FieldType, value: Mapping[str, Any]) -> list[tuple[Text, Text]]:
        """Each entry of a table in words; that of a group is told by what the group is called."""
        if isinstance(kind, MapOf):
            return [(Text.same(name), self.worded(kind.kind, each)) for name, each in value.items()]
        return [(self.group(name), Text.same(as_written(each))) for name, each in value.items()]

    def group(self, id: str) -> Text:
        """What a group is called."""
        return Text.same(id)

    def listed(self, kind: FieldType, value: tuple[Any, ...]) -> Text:
        """A list in words."""
        if not value:
            return Text.same("[]")
        return joined(self.entry(kind, each) for each in value)

    def entry(self, kind: FieldType, value: Any) -> Text:
        """An entry of a list in words; one that says several things in brackets."""
        text = self.worded(kind, value)
        if isinstance(kind, Either):
            kind = kind.of(value)
        is_record = isinstance(kind, RecordOf) and not issubclass(kind.record, SpokenRecord)
        return in_brackets(text) if is_record or isinstance(kind, ListOf) else text

    def word(self, kind: FieldType, value: Any) -> Text:
        """A word, a truth, a name, an expression or a title."""
        if isinstance(value, Text):
            return QUOTED.format(text=value)
        if isinstance(value, bool):
            return YES if value else NO
        if isinstance(value, ChoiceWords):
            return both(value.chinese, value.value)
        if isinstance(value, Name):
            return self.named("figure", value.name)
        if isinstance(value, Previous):
            told = LAST_YEAR if value.years == 1 else YEARS_BACK
            return told.format(figure=self.named("figure", value.figure), years=value.years)
        if isinstance(kind, AxesKind):
            return joined(PERIOD_WORDS.get(axis) or self.named("object kind", axis) for axis in value)
        if isinstance(kind, RoundTo) and value == EXACT:
            return both("不取位", EXACT)
        if isinstance(kind, NodeMark) and value == NO_MARK:
            return both("不设", NO_MARK)
        return Text.same(value.text if isinstance(value, Expression) else str(value))

    def stated(self, record: object, name: str, each: Field[Any], tree: Mapping[str, Tree]) -> Text:
        """A key's value in words; of a key that is left out, what that means."""
        if name in tree:
            return self.worded(each.metadata["kind"], getattr(record, each.name))
        if isinstance(record, Item) and name in ("floor", "cap") and is_bounded(record):
            return FULL_MARK if name == "cap" else Text.same("0")
        return self.worded(each.metadata["kind"], left_out_value(each))

    def described(self, record: object) -> Text:
        """A whole record in words: every key that says something; of an item without its method."""
        spoken = record.in_words() if isinstance(record, SpokenRecord) else None
        if spoken is not None:
            return spoken
        return self.told(record, UNTOLD)

    def told(self, record: object, untold: Collection[str]) -> Text:
        """The keys of a record that say something, but for some; of an item without its method."""
        tree = written(record)
        told = [
            KEY_AND_VALUE.format(key=key_words(type(record), name), value=self.stated(record, name, each, tree))
            for name, each in keys_of(type(record)).items()
            if name in tree and name not in untold and not isinstance(each.metadata["kind"], Nodes)
        ]
        return joined(told, "；", "; ")
