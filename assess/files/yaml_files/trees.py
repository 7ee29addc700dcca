"""From the text of a YAML file to a plain tree: every scalar is text exactly as written, everything knows its place.

Read from parser events, so that nothing is constructed, nothing is expanded and depth is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path as File
from typing import Any, Final, NamedTuple, NoReturn

import yaml

from assess.core.flaws import Flaw, Path, ValidationError
from assess.core.naming import quoted
from assess.core.schema import Tree
from assess.core.sources import Source, TextPosition
from assess.core.text import Text
from assess.files.opening import whole_file
from assess.files.placed_trees import PlacedTree
from assess.files.yaml_files import wording
from assess.files.yaml_files.syntax import code_of, decoded, syntax_flaw

MAX_MEGABYTES: Final = 2
DEEPEST: Final = 40
MAX_FLAWS: Final = 100
MAX_VALUES: Final = 50_000
"""Ten times what the largest sheets and task lists hold; the bound keeps hostile files cheap."""

LOADER: Final[Any] = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader

NULLS: Final = frozenset(["", "~", "null", "Null", "NULL"])
NOT_KEPT = re.compile("[^\t\n -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Stop(Exception):
    """Nothing more can be read."""


class Cut(NamedTuple):
    """A plain value inside `{…}` and the end of what its commas cut off."""

    key: str
    start: int
    end: int
    grown: bool = False


def read_yaml(path: File) -> PlacedTree:
    """The tree that a YAML file holds.

    Raises:
        ValidationError: the file cannot be read at all, or is no YAML that can be used.
    """
    return yaml_tree(str(path), whole_file(path, MAX_MEGABYTES))


def yaml_tree(file: str, content: bytes, loader: Any = LOADER) -> PlacedTree:
    """The tree that the content of a YAML file holds; `file` names it in places.

    Raises:
        ValidationError: the syntax is wrong, the text cannot be decoded, or it is nested without end.
    """
    text = decoded(file, content)
    reader = TreeReader(file, text, loader)
    try:
        tree = reader.document()
    except Stop:
        raise ValidationError(reader.flaws) from None
    except yaml.MarkedYAMLError as wrong:
        raise ValidationError([syntax_flaw(file, text, wrong)]) from None
    except yaml.YAMLError:
        raise ValidationError([Flaw(TextPosition(file), wording.UNREADABLE)]) from None
    return PlacedTree(tree, reader.places, reader.keys, tuple(reader.flaws))


class TreeReader:
    """Turns the events of one document into a tree, its places and its flaws."""

    def __init__(self, file: str, text: str, loader: Any) -> None:
        self.file = file
        self.text = text
        self.events: Iterator[Any] = yaml.parse(text, Loader=loader)
        self.next: Callable[[], Any] = self.events.__next__
        self.places: dict[Path, Source] = {}
        self.keys: dict[Path, Source] = {}
        self.flaws: list[Flaw] = []
        self.referring = 0

    def document(self) -> Tree:
        """The one document of the stream."""
        self.next()
        if isinstance(self.next(), yaml.StreamEndEvent):
            self.refuse(TextPosition(self.file), wording.NO_VALUES)
        tree = self.node(self.next(), ())
        self.next()
        beyond = self.next()
        if not isinstance(beyond, yaml.StreamEndEvent):
            self.report(self.spot(beyond), wording.SEVERAL)
        if tree == "" and not self.flaws:
            self.refuse(TextPosition(self.file), wording.NO_VALUES)
        return tree

    def node(self, event: Any, path: Path) -> Tree:
        """The value that begins with an event."""
        spot = self.places[path] = self.spot(event)
        if len(self.places) > MAX_VALUES:
            self.refuse(spot, wording.TOO_MANY_VALUES, most=MAX_VALUES)
        if isinstance(event, yaml.ScalarEvent):
            self.refuse_extras(event, spot)
            return self.scalar(event, spot)
        if isinstance(event, yaml.AliasEvent):
            self.refuse_reference(spot)
            return ""
        if len(path) >= DEEPEST:
            self.refuse(spot, wording.TOO_DEEP, most=DEEPEST)
        self.refuse_extras(event, spot)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(path, bool(event.flow_style))
        return self.sequence(path)

    def sequence(self, path: Path) -> list[Tree]:
        """The entries up to the end of a list."""
        found: list[Tree] = []
        while not isinstance(event := self.next(), yaml.SequenceEndEvent):
            found.append(self.node(event, (*path, len(found))))
        return found

    def mapping(self, path: Path, in_braces: bool) -> dict[str, Tree]:
        """The keys and values up to the end of a mapping."""
        found: dict[str, Tree] = {}
        cut: Cut | None = None
        while not isinstance(event := self.next(), yaml.MappingEndEvent):
            name = self.name(event, path)
            value_event = self.next()
            if in_braces and self.is_bare(event, value_event):
                if cut is None:
                    self.report(self.spot(event), wording.NO_VALUE, key=quoted(name))
                else:
                    cut = cut._replace(end=event.end_mark.index, grown=True)
                continue
            self.join(cut, found, path)
            self.remember(name, event, path, found)
            found[name] = self.node(value_event, (*path, name))
            cut = cut_from(name, value_event)
        self.join(cut, found, path)
        return found

    def join(self, cut: Cut | None, found: dict[str, Tree], path: Path) -> None:
        """Put a text that commas cut together again, and say that it needs quotes."""
        if cut is not None and cut.grown:
            whole = found[cut.key] = " ".join(self.text[cut.start : cut.end].split())
            self.report(self.places[*path, cut.key], wording.UNQUOTED_COMMA, quoted=in_quotes(whole))

    def is_bare(self, key: Any, value: Any) -> bool:
        """Whether a key stands without colon and value, as what follows a comma in a text does."""
        if not (isinstance(key, yaml.ScalarEvent) and isinstance(value, yaml.ScalarEvent) and is_plain(value)):
            return False
        return not value.value and not self.between(key, value).lstrip().startswith(":")

    def between(self, key: Any, value: Any) -> str:
        """What stands in the file between a key and its value."""
        return self.text[key.end_mark.index : value.start_mark.index]

    def name(self, event: Any, path: Path) -> str:
        """The text of a key."""
        spot = self.spot(event)
        if isinstance(event, yaml.AliasEvent):
            self.refuse_reference(spot)
            return ""
        if not isinstance(event, yaml.ScalarEvent):
            self.refuse(spot, wording.ODD_KEY)
        self.refuse_extras(event, spot)
        name = self.scalar(event, spot)
        if not name:
            self.report(spot, wording.NO_KEY)
        return name

    def remember(self, name: str, event: Any, path: Path, found: dict[str, Tree]) -> None:
        """Note where a key stands; a second one of that name is a flaw."""
        spot, here = self.spot(event), (*path, name)
        if name and name in found:
            first = self.keys[here]
            assert isinstance(first, TextPosition)
            self.report(spot, wording.TWICE, key=quoted(name), line=first.line)
            return
        self.keys[here] = spot

    def scalar(self, event: Any, spot: TextPosition) -> str:
        """The text as written; a plain null is the empty text."""
        if is_plain(event) and event.value in NULLS:
            return ""
        text: str = event.value
        strange = NOT_KEPT.search(text)
        if strange:
            self.report(spot, wording.NOT_TEXT, code=code_of(strange[0]))
        return text

    def refuse_extras(self, event: Any, spot: TextPosition) -> None:
        """Anchors and tags have no place in a file that people read."""
        if event.anchor is not None:
            self.refuse_reference(spot)
        if event.tag is not None:
            self.report(spot, wording.TAG)

    def refuse_reference(self, spot: TextPosition) -> None:
        """One flaw for all anchors and aliases of a line."""
        if self.referring != spot.line:
            self.report(spot, wording.ALIAS)
        self.referring = spot.line

    def spot(self, event: Any) -> TextPosition:
        """Where an event begins."""
        return TextPosition(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def report(self, where: Source, what: Text, **facts: object) -> None:
        """Note a flaw; a file with very many is not read to its end."""
        self.flaws.append(Flaw(where, what, facts))
        if len(self.flaws) == MAX_FLAWS:
            self.flaws.append(Flaw(TextPosition(self.file), wording.TOO_MANY))
            raise Stop

    def refuse(self, where: Source, what: Text, **facts: object) -> NoReturn:
        """Note a flaw after which there is no reading on."""
        self.flaws.append(Flaw(where, what, facts))
        raise Stop


def is_plain(event: Any) -> bool:
    """Whether a scalar stands without quotes; the two parsers spell that differently."""
    return not event.style


def cut_from(name: str, event: Any) -> Cut | None:
    """A value that a comma may have cut: one text without quotes."""
    if not isinstance(event, yaml.ScalarEvent) or not is_plain(event) or not event.value:
        return None
    start, end = event.start_mark, event.end_mark
    return Cut(name, start.index, end.index) if start and end else None


def in_quotes(text: str) -> str:
    """A text as a flaw cites it, in the quotes that it does not hold itself."""
    shown = quoted(text)
    return f"'{shown}'" if '"' in shown else f'"{shown}"'
