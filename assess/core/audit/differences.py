"""Old and new values of an entry as rows of a table: what a fact is called, what it was, what it became."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from assess.core.audit.facts import NO, NOTHING, YES, fact_called, value_words
from assess.core.calendar import BEIJING
from assess.core.text import Text

MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)")
Path = tuple[str, ...]
Names = Mapping[str, Text]
"""What units are called, by code."""
Tree = Mapping[str, Any] | None


@dataclass(frozen=True)
class FactDifference:
    """One fact: what it is called, and a line for each part of the old and of the new value; none where it had none."""

    label: Text
    old: tuple[Text, ...]
    new: tuple[Text, ...]


def differences(kind: str, old: Tree, new: Tree, names: Names) -> tuple[FactDifference, ...]:
    """The facts that an entry tells, in their order; of what was and is, only what changed.

    Args:
        kind: the kind of subject, which tells what the facts mean.
        old: the values before.
        new: the values after.
        names: what units are called.
    """
    before, after = dict(leaves(old or {})), dict(leaves(new or {}))
    return tuple(
        FactDifference(
            path_called(kind, path, names),
            value_told(kind, path, before[path], names) if path in before else (),
            value_told(kind, path, after[path], names) if path in after else (),
        )
        for path in {**after, **before}
        if tells(before.get(path), after.get(path))
    )


def tells(old: Any, new: Any) -> bool:
    """Whether a fact is worth a row: it changed, and not from nothing to nothing."""
    return old != new and not (is_nothing(old) and is_nothing(new))


def is_nothing(value: Any) -> bool:
    """Whether a value is empty."""
    return value is None or value in ("", {}, [])


def leaves(tree: Mapping[str, Any], path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value of a tree with the way to it."""
    for name, value in tree.items():
        if isinstance(value, Mapping) and value:
            yield from leaves(value, (*path, name))
        else:
            yield (*path, name), value


def path_called(kind: str, path: Path, names: Names) -> Text:
    """What a value is called: the names on the way to it, one after the other."""
    called = [names.get(name) or fact_called(kind, name) for name in path]
    return Text(" · ".join(each.zh for each in called), " · ".join(each.en for each in called))


def value_told(kind: str, path: Path, value: Any, names: Names) -> tuple[Text, ...]:
    """A value in words, a line for each entry of a list."""
    words = {**names, **value_words(kind, path[-1])}
    if isinstance(value, list):
        return tuple(line_told(each, words) for each in value) or (NOTHING,)
    return (line_told(value, words),)


def line_told(value: Any, words: Names) -> Text:
    """A value on one line: parts of a list one after the other, nothing where it is empty."""
    if isinstance(value, Mapping):
        value = [f"{name}={part}" for name, part in value.items() if part is not None]
    if isinstance(value, list):
        parts = [word_told(each, words) for each in value if not is_nothing(each)]
        return Text("，".join(each.zh for each in parts), ", ".join(each.en for each in parts))
    return word_told(value, words)


def word_told(value: Any, words: Names) -> Text:
    """One value."""
    if is_nothing(value):
        return NOTHING
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, list | dict):
        return line_told(value, words)
    text = str(value)
    return words.get(text) or Text.same(moment_told(text) if MOMENT.fullmatch(text) else text)


def moment_told(text: str) -> str:
    """A moment by the district's clock; what only looks like one stays as it is."""
    try:
        return f"{datetime.fromisoformat(text).astimezone(BEIJING):%Y-%m-%d %H:%M}"
    except (ValueError, OverflowError):
        return text


def codes_in(tree: Any) -> Iterator[str]:
    """All that may be the code of a unit in a tree: names on the way and plain texts."""
    if isinstance(tree, Mapping):
        for name, value in tree.items():
            yield from (name, *codes_in(value))
    elif isinstance(tree, list):
        for each in tree:
            yield from codes_in(each)
    elif isinstance(tree, str) and len(tree) <= 64:
        yield tree
