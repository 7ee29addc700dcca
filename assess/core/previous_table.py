"""Last year's results as a table of one row a unit: total, rank, grade and group, each flaw at its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from assess.core.flaws import Flaw
from assess.core.listing import Headings, ListRow, rows_of
from assess.core.naming import folded, half_width, quoted
from assess.core.numbers import NotANumber, exact
from assess.core.parsing import ParseError
from assess.core.rules.sheet import RuleSheet, title_of
from assess.core.tables import Table
from assess.core.text import Text
from assess.core.units.unit_list import UNIT, UnitNames

HEADINGS: Final[Headings] = {
    "unit": ("unit", "单位", *UNIT),
    "total": ("total", "总分", "得分", "总得分", "最终得分"),
    "rank": ("rank", "名次", "排名"),
    "of": ("of", "参加排名数", "参评单位数"),
    "grade": ("grade", "等次", "考核等次"),
    "group": ("group", "分组", "组别"),
}
NOT_A_NUMBER: Final = Text(
    "“{text}”不是数字，请改为数字或留空。", "“{text}” is not a number. Enter a number or leave it blank."
)
NOT_ABOVE_0: Final = Text("“{text}”应大于0，请修改或留空。", "“{text}” must be above 0. Change it or leave it blank.")
NO_SUCH_WORD: Final = Text(
    "评分表没有“{text}”，请填{known}，或留空。",
    "The rule sheet has no “{text}”. Enter one of {known}, or leave it blank.",
)
TWICE: Final = Text("单位“{text}”出现两次，请只保留一行。", "Unit “{text}” appears twice. Keep one row.")


def results_in_table(table: Table, names: UnitNames, sheet: RuleSheet) -> tuple[dict[str, Any], list[Flaw]]:
    """The plain tree of the results that a table holds, as a file of results has it, and what is wrong with it."""
    reader = ResultsReader(names, sheet)
    flaws = list(table.flaws)
    for row in rows_of(table, HEADINGS, ("unit",), flaws):
        flaws += reader.row(row)
    return {"units": list(reader.entries.values())}, flaws


class ResultsReader:
    """Reads one row at a time, and keeps the entry of each unit by its code."""

    def __init__(self, names: UnitNames, sheet: RuleSheet) -> None:
        self.names = names
        self.words = {"grade": known_words(sheet.grades or ()), "group": known_words(sheet.groups or ())}
        self.entries: dict[str, dict[str, Any]] = {}

    def row(self, row: ListRow) -> Iterator[Flaw]:
        """Keep the entry of a row; yields what is wrong with it."""
        found = self.names.find(row.text("unit").strip())
        if isinstance(found, ParseError):
            yield Flaw(row.place("unit"), found.what)
            return
        code = self.names.units.codes[found]
        if code in self.entries:
            yield Flaw(row.place("unit"), TWICE, {"text": quoted(row.text("unit"))})
        entry: dict[str, Any] = {"unit": code, "scores": {}}
        for name in ("total", "rank", "of"):
            entry[name] = half_width(row.text(name)).strip() or None
            yield from wrong_number(row, name, entry[name])
        for name, words in self.words.items():
            text = row.text(name).strip()
            entry[name] = words.get(folded(text)) if text else None
            if text and entry[name] is None:
                yield Flaw(row.place(name), NO_SUCH_WORD, {"text": quoted(text), "known": Text.listed(words.values())})
        self.entries[code] = entry


def known_words(things: Any) -> Mapping[str, str]:
    """The ids of grades or groups by their titles and ids."""
    return {folded(word): each.id for each in things for word in (*title_of(each, each.id), each.id)}


def wrong_number(row: ListRow, name: str, text: str | None) -> Iterator[Flaw]:
    """What is wrong with a number; ranks are above 0."""
    if text is None:
        return
    try:
        number = exact(text)
    except NotANumber:
        yield Flaw(row.place(name), NOT_A_NUMBER, {"text": quoted(text)})
        return
    if name != "total" and number <= 0:
        yield Flaw(row.place(name), NOT_ABOVE_0, {"text": quoted(text)})
