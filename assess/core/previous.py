"""Last year's results of the units: what preconditions and trends look back to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assess.core.exact import Column
from assess.core.expressions import TextColumn
from assess.core.flaws import Flaw
from assess.core.naming import quoted
from assess.core.numbers import NotANumber, exact
from assess.core.schema import Tree
from assess.core.sources import Source
from assess.core.text import Text
from assess.core.units.unit_list import Units, column_texts

NOT_RESULTS = Text(
    "{at}：应为assess score输出的上年度结果（含units列表）。",
    "{at}: this must be last year's results as written by “assess score”, with a list “units”.",
)
NOT_A_TEXT = Text("{at}：应为文字或null。", "{at}: this must be a text or null.")
NOT_A_NUMBER = Text("{at}：应为数字或null。", "{at}: this must be a number or null.")
NO_CODE = Text("{at}：缺少单位代码。", "{at}: the unit code is missing.")
TWICE = Text("{at}：单位“{code}”出现两次，请只保留一处。", "{at}: unit “{code}” appears twice. Keep one.")


@dataclass(frozen=True, slots=True, eq=False)
class PreviousResults:
    """Last year's results, one entry a unit of this year.

    Attributes:
        rank: may hold halves where ties shared a mean.
        total: as printed.
        scores: printed scores by node id.
    """

    units: Units
    group: TextColumn
    grade: TextColumn
    rank: Column
    of: Column
    total: tuple[str | None, ...]
    scores: tuple[Mapping[str, str | None], ...]

    def canonical(self) -> list[list[Any]]:
        """What is known of each unit, in the order of codes."""
        texts = [column_texts(column) for column in (self.group, self.grade, self.rank, self.of)]
        order = sorted(range(len(self.units)), key=lambda place: self.units.codes[place])
        return [
            [self.units.codes[i], *(column[i] for column in texts), self.total[i], sorted(self.scores[i].items())]
            for i in order
        ]


def read_previous_results(tree: Tree, units: Units, whole: Source) -> tuple[PreviousResults, list[Flaw]]:
    """Last year's results from the plain tree of a JSON file, its numbers as text or exact.

    Units that are no longer there and keys that are not needed are ignored.
    """
    reader = PreviousReader(whole)
    found: dict[str, Mapping[str, Tree]] = {}
    entries = tree.get("units") if isinstance(tree, Mapping) else None
    if not isinstance(entries, list):
        reader.note(NOT_RESULTS, "units")
        entries = []
    for number, entry in enumerate(entries):
        code = entry.get("unit") if isinstance(entry, Mapping) else None
        if not isinstance(code, str) or not code.strip():
            reader.note(NO_CODE, f"units[{number}].unit")
        elif code.strip() in found:
            reader.note(TWICE, f"units[{number}].unit", code=quoted(code))
        else:
            found[code.strip()] = reader.entry(entry, f"units[{number}]")
    return previous_of(units, [found.get(code, {}) for code in units.codes]), reader.flaws


def previous_of(units: Units, entries: Sequence[Mapping[str, Any]]) -> PreviousResults:
    """The results from the checked entry of each unit, empty where last year knew none."""
    return PreviousResults(
        units=units,
        group=TextColumn.of(entry.get("group") for entry in entries),
        grade=TextColumn.of(entry.get("grade") for entry in entries),
        rank=Column.of(entry.get("rank") for entry in entries),
        of=Column.of(entry.get("of") for entry in entries),
        total=tuple(entry.get("total") for entry in entries),
        scores=tuple(entry.get("scores", {}) for entry in entries),
    )


class PreviousReader:
    """Reads the entries of units, and collects what is wrong with them."""

    def __init__(self, whole: Source) -> None:
        self.whole = whole
        self.flaws: list[Flaw] = []

    def note(self, what: Text, at: str, **facts: str) -> None:
        """Note what is wrong at a place of the tree."""
        self.flaws.append(Flaw(self.whole, what, {"at": at, **facts}))

    def entry(self, entry: Mapping[str, Tree], at: str) -> dict[str, Any]:
        """What is needed of one unit."""
        scores = entry.get("scores")
        if scores is not None and not isinstance(scores, Mapping):
            self.note(NOT_RESULTS, f"{at}.scores")
        return {
            "group": self.text(entry.get("group"), f"{at}.group"),
            "grade": self.text(entry.get("grade"), f"{at}.grade"),
            "rank": self.number(entry.get("rank"), f"{at}.rank"),
            "of": self.number(entry.get("of"), f"{at}.of"),
            "total": self.printed(entry.get("total"), f"{at}.total"),
            "scores": self.scores(scores, f"{at}.scores") if isinstance(scores, Mapping) else {},
        }

    def scores(self, scores: Mapping[str, Tree], at: str) -> dict[str, str | None]:
        """The printed score of each node."""
        found = {}
        for node, line in scores.items():
            if isinstance(line, Mapping):
                found[node] = self.printed(line.get("score"), f"{at}.{quoted(node)}.score")
            else:
                self.note(NOT_RESULTS, f"{at}.{quoted(node)}")
        return found

    def text(self, value: Tree, at: str) -> str | None:
        """A text or nothing."""
        if value is None or isinstance(value, str):
            return value or None
        self.note(NOT_A_TEXT, at)
        return None

    def number(self, value: Tree, at: str) -> Fraction | None:
        """A number above zero, or nothing."""
        if value is None:
            return None
        try:
            number = exact(value) if isinstance(value, str) else Fraction(0)
        except NotANumber:
            number = Fraction(0)
        if number > 0:
            return number
        self.note(NOT_A_NUMBER, at)
        return None

    def printed(self, value: Tree, at: str) -> str | None:
        """The text of a number, or nothing."""
        if value is None:
            return None
        try:
            exact(value if isinstance(value, str) else "")
        except NotANumber:
            self.note(NOT_A_NUMBER, at)
            return None
        return str(value)
