"""A scoring method that is not whole: one test says everything that it lacks."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

from assess.core.kinds import ReferenceType
from assess.core.methods import ALL, METHOD_RECORDS, inner_records
from assess.core.methods.words import METHOD_KEYS, METHOD_KEYS_OF
from assess.core.schema import key, keys_of

TOP = Path(__file__).parents[3]
GUIDE = (TOP / "rules" / "README.md").read_text(encoding="utf-8")
GALLERY = (TOP / "rules" / "method-gallery" / "rule-sheet.yaml").read_text(encoding="utf-8")


def lacking(record: type, name: str) -> list[str]:
    """What a method lacks: words of its keys and of its parts, an entry in the guide, an item of the gallery."""
    records = (record, *(inner for _, inner in inner_records(record)))
    unworded = [
        f"{name}: core/methods/words.py has no words for the key {each!r} of {part.__name__}"
        for part in records
        for each in keys_of(part)
        if each not in METHOD_KEYS and each not in METHOD_KEYS_OF.get(part.__name__, {})
    ]
    guide = [] if f"`{name}`" in GUIDE else [f"{name}: rules/README.md does not tell of it"]
    gallery = [] if re.search(rf"method: {name}\b", GALLERY) else [f"{name}: rules/method-gallery has no item of it"]
    return [*unworded, *guide, *gallery]


def test_no_method_lacks_words_guide_or_gallery():
    assert [each for method in ALL for each in lacking(method, method.name)] == []


@dataclass(frozen=True, slots=True, kw_only=True)
class Halving:
    """A method that somebody has only begun."""

    figure: str = key(ReferenceType("figure"))
    half_at: str = key(ReferenceType("figure"))


def test_a_method_that_somebody_has_only_begun_is_told_all_that_it_lacks():
    assert lacking(Halving, "halving") == [
        "halving: core/methods/words.py has no words for the key 'half_at' of Halving",
        "halving: rules/README.md does not tell of it",
        "halving: rules/method-gallery has no item of it",
    ]


def test_nobody_outside_the_package_of_methods_names_a_method():
    names = {record.__name__ for record in ALL}
    assert names <= {record.__name__ for record in METHOD_RECORDS}
    others = (path for path in (TOP / "assess").rglob("*.py") if "methods" not in path.parts)
    imported = [
        (path.relative_to(TOP).as_posix(), alias.name)
        for path in others
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("assess.core.methods")
        for alias in node.names
        if alias.name in names
    ]
    assert imported == []
