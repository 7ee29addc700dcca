"""Methods that compare units with one another, told as rules: rank, relative, spread and normalise."""

from __future__ import annotations

from collections.abc import Iterator

from assess.core.methods.as_rule.told import AMONG, BETTER, EARNED, RuleTable, RuleTold, RuleWords, share
from assess.core.methods.normalising import How, Normalise
from assess.core.methods.peers import EfficacyMethod, Rank, Relative, To
from assess.core.methods.place_shares import PlaceRounding
from assess.core.methods.scored import Better
from assess.core.text import Text

RANK = Text("按“{title}”在{among}中的名次得分，{better}。", "By the rank of {title} among {among}; {better}.")
TIES = Text("名次并列时{ties}。", "Ties: {ties}.")
TIES_WORDS = {
    "competition": Text("同列一名，其后名次跳号", "the same rank, the next ranks left out"),
    "minimum": Text("同列一名，其后名次跳号", "the same rank, the next ranks left out"),
    "dense": Text("同列一名，其后名次不跳号", "the same rank, no rank left out"),
    "average": Text("取平均名次", "the mean of the ranks"),
    "maximum": Text("取最后的名次", "the last of the ranks"),
}
BY_STEP = Text("第1名得满分，每降1名少得{step}。", "Rank 1 earns the full mark, each place lower {step} less.")
TO_LAST = Text(
    "第1名得满分，末名得{last}，其间逐名均匀递减。",
    "Rank 1 earns the full mark, the last {last}, in equal steps between.",
)
LONE = Text("只有一个单位参加比较的，得满分。", "A unit with no other to compare with earns the full mark.")
LONE_FIRST = Text(
    "只有一个单位参加比较的，得第1名的分。", "A unit with no other to compare with earns the points of rank 1."
)
PLACE = Text("名次", "Rank")
NUMBER = Text("第{place}名", "{place}")
NUMBER_ON = Text("第{place}名及以后", "{place} and beyond")
FIRST_SHARE, OTHERS = Text("前{share}", "the first {share}"), Text("其余", "the others")
PLACES = {
    PlaceRounding.DOWN: Text("名次数有小数的，舍去小数。", "A fractional number of places is rounded down."),
    PlaceRounding.UP: Text("名次数有小数的，进一。", "A fractional number of places is rounded up."),
    PlaceRounding.HALF_UP: Text("名次数有小数的，四舍五入。", "A fractional number of places is rounded half up."),
}
RELATIVE = Text(
    "按“{title}”与{among}中{other}之比得分，即满分×{division}，最多得满分，{better}；最好的单位得满分。",
    "In proportion to {other} of {title} among {among}: full mark × {division}, at most the full mark; {better}. "
    "The best unit earns the full mark.",
)
OTHER = {To.BEST: Text("最好值", "the best value"), To.MEAN: Text("平均值", "the average")}
DIVISIONS = {
    (To.BEST, Better.HIGHER): Text("（本单位÷最好）", "(own ÷ best)"),
    (To.BEST, Better.LOWER): Text("（最好÷本单位）", "(best ÷ own)"),
    (To.MEAN, Better.HIGHER): Text("（本单位÷平均）", "(own ÷ average)"),
    (To.MEAN, Better.LOWER): Text("（平均÷本单位）", "(average ÷ own)"),
}
SPREAD = Text(
    "功效系数法：“{title}”在{among}中最差的得{lowest}，最好的得满分，其间按所处位置直线折算，{better}；全部相同的得满分。",
    "Efficacy coefficient: the worst {title} among {among} earns {lowest}, the best the full mark, on a straight line "
    "between; {better}. Where all are equal they earn the full mark.",
)
COMPARED = Text("“{title}”在{among}中标准化，{better}。", "{title} is put on a common scale among {among}; {better}.")
MIN_MAX = Text(
    "最差值对应{low}，最好值对应{high}，其间直线折算。",
    "The worst value gives {low}, the best {high}, on a line between.",
)
GOALPOSTS = Text(
    "以{worse}为下限（对应{low}）、{better_end}为上限（对应{high}），其间直线折算{clip}。",
    "{worse} gives {low} and {better_end} gives {high}, on a line between{clip}.",
)
CLIPPED, BEYOND = Text("，超出两端的按端点计", ", constant beyond"), Text("，超出两端的照算", ", and beyond")
Z_SCORE = Text(
    "标准分：平均值得{mean}，每优于（差于）平均1个标准差加（减）{deviation}。",
    "Standard score: {mean} for the average, and {deviation} more (less) for each standard deviation better (worse).",
)
FROM_WORST = Text(
    "由差到好排列名次即为得分，最差的为{first}，每升1名加1。",
    "The rank counted from the worst, which is {first}, 1 more each.",
)
PERCENTILE = Text(
    "由差到好的名次减1，除以单位数减1；最差对应{low}，最好对应{high}。",
    "(rank from the worst − 1) ÷ (number of units − 1): the worst gives {low}, the best {high}.",
)
TO_BEST = Text(
    "1减去与最好值的差距所占的比例；最差对应{low}，最好对应{high}。",
    "1 less the share of the distance to the best: the worst gives {low}, the best {high}.",
)
TO_TARGET = Text(
    "1减去与目标{target}的差距所占的比例；最差对应{low}，达到目标对应{high}{clip}。",
    "1 less the share of the distance to the target of {target}: the worst gives {low}, the target {high}{clip}.",
)
ABOVE_TARGET_CUT, ABOVE_TARGET = (
    Text("，超过目标的不再增加", ", no more beyond it"),
    Text("，超过目标的照算", ", and beyond"),
)
ALL_EQUAL = Text(
    "各单位相同或只有一个单位的，按缺数据处理。", "Where all are equal, or there is one only, it counts as missing."
)
FULL_MARK = Text("满分", "the full mark")
ZERO, ONE = Text.same("0"), Text.same("1")


def rank_told(method: Rank, words: RuleWords) -> RuleTold:
    """Who is ranked, how ties count, and what places earn."""
    facts = {"title": words.title(method.figure), "among": AMONG[method.within], "better": BETTER[method.better]}
    start = (RANK.format(**facts), TIES.format(ties=TIES_WORDS[method.ties.value]))
    if method.step is not None:
        return RuleTold((*start, BY_STEP.format(step=words.points(method.step)), LONE))
    if method.last is not None:
        return RuleTold((*start, TO_LAST.format(last=words.points(method.last)), LONE))
    rounding = () if method.shares is None else (PLACES[method.places or PlaceRounding.DOWN],)
    return RuleTold((*start, *rounding, LONE_FIRST), table=RuleTable((PLACE, EARNED), tuple(place_rows(method, words))))


def place_rows(method: Rank, words: RuleWords) -> Iterator[tuple[Text, Text]]:
    """What the places of a table, or shares of those ranked, earn."""
    for entry in method.shares or ():
        of = OTHERS if entry.to is None else FIRST_SHARE.format(share=share(entry.to))
        yield of, words.points(entry.points)
    table = method.table or ()
    for place, points in enumerate(table, start=1):
        yield (NUMBER_ON if place == len(table) else NUMBER).format(place=place), words.points(points)


def relative_told(method: Relative, words: RuleWords) -> RuleTold:
    """The share of the best or of the mean."""
    facts = {"title": words.title(method.figure), "among": AMONG[method.within], "better": BETTER[method.better]}
    division = DIVISIONS[method.to, method.better]
    return RuleTold((RELATIVE.format(other=OTHER[method.to], division=division, **facts),))


def spread_told(method: EfficacyMethod, words: RuleWords) -> RuleTold:
    """What the worst and the best earn."""
    facts = {"title": words.title(method.figure), "among": AMONG[method.within], "better": BETTER[method.better]}
    return RuleTold((SPREAD.format(lowest=words.points(method.lowest), **facts),))


def normalise_told(method: Normalise, words: RuleWords) -> RuleTold:
    """Who is compared, and how the figure becomes a number of the scale."""
    facts = {"title": words.title(method.figure), "among": AMONG[method.within], "better": BETTER[method.better]}
    equal = () if method.how is How.GOALPOSTS else (ALL_EQUAL,)
    ties = (TIES.format(ties=TIES_WORDS[method.ties.value]),) if method.how in (How.RANK, How.PERCENTILE_RANK) else ()
    return RuleTold((COMPARED.format(**facts), way_told(method, words), *ties, *equal))


def way_told(method: Normalise, words: RuleWords) -> Text:
    """What the scale is made of."""
    low, high = ends_of(method, words)
    match method.how:
        case How.GOALPOSTS:
            return goalposts_told(method, words)
        case How.Z_SCORE:
            assert method.mean is not None
            assert method.deviation is not None
            return Z_SCORE.format(mean=words.points(method.mean), deviation=words.points(method.deviation))
        case How.RANK:
            return FROM_WORST.format(first=words.points(method.from_))
        case How.PERCENTILE_RANK:
            return PERCENTILE.format(low=low, high=high)
        case How.TO_BEST:
            return TO_BEST.format(low=low, high=high)
        case How.TO_TARGET:
            assert method.target is not None
            clip = ABOVE_TARGET_CUT if method.clip else ABOVE_TARGET
            return TO_TARGET.format(target=words.amount(method.figure, method.target), low=low, high=high, clip=clip)
    return MIN_MAX.format(low=low, high=high)


def ends_of(method: Normalise, words: RuleWords) -> tuple[Text, Text]:
    """The ends of the scale: those stated, else 0 and the full mark, or 0 and 1."""
    if method.range is not None:
        return words.points(method.range[0]), words.points(method.range[1])
    is_marked = method.how in (How.MIN_MAX, How.GOALPOSTS)
    return ZERO, FULL_MARK if is_marked else ONE


def goalposts_told(method: Normalise, words: RuleWords) -> Text:
    """The worse goalpost and the better one."""
    assert method.goalposts is not None
    low, high = ends_of(method, words)
    posts = [words.amount(method.figure, post) for post in method.goalposts]
    worse, better = posts if method.better is Better.HIGHER else reversed(posts)
    return GOALPOSTS.format(
        worse=worse, better_end=better, low=low, high=high, clip=CLIPPED if method.clip else BEYOND
    )  # fmt: skip
