"""What a card says of an item that is scored by parts: one row a part, each with its score and how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from assess.core.text import EMPTY_TEXT, Text


class PartMark(StrEnum):
    """How a part stands."""

    COUNTED = "counted"
    NOT_COUNTED = "not-counted"
    MISSING = "missing"
    EXEMPT = "exempt"
    LEFT_OUT = "left-out"

    @property
    def sign(self) -> Text:
        """What stands beside the score in a narrow cell; nothing where the score says all."""
        return SIGNS.get(self, EMPTY_TEXT)

    @property
    def meaning(self) -> Text:
        """What the sign means."""
        return MEANINGS.get(self, EMPTY_TEXT)


SIGNS: Final = {
    PartMark.MISSING: Text("缺", "M"),
    PartMark.EXEMPT: Text("免", "E"),
    PartMark.LEFT_OUT: Text("除", "L"),
}
BRACKETS: Final = Text.same("( )")
SIGN_MEANS: Final = Text("{sign}：{meaning}", "{sign}: {meaning}")
MISSING: Final = Text("缺数据", "data missing")
MEANINGS: Final = {
    PartMark.MISSING: MISSING,
    PartMark.EXEMPT: Text("经批准不涉及", "not applicable, as approved"),
    PartMark.LEFT_OUT: Text("按评分表的条件不参加计分", "left out by the condition of the rule sheet"),
}
NOT_COUNTED: Final = Text("未计入，{why}", "not counted, {why}")

COUNTS: Final = {
    (PartMark.COUNTED, True): Text("计入", "yes"),
    (PartMark.NOT_COUNTED, False): Text("未计入", "no"),
    (PartMark.MISSING, True): Text("计入，缺数据", "yes, data missing"),
    (PartMark.MISSING, False): MISSING,
    (PartMark.EXEMPT, False): Text("不涉及", "exempt"),
    (PartMark.LEFT_OUT, False): Text("不参加", "left out"),
}
"""Whether a part counts, in words."""
MISSING_DROPPED: Final = Text("未计入，缺数据", "no, data missing")


class PartValue(NamedTuple):
    """The value of a figure at a part.

    `part` is that of the one value it was entered as, as `PartLabel` writes it; empty where it was made of several.
    """

    figure: str
    part: str
    shown: Text
    is_number: bool


class PartPeriod(NamedTuple):
    """A period of a part: its label, and what it is called in a row and at the head of a narrow column."""

    label: str
    title: Text
    short: Text


class PartObject(NamedTuple):
    """The object of a part: its code and its name."""

    code: str
    title: Text


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part of one unit; numbers are printed.

    `points` is None without a score, `full` empty without a full mark, `weight` None where parts have none.
    `counts` is whether it entered the combination: a part without data may, where the sheet states its score.
    """

    object: PartObject | None
    period: PartPeriod | None
    points: str | None
    full: str
    mark: PartMark
    counts: bool
    why: Text
    values: tuple[PartValue | None, ...]
    weight: str | None = None

    @property
    def name(self) -> Text:
        """What the part is called."""
        titles = [each.title for each in (self.object, self.period) if each is not None]
        return Text("".join(each.zh for each in titles), ", ".join(each.en for each in titles))

    @property
    def is_dropped(self) -> bool:
        """Whether it has a score that did not count."""
        return self.points is not None and not self.counts

    @property
    def counts_told(self) -> Text:
        """Whether it counts, in words."""
        if self.mark is PartMark.MISSING and self.is_dropped:
            return MISSING_DROPPED
        return COUNTS.get((self.mark, self.counts), COUNTS[PartMark.NOT_COUNTED, False])

    @property
    def cell(self) -> Text:
        """The part in a narrow cell: its score, in brackets where it did not count, and the sign of how it stands."""
        points = self.points or ""
        told, sign = f"({points})" if self.is_dropped else points, self.mark.sign
        return Text.run(Text.same(f"{told} " if points and sign.zh else told), sign)


@dataclass(frozen=True, slots=True)
class PartTable:
    """The parts of one item of one unit, in their order: objects first, then periods.

    `figures` are the headings of the columns of values, `dropped` says why scores do not count, `combined` what the
    parts came to.
    """

    figures: tuple[Text, ...]
    rows: tuple[PartRow, ...]
    dropped: Text
    combined: Text

    @property
    def is_grid(self) -> bool:
        """Whether its parts are pairs of an object and a period."""
        return bool(self.rows) and None not in (self.rows[0].object, self.rows[0].period)

    @property
    def has_weights(self) -> bool:
        """Whether parts have weights."""
        return any(row.weight is not None for row in self.rows)

    @property
    def has_marks(self) -> bool:
        """Whether parts have a full mark."""
        return any(row.full for row in self.rows)

    @property
    def periods(self) -> list[PartPeriod]:
        """The periods of its parts, in order."""
        return list(dict.fromkeys(row.period for row in self.rows if row.period is not None))

    @property
    def lines(self) -> list[tuple[PartObject, Sequence[PartRow]]]:
        """The parts of each object."""
        found: dict[PartObject, list[PartRow]] = {}
        for row in self.rows:
            if row.object is not None:
                found.setdefault(row.object, []).append(row)
        return list(found.items())

    @property
    def legend(self) -> list[Text]:
        """What the brackets and signs mean that stand in its cells."""
        marks = {row.mark for row in self.rows}
        signed = [mark for mark in MEANINGS if mark in marks]
        found = [SIGN_MEANS.format(sign=mark.sign, meaning=mark.meaning) for mark in signed]
        return [*self.dropped_told, *found]

    @property
    def dropped_told(self) -> list[Text]:
        """What brackets around a score mean; nothing where there are none."""
        if not any(row.is_dropped for row in self.rows):
            return []
        return [SIGN_MEANS.format(sign=BRACKETS, meaning=NOT_COUNTED.format(why=self.dropped))]
