"""The words that sheets take, as the guides tell them: by key, in English and in Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from assess.core.text import Language
from tests.guides import parts_of

ROW: Final = re.compile(r"^\| (.*) \| (.*) \|$")
ENTRY: Final = re.compile(r"(\S+) ([\w-]+)(?: \(unless given\)|（不写即此）)?")
CHINESE: Final = re.compile("[\u4e00-\u9fff]")
Words = Mapping[str, tuple[str, ...]]
"""The Chinese words by the English one, in the order of the guide."""
OF_WHAT: Final = re.compile(" of |（")
Choose = Callable[[tuple[str, ...]], str]

TOLD_BY: Final = {"formula": "formula", "panel": "panel", "task-list": "measure", "ledger": "measure"}


def lists_of_words(language: Language) -> dict[str, list[Words]]:
    """The lists that each key may take, as a guide tells them where it tells how sheets are written."""
    found: dict[str, list[Words]] = {}
    for line in parts_of(language)["writing"].splitlines():
        row = ROW.match(line)
        if row is None or not CHINESE.search(row[2]) or "`" not in row[1]:
            continue
        entries = [ENTRY.fullmatch(each.strip()) for each in row[2].split(" · ")]
        words = {entry[2]: tuple(entry[1].split("、")) for entry in entries if entry is not None}
        assert len(words) == len(entries), line
        for key in re.findall(r"`([\w-]+)`", OF_WHAT.split(row[1])[0]):
            found.setdefault(key, []).append(words)
    return found


LISTS: Final = lists_of_words("en")


def in_chinese(tree: Any, choose: Choose) -> Any:
    """The tree of a sheet, each word that the guide lists said in Chinese; `choose` takes one of several spellings."""

    def said(value: Any, path: tuple[Any, ...]) -> Any:
        if isinstance(value, dict):
            return {name: said(each, (*path, name)) for name, each in value.items()}
        if isinstance(value, list):
            return [said(each, (*path, number)) for number, each in enumerate(value)]
        if (len(path) < 2 and path[:1] == ("id",)) or not is_word(tree, value, path):
            return value
        key = path[-2] if isinstance(path[-1], int) else path[-1]
        spellings = [words[value] for words in LISTS.get(key, ()) if value in words]
        return choose(spellings[0]) if spellings else value

    return said(tree, ())


def is_word(tree: Any, value: str, path: tuple[Any, ...]) -> bool:
    """Whether a value is where a word of a list stands: no text of the author's, no choice, no department."""
    if "findings" in path or path[-2:-1] in (("table",), ("coefficients",), ("departments",)):
        return False
    if path[:1] == ("figures",) and path[-1] == "from":
        return "departments" in tree or TOLD_BY.get(value, "") in tree["figures"][path[1]]
    return True
