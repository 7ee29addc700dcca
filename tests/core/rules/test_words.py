"""The words of rule sheets and hand-overs that are kept by the name of a class."""

from __future__ import annotations

import re
from pathlib import Path

from assess.core.handover.described import FIELD_DESCRIPTIONS
from assess.core.rules.words import KEYS_OF

CLASS = re.compile(r"^class (\w+)", re.MULTILINE)
CORE = Path(__file__).parents[3] / "assess" / "core"


def test_every_class_that_words_are_kept_for_is_there():
    classes = {name for file in CORE.rglob("*.py") for name in CLASS.findall(file.read_text(encoding="utf-8"))}
    fields = {key.partition(".")[0] for key in FIELD_DESCRIPTIONS if "." in key}

    assert {*KEYS_OF, *fields} <= classes
