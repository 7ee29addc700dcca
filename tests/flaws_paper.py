"""The tables of the guides of all flaws, by code: what is said of each and what to do, in the words of the program."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import Final

import assess.cli
import assess.core
import assess.files
from assess.cli.flaw_codes import sentences_of
from assess.core.text import Language, Text
from tests.guides import GUIDES, parts_of

BEGIN, END = "<!-- flaws: begin -->\n", "<!-- flaws: end -->\n"
GROUPS: Final = (
    ("core.schema.", "core.kinds.", "core.methods.", "core.rules."),
    ("core.expressions.", "core.rules.checking.expressions.", "core.rules.checking.at_places.", "core.kinds.values."),
    ("files.yaml_files.",),
    ("files.rule_sheets.", "files.workbooks.", "files.opening.", "files.foreign."),
    ("core.figures.", "core.units.", "core.exemptions.", "core.parsing.", "core.numbers.", "files.headings.",
     "files.text_tables.", "files.workbooks.tables.", "core.scoring.judging."),
    ("core.examples.", "core.previous.", "core.obligations.tasks.", "files.task_lists.", "core.schema.",
     "files.json_syntax.", "files.previous_results."),
    ("files.outputs.", "files.opening.", "cli.rules.", "cli.scoring.", "cli.message_files."),
)  # fmt: skip
"""Where the sentences of each list of codes stand, in the order of the lists; else they may stand anywhere."""
HEADINGS: Final[dict[Language, str]] = {
    "zh": "| 代码 | 错在哪里、怎样改 |\n|---|---|\n",
    "en": "| code | what is wrong, and what to do |\n|---|---|\n",
}
LISTED: Final = re.compile(r"^\* \*\*(.+?)[:：]\*\* (.+)$", re.MULTILINE)
BLANK: Final = re.compile(r"\{\w+\}")
SENTENCE: Final = re.compile("[\u4e00-\u9fff].*[\u4e00-\u9fff].*[。？}]$")


def modules() -> Iterator[ModuleType]:
    """Every module in which a sentence of a flaw may stand."""
    for package in (assess.core, assess.files, assess.cli):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield importlib.import_module(found.name)


@cache
def sentences() -> dict[str, dict[Text, set[str]]]:
    """The sentences of each code, each with the modules that hold it."""
    found: dict[str, dict[Text, set[str]]] = {}
    for module in modules():
        for code, text in sentences_of(module):
            if SENTENCE.search(text.zh):
                found.setdefault(code, {}).setdefault(text, set()).add(module.__name__.removeprefix("assess.") + ".")
    return found


def rows(code: str, places: tuple[str, ...], language: Language) -> Iterator[str]:
    """A row for each sentence of a code, those of other places only where it has none here."""
    said = sentences().get(code, {})
    here = [text for text, holders in said.items() if any(each.startswith(places) for each in holders)]
    for text in dict.fromkeys(BLANK.sub("…", each.localized(language)) for each in here or said):
        yield f"| `{code}` | {text} |"


def tables(language: Language) -> str:
    """The tables of a guide, one for each list of its codes."""
    parts = []
    for (title, codes), places in zip(LISTED.findall(parts_of(language)["messages"]), GROUPS, strict=True):
        found = [row for code in re.findall(r"`([a-z0-9-]+)`", codes) for row in rows(code, places, language)]
        parts.append(f"**{title}**\n\n{HEADINGS[language]}" + "\n".join(found) + "\n")
    return "\n".join(parts)


def printed(guide: str, language: Language) -> str:
    """The guide with the tables of today."""
    before, rest = guide.split(BEGIN)
    return before + BEGIN + tables(language) + END + rest.split(END)[1]


if __name__ == "__main__":
    for code, path in GUIDES.items():
        path.write_text(printed(path.read_text("utf-8"), code), "utf-8")
