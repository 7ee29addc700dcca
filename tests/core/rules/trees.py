"""A rule sheet in which every key of the format occurs, and another valid value for each key."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import MISSING, is_dataclass
from typing import Any, NamedTuple

from assess.core import methods
from assess.core.expressions import Expression
from assess.core.flaws import Flaw, Path
from assess.core.kinds import (
    Choice,
    Either,
    Formula,
    ListOf,
    MapOf,
    NumberByGroup,
    NumberType,
    RecordOf,
    RoundTo,
    Title,
    TruthType,
    ValueOf,
    WholeNumberType,
)
from assess.core.rules import adjustments
from assess.core.rules.adjustments import Adjustments
from assess.core.rules.nodes import Item, MissingKind, Nodes, Section
from assess.core.rules.sheet import RuleSheet, read_sheet
from assess.core.schema import FieldType, keys_of

Tree = dict[str, Any]
AN_ITEM = {"id": "new", "points": "1", "clause": "1", "method": "direct", "figure": "x"}
A_VETO = {"kind": "veto", "id": "new", "clause": "1", "when": "x > 1", "grade": "good"}


class Key(NamedTuple):
    """One key of a record of a sheet, set or not."""

    record: type
    name: str
    kind: FieldType
    optional: bool
    default: Any
    path: Path


def sheet_of(tree: Tree) -> RuleSheet:
    """The sheet that a tree describes, as read and not checked."""
    flaws: list[Flaw] = []
    sheet = read_sheet(tree, flaws)
    assert [flaw.localized("en") for flaw in flaws] == []
    return sheet


def another(kind: FieldType, now: Any = None) -> Any:
    """A valid value of a kind that is not the one that stands there."""
    choices: tuple[Any, ...]
    match kind:
        case Title():
            choices = ({"zh": "甲", "en": "one"}, {"zh": "乙", "en": "two"})
        case NumberType() | ValueOf() | NumberByGroup():
            choices = ("0.125", "0.25")
        case WholeNumberType() | RoundTo():
            choices = ("7", "6")
        case TruthType() | Choice():
            choices = kind.words
        case Formula():
            choices = ("x > 1", "x > 2") if kind.truth else ("x + 1", "x + 2")
        case MissingKind():
            choices = ({"points": "0.125"}, "zero")
        case Nodes():
            return [*(now or []), AN_ITEM]
        case Adjustments():
            return [*(now or []), A_VETO]
        case ListOf():
            return [*(now or []), another(kind.kind, now[-1] if now else None)]
        case MapOf():
            return {**(now or {}), "third" if now else "first": another(kind.kind)}
        case Either():
            return another(kind.mapped if isinstance(now, dict) else kind.listed, now)
        case RecordOf():
            return required(kind.record)
        case _:
            choices = ("one", "two")
    return next(choice for choice in choices if choice != now)


def required(record: type) -> Tree:
    """A record with no more keys than it must have, but one."""
    keys = keys_of(record)
    needed = [name for name, each in keys.items() if each.default is MISSING] or list(keys)[:1]
    return {name: another(keys[name].metadata["kind"]) for name in needed}


def full(record: type) -> Tree:
    """A record with every key set."""
    return {name: full_value(each.metadata["kind"]) for name, each in keys_of(record).items()}


def full_value(kind: FieldType) -> Any:
    """A value of a kind, every key of its inner records set."""
    match kind:
        case RecordOf():
            return full(kind.record)
        case ListOf() if isinstance(kind.kind, RecordOf):
            return [full(kind.kind.record)]
        case MapOf() if isinstance(kind.kind, RecordOf):
            return {"first": full(kind.kind.record)}
        case _:
            return another(kind)


def a_full_sheet() -> Tree:
    """A sheet with every method, every adjustment and every key; what it says makes no sense."""
    items = [
        full(Item) | full(record) | {"id": f"item.{name}", "points": "8", "method": name}
        for name, record in methods.METHODS.items()
    ]
    effects = [full(record) | {"id": name, "kind": name} for name, record in adjustments.RECORDS.items()]
    for effect in effects:
        if "items" in effect:
            effect["items"] = [AN_ITEM | {"id": f"{effect['id']}.item"}]
    return full(RuleSheet) | {"items": [full(Section) | {"id": "all", "items": items}], "adjustments": effects}


def keys_in(record: Any) -> Iterator[Key]:
    """Every key of a record and of all records below it."""
    for name, each in keys_of(type(record)).items():
        kind, default = each.metadata["kind"], each.default
        plain = None if default in (None, MISSING) else kind.write(default, str)
        yield Key(type(record), name, kind, default is not MISSING, plain, (*record.path, name))
        yield from keys_below(getattr(record, each.name))
    if isinstance(record, Item):
        yield from keys_in(record.method)
    if isinstance(record, Section):
        yield from keys_below(record.items)


def keys_below(value: Any) -> Iterator[Key]:
    """Every key of the records inside a value."""
    if isinstance(value, tuple):
        yield from (key for each in value for key in keys_below(each))
    elif isinstance(value, dict):
        yield from (key for each in value.values() for key in keys_below(each))
    elif is_dataclass(value) and not isinstance(value, Expression):
        yield from keys_in(value)


def value_at(tree: Any, path: Path) -> Any:
    """What stands at a path, None where nothing does."""
    for step in path:
        if isinstance(tree, dict) and step not in tree:
            return None
        tree = tree[step]
    return tree


def with_value(tree: Tree, path: Path, value: Any) -> Tree:
    """The tree with another value at a path; None takes the key out."""
    changed = deepcopy(tree)
    inner = value_at(changed, path[:-1])
    if value is None:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return changed
