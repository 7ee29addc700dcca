"""What of a result is wording, which another version of the program may put otherwise, and what is not."""

from __future__ import annotations

import json
from typing import Any, Final

from assess.core.text import Text

WORDING: Final = frozenset({"reason", "warnings"})
"""Under these names results in JSON hold explanations and warnings."""


def same_but_for_wording(kept: bytes, made: bytes) -> bool:
    """Whether two results in JSON say the same once explanations and warnings are left out."""
    try:
        return bool(without_wording(json.loads(kept)) == without_wording(json.loads(made)))
    except (ValueError, RecursionError):
        return False


def without_wording(tree: Any) -> Any:
    """A result without explanations and warnings."""
    if isinstance(tree, dict):
        return {name: without_wording(each) for name, each in tree.items() if name not in WORDING}
    return [without_wording(each) for each in tree] if isinstance(tree, list) else tree


def reasons_of(results: bytes) -> dict[tuple[str, str], Text]:
    """The explanations of results that the service kept, by unit and item."""
    return {
        (unit["unit"], node): Text(**line["reason"])
        for unit in json.loads(results)["units"]
        for node, line in unit["scores"].items()
        if "reason" in line
    }
