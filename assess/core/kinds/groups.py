"""Kinds that hold others: lists, mappings, records, full marks by group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from fractions import Fraction
from typing import Any, Final

from assess.core.flaws import Flaw, Path
from assess.core.kinds.plain import NumberType
from assess.core.kinds.values import NO_MARK, Marks, NodeMarks
from assess.core.schema import BROKEN, NOT_A_MAPPING, FieldType, Found, Spell, Tree, is_blank, read_record, write_record
from assess.core.text import Text

NOT_A_LIST = Text("此处应为列表，如 [a, b]。", "Enter a list, as in [a, b].")
EMPTY_LIST = Text("列表不能为空，请填写。", "The list must not be empty. Enter at least one value.")


class ListOf:
    """A list of values of one kind."""

    words: tuple[str, ...] = ()

    def __init__(self, kind: FieldType, *, may_be_empty: bool = False) -> None:
        self.kind = kind
        self.may_be_empty = may_be_empty

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        if not isinstance(tree, list):
            flaws.append(Flaw(path, NOT_A_LIST))
            return BROKEN
        if not tree and not self.may_be_empty:
            flaws.append(Flaw(path, EMPTY_LIST))
            return BROKEN
        return tuple(self.kind.read(each, (*path, i), flaws) for i, each in enumerate(tree))

    def write(self, value: tuple[Any, ...], spell: Spell) -> Tree:
        return [self.kind.write(each, spell) for each in value]


class NoEntries(Mapping[str, Any]):
    """An empty mapping that may be the default of a key."""

    def __getitem__(self, name: str) -> Any:
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __hash__(self) -> int:
        return 0


NO_ENTRIES: Final = NoEntries()


class MapOf:
    """Values of one kind by free keys: a table of choices, coefficients by status."""

    words: tuple[str, ...] = ()

    def __init__(self, kind: FieldType, *, may_be_empty: bool = False) -> None:
        self.kind = kind
        self.may_be_empty = may_be_empty

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        if not isinstance(tree, Mapping) or not (tree or self.may_be_empty):
            flaws.append(Flaw(path, NOT_A_MAPPING))
            return BROKEN
        return {name: self.kind.read(each, (*path, name), flaws) for name, each in tree.items() if not is_blank(each)}

    def write(self, value: Mapping[str, Any], spell: Spell) -> Tree:
        return {name: self.kind.write(each, spell) for name, each in value.items()}


class Either:
    """A mapping or record of one kind, or something else: points by grade or by place, by two choices or by one."""

    words: tuple[str, ...] = ()

    def __init__(self, listed: FieldType, mapped: FieldType) -> None:
        self.listed = listed
        self.mapped = mapped

    def of(self, value: Any) -> FieldType:
        """The kind of a value that stands there."""
        return self.mapped if isinstance(value, Mapping) or is_dataclass(value) else self.listed

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        return self.of(tree).read(tree, path, flaws)

    def write(self, value: Any, spell: Spell) -> Tree:
        return self.of(value).write(value, spell)


class NumberByGroup:
    """A number that is not negative, or one for each group."""

    words: tuple[str, ...] = ()
    one = NumberType(least=Fraction(0))
    by_group = MapOf(NumberType(least=Fraction(0)))

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        return (self.by_group if isinstance(tree, Mapping) else self.one).read(tree, path, flaws)

    def write(self, value: Marks, spell: Spell) -> Tree:
        return self.by_group.write(value, spell) if isinstance(value, Mapping) else self.one.write(value, spell)


class FullMark(NumberByGroup):
    """A full mark, or one for each group."""


class NodeMark(FullMark):
    """A full mark, one for each group, or `none`."""

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        return NO_MARK if isinstance(tree, str) and tree.strip() == NO_MARK else super().read(tree, path, flaws)

    def write(self, value: NodeMarks, spell: Spell) -> Tree:
        return value if value == NO_MARK else super().write(value, spell)


class Weight(NumberByGroup):
    """A weight, or one for each group."""


class RecordOf:
    """A group of keys of its own."""

    words: tuple[str, ...] = ()

    def __init__(self, record: type) -> None:
        self.record = record

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        return read_record(self.record, tree, path, flaws)

    def write(self, value: object, spell: Spell) -> Tree:
        return write_record(value, spell)
