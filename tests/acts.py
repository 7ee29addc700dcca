"""What services do, read from their sources: which functions write, which note it in the log, who calls whom.

A function is `module:name`. A call is whatever names another function of services or of the store, also where it is
handed on, as `partial(keep, folder)`; methods of objects are not followed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tests.walls import Module

SERVICES, STORE, DOORS = "assess.services", "assess.store", ("assess.web", "assess.cli", "assess.worker")
RECORD = "assess.services.audit.recording:record"
WRITING_METHODS = {"add", "add_all", "delete", "merge", "flush", "bulk_save_objects"}
WRITING_STATEMENTS = {"insert", "update", "delete"}


@dataclass
class Function:
    """One function: what it takes, what it names, and whether it writes to the database itself."""

    name: str
    nodes: list[ast.AST]
    calls: set[str] = field(default_factory=set)

    @property
    def module(self) -> str:
        """Where it stands."""
        return self.name.partition(":")[0]

    @property
    def writes(self) -> bool:
        """Whether it adds, changes or deletes rows itself, or sends what others changed."""
        return any(is_write(node) for node in self.nodes)


def is_write(node: ast.AST) -> bool:
    """Whether a step of a program changes rows."""
    if isinstance(node, ast.Assign | ast.AugAssign):
        return any(is_row_changed(target) for target in targets_of(node))
    if not isinstance(node, ast.Call):
        return False
    called = node.func
    if isinstance(called, ast.Name):
        return called.id == "flush" or called.id in WRITING_STATEMENTS
    owner, _, method = name_of(called).partition(".")
    return owner == "session" and method in WRITING_METHODS


def targets_of(node: ast.Assign | ast.AugAssign) -> Iterator[ast.expr]:
    """What an assignment fills, the parts of a pair too."""
    for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
        yield from target.elts if isinstance(target, ast.Tuple) else [target]


def is_row_changed(target: ast.expr) -> bool:
    """Whether a field of something else than oneself is filled."""
    return isinstance(target, ast.Attribute) and not name_of(target).startswith("self.")


class Program:
    """The functions of services and of the store, and what the doors call of them."""

    def __init__(self, modules: Iterable[Module]) -> None:
        named = {dotted(module): module for module in modules}
        self.trees = {name: each.tree for name, each in named.items() if name.startswith((SERVICES, STORE, *DOORS))}
        self.nodes = {name: list(ast.walk(tree)) for name, tree in self.trees.items()}
        self.functions: dict[str, Function] = {}
        for module, tree in self.trees.items():
            if module.startswith((SERVICES, STORE)):
                for node in tree.body:
                    if isinstance(node, ast.FunctionDef):
                        self.functions[f"{module}:{node.name}"] = Function(
                            f"{module}:{node.name}", list(ast.walk(node))
                        )
        for function in self.functions.values():
            function.calls = self.named_in(function.module, function.nodes)

    def named_in(self, module: str, nodes: Sequence[ast.AST]) -> set[str]:
        """The functions that a piece of a module names; the module itself has no names of its own."""
        own = own_names(nodes) if isinstance(nodes[0], ast.FunctionDef) else set()
        names = {name for node in nodes if (name := name_of(node))} - own
        return {found for name in names if (found := self.resolved(module, name)) in self.functions}

    def resolved(self, module: str, name: str) -> str:
        """The function that a name, or a name of an imported module, means; the name itself where it means none."""
        head, _, tail = name.partition(".")
        if not tail and f"{module}:{head}" in self.functions:
            return f"{module}:{head}"
        origin = self.imported.get(module, {}).get(head)
        if origin is None:
            return name
        if tail:
            return self.resolved(origin, tail) if origin in self.trees else name
        parent, _, own = origin.rpartition(".")
        return self.resolved(parent, own) if parent in self.trees and origin not in self.trees else origin

    @cached_property
    def imported(self) -> dict[str, dict[str, str]]:
        """What each module imports, by the name it has there: a module, or a name in a module."""
        found: dict[str, dict[str, str]] = {}
        for module, nodes in self.nodes.items():
            for node in nodes:
                if isinstance(node, ast.ImportFrom):
                    names = {each.asname or each.name: f"{node.module}.{each.name}" for each in node.names}
                    found.setdefault(module, {}).update(names)
        return found

    def reaches(self, name: str, goals: set[str]) -> bool:
        """Whether a function, or whatever it calls, is one of these."""
        seen, waiting = set(), [name]
        while waiting:
            here = waiting.pop()
            if here in goals:
                return True
            if here not in seen:
                seen.add(here)
                waiting += self.functions[here].calls
        return False

    @property
    def acts(self) -> list[str]:
        """What services offer: what a door calls, and what nothing calls at all."""
        doors = {name for module in self.doors for name in self.named_in(module, self.nodes[module])}
        called = {name for each in self.functions.values() for name in each.calls if name != each.name}
        own = [name for name in self.functions if name.startswith(SERVICES)]
        return sorted(name for name in own if name in doors or name not in called)

    @property
    def doors(self) -> list[str]:
        """The modules of the doors."""
        return [module for module in self.trees if module.startswith(DOORS)]

    @property
    def unrecorded(self) -> list[str]:
        """Acts that reach a write and no entry of the log."""
        writers = {name for name, each in self.functions.items() if each.writes and name != RECORD}
        return [name for name in self.acts if self.reaches(name, writers) and not self.reaches(name, {RECORD})]

    @property
    def keepers(self) -> set[str]:
        """What keeps the results of each kind of job."""
        made = [
            (module, word.value)
            for module, nodes in self.nodes.items()
            for node in nodes
            if isinstance(node, ast.Call) and name_of(node.func).endswith("JobType")
            for word in node.keywords
            if word.arg == "keep"
        ]
        return {name for module, kept in made for name in self.named_in(module, list(ast.walk(kept)))}


def own_names(nodes: Sequence[ast.AST]) -> set[str]:
    """The names that a function has of its own: what it takes and what it fills."""
    taken = {node.arg for node in nodes if isinstance(node, ast.arg)}
    return taken | {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def name_of(node: ast.AST) -> str:
    """A name, alone or of a module; nothing where the node is none."""
    if isinstance(node, ast.Name):
        return node.id
    alone = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    return f"{node.value.id}.{node.attr}" if alone else ""


def dotted(module: Module) -> str:
    """The full name of a module."""
    parts = module.path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
