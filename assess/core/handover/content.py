"""What a hand-over says: results by unit and by member of the leadership teams, where they come from, what changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, Literal, NamedTuple, NewType, get_args

from assess.core.text import Text

Points = NewType("Points", str)
"""A printed decimal; never a floating-point number."""
Digest = NewType("Digest", str)
"""A SHA-256 in hexadecimal; that of a rule sheet or of inputs begins with `sha256:`."""
Moment = NewType("Moment", str)
"""A moment of the world's clock, to the second: 2027-01-15T02:00:00Z."""
Day = NewType("Day", str)
"""A day: 2026-07-01."""

Format = Literal["assess-handover-1"]
What = Literal["unit", "member"]
Step = Literal["added", "changed", "removed"]
FORMAT: Final[Format] = get_args(Format)[0]
FIRST: Final = 1
"""The number of the first hand-over of a year; all later ones are corrections."""
ADJUSTED: Final = Text("{title}：{words}", "{title}: {words}")


class Rules(NamedTuple):
    """The rule sheet that the result was made by; `unit_of_result` is what scores are counted in, None for points."""

    id: str
    title: Text
    version: int
    digest: Digest
    standing: str | None
    unit_of_result: Text | None = None


class Converting(NamedTuple):
    """How the sheet converts a total into points of the performance evaluation."""

    by: str
    points: Points | None


class Result(NamedTuple):
    """The sealed edition that is handed over, and the run it is of."""

    edition: int
    sealed_at: Moment
    run: int
    engine: str
    inputs_digest: Digest
    results_digest: Digest
    log_head: Digest


class HandoverReason(NamedTuple):
    """Why a hand-over corrects the one before: of each edition since, or of the same one."""

    edition: int
    words: str


class SealedFile(NamedTuple):
    """A sealed document; `unit` is empty for the ranked book."""

    kind: str
    unit: str
    language: str
    check_code: str
    sha256: Digest


class HandoverAdjustment(NamedTuple):
    """A bonus, deduction, veto or cap that took effect on a unit."""

    id: str
    title: Text
    effect: str
    clause: str
    words: Text

    @property
    def message(self) -> Text:
        """Which one, and what it did."""
        return ADJUSTED.format(title=self.title, words=self.words)


class HandedUnit(NamedTuple):
    """The result of one unit; `rank` may be a half where ties share it, `of` counts the ranked units of the group."""

    code: str
    name: Text
    group: str | None
    group_title: Text | None
    state: str
    total: Points | None
    rank: Points | None
    of: int | None
    grade: str | None
    grade_title: Text | None
    converted: Points | None
    adjustments: tuple[HandoverAdjustment, ...]

    @property
    def adjusted(self) -> Text:
        """All adjustments on one line; empty where there is none."""
        told = [each.message for each in self.adjustments]
        return Text("；".join(each.zh for each in told), "; ".join(each.en for each in told))


class HandedMember(NamedTuple):
    """Somebody who held a post of a unit's leadership team, and the points of that post.

    `first` to `last` are the days of the year in it, `days` how many of the year's `of_days`. A post that nobody is
    entered for has an empty name and no days.
    """

    unit: str
    post: str
    post_title: Text
    name: str
    first: Day | None
    last: Day | None
    days: int
    of_days: int
    points: Points | None


class HandedStanding(NamedTuple):
    """Where a unit stands in another ranking of the sheet; all but the unit is None where it has no score in it."""

    unit: str
    score: Points | None
    rank: Points | None
    of: int | None
    grade_title: Text | None


class HandedRanking(NamedTuple):
    """Another ranking of the sheet, by the score of one item or section; the units in the order of the list."""

    id: str
    title: Text
    unit_of_result: Text | None
    standings: tuple[HandedStanding, ...]


class HandoverFieldChange(NamedTuple):
    """One field that differs; None is a blank, and stands on one side where the whole record came or went."""

    field: str
    old: Any
    new: Any


class HandoverChange(NamedTuple):
    """A unit or a member that differs from the hand-over before.

    A member is known by unit, post and name, and by `turn` where the same person came to the same post again.
    """

    what: What
    step: Step
    unit: str
    unit_name: Text
    post: str
    post_title: Text
    name: str
    turn: int
    fields: tuple[HandoverFieldChange, ...]


class Handover(NamedTuple):
    """A hand-over as it is given away: the whole state, and what differs from the one before.

    `rankings` are the other rankings of the sheet; none in a hand-over of a sheet without.
    """

    format: Format
    year: int
    title: Text
    demonstration: bool
    number: int
    replaces: int | None
    reasons: tuple[HandoverReason, ...]
    handed_over_at: Moment
    handed_over_by: str
    rules: Rules
    converting: Converting | None
    result: Result
    units: tuple[HandedUnit, ...]
    members: tuple[HandedMember, ...]
    changes: tuple[HandoverChange, ...]
    documents: tuple[SealedFile, ...]
    rankings: tuple[HandedRanking, ...] = ()

    @property
    def is_correction(self) -> bool:
        """Whether another one came before."""
        return self.number != FIRST

    @property
    def names(self) -> dict[str, Text]:
        """What the units are called."""
        return {unit.code: unit.name for unit in self.units}

    @property
    def standings(self) -> dict[str, list[HandedStanding]]:
        """Where each unit stands in the other rankings."""
        found: dict[str, list[HandedStanding]] = {}
        for ranking in self.rankings:
            for each in ranking.standings:
                found.setdefault(each.unit, []).append(each)
        return found

    def team(self, unit: str) -> list[HandedMember]:
        """The leadership team of a unit."""
        return [member for member in self.members if member.unit == unit]

    def code(self, unit: str, language: str) -> str:
        """The check code of a unit's scorecard in a language; of the ranked book where no unit is named."""
        found = (each.check_code for each in self.documents if (each.unit, each.language) == (unit, language))
        return next(found, "")


def moment_of(at: datetime) -> Moment:
    """A moment as files state it."""
    return Moment(f"{at:%Y-%m-%dT%H:%M:%SZ}")


def points_in(printed: str | None) -> Points | None:
    """A printed number as points."""
    return None if printed is None else Points(printed)
