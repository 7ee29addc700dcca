"""What the total becomes: rounding, ranking, grades and conversion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from assess.core.exact import Rounding
from assess.core.exact.comparing import Ties
from assess.core.flaws import Path
from assess.core.kinds import (
    EXACT,
    Choice,
    ChoiceWords,
    Digits,
    Either,
    Id,
    ListOf,
    MapOf,
    NumberType,
    PlainText,
    RecordOf,
    ReferenceType,
    RoundTo,
    Title,
    WholeNumberType,
)
from assess.core.methods.scored import Better
from assess.core.schema import key, path_field
from assess.core.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundingRule:
    """Where scores are rounded, and how; `none` leaves them exact."""

    mode: Rounding = key(Choice(Rounding), Rounding.HALF_UP)
    item: Digits = key(RoundTo(), EXACT)
    section: Digits = key(RoundTo(), EXACT)
    total: Digits = key(RoundTo(), EXACT)
    path: Path = path_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalBounds:
    """Bounds of the total, applied last."""

    cap: Fraction | None = key(NumberType(), None)
    floor: Fraction | None = key(NumberType(), None)
    path: Path = path_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTieBreak:
    """A figure that parts equal totals, and which way it does."""

    figure: str = key(ReferenceType("figure"))
    better: Better = key(Choice(Better))
    path: Path = path_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingRule:
    """Which way totals are ranked, how ties count and what parts them."""

    better: Better = key(Choice(Better), Better.HIGHER)
    ties: Ties = key(Choice(Ties), Ties.COMPETITION)
    tie_break: tuple[str | FigureTieBreak, ...] | None = key(
        ListOf(Either(ReferenceType("node"), RecordOf(FigureTieBreak)), may_be_empty=True), None
    )
    path: Path = path_field()


class LimitTies(ChoiceWords):
    """Whether a tie cut by a quota keeps the grade."""

    EXCLUDE = "exclude", "不计入"
    INCLUDE = "include", "计入"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """One grade: its bound and its quota."""

    id: str = key(Id())
    title: Text | None = key(Title(), None)
    from_: Fraction | None = key(NumberType(), None, name="from")
    to: Fraction | None = key(NumberType(), None)
    at_most: Fraction | None = key(NumberType(least=Fraction(0)), None)
    at_least: int | None = key(WholeNumberType(), None)
    limit_ties: LimitTies = key(Choice(LimitTies), LimitTies.EXCLUDE)
    path: Path = path_field()


class ConvertBy(ChoiceWords):
    """How a total becomes points of the performance evaluation."""

    SHARE = "share", "按比例"
    SPREAD = "spread", "功效系数"
    RELATIVE = "relative", "与最好之比"
    GRADE = "grade", "按等次"
    RANK = "rank", "按名次"


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPost:
    """One post of the leadership team and how the team's points reach it."""

    post: str = key(PlainText())
    title: Text | None = key(Title(), None)
    coefficient: Fraction = key(NumberType(least=Fraction(0)), Fraction(1))
    items: tuple[str, ...] | None = key(ListOf(ReferenceType("node")), None)
    cap: Fraction | None = key(NumberType(), None)
    path: Path = path_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """What the result counts for in the performance evaluation."""

    points: Fraction | None = key(NumberType(above=Fraction(0)), None)
    by: ConvertBy = key(Choice(ConvertBy))
    table: tuple[Fraction, ...] | Mapping[str, Fraction] | None = key(
        Either(ListOf(NumberType()), MapOf(NumberType())), None
    )
    members: tuple[TeamPost, ...] | None = key(ListOf(RecordOf(TeamPost), may_be_empty=True), None)
    path: Path = path_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultGrade:
    """One grade of another ranking: its bound."""

    id: str = key(Id())
    title: Text | None = key(Title(), None)
    from_: Fraction | None = key(NumberType(), None, name="from")
    to: Fraction | None = key(NumberType(), None)
    path: Path = path_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeRanking:
    """One more ranking of the sheet, by the printed score of one item or section; `unit` is what that is counted in."""

    id: str = key(Id())
    title: Text | None = key(Title(), None)
    note: Text | None = key(Title(), None)
    node: str = key(ReferenceType("node"))
    unit: Text | None = key(Title(), None)
    better: Better = key(Choice(Better), Better.HIGHER)
    ties: Ties = key(Choice(Ties), Ties.COMPETITION)
    grades: tuple[ResultGrade, ...] | None = key(ListOf(RecordOf(ResultGrade)), None)
    path: Path = path_field()
