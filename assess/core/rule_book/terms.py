"""What holds of a section or an item around its method: bounds, parts, missing figures, corrections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from assess.core.kinds import EXACT, NO_MARK, Digits
from assess.core.methods.as_rule.told import share
from assess.core.rule_book.wording import BookWording, decimals
from assess.core.rules.difference.values import joined
from assess.core.rules.nodes import (
    Combine,
    Item,
    Missing,
    MissingRule,
    NotApplicable,
    Over,
    PartTerms,
    PointsCorrection,
    Section,
)
from assess.core.rules.picking import Pick
from assess.core.rules.titles import clause_words
from assess.core.text import Text

FLOOR = Text("得分不低于{points}。", "Not below {points}.")
CAP = Text("得分不高于{points}。", "Not above {points}.")
ROUND = Text("得分保留{digits}。", "Rounded to {digits}.")
NOT_ROUNDED = Text("得分不取位。", "Not rounded.")
APPLIES = Text("适用于符合下列条件的单位：{condition}。", "Applies to units where {condition}.")
SHOWN_ONLY = Text("计分并列示，但不计入上级。", "Scored and shown, but not counted in the level above.")
LINKED_TASKS = Text("对应年度任务清单第{tasks}号任务。", "Linked to tasks no. {tasks} of the annual task list.")
CORRECTION = Text(
    "符合下列条件的，只保留得分的{keep}：{when}（{clause}）。",
    "Where {when}, {keep} of the points are kept ({clause}).",
)
TERMS = Text(
    "缺数据的{missing}；不涉及的{otherwise}。",
    "Where figures are missing: {missing}; where it does not apply: {otherwise}.",
)
PART_TERMS = Text(
    "没有足够得分的，本项{missing}；不涉及或没有可计的对象、期次的{otherwise}。",
    "Without enough scores the item is: {missing}; where it does not apply or has no parts: {otherwise}.",
)
MISSING_TOLD: Final[Mapping[MissingRule, Text]] = {
    MissingRule.ZERO: Text("不得分", "no points"),
    MissingRule.EXCLUDE: Text("不计入，其余各项折算", "left out, the rest scaled up"),
    MissingRule.BLOCK: Text("该单位暂不计总分", "the unit has no total yet"),
}
STATED_POINTS = Text("得{points}", "{points}")
LEFT_OUT = Text("不计", "left out")
OTHERWISE: Final[Mapping[NotApplicable, Text]] = {
    NotApplicable.RESCALE: Text("不计入，同类其余各项折算", "left out, the rest of the section scaled up"),
    NotApplicable.RESCALE_TOTAL: Text("不计入，总分折算", "left out, the total scaled up"),
    NotApplicable.FULL: Text("得满分", "the full mark"),
    NotApplicable.ZERO: Text("不得分", "no points"),
}
COMBINED: Final[Mapping[Combine, Text]] = {
    Combine.SUM: Text("得分为下列各项之和。", "Sum of the items below."),
    Combine.RATE: Text(
        "下列各项得分之和除以其满分之和，再乘本类满分。",
        "Points of the items below ÷ their full marks × the full mark of the section.",
    ),
    Combine.MEAN: Text("下列各项得分按权重加权平均。", "Weighted mean of the items below."),
    Combine.GEOMETRIC: Text("下列各项得分按权重几何平均。", "Weighted geometric mean of the items below."),
    Combine.HARMONIC: Text("下列各项得分按权重调和平均。", "Weighted harmonic mean of the items below."),
    Combine.MINIMUM: Text("取下列各项中的最低分。", "The lowest of the items below."),
}
AVAILABILITY = Text(
    "有得分的不足{share}的，本类按缺数据处理。",
    "If fewer than {share} of these have a score, the section counts as missing.",
)
PICKED: Final[Mapping[str, Text]] = {
    "worst": Text("只取得分最低的{n}个。", "Only the {n} lowest count."),
    "best": Text("只取得分最高的{n}个。", "Only the {n} highest count."),
    "trim": Text("去掉最高和最低各{n}个。", "The {n} highest and the {n} lowest do not count."),
}
PICKED_FROM = Text("有得分的少于{n}个的，按缺数据处理。", "If fewer than {n} have a score, it counts as missing.")
BY_PERIOD: Final[Mapping[str, Text]] = {
    "month": Text("每月", "month"),
    "quarter": Text("每季度", "quarter"),
    "half": Text("每半年", "half-year"),
}
BY_KIND = Text("每个{kind}", "{kind}")
TIMES = Text("依上述方法的得分再乘以“{factor}”。", "The points of the method are multiplied by {factor}.")
PARTS = Text("{parts}各计一次分，每次{mark}，方法如下。", "Scored for each {parts}, {mark} each time, as follows.")
SAME_MARK = Text("满分同本项", "the full mark of the item")
PART_WHERE = Text("只计符合下列条件的：{condition}。", "Only those count where {condition}.")
PART_MISSING = Text("其中某次缺数据的，该次{missing}。", "If figures of one of them are missing: {missing}.")
PART_LEFT_OUT = Text("不计", "it does not count")
PART_FLOOR = Text("每次得分不低于{points}。", "Each time not below {points}.")
PART_CAP = Text("每次得分不高于{points}。", "Each time not above {points}.")
PART_ROUND = Text("每次得分保留{digits}。", "Each time rounded to {digits}.")
OVER: Final[Mapping[Over, Text]] = {
    Over.MEAN: Text("本项得分取各次的平均值。", "The item is the mean of them."),
    Over.SUM: Text("本项得分为各次之和。", "The item is the sum of them."),
    Over.WORST: Text("本项得分取最低的一次。", "The item is the lowest of them."),
    Over.BEST: Text("本项得分取最高的一次。", "The item is the highest of them."),
    Over.MEDIAN: Text("本项得分取各次的中位数。", "The item is the median of them."),
    Over.LAST: Text("本项得分取最近一期。", "The item is the latest of them."),
    Over.SHARE: Text(
        "本项得分为满分乘以达到{bar}的次数所占比例。", "The item is the full mark × the share of them that reach {bar}."
    ),
}
WEIGHTED = Text("平均时以“{weight}”为权重。", "Each weighs {weight}.")
SCALED = Text("合成后按本项满分折算。", "The result is scaled to the full mark of the item.")
AT_LEAST = Text(
    "有得分的少于{n}次的，本项按缺数据处理。", "If fewer than {n} have a score, the item counts as missing."
)
OVER_ROUND = Text("合成后保留{digits}。", "The result is rounded to {digits}.")
ITEM_KEYS: Final = (
    "id", "title", "note", "text", "points", "weight", "clause", "tasks", "floor", "cap", "applies", "not_applicable",
    "missing", "corrections", "round", "by", "each", "over", "bar", "part_weight", "at_least", "over_round", "where",
    "pick", "counts", "times",
)  # fmt: skip
SECTION_KEYS: Final = (
    "id", "title", "note", "text", "points", "weight", "combine", "floor", "cap", "availability", "pick", "missing",
    "corrections", "counts",
)  # fmt: skip
"""Keys that have sentences here; any other is told key by key."""
OTHER = Text("{told}。", "{told}.")


def item_terms(item: Item, missing: Missing | None, words: BookWording) -> Iterator[Text]:
    """What holds of an item after its method; `missing` is what holds where it says nothing."""
    if item.times is not None:
        yield TIMES.format(factor=words.number(item.times))
    if item.by is not None:
        yield from combined_terms(item, words)
    yield from bounds_told(item, words)
    yield from correction_lines(item.corrections, words)
    if item.round is not None:
        yield digits_told(item.round, ROUND)
    if item.applies is not None:
        yield APPLIES.format(condition=words.readable(item.applies))
    told = item.missing if item.missing is not None else missing
    if told is not None:
        is_unmarked = item.points == NO_MARK and item.not_applicable is NotApplicable.RESCALE
        otherwise = LEFT_OUT if is_unmarked else OTHERWISE[item.not_applicable]
        terms = TERMS if item.by is None else PART_TERMS
        yield terms.format(missing=missing_told(told, words), otherwise=otherwise)
    yield from linked_terms(item, words)
    other = words.told(item, ITEM_KEYS)
    if other.zh:
        yield OTHER.format(told=other)


def linked_terms(item: Item, words: BookWording) -> Iterator[Text]:
    """The tasks of an item, and whether it counts."""
    if item.tasks is not None:
        yield LINKED_TASKS.format(tasks=Text.listed(item.tasks))
    if not item.counts:
        yield SHOWN_ONLY


def missing_told(missing: Missing, words: BookWording) -> Text:
    """What a missing figure means."""
    return (
        MISSING_TOLD[missing]
        if isinstance(missing, MissingRule)
        else STATED_POINTS.format(points=words.points(missing))
    )


def bounds_told(node: Item | Section, words: BookWording) -> Iterator[Text]:
    """The bounds that a node states."""
    if node.floor is not None:
        yield FLOOR.format(points=words.points(node.floor))
    if node.cap is not None:
        yield CAP.format(points=words.points(node.cap))


def correction_lines(corrections: tuple[PointsCorrection, ...] | None, words: BookWording) -> Iterator[Text]:
    """What is kept of the points where a condition holds."""
    for each in corrections or ():
        facts = {"keep": share(each.keep), "clause": clause_words(each.clause)}
        yield CORRECTION.format(when=words.readable(each.when), **facts)


def digits_told(digits: Digits, told: Text) -> Text:
    """To how many decimals points are rounded."""
    return NOT_ROUNDED if digits == EXACT else told.format(digits=decimals(digits))


def parts_told(item: Item, words: BookWording) -> Iterator[Text]:
    """That an item is scored part by part, before its method."""
    if item.by is None or item.each is None:
        return
    parts = [BY_PERIOD.get(axis) or BY_KIND.format(kind=words.title(axis)) for axis in item.by]
    axes = joined(parts, "", " and ")
    mark = SAME_MARK if item.each.points is None else words.full_mark(item.each.points)
    yield PARTS.format(parts=axes, mark=mark)
    if item.where is not None:
        yield PART_WHERE.format(condition=words.readable(item.where))


def combined_terms(item: Item, words: BookWording) -> Iterator[Text]:
    """How parts become the points of an item."""
    if item.each is None or item.over is None:
        return
    yield from part_terms(item.each, words)
    if item.pick is not None:
        yield from pick_told(item.pick)
    if item.part_weight is not None:
        yield WEIGHTED.format(weight=words.number(item.part_weight))
    yield OVER[item.over].format(bar="" if item.bar is None else words.points(item.bar))
    if item.over_round is not None and item.over_round != EXACT:
        yield OVER_ROUND.format(digits=decimals(item.over_round))
    is_scaled = item.over not in (Over.SUM, Over.SHARE) and item.points != NO_MARK
    if is_scaled and item.each.points not in (None, item.points):
        yield SCALED
    if item.at_least is not None:
        yield AT_LEAST.format(n=item.at_least)


def part_terms(each: PartTerms, words: BookWording) -> Iterator[Text]:
    """Bounds, rounding and missing figures of one part."""
    if each.floor is not None:
        yield PART_FLOOR.format(points=words.points(each.floor))
    if each.cap is not None:
        yield PART_CAP.format(points=words.points(each.cap))
    if each.round is not None and each.round != EXACT:
        yield PART_ROUND.format(digits=decimals(each.round))
    is_left_out = each.missing is MissingRule.EXCLUDE
    yield PART_MISSING.format(missing=PART_LEFT_OUT if is_left_out else missing_told(each.missing, words))


def pick_told(pick: Pick) -> Iterator[Text]:
    """Which of several count."""
    for way, told in PICKED.items():
        if (n := getattr(pick, way)) is not None:
            yield told.format(n=n)
    if pick.at_least is not None:
        yield PICKED_FROM.format(n=pick.at_least)


def section_terms(section: Section, words: BookWording) -> Iterator[Text]:
    """How what is below becomes the points of a section, and what holds of them."""
    yield COMBINED[section.combine]
    if section.pick is not None:
        yield from pick_told(section.pick)
    if section.availability is not None:
        yield AVAILABILITY.format(share=share(section.availability))
    yield from bounds_told(section, words)
    yield from correction_lines(section.corrections, words)
    if not section.counts:
        yield SHOWN_ONLY
    other = words.told(section, SECTION_KEYS)
    if other.zh:
        yield OTHER.format(told=other)
