"""What becomes of the total as the book of a rule sheet tells it: rounding, ranking, grades, conversion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from assess.core.kinds import EXACT
from assess.core.methods.as_rule import RuleTable
from assess.core.methods.as_rule.told import share
from assess.core.methods.scored import Better
from assess.core.numbers import as_written
from assess.core.rule_book.content import RuleBlock, RuleHeading, RuleParagraph
from assess.core.rule_book.other_rankings import other_rankings
from assess.core.rule_book.ranking_words import FROM, GRADE, REST, TIE_WORDS, UP_TO
from assess.core.rule_book.wording import BookWording, decimals
from assess.core.rules.difference.values import joined
from assess.core.rules.outcome import Conversion, ConvertBy, FigureTieBreak, Grade, LimitTies, TeamPost
from assess.core.rules.sheet import RuleSheet, title_of
from assess.core.rules.words import key_words
from assess.core.schema import keys_of
from assess.core.text import EMPTY_TEXT, Text

TOTAL, RANKING = Text("总分", "Total"), Text("排名", "Ranking")
GRADES, CONVERSION = Text("等次", "Grades"), Text("折算", "Conversion")
ADDED = Text(
    "总分为各项得分之和，再依次计入加减分事项。",
    "The total is the sum of the items, then the adjustments in their order.",
)
TOTAL_CAP, TOTAL_FLOOR = (
    Text("总分不高于{points}。", "At most {points}."),
    Text("总分不低于{points}。", "At least {points}."),
)
ROUNDED = Text("{what}保留{digits}（{mode}）。", "{what}: {digits} ({mode}).")
EXACT_TOLD = Text("{what}不取位。", "{what}: not rounded.")
WHAT = {
    "item": Text("考核项得分", "Scores of items"),
    "section": Text("考核类别得分", "Scores of sections"),
    "total": Text("总分", "The total"),
}
RANKED = {
    Better.HIGHER: Text("按总分由高到低排名。", "Ranked by the total, highest first."),
    Better.LOWER: Text("按总分由低到高排名。", "Ranked by the total, lowest first."),
}
IN_GROUPS = Text("各组分别排名。", "Each group is ranked separately.")
TIES = Text("总分相同的{ties}。", "Ties: {ties}.")
TIE_BREAK = Text("总分相同的依次比较：{order}。", "Ties are broken in this order: {order}.")
STILL_TIED = Text("仍相同的{ties}。", "Remaining ties: {ties}.")
TIE_FIGURE = Text("{figure}（{better}）", "{figure} ({better})")
TOTAL_OF, QUOTA = Text("总分", "Total"), Text("名额", "Quota")
AT_MOST = Text("不超过本组排名单位的{share}", "at most {share} of the ranked units of the group")
AT_LEAST = Text("至少{n}个", "at least {n}")
TIES_STAY = Text("名额边缘并列的计入", "ties at the limit of the quota are included")
CONVERTED: Final[Mapping[ConvertBy, Text]] = {
    ConvertBy.SHARE: Text("折算分为总分÷满分×{points}。", "Converted: total ÷ full mark × {points}."),
    ConvertBy.SPREAD: Text(
        "按功效系数在组内折算，最高得{points}。",
        "Converted by the efficacy coefficient inside the group, up to {points}.",
    ),
    ConvertBy.RELATIVE: Text(
        "按与组内最好之比折算，最好的得{points}。", "In proportion to the best of the group, which earns {points}."
    ),
    ConvertBy.GRADE: Text("按等次折算，见下表。", "Converted by grade, as in the table."),
    ConvertBy.RANK: Text("按名次折算，见下表。", "Converted by rank, as in the table."),
}
CONVERTED_POINTS, PLACE = Text("折算分", "Converted points"), Text("名次", "Rank")
NUMBER, NUMBER_ON = Text("第{place}名", "{place}"), Text("第{place}名及以后", "{place} and beyond")
POST, COEFFICIENT = Text("职务", "Post"), Text("系数", "Coefficient")
OWN_ITEMS, HIGHEST = Text("分管考核项", "Own items"), Text("最高", "At most")
MEMBERS = Text(
    "领导班子成员的折算分为本单位折算分（有分管考核项的按其得分率）乘系数：",
    "Members of the team: the converted points of the unit (of own items, by their score rate) × the coefficient:",
)
TOLD: Final = frozenset(
    {"id", "title", "year", "basis", "note", "issued_by", "issued_on", "standing", "rounding", "departments", "objects",
     "groups", "figures", "missing", "points", "items", "adjustments", "total", "ranking", "grades", "conversion",
     "unit_of_result", "results"}
)  # fmt: skip
OTHER = Text("{key}：{told}。", "{key}: {told}.")


def outcome_blocks(sheet: RuleSheet, words: BookWording) -> Iterator[RuleBlock]:
    """The total, ranking, grades, other rankings and conversion, each under its heading."""
    yield RuleHeading(0, TOTAL)
    yield run(total_told(sheet, words))
    yield RuleHeading(0, RANKING)
    yield run(ranking_told(sheet, words))
    yield from (RuleParagraph(told) for told in other_told(sheet, words))
    if sheet.grades is not None:
        yield RuleHeading(0, GRADES)
        yield RuleTable((GRADE, TOTAL_OF, QUOTA), tuple(grade_row(each) for each in sheet.grades))
    if sheet.results:
        yield from other_rankings(sheet.results, words)
    if sheet.conversion is not None:
        yield RuleHeading(0, CONVERSION)
        yield from conversion_blocks(sheet.conversion, words)


def run(sentences: Iterator[Text]) -> RuleParagraph:
    """Sentences as one paragraph."""
    listed = list(sentences)
    return RuleParagraph(Text("".join(each.zh for each in listed), " ".join(each.en for each in listed)))


def total_told(sheet: RuleSheet, words: BookWording) -> Iterator[Text]:
    """How the total is made, its bounds, and where scores are rounded."""
    yield ADDED
    if sheet.total.cap is not None:
        yield TOTAL_CAP.format(points=words.points(sheet.total.cap))
    if sheet.total.floor is not None:
        yield TOTAL_FLOOR.format(points=words.points(sheet.total.floor))
    mode = Text(sheet.rounding.mode.chinese, sheet.rounding.mode.value)
    for name, what in WHAT.items():
        digits = getattr(sheet.rounding, name)
        told = EXACT_TOLD if digits == EXACT else ROUNDED
        yield told.format(what=what, digits=decimals(digits), mode=mode)


def ranking_told(sheet: RuleSheet, words: BookWording) -> Iterator[Text]:
    """Which way totals are ranked, how ties count and what parts them."""
    yield RANKED[sheet.ranking.better]
    if sheet.groups is not None:
        yield IN_GROUPS
    if sheet.ranking.tie_break:
        yield TIE_BREAK.format(order=joined(tie_break_told(each, words) for each in sheet.ranking.tie_break))
    told = STILL_TIED if sheet.ranking.tie_break else TIES
    yield told.format(ties=TIE_WORDS[sheet.ranking.ties.value])


def tie_break_told(entry: str | FigureTieBreak, words: BookWording) -> Text:
    """What parts equal totals: a section or item by its title, a figure with the way that is good."""
    if isinstance(entry, str):
        return words.named("node", entry)
    better = Text(entry.better.chinese, f"{entry.better.value} is better")
    return TIE_FIGURE.format(figure=words.title(entry.figure), better=better)


def other_told(sheet: RuleSheet, words: BookWording) -> Iterator[Text]:
    """Keys of the sheet that no sentence of their own tells."""
    for key, field in keys_of(RuleSheet).items():
        value = getattr(sheet, field.name)
        if key not in TOLD and value not in (None, ()):
            yield OTHER.format(key=key_words(RuleSheet, key), told=words.worded(field.metadata["kind"], value))


def grade_row(grade: Grade) -> tuple[Text, Text, Text]:
    """A grade with its bound and its quota."""
    bound = grade.to if grade.from_ is None else grade.from_
    told = UP_TO if grade.from_ is None else FROM
    of = REST if bound is None else told.format(bound=as_written(bound))
    parts = [] if grade.at_most is None else [AT_MOST.format(share=share(grade.at_most))]
    if grade.at_least is not None:
        parts.append(AT_LEAST.format(n=grade.at_least))
    if grade.limit_ties is LimitTies.INCLUDE:
        parts.append(TIES_STAY)
    return title_of(grade, grade.id), of, joined(parts, "，", ", ")


def conversion_blocks(conversion: Conversion, words: BookWording) -> Iterator[RuleBlock]:
    """How totals are converted, the table, and how the points reach the posts."""
    points = EMPTY_TEXT if conversion.points is None else words.points(conversion.points)
    yield RuleParagraph(CONVERTED[conversion.by].format(points=points))
    table = conversion.table
    if isinstance(table, Mapping):
        rows = tuple((words.named("grade", id), words.number(each)) for id, each in table.items())
        yield RuleTable((GRADE, CONVERTED_POINTS), rows)
    elif table is not None:
        last = len(table)
        heads = [(NUMBER_ON if place == last else NUMBER).format(place=place) for place in range(1, last + 1)]
        yield RuleTable((PLACE, CONVERTED_POINTS), tuple(zip(heads, map(words.number, table), strict=True)))
    if conversion.members:
        yield RuleParagraph(MEMBERS)
        heads_of = (POST, COEFFICIENT, OWN_ITEMS, HIGHEST)
        yield RuleTable(heads_of, tuple(member_row(each, words) for each in conversion.members))


def member_row(member: TeamPost, words: BookWording) -> tuple[Text, ...]:
    """A post with what it takes of the unit's points."""
    items = joined(words.named("node", id) for id in member.items or ())
    cap = EMPTY_TEXT if member.cap is None else words.number(member.cap)
    return title_of(member, member.post), words.number(member.coefficient), items, cap
