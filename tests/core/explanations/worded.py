"""Expressions as sentences word them, reckoned with the values that the sentences state."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from assess.core.methods import stating
from tests.core.explanations.reading import Clause

WORDED = {
    "＝": "==", " = ": " == ", "≠": "!=", "≥": ">=", "≤": "<=", "×": "*", "÷": "/", "−": "-", "，": ",",
    " 且 ": " and ", " 或 ": " or ", "非 ": " not ", "如果(": "if_(", "if(": "if_(", "“": '"', "”": '"',
}  # fmt: skip


def evaluated(worded: str, values: tuple[Clause, ...]) -> Any:
    """The value of an expression as the sentence words it, with the values that the sentence states."""
    known: dict[str, Any] = {}
    for place, clause in enumerate(sorted(values, key=lambda each: -len(each.texts["title"]))):
        worded = worded.replace(clause.texts["title"], f"v{place}_")
        known[f"v{place}_"] = value_of(clause)
    for sign, spelled in WORDED.items():
        worded = worded.replace(sign, spelled)
    worded = re.sub(r"(?<![\w\"])(\d+(?:\.\d+)?)(%?)", lambda n: f"F('{n[1]}')" + ("/100" if n[2] else ""), worded)
    worded = re.sub(r"if_\((.*?),(.*?),(.*)\)$", r"((\2) if (\1) else (\3))", worded.strip())
    return eval(worded, {"__builtins__": {}, "F": Fraction, "max": max, "min": min, "abs": abs}, known)


def value_of(clause: Clause) -> Any:
    """What a clause says of a figure."""
    if clause.template in (stating.YES, stating.NO):
        return clause.template == stating.YES
    if "value" in clause.texts:
        return clause.texts["value"]
    return clause.numbers["value"].value if "value" in clause.numbers else None
