"""An entry of a kept JSON document with those around it, so that a reader sees where a value comes from."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from assess.files.evidence_book.surroundings import AROUND, SheetColumn, ShownRow, Surroundings, shortened
from assess.files.json_syntax import parsed
from assess.files.opening import whole_file
from assess.files.workbooks.books import MAX_MEGABYTES

IN_VALUES: Final = re.compile(r"/values/(?P<number>0|[1-9][0-9]{0,5})/value")
SHOWN: Final = ("unit", "figure", "period", "value", "remark")
VALUE: Final = "value"


def entry_at(place: str) -> int | None:
    """The number of the entry that a place kept beside a value names; None where it names none."""
    found = IN_VALUES.fullmatch(place)
    return None if found is None else int(found["number"])


def entries_around(path: Path, number: int, *, neighbours: int = AROUND) -> Surroundings | None:
    """An entry with so many before and after it, as rows with their numbers; None where there is no such entry.

    Raises:
        ValidationError: the document cannot be read any more.
    """
    tree = parsed(whole_file(path, MAX_MEGABYTES), path)
    entries = tree.get("values") if isinstance(tree, dict) else None
    if not isinstance(entries, list) or number >= len(entries):
        return None
    numbers = range(max(0, number - neighbours), min(len(entries), number + neighbours + 1))
    return Surroundings(
        sheet="",
        row=number,
        column=VALUE,
        columns=tuple(SheetColumn(name, skips=False) for name in SHOWN),
        rows=tuple(ShownRow(each, skips=False, is_heading=False, texts=texts_of(entries[each])) for each in numbers),
    )


def texts_of(entry: Any) -> tuple[str, ...]:
    """The parts of an entry as text."""
    parts = entry if isinstance(entry, dict) else {}
    return tuple(shortened(text_of(parts.get(name))) for name in SHOWN)


def text_of(part: Any) -> str:
    """One part as text."""
    if isinstance(part, bool):
        return "true" if part else "false"
    return part if isinstance(part, str) else ""
