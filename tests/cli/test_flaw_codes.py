"""Every flaw of a sheet and of what is read beside it has a code that both guides name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assess.core.text import Language
from tests.flaws_paper import LISTED, printed
from tests.guides import GUIDES, parts_of

TOP = Path(__file__).parents[2]
READ = (
    "core/schema.py", "core/kinds", "core/methods", "core/rules", "core/expressions", "core/figures",
    "core/units/unit_list.py",
    "core/exemptions.py", "core/examples.py", "core/previous.py", "core/obligations/tasks.py",
    "files/rule_sheets", "files/yaml_files", "files/headings.py", "files/text_tables.py", "files/task_lists.py",
    "files/opening.py", "files/outputs.py", "cli/rules.py", "cli/scoring.py", "cli/message_files.py",
)  # fmt: skip
MAKES_FLAWS = {"Flaw", "ParseError", "wrong", "WrongExpression", "refusal", "note", "refuse", "report"}
NO_FLAWS = {"nothing", "none-known", "no-groups", "not-rounded", "of-a-figure", "shown", "unset", "wrong-expression"}
"""Words that stand inside sentences, and what stands around them."""


def sentences() -> Iterator[str]:
    """The code of every constant from which a flaw is made."""
    for place in READ:
        path = TOP / "assess" / place
        for file in sorted(path.rglob("*.py")) if path.is_dir() else (path,):
            for call in (node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)):
                if called(call.func) in MAKES_FLAWS:
                    yield from (name.lower().replace("_", "-") for name in map(constant, call.args) if name.isupper())


def called(node: ast.expr) -> str:
    """The last name of what is called."""
    return getattr(node, "attr", getattr(node, "id", ""))


def constant(argument: ast.expr) -> str:
    """The name of an argument, filled or not."""
    if (
        isinstance(argument, ast.Call)
        and called(argument.func) == "format"
        and isinstance(argument.func, ast.Attribute)
    ):
        argument = argument.func.value
    return called(argument)


@pytest.mark.parametrize("language", GUIDES)
def test_each_guide_names_the_code_of_every_flaw(language: Language):
    named = set(re.findall(r"`([a-z0-9-]+)`", parts_of(language)["messages"]))

    assert set(sentences()) - named - NO_FLAWS == set()


@pytest.mark.parametrize("language", GUIDES)
def test_each_guide_says_of_every_code_what_is_wrong_and_what_to_do(language: Language):
    guide = GUIDES[language].read_text("utf-8")
    codes = set(
        re.findall(r"`([a-z0-9-]+)`", "".join(found for _, found in LISTED.findall(parts_of(language)["messages"])))
    )

    assert printed(guide, language) == guide
    assert codes - set(re.findall(r"^\| `([a-z0-9-]+)` \|", parts_of(language)["flaws"], re.MULTILINE)) == set()
