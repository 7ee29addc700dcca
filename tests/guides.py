"""The guides of rule sheets in both languages, by their sections and examples."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, NamedTuple

from assess.core.kinds import ListOf, MapOf, RecordOf
from assess.core.methods import ALL, METHOD_RECORDS
from assess.core.obligations.tasks import ListedTask
from assess.core.rules.adjustments import RECORDS
from assess.core.rules.nodes import Item, Section
from assess.core.rules.sheet import RuleSheet
from assess.core.schema import keys_of
from assess.core.text import Language

RULES: Final = Path(__file__).parent.parent / "rules"
GUIDES: Final[dict[Language, Path]] = {"en": RULES / "README.md", "zh": RULES / "README.zh.md"}
ANCHOR: Final = re.compile(r'^<a id="([a-z0-9-]+)"></a>$', re.MULTILINE)
FENCE: Final = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class GuideExample(NamedTuple):
    """A fenced example of a guide: the section it stands in, its language of code, and its text."""

    section: str
    code: str
    text: str


def parts_of(language: Language) -> dict[str, str]:
    """The sections of a guide by their anchors, in order, without the sections inside them."""
    pieces = ANCHOR.split(GUIDES[language].read_text(encoding="utf-8"))
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def examples_of(language: Language) -> list[GuideExample]:
    """The examples of a guide, in order."""
    return [
        GuideExample(section, code, text)
        for section, part in parts_of(language).items()
        for code, text in FENCE.findall(part)
    ]


def records() -> set[type]:
    """Every record that a rule sheet or a task list is made of."""
    found: list[type] = [RuleSheet, Section, Item, *ALL, *METHOD_RECORDS, *RECORDS.values(), ListedTask]
    for record in found:
        for field in keys_of(record).values():
            kind = field.metadata["kind"]
            while isinstance(kind, ListOf | MapOf):
                kind = kind.kind
            if isinstance(kind, RecordOf) and kind.record not in found:
                found.append(kind.record)
    return set(found)
