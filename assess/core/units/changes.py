"""A list of units row by row as text, and what changed from one list to another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from assess.core.expressions import ValueType
from assess.core.flaws import Flaw
from assess.core.naming import folded, quoted
from assess.core.numbers import NotANumber
from assess.core.parsing import TRUTHS
from assess.core.tables import Table
from assess.core.text import Text
from assess.core.units.unit_list import ALIAS, ALIKE, Units, attribute_number, several

WORDS: Final = {
    "place": Text("次序", "position in the list"),
    "name_zh": Text("中文名称", "Chinese name"),
    "name_en": Text("英文名称", "English name"),
    "kind": Text("类型", "type"),
    "aliases": Text("别名", "aliases"),
}
NO_TRUTH: Final = Text("“{value}”应为“是”或“否”，请修改。", "“{value}” must be yes or no. Correct it.")
NO_NUMBER: Final = Text("“{value}”应为数字，请修改。", "“{value}” must be a number. Correct it.")


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """One row of a list of units; attributes are the texts of the other columns by heading, blank ones left out."""

    code: str
    name: Text
    kind: str = ""
    aliases: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)

    def facts(self) -> dict[str, str]:
        """All that the row says but its code, by what it is called."""
        own = {
            "name_zh": self.name.zh,
            "name_en": self.name.en,
            "kind": self.kind,
            "aliases": "; ".join(self.aliases),
        }
        return own | dict(self.attributes)


@dataclass(frozen=True, slots=True)
class UnitFieldChange:
    """What a unit's row said before and says now; "" where it said or says nothing."""

    name: str
    old: str
    new: str

    @property
    def label(self) -> Text:
        """What is changed, in words; an attribute by its heading."""
        return WORDS.get(self.name, Text.same(self.name))


@dataclass(frozen=True, slots=True)
class UnitChanges:
    """What a new list does to the one before."""

    new: tuple[UnitEntry, ...] = ()
    changed: tuple[tuple[UnitEntry, tuple[UnitFieldChange, ...]], ...] = ()
    removed: tuple[UnitEntry, ...] = ()
    unchanged: tuple[UnitEntry, ...] = ()
    reordered: bool = False

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.removed or self.reordered)


def entries_of(table: Table) -> tuple[UnitEntry, ...]:
    """The rows of a table that `read_units` found no flaw in."""
    found = {name: table.column_called(ways) for name, ways in ALIKE.items()}
    known = {name: column for name, column in found.items() if column is not None}
    headings = [(number, heading.name) for number, heading in enumerate(table.headings)]
    aliases = [number for number, name in headings if name.strip().casefold().startswith(ALIAS)]
    others = [(number, name) for number, name in headings if number not in {*known.values(), *aliases}]
    return tuple(entry_of(table, row, known, aliases, others) for row in range(len(table)))


def entry_of(
    table: Table, row: int, known: Mapping[str, int], aliases: Sequence[int], others: Sequence[tuple[int, str]]
) -> UnitEntry:
    """One row; names fall back on each other and on the code."""
    own = {name: table.columns[column][row] for name, column in known.items()}
    code, zh, en = own["unit"], own.get("name_zh", ""), own.get("name_en", "")
    return UnitEntry(
        code=code,
        name=Text(zh or en or code, en or zh or code),
        kind=own.get("kind", ""),
        aliases=tuple(dict.fromkeys(name for column in aliases for name in several(table.columns[column][row]))),
        attributes={name: table.columns[column][row] for column, name in others},
    )


def unit_changes(old: Sequence[UnitEntry], new: Sequence[UnitEntry]) -> UnitChanges:
    """What changes from one list to another; units are the same by their code."""
    before = {entry.code: entry for entry in old}
    after = {entry.code: entry for entry in new}
    stay = [(before[code], entry) for code, entry in after.items() if code in before]
    changed = tuple((entry, fields) for was, entry in stay if (fields := tuple(field_changes(was, entry))))
    codes = {entry.code for entry, _ in changed}
    return UnitChanges(
        new=tuple(entry for code, entry in after.items() if code not in before),
        changed=changed,
        removed=tuple(entry for code, entry in before.items() if code not in after),
        unchanged=tuple(entry for _, entry in stay if entry.code not in codes),
        reordered=[code for code in before if code in after] != [code for code in after if code in before],
    )


def field_changes(old: UnitEntry, new: UnitEntry) -> Iterator[UnitFieldChange]:
    """What one unit's row says otherwise than before."""
    before, after = old.facts(), new.facts()
    for name in dict.fromkeys((*before, *after)):
        was, is_now = before.get(name, ""), after.get(name, "")
        if not reads_alike(was, is_now):
            yield UnitFieldChange(name, was, is_now)


def reads_alike(one: str, other: str) -> bool:
    """Whether two texts say the same; 0.50 and 0.5 do, yes and 是 too."""
    if one == other:
        return True
    if folded(one) in TRUTHS and folded(other) in TRUTHS:
        return TRUTHS[folded(one)] == TRUTHS[folded(other)]
    try:
        return attribute_number(one) == attribute_number(other)
    except NotANumber:
        return False


def odd_values(table: Table, old: Units, new: Units) -> Iterator[Flaw]:
    """The cells for which a column that was all yes and no, or all numbers, became text."""
    for column, heading in enumerate(table.headings):
        kind = old.kinds.get(heading.name, ValueType.TEXT)
        if kind is ValueType.TEXT or new.kinds.get(heading.name) is not ValueType.TEXT:
            continue
        for row, text in enumerate(table.columns[column]):
            if text and not reads_as(kind, text):
                told = NO_TRUTH if kind is ValueType.TRUTH else NO_NUMBER
                yield Flaw(table.places(row, column), told, {"value": quoted(text)})


def reads_as(kind: ValueType, text: str) -> bool:
    """Whether a text is a truth, or else a number."""
    if kind is ValueType.TRUTH:
        return folded(text) in TRUTHS
    try:
        attribute_number(text)
    except NotANumber:
        return False
    return True
