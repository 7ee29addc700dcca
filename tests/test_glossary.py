"""The glossary: what it says is called so in code is called so."""

from __future__ import annotations

import ast
import re
from pathlib import Path

TOP = Path(__file__).parent.parent
NAME = re.compile(r"`(\w+)(?:\.\w+)?`")


def names_in_code() -> set[str]:
    """The names of all classes and functions of the house."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in (TOP / "assess").rglob("*.py"))
    named = ast.ClassDef | ast.FunctionDef
    return {node.name for tree in trees for node in ast.walk(tree) if isinstance(node, named)}


def test_every_name_of_the_glossary_stands_in_the_code():
    rows = (TOP / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    named = {name for row in rows if row.startswith("|") for name in NAME.findall(row.rsplit("|", 2)[1])}

    assert len(named) > 70
    assert named - names_in_code() == set()
