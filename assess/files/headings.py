"""The headings of a table, whatever file it stands in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assess.core.flaws import Flaw
from assess.core.naming import quoted, trimmed
from assess.core.sources import Source
from assess.core.tables import Heading, heading_key
from assess.core.text import Text

NO_HEADINGS = Text(
    "没有表头，请在首行填写各列名称。", "There are no headings. Enter the column names in the first row."
)
SAME_HEADING = Text("表头“{name}”出现两次，请只保留一列。", "The heading {name} appears twice. Keep one column.")
NO_HEADING = Text("本列有内容而没有表头，请补上表头。", "This column has values but no heading. Add one.")


def without_blank_end(names: Sequence[str]) -> list[str]:
    """Headings without the blank ones after the last."""
    width = max((number for number, name in enumerate(names, 1) if trimmed(name)), default=0)
    return list(names[:width])


def sound_headings(names: Sequence[str], place: Callable[[int], Source]) -> tuple[dict[int, Heading], list[Flaw]]:
    """The headings by the number of their column, blank ones and the second of two equal ones left out."""
    headings: dict[int, Heading] = {}
    flaws: list[Flaw] = []
    seen: set[str] = set()
    for number, name in enumerate(map(trimmed, names)):
        if heading_key(name) in seen:
            flaws.append(Flaw(place(number), SAME_HEADING, {"name": quoted(name)}))
        elif name:
            seen.add(heading_key(name))
            headings[number] = Heading(name, place(number))
    return headings, flaws


def values_without_heading(
    names: Sequence[str], columns: Sequence[Sequence[str]], place: Callable[[int, int], Source]
) -> list[Flaw]:
    """The first value of each column that has no heading."""
    bare = [number for number, name in enumerate(names) if not trimmed(name)]
    first = {number: next((row for row, text in enumerate(columns[number]) if text), None) for number in bare}
    return [Flaw(place(row, number), NO_HEADING) for number, row in first.items() if row is not None]
