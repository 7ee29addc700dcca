"""Records described by their keys: one description reads a plain tree, checks it and writes it back.

A plain tree is what YAML or a workbook holds: mappings, lists and text. A record is a frozen
dataclass whose fields are made with `key(kind, default)`.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, field, fields
from fractions import Fraction
from typing import Any, Final, Protocol, TypeVar

from assess.core.flaws import Flaw, Path
from assess.core.text import Text
from assess.core.word_lists import WordList

Tree = Any
"""A mapping, a list or text."""

Spell = Callable[[Fraction], str]
"""How numbers are written: as the author wrote them, or reduced for the digest."""

Found = list[Flaw]
Record = TypeVar("Record")


class UnreadableValue:
    """Stands where a value could not be read; its flaw is already reported."""

    def __repr__(self) -> str:
        return "BROKEN"


BROKEN: Final[Any] = UnreadableValue()


class FieldType(Protocol):
    """How one key's value is read and written."""

    @property
    def words(self) -> tuple[str, ...]:
        """The choices an editor may offer."""

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any: ...

    def write(self, value: Any, spell: Spell) -> Tree: ...


def key(
    kind: FieldType, default: Any = MISSING, *, name: str = "", implied: Any = MISSING, words: Text | None = None
) -> Any:
    """A key of a record; required without a default; `name` where Python reserves the word.

    `words` is what a person reads that the key is called, where it is called otherwise elsewhere or stands here alone.
    `implied` is the value that leaving the key out means, where a check must know whether the key stood there: it is
    left out in writing as a default is.
    """
    return field(
        default=default, metadata={"kind": kind, "name": name, "implied": implied, "words": words}, kw_only=True
    )


def path_field() -> Any:
    """Where the record stood; no part of what it says."""
    return field(default=(), compare=False, repr=False, kw_only=True)


def keys_of(record: type) -> dict[str, Field[Any]]:
    """The record's keys by the name they have in a sheet, in order; looked up once."""
    if record not in KEYS:
        described: Any = record
        KEYS[record] = {f.metadata["name"] or f.name: f for f in fields(described) if "kind" in f.metadata}
    return KEYS[record]


KEYS: Final[dict[type, dict[str, Field[Any]]]] = {}


UNKNOWN_KEY = Text("没有“{key}”这个键。{hint}", "There is no key “{key}”. {hint}")
NEAR = Text("是否应为“{near}”？", "Did you mean “{near}”?")
NONE_KNOWN = Text("评分表中尚未定义。", "The sheet defines none.")
KNOWN = Text("可用：{known}。", "Use one of: {known}.")
MAX_NAMED: Final = 12
"""So many possible names are listed; more help nobody."""
MAX_WORDS: Final = 20
"""So many words of a list are: all of every list, and some departments beside the suppliers of figures."""
MAX_COMPARED: Final = 300
"""Among more names than these nothing is guessed: that takes long, and is likely wrong."""
MORE = "…"
MISSING_KEY = Text("缺少必填的键“{key}”。", "The key “{key}” is missing. Add it.")
NOT_A_MAPPING = Text("此处应为“键: 值”的形式，请修改。", "Enter keys with values, as in `key: value`.")


def read_record(record: type[Record], tree: Tree, path: Path, flaws: Found) -> Record:
    """The record a mapping describes; what cannot be read is BROKEN and reported."""
    if not isinstance(tree, Mapping):
        flaws.append(Flaw(path, NOT_A_MAPPING))
        return BROKEN  # type: ignore[no-any-return]
    known = keys_of(record)
    report_unknown(tree, tuple(known), path, flaws)
    made: Any = record
    return made(**read_keys(record, tree, path, flaws), path=path)  # type: ignore[no-any-return]


def read_keys(record: type, tree: Mapping[str, Tree], path: Path, flaws: Found) -> dict[str, Any]:
    """The values of a record's keys by field name; absent ones take their default."""
    values: dict[str, Any] = {}
    for name, each in keys_of(record).items():
        if not is_blank(tree.get(name)):
            values[each.name] = each.metadata["kind"].read(tree[name], (*path, name), flaws)
        elif each.default is MISSING:
            flaws.append(Flaw(path, MISSING_KEY, {"key": name}))
            values[each.name] = getattr(each.metadata["kind"], "absent", BROKEN)
        else:
            values[each.name] = each.default
    return values


def is_blank(tree: Tree) -> bool:
    """A blank value is an absent key, in YAML as in a workbook."""
    return tree is None or (isinstance(tree, str) and not tree.strip())


def report_unknown(tree: Mapping[str, Tree], known: tuple[str, ...], path: Path, flaws: Found) -> None:
    """One flaw for each key the record does not have."""
    for name in tree:
        if name not in known:
            flaws.append(Flaw((*path, name), UNKNOWN_KEY, {"key": name, "hint": hint(name, known)}))


def hint(name: str, known: tuple[str, ...]) -> Text:
    """What the author may have meant."""
    if not known:
        return NONE_KNOWN
    if isinstance(known, WordList):
        return word_hint(name, known)
    near = difflib.get_close_matches(name, known, n=1) if len(known) <= MAX_COMPARED else []
    if near:
        return NEAR.format(near=near[0])
    listed = (*known[:MAX_NAMED], MORE) if len(known) > MAX_NAMED else known
    return KNOWN.format(known=Text("、".join(listed), ", ".join(listed)))


def title_hint(name: str, titles: Mapping[str, object]) -> Text:
    """The id of what bears this title, else what the author may have meant."""
    titled = (known for known, title in titles.items() if isinstance(title, Text) and name in (title.zh, title.en))
    near = next(titled, None)
    return hint(name, tuple(titles)) if near is None else NEAR.format(near=near)


def word_hint(text: str, words: WordList) -> Text:
    """Which word of a list the author may have meant, in the reader's language."""
    near = difflib.get_close_matches(text.strip(), words.meanings, n=1) if len(words) <= MAX_COMPARED else []
    if near:
        return NEAR.format(near=words.called(words.meanings[near[0]]))
    listed = [words.called(word) for word in words[:MAX_WORDS]]
    listed += [Text.same(MORE)] * (len(words) > MAX_WORDS)
    return KNOWN.format(known=Text("、".join(each.zh for each in listed), ", ".join(each.en for each in listed)))


def left_out_value(described: Field[Any]) -> Any:
    """What a key that is left out means."""
    implied = described.metadata["implied"]
    return described.default if implied is MISSING else implied


def write_record(record: object, spell: Spell) -> dict[str, Tree]:
    """The mapping that describes a record; keys at their default are left out."""
    tree: dict[str, Tree] = {}
    for name, each in keys_of(type(record)).items():
        value = getattr(record, each.name)
        if each.default is MISSING or value not in (each.default, each.metadata["implied"]):
            tree[name] = each.metadata["kind"].write(value, spell)
    return tree


def values_of(record: object) -> Iterator[tuple[str, FieldType, Any]]:
    """Name, kind and value of each key of a record that was read."""
    for name, each in keys_of(type(record)).items():
        value = getattr(record, each.name)
        if value is not BROKEN:
            yield name, each.metadata["kind"], value


def complete(things: tuple[Any, ...] | None) -> tuple[Any, ...]:
    """The entries of a list that could all be read; none of any other."""
    return () if things is None or things is BROKEN or BROKEN in things else tuple(things)
