"""What services note in the log, read from their sources: every kind of subject with every act that is done to it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from tests.acts import Function, Program, name_of

RECORDS = {"audit.record", "record"}


@dataclass(frozen=True)
class Noted:
    """A call that notes an act: where it stands, and the words given with it."""

    function: Function
    line: int
    words: Mapping[str, ast.expr]


class Unknown(Exception):
    """An expression whose words cannot be read from the sources; says where it stands."""


def notes(program: Program) -> Iterator[Noted]:
    """Every call that notes an act."""
    for function in program.functions.values():
        for node in function.nodes:
            if isinstance(node, ast.Call) and name_of(node.func) in RECORDS:
                words = {word.arg: word.value for word in node.keywords if word.arg}
                yield Noted(function, node.lineno, words)


def pairs(program: Program, spelled: Mapping[str, set[str]]) -> set[tuple[str, str]]:
    """Every kind of subject with every act noted of it.

    Args:
        program: the sources.
        spelled: what expressions stand for that the sources do not tell by themselves.
    """
    found = set()
    for note in notes(program):
        read = partial(Reader(program, spelled).texts, note.function)
        kinds = {subject.partition(":")[0] for subject in read(note.words["subject"])}
        found |= {(kind, act) for kind in kinds for act in read(note.words["action"])}
    return found


class Reader:
    """Reads what texts an expression can be; of a text with blanks what stands before the first."""

    def __init__(self, program: Program, spelled: Mapping[str, set[str]]) -> None:
        self.program = program
        self.spelled = spelled

    def texts(self, function: Function, node: ast.expr) -> set[str]:
        """All that an expression in a function can be."""
        written = ast.unparse(node)
        if written in self.spelled:
            return self.spelled[written]
        match node:
            case ast.Constant(value=str(text)):
                return {text}
            case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]):
                return {text}
            case ast.JoinedStr(values=[ast.FormattedValue(value=inner), *_]):
                return self.texts(function, inner)
            case ast.IfExp(body=one, orelse=other):
                return self.texts(function, one) | self.texts(function, other)
            case ast.Subscript(value=ast.Name() as table):
                return {text for each in self.meant(function, table) for text in self.values(function, each)}
            case ast.Call():
                return self.returned(function, node)
            case ast.Name():
                return {text for each in self.meant(function, node) for text in self.texts(function, each)}
        raise Unknown(f"{function.name}:{node.lineno}: {written}")

    def values(self, function: Function, node: ast.expr) -> set[str]:
        """The values of a table."""
        if not isinstance(node, ast.Dict):
            raise Unknown(f"{function.name}:{node.lineno}: {ast.unparse(node)}")
        return {text for value in node.values for text in self.texts(function, value)}

    def returned(self, function: Function, call: ast.Call) -> set[str]:
        """What a function that is called gives back."""
        called = self.program.resolved(function.module, name_of(call.func))
        found = self.program.functions.get(called)
        if found is None:
            raise Unknown(f"{function.name}:{call.lineno}: {ast.unparse(call)}")
        given = [node.value for node in found.nodes if isinstance(node, ast.Return) and node.value]
        return {text for value in given for text in self.texts(found, value)}

    def meant(self, function: Function, name: ast.Name) -> list[ast.expr]:
        """The expressions that a name stands for: given in the function, else in its module or where it comes from."""
        trees, module = self.program.trees, function.module
        given = list(assigned(function.nodes, name.id)) or list(assigned(trees[module].body, name.id))
        if not given and (origin := self.program.imported.get(module, {}).get(name.id)):
            parent, _, own = origin.rpartition(".")
            given = list(assigned(trees[parent].body, own))
        if not given:
            raise Unknown(f"{function.name}:{name.lineno}: {name.id}")
        return given


def assigned(nodes: Iterable[ast.AST], name: str) -> Iterator[ast.expr]:
    """What a name is given in a function or at the top of a module."""
    for node in nodes:
        if isinstance(node, ast.AnnAssign) and name_of(node.target) == name and node.value:
            yield node.value
        if isinstance(node, ast.Assign):
            for target in node.targets:
                yield from value_of(target, node.value, name)


def value_of(target: ast.expr, value: ast.expr, name: str) -> Iterator[ast.expr]:
    """What a name in an assignment gets, alone or as part of a row of names."""
    if name_of(target) == name:
        yield value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for part, given in zip(target.elts, value.elts, strict=False):
            yield from value_of(part, given, name)
