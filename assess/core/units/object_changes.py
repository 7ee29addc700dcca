"""A list of objects row by row as text, and what changed from one list to another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from assess.core.expressions import ValueType
from assess.core.text import Text
from assess.core.units.changes import reads_alike
from assess.core.units.objects import ObjectsOfKind, UnitObjects
from assess.core.units.unit_list import column_texts

LABELS: Final = {
    "kind": Text("类别", "kind"),
    "name_zh": Text("中文名称", "Chinese name"),
    "name_en": Text("英文名称", "English name"),
    "aliases": Text("别名", "aliases"),
}
TRUTH_WORDS: Final = {"1": "yes", "0": "no"}


@dataclass(frozen=True, slots=True)
class ObjectEntry:
    """An object with one of its units, by their codes; attributes are texts by heading, blank ones left out."""

    kind: str
    code: str
    unit: str
    name: Text
    aliases: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)

    def facts(self) -> dict[str, str]:
        """All that the row says of the object with this unit."""
        own = {"kind": self.kind, "name_zh": self.name.zh, "name_en": self.name.en, "aliases": "; ".join(self.aliases)}
        return own | dict(self.attributes)


@dataclass(frozen=True, slots=True)
class ObjectFieldChange:
    """What a row said before and says now; "" where it said or says nothing."""

    name: str
    old: str
    new: str

    @property
    def label(self) -> Text:
        """What is changed, in words; an attribute by its heading."""
        return LABELS.get(self.name, Text.same(self.name))


@dataclass(frozen=True, slots=True)
class ObjectChanges:
    """What a new list of objects does to the one before, each kind and unit on its own."""

    new: tuple[ObjectEntry, ...] = ()
    changed: tuple[tuple[ObjectEntry, tuple[ObjectFieldChange, ...]], ...] = ()
    removed: tuple[ObjectEntry, ...] = ()
    unchanged: tuple[ObjectEntry, ...] = ()


def object_entries(objects: UnitObjects) -> tuple[ObjectEntry, ...]:
    """Every row of the list, kind by kind."""
    return tuple(entry for kind, each in objects.kinds.items() for entry in entries_of_kind(objects, kind, each))


def entries_of_kind(objects: UnitObjects, kind: str, listed: ObjectsOfKind) -> Iterator[ObjectEntry]:
    """The rows of one kind."""
    texts = {name: attribute_texts(listed, name) for name in listed.attributes}
    for row, (place, unit) in enumerate(zip(listed.objects.tolist(), listed.units.tolist(), strict=True)):
        yield ObjectEntry(
            kind=kind,
            code=listed.codes[place],
            unit=objects.units.codes[unit],
            name=listed.names[place],
            aliases=tuple(dict.fromkeys(listed.aliases[place])),
            attributes={name: text for name, column in texts.items() if (text := column[row])},
        )


def attribute_texts(listed: ObjectsOfKind, name: str) -> list[str]:
    """The cells of an attribute as one would type them."""
    texts = [text or "" for text in column_texts(listed.attributes[name])]
    is_truth = listed.kinds[name] is ValueType.TRUTH
    return [TRUTH_WORDS.get(text, text) for text in texts] if is_truth else texts


def object_changes(old: Sequence[ObjectEntry], new: Sequence[ObjectEntry]) -> ObjectChanges:
    """What changes from one list to another; rows are the same by the codes of object and unit."""
    before = {(entry.code, entry.unit): entry for entry in old}
    after = {(entry.code, entry.unit): entry for entry in new}
    stay = [(before[key], entry) for key, entry in after.items() if key in before]
    compared = [(entry, tuple(changed_fields(was, entry))) for was, entry in stay]
    return ObjectChanges(
        new=tuple(entry for key, entry in after.items() if key not in before),
        changed=tuple((entry, fields) for entry, fields in compared if fields),
        removed=tuple(entry for key, entry in before.items() if key not in after),
        unchanged=tuple(entry for entry, fields in compared if not fields),
    )


def changed_fields(old: ObjectEntry, new: ObjectEntry) -> Iterator[ObjectFieldChange]:
    """What one row says otherwise than before."""
    before, after = old.facts(), new.facts()
    for name in dict.fromkeys((*before, *after)):
        was, is_now = before.get(name, ""), after.get(name, "")
        if not reads_alike(was, is_now):
            yield ObjectFieldChange(name, was, is_now)
