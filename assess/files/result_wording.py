"""What of a result is wording, which another version of the program may put otherwise, and what is not."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import Any, Final

import assess
from assess.core.text import Text
from assess.files.results import WARNING_HEADINGS

WORDING: Final = frozenset({"reason", "warnings"})
"""Under these names results in JSON hold explanations and warnings."""


def is_other_version(engine: str) -> bool:
    """Whether another version of the program made a result; its explanations may be worded otherwise."""
    return engine != assess.__version__


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


def same_but_for_warnings(kept: bytes, made: bytes) -> bool:
    """Whether two results as tables say the same once the words of warnings are left out."""
    try:
        return rows_without_warnings(kept) == rows_without_warnings(made)
    except (ValueError, csv.Error):
        return False


def rows_without_warnings(table: bytes) -> list[list[str]]:
    """The rows of units of a result as a table, without their warnings."""
    rows = csv.reader(StringIO(table.decode("utf-8-sig"), newline=""))
    return [row[: -len(WARNING_HEADINGS)] for row in rows if row and row[0]]
