"""From the text of a YAML file to a plain tree: every scalar is text exactly as written, everything knows its place.

Read from parser events, so that nothing is constructed, nothing is expanded and depth is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path as File
from typing import Any, Final, NamedTuple

import yaml

from assess.core.flaws import Flaw, Flawed, Path
from assess.core.schema import Tree
from assess.core.sources import Source, Spot
from assess.core.text import Text
from assess.files import yaml_wording as wording
from assess.files.opening import whole_file
from assess.files.placed_trees import PlacedTree

MOST_MEGABYTES: Final = 2
DEEPEST: Final = 40
MOST_FLAWS: Final = 100

LOADER: Final[Any] = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader

NULLS: Final = frozenset(["", "~", "null", "Null", "NULL"])
NOT_PRINTABLE = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NOT_KEPT = re.compile("[^\t\n -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
WIDE_COLON = re.compile(r"\s*(?:- +)?[\w.-]+\s*：", re.ASCII)


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
        Flawed: the file cannot be read at all, or is no YAML that can be used.
    """
    return yaml_tree(str(path), whole_file(path, MOST_MEGABYTES))


def yaml_tree(file: str, content: bytes, loader: Any = LOADER) -> PlacedTree:
    """The tree that the content of a YAML file holds; `file` names it in places.

    Raises:
        Flawed: the syntax is wrong, the text cannot be decoded, or it is nested without end.
    """
    text = decoded(file, content)
    reader = TreeReader(file, text, loader)
    try:
        tree = reader.document()
    except Stop:
        raise Flawed(reader.flaws) from None
    except yaml.MarkedYAMLError as wrong:
        raise Flawed([syntax_flaw(file, text, wrong)]) from None
    except yaml.YAMLError:
        raise Flawed([Flaw(Spot(file), wording.UNREADABLE)]) from None
    return PlacedTree(tree, reader.places, reader.keys, tuple(reader.flaws))


def decoded(file: str, content: bytes) -> str:
    """The text of a UTF-8 file, with or without a byte order mark."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        raise Flawed([Flaw(Spot(file, line), wording.NOT_UTF8, {"guess": encoding_guess(content)})]) from None
    strange = NOT_PRINTABLE.search(text)
    if strange:
        facts = {"code": code_of(strange[0])}
        raise Flawed([Flaw(spot_at(file, text, strange.start()), wording.NOT_TEXT, facts)])
    return text


def encoding_guess(content: bytes) -> Text:
    """What the encoding may be instead."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return wording.MAYBE_UTF16
    try:
        chinese = re.search("[\u4e00-\u9fff]{2}", content.decode("gb18030"))
    except UnicodeDecodeError:
        return wording.NO_GUESS
    return wording.MAYBE_GBK if chinese else wording.NO_GUESS


def code_of(character: str) -> str:
    """How a character that cannot be shown is named."""
    return f"U+{ord(character):04X}"


def spot_at(file: str, text: str, index: int) -> Spot:
    """The line and column of a character."""
    return Spot(file, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def syntax_flaw(file: str, text: str, wrong: yaml.MarkedYAMLError) -> Flaw:
    """What the parser stumbled over, in an author's words."""
    problem, mark, opened = wrong.problem or "", wrong.problem_mark, wrong.context_mark
    if mark is None:
        return Flaw(Spot(file), wording.UNREADABLE)
    what = next((cause for said, cause in wording.CAUSES if said in problem), wording.UNREADABLE)
    lines = text.splitlines() or [""]
    line = lines[mark.line] if mark.line < len(lines) else ""
    sign = line[mark.column : mark.column + 1]
    if sign == "\t" and what is wording.BAD_START:
        what = wording.TAB
    what = what.filled(sign=sign, line=(opened or mark).line + 1)
    if any(WIDE_COLON.match(each) for each in lines[max(mark.line - 1, 0) : mark.line + 1]):
        what = wording.WIDE_COLON.filled(what=what)
    return Flaw(Spot(file, mark.line + 1, mark.column + 1), SHOWN, {"what": what})


SHOWN = Text.same("{what}")
"""Passes on a text whose blanks are filled already."""


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

    def document(self) -> Tree:
        """The one document of the stream."""
        self.next()
        if isinstance(self.next(), yaml.StreamEndEvent):
            self.report(Spot(self.file), wording.NO_VALUES)
            raise Stop
        tree = self.node(self.next(), ())
        self.next()
        beyond = self.next()
        if not isinstance(beyond, yaml.StreamEndEvent):
            self.report(self.spot(beyond), wording.SEVERAL)
        if tree == "" and not self.flaws:
            self.report(Spot(self.file), wording.NO_VALUES)
            raise Stop
        return tree

    def node(self, event: Any, path: Path) -> Tree:
        """The value that begins with an event."""
        spot = self.places[path] = self.spot(event)
        if isinstance(event, yaml.ScalarEvent):
            self.refuse_extras(event, spot)
            return self.scalar(event, spot)
        if isinstance(event, yaml.AliasEvent):
            self.report(spot, wording.ALIAS)
            return ""
        if len(path) >= DEEPEST:
            self.report(spot, wording.TOO_DEEP, most=DEEPEST)
            raise Stop
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
                    self.report(self.spot(event), wording.NO_VALUE, key=name)
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
            self.report(spot, wording.ALIAS)
            return ""
        if not isinstance(event, yaml.ScalarEvent):
            self.report(spot, wording.ODD_KEY)
            self.node(event, (*path, ""))
            return ""
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
            assert isinstance(first, Spot)
            self.report(spot, wording.TWICE, key=name, line=first.line)
            return
        self.keys[here] = spot

    def scalar(self, event: Any, spot: Spot) -> str:
        """The text as written; a plain null is the empty text."""
        if is_plain(event) and event.value in NULLS:
            return ""
        text: str = event.value
        strange = NOT_KEPT.search(text)
        if strange:
            self.report(spot, wording.NOT_TEXT, code=code_of(strange[0]))
        return text

    def refuse_extras(self, event: Any, spot: Spot) -> None:
        """Anchors and tags have no place in a file that people read."""
        if event.anchor is not None:
            self.report(spot, wording.ALIAS)
        if event.tag is not None:
            self.report(spot, wording.TAG)

    def spot(self, event: Any) -> Spot:
        """Where an event begins."""
        return Spot(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def report(self, where: Source, what: Text, **facts: object) -> None:
        """Note a flaw; a file with very many is not read to its end."""
        self.flaws.append(Flaw(where, what, facts))
        if len(self.flaws) == MOST_FLAWS:
            self.flaws.append(Flaw(Spot(self.file), wording.TOO_MANY))
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
    """A text in the quotes that it does not hold itself."""
    return f"'{text}'" if '"' in text else f'"{text}"'
