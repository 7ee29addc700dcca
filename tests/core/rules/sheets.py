"""Short rule sheets as text, and what their check tells, each flaw at its line and column."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import dedent, indent

from assess.core.expressions import ValueType
from assess.core.text import Language
from assess.files.rule_sheets import LoadedSheet, sheet_of_tree
from assess.files.yaml_files.trees import yaml_tree

X = "x: {kind: number, from: unit}"
AN_ITEM = '- {id: item, points: 10, method: direct, figure: x, clause: "1"}'


def a_text(items: str = AN_ITEM, *, figures: str = X, head: str = "missing: zero", rest: str = "") -> str:
    """A sheet: lines 1 to 3 name it, `head` begins in line 4, `figures:` and `items:` follow, `rest` is last."""
    parts = ["id: a-sheet\ntitle: A sheet\nyear: 2026", dedent(head).strip(), "figures:", below(figures)]
    parts += ["items:", below(items), dedent(rest).strip()]
    return "\n".join(part for part in parts if part) + "\n"


def below(text: str) -> str:
    """A part of the sheet, two blanks to the right."""
    return indent(dedent(text).strip(), "  ")


def loaded(text: str) -> LoadedSheet:
    """The sheet that a text holds, as a file `s` would."""
    document = yaml_tree("s", text.encode())
    flaws = list(document.flaws)
    sheet = sheet_of_tree(document.tree, flaws)
    return LoadedSheet(sheet, document.tree, tuple(flaws), document.located, document.begun, document.locate)


def flaws_of(
    text: str,
    *,
    attributes: Mapping[str, ValueType] | None = None,
    tasks: frozenset[str] | None = None,
    language: Language = "en",
) -> list[str]:
    """Everything that is refused of a text, one line each as `line:column: what is wrong`."""
    return [flaw.localized(language).removeprefix("s:") for flaw in loaded(text).checked(attributes, tasks)]
