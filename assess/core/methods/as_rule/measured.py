"""Methods that look at one unit alone, told as rules: done, ratio, lines, bands, lookup, judged points, tasks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from assess.core.methods.as_rule.told import BETTER, EARNED, RuleTable, RuleTold, RuleWords, share_of
from assess.core.methods.interpolating import Interpolate
from assess.core.methods.judged import Direct, PointsFormula
from assess.core.methods.looking_up import Lookup
from assess.core.methods.obligations import STATUSES, DelayCost, Tasks
from assess.core.methods.progress import Done, Ratio
from assess.core.methods.scored import Better
from assess.core.methods.steps import FIRST_BAND, LAST_BAND, MIDDLE_BAND, Bands, bound_of
from assess.core.methods.traits import ObligationSelection
from assess.core.text import Text

IF_MET = Text(
    "符合下列条件得满分，否则不得分：{condition}。",
    "The full mark where this is met, otherwise no points: {condition}.",
)
SHARE_DONE = Text(
    "下列{n}项全部完成得满分，完成一部分的按完成项数所占比例得分：{figures}。",
    "The full mark where all {n} are done, else in proportion to how many are: {figures}.",
)
RATIO = Text(
    "按“{title}”完成目标（{target}）的比例得分，即满分×{division}，{better}；达到目标得满分。",
    "In proportion to how far {title} meets the target of {target}: full mark × {division}; {better}. "
    "Reaching the target earns the full mark.",
)
DIVISION = {
    Better.HIGHER: Text("（实际÷目标）", "(figure ÷ target)"),
    Better.LOWER: Text("（目标÷实际）", "(target ÷ figure)"),
}
NOTHING_LEFT = Text("数值为0或负数的，得满分。", "A figure of 0 or less earns the full mark.")
NOTHING_LEFT_OVER = Text("数值为0或负数的，比例按{up_to}计。", "A figure of 0 or less counts as {up_to}.")
ZERO_BELOW = Text("比例低于{line}的不得分。", "A ratio below {line} earns no points.")
FULL_FROM = Text("比例达到{line}即得满分。", "A ratio of {line} or more earns the full mark.")
UNMET = Text("未达目标的，比例再乘{factor}。", "Where the target is missed, the ratio is multiplied by {factor}.")
UP_TO = Text("超额完成的计入，比例最多计到{up_to}。", "Over-fulfilment counts, up to a ratio of {up_to}.")
LINE = Text(
    "“{title}”为{full_at}得满分，为{zero_at}不得分，两者之间按直线折算，两端之外不再增减。",
    "{full_at} of {title} earns the full mark and {zero_at} nothing, on a straight line between, constant beyond.",
)
POINTS_AT = Text(
    "按“{title}”在下表各点之间直线折算得分，两端之外与端点同分。",
    "By {title} on straight lines between the points of the table, constant beyond.",
)
CUT_BELOW = Text("低于{bound}的不得分。", "Below {bound}: no points.")
CUT_ABOVE = Text("高于{bound}的不得分。", "Above {bound}: no points.")
BANDS = Text("按“{title}”所在的档次得分。", "By the band of {title}.")
BAND = Text("档次", "Band")
ALL_VALUES = Text("所有数值", "all values")
BY_CHOICE = Text("按“{title}”的选项对照下表得分。", "By the choice of {title}, as in the table.")
BY_PAIR = Text(
    "按“{title}”（行）和“{across}”（列）的选项对照下表得分。",
    "By the choices of {title} (rows) and {across} (columns), as in the table.",
)
PAIR = Text("{title} \\ {across}", "{title} \\ {across}")
DIRECT = Text("“{title}”即为得分。", "{title} is the points.")
FORMULA = Text("得分按公式计算：{formula}。", "By the formula: {formula}.")
TASKS = Text(
    "按{which}的进度系数平均值得满分的相应比例。",
    "The full mark × the mean coefficient of {which}.",
)
ALL_TASKS = Text("任务清单中本单位的全部任务", "the unit's tasks of the task list")
OF_DOMAIN = Text("任务清单中本单位“{domain}”领域的任务", "the unit's tasks of the domain {domain}")
NUMBERED = Text("任务清单中本单位的第{numbers}号任务", "the unit's tasks no. {numbers}")
STATUS, COEFFICIENT = Text("任务进度", "Status"), Text("系数", "Coefficient")
STATUS_NAMES: Mapping[str, Text] = {
    "done": Text("完成", "Done"),
    "trial": Text("试运行", "On trial"),
    "started": Text("实施中", "Started"),
    "planned": Text("前期准备", "Planned"),
    "none": Text("未启动", "Not started"),
}
LATE = Text("逾期的，每天扣{points}。", "Each day of delay costs {points}.")
LATE_AT_MOST = Text("逾期的，每天扣{points}，最多扣{most}。", "Each day of delay costs {points}, at most {most}.")


def done_told(method: Done, words: RuleWords) -> RuleTold:
    """A condition, or the share of a list."""
    if method.when is not None:
        return RuleTold((IF_MET.format(condition=words.readable(method.when)),))
    figures = method.figures or ()
    titles = [words.title(figure) for figure in figures]
    listed = Text("、".join(each.zh for each in titles), ", ".join(each.en for each in titles))
    return RuleTold((SHARE_DONE.format(n=len(figures), figures=listed),))


def ratio_told(method: Ratio, words: RuleWords) -> RuleTold:
    """The share of the target, then the cut-offs."""
    target = words.amount(method.figure, method.target)
    facts = {"title": words.title(method.figure), "target": target, "better": BETTER[method.better]}
    return RuleTold((RATIO.format(division=DIVISION[method.better], **facts), *ratio_lines(method, words)))


def ratio_lines(method: Ratio, words: RuleWords) -> Iterator[Text]:
    """What the cut-offs of a ratio do."""
    if method.unmet_factor is not None:
        yield UNMET.format(factor=words.number(method.unmet_factor))
    if method.full_from is not None:
        yield FULL_FROM.format(line=share_of(method.full_from, words))
    if method.zero_below is not None:
        yield ZERO_BELOW.format(line=share_of(method.zero_below, words))
    if method.up_to is not None:
        yield UP_TO.format(up_to=share_of(method.up_to, words))
    if method.better is Better.LOWER:
        over = method.up_to
        yield NOTHING_LEFT if over is None else NOTHING_LEFT_OVER.format(up_to=share_of(over, words))


def interpolate_told(method: Interpolate, words: RuleWords) -> RuleTold:
    """The two ends or the points of the line, then the cut-offs."""
    figure, title = method.figure, words.title(method.figure)
    cuts = [
        told.format(bound=words.amount(figure, bound))
        for told, bound in ((CUT_BELOW, method.zero_below), (CUT_ABOVE, method.zero_above))
        if bound is not None
    ]
    if method.points_at is not None:
        rows = tuple((words.amount(figure, x), words.points(points)) for x, points in method.points_at)
        return RuleTold((POINTS_AT.format(title=title), *cuts), table=RuleTable((title, EARNED), rows))
    assert method.full_at is not None
    assert method.zero_at is not None
    ends = {"full_at": words.amount(figure, method.full_at), "zero_at": words.amount(figure, method.zero_at)}
    return RuleTold((LINE.format(title=title, **ends), *cuts))


def bands_told(method: Bands, words: RuleWords) -> RuleTold:
    """Each band with its bounds and points."""
    rows = zip(band_names(method, words), (words.points(band.points) for band in method.bands), strict=True)
    sentence = BANDS.format(title=words.title(method.figure))
    return RuleTold((sentence,), table=RuleTable((BAND, EARNED), tuple(rows)))


def band_names(method: Bands, words: RuleWords) -> Iterator[Text]:
    """Each band by its own bound and that of the band before."""
    way = method.better, method.edge
    bounds = [bound_of(band) for band in method.bands]
    texts = [None if bound is None else words.amount(method.figure, bound) for bound in bounds]
    yield ALL_VALUES if texts[0] is None else FIRST_BAND[way].format(bound=texts[0])
    for beyond, bound in pairwise(texts):
        told = LAST_BAND if bound is None else MIDDLE_BAND
        yield told[way].format(bound=bound, beyond=beyond)


def lookup_told(method: Lookup, words: RuleWords) -> RuleTold:
    """The table of choices, or of pairs of choices."""
    title = words.title(method.figure)
    if method.across is None:
        one = tuple((Text.same(choice), words.points(points)) for (choice,), points in method.pairs.items())
        return RuleTold((BY_CHOICE.format(title=title),), table=RuleTable((title, EARNED), one))
    across = words.title(method.across)
    columns = tuple(dict.fromkeys(other for _, other in method.pairs))
    rows = tuple(
        (Text.same(choice), *(words.points(method.pairs[choice, other]) for other in columns))
        for choice in method.table
    )
    heads = (PAIR.format(title=title, across=across), *map(Text.same, columns))
    return RuleTold((BY_PAIR.format(title=title, across=across),), table=RuleTable(heads, rows))


def direct_told(method: Direct, words: RuleWords) -> RuleTold:
    """The figure as the points."""
    return RuleTold((DIRECT.format(title=words.title(method.figure)),))


def formula_told(method: PointsFormula, words: RuleWords) -> RuleTold:
    """The formula in words."""
    return RuleTold((FORMULA.format(formula=words.readable(method.points_from)),))


def tasks_told(method: Tasks, words: RuleWords) -> RuleTold:
    """Which obligations count, what each status is worth, and what delay costs."""
    rows = tuple((STATUS_NAMES[status], words.number(method.coefficients[status])) for status in STATUSES)
    late = () if method.late is None else (late_told(method.late, words),)
    sentence = TASKS.format(which=obligations_told(method.obligations))
    return RuleTold((sentence, *late), table=RuleTable((STATUS, COEFFICIENT), rows))


def late_told(late: DelayCost, words: RuleWords) -> Text:
    """What delay costs."""
    points = words.points(late.points)
    if late.at_most is None:
        return LATE.format(points=points)
    return LATE_AT_MOST.format(points=points, most=words.points(late.at_most))


def obligations_told(chosen: ObligationSelection) -> Text:
    """Which obligations are counted."""
    if chosen.tasks is not None:
        return NUMBERED.format(numbers=Text.listed(chosen.tasks))
    return ALL_TASKS if chosen.domain is None else OF_DOMAIN.format(domain=chosen.domain)
