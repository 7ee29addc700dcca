"""Records as plain trees of JSON, back again, and the JSON Schema that both keep to, all read from their types."""

from __future__ import annotations

from collections.abc import Mapping
from types import NoneType, UnionType
from typing import Any, Final, Literal, NewType, Union, get_args, get_origin, get_type_hints

from assess.core.handover.content import Day, Digest, Moment, Points
from assess.core.text import Language, Text

Schema = dict[str, Any]

PLAIN: Final[Mapping[Any, Schema]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    Points: {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+|/[0-9]+)?$"},
    Digest: {"type": "string", "pattern": "^(sha256:)?[0-9a-f]{64}$"},
    Moment: {"type": "string", "format": "date-time"},
    Day: {"type": "string", "format": "date"},
    Any: {},
}
UNIONS: Final = (Union, UnionType)


def as_tree(value: Any) -> Any:
    """A record as JSON has it: records as objects, tuples as lists; fields that came later only where they say more."""
    if hasattr(value, "_asdict"):
        usual = value._field_defaults
        said = ((name, each) for name, each in value._asdict().items() if name not in usual or each != usual[name])
        return {name: as_tree(each) for name, each in said}
    return [as_tree(each) for each in value] if isinstance(value, tuple | list) else value


def from_tree(kind: Any, tree: Any) -> Any:
    """The record of a type that a tree holds which was written by `as_tree`; fields that came later have defaults."""
    if tree is None or kind is Any or isinstance(kind, NewType):
        return tree
    if get_origin(kind) in UNIONS:
        return from_tree(present(kind), tree)
    if get_origin(kind) is tuple:
        return tuple(from_tree(get_args(kind)[0], each) for each in tree)
    if is_record(kind):
        return kind(**{name: from_tree(each, tree[name]) for name, each in hints(kind).items() if name in tree})
    return tree


def schema_of(kind: Any, said: Mapping[str, Text], language: Language) -> Schema:
    """The shape of a type; fields that `said` knows, as `field` or `Record.field`, are described in a language."""
    if kind in PLAIN:
        return dict(PLAIN[kind])
    if get_origin(kind) is Literal:
        return {"enum": list(get_args(kind))}
    if get_origin(kind) in UNIONS:
        return {"anyOf": [schema_of(each, said, language) for each in get_args(kind)]}
    if get_origin(kind) is tuple:
        return {"type": "array", "items": schema_of(get_args(kind)[0], said, language)}
    parts = {name: schema_of(each, said, language) for name, each in hints(kind).items()}
    for name, part in parts.items():
        words = said.get(f"{kind.__name__}.{name}") or said.get(name)
        if words is not None:
            part["description"] = words.localized(language)
    return {"type": "object", "properties": parts, "required": required(kind), "additionalProperties": False}


def required(kind: Any) -> list[str]:
    """The fields that every record of a type has, whatever version of the service wrote it."""
    return [name for name in hints(kind) if name not in kind._field_defaults]


def hints(kind: Any) -> dict[str, Any]:
    """The fields of a record with their types."""
    return get_type_hints(kind)


def is_record(kind: Any) -> bool:
    """Whether a type has named fields."""
    return isinstance(kind, type) and hasattr(kind, "_fields")


def present(kind: Any) -> Any:
    """What a type that may be blank is otherwise."""
    return next(each for each in get_args(kind) if each is not NoneType)
