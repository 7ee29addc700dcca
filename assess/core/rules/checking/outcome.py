"""Grades in order, quotas possible, ranking and conversion complete."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from assess.core.exact.comparing import Ties
from assess.core.flaws import Flaw
from assess.core.methods.scored import Better
from assess.core.numbers import reduced
from assess.core.rules.checking.ids import listed
from assess.core.rules.outcome import Conversion, ConvertBy, Grade, ResultGrade
from assess.core.rules.sheet import RuleSheet
from assess.core.schema import BROKEN, MISSING_KEY, hint
from assess.core.text import Text

WRONG_BOUND = Text(
    "ranking.better为{better}时等次用{wanted}，请修改。",
    "With ranking.better {better}, a grade has `{wanted}`. Change it.",
)
NOT_DESCENDING = Text(
    "等次应从优到劣排列，{bound}的位置不对，请修改。",
    "Grades go from best to worst. {bound} is out of order or appears twice. Change it.",
)
NO_BOUND = Text("除最后一等外，每等都要写{wanted}，请补上。", "Every grade but the last needs `{wanted}`. Add it.")
LAST_BOUND = Text(
    "最后一等包括其余所有分数，不写{wanted}，请删去。",
    "The last grade takes the rest, so it has no `{wanted}`. Delete it.",
)
OVER_ALL = Text("名额比例不能超过100%，请写成30%的形式。", "A quota cannot be above 100%. Write a share such as 30%.")
LAST_QUOTA = Text(
    "最后一等之下没有等次，不能限制名额，请删去。",
    "The last grade cannot have a quota, as there is no grade below. Delete it.",
)
ALONE = Text(
    "{key}只与at_most一起使用，请补上at_most或删去。",
    "{key} is only used together with `at_most`. Add that or delete it.",
)
NEEDS_TABLE = Text("by: {by}需要table，请补上。", "`by: {by}` needs a `table`. Add it.")
WRONG_TABLE = Text("by: {by}的table应为{wanted}，请修改。", "The table of `by: {by}` must be {wanted}. Change it.")
NO_TABLE = Text("by: {by}不用table，请删去。", "`by: {by}` takes no table. Delete it.")
A_LIST = Text("按名次排列的列表", "a list by place")
A_MAP = Text("等次到分数的对应", "points by grade")
GRADE_LEFT_OUT = Text("table中没有等次“{grade}”，请补上。", "The table lacks the grade “{grade}”. Add it.")
NOT_A_GRADE = Text("没有“{grade}”这个等次。{hint}", "There is no grade “{grade}”. {hint}")
AVERAGE_RANKS = Text(
    "按名次折算时ranking.ties不能用平均名次，请另选。",
    "`by: rank` cannot be used with ranking.ties average. Select another.",
)
NO_GRADES = Text(
    "本表没有等次，不能按等次折算，请补上等次或改用其他办法。",
    "The sheet has no grades to convert by. Add grades or convert in another way.",
)
POINTS_FOR_ITEMS = Text(
    "成员写了items，折算须写points，请补上。", "A member has items, so the conversion needs `points`. Add it."
)


def grades(sheet: RuleSheet) -> Iterator[Flaw]:
    """Best first, half-open, complete; quotas of at most everybody, none for the last."""
    if sheet.grades is None or sheet.grades is BROKEN:
        return
    if sheet.ranking is not BROKEN and sheet.ranking.better is not BROKEN:
        yield from bounds(sheet.grades, sheet.ranking.better)
    for grade in listed(sheet.grades):
        yield from quota(grade, last=grade is sheet.grades[-1])


def results(sheet: RuleSheet) -> Iterator[Flaw]:
    """Grades of other rankings: best first, half-open, complete."""
    for ranking in listed(sheet.results):
        if ranking.better is not BROKEN and ranking.grades is not BROKEN:
            yield from bounds(ranking.grades or (), ranking.better)


def bounds(found: Sequence[Grade | ResultGrade], better: Better) -> Iterator[Flaw]:
    """One bound a grade but for the last, on the side that the ranking asks for, from best to worst."""
    higher = better is Better.HIGHER
    wanted, other = ("from", "to") if higher else ("to", "from")
    before: Fraction | None = None
    for grade in listed(found):
        bound, wrong = (grade.from_, grade.to) if higher else (grade.to, grade.from_)
        last = grade is found[-1]
        if wrong is not None:
            yield Flaw((*grade.path, other), WRONG_BOUND, {"better": better.told, "wanted": wanted})
        elif bound is None and not last:
            yield Flaw(grade.path, NO_BOUND, {"wanted": wanted})
        elif bound is not None and last:
            yield Flaw((*grade.path, wanted), LAST_BOUND, {"wanted": wanted})
        elif isinstance(bound, Fraction):
            if before is not None and (bound >= before if higher else bound <= before):
                yield Flaw((*grade.path, wanted), NOT_DESCENDING, {"bound": reduced(bound)})
            before = bound


def quota(grade: Grade, *, last: bool) -> Iterator[Flaw]:
    """A quota that can be kept."""
    if grade.at_most is None:
        if grade.at_least is not None:
            yield Flaw((*grade.path, "at_least"), ALONE, {"key": "at_least"})
        return
    if isinstance(grade.at_most, Fraction) and grade.at_most > 1:
        yield Flaw((*grade.path, "at_most"), OVER_ALL)
    if last:
        yield Flaw((*grade.path, "at_most"), LAST_QUOTA)


def ranking(sheet: RuleSheet) -> Iterator[Flaw]:
    """Half ranks have no place in a table."""
    if sheet.ranking is BROKEN or sheet.conversion in (None, BROKEN):
        return
    assert sheet.conversion is not None
    if sheet.conversion.by is ConvertBy.RANK and sheet.ranking.ties is Ties.AVERAGE:
        yield Flaw(("ranking", "ties"), AVERAGE_RANKS)


def conversion(sheet: RuleSheet) -> Iterator[Flaw]:
    """Each way to convert has what it needs."""
    rule = sheet.conversion
    if rule is None or rule is BROKEN:
        return
    path = ("conversion",)
    if rule.points is None and rule.by in (ConvertBy.SHARE, ConvertBy.SPREAD, ConvertBy.RELATIVE):
        yield Flaw(path, MISSING_KEY, {"key": "points"})
    if rule.points is None and any(member.items for member in listed(rule.members)):
        yield Flaw(path, POINTS_FOR_ITEMS)
    yield from table(rule, sheet)


def table(rule: Conversion, sheet: RuleSheet) -> Iterator[Flaw]:
    """A list by place, or points for every grade."""
    if rule.by is BROKEN or rule.table is BROKEN:
        return
    by = rule.by.told
    if rule.by not in (ConvertBy.GRADE, ConvertBy.RANK):
        if rule.table is not None:
            yield Flaw(("conversion", "table"), NO_TABLE, {"by": by})
        return
    if rule.table is None:
        yield Flaw(("conversion",), NEEDS_TABLE, {"by": by})
    elif isinstance(rule.table, Mapping) is not (rule.by is ConvertBy.GRADE):
        wanted = A_MAP if rule.by is ConvertBy.GRADE else A_LIST
        yield Flaw(("conversion", "table"), WRONG_TABLE, {"by": by, "wanted": wanted})
    elif isinstance(rule.table, Mapping):
        yield from every_grade(rule.table, sheet)


def every_grade(points: Mapping[str, Fraction], sheet: RuleSheet) -> Iterator[Flaw]:
    """Every grade is in the table and nothing else."""
    if sheet.grades is None:
        yield Flaw(("conversion", "by"), NO_GRADES)
        return
    ids = [grade.id for grade in listed(sheet.grades) if grade.id is not BROKEN]
    for grade in ids:
        if grade not in points:
            yield Flaw(("conversion", "table"), GRADE_LEFT_OUT, {"grade": grade})
    for grade in points:
        if grade not in ids:
            facts = {"key": grade, "grade": grade, "hint": hint(grade, tuple(ids))}
            yield Flaw(("conversion", "table", grade), NOT_A_GRADE, facts)
