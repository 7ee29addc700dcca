"""YAML files as plain trees: every scalar is text as written, every node knows its line and column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from assess.core.flaws import Flaw, Flawed
from assess.core.flaws import Path as TreePath
from assess.core.schema import Tree
from assess.core.sources import Source, Spot
from assess.core.text import Text
from assess.files.opening import whole_file

Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

MOST_MEGABYTES: Final = 2
DEEPEST: Final = 40

NOT_UTF_8 = Text("文件不是 UTF-8 编码：请另存为 UTF-8", "the file is not in UTF-8: save it as UTF-8")
NO_SYNTAX = Text(
    "YAML 格式有误（{problem}）：检查缩进、制表符、引号、括号和冒号后的空格",
    "this is not proper YAML ({problem}): look at indentation, tabs, quotes, brackets and the space after a colon",
)
CONTROL = Text("有不能显示的控制字符：请删去", "there is a control character here: take it out")
EMPTY = Text("文件是空的", "the file is empty")
ALIAS = Text("不能用锚点和引用（& 和 *）：请照写一遍", "anchors and aliases (& and *) cannot be used: write it out again")
TAG = Text("不能用类型标记（!）：请删去", "type tags (!) cannot be used: take it out")
SECOND = Text("一个文件只能有一份内容（---）", "a file holds one document: take out what follows the second ---")
TOO_DEEP = Text("层次太深（超过 {most} 层）", "nested too deep (more than {most} levels)")
TWICE = Text("“{key}”写了两次：请删去一个", "the key {key} stands twice: take one out")
KEY_NOT_TEXT = Text("键应为文字", "a key must be text")
CUT_EXPRESSION = Text(
    "“{key}”像是被逗号切断的表达式：花括号内含逗号的表达式要加引号",
    "{key} looks like an expression cut at a comma: an expression with a comma inside {{…}} must be in quotes",
)


@dataclass(frozen=True, slots=True)
class YamlTree:
    """A plain tree, where each of its nodes and keys stands, and what was wrong on the way.

    `keys` holds the places of keys, `nodes` those of values.
    """

    file: str
    tree: Tree
    nodes: Mapping[TreePath, Spot]
    keys: Mapping[TreePath, Spot]
    flaws: tuple[Flaw, ...]

    def place(self, path: TreePath) -> Spot:
        """Where a path stands; of one that is not there, where its nearest parent stands."""
        while path not in self.nodes and path:
            path = path[:-1]
        return self.nodes.get(path, Spot(self.file))

    def located(self, flaw: Flaw) -> Flaw:
        """The same flaw at its line and column: a key that should not be there at the key, all else at the value."""
        if type(flaw.where) is not tuple:
            return flaw
        path: TreePath = flaw.where
        is_key = flaw.facts.get("key") == path[-1] if path else False
        where: Source = self.keys[path] if is_key and path in self.keys else self.place(path)
        return flaw.at(where)


def read_yaml(path: Path) -> YamlTree:
    """The plain tree of a YAML file.

    Raises:
        Flawed: the file cannot be read as YAML at all.
    """
    file = str(path)
    text = decoded(whole_file(path, MOST_MEGABYTES), file)
    refuse_events(text, file)
    try:
        node = yaml.compose(text, Loader=Loader)
    except (yaml.YAMLError, RecursionError) as error:
        raise Flawed([syntax_flaw(error, file)]) from None
    if node is None:
        raise Flawed([Flaw(Spot(file), EMPTY)])
    builder = Builder(file)
    tree = builder.value(node, ())
    return YamlTree(file, tree, builder.nodes, builder.keys, tuple(builder.flaws))


def decoded(data: bytes, file: str) -> str:
    """The text of the file."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Flawed([Flaw(Spot(file, line), NOT_UTF_8)]) from None


def refuse_events(text: str, file: str) -> None:
    """Refuse what a rule sheet must not use before anything is built.

    Raises:
        Flawed: broken syntax, anchors, aliases, tags, several documents, or nesting without end.
    """
    depth, documents, flaws = 0, 0, []
    try:
        for event in yaml.parse(text, Loader=Loader):
            spot = Spot(file, event.start_mark.line + 1, event.start_mark.column + 1)
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents == 2:
                    flaws.append(Flaw(spot, SECOND))
            elif isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                flaws.append(Flaw(spot, ALIAS))
            elif getattr(event, "tag", None):
                flaws.append(Flaw(spot, TAG))
            depth += nesting(event)
            if depth > DEEPEST:
                raise Flawed([*flaws, Flaw(spot, TOO_DEEP, {"most": DEEPEST})])
    except (yaml.YAMLError, RecursionError) as error:
        raise Flawed([*flaws, syntax_flaw(error, file)]) from None
    if flaws:
        raise Flawed(flaws)


def nesting(event: Any) -> int:
    """How an event changes the depth."""
    if isinstance(event, yaml.CollectionStartEvent):
        return 1
    return -1 if isinstance(event, yaml.CollectionEndEvent) else 0


def syntax_flaw(error: Exception, file: str) -> Flaw:
    """What the parser stumbled over, in plain words."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    spot = Spot(file) if mark is None else Spot(file, mark.line + 1, mark.column + 1)
    if isinstance(error, yaml.reader.ReaderError):
        return Flaw(spot, CONTROL)
    problem = str(getattr(error, "problem", None) or "")
    return Flaw(spot, NO_SYNTAX, {"problem": problem or type(error).__name__})


class Builder:
    """Builds the plain tree of composed nodes and remembers where each stands."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.nodes: dict[TreePath, Spot] = {}
        self.keys: dict[TreePath, Spot] = {}
        self.flaws: list[Flaw] = []

    def spot(self, node: yaml.Node) -> Spot:
        """Where a node begins."""
        return Spot(self.file, node.start_mark.line + 1, node.start_mark.column + 1)

    def value(self, node: yaml.Node, path: TreePath) -> Tree:
        """The plain value of a node."""
        self.nodes[path] = self.spot(node)
        if isinstance(node, yaml.MappingNode):
            return dict(self.pairs(node, path))
        if isinstance(node, yaml.SequenceNode):
            return [self.value(each, (*path, i)) for i, each in enumerate(node.value)]
        assert isinstance(node, yaml.ScalarNode)
        plain_null = node.style is None and node.value in NULLS
        return "" if plain_null else node.value

    def pairs(self, node: yaml.MappingNode, path: TreePath) -> Iterator[tuple[str, Tree]]:
        """Key and value of a mapping; of a key that stands twice the first counts."""
        seen: set[str] = set()
        before: yaml.Node | None = None
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.flaws.append(Flaw(self.spot(key_node), KEY_NOT_TEXT))
                continue
            key = key_node.value
            if is_cut_expression(before, key_node, value_node):
                self.flaws.append(Flaw(self.spot(before or key_node), CUT_EXPRESSION, {"key": cut_text(before)}))
                continue
            before = value_node
            if key in seen:
                self.flaws.append(Flaw(self.spot(key_node), TWICE, {"key": key}))
                continue
            seen.add(key)
            self.keys[(*path, key)] = self.spot(key_node)
            yield key, self.value(value_node, (*path, key))


NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})


def is_cut_expression(before: yaml.Node | None, key: yaml.ScalarNode, value: yaml.Node) -> bool:
    """Whether a key without a value is the rest of an expression that a comma in `{…}` cut in two."""
    empty = isinstance(value, yaml.ScalarNode) and value.value == "" and value.style is None
    return empty and isinstance(before, yaml.ScalarNode) and before.value.count("(") > before.value.count(")")


def cut_text(node: yaml.Node | None) -> str:
    """The part of the expression before the comma."""
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""
