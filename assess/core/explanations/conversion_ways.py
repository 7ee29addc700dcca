"""How converted points come about, of a unit and of each post: the clauses, and how a reader reckons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Final

from assess.core.exact import Column, where
from assess.core.explanations.section_ways import COMMA
from assess.core.methods.cutting import TruncatedAmounts
from assess.core.methods.scored import Better, Explained, ExplanationClause, Fact, Joined, NumberFact, OutcomeSentence
from assess.core.rules.outcome import Conversion, ConvertBy, TeamPost
from assess.core.rules.sheet import title_of
from assess.core.scoring.conversion import Standings, extremes
from assess.core.scoring.nodes import NodeScore
from assess.core.scoring.sections import points_and_marks
from assess.core.text import Text

MARK: Final = Text("折算分值{points}", "full mark of the conversion {points}")
SHARE: Final = Text.run(Text("总分{total} ÷ 满分{full} × ", "total {total} ÷ full mark {full} × "), MARK)
ALL_EQUAL: Final = Text(
    f"本组各单位总分相同，按{MARK.zh}计", f"all totals of the group are equal, which earns the {MARK.en}"
)
SPREAD: Final = Text.run(
    Text(
        "(总分{total} − 本组最差总分{worst}) ÷ (本组最好总分{best} − 本组最差总分{worst}) × ",
        "(total {total} − worst of the group {worst}) ÷ (best {best} − worst {worst}) × ",
    ),
    MARK,
)
IS_BEST: Final = Text(f"总分为本组最好，按{MARK.zh}计", f"the best total of the group, which earns the {MARK.en}")
NONE_ABOVE_0: Final = Text("本组最好总分{best}不高于0，按0分计", "the best total of the group, {best}, is not above 0")
BELOW_0: Final = Text("总分{total}低于0，按0分计", "the total {total} is below 0")
TO_BEST: Final = Text.run(
    Text("总分{total} ÷ 本组最好总分{best} × ", "total {total} ÷ best of the group {best} × "), MARK
)
FROM_BEST: Final = Text.run(
    Text("本组最好总分{best} ÷ 总分{total} × ", "best of the group {best} ÷ total {total} × "), MARK
)
TO_BEST_ABOVE: Final = Text.run(
    Text(
        "(总分{total} − 下限{floor}) ÷ (本组最好总分{best} − 下限{floor}) × ",
        "(total {total} − floor {floor}) ÷ (best of the group {best} − floor {floor}) × ",
    ),
    MARK,
)
FROM_BEST_ABOVE: Final = Text.run(
    Text(
        "(本组最好总分{best} − 下限{floor}) ÷ (总分{total} − 下限{floor}) × ",
        "(best of the group {best} − floor {floor}) ÷ (total {total} − floor {floor}) × ",
    ),
    MARK,
)
GRADE: Final = Text("等次为{grade}，按等次折算", "by the grade: {grade}")
RANK: Final = Text("第{rank}名，按名次折算", "by the rank: {rank}")

AS_TEAM: Final = Text("按绩效折算分计", "the converted points of the unit")
TIMES: Final = Text("绩效折算分{team} × 系数{coefficient}", "converted points {team} × coefficient {coefficient}")
OWN: Final = Text.run(
    Text(
        "{items}：得分合计{earned} ÷ 分值合计{marks} × ",
        "{items}: points {earned} ÷ full marks {marks} × ",
    ),
    MARK,
)
OWN_TIMES: Final = Text(f"{OWN.zh} × 系数{{coefficient}}", f"{OWN.en} × coefficient {{coefficient}}")


def explained_conversion(conversion: Conversion, standings: Standings) -> Explained:
    """How a unit's converted points come about."""
    return EXPLAINED[conversion.by](conversion, standings)


def of_share(conversion: Conversion, standings: Standings) -> Explained:
    """By the share of the full mark."""
    points, totals, full = conversion.points, standings.totals, standings.full
    assert points is not None
    assert full is not None
    facts = {"total": NumberFact(totals), "full": NumberFact(full), "points": NumberFact(points)}

    def way(shown: TruncatedAmounts) -> Column:
        return shown.number(totals) / shown.amount(full) * points

    return Explained((ExplanationClause((OutcomeSentence(None, SHARE),), facts),), ways=(way,))


def of_spread(conversion: Conversion, standings: Standings) -> Explained:
    """By the place between the worst and the best total of the group."""
    points, totals = conversion.points, standings.totals
    assert points is not None
    best, worst = extremes(standings)
    facts = {
        "total": NumberFact(totals), "best": NumberFact(best), "worst": NumberFact(worst), "points": NumberFact(points),
    }  # fmt: skip

    def way(shown: TruncatedAmounts) -> Column:
        total, high, low = map(shown.number, (totals, best, worst))
        return where(best == worst, 1, (total - low) / (high - low)) * points

    return Explained(
        (ExplanationClause((OutcomeSentence(best == worst, ALL_EQUAL), OutcomeSentence(None, SPREAD)), facts),),
        ways=(way,),
    )


def of_relative(conversion: Conversion, standings: Standings) -> Explained:
    """In proportion to the best total of the group, both above the floor of totals."""
    points, totals, floor = conversion.points, standings.totals, standings.floor
    assert points is not None
    best, _ = extremes(standings)
    higher = standings.better is Better.HIGHER
    plain, above = (TO_BEST, TO_BEST_ABOVE) if higher else (FROM_BEST, FROM_BEST_ABOVE)
    facts = {
        "total": NumberFact(totals), "best": NumberFact(best), "floor": NumberFact(floor), "points": NumberFact(points),
    }  # fmt: skip
    cases = (
        OutcomeSentence(best <= 0, NONE_ABOVE_0),
        OutcomeSentence(totals == best, IS_BEST),
        OutcomeSentence(totals < floor, BELOW_0),
        OutcomeSentence(None, above if floor else plain),
    )

    def way(shown: TruncatedAmounts) -> Column:
        total, most = ((shown.number(each) - floor).at_least(0) for each in (totals, best))
        share = where(totals == best, 1, total / most if higher else most / total)
        return where(best > 0, share, 0) * points

    return Explained((ExplanationClause(cases, facts),), ways=(way,))


def of_grade(conversion: Conversion, standings: Standings) -> Explained:
    """By the grade."""
    cases = tuple(
        OutcomeSentence(standings.places == place, GRADE.format(grade=title_of(grade, grade.id)).literal())
        for place, grade in enumerate(standings.grades)
    )
    return Explained((ExplanationClause(cases),))


def of_rank(conversion: Conversion, standings: Standings) -> Explained:
    """By the rank."""
    return Explained((ExplanationClause((OutcomeSentence(None, RANK),), {"rank": NumberFact(standings.ranks)}),))


EXPLAINED: Final[Mapping[ConvertBy, Callable[[Conversion, Standings], Explained]]] = {
    ConvertBy.SHARE: of_share,
    ConvertBy.SPREAD: of_spread,
    ConvertBy.RELATIVE: of_relative,
    ConvertBy.GRADE: of_grade,
    ConvertBy.RANK: of_rank,
}


def explained_as_team(member: TeamPost, team: Column) -> Explained:
    """How the points of a post come about from those of its unit."""
    coefficient = member.coefficient
    text = AS_TEAM if coefficient == 1 else TIMES
    facts = {"team": NumberFact(team), "coefficient": NumberFact(coefficient)}
    return Explained(
        (ExplanationClause((OutcomeSentence(None, text),), facts),),
        ways=(lambda shown: shown.number(team) * coefficient,),
    )


def explained_by_items(member: TeamPost, points: Fraction, scores: Sequence[NodeScore]) -> Explained:
    """How the points of a post come about from its own items."""
    coefficient = member.coefficient
    earned, marks, _ = points_and_marks(tuple(scores))
    facts: dict[str, Fact] = {
        "items": Joined(tuple((each.points, title_of(each.node, each.node.id).literal()) for each in scores), COMMA),
        "earned": NumberFact(earned), "marks": NumberFact(marks), "points": NumberFact(points),
        "coefficient": NumberFact(coefficient),
    }  # fmt: skip

    def way(shown: TruncatedAmounts) -> Column:
        return shown.number(earned) / shown.number(marks) * points * coefficient

    return Explained(
        (ExplanationClause((OutcomeSentence(None, OWN if coefficient == 1 else OWN_TIMES),), facts),), ways=(way,)
    )
