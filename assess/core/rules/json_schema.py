"""The JSON Schema of rule sheets in YAML, made from the keys that their records have.

It takes what a reader of YAML makes of a sheet: numbers, truths and texts, or texts alone. It knows the form of a
sheet, not what stands in it: marks that add up, names that exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING
from functools import singledispatch
from typing import Any, Final

from assess.core.kinds import (
    NO_MARK,
    Choice,
    Either,
    Formula,
    Id,
    ListOf,
    MapOf,
    NodeMark,
    NumberByGroup,
    NumberType,
    PlainText,
    RecordOf,
    ReferenceType,
    RoundTo,
    Title,
    TruthType,
    ValueOf,
    WholeNumberType,
)
from assess.core.methods import METHOD_WORDS, METHODS
from assess.core.numbers import printed
from assess.core.rules.adjustments import RECORDS, AdjustmentName, Adjustments
from assess.core.rules.figure import SUPPLIERS, Figure
from assess.core.rules.nodes import AxesKind, Item, MissingKind, Nodes, Section
from assess.core.rules.sheet import RuleSheet
from assess.core.rules.words import key_words
from assess.core.schema import FieldType, keys_of
from assess.core.text import Text
from assess.core.word_lists import WordList

Schema = dict[str, Any]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
NAME: Final = Text("街乡生态环境保护考核评分表", "Rule sheet of an environmental assessment")
NUMBER_TEXT: Final = r"^\s*[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)\s*%?\s*$|^\s*[+-]?[0-9]+\s*/\s*[0-9]+\s*$"
WHOLE_TEXT: Final = r"^\s*[0-9]+\s*$"
TEXT: Final[Schema] = {"$ref": "#/$defs/text"}
BLANK: Final[Schema] = {"$ref": "#/$defs/blank"}
NUMBER: Final[Schema] = {"$ref": "#/$defs/number"}
VALUES: Final[dict[str, Schema]] = {
    "text": {"not": {"type": ["array", "object", "null"]}},
    "blank": {"enum": [None, ""]},
    "number": {"anyOf": [{"type": "number"}, {"type": "string", "pattern": NUMBER_TEXT}]},
    "title": {
        "anyOf": [
            TEXT,
            {
                "type": "object",
                "properties": {language: {"not": {"type": ["array", "object"]}} for language in ("zh", "en")},
                "additionalProperties": False,
                "minProperties": 1,
            },
        ]
    },
}
"""Values that stand in many places.

A text without quotes may look like a number, a truth or a day. A key without value is as one that is not there.
"""
METHOD, KIND, ITEMS = Text("计分方法", "method"), Text("类型", "type"), Text("下级", "items below")


def sheet_schema() -> Schema:
    """The whole schema: the sheet, and below `$defs` each record by its name."""
    definitions = {
        **VALUES,
        "node": {"if": {"required": ["items"]}, "then": reference("section"), "else": reference("item")},
        "item": by_word("method", METHOD_WORDS, "item"),
        "section": mapping(Section, {"items": described({"$ref": "#/$defs/nodes"}, ITEMS)}),
        "nodes": {"type": "array", "items": reference("node"), "minItems": 1},
        "adjustment": by_word("kind", AdjustmentName.listed(), "adjustment"),
        **{f"item-{name}": item_of(name) for name in METHODS},
        **{f"adjustment-{name}": adjustment_of(name) for name in RECORDS},
        **{name_of(record): mapping(record) for record in records_below(RuleSheet)},
    }
    head = {"$schema": DIALECT, "title": in_both(NAME)}
    return {**head, **mapping(RuleSheet), "$defs": definitions}


def by_word(key: str, listed: WordList, name: str) -> Schema:
    """A mapping whose form one of its words decides."""
    forms = [{"if": {"properties": {key: words(listed, word)}}, "then": reference(f"{name}-{word}")} for word in listed]
    return {"type": "object", "properties": {key: words(listed)}, "required": [key], "allOf": forms}


def item_of(method: str) -> Schema:
    """An item of a method: its keys and those of the method."""
    shape = mapping(Item, {"method": described(words(METHOD_WORDS, method), METHOD)})
    own = mapping(METHODS[method])
    return {
        **shape,
        "properties": {**shape["properties"], **own["properties"]},
        "required": [*shape["required"], *own.get("required", ())],
    }


def adjustment_of(name: str) -> Schema:
    """An adjustment of a kind."""
    return mapping(RECORDS[name], {"kind": described(words(AdjustmentName.listed(), name), KIND)})


def mapping(record: type, more: Mapping[str, Schema] | None = None) -> Schema:
    """A record with its keys, some more of which are required, and no others."""
    properties: Schema = {}
    required: list[str] = []
    for name, each in keys_of(record).items():
        schema = value_schema(each.metadata["kind"])
        if (record, name) == (Figure, "from"):
            schema = {"anyOf": [words(SUPPLIERS), schema]}
        if each.default is MISSING:
            required.append(name)
        told = key_words(record, name)
        properties[name] = described({**unless_blank(schema), "else": name not in required}, told)
    required += more or ()
    found = {"type": "object", "properties": {**properties, **(more or {})}, "additionalProperties": False}
    return {**found, "required": required} if required else found


def unless_blank(schema: Schema) -> Schema:
    """A schema of what stands there; nothing may stand there, too."""
    return {"if": {"not": BLANK}, "then": schema}


def records_below(record: type) -> tuple[type, ...]:
    """Every record that keys of a record hold, of its items and adjustments too, each once."""
    found: dict[type, None] = {}
    waiting = [record, Section, Item, *METHODS.values(), *RECORDS.values()]
    while waiting:
        for each in keys_of(waiting.pop(0)).values():
            inner = [new for new in records_in(each.metadata["kind"]) if new not in found]
            found.update(dict.fromkeys(inner))
            waiting += inner
    return tuple(found)


def records_in(kind: FieldType) -> Iterator[type]:
    """The records that a kind of value holds."""
    match kind:
        case RecordOf(record=record):
            yield record
        case ListOf(kind=inner) | MapOf(kind=inner):
            yield from records_in(inner)
        case Either(listed=listed, mapped=mapped):
            yield from (*records_in(listed), *records_in(mapped))


def name_of(record: type) -> str:
    """What a record is called in the schema."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", record.__name__).lower()


def reference(name: str) -> Schema:
    """A reference to one of the definitions."""
    return {"$ref": f"#/$defs/{name}"}


def described(schema: Schema, text: Text) -> Schema:
    """A schema with what it is called in both languages."""
    return {"title": in_both(text), **schema}


def in_both(text: Text) -> str:
    """A text in both languages on one line."""
    return text.zh if text.zh == text.en else f"{text.zh} / {text.en}"


def words(listed: WordList, *only: str) -> Schema:
    """The words of a list, or only some of them, in every spelling."""
    wanted = only or tuple(listed)
    return {"enum": [spelling for word in wanted for spelling in (word, *listed.spellings[word])]}


@singledispatch
def value_schema(kind: FieldType) -> Schema:
    """The schema of a value of a kind."""
    raise TypeError(f"no schema for {type(kind).__name__}")


@value_schema.register(PlainText)
@value_schema.register(Id)
@value_schema.register(ReferenceType)
@value_schema.register(Formula)
@value_schema.register(ValueOf)
def text_schema(kind: FieldType) -> Schema:
    """A single value as text: what an expression, an id or a name says is left to the check."""
    return TEXT


@value_schema.register
def title_schema(kind: Title) -> Schema:
    """A text, or one in each language."""
    return reference("title")


@value_schema.register
def number_schema(kind: NumberType) -> Schema:
    """A number, or a text such as 30% or 2/3."""
    bounds = {"exclusiveMinimum": kind.above, "minimum": kind.least, "maximum": kind.most}
    return {**NUMBER, **{name: as_number(printed(bound)) for name, bound in bounds.items() if bound is not None}}


def as_number(text: str) -> int | float:
    """A bound as JSON writes it; it is compared with what a reader of YAML made, never calculated with."""
    return float(text) if "." in text else int(text)


@value_schema.register
def whole_number_schema(kind: WholeNumberType) -> Schema:
    """A whole number."""
    whole = {"type": "integer", "minimum": kind.least, "maximum": kind.most}
    return {"anyOf": [whole, {"type": "string", "pattern": WHOLE_TEXT}]}


@value_schema.register
def digits_schema(kind: RoundTo) -> Schema:
    """So many decimals, or a word for none."""
    return {"anyOf": [words(kind.words), whole_number_schema(WholeNumberType(most=12))]}


@value_schema.register
def truth_schema(kind: TruthType) -> Schema:
    """A truth, or a word for one."""
    spelled = "|".join(word for each in kind.words for word in (each, *kind.words.spellings[each]))
    return {"anyOf": [{"type": "boolean"}, words(kind.words), {"type": "string", "pattern": any_case(spelled)}]}


def any_case(spelled: str) -> str:
    """A pattern of words in small or capital letters, blanks around them."""
    letters = (f"[{each}{each.upper()}]" if each.islower() else each for each in spelled)
    return rf"^\s*({''.join(letters)})\s*$"


@value_schema.register
def choice_schema(kind: Choice) -> Schema:
    """One of a list of words."""
    return words(kind.words)


@value_schema.register
def list_schema(kind: ListOf) -> Schema:
    """A list."""
    return {"type": "array", "items": value_schema(kind.kind), **({} if kind.may_be_empty else {"minItems": 1})}


@value_schema.register
def map_schema(kind: MapOf) -> Schema:
    """Free keys."""
    found = {"type": "object", "additionalProperties": unless_blank(value_schema(kind.kind))}
    return found if kind.may_be_empty else {**found, "minProperties": 1}


@value_schema.register
def either_schema(kind: Either) -> Schema:
    """One or the other."""
    return {"anyOf": [value_schema(kind.listed), value_schema(kind.mapped)]}


@value_schema.register
def record_schema(kind: RecordOf) -> Schema:
    """A record."""
    return reference(name_of(kind.record))


@value_schema.register
def by_group_schema(kind: NumberByGroup) -> Schema:
    """A number, or one for each group."""
    return {"anyOf": [value_schema(kind.one), value_schema(kind.by_group)]}


@value_schema.register
def mark_schema(kind: NodeMark) -> Schema:
    """The same, or that there is none."""
    return {"anyOf": [{"enum": [NO_MARK]}, *by_group_schema(kind)["anyOf"]]}


@value_schema.register
def missing_schema(kind: MissingKind) -> Schema:
    """A word, or stated points."""
    points = {"type": "object", "properties": {"points": value_schema(NumberType())}, "required": ["points"]}
    return {"anyOf": [words(kind.words), {**points, "additionalProperties": False}]}


@value_schema.register
def axes_schema(kind: AxesKind) -> Schema:
    """A period or a kind of objects, or one of each."""
    axis = {"anyOf": [words(kind.words), TEXT]}
    return {"anyOf": [*axis["anyOf"], {"type": "array", "items": axis, "minItems": 1, "maxItems": 2}]}


@value_schema.register
def nodes_schema(kind: Nodes) -> Schema:
    """Sections and items."""
    return reference("nodes")


@value_schema.register
def adjustments_schema(kind: Adjustments) -> Schema:
    """Adjustments."""
    return {"type": "array", "items": reference("adjustment")}
