"""How lists, groups of keys and settings are spelled in one cell, both ways."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from assess.core.kinds import Either, ListOf, MapOf, PlainText, RecordOf, Title, WordList
from assess.core.rules.nodes import AxesKind, MissingKind
from assess.core.schema import FieldType, Tree
from assess.core.text import Language
from assess.files.rule_sheets.book_layout import Kinds, is_listed, kinds_of, place_of

EMPTY_LIST: Final = "[]"
EMPTY_GROUP: Final = "{}"
ENTRY: Final = re.compile(r'(?:^|[,，])\s*(?:"((?:[^"]|"")*)"\s*(?=[,，]|$)|([^,，]*))')
NEEDS_QUOTES: Final = re.compile(r'[,，"\n]|^(?:\[\]|\{\})?$')
STATED_POINTS: Final = re.compile(r"points\s*[:：]\s*(.*)", re.DOTALL)
SETTING: Final = re.compile(r"\s*([^:：\s]+)\s*[:：]\s*(.*?)\s*")


def listed(text: str) -> list[str]:
    """The entries of `a, b`; an entry with a comma stands in double quotes, a quote in it twice."""
    if text == EMPTY_LIST:
        return []
    entries = (entry.groups() for entry in ENTRY.finditer(text))
    return [bare.strip() if quoted is None else quoted.replace('""', '"') for quoted, bare in entries]


def joined(entries: Sequence[str]) -> str:
    """The cell of a list."""
    return ", ".join(map(entry_of, entries)) if entries else EMPTY_LIST


def entry_of(text: str) -> str:
    """One entry of a list."""
    return '"' + text.replace('"', '""') + '"' if NEEDS_QUOTES.search(text) else text


def tree_of_cell(text: str, kind: FieldType) -> Tree:
    """What a cell holds, as YAML would."""
    if is_listed(kind):
        keys = tuple(kinds_in_list(kind))
        return [entry_tree(entry, keys) for entry in listed(text)]
    if isinstance(kind, RecordOf | MapOf):
        return {} if text == EMPTY_GROUP else text
    if isinstance(kind, AxesKind):
        axes = listed(text)
        return axes[0] if len(axes) == 1 else axes
    if isinstance(kind, MissingKind) and (stated := STATED_POINTS.fullmatch(text)):
        return {"points": stated[1]}
    return text


def kinds_in_list(kind: FieldType) -> Kinds:
    """The keys of an entry that a list has beside plain ones: a tie-break by a figure; none of other lists."""
    inner = kind.kind if isinstance(kind, ListOf) else kind
    record = inner.mapped if isinstance(inner, Either) else None
    return kinds_of(record.record) if isinstance(record, RecordOf) else {}


def entry_tree(text: str, keys: tuple[str, ...]) -> Tree:
    """An entry of a list; where it may have keys, several words are their values, as in `pm25 lower`."""
    words = text.split(maxsplit=max(len(keys) - 1, 0))
    return dict(zip(keys, words, strict=False)) if keys and len(words) > 1 else text


def entry_text(entry: Tree, kinds: Kinds, language: Language) -> str:
    """The same as text."""
    if not isinstance(entry, Mapping):
        return str(entry)
    return " ".join(worded(each, kinds[name], language) for name, each in entry.items())


class Spelled(NamedTuple):
    """One cell to be written: its key, its text and what it holds."""

    key: str
    text: str
    kind: FieldType


def worded(text: str, kind: FieldType, language: Language) -> str:
    """A word of a list in a language, all else as it is."""
    return kind.words.called(text).localized(language) if isinstance(kind.words, WordList) else text


def spelled(tree: Mapping[str, Tree], kinds: Kinds, language: Language, outer: str = "") -> Iterator[Spelled]:
    """The cells of a tree, inner keys dotted; what `kinds` does not have at its top is left to others."""
    for name, value in tree.items():
        key = outer + name
        place = place_of(kinds, key)
        if place is None:
            if outer:
                yield Spelled(key, str(value), PlainText())
            continue
        if isinstance(place.kind, Title):
            told = value if isinstance(value, Mapping) else {"zh": value, "en": value}
            yield from (Spelled(f"{key}.{language}", text, place.kind) for language, text in told.items())
        elif isinstance(place.kind, MissingKind) and isinstance(value, Mapping):
            yield Spelled(key, f"points: {value['points']}", place.kind)
        elif isinstance(value, Mapping) and value:
            yield from spelled(value, kinds, language, f"{key}.")
        elif isinstance(value, list) and isinstance(place.kind, AxesKind):
            yield Spelled(key, joined([worded(each, place.kind, language) for each in value]), place.kind)
        elif isinstance(value, list):
            inner = kinds_in_list(place.kind)
            if inner or all(isinstance(each, str) for each in value):
                yield Spelled(key, joined([entry_text(each, inner, language) for each in value]), place.kind)
        else:
            yield Spelled(key, worded(value, place.kind, language) if value else EMPTY_GROUP, place.kind)


def setting_of(line: str) -> tuple[str, str] | None:
    """Key and value of a line of settings; None where it is neither."""
    found = SETTING.fullmatch(line)
    return (found[1], found[2]) if found and found[2] else None
