"""Rule sheets as YAML: a line for what is short, a block for what is long, every value text as it is read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from io import StringIO
from pathlib import Path
from typing import Any, Final

from yaml.emitter import Emitter

from assess.core.rules.sheet import RuleSheet, tree_of
from assess.core.schema import Tree
from assess.files.yaml_files.trees import NULLS

WIDTH: Final = 120
STEP: Final = "  "
SPACED: Final = frozenset(
    {"departments", "groups", "figures", "items", "adjustments", "grades", "conversion", "results"}
)
"""Chapters of a sheet, which a blank line sets off."""
UNPRINTED: Final = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""What YAML holds only as an escape, beside the control characters that JSON escapes too."""
READER: Any = Emitter(StringIO(), allow_unicode=True)
"""Knows which text needs no quotes."""


def write_yaml(sheet: RuleSheet, path: Path) -> None:
    """Write a sheet that was read without flaws; the same sheet gives the same bytes."""
    path.write_text(yaml_text(sheet), encoding="utf-8", newline="\n")


def yaml_text(sheet: RuleSheet) -> str:
    """The YAML of a sheet that was read without flaws."""
    lines: list[str] = []
    for name, value in tree_of(sheet).items():
        if name in SPACED:
            lines.append("")
        is_listed = isinstance(value, list) and any(isinstance(each, Mapping) for each in value)
        is_chapter = is_listed or name in ("departments", "figures")
        lines.extend(pair(name, value, "", may_flow=not is_chapter))
    return "\n".join(lines) + "\n"


def pair(name: str, value: Tree, indent: str, *, may_flow: bool = True) -> Iterator[str]:
    """The lines of one key and its value."""
    head = f"{indent}{scalar(name)}:"
    short = f"{head} {flow(value)}"
    if isinstance(value, str) or not value or (may_flow and fits(value, short)):
        yield short
        return
    yield head
    yield from block(value, indent + STEP)


def block(value: Tree, indent: str) -> Iterator[str]:
    """The lines of a list or a mapping, one entry below the other."""
    if isinstance(value, Mapping):
        for name, each in value.items():
            yield from pair(name, each, indent)
        return
    for each in value:
        short = f"{indent}- {flow(each)}"
        if isinstance(each, str) or not each or fits(each, short):
            yield short
        else:
            first, *others = block(each, indent + STEP)
            yield f"{indent}- {first.removeprefix(indent + STEP)}"
            yield from others


def fits(value: Tree, line: str) -> bool:
    """Whether a list or mapping may stand on one line; sections and bonuses never do."""
    return len(line) <= WIDTH and not (isinstance(value, Mapping) and "items" in value and "id" in value)


def flow(value: Tree) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(name, inside=True)}: {flow_entry(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow_entry, value)) + "]"
    return scalar(value)


def flow_entry(value: Tree) -> str:
    """A value inside a list or mapping on one line."""
    return scalar(value, inside=True) if isinstance(value, str) else flow(value)


@lru_cache(maxsize=4096)
def scalar(text: str, *, inside: bool = False) -> str:
    """A text, in double quotes where it would be read as something else without them."""
    known = READER.analyze_scalar(text)
    plain = known.allow_flow_plain if inside else known.allow_block_plain
    if plain and not known.multiline and text not in NULLS:
        return text
    return UNPRINTED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
