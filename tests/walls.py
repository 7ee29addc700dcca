"""The walls of the house: which room may import what, and how large a thing may grow.

Each check takes sources and returns a plain list of offenders, so that a failing test shows them all.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path

HOUSE = "assess"

MAY_IMPORT = {
    "core": (),
    "files": ("core",),
    "store": ("core",),
    "services": ("core", "files", "store"),
    "web": ("core", "services", "store.queries", "store.session", "settings"),
    "cli": ("core", "files", "services", "store.queries", "store.session", "settings", "worker"),
    "worker": ("core", "services", "store.queries", "store.queue", "store.session", "settings"),
    "settings": ("core",),
    "__main__": ("cli",),
    "": (),
}
"""The arrows between rooms; the empty name is the house itself, `assess/__init__.py`."""

LIBRARIES = {
    "core": {"numpy"},
    "files": {
        "openpyxl",
        "xlsxwriter",
        "defusedxml",
        "xlrd",
        "yaml",
        "reportlab",
        "rl_accel",
        "segno",
        "icalendar",
        "pyhanko",
        "pypdf",
        "pyhanko_certvalidator",
        "asn1crypto",
        "cryptography",
        "puremagic",
        "PIL",
        "markdown_it",
    },
    "store": {"sqlalchemy", "alembic"},
    "services": {"argon2"},
    "web": {
        "flask",
        "flask_wtf",
        "flask_login",
        "flask_babel",
        "flask_compress",
        "babel",
        "wtforms",
        "werkzeug",
        "jinja2",
        "markupsafe",
        "itsdangerous",
    },
    "cli": {"click", "rich", "gunicorn"},
    "worker": {"click", "rich"},
}
"""One library, one room; the two doors that speak to a terminal share theirs. A new library is named here first."""

IMPURE = {"os", "pathlib", "time", "random", "secrets", "socket", "subprocess", "shutil", "tempfile", "uuid", "urllib"}
"""Parts of the standard library that `core`, which sees no file, clock, network or chance, leaves alone."""

FORBIDDEN_CALLS = {
    "core": {"open", "now", "utcnow", "today"},
    "services": {"commit", "now", "utcnow", "today", "select"},
}
HIDDEN_IMPORTS = {"__import__", "import_module"}
"""Refused everywhere but at the command line, which loads a group of commands when one is called."""

NAMES_STAGES = (Path("assess/core/workflow.py"), Path("assess/cli/demonstration"))
"""Who may name a stage: the table of stages, and the script of the demonstration year, which compares none."""

SERVES = Path("assess/cli/serve.py")
"""The one command that may know the web."""

SHARED = {HOUSE, f"{HOUSE}.__version__"}
"""What every room may import of the house itself."""

LATE_IMPORT = ("# command groups load their libraries when called", "# slow library")
"""The comments under which a function may import."""

TAKES_FORMS = (
    Path("assess/web/submission.py"),
    Path("assess/web/forms/fields.py"),  # the query of an address, which changes nothing
    Path("assess/web/views/checks.py"),  # a check code in an address: a code that is not known is counted, and 404
)
"""Who may validate a form and catch a refusal."""
VALIDATES, DECLINED = {"validate", "validate_on_submit"}, {"Declined", "Refused", "Stale"}

BODY, VIEW, FILE, TEMPLATE, POSITIONAL = 40, 25, 500, 120, 5
UNNAMED = {"utils", "helpers", "common", "misc"}


@dataclass(frozen=True)
class Module:
    """One Python file: its path from the top of the project, and its text."""

    path: Path
    text: str

    @property
    def tree(self) -> ast.Module:
        """The parsed text."""
        return parsed(self.text)

    @property
    def room(self) -> str:
        """The room or door of the house that the file belongs to."""
        parts = self.path.with_suffix("").parts[1:]
        return "" if parts == ("__init__",) else parts[0]

    @property
    def folder(self) -> str:
        """The subject of a room that the file belongs to: `core.units`, whether that is a folder or one file."""
        return ".".join(part for part in self.path.with_suffix("").parts[1:3] if part != "__init__")

    def at(self, node: ast.stmt | ast.expr, what: str) -> str:
        """An offence with its place."""
        return f"{self.path.as_posix()}:{node.lineno}: {what}"


@cache
def parsed(text: str) -> ast.Module:
    """The tree of a file, which every check walks."""
    return ast.parse(text)


def modules(top: Path, *folders: str) -> list[Module]:
    """Every Python file below these folders of the project."""
    paths = sorted(path for folder in folders for path in (top / folder).rglob("*.py"))
    return [Module(path.relative_to(top), path.read_text(encoding="utf-8")) for path in paths]


def imports(tree: ast.AST) -> Iterator[tuple[ast.Import | ast.ImportFrom, str]]:
    """Each import statement with each full name that it brings in."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


def crossed_arrows(module: Module) -> list[str]:
    """Imports of rooms that this room may not know."""
    allowed = (module.room, *MAY_IMPORT.get(module.room, ()), *(("web",) if module.path == SERVES else ()))
    return [
        module.at(node, f"{module.room or HOUSE} may not import {name}")
        for node, name in imports(module.tree)
        if name.split(".")[0] == HOUSE
        and name not in SHARED
        and not any(name == f"{HOUSE}.{room}" or name.startswith(f"{HOUSE}.{room}.") for room in allowed if room)
    ]


def strange_libraries(module: Module) -> list[str]:
    """Imports of libraries that another room owns, that no room owns, or that `core` must not use."""
    own = LIBRARIES.get(module.room, set()) | sys.stdlib_module_names | {HOUSE}
    refused = IMPURE if module.room == "core" else set()
    return [
        module.at(node, f"{module.room or HOUSE} may not use {name.split('.')[0]}")
        for node, name in imports(module.tree)
        if name.split(".")[0] not in own - refused
    ]


def relative_imports(module: Module) -> list[str]:
    """Imports that begin with a dot."""
    return [
        module.at(node, "import by the full name")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]


def late_imports(module: Module) -> list[str]:
    """Imports inside functions that no comment of the closed list stands above."""
    lines = module.text.splitlines()
    late = {
        node.lineno: node
        for function in functions(module.tree)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }

    def excused(line: int) -> bool:
        above = line - 1
        return excused(above) if above in late else lines[above - 1].strip() in LATE_IMPORT

    return [module.at(late[line], "import at the top of the file") for line in sorted(late) if not excused(line)]


def forbidden_calls(module: Module) -> list[str]:
    """Calls that read a clock or a file, commit or select where the room must not, and imports by a call."""
    forbidden = FORBIDDEN_CALLS.get(module.room, set()) | (HIDDEN_IMPORTS if module.room != "cli" else set())
    return [
        module.at(node, f"{module.room or HOUSE} may not call {called(node)}")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and called(node) in forbidden
    ]


def called(node: ast.Call) -> str:
    """The last part of the name of what is called."""
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def long_functions(module: Module) -> list[str]:
    """Functions whose body, without the docstring, has more than 40 lines."""
    return [
        module.at(function, f"{function.name} has {length} lines, {BODY} are the most")
        for function in functions(module.tree)
        if (length := body_lines(function)) > BODY
    ]


def long_views(module: Module) -> list[str]:
    """Views, functions with a route, whose body has more than 25 lines."""
    return [
        module.at(function, f"{function.name} has {length} lines, {VIEW} are the most for a view")
        for function in functions(module.tree)
        if is_view(function) and (length := body_lines(function)) > VIEW
    ]


def is_view(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a route leads to a function."""
    return any(isinstance(each, ast.Call) and called(each) == "route" for each in function.decorator_list)


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines from the first statement after the docstring to the end."""
    body = function.body[1:] if ast.get_docstring(function, clean=False) is not None else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def long_files(module: Module) -> list[str]:
    """Files of more than 500 lines."""
    length = len(module.text.splitlines())
    return [f"{module.path.as_posix()}: {length} lines, {FILE} are the most"] if length > FILE else []


def long_templates(top: Path, folder: str) -> list[str]:
    """Templates of more than 120 lines."""
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in (top / folder).rglob("*.html")}
    return [
        f"{path.relative_to(top).as_posix()}: {length} lines, {TEMPLATE} are the most"
        for path, length in sorted(lengths.items())
        if length > TEMPLATE
    ]


def many_arguments(module: Module) -> list[str]:
    """Functions that take more than five arguments without keywords, `self` and `cls` not counted."""
    return [
        module.at(function, f"{function.name} takes {count} arguments without keywords, {POSITIONAL} are the most")
        for function in functions(module.tree)
        if (count := positional(function)) > POSITIONAL
    ]


def positional(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many arguments may be given by position."""
    names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    return len(names) - (names[:1] in (["self"], ["cls"]))


def unfinished(module: Module) -> list[str]:
    """Lines that put work off."""
    put_off = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X")))
    return [
        f"{module.path.as_posix()}:{number}: finish it or file it: {line.strip()}"
        for number, line in enumerate(module.text.splitlines(), 1)
        if put_off.search(line)
    ]


def unnamed(paths: list[Path]) -> list[str]:
    """Files and folders called after nothing in particular."""
    return [
        f"{path.as_posix()}: name it after its subject"
        for path in paths
        if UNNAMED & {part.split(".")[0].lower() for part in path.parts}
    ]


def signless_doors(found: list[Module]) -> list[str]:
    """Folders of the house without an `__init__.py`, and those whose `__init__.py` says nothing."""
    signs = {module.path.parent: module for module in found if module.path.name == "__init__.py"}
    bare = sorted({module.path.parent for module in found} - set(signs))
    return [f"{folder.as_posix()}: no __init__.py" for folder in bare] + [
        f"{module.path.as_posix()}: no docstring" for module in signs.values() if not ast.get_docstring(module.tree)
    ]


def shared_class_names(found: list[Module]) -> list[str]:
    """Class names that stand in more than one place, each with where."""
    places: dict[str, list[str]] = {}
    for module in found:
        for node in ast.walk(parsed(module.text)):
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name, []).append(f"{module.path}:{node.lineno}")
    return [f"{name}: {', '.join(where)}" for name, where in sorted(places.items()) if len(where) > 1]


def folder_circles(found: list[Module]) -> list[str]:
    """Circles among folders, each as the imports that close it; no two of them share an arrow."""
    arrows, circles = folder_arrows(found), []
    while circle := circle_in(arrows):
        circles.append("\n".join(arrows.pop(arrow) for arrow in circle))
    return circles


def folder_arrows(found: list[Module]) -> dict[tuple[str, str], str]:
    """Which folder imports from which other, each with the first import that does."""
    folders, arrows = {module.folder for module in found}, dict[tuple[str, str], str]()
    for module in found:
        for node, name in imports(module.tree):
            house, *below = name.split(".")[:3]
            other = next((".".join(part) for part in (below, below[:1]) if ".".join(part) in folders), module.folder)
            if house == HOUSE and other != module.folder:
                arrows.setdefault((module.folder, other), module.at(node, f"{module.folder} imports {other}"))
    return arrows


def circle_in(arrows: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The arrows of one circle; none where there is none."""
    known: dict[str, list[str]] = {}
    for folder, other in arrows:
        known.setdefault(folder, []).append(other)
    try:
        TopologicalSorter(known).prepare()
    except CycleError as error:
        return [(folder, other) for other, folder in pairwise(error.args[1])]
    return []


def own_submissions(module: Module) -> list[str]:
    """Pages that validate a form or catch a refusal themselves instead of leaving both to `submission`."""
    if module.room != "web" or module.path in TAKES_FORMS:
        return []
    return [
        module.at(node, "take the form with submission()")
        for node in ast.walk(module.tree)
        if (isinstance(node, ast.Call) and called(node) in VALIDATES)
        or (isinstance(node, ast.Try) and DECLINED & names_caught(node))
    ]


def names_caught(node: ast.Try) -> set[str]:
    """The plain names of the exceptions that a statement catches."""
    caught = [each for handler in node.handlers if handler.type is not None for each in ast.walk(handler.type)]
    return {each.id for each in caught if isinstance(each, ast.Name)}


def named_stages(module: Module) -> list[str]:
    """Stages named outside their table, where a property of the stage or an act would say what is meant."""
    if module.path == NAMES_STAGES[0]:
        return []
    named = list(_stages_named(ast.walk(module.tree)))
    if NAMES_STAGES[1] in module.path.parents:
        compared = [node for node in ast.walk(module.tree) if isinstance(node, ast.Compare)]
        named = [each for node in compared for each in _stages_named(ast.walk(node))]
    return [f"{module.path}:{node.lineno}: ask a property of the stage, not for Stage.{node.attr}" for node in named]


def _stages_named(nodes: Iterator[ast.AST]) -> Iterator[ast.Attribute]:
    for node in nodes:
        of_stages = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Stage"
        if of_stages and node.attr.isupper():
            yield node


def stages_compared(top: Path, folder: str, stages: Iterable[str]) -> list[str]:
    """Templates that compare the stage of a year with a word."""
    words = rf"""\(?["'](?:{"|".join(stages)})["']"""
    compared = re.compile(rf"(?:(?:stage|target|\bto) (?:==|!=|(?:not )?in)|ends\.get\() ?{words}")
    return [
        f"{path.relative_to(top)}:{number}: ask a property of the stage: {line.strip()}"
        for path in sorted((top / folder).rglob("*.html"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if compared.search(line)
    ]
