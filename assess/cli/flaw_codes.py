"""The code of a flaw: the name of the sentence that says it, in small letters with hyphens."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Final

from assess.core.flaws import Flaw
from assess.core.text import Text

ROOMS: Final = ("assess.core.", "assess.files.", "assess.cli.")
"""Where sentences of flaws stand."""
UNNAMED: Final = "flaw"
"""The code of a sentence without name."""
BLANK: Final = re.compile(r"\{\w+\}")


def codes_of(flaws: Sequence[Flaw]) -> list[str]:
    """The code of each flaw; of one whose blanks were filled before, the longest sentence that it is made of.

    The modules that hold the sentences of flaws that were found are loaded.
    """
    codes = dict(sorted((text, name) for name, text in sentences_loaded()))
    fixed = {text: parts(text) for text in codes}
    said = [innermost(flaw) for flaw in flaws]
    filled = {text: made_of(text, fixed) for text in said if text not in codes}
    return [codes.get(filled.get(text, text), UNNAMED) for text in said]


def innermost(flaw: Flaw) -> Text:
    """What is wrong; where that is told of an expression or of a value, the sentence about it."""
    inner = flaw.facts.get("what")
    return inner if isinstance(inner, Text) else flaw.what


def sentences_loaded() -> Iterator[tuple[str, Text]]:
    """Every constant sentence of the modules that are loaded, by the code of its name."""
    modules = [module for name, module in sorted(sys.modules.items()) if name.startswith(ROOMS)]
    return (found for module in modules for found in sentences_of(module))


def sentences_of(module: ModuleType) -> Iterator[tuple[str, Text]]:
    """The constant sentences of a module, by code."""
    for name, value in vars(module).items():
        if name.isupper() and isinstance(value, Text):
            yield name.lower().replace("_", "-"), value


def made_of(text: Text, fixed: dict[Text, list[str]]) -> Text:
    """The longest sentence that a text holds with its blanks filled; the text itself where it holds none."""
    found = (template for template, each in fixed.items() if stand_in_order(each, text.en))
    return max(found, key=lambda template: len("".join(fixed[template])), default=text)


def stand_in_order(texts: list[str], whole: str) -> bool:
    """Whether texts stand one behind the other in a whole, whatever is between them."""
    at = 0
    for text in texts:
        at = whole.find(text, at)
        if at < 0:
            return False
        at += len(text)
    return at > 0


def parts(template: Text) -> list[str]:
    """What stands between the blanks of a sentence."""
    return [part.replace("{{", "{").replace("}}", "}") for part in BLANK.split(template.en) if part]
